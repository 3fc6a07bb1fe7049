package store

// Loading the accounts, which most of a start goes into: their numbers are parted among all
// cores, and what lies side by side in the file comes to lie side by side in memory.

import (
	"bytes"
	"cmp"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"doppelpass/model"
	"doppelpass/store/faults"
	bolt "doppelpass/store/sealed"
)

const (
	// accountPart is how many numbers of accounts are read at a time by one goroutine.
	accountPart = 4096
	// accountBatch is how many accounts go into the Book at a time.
	accountBatch = 512
	// leastAccount is what an account takes in the file at least: a count of them may be
	// damaged.
	leastAccount = 32
)

// loads says what of the accounts is loaded.
type loads int

const (
	everything   loads = iota
	rulesCopied        // what the rules read
	rulesInPlace       // the same, of which the Book refers to the file's memory
)

// accountLoad is the loading of all accounts.
type accountLoad struct {
	inPlace            bool // the Book refers to the file's memory
	accounts, contacts *bolt.Parts
	people             *bolt.Parts // at the accounts; nil: they are left out
	count              int         // of accounts, about
	parts              int64
	next               atomic.Int64 // part
	loaded             chan []model.Customer
	errs               []error // of each goroutine
	faulty             []any
}

// readAccounts begins to read accounts and their contacts side by side: both are in the order
// of the accounts' numbers. Whoever begins it ends it, whatever happens meanwhile.
func readAccounts(tx *bolt.Tx, what loads) *accountLoad {
	bucket := tx.Bucket(documentBuckets[docAccounts])
	l := &accountLoad{inPlace: what == rulesInPlace, accounts: bucket.Parts(), contacts: tx.Bucket(contactsBucket).Parts()}
	if what == everything {
		l.people = tx.Bucket(documentBuckets[docContacts]).Parts()
	}
	l.parts = int64(bucket.Sequence()/accountPart) + 1
	workers := int(min(int64(runtime.GOMAXPROCS(0)), l.parts))
	l.count = int(min(cmp.Or(l.accounts.Len(), bucket.Sequence()), uint64(tx.Size())/leastAccount))
	l.loaded = make(chan []model.Customer, l.count/accountBatch+workers) // nobody waits for the Book
	l.errs, l.faulty = make([]error, workers), make([]any, workers)
	var (
		all  sync.WaitGroup
		path = tx.Path()
	)
	for i := range workers {
		all.Go(func() {
			ended := false
			defer func() {
				if !ended || l.errs[i] != nil {
					l.stop()
				}
			}()
			defer faults.Keep(&l.faulty[i])
			defer guard(path, &l.errs[i])()
			l.errs[i] = (&accountReader{accountLoad: l}).read()
			ended = true
		})
	}
	go func() {
		all.Wait()
		close(l.loaded)
	}()
	return l
}

// stop has no further part begun.
func (l *accountLoad) stop() { l.next.Store(l.parts) }

// end waits until nothing is read any more: before the transaction ends.
func (l *accountLoad) end() {
	l.stop()
	for range l.loaded {
		continue
	}
}

// into fills the Book, while reading goes on.
func (l *accountLoad) into(book *model.Book) error {
	book.Grow(l.count)
	for customers := range l.loaded {
		for i := range customers {
			book.Load(&customers[i])
		}
	}
	for _, fault := range l.faulty {
		faults.Raise(fault)
	}
	if err := cmp.Or(l.errs...); err != nil {
		return err
	}
	l.accounts.Whole()
	l.contacts.Whole()
	if l.people != nil {
		l.people.Whole()
	}
	return nil
}

// accountReader is one of the goroutines that read.
type accountReader struct {
	*accountLoad
	room   []model.Customer
	used   int // of room
	memory arena
	list   []model.Contact // memory for the people at accounts
	pages  []byte          // memory for pages that the Book refers to
	codec  codec           // of one record after the other
}

