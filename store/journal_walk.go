package store

// A long step's documents gone through one behind the other: as many as there are, no more
// of them are in memory than one value of the file holds.

import (
	"bytes"
	"cmp"
	"fmt"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// partWalk goes through what a step keeps of its changes.
type partWalk struct {
	step        uint64
	cursor      *bolt.Cursor // nil: it is through
	kept, found int          // values, as the step's entry counts them (0: it does not), and as they are there
	part        codec
	// image is the document at hand as it was before the step; its key is nil where there
	// is none any more.
	image image
	edits []model.Edit // of the values so far
}

// walkParts begins with the first document that a step keeps, or with its edits.
func walkParts(tx *bolt.Tx, step uint64) (*partWalk, error) {
	w := &partWalk{step: step, cursor: tx.Bucket(editsBucket).Cursor(), part: codec{reading: true}}
	if value := tx.Bucket(journalBucket).Get(stepKey(step)); value != nil {
		e, err := decodeEntry(value)
		if err != nil {
			return nil, err
		}
		w.kept = e.parts
	}
	return w, w.next()
}

// next goes to the next document. Where a value is lost it says so at the end: it leaves no
// gap that the next one would show.
func (w *partWalk) next() error {
	w.image = image{}
	for w.part.in == "" {
		if w.cursor == nil {
			return nil
		}
		more, err := w.value()
		if err != nil {
			return err
		}
		if !more {
			if w.cursor = nil; w.kept > 0 && w.found != w.kept {
				return fmt.Errorf("what step %d changed: %w: %d of %d parts are there", w.step, errDamaged, w.found, w.kept)
			}
			return nil
		}
	}
	if w.image = w.part.image(); w.part.err != nil {
		return w.failed()
	}
	return nil
}

// value takes up the step's next value; edits are read at once.
func (w *partWalk) value() (more bool, err error) {
	prefix := stepKey(w.step)
	var key, value []byte
	if w.found == 0 {
		key, value = w.cursor.Seek(prefix)
	} else {
		key, value = w.cursor.Next()
	}
	if !bytes.HasPrefix(key, prefix) {
		return false, nil
	}
	w.found++
	w.part.in = string(copied(value))
	switch w.part.byte() {
	case partImages:
	case partEdits:
		for w.part.err == nil && w.part.in != "" {
			w.edits = append(w.edits, w.part.edit())
		}
	default:
		w.part.fail()
	}
	return true, w.failed()
}

func (w *partWalk) failed() error {
	if w.part.err == nil {
		return nil
	}
	return fmt.Errorf("what step %d changed: %w", w.step, w.part.err)
}

// order compares two documents as the file and a step's images are sorted.
func (i image) order(other image) int {
	return cmp.Or(cmp.Compare(i.document, other.document), bytes.Compare(i.key, other.key))
}
