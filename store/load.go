package store

// Loading the Book: accounts, territories, campaigns and what is derived from
// the contacts, never the contacts themselves.

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// Book is the picture of the business as it is stored now.
func (s *Store) Book() (*model.Book, error) {
	book := model.NewBook()
	err := s.db.View(func(tx *bolt.Tx) error {
		if err := loadPlain(tx, book); err != nil {
			return err
		}
		if err := loadAccounts(tx, book); err != nil {
			return err
		}
		if err := eachRecord(tx, docPlan, (*codec).planned, func(p model.PlannedVisit) { book.LoadPlanned(p) }); err != nil {
			return err
		}
		if err := eachRecord(tx, docContacts, (*codec).contact, func(c model.Contact) { book.LoadContact(c) }); err != nil {
			return err
		}
		return tx.Bucket(reportsBucket).ForEach(func(key, value []byte) error {
			book.LoadReports(string(key), model.Days(bytes.Clone(value)))
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, nil
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
	if err := eachRecord(tx, docOptOuts, (*codec).optOut, func(r model.OptOut) { apply(r) }); err != nil {
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

// loadAccounts walks accounts and their contacts side by side: both are in the
// order of the accounts' numbers.
func loadAccounts(tx *bolt.Tx, book *model.Book) error {
	accounts := tx.Bucket(documentBuckets[docAccounts])
	expected := int(accounts.Sequence())
	book.Grow(expected)
	room := make([]model.Customer, 0, min(expected, 4096))
	contacts := tx.Bucket(contactsBucket).Cursor()
	at, packed := contacts.First()
	return accounts.ForEach(func(key, value []byte) error {
		if len(room) == cap(room) {
			room = make([]model.Customer, 0, 4096)
		}
		room = append(room, model.Customer{})
		customer := &room[len(room)-1]
		c := codec{reading: true, in: string(value)}
		if c.account(&customer.Account); c.err != nil {
			return fmt.Errorf("account number %d: %w", numberIn(key), c.err)
		}
		for at != nil && bytes.Compare(at, key) < 0 {
			at, packed = contacts.Next()
		}
		if bytes.Equal(at, key) {
			visits, calls, err := decodeContacts(bytes.Clone(packed))
			if err != nil {
				return fmt.Errorf("the contacts of account %q: %w", customer.Code, err)
			}
			customer.Visits, customer.Calls = visits, calls
		}
		book.Load(customer)
		return nil
	})
}
