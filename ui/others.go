package ui

// What others do is seen without disturbing: rows are marked for a moment (see
// session.ChangedBy), and a form says that its record has been changed.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// faded says that marks of what others did may be old by now.
type faded struct{}

// others takes notice of what somebody else has changed.
func (r *root) others() tea.Cmd {
	if r.session.ChangedBy() == "" {
		return nil
	}
	for _, m := range r.modals {
		if form, ok := m.(interface{ Editing() (model.Key, bool) }); ok {
			if key, ok := form.Editing(); ok {
				if name := r.session.ChangedBy(key); name != "" {
					r.status.Tell(r.session.Look.T("serve.changed-meanwhile", text.Args{"Name": name}))
				}
			}
		}
	}
	if r.fading {
		return nil
	}
	r.fading = true
	return r.session.After(store.RecentFor+50*time.Millisecond, func(time.Time) tea.Msg { return faded{} })
}

// fade draws anew what was marked; where nothing was, the screen is as it should be.
func (r *root) fade() tea.Cmd {
	r.fading = false
	r.asDrawn = !r.session.Fade()
	return r.others() // of what was changed since
}
