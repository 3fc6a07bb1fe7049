package store

// Where somebody is erased: at the home of the order of steps, which has to forget them in
// the very moment in which the order gets the step that says so. Of a store of its own that
// is the store; of a server's whose order lies in a hub, the hub.

import (
	"errors"
	"slices"

	"doppelpass/model"
)

// Home is where a replica's steps get their numbers, for what has to be done there.
type Home interface {
	// Erase has plan made while nobody else gets a number and nothing waits here any more,
	// and does it: at the home, and then here. A plan without a step is to do nothing.
	Erase(plan func() (Erasing, error)) error
}

// Erasing is what is to become of everything when somebody is erased, or of what goes by its
// age.
type Erasing struct {
	Step  Step            // that says so; its number is the next one
	Lines []model.Erasure // of the deletion book
	Edits []model.Edit    // what becomes of the records, the lines of the book aside

	rewritings []*rewriting
}

// ErrWaiting says that a step waits that has no number yet.
var ErrWaiting = errors.New("a step waits that has no number yet")

// ErrHomeAway says that the home of the store's order, a hub, does not answer: what is changed
// waits, and what has to be done there cannot be done now.
var ErrHomeAway = errors.New("the home of the order of steps is away")

// errPlanned ends a transaction that was only to show what it would do.
var errPlanned = errors.New("planned")

// SetHome says where the home of the store's order is; for all who share the process.
func (s *Store) SetHome(home Home) {
	if home == nil {
		s.home.Store(nil)
		return
	}
	s.home.Store(&home)
}

// eraseBy does what erases, or has it done at the store's home.
func (s *Store) eraseBy(erase func(*writer, *Erasing) error) error {
	home := s.home.Load()
	if replica, is, err := s.Replica(); err != nil || !is || home == nil {
		if err == nil && replica.Hub != "" {
			return ErrHomeAway
		}
		if err == nil {
			_, err = s.update(func(w *writer) error { return erase(w, nil) })
		}
		return err
	}
	return (*home).Erase(func() (plan Erasing, err error) {
		_, err = s.update(func(w *writer) error {
			plan = Erasing{}
			before, err := lastStep(w.tx)
			if err != nil {
				return err
			}
			if err := erase(w, &plan); err != nil {
				return err
			}
			steps, err := stepsAfter(w.reader, before, everyStep)
			if err != nil {
				return err
			}
			if len(steps) > 0 {
				plan.Step = steps[0]
			}
			return errPlanned
		})
		if errors.Is(err, errPlanned) {
			err = nil
		}
		return plan, err
	})
}

// atHome refuses what is not this store's to do, or not at this moment.
func (w *writer) atHome(plan *Erasing) error {
	replica, is, err := readReplica(w.tx)
	switch {
	case err != nil || !is:
		return err
	case plan == nil:
		return ErrOnServer
	}
	last, err := lastStep(w.tx)
	if err == nil && last > replica.Number {
		err = ErrWaiting
	}
	return err
}

// foresee notes what lines of the deletion book make of the records and of the history.
func (p *Erasing) foresee(w *writer, lines []model.Erasure) error {
	if p == nil {
		return nil
	}
	p.Lines = lines
	settings, err := settingsIn(w.reader)
	if err != nil {
		return err
	}
	if x := newRedactor(lines, settings.Country); x != nil {
		p.rewritings = append(p.rewritings, &rewriting{record: x.record, text: x.text})
	}
	aged, err := w.byAge(lines)
	if err != nil {
		return err
	}
	if aged != nil {
		p.rewritings = append(p.rewritings, aged)
	}
	return eachNow(w.reader, func(document) bool { return true }, func(r model.Record) error {
		now, changed, gone := r, false, false
		for _, x := range p.rewritings {
			if !gone {
				var did bool
				now, did, gone = x.record(now)
				changed = changed || did
			}
		}
		switch {
		case gone:
			p.Edits = append(p.Edits, model.Edit{Before: r})
		case changed:
			p.Edits = append(p.Edits, model.Edit{Before: r, After: now})
		}
		return nil
	})
}

// Rewrite is a step of the history as it is told from now on, and whether it is another one:
// what it changed it still changes, but nobody is named in it.
func (p Erasing) Rewrite(s Step) (now Step, changed bool) {
	now = s
	for _, x := range p.rewritings {
		now.Actor, now.Person, now.Device, now.Subject = x.who(now.Actor), x.who(now.Person), x.who(now.Device), x.free(now.Subject)
	}
	changed = now.Actor != s.Actor || now.Person != s.Person || now.Device != s.Device || now.Subject != s.Subject
	rewrite := func(edits []model.Edit) []model.Edit {
		edits = slices.Clone(edits)
		for i := range edits {
			for _, side := range []*model.Record{&edits[i].Before, &edits[i].After} {
				for _, x := range p.rewritings {
					if *side != nil {
						r, did, _ := x.record(*side)
						*side, changed = r, changed || did
					}
				}
			}
		}
		return edits
	}
	now.Edits, now.Said = rewrite(s.Edits), rewrite(s.Said)
	return now, changed
}
