package words

// A list of calls in words: how many accounts may be called now, and what stands in
// the way of the others.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/ui/text"
)

// Minute is a minute of the day as a time: 08:30.
func Minute(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Queue is how a list of calls stands, one piece a state, the first about those that
// may be called now: "0 now", "14 closed until 13:00", "6 called today". The numbers add
// up to the list.
func Queue(p *text.Printer, list queue.List, today model.Date) []string {
	counts := list.Counts()
	ready := counts[queue.Overdue] + counts[queue.Due] + counts[queue.Now]
	said := []string{p.N("calling.state.now", ready)}
	for state := queue.Skipped; int(state) < queue.States; state++ {
		if counts[state] == 0 {
			continue
		}
		key, args := "calling.state."+state.String(), text.Args{}
		switch minute, day := list.Next(state, today); state {
		case queue.Closed: // some open again today, others do not
			later := 0
			for _, e := range list.Entries {
				if e.State == state && e.Until != 0 {
					later++
				}
			}
			if later > 0 {
				said = append(said, p.N(key+".until", later, text.Args{"Time": Minute(minute)}))
			}
			if later == counts[state] {
				continue
			}
			counts[state] -= later
		case queue.HalfDay, queue.Promised:
			if minute != 0 {
				key, args["Time"] = key+".at", Minute(minute)
			} else if day != 0 {
				key, args["Day"] = key+".on", p.WeekdayDay(day)
			}
		case queue.Waiting, queue.Visited, queue.Outside:
			if day != 0 {
				key, args["Day"] = key+".on", p.WeekdayDay(day)
			}
		}
		said = append(said, p.N(key, counts[state], args))
	}
	return said
}

// QueueReason is why an account may not be called now; "" where it may.
func QueueReason(p *text.Printer, b *model.Book, e queue.Entry, today model.Date) string {
	args := text.Args{"Name": AccountName(b, e.Account), "Day": p.WeekdayDay(e.Day)}
	if l := b.Account(e.Account); l != nil && e.State == queue.Planned {
		for _, planned := range l.Planned {
			if planned.Date >= today {
				args["Rep"], args["Day"] = b.RepName(planned.Rep), p.WeekdayDay(planned.Date)
				return p.T("calling.reason.planned", args)
			}
		}
	}
	if e.State.Ready() {
		return ""
	}
	return p.T("calling.reason."+e.State.String(), args)
}

// BestHalfDay is when our own calls reach most, with how sure that is.
func BestHalfDay(p *text.Printer, h *queue.Halves) string {
	best, ok := h.Best()
	if !ok {
		return p.T("calling.best.few")
	}
	half := "calling.best.morning"
	if best.Afternoon {
		half = "calling.best.afternoon"
	}
	day := model.NewDate(2026, 11, 22) + model.Date(best.Weekday) // a Sunday, and so on
	return p.T(half, text.Args{"Weekday": p.WeekdayLong(day), "Reached": p.Int(best.Reached), "Calls": p.Int(best.Calls),
		"Share": p.Percent(float64(best.Reached) / float64(best.Calls)), "Low": p.Percent(best.Low), "High": p.Percent(best.High)})
}

// WhenDue is when a customer is to be called or visited: "today, 10:00".
func WhenDue(p *text.Printer, f model.FollowUp, today model.Date) string {
	day := p.WeekdayDay(f.Due)
	if f.Due == today {
		day = p.T("calling.today")
	}
	if f.At == 0 {
		return day
	}
	return p.T("calling.when", text.Args{"Day": day, "Time": f.At.String()})
}

// Elsewhere says of a visit that was agreed to that it is not where the customer was told.
func Elsewhere(p *text.Printer, b *model.Book, told model.FollowUp, instead model.PlannedVisit, today model.Date) string {
	args := text.Args{"When": WhenDue(p, told, today), "Answerer": cmp.Or(told.Answerer, "–")}
	if instead.Account == "" {
		return p.T("calling.inbox.unplanned", args)
	}
	args["Rep"], args["Instead"] = b.RepName(instead.Rep), WhenDue(p, told.Told(instead), today)
	return p.T("calling.inbox.elsewhere", args)
}

// Callers are who made the calls in which visits were wished, each once.
func Callers(p *text.Printer, wishes []model.FollowUp) string {
	var names []string
	for _, f := range wishes {
		if name := cmp.Or(f.By, p.T("role.marketing")); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Promise is a promised call in a line: "promised for 10:00 by Ann, 35 minutes ago".
func Promise(p *text.Printer, f model.FollowUp, today model.Date) string {
	args := text.Args{"By": f.By, "For": f.For, "When": WhenDue(p, f, today)}
	key := "calling.promise"
	if f.For != "" && f.For != f.By {
		key = "calling.promise.for"
	}
	return p.T(key, args)
}
