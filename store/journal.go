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
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
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
	// Turns are every time that the step was taken back or made again, oldest first. They
	// are looked up where the history is asked for.
	Turns []Turn `json:"turns,omitempty"`
	// Fixed says that the step cannot be taken back: it made the store, or an earlier
	// program kept no longer what it changed.
	Fixed bool `json:"fixed,omitempty"`
	// Waiting says that the step was made here and the server has not taken it yet: its
	// number is this store's own until then.
	Waiting bool `json:"waiting,omitempty"`
	// Kept is what an undo that was just made has left as it is.
	Kept []KeptPart `json:"-"`
	// parts is how many values keep what the step changed; 0: none do, or an earlier
	// program wrote it, which did not count.
	parts int
}

// Turn is a time that a step was taken back (Undone) or made again.
type Turn struct {
	Undone bool      `json:"undone"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// keptEntry is an entry as the journal keeps it.
type keptEntry struct {
	Entry
	Parts int `json:"parts,omitempty"`
}

// reversal reports whether the step takes another back.
func (e Entry) reversal() bool { return e.ReversesStep != 0 }

// forGood reports whether the step changed only what is never taken back, or nothing at
// all: somebody has looked (see NoteLook).
func (e Entry) forGood() bool {
	for table := range e.Tally {
		if d := model.Describe(table); d == nil || !d.Growing() {
			return false
		}
	}
	return !e.Fixed
}

// record writes what is derived and the step's entry.
func (w *writer) record(actor model.Actor, action, subject string) error {
	_, err := w.recordStep(Entry{Action: action, Subject: subject}, actor)
	return err
}

// journalLimit is the number of records beyond which a step keeps documents.
var journalLimit = 500 // a variable for the tests, which want both forms

func (w *writer) recordStep(e Entry, actor model.Actor) (Entry, error) {
	w.by = actor
	if err := w.writeWills(); err != nil {
		return e, fmt.Errorf("the consent book: %w", err)
	}
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
	if w.settleImages(); len(w.images) == 0 && w.apart == nil {
		return e, nil
	}
	step, err := w.tx.Bucket(journalBucket).NextSequence()
	if err != nil {
		return e, err
	}
	short = short && len(edits) <= journalLimit
	if w.apart != nil {
		w.apart.changed = true
	}
	now := w.store.now().UTC().Truncate(time.Second)
	e.Step, e.ID, e.At = step, newStepID(now), now
	if actor.Step != "" {
		_, made, err := madeStep(w.tx, actor.Step)
		if err != nil {
			return e, err
		}
		if !made { // only the first of several steps of one run has its name
			e.ID = actor.Step
		}
	}
	e.Actor, e.Role, e.Person, e.Device = actor.Name, actor.Role, actor.Person, actor.Device
	switch {
	case short:
		e.parts, err = putEdits(w.tx, step, edits)
	case w.apart != nil:
		e.parts, err = w.putImagesApart(step)
		if w.apart.changed = e.parts > 0; err == nil && !w.apart.changed {
			return Entry{}, nil
		}
	default:
		e.parts, err = putImages(w.tx, step, w.images)
	}
	if err != nil {
		return e, err
	}
	return e, putEntry(w.tx.Bucket(journalBucket), e)
}

// lookedBack is how many steps are looked through for one that was just made.
const lookedBack = 1000

// madeStep finds a step by its identity among the latest.
func madeStep(tx *bolt.Tx, id model.StepID) (Entry, bool, error) {
	cursor := tx.Bucket(journalBucket).Cursor()
	looked := 0
	for key, value := cursor.Last(); key != nil && looked < lookedBack; key, value = cursor.Prev() {
		e, err := decodeEntry(value)
		if err != nil {
			return e, false, err
		}
		if e.ID == id {
			return e, true, nil
		}
		looked++
	}
	return Entry{}, false, nil
}

// Made reports whether the step with an identity, which an Actor named before, is among
// the latest of the history: whoever lost the answer learns by it what became of the
// change.
func (s *Store) Made(id model.StepID) (e Entry, made bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		e, made, err = madeStep(tx, id)
		return err
	})
	return e, made, err
}

// NewStepID is an identity for a step that is still to be made.
func NewStepID() model.StepID { return newStepID(time.Now()) }

func newStepID(at time.Time) model.StepID {
	return model.StepID(ulid.MustNew(timestamp(at), rand.Reader).String())
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
	if !slices.IsSortedFunc(w.images, image.order) { // those of a long load are
		slices.SortStableFunc(w.images, image.order)
	}
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
	data, err := encodeEntry(e)
	if err != nil {
		return err
	}
	return journal.Put(stepKey(e.Step), data)
}

func encodeEntry(e Entry) ([]byte, error) {
	data, err := json.Marshal(keptEntry{e, e.parts})
	if err != nil {
		return nil, fmt.Errorf("writing step %d of the history: %w", e.Step, err)
	}
	return data, nil
}

func decodeEntry(value []byte) (Entry, error) {
	var e keptEntry
	if err := json.Unmarshal(value, &e); err != nil {
		return e.Entry, fmt.Errorf("reading the history: %w: %w", errDamaged, err)
	}
	e.parts = e.Parts
	return e.Entry, nil
}

// reversedBy is the number of the step that takes another back; 0: it stands.
func reversedBy(tx *bolt.Tx, step uint64) uint64 {
	value := tx.Bucket(reversedBucket).Get(stepKey(step))
	if len(value) != 8 {
		return 0
	}
	return uint64At(value, 0)
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

// turnsIn are the turns of every step that was ever taken back, by the step's number. What
// took a step back and was itself taken back is told with the step.
func turnsIn(tx *bolt.Tx) (map[uint64][]Turn, error) {
	type turn struct {
		by     Entry
		undone bool
	}
	all := map[uint64][]turn{}
	journal := tx.Bucket(journalBucket)
	if err := tx.Bucket(reversedBucket).ForEach(func(key, value []byte) error {
		kept, took := journal.Get(key), journal.Get(value)
		if kept == nil || took == nil { // there is nobody to tell of
			return nil
		}
		step, err := decodeEntry(kept)
		if err != nil {
			return err
		}
		by, err := decodeEntry(took)
		if err != nil {
			return err
		}
		if step.reversal() {
			all[step.ReversesStep] = append(all[step.ReversesStep], turn{step, true}, turn{by, false})
		} else {
			all[step.Step] = append(all[step.Step], turn{by, true})
		}
		return nil
	}); err != nil {
		return nil, err
	}
	turns := make(map[uint64][]Turn, len(all))
	for step, list := range all {
		slices.SortFunc(list, func(a, b turn) int { return cmp.Compare(a.by.Step, b.by.Step) })
		for _, t := range list {
			turns[step] = append(turns[step], Turn{t.undone, t.by.Actor, t.by.At})
		}
	}
	return turns, nil
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
