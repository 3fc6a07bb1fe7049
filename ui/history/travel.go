package history

// Taking a step back and making it again.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// closed is why the step at a place can neither be taken back nor be made again: the
// key of a sentence; "" where it can.
func (p *Page) closed(at int) string {
	e := p.entries[at]
	switch {
	case e.Fixed && e.Undone:
		return "history.closed.final"
	case e.Fixed:
		return "history.closed.fixed"
	case e.Person != p.s.Actor.Person && p.s.Actor.Role != model.RoleLead:
		return "history.closed.others"
	}
	return ""
}

// way says what enter does with the step at a place.
func (p *Page) way(at int) string {
	switch closed := p.closed(at); {
	case closed != "":
		return p.s.Look.T(closed)
	case p.entries[at].Undone:
		return p.s.Look.T("history.way.redo")
	}
	return p.s.Look.T("history.way.undo")
}

// travel takes the step under the cursor back, or makes it again where it is taken
// back, once the person has said so. What others have changed since stays as it is.
func (p *Page) travel() tea.Cmd {
	at, ok := p.current()
	if !ok {
		return nil
	}
	s, actor, step := p.s.Store, p.s.Actor, p.entries[at].Step
	look, key := p.s.Look, "history.ask.undo"
	if p.entries[at].Undone {
		key = "history.ask.redo"
	}
	sentence := look.T(key, text.Args{"Step": words.Step(look.Text, p.entries[at])})
	return p.s.Shell.Show(kit.Ask(look, look.T(key+".title"), sentence, key+".yes", func() tea.Cmd {
		return p.s.Travel(func() (store.Entry, error) { return s.UndoStep(actor, step) })
	}))
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.history"
	action := kit.Action{Name: "history.travel", Keys: []string{"enter", "u"}, Title: "history.action-here.undo", Short: "history.short.undo",
		Group: group, Priority: 90, Enabled: p.mayTravel, Run: p.travel}
	if at, ok := p.current(); ok && p.entries[at].Undone {
		action.Title, action.Short = "history.action-here.redo", "history.short.redo"
	}
	actions := []kit.Action{action,
		{Name: "history.filters", Keys: []string{"f"}, Title: "history.action.filter", Short: "history.short.filter", Group: group, Priority: 60, Run: p.ask},
		{Name: "history.pane", Keys: []string{"tab"}, Title: "accounts.pane", Short: "accounts.pane.short", Group: group, Priority: 30,
			Run: func() tea.Cmd { p.focus(!p.changes.focused); return nil }},
		{Name: "history.copy", Keys: []string{"y"}, Title: "history.copy", Group: group, Run: p.copy}}
	if p.changes.focused {
		return actions
	}
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
	return p.closed(at) == "", p.way(at)
}

// copy puts the step under the cursor into the clipboard.
func (p *Page) copy() tea.Cmd {
	at, ok := p.current()
	if !ok {
		return nil
	}
	e := p.entries[at]
	return p.s.Look.Copy(strings.Join([]string{
		e.At.Local().Format("2006-01-02 15:04"), e.Actor, words.Step(p.s.Look.Text, e), words.Changes(p.s.Look.Text, e.Tally),
	}, "\t") + p.changes.plain())
}
