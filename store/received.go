package store

// What a replica does with the server's next steps: its own that wait are taken off, the
// server's written, and its own laid on top again.

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Receipt is what became of steps that were received.
type Receipt struct {
	Number  uint64 // of the server's last step that is in the store now
	Taken   int    // steps of this store that the server has numbered
	Waiting int    // steps that wait
	Aside   int    // things of whoever the laptop is that stand aside since
}

// Received writes the server's next steps, which must follow on Number, and lays those that
// wait here on top of them again. refused are steps of this store that the server does not
// take, and why: what they held stands aside. erased is the server's deletion book, where
// it has grown: whom it names is forgotten here before anything is written, and their bytes
// go from the file. Errors: ErrNoReplica, Gap.
func (s *Store) Received(steps []Step, refused map[model.StepID]Refusal, erased []model.Erasure) (receipt Receipt, err error) {
	receipt, forgot, err := s.received(steps, refused, erased)
	if err != nil || !forgot {
		return receipt, err
	}
	return receipt, errors.Join(s.writeBook(s.path+bookEnding), s.scrub())
}

func (s *Store) received(steps []Step, refused map[model.StepID]Refusal, erased []model.Erasure) (receipt Receipt, forgot bool, err error) {
	err = s.updates(func(tx *bolt.Tx, next func() (*writer, error)) error {
		receipt, forgot = Receipt{}, false
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		w, err := next()
		if err != nil {
			return err
		}
		waiting, err := stepsAfter(w.reader, replica.Number, everyStep)
		if err != nil {
			return err
		}
		for _, step := range slices.Backward(waiting) {
			if err := takeOff(step, next); err != nil {
				return fmt.Errorf("step %d, which waits: %w", step.Step, err)
			}
		}
		if waiting, forgot, err = forget(next, waiting, append(erasedBy(steps), erased...)); err != nil {
			return fmt.Errorf("forgetting whom the server has erased: %w", err)
		}
		before := replica.Number
		numbered, own := map[model.StepID]bool{}, map[model.StepID]bool{}
		for _, step := range waiting {
			own[step.ID] = true
		}
		ahead, err := erasedAhead(tx)
		if err != nil {
			return err
		}
		for _, step := range steps {
			if step.Step != replica.Number+1 {
				return Gap{replica.Number, step.Step}
			}
			if err := layStep(step, ahead.labels(), next); err != nil {
				return fmt.Errorf("step %d of the server: %w", step.Step, err)
			}
			ahead.came(step)
			if !own[step.ID] {
				receipt.Aside += newAsides(step.Edits, replica.Person)
			}
			replica.Number = step.Step
			numbered[step.ID] = true
		}
		if err := errors.Join(writeReplica(tx, replica), writeErasedAhead(tx, ahead)); err != nil {
			return err
		}
		receipt.Number = replica.Number
		if len(waiting) == 0 {
			return tx.Bucket(journalBucket).SetSequence(replica.Number)
		}
		again := relay{owner: replica.Person, before: before, next: next, at: replica.Number, numbers: map[model.StepID]uint64{}, aside: map[model.Key]bool{}}
		for _, step := range waiting {
			if numbered[step.ID] {
				receipt.Taken++
				continue
			}
			why, is := refused[step.ID]
			if err := again.step(step, is, why); err != nil {
				return fmt.Errorf("step %d, which waits: %w", step.Step, err)
			}
		}
		receipt.Waiting = again.laid
		receipt.Aside += again.asides
		return tx.Bucket(journalBucket).SetSequence(again.at)
	})
	return receipt, forgot, err
}

