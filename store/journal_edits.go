package store

// A long step told record by record: what its documents held right after it follows
// from the present, with every later step taken back.

import (
	"fmt"
	"slices"

	"doppelpass/model"
)

// stepEdits is what a step changed, record by record.
func stepEdits(r reader, step uint64) ([]model.Edit, error) {
	return firstEdits(r, step, 0)
}

// imagesAtOnce is how many documents of a long step are looked at together where not
// all of its edits are wanted.
const imagesAtOnce = 200

// firstEdits is what a step changed, record by record: all of it, or at least one
// more than limit where there are so many. A record that a long step moved to another
// document may then show as one taken out and one added.
func firstEdits(r reader, step uint64, limit int) ([]model.Edit, error) {
	p, err := readParts(r.tx, step)
	if err != nil || len(p.images) == 0 {
		return p.edits, err
	}
	if limit <= 0 {
		return imageEdits(r, step, p.images, p.edits)
	}
	edits := p.edits
	for from := 0; from < len(p.images) && len(edits) <= limit; from += imagesAtOnce {
		if edits, err = imageEdits(r, step, p.images[from:min(from+imagesAtOnce, len(p.images))], edits); err != nil {
			return nil, err
		}
	}
	return edits, nil
}

// imageEdits adds to edits what a long step changed in some of its documents.
func imageEdits(r reader, step uint64, images []image, edits []model.Edit) ([]model.Edit, error) {
	former := formerCodes(r.tx)
	after, err := documentsAfter(r, step, images, former)
	if err != nil {
		return nil, err
	}
	for _, i := range images {
		before, err := r.recordsBehind(i.document, i.key, i.value, former)
		if err != nil {
			return nil, err
		}
		now := after[documentKey{i.document, string(i.key)}]
		was := map[model.Key]model.Record{}
		for _, record := range before {
			was[record.Key().Identity()] = record
		}
		still := make(map[model.Key]bool, len(now))
		for _, record := range now {
			still[record.Key().Identity()] = true
		}
		for _, record := range before {
			if !still[record.Key().Identity()] {
				edits = append(edits, model.Edit{Before: record})
			}
		}
		for _, record := range now {
			e := model.Edit{Before: was[record.Key().Identity()], After: record}
			if !model.Same(e.Before, e.After) {
				edits = append(edits, e)
			}
		}
	}
	return settleEdits(edits), nil
}

// documentKey names one document.
type documentKey struct {
	document document
	key      string
}

// rows are the records of one document.
type rows []model.Record

func (rs rows) find(key model.Key) (int, bool) {
	id := key.Identity()
	i := slices.IndexFunc(rs, func(r model.Record) bool { return r.Key().Identity() == id })
	return i, i >= 0
}

// recordsBehind are the records of a document's value; the account may be gone.
func (r reader) recordsBehind(d document, key, value []byte, former map[accountNumber]string) ([]model.Record, error) {
	if value == nil {
		return nil, nil
	}
	codes := map[accountNumber]string{}
	if tableIn[d].blocks && r.tx.Bucket(documentBuckets[docAccounts]).Get(key[:4]) == nil {
		code, known := former[numberIn(key)]
		if !known {
			return nil, fmt.Errorf("account number %d: %w", numberIn(key), errDamaged)
		}
		codes[numberIn(key)] = code
	}
	return recordsIn(r.tx, r.coder, codes, d, key, value)
}

// documentsAfter is what the documents of a long step held right after it: what
// they hold now, with every later step taken back.
func documentsAfter(r reader, step uint64, images []image, former map[accountNumber]string) (map[documentKey]rows, error) {
	state := make(map[documentKey]rows, len(images))
	for _, i := range images {
		now, err := r.recordsBehind(i.document, i.key, r.tx.Bucket(documentBuckets[i.document]).Get(i.key), former)
		if err != nil {
			return nil, err
		}
		state[documentKey{i.document, string(i.key)}] = now
	}
	err := r.laterParts(step, func(later *partWalk) (err error) {
		for ; err == nil && later.image.key != nil; err = later.next() {
			at := documentKey{later.image.document, string(later.image.key)}
			if _, wanted := state[at]; wanted {
				if state[at], err = r.recordsBehind(at.document, later.image.key, later.image.value, former); err != nil {
					return err
				}
			}
		}
		for _, e := range later.edits {
			if e.After != nil {
				at := r.documentOf(e.After)
				if now, wanted := state[at]; wanted {
					if i, there := now.find(e.After.Key()); there {
						state[at] = slices.Delete(slices.Clone(now), i, i+1)
					}
				}
			}
			if e.Before != nil {
				at := r.documentOf(e.Before)
				if now, wanted := state[at]; wanted {
					state[at] = append(slices.Clip(now), e.Before)
				}
			}
		}
		return err
	})
	return state, err
}

// documentOf is the document in which a record lies or lay.
func (r reader) documentOf(record model.Record) documentKey {
	key := record.Key()
	t := tableOf(key.Table)
	at := t.at(r, key)
	if at == nil { // the account is gone
		if former := r.tx.Bucket(formerNumbers).Get([]byte(key.Code)); former != nil {
			n := numberIn(former)
			switch t.document {
			case docAccounts:
				at = n.key()
			case docVisits, docCalls:
				at = n.block(yearOf(key.Date))
			case docPlan:
				at = planKey(n, key.Date, key.By, key.Ref)
			case docContacts:
				at = append(n.key(), key.By...)
			}
		}
	}
	return documentKey{t.document, string(at)}
}
