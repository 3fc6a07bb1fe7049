package ui

// Today follows the clock over midnight, unless a day was chosen.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
)

type tickMsg time.Time

func (r *root) tick() tea.Cmd {
	if r.fixedDay {
		return nil
	}
	return r.session.After(30*time.Second, func(t time.Time) tea.Msg { return tickMsg(t) })
}

func (r *root) newDay(now tickMsg) tea.Cmd {
	if r.fixedDay {
		return nil
	}
	if d := model.DateOf(time.Time(now)); d != r.realDay {
		r.realDay = d
		if !r.replaying {
			r.session.SetToday(d)
		}
	}
	return r.tick()
}
