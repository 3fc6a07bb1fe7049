package sealed

// Free pages keep the bytes of what was there until something else is written over them.

import (
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
)

// ErrBusy says that somebody was reading an older state all the time.
var ErrBusy = errors.New("somebody reads an older state")

// scrubTries is how often Scrub waits for those who read, and scrubPause how long.
const (
	scrubTries = 40
	scrubPause = 25 * time.Millisecond
)

// Scrub writes zeros over all free pages of the file, so that nothing of what was deleted
// stands in it any more. Whoever changes the file waits meanwhile. ErrBusy: those who read
// an older state still need pages that are free for all others.
func (db *DB) Scrub() error {
	errRollback := errors.New("nothing is written")
	for range scrubTries {
		// What the transaction before has freed becomes free once another begins; what is
		// free in both of the file's states nobody comes back to.
		for range 2 {
			if err := db.DB.Update(func(tx *bolt.Tx) error { return nil }); err != nil {
				return err
			}
		}
		at := 0
		if err := db.DB.Update(func(tx *bolt.Tx) error { at = tx.ID(); return errRollback }); !errors.Is(err, errRollback) {
			return err
		}
		pending := db.DB.Stats().PendingPageN // as of that transaction
		done := false
		err := db.DB.Update(func(tx *bolt.Tx) error {
			if done = pending == 0 && tx.ID() == at; done { // nobody has written in between
				if err := zeroFree(tx, db.path); err != nil {
					return err
				}
			}
			return errRollback
		})
		if !errors.Is(err, errRollback) {
			return err
		}
		if done {
			return nil
		}
		time.Sleep(scrubPause)
	}
	return ErrBusy
}

// zeroFree writes zeros over the free pages of the file at a path.
func zeroFree(tx *bolt.Tx, path string) (err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("writing over what was deleted: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	size := int64(tx.DB().Info().PageSize)
	zeros := make([]byte, size)
	end := tx.Size() / size
	for id := int64(0); id < end; {
		page, err := tx.Page(int(id))
		if err != nil || page == nil {
			return err
		}
		if page.Type == "free" {
			if _, err := file.WriteAt(zeros, id*size); err != nil {
				return fmt.Errorf("writing over what was deleted: %w", err)
			}
			id++
			continue
		}
		id += 1 + int64(page.OverflowCount)
	}
	return file.Sync()
}
