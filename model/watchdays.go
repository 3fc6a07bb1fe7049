package model

// Watch on many days at once: each account is looked at once, whatever the number of
// days. It gives what Watch gives, which a test holds.

import "slices"

// WatchDays looks at a signal on each day from first to last.
func (d *Day) WatchDays(key SignalKey, first, last Date) []Watched {
	if last < first {
		return nil
	}
	days := make([]Watched, last-first+1)
	area := d.book.Area(key.Territory)
	if area == nil || !area.Known {
		return days
	}
	if key.Kind == StepUpVisits {
		if c, ok := d.book.Campaign(key.Campaign); ok {
			d.watchVisitDays(days, c, area, first)
		}
		return days
	}
	d.watchContactDays(days, key.Kind, area, first)
	return days
}

// spread adds up what holds on stretches of days.
type spread []int

// add counts one from a day to another, by their places; parts outside do not count.
func (s spread) add(from, to int) {
	if from = max(from, 0); from <= to && from < len(s)-1 {
		s[from]++
		s[min(to, len(s)-2)+1]--
	}
}

func (d *Day) watchVisitDays(days []Watched, c Campaign, area *Area, first Date) {
	last := first + Date(len(days)-1)
	start := c.Start - Date(d.settings.Lead)
	served, booked, called, visits := make(spread, len(days)+1), make(spread, len(days)+1), make(spread, len(days)+1), make([]int, len(days)+PaceWeeks*7)
	origin := first - PaceWeeks*7 + 1 // the first day whose visits count for the pace
	aims, targets := d.settings.Classes.aims(c), 0
	var phoned []phone
	for _, l := range area.accounts {
		if l.Inactive || !aims[d.ranks.of(l.Class)] {
			continue
		}
		targets++
		seen := last + 1 // the first visit within the window
		for visit, count := range l.Visits.All() {
			if visit < min(origin, start) {
				break
			}
			if visit >= origin && visit <= last {
				visits[visit-origin] += count
			}
			if visit >= start && visit <= min(c.End, last) {
				seen = visit
			}
		}
		served.add(int(seen-first), len(days)-1)
		planned := Date(0) // the last one within the window
		for _, p := range l.Planned {
			if p.Date >= start && p.Date <= c.End {
				planned = max(planned, p.Date)
			}
		}
		booked.add(0, int(min(planned, seen-1)-first))
		if c.calls(l) { // on the days on which it is neither
			phoned = append(phoned, phone{l, max(0, int(min(planned, seen-1)-first)+1), int(seen - 1 - first)})
		}
	}
	d.addPhoned(called, phoned, first, last)
	needed := ceilDiv(d.settings.TargetShare*targets, 100)
	asks := c.NeedsVisits() && c.Names(area.Territory)
	pace := 0
	for _, count := range visits[:PaceWeeks*7-1] {
		pace += count
	}
	served1, booked1, called1 := 0, 0, 0
	for i := range days {
		day, w := first+Date(i), &days[i]
		served1, booked1, called1 = served1+served[i], booked1+booked[i], called1+called[i]
		pace += visits[i+PaceWeeks*7-1]
		w.Work, w.Booked, w.Short = served1, booked1, max(0, max(0, needed-called1)-served1-booked1)
		if w.Raised = w.Short > 0 && asks && day >= c.Start-Date(d.settings.Horizon) && day <= c.End; w.Raised {
			left := d.WorkingDays(area.Territory, max(day, start), c.End)
			w.Open = area.Rep == "" || 5*w.Short*PaceWeeks > pace*max(1, left)
		}
		pace -= visits[i]
	}
}

// phone is an account to be called in place of a visit, and between which days, by their
// places, it is neither visited nor planned.
type phone struct {
	*Customer
	from, to int
}

// addPhoned counts the accounts that are called on the days on which they want to be: most
// always, so that only where somebody may have refused each day is looked at.
func (d *Day) addPhoned(called spread, phoned []phone, first, last Date) {
	if len(phoned) == 0 {
		return
	}
	always := true
	for _, p := range phoned {
		always = always && !d.Refuses(p.Customer) && !d.book.mayRefuse(p.Customer)
	}
	for _, lines := range d.book.optedOut {
		for _, o := range lines {
			always = always && o.Lifted == 0
		}
	}
	if always {
		for _, p := range phoned {
			called.add(p.from, p.to)
		}
		return
	}
	for i := range int(last-first) + 1 {
		past := d.book.Past(first + Date(i))
		for _, p := range phoned {
			if p.from <= i && i <= p.to && !past.Refuses(p.Customer) {
				called.add(i, i)
			}
		}
	}
}

