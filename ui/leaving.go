package ui

// Leaving: q from the first level, ctrl+c from anywhere. Neither loses what is not
// saved without having asked.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// insisting is the time within which a second ctrl+c leaves at once.
const insisting = 2 * time.Second

// quit leaves from the first level and goes back a step from anywhere else.
func (r *root) quit() tea.Cmd {
	if r.unsaved(r.front) == "" && r.back() { // a step back would drop what is not saved
		return nil
	}
	loss := r.loss()
	if loss == "" {
		return r.leave(0)
	}
	return r.show(kit.Confirm(r.session.Look, r.session.Look.T("shell.quit"), loss, func() tea.Cmd { return r.leave(0) }))
}

// end leaves because it has to be: what is typed is kept.
func (r *root) end(e Ending) tea.Cmd {
	r.farewell = e.Why
	if e.Why != EndingRevoked {
		r.keepDrafts()
	}
	return r.leave(codeTerminated)
}

// interrupt answers ctrl+c.
func (r *root) interrupt() tea.Cmd {
	loss := r.loss()
	if loss == "" || !r.interrupted.IsZero() && r.now().Sub(r.interrupted) < insisting {
		return r.leave(codeInterrupt)
	}
	r.interrupted = r.now()
	if r.small() {
		r.leaving = loss
		return nil
	}
	look := r.session.Look
	return r.show(kit.Confirm(look, look.T("shell.quit"), look.T("shell.quit.insist", text.Args{"Loss": loss}), func() tea.Cmd { return r.leave(codeInterrupt) }))
}

// smallKey answers keys in a window that is too small to show what they would do:
// only leaving works.
func (r *root) smallKey(key tea.KeyMsg) tea.Cmd {
	switch name := key.String(); {
	case r.leaving != "" && (name == "y" || name == "j"):
		return r.leave(0)
	case name == "q":
		if r.leaving = r.loss(); r.leaving == "" {
			return r.leave(0)
		}
	default:
		r.leaving = ""
	}
	return nil
}

// loss is what leaving would lose, "" for nothing.
func (r *root) loss() string {
	for _, m := range r.modals {
		if form, ok := m.(interface{ Unsaved() bool }); ok && form.Unsaved() {
			return r.session.Look.T("shell.form.unsaved")
		}
	}
	for _, page := range pages {
		if loss := r.unsaved(page.name); loss != "" {
			return loss
		}
	}
	if s := r.session.Store; !r.demoing && !s.ReadOnly() && s.InPlace() != nil {
		return r.session.Look.T("shell.quit.displaced", text.Args{"Path": s.Path()})
	}
	return ""
}

// unsaved is what leaving would lose of a page.
func (r *root) unsaved(name session.PageName) string {
	if page, ok := r.pages[name].(interface{ Unsaved() string }); ok {
		return page.Unsaved()
	}
	return ""
}
