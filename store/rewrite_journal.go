package store

// The history written anew, with what rewriting makes of everything: who made a step, what
// it was done to, and the records that it changed.

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// rewriteJournal changes the history. What a step changed it still changes, but nobody
// is named in it.
func (w *writer) rewriteJournal(x rewriting, codes, former map[accountNumber]string) (steps int, err error) {
	touched := map[uint64]bool{}
	journal := w.tx.Bucket(journalBucket)
	entries := map[string][]byte{}
	if err := journal.ForEach(func(key, value []byte) error {
		e, err := decodeEntry(value)
		if err != nil {
			return err
		}
		now := e
		now.Actor, now.Person, now.Device, now.Subject = x.who(e.Actor), x.who(e.Person), x.who(e.Device), x.free(e.Subject)
		if now.Actor == e.Actor && now.Person == e.Person && now.Device == e.Device && now.Subject == e.Subject {
			return nil
		}
		touched[e.Step] = true
		entries[string(key)], err = encodeEntry(now)
		return err
	}); err != nil {
		return 0, err
	}
	changes := map[*bolt.Bucket]map[string][]byte{journal: entries}
	for _, bucket := range []*bolt.Bucket{w.tx.Bucket(editsBucket), w.tx.Bucket(saidBucket)} {
		if bucket == nil { // nobody has said anything yet
			continue
		}
		parts := map[string][]byte{}
		changes[bucket] = parts
		if err := bucket.ForEach(func(key, value []byte) error {
			now, err := w.part(x, value, codes, former)
			if err != nil {
				return fmt.Errorf("what step %d changed: %w", uint64At(key, 0), err)
			}
			if now != nil {
				touched[uint64At(key, 0)] = true
				parts[string(key)] = now
			}
			return nil
		}); err != nil {
			return 0, err
		}
	}
	for bucket, changed := range changes {
		for _, key := range slices.Sorted(maps.Keys(changed)) {
			if err := bucket.Put([]byte(key), changed[key]); err != nil {
				return 0, err
			}
		}
	}
	return len(touched), nil
}

// part is what a part of what a step changed becomes; nil where nothing of it changes.
func (w *writer) part(x rewriting, value []byte, codes, former map[accountNumber]string) (now []byte, err error) {
	c := codec{reading: true, in: string(copied(value))}
	kind, changed := c.byte(), false
	out := []byte{kind}
	for c.err == nil && c.in != "" {
		switch kind {
		case partImages:
			i := c.image()
			if c.err != nil {
				break
			}
			code := ""
			if ofAccount(i.document) {
				n := numberIn(i.key)
				if code = codes[n]; code == "" {
					code = former[n]
				}
			}
			if i.value != nil {
				key, value, did, _, err := w.document(x, i.document, i.key, i.value, code, true)
				if err != nil {
					return nil, err
				}
				i.key, i.value, changed = key, value, changed || did > 0
			} else if key := x.emptyKey(i.document, i.key, code); key != nil {
				i.key, changed = key, true
			}
			out = appendImage(out, i)
		case partEdits:
			e := c.edit()
			if c.err != nil {
				break
			}
			for _, side := range []*model.Record{&e.Before, &e.After} {
				if *side != nil {
					r, did, _ := x.record(*side)
					*side, changed = r, changed || did
				}
			}
			out = appendEdit(out, e)
		default:
			c.fail()
		}
	}
	if c.err != nil || !changed {
		return nil, c.err
	}
	return out, nil
}

// emptyKey is the key of a document that a step found missing, without names; nil where
// it has none.
func (x rewriting) emptyKey(d document, key []byte, account string) (now []byte) {
	name := func(part []byte, telling model.Telling) []byte { return []byte(x.text(account, telling, string(part))) }
	first, rest, _ := bytes.Cut(key, []byte{0})
	switch d {
	case docReps, docPeople:
		now = name(key, model.TellsWho)
	case docTerritories, docCampaigns, docOutLists:
		now = name(key, model.TellsNothing)
	case docContacts:
		now = append(key[:4:4], name(key[4:], model.TellsOf)...)
	case docPlan:
		rep, nth, more := bytes.Cut(key[8:], []byte{0})
		if now = append(key[:8:8], name(rep, model.TellsWho)...); more {
			now = append(append(now, 0), nth...)
		}
	case docOptOuts:
		now = append(append(name(first, model.TellsNothing), 0), name(rest, model.TellsNothing)...)
	case docConsents:
		now = append(append(name(first, model.TellsNothing), 0), rest...)
	case docAbsences:
		const dayAndTime = 6
		at := min(dayAndTime, len(rest))
		now = append(append(append(name(first, model.TellsWho), 0), rest[:at]...), name(rest[at:], model.TellsNothing)...)
	case docSettled:
		const day = 4
		code, ref, _ := bytes.Cut(rest[min(day, len(rest)):], []byte{0})
		now = append(append(name(first, model.TellsWho), 0), rest[:min(day, len(rest))]...)
		now = append(append(append(now, name(code, model.TellsNothing)...), 0), ref...)
	}
	if now == nil || bytes.Equal(now, key) {
		return nil
	}
	return now
}

// rewriteFormer changes the codes of accounts that are gone.
func (w *writer) rewriteFormer(x rewriting, former map[accountNumber]string) error {
	bucket := w.tx.Bucket(formerNumbers)
	for n, code := range former {
		if now := x.code(code); now != code {
			if err := bucket.Delete([]byte(code)); err != nil {
				return err
			}
			if err := bucket.Put([]byte(now), n.key()); err != nil {
				return err
			}
		}
	}
	return nil
}
