package store

// What a replica does with the server's next steps: its own that wait are taken off, the
// server's written, and its own laid on top again.

import (
	"cmp"
	"errors"
	"fmt"

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

// Gap says that steps do not follow on those that are there.
type Gap struct{ Last, Next uint64 }

// Error implements error.
func (g Gap) Error() string { return fmt.Sprintf("step %d does not follow on step %d", g.Next, g.Last) }

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
	} else if edits, lost, err = model.Rebase(step.Edits, presence{reader: w.reader}, r.aside); err != nil {
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
	a := model.SetAside{ID: NewRowID(), For: who(step), Date: model.DateOf(step.At.Local()), Reason: l.Reason, Of: l.Key.Table, Code: l.Key.Code, By: why}
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
