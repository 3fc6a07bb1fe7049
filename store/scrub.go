package store

import (
	"errors"
	"fmt"

	bolt "doppelpass/store/sealed"
)

// scrub takes the bytes of what was deleted out of the file. Where somebody reads an older
// state all the time they stay until the next time, or until the file is compacted.
func (s *Store) scrub() error {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.db.Scrub(); err != nil && !errors.Is(err, bolt.ErrBusy) {
		return fmt.Errorf("taking the bytes of what was deleted out of the file: %w", err)
	}
	return nil
}
