package session

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/words"
)

// Applied is the outcome of a change that a page asked for. The root catches up
// with the store first, then runs Then.
type Applied struct {
	Err  error
	Done string // the sentence for the footer
	// Erased says that somebody was erased: what is half typed forgets them, too.
	Erased bool
	Then   func(error) tea.Cmd
}

// LookAt writes into the history that somebody looks at a rep's own figures: once a day
// and session, and not one's own. Nothing where there is nothing to write.
func (s *Session) LookAt(rep string) tea.Cmd {
	if s.Store.ReadOnly() || !s.Book.Noted(s.Actor, rep) || s.looked[rep] == s.Today {
		return nil
	}
	if s.looked == nil {
		s.looked = map[string]model.Date{}
	}
	s.looked[rep] = s.Today
	actor, name, to := s.Actor, s.Book.RepName(rep), s.Store
	return func() tea.Msg {
		if err := to.NoteLook(actor, "figures.look", name); err != nil {
			return Applied{Err: err}
		}
		return nil
	}
}

// Make makes a change that is no request, such as an erasure, with the person who makes
// it. made says it in the footer.
func (s *Session) Make(change func(model.Actor) (made string, err error), then func(error) tea.Cmd) tea.Cmd {
	actor, settle := s.Actor, s.settle()
	return func() tea.Msg {
		made, err := change(actor)
		settle()
		return Applied{Err: err, Done: made, Erased: true, Then: then}
	}
}

// Apply makes a change in the store. done is the sentence for the footer once it
// is made; then, which may be nil, runs afterwards with the Book up to date. An
// error is told in the footer by the root.
func (s *Session) Apply(r store.Request, done string, then func(error) tea.Cmd) tea.Cmd {
	actor, apply, settle := s.Actor, s.Store.Apply, s.settle()
	return func() tea.Msg {
		_, err := apply(actor, r)
		settle()
		return Applied{Err: err, Done: done, Then: then}
	}
}

// ApplyMade is Apply for a request that is made of the store as it is by then.
func (s *Session) ApplyMade(made func() (store.Request, error), done string, then func(error) tea.Cmd) tea.Cmd {
	actor, apply, settle := s.Actor, s.Store.Apply, s.settle()
	return func() tea.Msg {
		r, err := made()
		if err == nil {
			_, err = apply(actor, r)
		}
		settle()
		return Applied{Err: err, Done: done, Then: then}
	}
}

// settle waits, in a command, until the Book is up to date with the store.
func (s *Session) settle() func() {
	live, ctx := s.live, s.context
	return func() { _ = live.Settle(ctx) } // a session that has ended asks for nothing more
}

// Undo takes back the person's latest change, Redo makes it again.
func (s *Session) Undo() tea.Cmd { return s.back(s.Store.Undo) }

// Redo makes the change that was undone last again.
func (s *Session) Redo() tea.Cmd { return s.back(s.Store.Redo) }

func (s *Session) back(travel func(model.Actor) (store.Entry, error)) tea.Cmd {
	actor := s.Actor
	return s.Travel(func() (store.Entry, error) { return travel(actor) })
}

// Travel takes a step of the history back or makes one again, and says so, with
// what of it stays as it is.
func (s *Session) Travel(travel func() (store.Entry, error)) tea.Cmd {
	settle := s.settle()
	return func() tea.Msg {
		entry, err := travel()
		settle()
		return Applied{Err: err, Then: func(err error) tea.Cmd { // the Book is up to date then
			if err == nil {
				s.Shell.Say(words.Travelled(s.Look.Text, s.Book, entry))
			}
			return nil
		}}
	}
}

// May says whether the person may change a table, and if not, why not: what an
// action's Enabled returns.
func (s *Session) May(record model.Record) (ok bool, reason string) {
	if s.Store.ReadOnly() {
		return false, s.ErrorText(store.ErrReadOnly)
	}
	if err := s.Actor.May(model.Edit{Before: record, After: record}); err != nil {
		return false, s.ErrorText(err)
	}
	return true, ""
}

// MayLogVisit reports whether a visit can be logged: the role may, and there is an account.
func (s *Session) MayLogVisit() (ok bool, reason string) {
	if ok, reason := s.May(model.Visit{}); !ok {
		return false, reason
	}
	return s.Book.AccountCount() > 0, s.Look.T("session.no-account")
}

// Refused reports that a reason is one of rights: it holds whatever page or row is in
// front.
func (s *Session) Refused(reason string) bool { return reason != "" && s.refusals[reason] }

// refused keeps the sentence of a refusal by rights.
func (s *Session) refused(err error, sentence string) string {
	if errors.As(err, &model.Forbidden{}) {
		if s.refusals == nil {
			s.refusals = map[string]bool{}
		}
		s.refusals[sentence] = true
	}
	return sentence
}
