package store

// Loading the Book: accounts, territories, campaigns and what is derived from
// the contacts, never the contacts themselves.

import (
	"bytes"
	"fmt"

	"doppelpass/model"
	"doppelpass/store/holidays"
	bolt "doppelpass/store/sealed"
)

// Book is the picture of the business as it is stored now.
func (s *Store) Book() (*model.Book, error) {
	book, _, err := s.bookAt()
	return book, err
}

// RulesBook is the Book with all that the rules read. The people at the accounts,
// whom no rule asks for, are left out: there may be as many as accounts.
func (s *Store) RulesBook() (*model.Book, error) {
	book := model.NewBook()
	if err := s.db.View(func(tx *bolt.Tx) error { return s.loadBook(tx, book, rulesCopied) }); err != nil {
		return nil, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, nil
}

// Rules lets use look at the RulesBook as it is stored now. The Book refers to the file's
// memory, which is read and not copied: neither it nor anything of it may be kept beyond, and
// goroutines that use begins for it are those of model/cores. An error is that of use, or of
// reading.
func (s *Store) Rules(use func(*model.Book) error) error {
	var used error
	err := s.db.View(func(tx *bolt.Tx) error {
		book := model.NewBook()
		if err := s.loadBook(tx, book, rulesInPlace); err != nil {
			return err
		}
		used = use(book)
		return nil
	})
	if err != nil {
		return fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return used
}

// PlansBook is a Book with all that says whose the planned visits are. The accounts, and
// what is counted of them, are left out.
func (s *Store) PlansBook() (*model.Book, error) {
	book := model.NewBook()
	if err := s.db.View(func(tx *bolt.Tx) error {
		if err := loadPlain(tx, book); err != nil {
			return err
		}
		return eachRecord(tx, docPlan, (*codec).planned, func(p model.PlannedVisit) { book.LoadPlanned(p) })
	}); err != nil {
		return nil, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, nil
}

// bookAt also says as of which transaction the Book is. Nobody waits for it.
func (s *Store) bookAt() (*model.Book, int, error) {
	book, at := model.NewBook(), 0
	err := s.db.View(func(tx *bolt.Tx) error {
		at = tx.ID()
		return s.loadBook(tx, book, everything)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, at, nil
}

func (s *Store) loadBook(tx *bolt.Tx, book *model.Book, what loads) error {
	book.Use(model.Outside{Holidays: holidays.Of, Number: NormalNumber, Hash: s.hashOf()})
	accounts := readAccounts(tx, what)
	defer accounts.end()
	if err := loadPlain(tx, book); err != nil {
		return err
	}
	var plan []model.PlannedVisit // read beside the accounts, which it belongs to
	if err := eachRecord(tx, docPlan, (*codec).planned, func(p model.PlannedVisit) { plan = append(plan, p) }); err != nil {
		return err
	}
	if err := tx.Bucket(reportsBucket).ForEach(func(key, value []byte) error {
		if value = copied(value); what != rulesInPlace {
			value = bytes.Clone(value)
		}
		book.LoadReports(string(key), model.Days(value))
		return nil
	}); err != nil {
		return err
	}
	if err := accounts.into(book); err != nil {
		return err
	}
	for _, p := range plan {
		book.LoadPlanned(p)
	}
	return nil
}

// loadPlain loads the records that need nothing derived.
func loadPlain(tx *bolt.Tx, book *model.Book) error {
	apply := func(r model.Record) { book.Apply(model.Change{Edits: []model.Edit{{After: r}}}) }
	if err := eachRecord(tx, docSettings, (*codec).settings, func(r model.Settings) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docReps, (*codec).rep, func(r model.Rep) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docTerritories, (*codec).territory, func(r model.Territory) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docAnswers, (*codec).answer, func(r model.Answer) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docFollowUps, (*codec).followUp, func(r model.FollowUp) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docOutLists, (*codec).outList, func(r model.OutList) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docAbsences, (*codec).absence, func(r model.Absence) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docPeople, (*codec).person, func(r model.Person) { apply(r) }); err != nil {
		return err
	}
	if err := eachRecord(tx, docOptOuts, (*codec).optOut, book.LoadOptOut); err != nil {
		return err
	}
	return eachRecord(tx, docCampaigns, (*codec).campaign, func(r model.Campaign) { apply(r) })
}

func eachRecord[T any](tx *bolt.Tx, d document, fields func(*codec, *T), use func(T)) error {
	return tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
		record, err := decode(fields, value)
		if err != nil {
			return fmt.Errorf("%s %q: %w", documentBuckets[d], key, err)
		}
		use(record)
		return nil
	})
}
