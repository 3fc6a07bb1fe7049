package ui

// Today follows the clock over midnight, unless a day was chosen.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/session"
)

// newDay takes another day up.
func (r *root) newDay(msg session.DayBreak) tea.Cmd {
	r.realDay = msg.Day
	if !r.replaying {
		r.session.SetToday(msg.Day)
	}
	return r.session.Listen()
}
