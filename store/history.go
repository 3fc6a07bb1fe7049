package store

// The history: every step with who, what and when, and the images that undo it.
// A step's images are the documents' values before the step; when it is undone
// they change places with the values after it, and back when it is redone.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// Entry is one step of the history.
type Entry struct {
	Step    uint64                `json:"step"`
	At      time.Time             `json:"at"`
	Actor   string                `json:"actor"`
	Role    model.Role            `json:"role"`
	Action  string                `json:"action"`
	Subject string                `json:"subject,omitempty"`
	Tally   map[model.Table]Tally `json:"changes"`
	Undone  bool                  `json:"undone,omitempty"`
	// UndoneBy and UndoneAt say who took the step back last, and when.
	UndoneBy string    `json:"undone_by,omitempty"`
	UndoneAt time.Time `json:"undone_at,omitzero"`
	// Final says that the step cannot be redone: something was changed since it
	// was undone.
	Final bool `json:"final,omitempty"`
	// Fixed says that the step cannot be undone: it made the store.
	Fixed bool `json:"fixed,omitempty"`
}

// record writes what is derived and the history entry of the step.
func (w *writer) record(actor model.Actor, action, subject string) error {
	if err := w.finish(); err != nil {
		return err
	}
	w.settleImages()
	if len(w.images) == 0 {
		return nil
	}
	history := w.tx.Bucket(historyBucket)
	if err := w.closeUndone(history); err != nil {
		return err
	}
	step, err := history.NextSequence()
	if err != nil {
		return err
	}
	e := Entry{
		Step: step, At: w.store.now().UTC().Truncate(time.Second), Actor: actor.Name, Role: actor.Role,
		Action: action, Subject: subject, Tally: w.tally,
	}
	if err := putEntry(history, e); err != nil {
		return err
	}
	return putImages(w.tx, step, w.images)
}

// settleImages sorts the images as the file is sorted, keeps the first of each
// document, and drops those of documents that ended as they began.
func (w *writer) settleImages() {
	slices.SortStableFunc(w.images, func(a, b image) int {
		return cmp.Or(cmp.Compare(a.document, b.document), bytes.Compare(a.key, b.key))
	})
	kept := w.images[:0]
	for rest := w.images; len(rest) > 0; {
		first, many := rest[0], 1
		for many < len(rest) && rest[many].document == first.document && bytes.Equal(rest[many].key, first.key) {
			many++
		}
		rest = rest[many:]
		if many > 1 && sameValue(first.value, w.bucket(first.document).Get(first.key)) {
			continue
		}
		kept = append(kept, first)
	}
	w.images = kept
}

// closeUndone drops what could have been redone until now.
func (w *writer) closeUndone(history *bolt.Bucket) error {
	cursor := history.Cursor()
	for key, value := cursor.Last(); key != nil; key, value = cursor.Prev() {
		e, err := decodeEntry(value)
		if err != nil {
			return err
		}
		if !e.Undone {
			return nil
		}
		if e.Final { // earlier ones may still wait to be redone
			continue
		}
		e.Final = true
		if err := putEntry(history, e); err != nil {
			return err
		}
		if err := deleteImages(w.tx, e.Step); err != nil {
			return err
		}
		cursor.Seek(stepKey(e.Step))
	}
	return nil
}

func putEntry(history *bolt.Bucket, e Entry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("writing step %d of the history: %w", e.Step, err)
	}
	return history.Put(stepKey(e.Step), data)
}

func decodeEntry(value []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(value, &e); err != nil {
		return e, fmt.Errorf("reading the history: %w", err)
	}
	return e, nil
}

// imageChunk is the size from which images start a new value: a long import has
// many small ones.
const imageChunk = 1 << 16

