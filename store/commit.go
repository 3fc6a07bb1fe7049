package store

// Commit: one transaction's change is written, and nothing is decided. Every
// document that changes passes through put, which keeps its value before for the
// journal, tells the difference as edits and collects what is derived from it;
// finish writes what was derived.

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// editLimit is the number of edits beyond which a change is told as a whole.
const editLimit = 5000

// image is a document's value before the change; nil: there was none.
type image struct {
	document document
	key      []byte
	value    []byte
}

type writer struct {
	reader
	store  *Store
	images []image // the first of a document's is the one that counts
	codes  map[accountNumber]string
	known  *accountCodes            // all accounts' by their numbers, as they were before; nil: not looked up
	former map[accountNumber]string // of accounts that were gone before; nil: not looked up
	edits  map[document][]model.Edit
	count  int
	bulk   bool // a long sorted load: pages are filled up
	// may is asked of every record's change; nil: whoever called has asked already.
	may func(model.Edit) error
	// personal says that a person makes the change, not a file or an undo: only that
	// lifts an opt-out.
	personal bool
	// told says that the edits are all there is: what follows from them in other records
	// is among them already.
	told bool
	// until ends what takes long, such as an import: nothing of it is written then. nil:
	// it is not to be stopped.
	until context.Context
	// actor and action say in the consent book who wrote a line and how; loading says
	// that a store is being made.
	wills     map[model.Key]willChange
	willOrder []model.Key
	actor     model.Actor
	by        model.Actor // whose step it is
	action    string
	loading   bool
	// used are the words by which rows lie in blocks, noted while everything is rewritten;
	// reload says that nobody can be told of the change record by record.
	used   map[string]bool
	reload bool

	contacts map[accountNumber]*contactChange
	reports  map[string]map[model.Date]int
	byDay    indexChange
	visitIDs idChange
	callIDs  idChange
	names    nameChange
	tally    map[model.Table]Tally
	mended   map[string]bool // territories of which accounts were changed
	apart    *apartFile      // nil: all is written in one transaction
	// blocks and days go through blocks and through accounts' contacts during a long load.
	blocks, days *bolt.Ascent
	packed       []byte   // the block that is being written
	counting     counting // what counting rows found last
}

// stopped is an error once nobody wants the change any more.
func (w *writer) stopped() error {
	if w.until == nil {
		return nil
	}
	return w.until.Err()
}

func (s *Store) newWriter(tx *bolt.Tx) (*writer, error) {
	if s.words == nil {
		var err error
		if s.words, err = loadWords(tx); err != nil {
			return nil, err
		}
	}
	return &writer{
		store: s, reader: reader{tx, blockCoder{words: s.words, tx: tx}},
		codes: map[accountNumber]string{}, edits: map[document][]model.Edit{},
		contacts: map[accountNumber]*contactChange{}, reports: map[string]map[model.Date]int{},
		tally: map[model.Table]Tally{}, names: nameChange{},
	}, nil
}

// begin says who makes the change, and by which action.
func (w *writer) begin(actor model.Actor, action string) { w.actor, w.action = actor, action }

// change is what happened, once it is finished. Edits come in the order in which
// a Book can apply them: what is referred to first.
func (w *writer) change() model.Change {
	if w.count > editLimit || w.reload {
		return model.Change{Reload: true}
	}
	var all []model.Edit
	for _, d := range documents {
		all = append(all, w.edits[d]...)
	}
	return model.Change{Edits: all, By: w.by}
}

// bucket is the bucket of a document.
func (w *writer) bucket(d document) *bolt.Bucket {
	b := w.tx.Bucket(documentBuckets[d])
	if w.bulk {
		b.FillPercent = 0.95
	}
	return b
}

// put replaces a document; a nil value deletes it.
func (w *writer) put(d document, key, value []byte) error {
	before, changed, err := w.replace(d, key, value)
	if err != nil || !changed {
		return err
	}
	if err := w.derive(d, key, before, value); err != nil {
		return fmt.Errorf("%s: %w", documentBuckets[d], err)
	}
	return nil
}

// replace puts a document and keeps its image, without deriving anything.
func (w *writer) replace(d document, key, value []byte) (before []byte, changed bool, err error) {
	before = bytes.Clone(w.value(d, key))
	if sameValue(before, value) {
		return before, false, nil
	}
	if w.apart == nil {
		if len(w.images) == cap(w.images) { // of a long load there are many
			w.images = slices.Grow(w.images, len(w.images)+1)
		}
		w.images = append(w.images, image{d, key, before})
	}
	if namedAgain(d) && (before == nil) != (value == nil) {
		w.names.note(d, key, before == nil)
	}
	bucket := w.bucket(d)
	along := w.along(d, bucket)
	switch {
	case along != nil && value == nil:
		return before, true, along.Delete(key)
	case along != nil:
		return before, true, along.Put(key, value)
	case value == nil:
		return before, true, bucket.Delete(key)
	}
	return before, true, bucket.Put(key, value)
}

