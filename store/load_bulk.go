package store

// Loading a store that is made anew, such as demo data: straight through, many
// records a transaction.

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// loadBatch is the number of visits and calls a transaction takes in.
const loadBatch = 200_000

// Loader takes in the records of a store that is being made.
type Loader struct {
	store *Store
	tx    *bolt.Tx
	w     *writer
	rows  int
	tally map[model.Table]Tally
	byDay indexChange // kept to the end: the index runs across all accounts
}

// Load fills an empty store; the whole of it is one step of the history that
// cannot be undone. Contacts come account by account: that is the order of the
// file. Errors: ErrNotEmpty, ErrReadOnly, Invalid. After an error the file holds
// a part of the data and should be thrown away.
func (s *Store) Load(actor model.Actor, action, subject string, fill func(*Loader) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	l := &Loader{store: s, tally: map[model.Table]Tally{}}
	if err := l.begin(); err != nil {
		return err
	}
	whole := false
	defer func() { // after a fault, too: who closes the file would wait for the transaction
		if whole {
			return
		}
		if s.words = nil; l.tx != nil {
			_ = l.tx.Rollback()
		}
	}()
	err := l.requireEmpty()
	if err == nil {
		err = fill(l)
	}
	if err == nil {
		err = l.end(actor, action, subject)
	}
	if err != nil {
		return fmt.Errorf("filling the store: %w", err)
	}
	whole = true
	s.publish(model.Change{Reload: true})
	return nil
}

func (l *Loader) begin() (err error) {
	if l.tx, err = l.store.db.Begin(true); err != nil {
		return err
	}
	if l.w, err = l.store.newWriter(l.tx); err != nil {
		return errors.Join(err, l.tx.Rollback())
	}
	l.w.bulk, l.w.loading, l.w.count, l.rows = true, true, editLimit+1, 0
	return nil
}

func (l *Loader) requireEmpty() error {
	for _, d := range documents {
		if key, _ := l.tx.Bucket(documentBuckets[d]).Cursor().First(); key != nil {
			return ErrNotEmpty
		}
	}
	return nil
}

// Put adds a record that is no visit and no call.
func (l *Loader) Put(records ...model.Record) error {
	for _, r := range records {
		if err := l.w.putRecord(Put{Record: r, New: true}); err != nil {
			return err
		}
	}
	l.w.images = nil
	return nil
}

// Contacts adds all visits and calls of one account. The slices are sorted.
func (l *Loader) Contacts(account string, visits []model.Visit, calls []model.Call) error {
	n, ok := l.w.number(account)
	if !ok {
		return NotFound{model.Key{Table: model.TableAccounts, Code: account}}
	}
	byTime := func(a, b model.Key) int { return orderOf(a, b) }
	slices.SortFunc(visits, func(a, b model.Visit) int { return byTime(a.Key(), b.Key()) })
	slices.SortFunc(calls, func(a, b model.Call) int { return byTime(a.Key(), b.Key()) })
	l.rows += len(visits) + len(calls)
	for len(visits) > 0 {
		year, many := yearOf(visits[0].Date), 1
		for many < len(visits) && yearOf(visits[many].Date) == year {
			many++
		}
		if err := l.w.putVisits(n, year, visits[:many]); err != nil {
			return err
		}
		visits = visits[many:]
	}
	for len(calls) > 0 {
		year, many := yearOf(calls[0].Date), 1
		for many < len(calls) && yearOf(calls[many].Date) == year {
			many++
		}
		if err := l.w.putCalls(n, year, calls[:many]); err != nil {
			return err
		}
		calls = calls[many:]
	}
	l.w.images = nil
	if l.rows < loadBatch {
		return nil
	}
	return l.next()
}

// next commits and goes on in a new transaction.
func (l *Loader) next() error {
	if err := l.commit(); err != nil {
		return err
	}
	return l.begin()
}

func (l *Loader) commit() error {
	l.byDay.added = append(l.byDay.added, l.w.byDay.added...)
	l.w.byDay = indexChange{}
	for table, t := range l.w.tally {
		sum := l.tally[table]
		sum.Added += t.Added
		l.tally[table] = sum
	}
	if err := l.w.writeWills(); err != nil {
		return err
	}
	if err := l.w.finish(); err != nil {
		return err
	}
	return l.tx.Commit()
}

func (l *Loader) end(actor model.Actor, action, subject string) error {
	if err := l.next(); err != nil {
		return err
	}
	if err := l.byDay.write(l.tx.Bucket(dayIndex)); err != nil {
		return err
	}
	journal := l.tx.Bucket(journalBucket)
	step, err := journal.NextSequence()
	if err != nil {
		return err
	}
	if err := putEntry(journal, Entry{
		Step: step, ID: newStepID(l.store.now()), At: l.store.now().UTC().Truncate(time.Second), Actor: actor.Name, Role: actor.Role,
		Action: action, Subject: subject, Tally: l.tally, Fixed: true,
	}); err != nil {
		return err
	}
	return l.tx.Commit()
}
