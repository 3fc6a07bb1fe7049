package model

// The call list of a territory: whom marketing may call, and why not the others.

import "slices"

func (d *Day) callList(area *Area) (list []*Customer, excluded []Excluded) {
	var candidates []candidate
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if s := d.Standing(l); s.State == StateOverdue || s.State == StateNever {
			candidates = append(candidates, d.candidate(l, s))
		}
	}
	slices.SortFunc(candidates, byUrgency)
	for _, c := range candidates {
		if reason := d.exclusion(c.customer); reason != NotExcluded {
			excluded = append(excluded, Excluded{c.customer, reason})
		} else {
			list = append(list, c.customer)
		}
	}
	return list, excluded
}

// Exclusion is why marketing should not call the account, NotExcluded when it may.
func (d *Day) Exclusion(l *Customer) Exclusion {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.exclusion(l)
}

func (d *Day) exclusion(l *Customer) Exclusion {
	last := l.Visits.OnOrBefore(d.date)
	switch {
	case d.refusesCalls(l):
		return OptedOut
	case !IsPhone(l.Phone), d.book.WrongNumber(l):
		return NoPhone
	case l.Consent != ConsentGiven && (l.Consent != ConsentPresumed || l.Private):
		return NoConsent
	case l.Consent == ConsentPresumed && l.ConsentBasis == "" && last == 0 && (l.Since == 0 || l.Since > d.date):
		return NoBasis
	case last != 0 && int(d.date-last) <= d.settings.VisitPause:
		return VisitedLately
	case plannedBetween(l, d.date, d.date+Date(d.settings.PlanPause)):
		return PlannedSoon
	}
	for call := range l.Calls.All() {
		if call.Date <= d.date && int(d.date-call.Date) <= d.settings.pauseAfter(call.Outcome) {
			return CalledLately
		}
	}
	if attempts, answered := d.InVain(l); attempts >= d.settings.MaximumAttempts && !answered {
		return TooManyAttempts
	}
	return NotExcluded
}

// InVain is how often the account was called in vain since its last counted visit and
// since anybody answered there; answered says that somebody did after that visit.
func (d *Day) InVain(l *Customer) (attempts int, answered bool) {
	last := l.Visits.OnOrBefore(d.date)
	for call := range l.Calls.All() { // the latest first
		switch {
		case call.Date > d.date:
		case call.Date <= last:
			return attempts, answered
		case !call.Outcome.InVain():
			answered = true
		case !answered:
			attempts++
		}
	}
	return attempts, answered
}

// pauseAfter is for how many days nobody is called again after a call.
func (s *Settings) pauseAfter(outcome CallOutcome) int {
	switch {
	case outcome == CallDeclined:
		return s.DeclinedPause
	case outcome == CallAppointment:
		return s.AppointmentPause
	case outcome.Reached():
		return s.CallPause
	}
	return s.AttemptPause
}

// CalledUntil is the day of the account's last call, and the last day on which nobody
// calls it again because of the calls it had; 0 for none.
func (d *Day) CalledUntil(l *Customer) (last, until Date) {
	for call := range l.Calls.All() {
		if call.Date <= d.date {
			last = max(last, call.Date)
			until = max(until, call.Date+Date(d.settings.pauseAfter(call.Outcome)))
		}
	}
	return last, until
}

// ByNeed puts accounts in the order in which they should be spoken to: class, then
// those never visited, then the longest overdue.
func (d *Day) ByNeed(list []*Customer) []*Customer {
	d.lock.Lock()
	defer d.lock.Unlock()
	candidates := make([]candidate, len(list))
	for i, l := range list {
		candidates[i] = d.candidate(l, d.Standing(l))
	}
	slices.SortFunc(candidates, byUrgency)
	ordered := make([]*Customer, len(list))
	for i, c := range candidates {
		ordered[i] = c.customer
	}
	return ordered
}
