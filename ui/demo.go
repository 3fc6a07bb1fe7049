package ui

// Looking at demo data from the welcome page: the session goes on with a store of
// its own, and what the person has stays as it is.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store"
)

// demoMade is the outcome of making demo data.
type demoMade struct {
	store *store.Store
	close func()
	err   error
}

func (r *root) demo() tea.Cmd {
	r.status.Tell(r.session.Look.T("shell.demo.loading"))
	makeDemo := r.options.Demo
	return func() tea.Msg {
		s, end, err := makeDemo()
		return demoMade{s, end, err}
	}
}

func (r *root) openDemo(msg demoMade) tea.Cmd {
	if msg.err == nil {
		msg.err = r.session.Switch(msg.store, msg.close)
	}
	if msg.err != nil {
		r.status.Fail(r.session.ErrorText(msg.err))
		return nil
	}
	r.demoing = true
	r.beginTravel()
	r.leaveWelcome()
	r.status.Say(r.session.Look.T("shell.demo.now"))
	return r.session.Listen()
}
