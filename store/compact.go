package store

// Compacting: what was deleted leaves its bytes in the file until the file is written
// anew.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"doppelpass/store/temporary"
)

// Compact writes the store's file anew, without what was deleted, and says how many
// bytes it had and has. Nobody else may have the store open. The new file stands in the
// old one's place as a whole or not at all. Errors: Open's.
func Compact(path string, o Options) (before, after int64, err error) {
	path = realPath(path)
	o.ReadOnly = false
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return 0, 0, fmt.Errorf("%s: %w", path, ErrNoStore)
	}
	s, err := Open(path, o)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, fmt.Errorf("looking at the store: %w", err)
	}
	before = info.Size()
	after, err = s.writeAnew()
	return before, after, err
}

// CompactWhenClosed has the file written anew, as Compact does, when the store is closed:
// who has it open cannot do so before.
func (s *Store) CompactWhenClosed() { s.compacting.Store(true) }

// writeAnew writes the file anew in the old one's place, and says how many bytes it has.
// All that is left to do with the store then is to close it.
func (s *Store) writeAnew() (after int64, err error) {
	if err := s.db.displaced(); err != nil { // the other file stays as it is
		return 0, err
	}
	path := realPath(s.path)
	aside, err := temporary.File(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return 0, fmt.Errorf("writing the store anew: %w", err)
	}
	name := aside.Name()
	_ = aside.Close()
	defer os.Remove(name)
	if err := s.copyTo(name); err != nil {
		return 0, fmt.Errorf("writing the store anew: %w", err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, fmt.Errorf("writing the store anew: %w", err)
	}
	if runtime.GOOS == "windows" { // which renames nothing over a file that is open
		if err := s.db.Close(); err != nil {
			return 0, err
		}
	}
	if err := os.Rename(name, path); err != nil {
		return 0, fmt.Errorf("putting the new file in the store's place: %w", err)
	}
	// Whoever waits for the old file must not get it: what they wrote there would be lost.
	if runtime.GOOS != "windows" {
		time.Sleep(lockPatience + lockPatience/2)
	}
	temporary.SyncFolder(filepath.Dir(path))
	return info.Size(), nil
}

// copyTo writes what the store holds to an empty file, safe on disk.
func (s *Store) copyTo(name string) (err error) {
	defer guard(s.path, &err)()
	return s.db.Compact(name)
}
