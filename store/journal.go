package store

// The journal: every step with who, what and when, and what it changed. It is only
// ever added to: a step that is taken back stays, and another says that it was.
//
// A short step keeps its records before and after. A long one keeps the documents
// as they were before it, many to a value; what they were after it follows from the
// later steps and the present.

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"
	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// Entry is one step of the journal.
type Entry struct {
	Step    uint64                `json:"step"`
	ID      model.StepID          `json:"id,omitempty"`
	At      time.Time             `json:"at"`
	Actor   string                `json:"actor"`
	Role    model.Role            `json:"role"`
	Person  string                `json:"person,omitempty"`
	Device  string                `json:"device,omitempty"`
	Action  string                `json:"action"`
	Subject string                `json:"subject,omitempty"`
	Tally   map[model.Table]Tally `json:"changes"`
	// Reverses is the step that this one takes back, on every device; ReversesStep is
	// its number here.
	Reverses     model.StepID `json:"reverses,omitempty"`
	ReversesStep uint64       `json:"reverses_step,omitempty"`
	// Undone, UndoneBy and UndoneAt say that the step is taken back now, who did it
	// last, and when. They are looked up, not kept.
	Undone   bool      `json:"undone,omitempty"`
	UndoneBy string    `json:"undone_by,omitempty"`
	UndoneAt time.Time `json:"undone_at,omitzero"`
	// Fixed says that the step cannot be taken back: it made the store, or an earlier
	// program kept no longer what it changed.
	Fixed bool `json:"fixed,omitempty"`
	// Kept is what an undo that was just made has left as it is.
	Kept []KeptPart `json:"-"`
}

// reversal reports whether the step takes another back.
func (e Entry) reversal() bool { return e.ReversesStep != 0 }

// forGood reports whether the step changed only what is never taken back.
func (e Entry) forGood() bool {
	for table := range e.Tally {
		if d := model.Describe(table); d == nil || !d.Growing() {
			return false
		}
	}
	return len(e.Tally) > 0
}

// record writes what is derived and the step's entry.
func (w *writer) record(actor model.Actor, action, subject string) error {
	_, err := w.recordStep(Entry{Action: action, Subject: subject}, actor)
	return err
}

// journalLimit is the number of records beyond which a step keeps documents.
var journalLimit = 500 // a variable for the tests, which want both forms

func (w *writer) recordStep(e Entry, actor model.Actor) (Entry, error) {
	if err := w.finish(); err != nil {
		return e, err
	}
	e.Tally = w.tally
	var edits []model.Edit
	short := w.count <= editLimit
	if short {
		for _, d := range documents {
			edits = append(edits, w.edits[d]...)
		}
		if edits = settleEdits(edits); len(edits) == 0 {
			return e, nil
		}
		e.Tally = tallyOf(edits)
	}
	w.settleImages()
	if len(w.images) == 0 {
		return e, nil
	}
	journal := w.tx.Bucket(journalBucket)
	step, err := journal.NextSequence()
	if err != nil {
		return e, err
	}
	now := w.store.now().UTC().Truncate(time.Second)
	e.Step, e.ID, e.At = step, newStepID(now), now
	e.Actor, e.Role, e.Person, e.Device = actor.Name, actor.Role, actor.Person, actor.Device
	if err := putEntry(journal, e); err != nil {
		return e, err
	}
	if short && len(edits) <= journalLimit {
		return e, putEdits(w.tx, step, edits)
	}
	return e, putImages(w.tx, step, w.images)
}

func newStepID(at time.Time) model.StepID {
	return model.StepID(ulid.MustNew(ulid.Timestamp(at), rand.Reader).String())
}

// settleEdits are one edit a record: from what it was before all of them to what it
// is after. Records that ended as they began are left out.
func settleEdits(edits []model.Edit) []model.Edit {
	type state struct{ before, after []model.Record }
	states := map[model.Key]*state{}
	var order []model.Key
	for _, e := range edits {
		id := keyOf(e).Identity()
		s := states[id]
		if s == nil {
			s = &state{}
			states[id] = s
			order = append(order, id)
		}
		if e.Before != nil {
			s.before = append(s.before, e.Before)
		}
		if e.After != nil {
			s.after = append(s.after, e.After)
		}
	}
	settled := make([]model.Edit, 0, len(order))
	for _, id := range order {
		s := states[id]
		// What one edit left and another took up was only passed through.
		s.before = slices.DeleteFunc(s.before, func(r model.Record) bool {
			i := slices.IndexFunc(s.after, func(other model.Record) bool { return model.Same(r, other) })
			if i >= 0 {
				s.after = slices.Delete(s.after, i, i+1)
			}
			return i >= 0
		})
		var e model.Edit
		if len(s.before) > 0 {
			e.Before = s.before[0]
		}
		if len(s.after) > 0 {
			e.After = s.after[len(s.after)-1]
		}
		if e.Before != nil || e.After != nil {
			settled = append(settled, e)
		}
	}
	return settled
}

