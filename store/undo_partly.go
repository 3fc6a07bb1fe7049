package store

// A long step of which others have changed something since: what is of the accounts that they
// touched goes back record by record, all else document by document. What becomes of an
// account's records hangs on nothing that is of another account.

import (
	"bytes"
	"slices"

	"doppelpass/model"
)

// mostTouched is beyond how many documents that others touched a step goes back record by
// record as a whole; a test sets it.
var mostTouched = 1 << 14

// takeBackPartly takes such a step back and tells what of it stays. It is not done where the
// step took records out of documents, which it may have put into others.
func (w *writer) takeBackPartly(step uint64) (kept []KeptPart, done bool, err error) {
	var touched numberSet
	images, apart, err := touchedSince(w.reader, step, &touched)
	if err != nil || !apart {
		return nil, false, err
	}
	edits, err := imageEdits(w.reader, step, images, nil)
	if err != nil || slices.ContainsFunc(edits, func(e model.Edit) bool { return e.After == nil }) {
		return nil, false, err
	}
	said, err := saidSince(w.tx, step)
	if err != nil {
		return nil, false, err
	}
	undo, stays, err := model.Reverse(edits, said, presence{w.reader, &readBlock{}})
	if err != nil {
		return nil, false, err
	}
	if kept, err = keptParts(w.reader, step, stays); err != nil {
		return nil, false, err
	}
	if _, err := w.swap(step, func(i image) bool { return ofAccount(i.document) && !touched.has(numberIn(i.key)) }); err != nil {
		return nil, false, err
	}
	return kept, true, w.apply(undo)
}

// touchedSince are the accounts of which later steps changed anything, and the documents of a
// long step that are of them or of no account. It reports whether these can be told from the
// others, which only gained records or have the same ones.
func touchedSince(r reader, step uint64, touched *numberSet) (images []image, apart bool, err error) {
	s := since{reader: r, step: step, short: map[documentKey]bool{}, said: map[documentKey]bool{}}
	if err := s.gather(); err != nil {
		return nil, false, err
	}
	for at := range s.short {
		switch {
		case !ofAccount(at.document):
		case len(at.key) < 4: // of an account that nobody knows
			return nil, false, nil
		default:
			touched.add(numberIn([]byte(at.key)))
		}
	}
	for _, later := range s.long {
		for n := 1; later.image.key != nil; n++ {
			if ofAccount(later.image.document) {
				touched.add(numberIn(later.image.key))
			}
			if err := later.next(); err != nil {
				return nil, false, err
			}
			if n%lookedAt == 0 {
				s.tx.LetGo()
			}
		}
	}
	mine, err := walkParts(r.tx, step)
	if err != nil || mine.image.key == nil {
		return nil, false, err
	}
	last := image{}
	for n := 1; mine.image.key != nil; n++ {
		i := mine.image
		if i.order(last) <= 0 || i.document == docAnswers {
			return nil, false, nil
		}
		if last = i; !ofAccount(i.document) || touched.has(numberIn(i.key)) {
			if images = append(images, i); len(images) > mostTouched {
				return nil, false, nil
			}
		} else if gained, err := s.onlyGained(i); err != nil || !gained {
			return nil, false, err
		}
		if err := mine.next(); err != nil {
			return nil, false, err
		}
		if n%lookedAt == 0 {
			s.tx.LetGo()
		}
	}
	return images, len(mine.edits) == 0, nil
}

// onlyGained reports whether a document has all the records that it had.
func (s *since) onlyGained(was image) (bool, error) {
	if was.value == nil {
		return true, nil
	}
	value := s.tx.Bucket(documentBuckets[was.document]).Get(was.key)
	if bytes.Equal(was.value, value) || value == nil {
		return value != nil, nil
	}
	before, now, err := s.bothBehind(was, value)
	if err != nil {
		return false, err
	}
	there := make(map[model.Key]bool, len(now))
	for _, record := range now {
		there[record.Key().Identity()] = true
	}
	return !slices.ContainsFunc(before, func(record model.Record) bool { return !there[record.Key().Identity()] }), nil
}
