package store

// Steps that another store made are laid on this one as they are, and taken off again.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// takeOffWaiting takes all that waits off again, the last first, and gives it.
func takeOffWaiting(r reader, replica Replica, next func() (*writer, error)) (waiting []Step, err error) {
	if waiting, err = stepsAfter(r, replica.Number, everyStep); err != nil {
		return nil, err
	}
	for _, step := range slices.Backward(waiting) {
		if err := takeOff(step, next); err != nil {
			return nil, fmt.Errorf("step %d, which waits: %w", step.Step, err)
		}
	}
	return waiting, nil
}

// takeOff takes the last step of the journal off again, as if it had never been.
func takeOff(step Step, next func() (*writer, error)) error {
	w, err := next()
	if err != nil {
		return err
	}
	p, err := readParts(w.tx, step.Step)
	if err != nil {
		return err
	}
	w.told = true
	if len(p.images) > 0 {
		if err := w.putBack(p.images); err != nil {
			return err
		}
	} else {
		back := make([]model.Edit, len(p.edits))
		for i, e := range p.edits {
			back[len(p.edits)-1-i] = model.Edit{Before: e.After, After: e.Before}
		}
		if err := w.apply(back); err != nil {
			return err
		}
	}
	if err := w.finish(); err != nil {
		return err
	}
	if step.reversal() {
		if err := unmarkReversed(w.tx, step.Entry); err != nil {
			return err
		}
	}
	if err := errors.Join(deleteWithPrefix(w.tx.Bucket(editsBucket), stepKey(step.Step)), takeSaid(w.tx, step.Step)); err != nil {
		return err
	}
	return w.tx.Bucket(journalBucket).Delete(stepKey(step.Step))
}

// putBack puts documents back as they were before a step, whatever they hold.
func (w *writer) putBack(images []image) (err error) {
	w.bulk = len(images) > editLimit
	for _, image := range images {
		if image.document != docAccounts {
			continue
		}
		if image.value != nil {
			if w.codes[numberIn(image.key)], err = accountCode(image.value); err != nil {
				return err
			}
		} else if _, err := w.code(numberIn(image.key)); err != nil {
			return err
		}
	}
	for _, image := range images {
		if err := w.put(image.document, image.key, image.value); err != nil {
			return err
		}
	}
	return nil
}

func deleteWithPrefix(b *bolt.Bucket, prefix []byte) error {
	var keys [][]byte
	cursor := b.Cursor()
	for key, _ := cursor.Seek(prefix); key != nil && len(key) >= len(prefix) && string(key[:len(prefix)]) == string(prefix); key, _ = cursor.Next() {
		keys = append(keys, slices.Clone(key))
	}
	for _, key := range keys {
		if err := b.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// reversing keeps of a step that it takes another back only where that still stands:
// otherwise it is a change like any other.
func (s *Step) reversing(tx *bolt.Tx) error {
	if !s.reversal() {
		s.Reverses = ""
		return nil
	}
	target, err := readEntry(tx, s.ReversesStep)
	if err != nil && !errors.Is(err, ErrNoStep) {
		return err
	}
	stands := err == nil && target.ID == s.Reverses && reversedBy(tx, target.Step) == 0
	if stands && target.reversal() { // it makes again what that one took back
		stands = reversedBy(tx, target.ReversesStep) == target.Step
	}
	if !stands {
		s.Reverses, s.ReversesStep = "", 0
	}
	return nil
}

// markReversed notes that a step takes another back, or makes again what another took back.
func markReversed(tx *bolt.Tx, e Entry) error {
	target, err := readEntry(tx, e.ReversesStep)
	if err != nil {
		return err
	}
	reversed := tx.Bucket(reversedBucket)
	if target.reversal() {
		if err := reversed.Delete(stepKey(target.ReversesStep)); err != nil {
			return err
		}
	}
	return reversed.Put(stepKey(target.Step), binary.BigEndian.AppendUint64(nil, e.Step))
}

// unmarkReversed is markReversed taken off.
func unmarkReversed(tx *bolt.Tx, e Entry) error {
	target, err := readEntry(tx, e.ReversesStep)
	if err != nil {
		return err
	}
	reversed := tx.Bucket(reversedBucket)
	if err := reversed.Delete(stepKey(target.Step)); err != nil {
		return err
	}
	if !target.reversal() {
		return nil
	}
	return reversed.Put(stepKey(target.ReversesStep), binary.BigEndian.AppendUint64(nil, target.Step))
}

// layStep writes a step as it is told, under its own number.
func layStep(step Step, labels map[string]bool, next func() (*writer, error)) error {
	w, err := next()
	if err != nil {
		return err
	}
	step.Said = withoutErased(step.Said, labels)
	return w.lay(step, withoutErased(step.Edits, labels))
}

// lay writes edits, and a step's entry under the step's own number.
func (w *writer) lay(step Step, edits []model.Edit) error {
	w.told, w.bulk = true, len(edits) > editLimit
	w.by = model.Actor{Name: step.Actor, Role: step.Role, Person: step.Person, Device: step.Device}
	if err := w.apply(edits); err != nil {
		return err
	}
	if err := w.finish(); err != nil {
		return err
	}
	if err := putSaid(w.tx, step.Step, step.Said); err != nil {
		return err
	}
	entry := step.Entry
	entry.parts = 0
	var err error
	switch {
	case len(step.Edits) == 0: // somebody has looked, or others had done the very same
	case len(step.Edits) <= journalLimit:
		entry.parts, err = putEdits(w.tx, step.Step, step.Edits)
	default:
		w.settleImages()
		entry.parts, err = putImages(w.tx, step.Step, w.images)
	}
	if err != nil {
		return err
	}
	if err := putEntry(w.tx.Bucket(journalBucket), entry); err != nil {
		return err
	}
	if step.reversal() {
		return markReversed(w.tx, step.Entry)
	}
	return nil
}
