package demo

// What marketing's telephone team did at an account.

import (
	"slices"

	"doppelpass/model"
)

// calls makes the account's calls, oldest first. Only those whose seat says so
// count as contact today.
func (g *ground) calls(a *model.Account, seat seat, interval int, last model.Date) {
	if g.story.calls == callsNever || a.Phone == "" {
		return
	}
	m, r, today := g.m, g.r, g.m.o.Today
	m.callRows = m.callRows[:0]
	// A reached call is contact for half an interval: older ones are harmless.
	harmless := interval/2 + 1
	visited := int(today - last) // days ago; very many when never
	add := func(daysAgo int, outcome model.CallOutcome, campaign string) {
		d := m.calendar.before(today - model.Date(daysAgo))
		if d == 0 {
			return
		}
		for slices.ContainsFunc(m.callRows, func(c model.Call) bool { return c.Date == d }) {
			if d = m.calendar.before(d - 1); d == 0 {
				return
			}
		}
		call := model.Call{
			Account: a.Code, Date: d, Time: model.NewClock(9+r.IntN(8), 5*r.IntN(12)), Agent: agents[r.IntN(len(agents))],
			Outcome: outcome, Campaign: campaign,
		}
		if r.IntN(4) == 0 && outcome.Reached() {
			call.Note = callNotes[r.IntN(len(callNotes))]
		}
		m.callRows = append(m.callRows, call)
	}
	if a.DoNotCall && r.IntN(2) == 0 {
		add(harmless+100+r.IntN(60), model.CallOptOut, "")
	}
	mayCall := !a.DoNotCall && a.Consent != model.ConsentNone
	uncovered := seat.standing == late || seat.standing == unseen
	switch {
	case seat.standing == phoned:
		g.reached(add, interval)
	case g.story.calls == callsNow && mayCall && uncovered:
		now := int(today - m.campaigns.phoneNow.Start)
		if r.IntN(100) < 55 {
			add(1+r.IntN(max(1, now-1)), model.CallNotReached, m.campaigns.phoneNow.Code)
		}
	case g.story.calls == callsPast && mayCall && r.IntN(3) == 0:
		daysAgo := int(today-m.campaigns.phoneEarlier.Start) - r.IntN(30)
		if visited < daysAgo || daysAgo >= harmless {
			add(daysAgo, [...]model.CallOutcome{model.CallReached, model.CallAppointment, model.CallDeclined, model.CallNotReached}[r.IntN(4)],
				m.campaigns.phoneEarlier.Code)
		}
	case g.story.calls == callsSoFar && mayCall && uncovered:
		switch r.IntN(12) {
		case 0: // nobody ever answers
			if visited > 60 {
				for i := range model.DefaultSettings().MaximumAttempts {
					add(18+6*i, model.CallNotReached, "")
				}
			}
		case 1:
			daysAgo := 2 + r.IntN(10)
			if g.place == dresden { // promised, and nothing yet
				daysAgo += 7
			}
			add(daysAgo, model.CallNotReached, "")
		}
	case mayCall && r.IntN(20) == 0:
		add(harmless+4+r.IntN(120), [...]model.CallOutcome{model.CallReached, model.CallNotReached, model.CallDeclined}[r.IntN(3)], "")
	}
	slices.SortFunc(m.callRows, func(x, y model.Call) int { return int(x.Date - y.Date) })
}

// reached makes the call that keeps an overdue account in contact: recent enough,
// and sometimes after one in vain.
func (g *ground) reached(add func(int, model.CallOutcome, string), interval int) {
	r := g.r
	campaign := ""
	oldest := interval/2 - 4 // the working day before it is at most four days earlier
	if g.story.calls == callsNow {
		campaign = g.m.campaigns.phoneNow.Code
		oldest = min(oldest, int(g.m.o.Today-g.m.campaigns.phoneNow.Start))
	}
	daysAgo := 1 + r.IntN(max(1, oldest-1))
	add(daysAgo, [...]model.CallOutcome{model.CallReached, model.CallReached, model.CallAppointment, model.CallDeclined}[r.IntN(4)], campaign)
	if r.IntN(3) == 0 {
		add(daysAgo+2+r.IntN(3), model.CallNotReached, campaign)
	}
}