func keyOf(e model.Edit) model.Key {
	if e.After != nil {
		return e.After.Key()
	}
	return e.Before.Key()
}

func tallyOf(edits []model.Edit) map[model.Table]Tally {
	tally := map[model.Table]Tally{}
	for _, e := range edits {
		table := tableOfEdit(e)
		t := tally[table]
		switch {
		case e.Before == nil:
			t.Added++
		case e.After == nil:
			t.Removed++
		default:
			t.Changed++
		}
		tally[table] = t
	}
	return tally
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

func putEntry(journal *bolt.Bucket, e Entry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("writing step %d of the history: %w", e.Step, err)
	}
	return journal.Put(stepKey(e.Step), data)
}

func decodeEntry(value []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(value, &e); err != nil {
		return e, fmt.Errorf("reading the history: %w", err)
	}
	return e, nil
}

// The kinds of parts that keep what a step changed: the first byte of each.
const (
	partImages = 1 // documents as they were before the step
	partEdits  = 2 // records before and after it
)

// putEdits keeps a short step's records.
func putEdits(tx *bolt.Tx, step uint64, edits []model.Edit) error {
	out := []byte{partEdits}
	for _, e := range edits {
		t := tableOf(tableOfEdit(e))
		sides := byte(0)
		if e.Before != nil {
			sides |= 1
		}
		if e.After != nil {
			sides |= 2
		}
		out = append(out, byte(t.document), sides)
		if e.Before != nil {
			out = appendBytes(out, t.pack(e.Before))
		}
		if e.After != nil {
			out = appendBytes(out, t.pack(e.After))
		}
	}
	return tx.Bucket(editsBucket).Put(binary.BigEndian.AppendUint32(stepKey(step), 0), out)
}

// imageChunk is the size from which images start a new value: a long import has
// many small ones.
const imageChunk = 1 << 16

