package week

// An account's opening hours in the days of one week, as the planner wants them.

import (
	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/model/route"
)

// guessed are the hours in which an account whose opening hours cannot be read may be
// proposed: those in which nearly everybody works. What is unread is never taken for
// always open.
var guessed = []route.Window{{From: route.At(9, 0), To: route.At(12, 0)}, {From: route.At(14, 0), To: route.At(16, 0)}}

// openIn are the hours of the seven days from a Monday on; nil: always open. read is
// false where what is written cannot be read.
func openIn(written string, monday model.Date, holiday func(model.Date) bool) (open *route.Hours, read bool) {
	h, err := hours.Parse(written)
	open = &route.Hours{}
	for day := monday; day < monday+7; day++ {
		windows := []route.Window{}
		switch {
		case err == nil:
			for _, s := range h.On(day, holiday) {
				windows = append(windows, route.Window{From: route.Minutes(s.From), To: route.Minutes(s.To)})
			}
		case day < monday+5:
			windows = guessed
		}
		open[day.Weekday()] = windows
	}
	if err == nil && h == nil {
		return nil, true
	}
	return open, err == nil
}