// read reads parts as long as there are any.
func (r *accountReader) read() error {
	var keep func(int) []byte
	if r.inPlace {
		keep = r.forPages
	}
	accounts, contacts := r.accounts.Reader(keep), r.contacts.Reader(keep)
	var people *bolt.Reader
	if r.people != nil {
		people = r.people.Reader(keep)
	}
	for part := r.next.Add(1) - 1; part < r.parts; part = r.next.Add(1) - 1 {
		var from, to []byte
		if part > 0 {
			from = accountNumber(part * accountPart).key()
		}
		if part+1 < r.parts {
			to = accountNumber((part + 1) * accountPart).key()
		}
		for _, reader := range [...]*bolt.Reader{accounts, contacts, people} {
			if reader != nil {
				reader.Part(from, to)
			}
		}
		if err := r.part(accounts, contacts, people); err != nil {
			return err
		}
	}
	if r.used > 0 {
		r.loaded <- r.room[:r.used]
	}
	return nil
}

// pagesAtOnce is how much memory for pages is taken at a time, in bytes.
const pagesAtOnce = 4 << 20

// forPages is memory for pages.
func (r *accountReader) forPages(n int) []byte {
	if n > len(r.pages) {
		r.pages = make([]byte, max(n, pagesAtOnce))
	}
	pages := r.pages[:n:n]
	r.pages = r.pages[n:]
	return pages
}

// part reads accounts, their contacts and the people there side by side.
func (r *accountReader) part(accounts, contacts, people *bolt.Reader) error {
	at, packed := contacts.Next()
	var who, person []byte
	if people != nil {
		who, person = people.Next()
	}
	for key, value := accounts.Next(); key != nil; key, value = accounts.Next() {
		for at != nil && bytes.Compare(at, key) < 0 {
			at, packed = contacts.Next()
		}
		var of []byte
		if bytes.Equal(at, key) {
			if len(packed) == 0 {
				return fmt.Errorf("the contacts of account number %d: %w", numberIn(key), errDamaged)
			}
			of = r.kept(packed)
		}
		if r.used == len(r.room) {
			if r.used > 0 {
				r.loaded <- r.room
			}
			r.room, r.used = make([]model.Customer, accountBatch), 0
		}
		if err := r.account(&r.room[r.used], key, value, of); err != nil {
			return err
		}
		for who != nil && bytes.Compare(who, key) < 0 {
			who, person = people.Next()
		}
		first := len(r.list)
		for ; bytes.HasPrefix(who, key); who, person = people.Next() {
			if err := r.person(&first, who, person); err != nil {
				return err
			}
		}
		if first < len(r.list) {
			r.room[r.used].Contacts = r.list[first:len(r.list):len(r.list)]
		}
		r.used++
	}
	for at != nil {
		at, _ = contacts.Next()
	}
	for who != nil {
		who, _ = people.Next()
	}
	return nil
}

// peopleBatch is how many people memory is taken for at a time.
const peopleBatch = 256

// person adds a person to the list, whose account's begin at first.
func (r *accountReader) person(first *int, key, value []byte) error {
	if len(r.list) == cap(r.list) { // what lies in the old memory stays there
		r.list = append(make([]model.Contact, 0, peopleBatch+2*(len(r.list)-*first)), r.list[*first:]...)
		*first = 0
	}
	value = r.kept(value)
	c := r.reading(value)
	r.list = r.list[:len(r.list)+1]
	if c.contact(&r.list[len(r.list)-1]); c.err == nil && c.in != "" {
		c.err = errDamaged
	}
	if c.err != nil {
		return fmt.Errorf("%s %q: %w", documentBuckets[docContacts], key, c.err)
	}
	return nil
}

// kept is what the Book keeps of a value.
func (r *accountReader) kept(value []byte) []byte {
	if value = copied(value); r.inPlace {
		return value
	}
	return r.memory.copy(value)
}

// reading begins to read a value that is kept. The codec is the reader's: the steps of a
// description are functions that it would escape to.
func (r *accountReader) reading(value []byte) *codec {
	r.codec = codec{reading: true, in: unsafe.String(unsafe.SliceData(value), len(value))}
	return &r.codec
}

// account decodes an account and its contacts to where the customer lies. That begins with
// writing: memory that was never written costs a page twice where it is read first.
func (r *accountReader) account(customer *model.Customer, key, value, contacts []byte) (err error) {
	if customer.Visits, customer.Calls, err = decodeContacts(contacts); err != nil {
		return fmt.Errorf("the contacts of account number %d: %w", numberIn(key), err)
	}
	value = r.kept(value)
	c := r.reading(value)
	if c.account(&customer.Account); c.err != nil {
		return fmt.Errorf("account number %d: %w", numberIn(key), c.err)
	}
	return nil
}