// putImages stores a step's images, which must be settled, many to a value.
func putImages(tx *bolt.Tx, step uint64, images []image) error {
	if err := deleteImages(tx, step); err != nil {
		return err
	}
	bucket := tx.Bucket(imagesBucket)
	var chunk []byte
	number := uint32(0)
	write := func() error {
		key := binary.BigEndian.AppendUint32(stepKey(step), number)
		number++
		value := chunk
		chunk = nil
		if err := bucket.Put(key, value); err != nil {
			return fmt.Errorf("keeping what step %d changed: %w", step, err)
		}
		return nil
	}
	for _, i := range images {
		chunk = append(chunk, byte(i.document))
		chunk = appendBytes(chunk, i.key)
		if i.value == nil {
			chunk = append(chunk, 0)
		} else {
			chunk = appendBytes(append(chunk, 1), i.value)
		}
		if len(chunk) >= imageChunk {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if len(chunk) > 0 {
		return write()
	}
	return nil
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// readImages are a step's images, in the order of the documents.
func readImages(tx *bolt.Tx, step uint64) ([]image, error) {
	var images []image
	prefix := stepKey(step)
	cursor := tx.Bucket(imagesBucket).Cursor()
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		c := codec{reading: true, in: string(value)}
		for c.err == nil && c.in != "" {
			i := image{document: document(c.byte())}
			var id, old string
			text(&c, &id)
			if i.key = []byte(id); !i.document.keyFits(i.key) {
				c.fail()
				break
			}
			if c.byte() == 1 {
				text(&c, &old)
				i.value = append([]byte{}, old...)
			}
			images = append(images, i)
		}
		if c.err != nil {
			return nil, fmt.Errorf("what step %d changed: %w", step, c.err)
		}
	}
	return images, nil
}

func deleteImages(tx *bolt.Tx, step uint64) error {
	prefix := stepKey(step)
	bucket := tx.Bucket(imagesBucket)
	var keys [][]byte
	cursor := bucket.Cursor()
	for key, _ := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = cursor.Next() {
		keys = append(keys, slices.Clone(key))
	}
	for _, key := range keys {
		if err := bucket.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// Undo takes back the latest step that stands, and says which it was.
func (s *Store) Undo(actor model.Actor) (Entry, error) { return s.travel(actor, true) }

// Redo does again the step that was undone last, and says which it was.
func (s *Store) Redo(actor model.Actor) (Entry, error) { return s.travel(actor, false) }

func (s *Store) travel(actor model.Actor, back bool) (Entry, error) {
	var done Entry
	_, err := s.update(func(w *writer) error {
		history := w.tx.Bucket(historyBucket)
		e, err := nextStep(history, back)
		if err != nil {
			return err
		}
		w.roles = actor.Role.May
		if err := w.swap(e.Step); err != nil {
			return fmt.Errorf("step %d of the history: %w", e.Step, err)
		}
		if e.Undone = back; back {
			e.UndoneBy, e.UndoneAt = actor.Name, s.now().UTC().Truncate(time.Second)
		} else {
			e.UndoneBy, e.UndoneAt = "", time.Time{}
		}
		done = e
		return putEntry(history, e)
	})
	return done, err
}

// nextStep finds the step to undo (the latest that stands) or to redo (the
// earliest of those undone at the end).
func nextStep(history *bolt.Bucket, back bool) (Entry, error) {
	var found Entry
	cursor := history.Cursor()
	for key, value := cursor.Last(); key != nil; key, value = cursor.Prev() {
		e, err := decodeEntry(value)
		if err != nil {
			return e, err
		}
		if back && e.Fixed {
			break
		}
		if !e.Undone {
			if back {
				return e, nil
			}
			break
		}
		if !back && !e.Final {
			found = e
		}
	}
	switch {
	case found.Step != 0:
		return found, nil
	case back:
		return found, ErrNothingToUndo
	}
	return found, ErrNothingToRedo
}

// swap exchanges a step's images with the documents' present values.
func (w *writer) swap(step uint64) error {
	images, err := readImages(w.tx, step)
	if err != nil {
		return err
	}
	w.bulk = len(images) > editLimit
	// The codes of accounts that come or go are needed whatever the order.
	for _, image := range images {
		if image.document == docAccounts && image.value != nil {
			if w.codes[numberIn(image.key)], err = accountCode(image.value); err != nil {
				return err
			}
		} else if image.document == docAccounts {
			if _, err := w.code(numberIn(image.key)); err != nil {
				return err
			}
		}
	}
	for _, image := range images {
		if err := w.put(image.document, image.key, image.value); err != nil {
			return err
		}
	}
	if err := w.finish(); err != nil {
		return err
	}
	w.settleImages()
	return putImages(w.tx, step, w.images)
}

// History is the steps before the given one (0: from the latest), newest first,
// at most limit of them (0: all).
func (s *Store) History(before uint64, limit int) ([]Entry, error) {
	var entries []Entry
	err := s.db.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(historyBucket).Cursor()
		key, value := lastBefore(cursor, stepKey(before))
		if before == 0 {
			key, value = cursor.Last()
		}
		for ; key != nil && (limit == 0 || len(entries) < limit); key, value = cursor.Prev() {
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// Next are the steps that Undo and Redo would take; nil where there is none.
func (s *Store) Next() (undo, redo *Entry, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		for _, direction := range []struct {
			back bool
			into **Entry
		}{{true, &undo}, {false, &redo}} {
			e, err := nextStep(tx.Bucket(historyBucket), direction.back)
			switch {
			case err == nil:
				*direction.into = &e
			case !errors.Is(err, ErrNothingToUndo) && !errors.Is(err, ErrNothingToRedo):
				return err
			}
		}
		return nil
	})
	return undo, redo, err
}
