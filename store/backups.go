package store

// Backups that a timer makes: each with its day and time in the name, the oldest taken
// away where there are more than are to be kept.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "doppelpass/store/sealed"
)

// backupTime is how a backup's name tells when it was made: names sort by time.
const backupTime = "2006-01-02-150405"

// Rotation is what RotateBackups has done.
type Rotation struct {
	Path    string   // the new copy
	Removed []string // older ones that were taken away, oldest first
	Foreign []string // files that are called like backups and are none of this store; they stay
}

// RotateBackups writes a copy into a folder, which is made where there is none, under
// the store's name and the time. Once the copy is safe on disk, backups that it made
// there before are taken away until keep of them (at least 1) are left, the new one
// among them, which always stays. Only what bears such a name and begins with the
// same step as this store counts as its backup. Errors: fs.ErrExist for two in one
// second.
func (s *Store) RotateBackups(ctx context.Context, folder string, keep int, now time.Time) (Rotation, error) {
	_, missing := os.Stat(folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Rotation{}, fmt.Errorf("making the folder for backups: %w", err)
	}
	stem := strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path)) + "-backup-"
	r := Rotation{Path: filepath.Join(folder, stem+now.Format(backupTime)+".db")}
	if err := s.BackupContext(ctx, r.Path); err != nil {
		if missing != nil {
			_ = os.Remove(folder) // it is empty
		}
		return r, err
	}
	own, err := s.firstStep()
	if err != nil {
		return r, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return r, fmt.Errorf("looking for older backups: %w", err)
	}
	var older []string
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		written, named := strings.CutPrefix(e.Name(), stem)
		written, ended := strings.CutSuffix(written, ".db")
		if _, err := time.Parse(backupTime, written); !named || !ended || err != nil || path == r.Path {
			continue
		}
		if !e.Type().IsRegular() || own == nil || !isBackupOf(path, own) {
			r.Foreign = append(r.Foreign, path)
			continue
		}
		older = append(older, path)
	}
	// A clock that went ahead has left names of days that are still to come: those go first,
	// else they would push out the copies of every day until then.
	ahead := func(path string) int { return cmp.Compare(path, r.Path) }
	slices.SortFunc(older, func(a, b string) int { return cmp.Or(cmp.Compare(ahead(b), ahead(a)), cmp.Compare(a, b)) })
	for _, path := range older[:max(len(older)-(max(keep, 1)-1), 0)] {
		if err := os.Remove(path); err != nil {
			return r, fmt.Errorf("taking away an older backup: %w", err)
		}
		_ = os.Remove(path + bookEnding) // what it says stands beside the newer ones, too
		r.Removed = append(r.Removed, path)
	}
	return r, nil
}

// backupsBefore is how many backups stay of those that were made before something.
const backupsBefore = 14

// NoBackup says that the backup could not be made that was to come before something else,
// which was not done.
type NoBackup struct {
	Folder string
	Err    error
}

// Error implements error.
func (e NoBackup) Error() string {
	return fmt.Sprintf("making a backup in %s before anything is changed: %v", e.Folder, e.Err)
}

// Unwrap is why.
func (e NoBackup) Unwrap() error { return e.Err }

// BackupBefore makes a backup in a folder as RotateBackups does, for ImportOptions.Before.
// Errors: NoBackup.
func (s *Store) BackupBefore(ctx context.Context, folder string) (Rotation, error) {
	const tries = 5 // names tell seconds apart, and another backup may have been made in this one
	for now, n := s.now(), 0; ; now, n = now.Add(time.Second), n+1 {
		r, err := s.RotateBackups(ctx, folder, backupsBefore, now)
		switch {
		case err == nil:
			return r, nil
		case !errors.Is(err, fs.ErrExist) || n == tries:
			return r, NoBackup{folder, err}
		}
	}
}

// isBackupOf reports that a file is a store that can be read and whose history begins
// with the same step.
func isBackupOf(path string, first *Entry) bool {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return false
	}
	defer s.Close()
	e, err := s.firstStep()
	return err == nil && e != nil && e.ID == first.ID && e.At.Equal(first.At) && e.Actor == first.Actor
}

// firstStep is the oldest step of the history; nil where nothing was done yet.
func (s *Store) firstStep() (first *Entry, err error) {
	err = s.view(func(tx *bolt.Tx, _ blockCoder) error {
		_, value := tx.Bucket(journalBucket).Cursor().First()
		if value == nil {
			return nil
		}
		e, err := decodeEntry(value)
		if err != nil {
			return errors.Join(Damaged{Path: s.path, Detail: "the first step cannot be read"}, err)
		}
		first = &e
		return nil
	})
	return first, err
}
