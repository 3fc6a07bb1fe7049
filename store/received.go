package store

// What a replica does with the server's next steps: its own that wait are taken off, the
// server's written, and its own laid on top again.

import (
	"cmp"
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
		waiting, err := takeOffWaiting(w.reader, replica, next)
		if err != nil {
			return err
		}
		if waiting, forgot, err = forget(next, waiting, append(erasedBy(steps), erased...)); err != nil {
			return fmt.Errorf("forgetting whom the server has erased: %w", err)
		}
		before := replica.Number
		numbered, own := map[model.StepID]uint64{}, map[model.StepID]bool{}
		var others []Step
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
				others = append(others, step)
			}
			replica.Number = step.Step
			numbered[step.ID] = step.Step
		}
		if err := errors.Join(writeReplica(tx, replica), writeErasedAhead(tx, ahead)); err != nil {
			return err
		}
		receipt.Number = replica.Number
		if len(waiting) == 0 {
			return tx.Bucket(journalBucket).SetSequence(replica.Number)
		}
		again := relay{owner: replica.Person, before: before, last: replica.Number, at: replica.Number, next: next,
			numbered: numbered, steps: map[model.StepID]Step{}, meanwhile: meanwhile(others)}
		for _, step := range waiting {
			if numbered[step.ID] != 0 {
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

// Gap says that steps do not follow on those that are there.
type Gap struct{ Last, Next uint64 }

// Error implements error.
func (g Gap) Error() string { return fmt.Sprintf("step %d does not follow on step %d", g.Next, g.Last) }

// meanwhile is what an author who did not know of them has to know of others' steps.
func meanwhile(others []Step) *model.Meanwhile {
	var said []model.Edit
	for _, step := range others {
		said = append(said, step.Said...)
	}
	m := model.NewMeanwhile(said)
	for _, step := range others {
		for _, e := range step.Edits {
			if e.Before == nil && (step.Reverses != "" || revives(step, e.After.Key())) {
				m.Revived(e.After.Key().Identity())
			}
		}
	}
	return m
}

// revives reports whether a step has brought a record back that somebody had deleted.
func revives(step Step, key model.Key) bool {
	return slices.ContainsFunc(step.Edits, func(e model.Edit) bool {
		a, is := e.After.(model.SetAside)
		return is && e.Before == nil && a.Reason == model.LostRevived && a.Of == key.Table && a.Code == key.Code && (a.Row == "" || a.Row == key.ID.String())
	})
}

// relay lays steps that wait on top of what the server has sent.
type relay struct {
	owner     string // whose laptop it is
	before    uint64 // the number up to which these steps knew the server's
	last      uint64 // the last of the server's
	at        uint64 // the last number that is given
	next      func() (*writer, error)
	numbered  map[model.StepID]uint64 // steps that the server has sent
	steps     map[model.StepID]Step   // laid here
	meanwhile *model.Meanwhile
	laid      int
	asides    int
}

func (r *relay) step(step Step, refused bool, why Refusal) error {
	w, err := r.next()
	if err != nil {
		return err
	}
	authored := step.authored()
	on, err := r.onTop(presence{reader: w.reader}, step, authored, refused)
	if err != nil {
		return err
	}
	asides, err := r.setAside(w.reader, step.Entry, on.Lost, string(why))
	if err != nil {
		return err
	}
	edits := append(on.Edits, asides...)
	step.Edits, step.Said, step.Waiting, step.Tally = edits, on.Said, true, tallyOf(edits)
	step.ReversesStep = r.reverses(step)
	if err := step.reversing(w.tx); err != nil {
		return err
	}
	if len(authored) > 0 && len(edits) == 0 && len(on.Said) == 0 && step.Reverses == "" {
		return nil // nothing is left of it
	}
	r.at++
	step.Step = r.at
	r.steps[step.ID] = step
	r.laid++
	return w.lay(step, edits)
}

// onTop is what a step changes now, by what its author has changed.
func (r *relay) onTop(present presence, step Step, authored []model.Edit, refused bool) (on model.Rebased, err error) {
	if refused { // all that it changes stands aside; what it sets aside already does so still
		var asides []model.Edit
		var lost []model.Lost
		for _, e := range authored {
			if eitherRecord(e.After, e.Before).Key().Table == model.TableAsides {
				asides = append(asides, e)
			} else {
				lost = append(lost, refusedEdit(e))
			}
		}
		on, err = model.Rebase(asides, present, r.meanwhile)
		on.Lost = append(on.Lost, lost...)
		return on, err
	}
	if target, here := r.steps[step.Reverses]; here { // what is left of the step that it takes back, with what stands aside for it
		if on, err = model.Rebase(growing(authored), present, r.meanwhile); err != nil {
			return on, err
		}
		back, _, err := model.Reverse(target.Edits, nil, present)
		on.Edits = append(on.Edits, back...)
		return on, err
	}
	r.meanwhile.Restores = step.Reverses != ""
	return model.Rebase(authored, present, r.meanwhile)
}

// reverses is the number of the step that a step takes back; 0: it is not there any more, or
// there is none.
func (r *relay) reverses(step Step) uint64 {
	if number := r.numbered[step.Reverses]; number != 0 {
		return number
	}
	if target, here := r.steps[step.Reverses]; here {
		return target.Step
	}
	if step.ReversesStep > r.before {
		return 0
	}
	return step.ReversesStep
}

// setAside is what keeps what of a step is lost.
func (r *relay) setAside(at reader, step Entry, lost []model.Lost, why string) (edits []model.Edit, err error) {
	for _, l := range lost {
		if l.Mine == nil && l.Theirs == nil {
			continue // nothing was written
		}
		aside, err := r.standsAside(at, step, l, why)
		if err != nil {
			return nil, err
		}
		if aside != nil {
			edits = append(edits, model.Edit{After: *aside})
		}
	}
	r.asides += newAsides(edits, cmp.Or(r.owner, who(step)))
	return edits, nil
}

// growing are those of edits that are about what is only added to.
func growing(edits []model.Edit) (those []model.Edit) {
	for _, e := range edits {
		if model.DescriptionOf(eitherRecord(e.After, e.Before)).Growing() {
			those = append(those, e)
		}
	}
	return those
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
	a := model.SetAside{ID: NewRowID(), For: who(step), Date: model.DateOf(step.At.Local()), Reason: l.Reason, Of: l.Key.Table, Code: l.Key.Code, By: why}
	if l.Key.ID != (model.RowID{}) {
		a.Row = l.Key.ID.String()
	}
	mine, theirs := l.Mine, l.Theirs
	if l.Reason != model.LostRefused {
		lies := l.Key // a long step tells by where a row lies that it has changed it
		if l.Theirs != nil {
			lies = l.Theirs.Key()
		}
		by, err := lastChange(at, lies, r.before, r.last, l.Fields)
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
