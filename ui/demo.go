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
		if err == nil {
			_, err = s.Live() // loaded here, not in Update
		}
		return demoMade{s, end, err}
	}
}

// takeDemo has the session go on with the demo data, outside a frame.
func (r *root) takeDemo(msg demoMade) error {
	if msg.err != nil {
		return msg.err
	}
	return r.session.Switch(msg.store, msg.close)
}

// openDemo shows what takeDemo took.
func (r *root) openDemo(err error) tea.Cmd {
	if err != nil {
		r.status.Fail(r.session.ErrorText(err))
		return nil
	}
	r.demoing = true
	r.beginTravel()
	r.leaveWelcome()
	r.status.Say(r.session.Look.T("shell.demo.now"))
	return r.session.Listen()
}
