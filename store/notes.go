package store

// The notes of single visits and calls, which no Book holds: looked through in the file.

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Notes are the latest visits and calls whose note is accepted, at most so many, newest
// first, and how many there are in all. Every note is looked at once, in no order, until
// the context ends.
func (s *Store) Notes(ctx context.Context, limit int, accept func(note string) bool) (latest []model.Record, count int, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		for _, d := range [...]document{docVisits, docCalls} {
			codes := map[accountNumber]string{}
			err := tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if noted, err := anyNote(d, value, accept); err != nil || !noted {
					return err
				}
				rows, err := recordsIn(tx, coder, codes, d, key, value)
				for _, row := range rows {
					if note := noteOf(row); note != "" && accept(note) {
						latest, count = append(latest, row), count+1
					}
				}
				if len(latest) > 8*limit+1000 { // of very many the oldest are let go now and then
					latest = newest(latest, limit)
				}
				return err
			})
			if err != nil {
				return fmt.Errorf("reading notes: %w", err)
			}
		}
		return nil
	})
	return newest(latest, limit), count, err
}

func newest(rows []model.Record, limit int) []model.Record {
	slices.SortStableFunc(rows, func(a, b model.Record) int {
		x, y := a.Key(), b.Key()
		return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(y.Time, x.Time), cmp.Compare(x.Code, y.Code))
	})
	return rows[:min(len(rows), limit)]
}

func noteOf(row model.Record) string {
	switch row := row.(type) {
	case model.Visit:
		return row.Note
	case model.Call:
		return row.Note
	}
	return ""
}

// anyNote reports whether a note in a block is accepted: most blocks have none, and need
// not be read in full.
func anyNote(d document, value []byte, accept func(string) bool) (bool, error) {
	code, shift := blockReader(value)
	for code.err == nil && code.in != "" {
		code.readUint() // the day
		shape := code.readUint()
		var note string
		if d == docVisits {
			var v model.Visit
			var outcome uint64
			code.readUint()
			code.visitDetails(&v, shape, &outcome)
			note = v.Note
		} else {
			var c model.Call
			code.readUint()
			code.readUint()
			code.callDetails(&c, shape)
			note = c.Note
		}
		if shift == kindShift && shape&hasRowID != 0 {
			var id model.RowID
			code.rowID(&id)
		}
		if note != "" && accept(note) {
			return true, code.err
		}
	}
	return false, code.err
}
