package exchange

// Files that are there whole or not at all.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"doppelpass/store/temporary"
)

// WriteFile writes a file beside its place and moves it there once it is whole. A
// file that is there already is replaced and keeps its rights; a link stays, and what
// it leads to is replaced; a device or a pipe is written into. What is wrong with its
// place is told by a *FileError.
func WriteFile(path string, write func(io.Writer) error) error {
	target, mode, through := path, fs.FileMode(0), false
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&fs.ModeSymlink != 0 {
			resolved, err := filepath.EvalSymlinks(path)
			if err != nil {
				return placeError(path, err)
			}
			if info, err = os.Stat(resolved); err != nil {
				return placeError(path, err)
			}
			target = resolved
		}
		mode, through = info.Mode().Perm(), !info.Mode().IsRegular() && !info.IsDir()
	}
	if through {
		return writeThrough(target, write)
	}
	return replace(path, target, mode, write)
}

// Until passes on what is written until ctx ends: whoever writes stops then, and
// tidies up as after any other error.
func Until(ctx context.Context, w io.Writer) io.Writer { return until{ctx, w} }

type until struct {
	ctx context.Context
	io.Writer
}

func (u until) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Writer.Write(b)
}

// writeThrough writes into what is no regular file.
func writeThrough(path string, write func(io.Writer) error) error {
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return placeError(path, err)
	}
	buffered := bufio.NewWriterSize(out, 1<<16)
	err = write(buffered)
	if err := errors.Join(err, buffered.Flush(), out.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// replace puts a new file in the place of target; mode is that of the old one, 0
// where there is none. Errors name the path that was given.
func replace(given, path string, mode fs.FileMode, write func(io.Writer) error) error {
	aside, err := temporary.File(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return placeError(given, err)
	}
	defer os.Remove(aside.Name())
	if mode != 0 {
		if err := aside.Chmod(mode); err != nil {
			return placeError(given, err)
		}
	}
	buffered := bufio.NewWriterSize(aside, 1<<16)
	if err := write(buffered); err != nil {
		return fmt.Errorf("writing %s: %w", path, errors.Join(err, aside.Close()))
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", path, errors.Join(err, aside.Close()))
	}
	if err := temporary.Keep(aside, path); err != nil {
		return placeError(given, err)
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
