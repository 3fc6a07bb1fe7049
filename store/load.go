package store

// Loading the Book: accounts, territories, campaigns and what is derived from
// the contacts, never the contacts themselves.

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"doppelpass/model"
	"doppelpass/store/faults"
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
	if err := s.db.View(func(tx *bolt.Tx) error { return s.loadRules(tx, book) }); err != nil {
		return nil, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, nil
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
		if err := s.loadRules(tx, book); err != nil {
			return err
		}
		return eachRecord(tx, docContacts, (*codec).contact, func(c model.Contact) { book.LoadContact(c) })
	})
	if err != nil {
		return nil, 0, fmt.Errorf("loading the store %s: %w", s.path, err)
	}
	return book, at, nil
}

func (s *Store) loadRules(tx *bolt.Tx, book *model.Book) error {
	book.Use(model.Outside{Holidays: holidays.Of, Number: NormalNumber, Hash: s.hashOf()})
	if err := loadPlain(tx, book); err != nil {
		return err
	}
	if err := loadAccounts(tx, book); err != nil {
		return err
	}
	if err := eachRecord(tx, docPlan, (*codec).planned, func(p model.PlannedVisit) { book.LoadPlanned(p) }); err != nil {
		return err
	}
	return tx.Bucket(reportsBucket).ForEach(func(key, value []byte) error {
		book.LoadReports(string(key), model.Days(bytes.Clone(copied(value))))
		return nil
	})
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

// accountBatch is the number of accounts that go from reading to decoding at once.
const accountBatch = 512

// rawAccounts are accounts with their contacts as they lie in the file, copied one
// behind the other: what is decoded of them goes on sharing the copy.
type rawAccounts struct {
	numbers  []accountNumber
	ends     [][2]int // of each account in text, of its contacts in packed
	text     strings.Builder
	contacts []byte
}

func (r *rawAccounts) add(n accountNumber, account, contacts []byte) {
	r.numbers = append(r.numbers, n)
	r.text.Write(copied(account))
	r.contacts = append(r.contacts, copied(contacts)...)
	r.ends = append(r.ends, [2]int{r.text.Len(), len(r.contacts)})
}

// grow makes room for about as much as another batch took.
func (r *rawAccounts) grow(like *rawAccounts) {
	const margin = 16 // a sixteenth
	r.numbers, r.ends = make([]accountNumber, 0, accountBatch), make([][2]int, 0, accountBatch)
	r.text.Grow(like.text.Len() + like.text.Len()/margin)
	r.contacts = make([]byte, 0, len(like.contacts)+len(like.contacts)/margin)
}

// loadAccounts walks accounts and their contacts side by side: both are in the
// order of the accounts' numbers. Reading, which waits for the disk, and decoding
// go on beside each other and beside filling the Book.
func loadAccounts(tx *bolt.Tx, book *model.Book) error {
	const leastAccount = 32 // bytes of the file: the count in it may be damaged
	book.Grow(int(min(tx.Bucket(documentBuckets[docAccounts]).Sequence(), uint64(tx.Size())/leastAccount)))
	read := make(chan *rawAccounts, 4)
	decoded := make(chan []model.Customer, 4)
	done := make(chan struct{}) // closed when nobody wants more
	var readErr, decodeErr error
	var readFault, decodeFault any
	path := tx.DB().Path()
	go func() {
		defer close(read)
		defer faults.Keep(&readFault)
		defer guard(path, &readErr)()
		readErr = readAccounts(tx, func(batch *rawAccounts) bool {
			select {
			case read <- batch:
				return true
			case <-done:
				return false
			}
		})
	}()
	go func() {
		defer close(decoded)
		defer func() {
			for range read { // the reader must have ended before the transaction does
				continue
			}
		}()
		defer faults.Keep(&decodeFault)
		for batch := range read {
			customers, err := decodeAccounts(batch)
			if err != nil {
				decodeErr = err
				close(done)
				break
			}
			decoded <- customers
		}
	}()
	for customers := range decoded {
		for i := range customers {
			book.Load(&customers[i])
		}
	}
	faults.Raise(cmp.Or(readFault, decodeFault))
	return cmp.Or(decodeErr, readErr)
}

// readAccounts copies the accounts out of the file, batch by batch, until told that
// it is enough.
func readAccounts(tx *bolt.Tx, tell func(*rawAccounts) bool) error {
	cursor := tx.Bucket(contactsBucket).Cursor()
	at, packed := cursor.First()
	accounts := tx.Bucket(documentBuckets[docAccounts]).Cursor()
	var full *rawAccounts
	batch := &rawAccounts{}
	for key, value := accounts.First(); key != nil; key, value = accounts.Next() {
		for at != nil && bytes.Compare(at, key) < 0 {
			at, packed = cursor.Next()
		}
		var contacts []byte
		if bytes.Equal(at, key) {
			if contacts = packed; len(contacts) == 0 {
				return fmt.Errorf("the contacts of account number %d: %w", numberIn(key), errDamaged)
			}
		}
		batch.add(numberIn(key), value, contacts)
		if len(batch.numbers) < accountBatch {
			continue
		}
		if !tell(batch) {
			return nil
		}
		full, batch = batch, &rawAccounts{}
		batch.grow(full)
	}
	tell(batch)
	return nil
}

func decodeAccounts(batch *rawAccounts) ([]model.Customer, error) {
	customers := make([]model.Customer, len(batch.numbers))
	text, from := batch.text.String(), [2]int{}
	// Decoding looks at a field before it writes it. In memory that was never written
	// that costs a page twice, so it happens here and not where the customer will lie.
	var account model.Account
	for i, to := range batch.ends {
		account = model.Account{}
		c := codec{reading: true, in: text[from[0]:to[0]]}
		if c.account(&account); c.err != nil {
			return nil, fmt.Errorf("account number %d: %w", batch.numbers[i], c.err)
		}
		customer := &customers[i]
		customer.Account = account
		if from[1] < to[1] {
			var err error
			customer.Visits, customer.Calls, err = decodeContacts(batch.contacts[from[1]:to[1]:to[1]])
			if err != nil {
				return nil, fmt.Errorf("the contacts of account %q: %w", customer.Code, err)
			}
		}
		from = to
	}
	return customers, nil
}
