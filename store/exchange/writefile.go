package exchange

// Files that are there whole or not at all.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteFile writes a file beside its place and moves it there once it is whole.
// A file that is there already is replaced. What is wrong with its place is told by
// a *FileError.
func WriteFile(path string, write func(io.Writer) error) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return placeError(path, err)
	}
	defer os.Remove(temporary.Name())
	buffered := bufio.NewWriterSize(temporary, 1<<16)
	err = write(buffered)
	if err := errors.Join(err, buffered.Flush(), temporary.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return placeError(path, err)
	}
	return nil
}

// placeError is why a file cannot be put where it should go.
func placeError(path string, err error) error {
	e := systemError(path, err)
	if info, is := os.Stat(path); is == nil && info.IsDir() {
		e.Reason, e.Args = ReasonDirectory, nil
		return e
	}
	switch e.Reason {
	case ReasonNotFound:
		e.Reason, e.Args = ReasonNoFolder, []string{Clean(filepath.Dir(path))}
	case ReasonNoPermission:
		e.Reason = ReasonNotWritable
	case ReasonUnreadable:
		e.Reason = ReasonUnwritable
	}
	return e
}