// putImages stores a step's images, which must be settled, many to a value.
func putImages(tx *bolt.Tx, step uint64, images []image) error {
	bucket := tx.Bucket(editsBucket)
	chunk := []byte{partImages}
	number := uint32(0)
	write := func() error {
		key := binary.BigEndian.AppendUint32(stepKey(step), number)
		number++
		value := chunk
		chunk = []byte{partImages}
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
	if len(chunk) > 1 {
		return write()
	}
	return nil
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// part is what a step keeps of its changes: images or edits.
type parts struct {
	images []image
	edits  []model.Edit
}

// readParts reads what a step changed.
func readParts(tx *bolt.Tx, step uint64) (p parts, err error) {
	prefix := stepKey(step)
	cursor := tx.Bucket(editsBucket).Cursor()
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		c := codec{reading: true, in: string(value)}
		switch c.byte() {
		case partImages:
			for c.err == nil && c.in != "" {
				p.images = append(p.images, c.image())
			}
		case partEdits:
			for c.err == nil && c.in != "" {
				p.edits = append(p.edits, c.edit())
			}
		default:
			c.fail()
		}
		if c.err != nil {
			return p, fmt.Errorf("what step %d changed: %w", step, c.err)
		}
	}
	return p, nil
}

func (c *codec) image() image {
	i := image{document: document(c.byte())}
	var id, old string
	text(c, &id)
	if i.key = []byte(id); !i.document.keyFits(i.key) {
		c.fail()
		return i
	}
	if c.byte() == 1 {
		text(c, &old)
		i.value = append([]byte{}, old...)
	}
	return i
}

func (c *codec) edit() (e model.Edit) {
	t := tableIn[document(c.byte())]
	sides := c.byte()
	if t == nil || sides == 0 || sides > 3 {
		c.fail()
		return e
	}
	side := func(bit byte) model.Record {
		if sides&bit == 0 {
			return nil
		}
		var packed string
		text(c, &packed)
		if c.err != nil {
			return nil
		}
		record, err := t.unpack([]byte(packed))
		if err != nil {
			c.err, c.in = err, ""
			return nil
		}
		return record
	}
	e.Before, e.After = side(1), side(2)
	return e
}

// reversedBy is the number of the step that takes another back; 0: it stands.
func reversedBy(tx *bolt.Tx, step uint64) uint64 {
	value := tx.Bucket(reversedBucket).Get(stepKey(step))
	if len(value) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(value)
}

// readEntry is the step with that number, with what became of it.
func readEntry(tx *bolt.Tx, step uint64) (Entry, error) {
	value := tx.Bucket(journalBucket).Get(stepKey(step))
	if value == nil {
		return Entry{}, fmt.Errorf("step %d: %w", step, ErrNoStep)
	}
	e, err := decodeEntry(value)
	if err != nil {
		return e, err
	}
	return e, e.fate(tx)
}

// fate looks up whether the step is taken back, by whom and when.
func (e *Entry) fate(tx *bolt.Tx) error {
	by := reversedBy(tx, e.Step)
	if by == 0 {
		return nil
	}
	undo, err := decodeEntry(tx.Bucket(journalBucket).Get(stepKey(by)))
	if err != nil {
		return err
	}
	e.Undone, e.UndoneBy, e.UndoneAt = true, undo.Actor, undo.At
	return nil
}

// HistoryQuery asks for steps of the history.
type HistoryQuery struct {
	Before uint64      // only steps before this one; 0: from the latest
	Limit  int         // 0: all
	Person string      // by the name of who made them; empty: anybody's
	Table  model.Table // that changed this table; empty: any
	Record model.Key   // that changed this record; the zero key: any
}

// History is the steps before the given one (0: from the latest), newest first,
// at most limit of them (0: all). Steps that take others back are told with those.
func (s *Store) History(before uint64, limit int) ([]Entry, error) {
	return s.FindHistory(HistoryQuery{Before: before, Limit: limit})
}

// FindHistory is the steps asked for, newest first.
func (s *Store) FindHistory(q HistoryQuery) ([]Entry, error) {
	var entries []Entry
	err := s.view(func(tx *bolt.Tx, coder blockCoder) error {
		cursor := tx.Bucket(journalBucket).Cursor()
		key, value := lastBefore(cursor, stepKey(q.Before))
		if q.Before == 0 {
			key, value = cursor.Last()
		}
		for ; key != nil && (q.Limit == 0 || len(entries) < q.Limit); key, value = cursor.Prev() {
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			if e.reversal() || q.Person != "" && e.Actor != q.Person {
				continue
			}
			if _, changed := e.Tally[q.Table]; q.Table != "" && !changed {
				continue
			}
			if q.Record != (model.Key{}) {
				touched, err := touches(reader{tx, coder}, e.Step, q.Record, nil)
				if err != nil {
					return err
				}
				if !touched {
					continue
				}
			}
			if err := e.fate(tx); err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// touches reports whether a step changed one of a record's fields (none: anything of
// it); of a long step, whether it changed the document in which the record lies.
func touches(r reader, step uint64, key model.Key, fields []string) (bool, error) {
	p, err := readParts(r.tx, step)
	if err != nil {
		return false, err
	}
	id := key.Identity()
	for _, e := range p.edits {
		if keyOf(e).Identity() != id {
			continue
		}
		if len(fields) == 0 || e.Before == nil || e.After == nil {
			return true, nil
		}
		d := model.DescriptionOf(e.After)
		for _, i := range d.Differ(e.Before, e.After) {
			if slices.Contains(fields, d.Fields()[i].Name) {
				return true, nil
			}
		}
	}
	t := tableOf(key.Table)
	if t == nil {
		return false, nil
	}
	at := t.at(r, key)
	return slices.ContainsFunc(p.images, func(i image) bool { return i.document == t.document && bytes.Equal(i.key, at) }), nil
}

// StepEdits is what a step changed, record by record, at most limit of them (0:
// all), and whether there are more.
func (s *Store) StepEdits(step uint64, limit int) (edits []model.Edit, more bool, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		edits, err = stepEdits(reader{tx, coder}, step)
		return err
	})
	if limit > 0 && len(edits) > limit {
		return edits[:limit], true, err
	}
	return edits, false, err
}
