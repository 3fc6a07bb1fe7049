package store

// Bringing an older store up to the schema of this program.

import (
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// migrations lead from each schema version to the next: migrations[0] from 1 to
// 2. Each runs in a transaction of its own, after a copy of the whole file.
var migrations = []func(*bolt.Tx) error{}

func (s *Store) migrate(version uint32) error {
	if version == 0 {
		return fmt.Errorf("%s: %w", s.path, ErrNotAStore)
	}
	if version == schemaVersion || s.readOnly {
		return nil
	}
	if err := s.Backup(fmt.Sprintf("%s.schema-%d", s.path, version)); err != nil {
		return fmt.Errorf("before migrating the store: %w", err)
	}
	for ; version < schemaVersion; version++ {
		err := s.db.Update(func(tx *bolt.Tx) error {
			if err := migrations[version-1](tx); err != nil {
				return err
			}
			return tx.Bucket(metaBucket).Put(keySchema, binary.BigEndian.AppendUint32(nil, version+1))
		})
		if err != nil {
			return fmt.Errorf("migrating the store from schema version %d: %w", version, err)
		}
	}
	return nil
}
