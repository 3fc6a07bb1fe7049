package store

// Who wrote what stands in a record: a note says what somebody meant, and it matters who
// and when.

import (
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// wroteWithin is how many steps are looked at: who opens a record does not wait for
// years of history.
const wroteWithin = 5000

// Wrote is, for each of a record's fields, the latest step that changed it, as far as one
// of the latest steps did. Steps that were taken back wrote nothing, and of an import it
// is not known which fields it changed.
func (s *Store) Wrote(key model.Key, fields ...string) (map[string]Entry, error) {
	wrote := map[string]Entry{}
	err := s.view(func(tx *bolt.Tx, coder blockCoder) error {
		r, cursor := reader{tx, coder}, tx.Bucket(journalBucket).Cursor()
		open := slices.Clone(fields)
		seen := 0
		for at, value := cursor.Last(); at != nil && len(open) > 0 && seen < wroteWithin; at, value = cursor.Prev() {
			seen++
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			if _, changed := e.Tally[key.Table]; !changed && len(e.Tally) > 0 || e.reversal() { // one that says what others did has no tally
				continue
			}
			if err := e.fate(tx); err != nil {
				return err
			}
			if e.Undone {
				continue
			}
			written, err := wroteFields(r, e.Step, key)
			if err != nil {
				return err
			}
			open = slices.DeleteFunc(open, func(name string) bool {
				if !slices.Contains(written, name) {
					return false
				}
				wrote[name] = e
				return true
			})
		}
		return nil
	})
	return wrote, err
}

// wroteFields are the fields of a record that a step changed, as far as it tells them.
func wroteFields(r reader, step uint64, key model.Key) (names []string, err error) {
	p, err := readParts(r.tx, step)
	if err != nil {
		return nil, err
	}
	id := key.Identity()
	for _, e := range slices.Concat(p.edits, p.said) {
		if e.After == nil || keyOf(e).Identity() != id {
			continue
		}
		d := model.DescriptionOf(e.After)
		before := e.Before
		if before == nil {
			before = d.Empty()
		}
		for _, i := range d.Differ(before, e.After) {
			names = append(names, d.Fields()[i].Name)
		}
	}
	return names, nil
}
