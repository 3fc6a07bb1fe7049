package ui

// Undo and redo from anywhere: what one did oneself a moment ago goes back at
// once, what somebody else did, or what is from another day, asks first.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// heldDown is the time between two presses of a key within which it counts as held
// down: nobody reads what was undone in less.
const heldDown = 400 * time.Millisecond

// travel is what the root knows of undoing.
type travel struct {
	since   uint64          // the newest step when the session began
	undone  map[uint64]bool // older steps that this session has undone: it may do them again
	under   bool            // a step is being undone or done again
	back    bool            // of the two keys z was pressed last, at …
	pressed time.Time
}

// nextStep is the step that would be undone or done again.
type nextStep struct {
	back  bool
	entry *store.Entry
	err   error
}

// beginTravel notes from which step on the session's own ones begin.
func (r *root) beginTravel() {
	r.travel = travel{undone: map[uint64]bool{}}
	if newest, err := r.session.Store.History(0, 1); err == nil && len(newest) > 0 {
		r.travel.since = newest[0].Step
	}
}

// undo answers z and Z: it looks which step is next.
func (r *root) undo(back bool) func() tea.Cmd {
	return func() tea.Cmd {
		held := r.travel.back == back && r.now().Sub(r.travel.pressed) < heldDown
		r.travel.back, r.travel.pressed = back, r.now()
		if held || r.travel.under {
			return nil
		}
		if r.unsaved(r.front) != "" { // they mean what they see, which is in no step yet
			r.session.Shell.Fail(r.session.Look.T("shell.undo.unsaved"))
			return nil
		}
		r.travel.under = true
		s, person := r.session.Store, r.session.Actor.Person
		return func() tea.Msg {
			undo, redo, err := s.NextOf(person)
			if back {
				return nextStep{true, undo, err}
			}
			return nextStep{false, redo, err}
		}
	}
}

// goNext undoes the step, or does it again, and asks first where it is not this
// session's own.
func (r *root) goNext(next nextStep) tea.Cmd {
	r.travel.under = false
	s, look := r.session, r.session.Look
	run, title, yes, nothing := s.Undo, "shell.ask.undo", "history.ask.undo.yes", store.ErrNothingToUndo
	if !next.back {
		run, title, yes, nothing = s.Redo, "shell.ask.redo", "history.ask.redo.yes", store.ErrNothingToRedo
	}
	if next.err == nil && next.entry == nil {
		next.err = nothing
	}
	if next.err != nil {
		r.status.Fail(s.ErrorText(next.err))
		return nil
	}
	e := *next.entry
	if own := e.Step > r.travel.since && e.Actor == s.Actor.Name; own || !next.back && r.travel.undone[e.Step] {
		return run()
	}
	at := e.At.Local()
	return r.show(kit.Ask(look, look.T(title), look.T("shell.ask.step", text.Args{
		"Step": words.Step(look.Text, e), "Name": e.Actor, "Day": look.Text.Recent(model.DateOf(at), s.Today), "Time": at.Format("15:04"),
	}), yes, func() tea.Cmd {
		r.travel.undone[e.Step] = true
		return run()
	}))
}