// stretch is a number of days without a gap, by their places.
type stretch struct{ from, to int }

// reach are the stretches in which an account was in contact; its memory serves one
// account after another.
type reach []stretch

// visited adds what a visit is worth; visits come newest first.
func (r *reach) visited(from, to int) {
	if n := len(*r); n > 0 && (*r)[n-1].from <= to+1 { // visits of one account are worth the same
		(*r)[n-1].from = from
		return
	}
	*r = append(*r, stretch{from, to})
}

// parted are the stretches, of which calls may overlap others, without overlaps.
func (r reach) parted() reach {
	slices.SortFunc(r, func(a, b stretch) int { return a.from - b.from })
	kept := r[:0]
	for _, s := range r {
		if n := len(kept); n > 0 && s.from <= kept[n-1].to+1 {
			kept[n-1].to = max(kept[n-1].to, s.to)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

func (d *Day) watchContactDays(days []Watched, kind Kind, area *Area, first Date) {
	last := first + Date(len(days)-1)
	accounts, contacted, calls := make(spread, len(days)+1), make(spread, len(days)+1), make([]int, len(days))
	var reached reach
	for _, l := range area.accounts {
		interval, early := d.Interval(&l.Account), 0 // calls up to the first day
		counts := first                              // from when on the account does
		if l.Since != 0 {
			counts = max(first, l.Since+Date(interval))
		}
		earliest := last + 1 // visit
		reached = reached[:0]
		for visit := range l.Visits.All() {
			if visit > last {
				continue
			}
			if earliest = visit; visit+Date(interval) < first && counts == first {
				break // all the others are older
			}
			reached.visited(int(visit-first), int(visit-first)+interval)
		}
		counts = min(counts, max(first, earliest))  // until then it is new
		visits, refused := len(reached), LastDate+1 // the earliest refusal so far
		for call := range l.Calls.All() {
			if call.Date > last {
				continue
			}
			if call.Date <= first {
				early++
			} else {
				calls[call.Date-first]++
			}
			if call.Outcome == CallOptOut { // ends the contact by telephone, also that of the same day
				refused = call.Date
				for n := len(reached); n > visits && reached[n-1].from == int(refused-first); n-- {
					reached = reached[:n-1]
				}
			}
			if call.Outcome.Reached() && call.Date < refused {
				until := min(int(call.Date-first)+d.settings.CallWorth*interval/100, int(refused-first)-1)
				reached = append(reached, stretch{int(call.Date - first), until})
			}
		}
		calls[0] += early
		if l.Inactive {
			continue
		}
		accounts.add(int(counts-first), len(days)-1)
		if len(reached) > visits {
			reached = reached.parted()
		}
		for _, s := range reached {
			contacted.add(max(s.from, int(counts-first)), s.to)
		}
	}
	var helpers []Campaign
	for _, c := range d.campaigns() {
		if c.Status == CampaignPlanned && c.IsTelemarketing() && c.Names(area.Territory) {
			helpers = append(helpers, c)
		}
	}
	reports := make(spread, len(days)+1)
	if kind == ReportsMissing {
		for report := range d.book.reports[area.Rep].All() {
			if report <= last {
				reports.add(int(report-first), len(days)-1)
			}
		}
	}
	var cover Coverage
	called, reported, well := 0, 0, wellOn{of: area}
	for i := range days {
		day, w := first+Date(i), &days[i]
		called, reported = called+calls[i], reported+reports[i]
		cover.Accounts, cover.Contacted = cover.Accounts+accounts[i], cover.Contacted+contacted[i]
		silentSince, silent := Date(0), false
		if d.settings.UnderContacted(cover) {
			silentSince, silent = d.silentOn(day, &well)
			w.Raised = silent == (kind == ReportsMissing)
		}
		if kind == ReportsMissing {
			if w.Open, w.Work = w.Raised, reported; w.Raised {
				w.Short = int(day - silentSince)
			}
			continue
		}
		w.Work = called
		w.Short = max(0, ceilDiv(d.settings.ContactThreshold*cover.Accounts, 100)-cover.Contacted)
		for _, c := range helpers {
			if c.End >= day && c.Start <= day+Date(d.settings.Horizon) {
				w.Booked = 1
			}
		}
		w.Open = w.Raised && w.Booked == 0
	}
}
