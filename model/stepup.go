package model

// Signal 1: where sales should step up visits so that a campaign's targets are
// seen in time.

import (
	"slices"
	"strings"
)

// NeedsVisits reports whether the campaign asks for visits at all: it is
// planned, and no telemarketing.
func (c Campaign) NeedsVisits() bool { return c.Status == CampaignPlanned && !c.IsTelemarketing() }

// IsTelemarketing reports whether the campaign stands in for visits.
func (c Campaign) IsTelemarketing() bool { return strings.EqualFold(c.Kind, KindTelemarketing) }

func (d *Day) stepUp(c Campaign, area *Area) (Signal, bool) {
	horizon := Date(d.settings.Horizon)
	if !c.NeedsVisits() || d.date < c.Start-horizon || d.date > c.End || !c.Names(area.Territory) {
		return Signal{}, false
	}
	r := d.readiness(c, area)
	if r.Gap == 0 {
		return Signal{}, false
	}
	// Before the window's start the weight falls from 1 to a half at the horizon.
	weight, of := 1, 1
	if d.date < r.WindowStart && d.settings.Horizon > d.settings.Lead {
		of = 2 * (d.settings.Horizon - d.settings.Lead)
		weight = of/2 + int(d.date-(c.Start-horizon))
	}
	return Signal{
		Kind: StepUpVisits, OnCourse: r.onCourse(), Territory: area.Code, Campaign: c.Code, Readiness: r,
		Urgency: roundHalfUp(100*r.Gap*weight, r.Needed*of),
	}, true
}

// onCourse reports whether the required pace is at most the usual one, and somebody
// is there to keep it.
func (r Readiness) onCourse() bool {
	visits := 0
	for _, count := range r.Weeks {
		visits += count
	}
	// 5 gap / days ≤ visits / 12, without rounding
	return !r.Vacant && 5*r.Gap*PaceWeeks <= visits*max(1, r.DaysLeft)
}

// Readiness is how far a campaign's visits in a territory have come, whatever the
// campaign's status.
func (d *Day) Readiness(c Campaign, area *Area) Readiness {
	d.lock.Lock()
	defer d.lock.Unlock()
	r := d.readiness(c, area)
	r.Contested, r.ContestedBy = d.contested(area, c.Code, r)
	return r
}

func (d *Day) readiness(c Campaign, area *Area) Readiness {
	r := Readiness{WindowStart: c.Start - Date(d.settings.Lead), WindowEnd: c.End, Vacant: area.Rep == ""}
	r.BeforeWindow, r.AfterWindow = d.date < r.WindowStart, d.date > r.WindowEnd
	from := max(d.date, r.WindowStart) // an earlier visit serves no campaign
	var open []candidate
	aims := d.settings.Classes.aims(c)
	for _, l := range area.accounts {
		if l.Inactive || !aims[d.ranks.of(l.Class)] {
			continue
		}
		r.Targets++
		d.countWeeks(&r.Weeks, l)
		last := l.Visits.OnOrBefore(min(d.date, r.WindowEnd))
		switch {
		case last != 0 && last >= r.WindowStart:
			r.Served++
		case plannedBetween(l, from, r.WindowEnd):
			r.Booked++
		case c.calls(l) && !d.refusesCalls(l):
			r.ByPhone++
		default:
			open = append(open, d.candidate(l, d.Standing(l)))
		}
	}
	r.Needed = max(0, ceilDiv(d.settings.TargetShare*r.Targets, 100)-r.ByPhone)
	r.Gap = max(0, r.Needed-r.Served-r.Booked)
	known := false
	r.Calendar, known = d.Calendar(area.Territory)
	r.CalendarUnknown = !known
	r.Holidays = d.Holidays(area.Territory, from, r.WindowEnd)
	r.DaysLeft = WorkingDays(from, r.WindowEnd) - len(r.Holidays)
	days := max(1, r.DaysLeft)
	r.RequiredPace = float64(5*r.Gap) / float64(days)
	visits := 0
	for _, count := range r.Weeks {
		visits += count
	}
	r.UsualPace = float64(visits) / PaceWeeks
	if !r.Vacant {
		r.Planned = d.plannedVisits(area.Rep, from, r.WindowEnd)
		works := func(day Date) bool { return WorkingDays(day, day) == 1 && !slices.Contains(r.Holidays, day) }
		r.HalvesAway = d.book.HalvesAway(area.Rep, from, r.WindowEnd, works)
		r.Room = max(0, d.Capacity(area.Rep)*(2*days-r.HalvesAway)/10-r.Planned)
		r.CoverRoom, r.CoverHalves = d.coverRoom(area.Rep, from, r.WindowEnd, works)
		r.Room += r.CoverRoom
	}
	r.Beyond = max(0, r.Gap-r.Room)

	slices.SortFunc(open, byUrgency)
	r.Accounts = customers(open)
	if r.Beyond > 0 {
		slices.SortFunc(open, lowestClassFirst)
		r.BeyondAccounts = customers(open[:min(r.Beyond, len(open))])
	}
	return r
}

// contested is what the other step-up signals of the territory's rep are short of,
// and of how many campaigns they are: the room is the rep's, not a campaign's. So are
// those of reps who share it while one stands in for the other. The lock is held.
func (d *Day) contested(area *Area, campaign string, r Readiness) (gaps, campaigns int) {
	if area.Rep == "" {
		return 0, 0
	}
	var seen []string // few: those of one rep
	for _, rep := range d.book.sharing(area.Rep, max(d.date, r.WindowStart), r.WindowEnd) {
		for _, other := range d.book.areasOf(rep) {
			signals := d.found(other)
			for i := range signals {
				s := &signals[i]
				if s.Kind != StepUpVisits || other == area && s.Campaign == campaign {
					continue
				}
				gaps += s.Readiness.Gap
				if !slices.Contains(seen, s.Campaign) {
					seen = append(seen, s.Campaign)
				}
			}
		}
	}
	return gaps, len(seen)
}

// calls reports whether it was agreed to call the account for the campaign in place of a
// visit. Who wants no calls any more is to be visited again.
func (c *Campaign) calls(l *Customer) bool {
	return len(c.ByPhone) > 0 && slices.Contains(c.ByPhone, l.Code)
}

// InsteadOfVisits are the accounts that are called for a campaign in place of a visit:
// those agreed upon, without those that want no calls any more.
func (d *Day) InsteadOfVisits(c Campaign) (list []*Customer) {
	for _, code := range c.ByPhone {
		if l := d.book.Account(code); l != nil && !l.Inactive && !d.Refuses(l) {
			list = append(list, l)
		}
	}
	return list
}

func customers(candidates []candidate) []*Customer {
	list := make([]*Customer, len(candidates))
	for i, c := range candidates {
		list[i] = c.customer
	}
	return list
}

func plannedBetween(l *Customer, first, last Date) bool {
	for _, p := range l.Planned {
		if p.Date >= first && p.Date <= last {
			return true
		}
	}
	return false
}

func (d *Day) plannedVisits(rep string, first, last Date) int {
	count := 0
	for p := range d.book.Plan(rep) {
		if p.Date >= first && p.Date <= last {
			count++
		}
	}
	return count
}
