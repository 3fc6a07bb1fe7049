package history

// Undoing and doing again: which steps have to go along.

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/effect"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// way is what it takes to undo a step, or to do it again.
type way struct {
	back   bool          // undo
	steps  []store.Entry // to be undone or done again, in that order; none: there is no way
	closed string        // message: why there is no way
}

func (w way) open() bool { return len(w.steps) > 0 }

// way finds what undoing the entry at a place takes, or doing it again where it is
// undone. Undoing one means undoing every later one that stands, since they may
// rest on it; the same holds for doing again.
func (p *Page) way(at int) way {
	e := p.entries[at]
	if e.Undone {
		if e.Final {
			return way{closed: "history.closed.final"}
		}
		var steps []store.Entry
		for i := at; i < len(p.entries) && p.entries[i].Undone && !p.entries[i].Final; i++ {
			steps = append([]store.Entry{p.entries[i]}, steps...)
		}
		return way{steps: steps}
	}
	w := way{back: true}
	for _, later := range p.entries[:at+1] {
		if later.Undone {
			continue
		}
		if later.Fixed {
			if later.Step == e.Step {
				return way{closed: "history.closed.fixed"}
			}
			return way{closed: "history.closed.before-fixed"}
		}
		w.steps = append(w.steps, later)
	}
	return w
}

// sentence says what the way takes.
func (w way) sentence(print *text.Printer) string {
	switch {
	case !w.open():
		return print.T(w.closed)
	case w.back:
		return print.N("history.way.undo", len(w.steps))
	}
	return print.N("history.way.redo", len(w.steps))
}

// travel goes the way of the step under the cursor, once the person has seen which
// steps go along and said so.
func (p *Page) travel() tea.Cmd {
	at, ok := p.current()
	if !ok {
		return nil
	}
	w, look := p.way(at), p.s.Look
	titles := make([]string, len(w.steps))
	for i, e := range w.steps {
		titles[i] = session.StepTitle(look.Text, e)
	}
	key := "history.ask.redo"
	if w.back {
		key = "history.ask.undo"
	}
	sentence := look.Text.N(key, len(w.steps), text.Args{"Steps": effect.List(look.Text, titles, 4)})
	return p.s.Shell.Show(kit.Ask(look, look.T(key+".title"), sentence, key+".yes", func() tea.Cmd { return p.walk(w) }))
}

// walk undoes the steps of a way or does them again, one by one, outside Update.
// It stops at the first that fails, and where somebody else has changed something
// meanwhile.
func (p *Page) walk(w way) tea.Cmd {
	s, actor, look := p.s.Store, p.s.Actor, p.s.Look
	travel := s.Redo
	if w.back {
		travel = s.Undo
	}
	return func() tea.Msg {
		for _, step := range w.steps {
			switch next, err := isNext(s, w.back, step.Step); {
			case err != nil:
				return session.Applied{Err: err}
			case !next:
				return session.Applied{Err: errors.New(look.T("history.moved"))}
			}
			if _, err := travel(actor); err != nil {
				return session.Applied{Err: err}
			}
		}
		key, args := "history.done.redo", text.Args{"Step": session.StepTitle(look.Text, w.steps[0])}
		if w.back {
			key = "history.done.undo"
		}
		return session.Applied{Done: look.Text.N(key, len(w.steps), args)}
	}
}

// isNext reports whether a step is still the next one to undo or to do again.
func isNext(s *store.Store, back bool, step uint64) (bool, error) {
	undo, redo, err := s.Next()
	next := redo
	if back {
		next = undo
	}
	return next != nil && next.Step == step, err
}

// Changes are a step's changes in words: "12 accounts added, 3 changed".
func Changes(print *text.Printer, tally map[model.Table]store.Tally) string {
	var tables []string
	for _, table := range append(model.Tables[:], model.TableSettings) {
		var parts []string
		for _, part := range []struct {
			word  string
			count int
		}{{"added", tally[table].Added}, {"changed", tally[table].Changed}, {"removed", tally[table].Removed}} {
			switch {
			case part.count == 0:
			case table == model.TableSettings:
				parts = append(parts, print.T("history.tally.settings"))
			case len(parts) == 0:
				what := print.N("history.count."+string(table), part.count)
				parts = append(parts, print.T("history.tally.first."+part.word, text.Args{"What": what}))
			default:
				parts = append(parts, print.N("history.tally.next."+part.word, part.count))
			}
		}
		if len(parts) > 0 {
			tables = append(tables, strings.Join(parts, ", "))
		}
	}
	return strings.Join(tables, " · ")
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.history"
	action := kit.Action{Name: "history.travel", Keys: []string{"enter", "u"}, Title: "history.action-here.undo", Short: "history.short.undo",
		Group: group, Priority: 90, Enabled: p.mayTravel, Run: p.travel}
	if at, ok := p.current(); ok && p.entries[at].Undone {
		action.Title, action.Short = "history.action-here.redo", "history.short.redo"
	}
	actions := []kit.Action{action, {Name: "history.copy", Keys: []string{"y"}, Title: "history.copy", Group: group, Run: p.copy}}
	return append(actions, p.list.Actions("history")...)
}

func (p *Page) mayTravel() (bool, string) {
	if p.s.Store.ReadOnly() {
		return false, p.s.ErrorText(store.ErrReadOnly)
	}
	at, ok := p.current()
	if !ok {
		return false, p.s.Look.T("history.empty")
	}
	w := p.way(at)
	return w.open(), w.sentence(p.s.Look.Text)
}

// copy puts the step under the cursor into the clipboard.
func (p *Page) copy() tea.Cmd {
	at, ok := p.current()
	if !ok {
		return nil
	}
	e := p.entries[at]
	return p.s.Look.Copy(strings.Join([]string{
		e.At.Local().Format("2006-01-02 15:04"), e.Actor, session.StepTitle(p.s.Look.Text, e), Changes(p.s.Look.Text, e.Tally),
	}, "\t"))
}
