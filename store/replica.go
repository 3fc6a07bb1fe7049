package store

// A replica: the store of a laptop, made from a team's server and kept like it. The server
// gives each step its number. What is changed here waits, as the last steps of the journal,
// until the server has taken it; when the server's next steps come, those that wait are
// taken off, the server's are written, and those that wait are laid on top again.

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Replica says whose replica a store is.
type Replica struct {
	Server string `json:"server"` // address
	Number uint64 `json:"number"` // of the server's last step that is in the store
}

var keyReplica = []byte("replica")

// Step is a step with what it changed, as one store tells another.
type Step struct {
	Entry
	Edits []model.Edit `json:"-"`
}

// Receipt is what became of steps that were received.
type Receipt struct {
	Number  uint64 // of the server's last step that is in the store now
	Taken   int    // steps of this store that the server has numbered
	Waiting int    // steps that wait
	Aside   int    // things that stand aside since
}

// ErrNoReplica says that a store is nobody's replica.
var ErrNoReplica = errors.New("the store is nobody's replica")

func readReplica(tx *bolt.Tx) (r Replica, is bool, err error) {
	data := tx.Bucket(metaBucket).Get(keyReplica)
	if data == nil {
		return r, false, nil
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, false, fmt.Errorf("whose replica the store is: %w", errDamaged)
	}
	return r, true, nil
}

func writeReplica(tx *bolt.Tx, r Replica) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(keyReplica, data)
}

// Replica says whose replica the store is; false for a store of its own.
func (s *Store) Replica() (r Replica, is bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		r, is, err = readReplica(tx)
		return err
	})
	return r, is, err
}

// BecomeReplica makes of a copy of a server's store its replica.
func (s *Store) BecomeReplica(server string) error {
	_, err := s.update(func(w *writer) error {
		last, err := lastStep(w.tx)
		if err != nil {
			return err
		}
		return writeReplica(w.tx, Replica{server, last})
	})
	return err
}

// Leave makes of a replica a store of its own. What waits stays in it.
func (s *Store) Leave() error {
	_, err := s.update(func(w *writer) error { return w.tx.Bucket(metaBucket).Delete(keyReplica) })
	return err
}

// lastStep is the number of the journal's last step; 0: it is empty.
func lastStep(tx *bolt.Tx) (uint64, error) {
	key, _ := tx.Bucket(journalBucket).Cursor().Last()
	if key == nil {
		return 0, nil
	}
	return uint64At(key, 0), nil
}

// StepsAfter are the steps above a number in their order, at most so many, with what they
// changed.
func (s *Store) StepsAfter(number uint64, most int) (steps []Step, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		steps, err = stepsAfter(reader{tx, coder}, number, most)
		return err
	})
	return steps, err
}

func stepsAfter(r reader, number uint64, most int) (steps []Step, err error) {
	cursor := r.tx.Bucket(journalBucket).Cursor()
	for key, value := cursor.Seek(stepKey(number + 1)); key != nil && len(steps) < most; key, value = cursor.Next() {
		e, err := decodeEntry(value)
		if err != nil {
			return nil, err
		}
		edits, err := stepEdits(r, e.Step)
		if err != nil {
			return nil, err
		}
		steps = append(steps, Step{e, edits})
	}
	return steps, nil
}

// everyStep is more steps than a journal has.
const everyStep = int(^uint(0) >> 1)

// Waiting are the steps that the server has not taken yet.
func (s *Store) Waiting() (steps []Step, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		steps, err = stepsAfter(reader{tx, coder}, replica.Number, everyStep)
		return err
	})
	return steps, err
}

func notUnless(replica bool) error {
	if replica {
		return nil
	}
	return ErrNoReplica
}

// Received writes the server's next steps, which must follow on Number, and lays those that
// wait here on top of them again. refused are steps of this store that the server does not
// take, and why: what they held stands aside. Errors: ErrNoReplica, Gap.
func (s *Store) Received(steps []Step, refused map[model.StepID]string) (receipt Receipt, err error) {
	err = s.updates(func(tx *bolt.Tx, next func() (*writer, error)) error {
		receipt = Receipt{}
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
		before := replica.Number
		numbered := map[model.StepID]bool{}
		for _, step := range steps {
			if step.Step != replica.Number+1 {
				return Gap{replica.Number, step.Step}
			}
			if err := layStep(step, next); err != nil {
				return fmt.Errorf("step %d of the server: %w", step.Step, err)
			}
			replica.Number = step.Step
			numbered[step.ID] = true
		}
		if err := writeReplica(tx, replica); err != nil {
			return err
		}
		receipt.Number = replica.Number
		if len(waiting) == 0 {
			return tx.Bucket(journalBucket).SetSequence(replica.Number)
		}
		again := relay{before: before, next: next, at: replica.Number, numbers: map[model.StepID]uint64{}, aside: map[model.Key]bool{}}
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
		receipt.Waiting, receipt.Aside = again.laid, again.asides
		return tx.Bucket(journalBucket).SetSequence(again.at)
	})
	return receipt, err
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
func layStep(step Step, next func() (*writer, error)) error {
	w, err := next()
	if err != nil {
		return err
	}
	return w.lay(step)
}

// lay writes the edits of a step and its entry under the step's own number.
func (w *writer) lay(step Step) error {
	w.told, w.bulk = true, len(step.Edits) > editLimit
	if err := w.apply(step.Edits); err != nil {
		return err
	}
	if err := w.finish(); err != nil {
		return err
	}
	if err := putEntry(w.tx.Bucket(journalBucket), step.Entry); err != nil {
		return err
	}
	if len(step.Edits) <= journalLimit {
		if err := putEdits(w.tx, step.Step, step.Edits); err != nil {
			return err
		}
	} else {
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
	before  uint64 // the number up to which these steps knew the server's
	at      uint64 // the last number that is given
	next    func() (*writer, error)
	numbers map[model.StepID]uint64 // of steps laid here
	aside   map[model.Key]bool
	laid    int
	asides  int
}

func (r *relay) step(step Step, refused bool, why string) error {
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
				lost = append(lost, model.Lost{Key: record.Key(), Reason: model.LostRefused, Mine: e.After})
			}
		}
	} else if edits, lost, err = model.Rebase(step.Edits, presence{w.reader}, r.aside); err != nil {
		return err
	}
	for _, l := range lost {
		if l.Mine == nil && l.Theirs == nil {
			continue // nothing was written
		}
		aside, err := r.standsAside(w.reader, step.Entry, l, why)
		if err != nil {
			return err
		}
		if aside != nil {
			edits = append(edits, model.Edit{After: *aside})
			r.asides++
		}
	}
	if len(edits) == 0 {
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
	return w.lay(step)
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
	if a.Values, err = model.FieldValues(mine, l.Fields); err != nil {
		return nil, err
	}
	a.Standing, err = model.FieldValues(theirs, l.Fields)
	return &a, err
}

