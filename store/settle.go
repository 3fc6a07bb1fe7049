package store

// A server whose order of steps has its home in a hub: what waits here gets its number there
// while nobody else can get one, so that the number it bears here already is the right one.

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Settle notes that the steps that wait have got, up to a number, the very numbers that they
// bear here: nothing has come in between. ids are their identities, in their order. Errors:
// ErrNoReplica, Gap where others wait by now.
func (s *Store) Settle(number uint64, ids []model.StepID) error {
	_, err := s.update(func(w *writer) error {
		replica, is, err := readReplica(w.tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		if number != replica.Number+uint64(len(ids)) {
			return Gap{replica.Number, number}
		}
		journal := w.tx.Bucket(journalBucket)
		for i, id := range ids {
			at := replica.Number + 1 + uint64(i)
			value := journal.Get(stepKey(at))
			if value == nil {
				return Gap{replica.Number, at}
			}
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			if e.ID != id {
				return Gap{replica.Number, at}
			}
			if e.Waiting {
				e.Waiting = false
				if err := putEntry(journal, e); err != nil {
					return err
				}
			}
		}
		replica.Number = number
		return writeReplica(w.tx, replica)
	})
	return err
}

// WaitingRecords is about how many records were changed by what waits.
func (s *Store) WaitingRecords() (count int, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		cursor := tx.Bucket(journalBucket).Cursor()
		for key, value := cursor.Seek(stepKey(replica.Number + 1)); key != nil; key, value = cursor.Next() {
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			count += e.records()
		}
		return nil
	})
	return count, err
}

// Vet looks whether those who made the steps that wait may still make them, by what the
// store knows of people at each of the steps, which must be the first that wait, in their
// order. What it tells is for Received.
func (s *Store) Vet(steps []Step) (refused map[model.StepID]Refusal, err error) {
	refused = map[model.StepID]Refusal{}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		people := map[string]model.Person{}
		if err := eachRecord(tx, docPeople, (*codec).person, func(p model.Person) { people[p.Code] = p }); err != nil {
			return err
		}
		change := func(out, in model.Record) {
			if p, is := out.(model.Person); is {
				delete(people, p.Code)
			}
			if p, is := in.(model.Person); is {
				people[p.Code] = p
			}
		}
		changed, err := whoChangePeople(reader{tx, coder}, replica.Number)
		if err != nil {
			return err
		}
		for _, step := range slices.Backward(changed) {
			for _, e := range slices.Backward(step.Edits) {
				change(e.After, e.Before)
			}
		}
		for _, step := range steps {
			why, err := vet(reader{tx, coder}, people, step)
			if err != nil {
				return err
			}
			if why != "" {
				refused[step.ID] = why
			}
			for _, e := range step.Edits {
				change(e.Before, e.After)
			}
		}
		return nil
	})
	return refused, err
}

// whoChangePeople are the steps after a number that changed people.
func whoChangePeople(r reader, number uint64) (steps []Step, err error) {
	cursor := r.tx.Bucket(journalBucket).Cursor()
	for key, value := cursor.Seek(stepKey(number + 1)); key != nil; key, value = cursor.Next() {
		e, err := decodeEntry(value)
		if err != nil {
			return nil, err
		}
		if _, does := e.Tally[model.TablePeople]; !does {
			continue
		}
		edits, err := stepEdits(r, e.Step)
		if err != nil {
			return nil, err
		}
		steps = append(steps, Step{Entry: e, Edits: edits})
	}
	return steps, nil
}

// vet says why a step is not taken, by the people there are before it. It was made in this
// store, or taken in by it.
func vet(r reader, people map[string]model.Person, step Step) (Refusal, error) {
	actor := model.Actor{Name: step.Actor, Role: step.Role, Person: step.Person, Device: step.Device}
	dismissed := false
	if person, known := people[step.Person]; known {
		actor, dismissed = person.Actor(step.Device), person.Inactive
	} else {
		dismissed = step.Person != "" && len(people) > 0
	}
	for _, e := range slices.Concat(step.Edits, step.Said) {
		if eitherRecord(e.After, e.Before).Key().Table == model.TableAsides {
			continue // no change of the business: see accept
		}
		if dismissed {
			return RefusedGone, nil
		}
		if why := unlawful(e); why == RefusedErasing {
			return why, nil
		}
		if actor.May(e) == nil {
			continue
		}
		if _, _, is := carriedOut(step.Edits); is && strings.HasPrefix(step.Action, ActionByRule) {
			continue
		}
		if own, _, err := takesBackOwn(r, actor, step, step.ReversesStep); err != nil || !own {
			return RefusedRole, err
		}
	}
	return "", nil
}

// Contents tells of every record that the store holds, as of one moment, and where the store
// stands then.
func (s *Store) Contents(begin func(Place) error, tell func(model.Record) error) error {
	return s.view(func(tx *bolt.Tx, coder blockCoder) error {
		p, err := placeIn(tx)
		if err != nil {
			return err
		}
		if begin != nil {
			if err := begin(p); err != nil {
				return err
			}
		}
		codes := map[accountNumber]string{}
		for _, d := range documents {
			if err := tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
				records, err := recordsIn(tx, coder, codes, d, key, value)
				if err != nil {
					return err
				}
				for _, r := range records {
					if err := tell(r); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
			clear(codes)
		}
		return nil
	})
}

// Checksum is what one record adds to the checksum of a store's contents, which is the
// exclusive or of them all. Two programs of one Form get the same.
func Checksum(r model.Record) uint64 {
	if r == nil {
		return 0
	}
	t := tableOf(r.Key().Table)
	sum := sha256.Sum256(append(append([]byte(t.table), 0), t.pack(r)...))
	return binary.BigEndian.Uint64(sum[:])
}
