package ui

// Today follows the clock over midnight, unless a day was chosen.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/session"
)

// clockDay is the day it is here.
func clockDay() model.Date { return model.DateOf(time.Now()) }

// newDay takes another day up.
func (r *root) newDay(msg session.DayBreak) tea.Cmd {
	r.realDay = msg.Day
	if !r.replaying {
		r.session.SetToday(msg.Day)
	}
	return r.session.Listen()
}
