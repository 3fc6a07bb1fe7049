package store

// A long step goes back document by document where all that it changed stands as it left
// it: nobody has touched it since, or what was done was taken back. That an undo and its
// redo cancel out is seen here, as is any other way back, by the documents themselves.

import (
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// apartUndo is beyond how many records a step goes back apart; a test sets it.
var apartUndo = 500_000

// byDocuments is set to false by tests that want every step to go back record by record.
var byDocuments = true

// lookedAt is after how many documents memory is given back that reading them has filled.
const lookedAt = 1 << 14

// since is what may have changed of a long step's documents, and of what hangs together
// with them.
type since struct {
	reader
	step             uint64
	changed, account numberSet // accounts of which the step changed anything, or the account itself
	answers          bool      // it changed answers, to which there may be replies
	long             []*partWalk
	// short are the documents of which records were changed; true: one that matters.
	short  map[documentKey]bool
	said   map[documentKey]bool // among them, those of which something was said
	former map[accountNumber]string
}

// standsAsLeft reports whether a step kept documents, and these, and all that decides
// whether they may go, stand as the step left them. Documents that later steps say
// something of count as touched.
func standsAsLeft(r reader, step uint64) (bool, error) {
	s := since{reader: r, step: step, short: map[documentKey]bool{}, said: map[documentKey]bool{}}
	mine, err := walkParts(r.tx, step)
	if err != nil || mine.image.key == nil || len(mine.edits) > 0 {
		return false, err
	}
	if err := s.gather(); err != nil {
		return false, err
	}
	if len(s.long) == 0 && len(s.short) == 0 {
		return true, nil
	}
	if sorted, err := s.lookAt(mine); err != nil || !sorted {
		return false, err
	}
	if same, err := s.shortSame(); err != nil || !same {
		return false, err
	}
	return s.longSame()
}

// gather looks through the later steps.
func (s *since) gather() error {
	cursor := s.tx.Bucket(journalBucket).Cursor()
	for key, _ := cursor.Seek(stepKey(s.step + 1)); key != nil; key, _ = cursor.Next() {
		later, err := walkParts(s.tx, uint64At(key, 0))
		if err != nil {
			return err
		}
		said, err := saidBy(s.tx, later.step)
		if err != nil {
			return err
		}
		for n, e := range slices.Concat(later.edits, said) {
			for _, record := range []model.Record{e.Before, e.After} {
				if record != nil {
					at := s.documentOf(record)
					s.short[at] = false
					s.said[at] = s.said[at] || n >= len(later.edits)
				}
			}
		}
		if later.image.key != nil {
			s.long = append(s.long, later)
		}
	}
	return nil
}

// lookAt goes through the step's own documents, and reports whether they come in the
// order of the file.
func (s *since) lookAt(mine *partWalk) (sorted bool, err error) {
	last := image{}
	for n := 1; err == nil && mine.image.key != nil; err = mine.next() {
		i := mine.image
		if i.order(last) <= 0 {
			return false, nil
		}
		if last = i; ofAccount(i.document) {
			s.changed.add(numberIn(i.key))
		}
		if i.document == docAccounts {
			s.account.add(numberIn(i.key))
		}
		s.answers = s.answers || i.document == docAnswers
		if _, touched := s.short[documentKey{i.document, string(i.key)}]; touched {
			s.short[documentKey{i.document, string(i.key)}] = true
		}
		if n++; n%lookedAt == 0 {
			s.tx.LetGo()
		}
	}
	for at := range s.short {
		s.short[at] = s.short[at] || s.hangsTogether(at.document, []byte(at.key))
	}
	return true, err
}

// hangsTogether reports whether a document decides about the step's although it need not be
// one of them: an account and what belongs to it, an answer and its replies.
func (s *since) hangsTogether(d document, key []byte) bool {
	if !ofAccount(d) {
		return d == docAnswers && s.answers
	}
	if len(key) < 4 { // of an account that nobody knows
		return true
	}
	n := numberIn(key)
	return d == docAccounts && s.changed.has(n) || s.account.has(n)
}

// shortSame compares the documents of which records were changed.
func (s *since) shortSame() (bool, error) {
	var images []image
	for at, matters := range s.short {
		if matters && (s.said[at] || at.key == "") {
			return false, nil
		}
		if matters {
			images = append(images, image{document: at.document, key: []byte(at.key)})
		}
	}
	if len(images) == 0 {
		return true, nil
	}
	s.former = formerCodes(s.tx)
	left, err := documentsAfter(s.reader, s.step, images, s.former)
	if err != nil {
		return false, err
	}
	for _, i := range images {
		now, err := s.recordsBehind(i.document, i.key, s.tx.Bucket(documentBuckets[i.document]).Get(i.key), s.former)
		if err != nil || !sameRows(left[documentKey{i.document, string(i.key)}], now) {
			return false, err
		}
	}
	return true, nil
}

// longSame compares the documents that later long steps changed: what the first of them
// found is what the step had left. All are gone through side by side.
func (s *since) longSame() (bool, error) {
	if len(s.long) == 0 {
		return true, nil
	}
	mine, err := walkParts(s.tx, s.step)
	if err != nil {
		return false, err
	}
	walks := append([]*partWalk{mine}, s.long...)
	for n := 1; ; n++ {
		var first image
		for _, w := range walks {
			if w.image.key != nil && (first.key == nil || w.image.order(first) < 0) {
				first = w.image
			}
		}
		if first.key == nil {
			return true, nil
		}
		matters := mine.image.key != nil && mine.image.order(first) == 0 || s.hangsTogether(first.document, first.key)
		compared := s.short[documentKey{first.document, string(first.key)}]
		for _, w := range walks {
			if w.image.key == nil || w.image.order(first) != 0 {
				continue
			}
			if w != mine && matters && !compared {
				if same, err := s.standsAs(w.image); err != nil || !same {
					return false, err
				}
				compared = true
			}
			last := w.image
			if err := w.next(); err != nil {
				return false, err
			}
			if w.image.key != nil && w.image.order(last) <= 0 {
				return false, nil // history that was rewritten may be in no order
			}
		}
		if n%lookedAt == 0 {
			s.tx.LetGo()
		}
	}
}

// standsAs reports whether a document is now as it was, however it is packed.
func (s *since) standsAs(was image) (bool, error) {
	value := s.tx.Bucket(documentBuckets[was.document]).Get(was.key)
	if sameValue(was.value, value) {
		return true, nil
	}
	if was.value == nil || value == nil {
		return false, nil
	}
	before, now, err := s.bothBehind(was, value)
	return err == nil && sameRows(before, now), err
}

// bothBehind are the records of a document as it was, and of what it is now.
func (s *since) bothBehind(was image, value []byte) (before, now rows, err error) {
	if s.former == nil {
		s.former = formerCodes(s.tx)
	}
	if before, err = s.recordsBehind(was.document, was.key, was.value, s.former); err == nil {
		now, err = s.recordsBehind(was.document, was.key, value, s.former)
	}
	return before, now, err
}

// sameRows compares two states of a document, whatever stands first in it.
func sameRows(a, b rows) bool {
	if len(a) != len(b) {
		return false
	}
	known := make(map[model.Key]model.Record, len(a))
	for _, r := range a {
		known[r.Key().Identity()] = r
	}
	return len(known) == len(a) && !slices.ContainsFunc(b, func(r model.Record) bool { return !model.Same(known[r.Key().Identity()], r) })
}

// numberSet is a set of accounts' numbers.
type numberSet []uint64

func (s *numberSet) add(n accountNumber) {
	if n >= 1<<accountBits {
		panic(errNumber)
	}
	if missing := int(n/64) + 1 - len(*s); missing > 0 {
		*s = append(*s, make([]uint64, missing)...)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s numberSet) has(n accountNumber) bool { return int(n/64) < len(s) && s[n/64]&(1<<(n%64)) != 0 }

// swap puts those of a long step's documents back as they were that stand as it left them.
// Beyond what memory is to hold of them it goes on apart.
func (w *writer) swap(step uint64, stands func(image) bool) (kept []KeptPart, err error) {
	e, err := readEntry(w.tx, step)
	if err != nil {
		return nil, err
	}
	records := e.records()
	w.bulk = records > editLimit
	if records > apartUndo {
		if err := w.goApart(); err != nil {
			return nil, err
		}
	}
	// The codes of accounts that come or go are needed whatever the order.
	if err := w.eachImage(step, func(i image) (err error) {
		switch {
		case i.document != docAccounts:
		case i.value != nil:
			w.codes[numberIn(i.key)], err = accountCode(i.value)
		default:
			_, err = w.code(numberIn(i.key))
		}
		return err
	}); err != nil {
		return nil, err
	}
	var at accountNumber
	err = w.eachImage(step, func(i image) error {
		if !stands(i) {
			return nil
		}
		if tableIn[i.document].blocks && numberIn(i.key) != at {
			if err := w.accountDone(at); err != nil {
				return err
			}
			at = numberIn(i.key)
		}
		if table := tableIn[i.document].table; model.Describe(table).Growing() {
			kept = append(kept, KeptPart{Kept: model.Kept{Key: model.Key{Table: table}, Reason: model.KeptForGood}})
			return nil
		}
		if err := w.put(i.document, i.key, i.value); err != nil {
			return err
		}
		return w.endPart()
	})
	return kept, err
}

// eachImage shows the documents that a step keeps. Those of a change that goes on apart are
// read where nothing is written.
func (w *writer) eachImage(step uint64, show func(image) error) error {
	walk := func(tx *bolt.Tx) error {
		images, err := walkParts(tx, step)
		for n := 1; err == nil && images.image.key != nil; n++ {
			if err := show(images.image); err != nil {
				return err
			}
			if n%lookedAt == 0 {
				tx.LetGo()
			}
			err = images.next()
		}
		return err
	}
	if w.apart == nil {
		return walk(w.tx)
	}
	return w.store.db.View(walk)
}

// records is how many records a step changed.
func (e Entry) records() (n int) {
	for _, t := range e.Tally {
		n += t.Added + t.Changed + t.Removed
	}
	return n
}
