package store

// Copies of a store for others: for laptops, for servers that come.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
)

// Copy writes what the store holds to a new file, without what was deleted and without what
// waits, and says where it stands. Errors: as of writing files.
func (s *Store) Copy(path string) (p Place, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("copying the store: %w", err)
		}
	}()
	if _, is, err := s.Replica(); err != nil || is {
		if err == nil {
			err = s.copyNumbered(path)
		}
		if err != nil {
			return p, err
		}
	} else if err := s.copyTo(path); err != nil {
		return p, err
	}
	copied, err := Open(path, Options{ReadOnly: true, Now: s.now})
	if err != nil {
		return p, err
	}
	p, err = copied.Place()
	return p, errors.Join(err, copied.Close())
}

// copyNumbered copies a replica as a store of its own that holds what has a number.
func (s *Store) copyNumbered(path string) error {
	folder, err := temporary.Folder(filepath.Dir(path), "."+filepath.Base(s.path)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	with := filepath.Join(folder, filepath.Base(s.path))
	if err := s.copyTo(with); err != nil {
		return err
	}
	copied, err := Open(with, Options{Now: s.now, Fast: true})
	if err != nil {
		return err
	}
	return errors.Join(copied.takeOffWaiting(), copied.copyTo(path), copied.Close())
}

// takeOffWaiting takes off what waits, and makes of a replica a store of its own.
func (s *Store) takeOffWaiting() error {
	return s.updates(func(tx *bolt.Tx, next func() (*writer, error)) error {
		w, err := next()
		if err != nil {
			return err
		}
		meta := tx.Bucket(metaBucket)
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return err
		}
		if _, err := takeOffWaiting(w.reader, replica, next); err != nil {
			return err
		}
		return errors.Join(meta.Delete(keyReplica), tx.Bucket(journalBucket).SetSequence(replica.Number))
	})
}