// value is a document's value; nil: there is none.
func (w *writer) value(d document, key []byte) []byte {
	bucket := w.bucket(d)
	if along := w.along(d, bucket); along != nil {
		return along.Get(key)
	}
	return bucket.Get(key)
}

// along is what goes through the documents of a long load in their order; nil where there
// is none.
func (w *writer) along(d document, bucket *bolt.Bucket) *bolt.Ascent {
	if !w.bulk || d != docVisits && d != docCalls {
		return nil
	}
	return ascentOf(&w.blocks, bucket)
}

// ascentOf is the one that goes through a bucket already, else a new one.
func ascentOf(at **bolt.Ascent, bucket *bolt.Bucket) *bolt.Ascent {
	if *at == nil || (*at).Bucket() != bucket {
		*at = bucket.Ascent()
	}
	return *at
}

// sameValue compares two values of a document; nil means that there is none.
func sameValue(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }

// edit notes one record's change, if the actor may make it.
func (w *writer) edit(d document, e model.Edit) error {
	if w.may != nil {
		if err := w.may(e); err != nil {
			return err
		}
	}
	if !w.told {
		w.noteWill(e)
		w.noteMended(e)
	}
	record := e.After
	if record == nil {
		record = e.Before
	}
	w.note(record.Key().Table, e.Before == nil, e.After == nil)
	if w.count > editLimit {
		w.edits = map[document][]model.Edit{}
		return nil
	}
	w.edits[d] = append(w.edits[d], e)
	return nil
}

// note counts one record's change.
func (w *writer) note(table model.Table, added, removed bool) {
	t := w.tally[table]
	switch {
	case added:
		t.Added++
	case removed:
		t.Removed++
	default:
		t.Changed++
	}
	w.tally[table] = t
	w.count++
}

// visits are an account's visits of a year.
func (w *writer) visits(n accountNumber, year int) ([]model.Visit, error) {
	code, err := w.code(n)
	if err != nil {
		return nil, err
	}
	return w.coder.decodeVisits(code, year, w.value(docVisits, n.block(year)))
}

// putVisits replaces an account's visits of a year.
func (w *writer) putVisits(n accountNumber, year int, visits []model.Visit) error {
	key := n.block(year)
	old, err := w.visits(n, year)
	if err != nil {
		return err
	}
	var value []byte
	if len(visits) > 0 {
		sortVisits(visits)
		if len(old) > 0 || !w.bulk || w.count <= editLimit {
			visitRows.identify(visits)
		}
		if w.packed, err = w.coder.appendVisits(w.packed[:0], year, visits); err != nil {
			return err
		}
		value = w.packed
	}
	if _, changed, err := w.replace(docVisits, key, value); err != nil || !changed {
		return err
	}
	return w.compareVisits(n, old, visits)
}

func (w *writer) calls(n accountNumber, year int) ([]model.Call, error) {
	code, err := w.code(n)
	if err != nil {
		return nil, err
	}
	return w.coder.decodeCalls(code, year, w.value(docCalls, n.block(year)))
}

func (w *writer) putCalls(n accountNumber, year int, calls []model.Call) error {
	key := n.block(year)
	old, err := w.calls(n, year)
	if err != nil {
		return err
	}
	var value []byte
	if len(calls) > 0 {
		sortRows(calls)
		callRows.identify(calls)
		if value, err = w.coder.encodeCalls(year, calls); err != nil {
			return err
		}
	}
	if _, changed, err := w.replace(docCalls, key, value); err != nil || !changed {
		return err
	}
	return w.compareCalls(n, old, calls)
}

// newNumber is the number of an account that comes: the one it had before, or the
// next.
func (w *writer) newNumber(code string) (accountNumber, error) {
	if former := w.tx.Bucket(formerNumbers).Get([]byte(code)); former != nil {
		return numberIn(former), nil
	}
	next, err := w.bucket(docAccounts).NextSequence()
	if err != nil {
		return 0, err
	}
	if next >= 1<<accountBits {
		return 0, errTooMany
	}
	return accountNumber(next), nil
}

// keysOf are the keys of a document that begin with prefix.
func (w *writer) keysOf(d document, prefix []byte) [][]byte {
	var keys [][]byte
	cursor := w.bucket(d).Cursor()
	for key, _ := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = cursor.Next() {
		keys = append(keys, slices.Clone(key))
	}
	return keys
}