// who is whose step it is.
func who(e Entry) string {
	if e.Person != "" {
		return e.Person
	}
	return e.Actor
}

// Verdict is what a server says to a step.
type Verdict struct {
	ID      model.StepID
	Number  uint64 // the step's; 0: it has none
	Behind  bool   // others have changed meanwhile what it rests on: take their steps first
	Refused string // why the person may not make it
}

// Accept gives steps of a replica their numbers, in their order, each whole or not at all.
// seen is the last number that the replica had. The first that must be laid anew ends it:
// those behind it wait. May says of an edit whether the actor of the step may make it.
func (s *Store) Accept(actor model.Actor, seen uint64, steps []Step) (verdicts []Verdict, err error) {
	err = s.updates(func(tx *bolt.Tx, next func() (*writer, error)) error {
		verdicts = nil
		w, err := next()
		if err != nil {
			return err
		}
		since, err := stepsAfter(w.reader, seen, everyStep)
		if err != nil {
			return err
		}
		numbers, touched := map[model.StepID]uint64{}, map[model.Key]bool{}
		for _, step := range since {
			numbers[step.ID] = step.Step
			touch(touched, step.Edits)
		}
		for _, step := range steps {
			if number := numbers[step.ID]; number != 0 {
				verdicts = append(verdicts, Verdict{ID: step.ID, Number: number})
				continue
			}
			if w, err = next(); err != nil {
				return err
			}
			verdict, err := w.accept(actor, step, touched, numbers)
			if err != nil {
				return err
			}
			verdicts = append(verdicts, verdict)
			if verdict.Behind || verdict.Refused != "" { // what follows may rest on it
				return nil
			}
			numbers[step.ID] = verdict.Number
		}
		return nil
	})
	return verdicts, err
}

// touch notes what edits change, and the accounts that it belongs to.
func touch(touched map[model.Key]bool, edits []model.Edit) {
	for _, e := range edits {
		for _, key := range recordAndAccount(e) {
			touched[key] = true
		}
	}
}

// recordAndAccount are the identities of an edit's record and of the account it belongs to.
func recordAndAccount(e model.Edit) (keys []model.Key) {
	key := eitherRecord(e.After, e.Before).Key()
	keys = append(keys, key.Identity())
	if belongs(key.Table) {
		keys = append(keys, model.Key{Table: model.TableAccounts, Code: key.Code})
	}
	return keys
}

func (w *writer) accept(actor model.Actor, step Step, touched map[model.Key]bool, numbers map[model.StepID]uint64) (Verdict, error) {
	verdict := Verdict{ID: step.ID}
	if err := w.admit(&actor); err != nil {
		verdict.Refused = err.Error()
		return verdict, nil
	}
	for _, e := range step.Edits {
		// What stands aside is no change of the business: who may change nothing any more
		// keeps what they wrote while they might.
		if err := actor.May(e); err != nil && eitherRecord(e.After, e.Before).Key().Table != model.TableAsides {
			verdict.Refused = err.Error()
			return verdict, nil
		}
		key := eitherRecord(e.After, e.Before).Key()
		now, err := presence{w.reader}.Now(key)
		if err != nil {
			return verdict, err
		}
		stale := touched[key.Identity()] || !model.Same(now, e.Before)
		if belongs(key.Table) { // its account must be there still, as it was
			account := model.Key{Table: model.TableAccounts, Code: key.Code}
			stale = stale || touched[account]
		}
		if stale {
			verdict.Behind = true
			return verdict, nil
		}
	}
	last, err := lastStep(w.tx)
	if err != nil {
		return verdict, err
	}
	step.Step, step.Waiting, step.Tally = last+1, false, tallyOf(step.Edits)
	step.Actor, step.Role, step.Person, step.Device = actor.Name, actor.Role, actor.Person, actor.Device
	step.At = step.At.UTC().Truncate(time.Second)
	if number := numbers[step.Reverses]; number != 0 {
		step.ReversesStep = number
	}
	if err := step.reversing(w.tx); err != nil {
		return verdict, err
	}
	if err := w.lay(step); err != nil {
		return verdict, err
	}
	verdict.Number = step.Step
	return verdict, w.tx.Bucket(journalBucket).SetSequence(step.Step)
}
