package ui

// Looking at demo data from the welcome page: the session goes on with a store of
// its own, and what the person has stays as it is.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store"
	"doppelpass/ui/session"
)

// demoMade is the outcome of making demo data.
type demoMade struct {
	store *store.Store
	close func()
	err   error
	back  bool // not demo data, but the person's own again
}

func (r *root) demo() tea.Cmd {
	r.status.Tell(r.session.Look.T("shell.demo.loading"))
	makeDemo := r.options.Demo
	return func() tea.Msg {
		s, end, err := makeDemo()
		if err == nil {
			_, err = s.Live() // loaded here, not in Update
		}
		return demoMade{store: s, close: end, err: err}
	}
}

// leaveDemo goes back from the demo data, which vanishes, to the person's own.
func (r *root) leaveDemo() tea.Cmd {
	own := r.own
	return func() tea.Msg { return demoMade{store: own, back: true} }
}

// takeDemo has the session go on with the demo data, outside a frame.
func (r *root) takeDemo(msg demoMade) error {
	if msg.err != nil {
		return msg.err
	}
	if !msg.back {
		r.own = r.session.Store
	}
	return r.session.Switch(msg.store, msg.close)
}

// openDemo shows what takeDemo took.
func (r *root) openDemo(err error, back bool) tea.Cmd {
	if err != nil {
		r.status.Fail(r.session.ErrorText(err))
		return nil
	}
	r.demoing = !back
	r.beginTravel()
	if back {
		r.own, r.front, r.trail = nil, pages[0].name, nil
		if r.empty() && r.pages[session.PageWelcome] != nil {
			r.front = session.PageWelcome
		}
		r.status.Say(r.session.Look.T("shell.demo.left"))
		return r.session.Listen()
	}
	r.leaveWelcome()
	r.status.Say(r.session.Look.T("shell.demo.now"))
	return r.session.Listen()
}
