// Package answer is what becomes of a signal once people answer it: the states of a
// case, its clock, and the sums of the ledger. All of it is worked out from the facts
// on a day and from what people answered; nothing of it is stored.
package answer

// The clock: working days of the territory.

import "doppelpass/model"

const (
	// AnswerDays is how many working days an answer may take.
	AnswerDays = 2
	// QuietDays is after how many working days an accepted signal at which nothing was
	// done counts as quiet.
	QuietDays = 3
	// ClosingDays is for how many working days a signal must be away until its case is
	// closed.
	ClosingDays = 3
)

// Working tells whether a day is a working day.
type Working func(model.Date) bool

// WorkingIn are the working days of a territory.
func WorkingIn(d *model.Day, t model.Territory) Working {
	known := map[model.Date]bool{}
	return func(day model.Date) bool {
		works, ok := known[day]
		if !ok {
			works = d.WorkingDays(t, day, day) == 1
			known[day] = works
		}
		return works
	}
}

// Count counts the working days from first to last, both included.
func (w Working) Count(first, last model.Date) (days int) {
	for day := first; day <= last; day++ {
		if w(day) {
			days++
		}
	}
	return days
}

// After is the day so many working days after another one; the day itself for none.
func (w Working) After(day model.Date, days int) model.Date {
	for days > 0 && day < model.LastDate {
		if day++; w(day) {
			days--
		}
	}
	return day
}

// Due is the day by which a signal that was raised on a day is to be answered: after
// AnswerDays working days, never later than half the working days left until end (0:
// there is no end).
func Due(raised, end model.Date, works Working) model.Date {
	days := AnswerDays
	if end != 0 {
		left := 0 // no more of them matter
		for day := raised; day <= end && left < 2*AnswerDays; day++ {
			if works(day) {
				left++
			}
		}
		days = min(days, left/2)
	}
	return works.After(raised, days)
}
