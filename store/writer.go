package store

// The writer: one transaction's change. Every document that changes passes
// through put, which keeps its image for the history, tells the difference as
// edits and collects what is derived from it; finish writes what was derived.

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
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
	store  *Store
	tx     *bolt.Tx
	coder  blockCoder
	images []image // the first of a document's is the one that counts
	codes  map[accountNumber]string
	gone   map[string]accountNumber // accounts deleted in this change: made again, they keep their number
	edits  map[document][]model.Edit
	count  int
	bulk   bool // a long sorted load: pages are filled up
	roles  func(model.Edit) error

	contacts map[accountNumber]*contactChange
	reports  map[string]map[model.Date]int
	byDay    indexChange
	visitIDs idChange
	callIDs  idChange
	tally    map[model.Table]Tally
}

func (s *Store) newWriter(tx *bolt.Tx) (*writer, error) {
	if s.words == nil {
		var err error
		if s.words, err = loadWords(tx); err != nil {
			return nil, err
		}
	}
	return &writer{
		store: s, tx: tx, coder: blockCoder{words: s.words, tx: tx},
		codes: map[accountNumber]string{}, gone: map[string]accountNumber{}, edits: map[document][]model.Edit{},
		contacts: map[accountNumber]*contactChange{}, reports: map[string]map[model.Date]int{},
		tally: map[model.Table]Tally{},
	}, nil
}

// change is what happened, once it is finished. Edits come in the order in which
// a Book can apply them: what is referred to first.
func (w *writer) change() model.Change {
	if w.count > editLimit {
		return model.Change{Reload: true}
	}
	var all []model.Edit
	for _, d := range documents {
		all = append(all, w.edits[d]...)
	}
	return model.Change{Edits: all}
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
	bucket := w.bucket(d)
	before = bytes.Clone(bucket.Get(key))
	if sameValue(before, value) {
		return before, false, nil
	}
	w.images = append(w.images, image{d, key, before})
	if value == nil {
		return before, true, bucket.Delete(key)
	}
	return before, true, bucket.Put(key, value)
}

// sameValue compares two values of a document; nil means that there is none.
func sameValue(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }

// derive tells the difference between two values of a document.
func (w *writer) derive(d document, key, before, after []byte) error {
	switch d {
	case docVisits:
		return w.deriveVisits(key, before, after)
	case docCalls:
		return w.deriveCalls(key, before, after)
	case docAccounts:
		return w.deriveAccount(key, before, after)
	case docReps:
		return deriveRecord(w, d, (*codec).rep, before, after)
	case docTerritories:
		return deriveRecord(w, d, (*codec).territory, before, after)
	case docCampaigns:
		return deriveRecord(w, d, (*codec).campaign, before, after)
	case docPlan:
		return deriveRecord(w, d, (*codec).planned, before, after)
	case docSettings:
		return deriveRecord(w, d, (*codec).settings, before, after)
	}
	return errDamaged
}

func deriveRecord[T model.Record](w *writer, d document, fields func(*codec, *T), before, after []byte) error {
	var edit model.Edit
	for _, side := range []struct {
		value []byte
		into  *model.Record
	}{{before, &edit.Before}, {after, &edit.After}} {
		if side.value == nil {
			continue
		}
		record, err := decode(fields, side.value)
		if err != nil {
			return err
		}
		*side.into = record
	}
	return w.edit(d, edit)
}

