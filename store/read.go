package store

// Reading: single records, the contacts of an account, the latest visits, and
// the Book.

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Get reads one record; NotFound when there is none.
func (s *Store) Get(key model.Key) (record model.Record, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		record, err = reader{tx, coder}.get(key)
		return err
	})
	return record, err
}

// Settings are the rules' numbers in force.
func (s *Store) Settings() (settings model.Settings, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		settings, err = settingsIn(reader{tx, coder})
		return err
	})
	return settings, err
}

func settingsIn(r reader) (model.Settings, error) {
	record, err := r.get(model.Settings{}.Key())
	var missing NotFound
	switch {
	case errors.As(err, &missing):
		return model.DefaultSettings(), nil
	case err != nil:
		return model.Settings{}, err
	}
	return record.(model.Settings), nil
}

// AccountVisits are an account's visits, newest first; at most limit (0: all).
func (s *Store) AccountVisits(account string, limit int) (visits []model.Visit, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		return eachBlockBack(tx, docVisits, account, func(year int, value []byte) (bool, error) {
			rows, err := coder.decodeVisits(account, year, value)
			slices.Reverse(rows)
			visits = append(visits, rows...)
			return limit == 0 || len(visits) < limit, err
		})
	})
	if limit > 0 && len(visits) > limit {
		visits = visits[:limit]
	}
	return visits, err
}

// LastVisits are the latest visits of accounts at which the customer was met, by code.
func LastVisits(s *Store, accounts []string) (map[string]model.Visit, error) {
	last := make(map[string]model.Visit, len(accounts))
	for _, account := range accounts {
		visits, err := s.AccountVisits(account, recentVisits)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(visits, func(v model.Visit) bool { return v.Kind == model.VisitMet }); i >= 0 {
			last[account] = visits[i]
		}
	}
	return last, nil
}

// recentVisits is how many of an account's latest rows are looked at for one that counts.
const recentVisits = 20

// AccountCalls are an account's calls, newest first; at most limit (0: all).
func (s *Store) AccountCalls(account string, limit int) (calls []model.Call, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		return eachBlockBack(tx, docCalls, account, func(year int, value []byte) (bool, error) {
			rows, err := coder.decodeCalls(account, year, value)
			slices.Reverse(rows)
			calls = append(calls, rows...)
			return limit == 0 || len(calls) < limit, err
		})
	})
	if limit > 0 && len(calls) > limit {
		calls = calls[:limit]
	}
	return calls, err
}

// Calls are the calls of all accounts on the days from first to last, in no order.
func (s *Store) Calls(first, last model.Date) (calls []model.Call, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		codes := map[accountNumber]string{}
		return tx.Bucket(documentBuckets[docCalls]).ForEach(func(key, value []byte) error {
			if year := yearIn(key); year < yearOf(first) || year > yearOf(last) {
				return nil
			}
			records, err := recordsIn(tx, coder, codes, docCalls, key, value)
			if err != nil {
				return fmt.Errorf("reading calls: %w", err)
			}
			for _, record := range records {
				if c := record.(model.Call); c.Date >= first && c.Date <= last {
					calls = append(calls, c)
				}
			}
			return nil
		})
	})
	return calls, err
}

// lastBefore is the last entry before a key.
func lastBefore(cursor *bolt.Cursor, limit []byte) (key, value []byte) {
	if key, _ := cursor.Seek(limit); key == nil {
		return cursor.Last()
	}
	return cursor.Prev()
}

func eachBlockBack(tx *bolt.Tx, d document, account string, read func(year int, value []byte) (more bool, err error)) error {
	number := tx.Bucket(accountNumbers).Get([]byte(account))
	if number == nil {
		return NotFound{model.Key{Table: model.TableAccounts, Code: account}}
	}
	prefix := numberIn(number).key()
	cursor := tx.Bucket(documentBuckets[d]).Cursor()
	key, value := cursor.Seek(numberIn(number).block(1<<16 - 1))
	if key == nil {
		key, value = cursor.Last()
	} else if !bytes.HasPrefix(key, prefix) {
		key, value = cursor.Prev()
	}
	for ; bytes.HasPrefix(key, prefix); key, value = cursor.Prev() {
		more, err := read(yearIn(key), value)
		if err != nil {
			return fmt.Errorf("reading the contacts of account %q: %w", account, err)
		}
		if !more {
			return nil
		}
	}
	return nil
}

// VisitQuery asks for the latest visits.
type VisitQuery struct {
	First, Last model.Date // both included; 0: unbounded
	Reps        []string   // none: all
	// Accept picks accounts by code; nil: all.
	Accept func(account string) bool
	Limit  int // the day on which it is reached is given whole; 0: no limit
}

