package store

// The history as people look at it: steps by who, what and when, and what each of
// them changed.

import (
	"bytes"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// HistoryQuery asks for steps of the history.
type HistoryQuery struct {
	Before uint64      // only steps before this one; 0: from the latest
	Limit  int         // 0: all
	Person string      // by the name of who made them; empty: anybody's
	Table  model.Table // that changed this table; empty: any
	Record model.Key   // that changed this record; the zero key: any
	// Account is the code of an account: only steps that changed it or what belongs to
	// it (with a Table: what of that table belongs to it); empty: any.
	Account string
}

// History is the steps before the given one (0: from the latest), newest first,
// at most limit of them (0: all). Steps that take others back are told with those.
func (s *Store) History(before uint64, limit int) ([]Entry, error) {
	return s.FindHistory(HistoryQuery{Before: before, Limit: limit})
}

// Begun is the day on which the first step was made; 0 where there is none, or where that
// step made the data whole, with a past of its own, as a demo's does.
func (s *Store) Begun() (day model.Date, err error) {
	first, err := s.firstStep()
	if err == nil && first != nil && !first.Fixed {
		day = model.DateOf(first.At.Local())
	}
	return day, err
}

// FindHistory is the steps asked for, newest first.
func (s *Store) FindHistory(q HistoryQuery) ([]Entry, error) {
	var entries []Entry
	err := s.view(func(tx *bolt.Tx, coder blockCoder) error {
		turns, err := turnsIn(tx)
		if err != nil {
			return err
		}
		cursor := tx.Bucket(journalBucket).Cursor()
		key, value := lastBefore(cursor, stepKey(q.Before))
		if q.Before == 0 {
			key, value = cursor.Last()
		}
		for ; key != nil && (q.Limit == 0 || len(entries) < q.Limit); key, value = cursor.Prev() {
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			if e.reversal() || q.Person != "" && e.Actor != q.Person {
				continue
			}
			if _, changed := e.Tally[q.Table]; q.Table != "" && !changed {
				continue
			}
			if q.Record != (model.Key{}) {
				touched, err := touches(reader{tx, coder}, e.Step, q.Record, nil)
				if err != nil {
					return err
				}
				if !touched {
					continue
				}
			}
			if q.Account != "" {
				touched, err := touchesAccount(reader{tx, coder}, e.Step, q.Account, q.Table)
				if err != nil {
					return err
				}
				if !touched {
					continue
				}
			}
			if err := e.fate(tx); err != nil {
				return err
			}
			e.Turns = turns[e.Step]
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// touches reports whether a step changed one of a record's fields (none: anything of
// it); of a long step, whether it changed the document in which the record lies.
func touches(r reader, step uint64, key model.Key, fields []string) (bool, error) {
	p, err := readParts(r.tx, step)
	if err != nil {
		return false, err
	}
	id := key.Identity()
	for _, e := range slices.Concat(p.edits, p.said) {
		if keyOf(e).Identity() != id {
			continue
		}
		if len(fields) == 0 || e.Before == nil || e.After == nil {
			return true, nil
		}
		d := model.DescriptionOf(e.After)
		for _, i := range d.Differ(e.Before, e.After) {
			if slices.Contains(fields, d.Fields()[i].Name) {
				return true, nil
			}
		}
	}
	t := tableOf(key.Table)
	if t == nil {
		return false, nil
	}
	at := t.at(r, key)
	return slices.ContainsFunc(p.images, func(i image) bool { return i.document == t.document && bytes.Equal(i.key, at) }), nil
}

// touchesAccount reports whether a step changed an account or what belongs to it, of
// one table or (empty) of any.
func touchesAccount(r reader, step uint64, code string, table model.Table) (bool, error) {
	p, err := readParts(r.tx, step)
	if err != nil {
		return false, err
	}
	wanted := func(t model.Table) bool {
		return (t == model.TableAccounts || belongs(t)) && (table == "" || t == table)
	}
	for _, e := range slices.Concat(p.edits, p.said) {
		for _, record := range []model.Record{e.Before, e.After} {
			if record != nil && record.Key().Code == code && wanted(record.Key().Table) {
				return true, nil
			}
		}
	}
	n, known := r.number(code)
	if !known {
		return false, nil
	}
	return slices.ContainsFunc(p.images, func(i image) bool {
		return wanted(tableIn[i.document].table) && bytes.HasPrefix(i.key, n.key())
	}), nil
}

// StepEdits is what a step changed, record by record, at most limit of them (0:
// all), and whether there are more: as its author saw it, also where others had done the same.
func (s *Store) StepEdits(step uint64, limit int) (edits []model.Edit, more bool, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		if edits, err = firstEdits(reader{tx, coder}, step, limit); err != nil {
			return err
		}
		said, err := saidBy(tx, step)
		edits = append(edits, said...)
		return err
	})
	if limit > 0 && len(edits) > limit {
		return edits[:limit], true, err
	}
	return edits, false, err
}
