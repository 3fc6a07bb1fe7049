package week

// Whom a week is for: the accounts that may be offered to a rep, and how each stands
// when the week comes.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/route"
)

// done counts the visits made in a week up to today at the accounts that are a rep's care on
// the day: those of who stands in for another as well.
func (k *Desk) done(rep string, monday model.Date) (count int) {
	for day := monday; day <= min(k.today, monday+Days-1); day++ {
		covered := k.book.CoveredOn(rep, day)
		by := k.book.CoverOn(rep, day)
		for _, area := range k.book.Areas() {
			if !(area.Rep == rep && by == "" || area.Rep != rep && slices.Contains(covered, area.Rep)) {
				continue
			}
			for _, l := range area.Accounts() {
				count += l.Visits.Between(day, day)
			}
		}
	}
	return count
}

// agreed are the planned visits of a rep in a week, in order of time.
func (k *Desk) agreed(rep string, monday model.Date) []model.PlannedVisit {
	var list []model.PlannedVisit
	for p := range k.book.Plan(rep) {
		if p.Date >= monday && p.Date < monday+Days && k.book.Account(p.Account) != nil {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b model.PlannedVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time), strings.Compare(a.Account, b.Account), cmp.Compare(a.Nth, b.Nth))
	})
	return list
}

// candidates are the rep's accounts worth looking at: due or late, wanted for a
// campaign, asking for a visit, or already planned or wished for the week. Accounts that
// are planned after the week or were visited within it are not.
func (k *Desk) candidates(rep string, monday model.Date, agreed []model.PlannedVisit, wished []model.FollowUp) []*model.Customer {
	day := max(k.today, monday)
	planned := map[string]bool{}
	var list []*model.Customer
	for _, p := range agreed {
		if !planned[p.Account] {
			planned[p.Account] = true
			list = append(list, k.book.Account(p.Account))
		}
	}
	for _, f := range wished {
		if !planned[f.Account] {
			planned[f.Account] = true
			list = append(list, k.book.Account(f.Account))
		}
	}
	cared := append(k.covering(rep, monday, monday+Workdays-1), rep)
	for _, area := range k.book.Areas() {
		if k.bare || !slices.Contains(cared, area.Rep) {
			continue
		}
		for _, l := range area.Accounts() {
			if !l.Inactive && !planned[l.Code] && (k.dealt[l.Code] && k.standing(l, monday, day).Last < monday || k.wanted(l, rep, monday, day)) {
				list = append(list, l)
			}
		}
	}
	slices.SortFunc(list, func(a, b *model.Customer) int { return strings.Compare(a.Code, b.Code) })
	return list
}

// covering are the reps for whom a rep stands in on a working day from first to last.
func (k *Desk) covering(rep string, first, last model.Date) (reps []string) {
	for _, cover := range k.book.Covers(rep, max(k.today, first), last) {
		if !slices.Contains(reps, cover.Rep) {
			reps = append(reps, cover.Rep)
		}
	}
	return reps
}

// standsIn is on which days of a week a rep may visit an account: every day at one's own,
// those for which the rep stands in at another's.
func (k *Desk) standsIn(rep string, l *model.Customer, day model.Date) bool {
	area := k.book.Area(l.Territory)
	return area == nil || !area.Known || area.Rep == rep || area.Rep == "" || slices.Contains(k.book.CoveredOn(rep, day), area.Rep)
}

func (k *Desk) wanted(l *model.Customer, rep string, monday, day model.Date) bool {
	for _, p := range k.planned(l) {
		if p.Date >= monday+Days || (p.Rep != rep && p.Date >= monday) {
			return false
		}
	}
	standing := k.standing(l, monday, day)
	if standing.Last >= monday {
		return false
	}
	switch standing.State {
	case model.StateDue, model.StateOverdue, model.StateNever:
		return true
	}
	return k.stands(l, monday) == 0 && (len(k.supports(l, monday)) > 0 || wishes(l, day))
}

// supports are the campaigns that a visit to an account in a week serves: their window is
// open in it, and no visit in another week serves them already.
func (k *Desk) supports(l *model.Customer, monday model.Date) (list []route.Support) {
	for _, s := range k.support[l.Code] {
		served := slices.ContainsFunc(k.besides[l.Code], func(p model.PlannedVisit) bool { return p.Date >= s.from && p.Date <= s.to })
		if !served && s.from < monday+Workdays && s.to >= monday {
			list = append(list, s.Support)
		}
	}
	return list
}

// stands is the last day before the Monday, but not before the running week, on which a
// visit at the account is planned; 0: none. What stands there is not offered once more.
func (k *Desk) stands(l *model.Customer, monday model.Date) model.Date {
	last := model.Date(0)
	for _, p := range k.planned(l) {
		if p.Date >= k.today.Monday() && p.Date < monday {
			last = max(last, p.Date)
		}
	}
	return last
}

// standing is how an account stands on the day of planning, the visits that are planned
// before the week taken as made.
func (k *Desk) standing(l *model.Customer, monday, day model.Date) model.Standing {
	s := k.day.StandingOn(l, day)
	planned := k.stands(l, monday)
	if planned <= s.Last {
		return s
	}
	s.Last, s.Age = planned, int(day-planned)
	switch {
	case s.Age*100 < k.book.Settings().DueFrom*s.Interval:
		s.State = model.StateOnTrack
	case s.Age <= s.Interval:
		s.State = model.StateDue
	default:
		s.State = model.StateOverdue
	}
	return s
}

// wishes reports whether the account asked for a visit in a call since the last one.
func wishes(l *model.Customer, day model.Date) bool {
	last := l.Visits.OnOrBefore(day)
	for call := range l.Calls.All() {
		if call.Date <= last {
			break
		}
		if call.Date <= day && call.Outcome == model.CallAppointment {
			return true
		}
	}
	return false
}

// home is where a rep's days start and end: at home, else in the middle of the
// accounts that have a place.
func home(rep model.Rep, customers []*model.Customer) model.Coordinates {
	if rep.HomeAt.Valid() {
		return rep.HomeAt
	}
	var middle model.Coordinates
	count := 0.0
	for _, l := range customers {
		if l.At.Valid() {
			middle.Lat += l.At.Lat
			middle.Lon += l.At.Lon
			count++
		}
	}
	if count > 0 {
		middle.Lat /= count
		middle.Lon /= count
	}
	return middle
}