// Visits are the visits asked for, newest first, and the day before which the
// next ones lie (0: there are no more).
func (s *Store) Visits(q VisitQuery) (visits []model.Visit, before model.Date, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		visits, before, err = readVisits(tx, coder, q)
		return err
	})
	return visits, before, err
}

func readVisits(tx *bolt.Tx, coder blockCoder, q VisitQuery) ([]model.Visit, model.Date, error) {
	wanted := map[wordNumber]bool{}
	for _, rep := range q.Reps {
		if n, ok := coder.words.numbers[rep]; ok {
			wanted[n] = true
		}
	}
	if len(q.Reps) > 0 && len(wanted) == 0 {
		return nil, 0, nil
	}
	if q.Last == 0 {
		q.Last = model.LastDate
	}
	var visits []model.Visit
	accounts, blocks := tx.Bucket(documentBuckets[docAccounts]), tx.Bucket(documentBuckets[docVisits])
	cursor := tx.Bucket(dayIndex).Cursor()
	key, value := lastBefore(cursor, dayKey(q.Last+1, 0))
	start, day := 0, model.Date(0)
	for ; key != nil; key, value = cursor.Prev() {
		at, rep := model.Date(uint32At(key, 0)), wordNumber(uint32At(key, 4))
		if at != day {
			slices.SortStableFunc(visits[start:], func(a, b model.Visit) int { return orderOf(b.Key(), a.Key()) })
			if q.Limit > 0 && len(visits) >= q.Limit {
				return visits, at, nil
			}
			start, day = len(visits), at
		}
		if at < q.First {
			break
		}
		if len(wanted) > 0 && !wanted[rep] {
			continue
		}
		name, err := coder.words.word(rep)
		if err != nil {
			return nil, 0, err
		}
		numbers, err := decodeNumbers(value)
		if err != nil {
			return nil, 0, err
		}
		for _, n := range slices.Compact(numbers) {
			code, err := accountCode(accounts.Get(n.key()))
			if err != nil {
				return nil, 0, err
			}
			if q.Accept != nil && !q.Accept(code) {
				continue
			}
			rows, err := coder.decodeVisitsOn(code, yearOf(at), blocks.Get(n.block(yearOf(at))), at, at)
			if err != nil {
				return nil, 0, fmt.Errorf("reading the visits of account %q: %w", code, err)
			}
			for _, row := range rows {
				if row.Date == at && row.Rep == name {
					visits = append(visits, row)
				}
			}
		}
	}
	slices.SortStableFunc(visits[start:], func(a, b model.Visit) int { return orderOf(b.Key(), a.Key()) })
	return visits, 0, nil
}

// Records yields every record of a table in the order of the file, straight from
// it: nothing else of this store may be called meanwhile by the same goroutine
// that changes it. An error ends the sequence.
func (s *Store) Records(table model.Table) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		err := s.view(func(tx *bolt.Tx, coder blockCoder) error {
			codes := map[accountNumber]string{}
			return tx.Bucket(documentBuckets[documentOf[table]]).ForEach(func(key, value []byte) error {
				records, err := recordsIn(tx, coder, codes, documentOf[table], key, value)
				if err != nil {
					return fmt.Errorf("reading %s: %w", table, err)
				}
				for _, record := range records {
					if !yield(record, nil) {
						return errEnough
					}
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// errEnough ends a walk of which nobody wants more.
var errEnough = errors.New("enough")

// recordsIn are the records of one document.
func recordsIn(tx *bolt.Tx, coder blockCoder, codes map[accountNumber]string, d document, key, value []byte) ([]model.Record, error) {
	t := tableIn[d]
	if !t.blocks {
		record, err := t.unpack(value)
		if err != nil {
			return nil, fmt.Errorf("%s %q: %w", t.bucket, key, err)
		}
		return []model.Record{record}, nil
	}
	n := numberIn(key)
	code, ok := codes[n]
	if !ok {
		var err error
		if code, err = accountCode(tx.Bucket(documentBuckets[docAccounts]).Get(n.key())); err != nil {
			return nil, err
		}
		clear(codes)
		codes[n] = code
	}
	return coder.decodeRows(t.table, code, yearIn(key), value)
}

// Settled are a rep's planned visits that are over, with what became of them, from the
// first day to the last, by day and time.
func (s *Store) Settled(rep string, first, last model.Date) (list []model.SettledVisit, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(documentBuckets[docSettled]).Cursor()
		prefix, end := append([]byte(rep), 0), settledFrom(rep, last+1)
		for key, value := cursor.Seek(settledFrom(rep, first)); bytes.HasPrefix(key, prefix) && bytes.Compare(key, end) < 0; key, value = cursor.Next() {
			settled, err := decode((*codec).settled, value)
			if err != nil {
				return fmt.Errorf("the settled visits of rep %q: %w", rep, err)
			}
			list = append(list, settled)
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b model.SettledVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time))
	})
	return list, err
}