// erasedBy are the lines of the deletion book that steps bring.
func erasedBy(steps []Step) (lines []model.Erasure) {
	for _, step := range steps {
		for _, e := range step.Edits {
			if line, is := e.After.(model.Erasure); is {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// forget takes whoever the server has erased out of the store as it is before the server's
// next steps, which are told without them, and out of those that wait.
func forget(next func() (*writer, error), waiting []Step, erased []model.Erasure) ([]Step, bool, error) {
	if len(erased) == 0 {
		return waiting, false, nil
	}
	w, err := next()
	if err != nil {
		return waiting, false, err
	}
	known, err := erasures(w.tx)
	if err != nil {
		return waiting, false, err
	}
	missing := slices.DeleteFunc(slices.Clone(erased), func(e model.Erasure) bool {
		return slices.ContainsFunc(known, func(k model.Erasure) bool { return k.ID == e.ID })
	})
	if len(missing) == 0 {
		return waiting, false, nil
	}
	w.told = true
	if _, err := w.erase(missing); err != nil {
		return waiting, false, err
	}
	ahead, err := erasedAhead(w.tx)
	if err != nil {
		return waiting, false, err
	}
	for _, line := range missing {
		ahead = append(ahead, line.ID)
	}
	if err := writeErasedAhead(w.tx, ahead); err != nil {
		return waiting, false, err
	}
	settings, err := settingsIn(w.reader)
	if err != nil {
		return waiting, false, err
	}
	if x := newRedactor(missing, settings.Country); x != nil {
		for i := range waiting {
			waiting[i] = x.step(waiting[i])
		}
	}
	aged, err := w.byAge(missing)
	if err != nil {
		return waiting, false, err
	}
	for i := range waiting {
		if aged != nil {
			waiting[i] = aged.agedStep(waiting[i])
		}
	}
	return waiting, true, w.finish()
}

// step is a step without whoever was erased: their own records are no part of it any more.
func (x *redactor) step(s Step) Step {
	text := func(telling model.Telling, of string) string { return x.text(anywhere, telling, of) }
	s.Actor, s.Person, s.Device = text(model.TellsWho, s.Actor), text(model.TellsWho, s.Person), text(model.TellsWho, s.Device)
	s.Subject = text(model.TellsText, s.Subject)
	var kept []model.Edit
	for _, e := range s.Edits {
		own := false
		for _, side := range []*model.Record{&e.Before, &e.After} {
			if *side != nil {
				now, _, gone := x.record(*side)
				*side, own = now, own || gone
			}
		}
		if !own {
			kept = append(kept, e)
		}
	}
	s.Edits = kept
	return s
}

// erasedAheads are lines of the deletion book that a replica knows before it has come to the step
// that wrote them.
type erasedAheads []model.RowID

var keyAhead = []byte("erased ahead")

func erasedAhead(tx *bolt.Tx) (a erasedAheads, err error) {
	data := tx.Bucket(metaBucket).Get(keyAhead)
	if data == nil {
		return nil, nil
	}
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("who was erased ahead: %w", errDamaged)
	}
	return a, nil
}

func writeErasedAhead(tx *bolt.Tx, a erasedAheads) error {
	if len(a) == 0 {
		return tx.Bucket(metaBucket).Delete(keyAhead)
	}
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(keyAhead, data)
}

// labels are those that stand where the names stood.
func (a erasedAheads) labels() map[string]bool {
	labels := map[string]bool{}
	for _, id := range a {
		labels[model.Erasure{ID: id}.Label()] = true
	}
	return labels
}

// came takes out the lines that a step has written.
func (a *erasedAheads) came(step Step) {
	for _, line := range erasedBy([]Step{step}) {
		*a = slices.DeleteFunc(*a, func(id model.RowID) bool { return id == line.ID })
	}
}

// withoutErased are the edits of a step of before an erasure, as the server tells it since:
// contact persons who were erased are gone, whatever it did to them.
func withoutErased(edits []model.Edit, labels map[string]bool) []model.Edit {
	own := func(r model.Record) bool {
		c, is := r.(model.Contact)
		return is && labels[c.Name]
	}
	if len(labels) == 0 || !slices.ContainsFunc(edits, func(e model.Edit) bool { return own(e.Before) || own(e.After) }) {
		return edits
	}
	var kept []model.Edit
	for _, e := range edits {
		if own(e.Before) {
			e.Before = nil
		}
		if own(e.After) {
			e.After = nil
		}
		if e.Before != nil || e.After != nil {
			kept = append(kept, e)
		}
	}
	return kept
}

// Gap says that steps do not follow on those that are there.
type Gap struct{ Last, Next uint64 }

// Error implements error.
func (g Gap) Error() string { return fmt.Sprintf("step %d does not follow on step %d", g.Next, g.Last) }

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
	if err := deleteWithPrefix(w.tx.Bucket(editsBucket), stepKey(step.Step)); err != nil {
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
	if err := putEntry(w.tx.Bucket(journalBucket), step.Entry); err != nil {
		return err
	}
	switch {
	case len(step.Edits) == 0: // somebody has looked
	case len(step.Edits) <= journalLimit:
		if err := putEdits(w.tx, step.Step, step.Edits); err != nil {
			return err
		}
	default:
		w.settleImages()
		if err := putImages(w.tx, step.Step, w.images); err != nil {
			return err
		}
	}
	if step.reversal() {
		return markReversed(w.tx, step.Entry)
	}
	return nil
}

// relay lays steps that wait on top of what the server has sent.
type relay struct {
	owner   string // whose laptop it is
	before  uint64 // the number up to which these steps knew the server's
	at      uint64 // the last number that is given
	next    func() (*writer, error)
	numbers map[model.StepID]uint64 // of steps laid here
	aside   map[model.Key]bool
	laid    int
	asides  int
}

func (r *relay) step(step Step, refused bool, why Refusal) error {
	w, err := r.next()
	if err != nil {
		return err
	}
	var edits []model.Edit
	var lost []model.Lost
	if refused {
		for _, e := range step.Edits {
			if record := eitherRecord(e.After, e.Before); record.Key().Table == model.TableAsides {
				edits = append(edits, e) // it stands aside already
			} else {
				lost = append(lost, refusedEdit(e))
			}
		}
	} else if edits, lost, err = model.Rebase(step.Edits, presence{w.reader}, r.aside); err != nil {
		return err
	}
	for _, l := range lost {
		if l.Mine == nil && l.Theirs == nil {
			continue // nothing was written
		}
		aside, err := r.standsAside(w.reader, step.Entry, l, string(why))
		if err != nil {
			return err
		}
		if aside != nil {
			e := model.Edit{After: *aside}
			edits = append(edits, e)
			r.asides += newAsides([]model.Edit{e}, cmp.Or(r.owner, who(step.Entry)))
		}
	}
	if len(edits) == 0 && len(step.Edits) > 0 {
		return nil // the others have done the very same
	}
	r.at++
	step.Step, step.Edits, step.Waiting, step.Tally = r.at, edits, true, tallyOf(edits)
	if number, here := r.numbers[step.Reverses]; here {
		step.ReversesStep = number
	} else if step.ReversesStep > r.before { // what it took back is not there any more
		step.ReversesStep = 0
	}
	if err := step.reversing(w.tx); err != nil {
		return err
	}
	r.numbers[step.ID] = r.at
	r.laid++
	return w.lay(step, edits)
}

// newAsides counts what edits set aside for somebody.
func newAsides(edits []model.Edit, whose string) (count int) {
	for _, e := range edits {
		if a, is := e.After.(model.SetAside); is && e.Before == nil && a.For == whose {
			count++
		}
	}
	return count
}

// eitherRecord is the first of two records that is there.
func eitherRecord(a, b model.Record) model.Record {
	if a != nil {
		return a
	}
	return b
}

// standsAside is what is kept of something lost.
func (r *relay) standsAside(at reader, step Entry, l model.Lost, why string) (*model.SetAside, error) {
	a := model.SetAside{ID: NewRowID(), For: who(step), Date: model.DateOf(step.At), Reason: l.Reason, Of: l.Key.Table, Code: l.Key.Code, By: why}
	if l.Key.ID != (model.RowID{}) {
		a.Row = l.Key.ID.String()
	}
	mine, theirs := l.Mine, l.Theirs
	if l.Reason != model.LostRefused {
		by, err := lastChange(at, l.Key, r.before, l.Fields)
		if err != nil {
			return nil, err
		}
		a.By = who(by)
	}
	if l.TheirLoss() {
		a.For, a.By = a.By, a.For
		mine, theirs = theirs, mine
		if a.For == "" { // nobody has changed it since: it was an earlier step of one's own
			return nil, nil
		}
	}
	var err error
	if a.Values, err = asideValues(mine, l.Fields); err != nil {
		return nil, err
	}
	a.Standing, err = asideValues(theirs, l.Fields)
	return &a, err
}

// asideValues are the fields of a record, none for all, with those that it is found by.
func asideValues(r model.Record, fields []string) (string, error) {
	if r != nil && len(fields) > 0 {
		fields = append(model.KeyFields(r), fields...)
	}
	return model.FieldValues(r, fields)
}

// refusedEdit is what is lost of an edit that the server does not take: of a change the
// fields that it changed, of a deletion that it was none.
func refusedEdit(e model.Edit) model.Lost {
	l := model.Lost{Key: eitherRecord(e.After, e.Before).Key(), Reason: model.LostRefused, Mine: e.After, Theirs: e.Before}
	if e.Before != nil && e.After != nil {
		d := model.DescriptionOf(e.After)
		for _, i := range d.Differ(e.Before, e.After) {
			l.Fields = append(l.Fields, d.Fields()[i].Name)
		}
	}
	return l
}

// who is whose step it is.
func who(e Entry) string {
	if e.Person != "" {
		return e.Person
	}
	return e.Actor
}