// edit notes one record's change, if the actor may make it.
func (w *writer) edit(d document, e model.Edit) error {
	if w.roles != nil {
		if err := w.roles(e); err != nil {
			return err
		}
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

func (w *writer) deriveAccount(key, before, after []byte) error {
	if err := deriveRecord(w, docAccounts, (*codec).account, before, after); err != nil {
		return err
	}
	number := numberIn(key)
	if after != nil {
		code, err := accountCode(after)
		if err != nil {
			return err
		}
		w.codes[number] = code
		if before == nil {
			return w.tx.Bucket(accountNumbers).Put([]byte(code), key)
		}
		return nil
	}
	code, err := accountCode(before)
	if err != nil {
		return err
	}
	w.codes[number], w.gone[code] = code, number
	return w.tx.Bucket(accountNumbers).Delete([]byte(code))
}

// accountCode reads an account's code without the rest of the record.
func accountCode(value []byte) (string, error) {
	c := codec{reading: true, in: string(value)}
	c.version()
	var code string
	text(&c, &code)
	return code, c.err
}

// code is an account's code by its number.
func (w *writer) code(n accountNumber) (string, error) {
	if code, ok := w.codes[n]; ok {
		return code, nil
	}
	value := w.bucket(docAccounts).Get(n.key())
	if value == nil {
		return "", fmt.Errorf("account number %d: %w", n, errDamaged)
	}
	code, err := accountCode(value)
	if err == nil {
		w.codes[n] = code
	}
	return code, err
}

func (w *writer) deriveVisits(key, before, after []byte) error {
	number, year := numberIn(key), yearIn(key)
	code, err := w.code(number)
	if err != nil {
		return err
	}
	old, err := w.coder.decodeVisits(code, year, before)
	if err != nil {
		return err
	}
	fresh, err := w.coder.decodeVisits(code, year, after)
	if err != nil {
		return err
	}
	return w.compareVisits(number, old, fresh)
}

// compareVisits tells the difference between two states of a block.
func (w *writer) compareVisits(number accountNumber, old, fresh []model.Visit) error {
	return difference(old, fresh, func(before, after *model.Visit) error {
		if before != nil {
			if err := w.countVisit(number, before, -1); err != nil {
				return err
			}
		}
		if after != nil {
			if err := w.countVisit(number, after, 1); err != nil {
				return err
			}
		}
		if w.bulk && w.roles == nil && w.count > editLimit { // millions of these: none is told on its own
			w.note(model.TableVisits, before == nil, after == nil)
			return nil
		}
		var e model.Edit
		if before != nil {
			e.Before = *before
		}
		if after != nil {
			e.After = *after
		}
		return w.edit(docVisits, e)
	})
}

func (w *writer) deriveCalls(key, before, after []byte) error {
	number, year := numberIn(key), yearIn(key)
	code, err := w.code(number)
	if err != nil {
		return err
	}
	old, err := w.coder.decodeCalls(code, year, before)
	if err != nil {
		return err
	}
	fresh, err := w.coder.decodeCalls(code, year, after)
	if err != nil {
		return err
	}
	return difference(old, fresh, func(before, after *model.Call) error {
		var e model.Edit
		if before != nil {
			w.countCall(number, before, -1)
			e.Before = *before
		}
		if after != nil {
			w.countCall(number, after, 1)
			e.After = *after
		}
		return w.edit(docCalls, e)
	})
}

// difference walks two lists of rows in their order and tells of each row that
// is only in the first, only in the second, or different in both.
func difference[T model.Record](old, fresh []T, tell func(before, after *T) error) error {
	for len(old) > 0 || len(fresh) > 0 {
		order := 0
		switch {
		case len(old) == 0:
			order = 1
		case len(fresh) == 0:
			order = -1
		default:
			order = orderOf(old[0].Key(), fresh[0].Key())
		}
		var err error
		switch {
		case order < 0:
			err = tell(&old[0], nil)
			old = old[1:]
		case order > 0:
			err = tell(nil, &fresh[0])
			fresh = fresh[1:]
		default:
			if !reflect.DeepEqual(old[0], fresh[0]) {
				err = tell(&old[0], &fresh[0])
			}
			old, fresh = old[1:], fresh[1:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// find is the number of an account by its code.
func (w *writer) find(code string) (accountNumber, bool) {
	value := w.tx.Bucket(accountNumbers).Get([]byte(code))
	if value == nil {
		return 0, false
	}
	return numberIn(value), true
}

// visits are an account's visits of a year.
func (w *writer) visits(n accountNumber, year int) ([]model.Visit, error) {
	code, err := w.code(n)
	if err != nil {
		return nil, err
	}
	return w.coder.decodeVisits(code, year, w.bucket(docVisits).Get(n.block(year)))
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
		if value, err = w.coder.encodeVisits(year, visits); err != nil {
			return err
		}
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
	return w.coder.decodeCalls(code, year, w.bucket(docCalls).Get(n.block(year)))
}

func (w *writer) putCalls(n accountNumber, year int, calls []model.Call) error {
	if len(calls) == 0 {
		return w.put(docCalls, n.block(year), nil)
	}
	value, err := w.coder.encodeCalls(year, calls)
	if err != nil {
		return err
	}
	return w.put(docCalls, n.block(year), value)
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
