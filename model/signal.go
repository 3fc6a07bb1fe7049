package model

// The signals: findings that each ask one department to do something in one
// territory.

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is what a signal asks for; kinds sort in this order.
type Kind uint8

// The kinds of signal.
const (
	StepUpVisits Kind = iota
	AddTelemarketing
	ReportsMissing
)

var kindWords = [...]string{
	StepUpVisits: "step-up-visits", AddTelemarketing: "add-telemarketing", ReportsMissing: "reports-missing",
}

// String is the stable word of the kind.
func (k Kind) String() string { return wordOf(kindWords[:], int(k)) }

// Owner is the department that has to act; every signal has exactly one.
func (k Kind) Owner() Role {
	if k == AddTelemarketing {
		return RoleMarketing
	}
	return RoleSales
}

// Signal is one finding on a day, with the numbers it came from.
type Signal struct {
	Kind      Kind
	InHand    bool // somebody is already at it: Campaign says with what
	Territory string
	Campaign  string // step up: the campaign to support; in hand: the one that helps
	Urgency   int    // 0 … 100

	Readiness Readiness // step up visits
	Contact   InContact // the other kinds
}

// Readiness is how far a campaign's visits in one territory have come on a day.
type Readiness struct {
	WindowStart, WindowEnd    Date
	Targets, Needed           int // accounts
	Served, Booked, Gap       int // accounts; Gap is not below 0
	DaysLeft                  int // Monday to Friday, today included
	RequiredPace, UsualPace   float64
	Room                      int         // visits the rep can still make
	Beyond                    int         // accounts no visit can reach in time
	Accounts                  []*Customer // neither served nor booked, who should be seen first first
	BeyondAccounts            []*Customer // the Beyond ones marketing could call, first first
	BeforeWindow, AfterWindow bool
}

// StepUp is required / usual pace; unbounded is true when there is no usual pace.
func (r Readiness) StepUp() (factor float64, unbounded bool) {
	if r.UsualPace == 0 {
		return 0, r.RequiredPace > 0
	}
	return r.RequiredPace / r.UsualPace, false
}

// InContact is how well a territory's accounts are in contact on a day.
type InContact struct {
	Coverage
	Clear      bool        // the shortfall is statistically clear, not just a few accounts
	CallList   []*Customer // telemarketing: who to call, first first
	Excluded   []Excluded
	LastReport Date // reports missing: the rep's last day with any row
}

// Exclusion is why an account that needs contact is not on the call list.
type Exclusion uint8

// The exclusions, in the order in which they are checked; an account counts under
// the first that applies.
const (
	NotExcluded Exclusion = iota
	OptedOut
	NoPhone
	NoConsent
	VisitedLately
	PlannedSoon
	CalledLately
	TooManyAttempts
)

// Exclusions lists the exclusions in the order in which they are checked.
var Exclusions = [...]Exclusion{OptedOut, NoPhone, NoConsent, VisitedLately, PlannedSoon, CalledLately, TooManyAttempts}

var exclusionWords = [...]string{
	NotExcluded: "", OptedOut: "opted_out", NoPhone: "no_phone", NoConsent: "no_consent", VisitedLately: "visited",
	PlannedSoon: "planned", CalledLately: "called", TooManyAttempts: "attempts",
}

// String is the stable word of the exclusion.
func (e Exclusion) String() string { return wordOf(exclusionWords[:], int(e)) }

// Excluded is an account that is not on a call list, and why.
type Excluded struct {
	Customer *Customer
	Reason   Exclusion
}

// Signals are all signals, most urgent first, those in hand last. The caller must
// not change the slice.
func (d *Day) Signals() []Signal {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.allAt != d.book.revision || d.all == nil {
		all := []Signal{}
		for _, area := range d.book.Areas() {
			all = append(all, d.areaSignals(area)...)
		}
		sortSignals(all)
		d.all, d.allAt = all, d.book.revision
	}
	return d.all
}

// AreaSignals are a territory's signals, in Signals' order. The caller must not
// change the slice.
func (d *Day) AreaSignals(area *Area) []Signal {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.areaSignals(area)
}

func sortSignals(list []Signal) {
	slices.SortFunc(list, func(x, y Signal) int {
		if x.InHand != y.InHand {
			if y.InHand {
				return -1
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(y.Urgency, x.Urgency),
			cmp.Compare(x.Kind, y.Kind),
			strings.Compare(x.Territory, y.Territory),
			strings.Compare(x.Campaign, y.Campaign),
		)
	})
}

func (d *Day) findSignals(area *Area) []Signal {
	var found []Signal
	for _, campaign := range d.campaigns() {
		if s, raised := d.stepUp(campaign, area); raised {
			found = append(found, s)
		}
	}
	if s, raised := d.underContacted(area); raised {
		found = append(found, s)
	}
	sortSignals(found)
	return found
}

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
		Kind: StepUpVisits, Territory: area.Code, Campaign: c.Code, Readiness: r,
		Urgency: roundHalfUp(100*r.Gap*weight, r.Needed*of),
	}, true
}

// Readiness is how far a campaign's visits in a territory have come, whatever the
// campaign's status.
func (d *Day) Readiness(c Campaign, area *Area) Readiness {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.readiness(c, area)
}

func (d *Day) readiness(c Campaign, area *Area) Readiness {
	r := Readiness{WindowStart: c.Start - Date(d.settings.Lead), WindowEnd: c.End}
	r.BeforeWindow, r.AfterWindow = d.date < r.WindowStart, d.date > r.WindowEnd
	var open []visitCandidate
	for _, l := range area.accounts {
		if l.Inactive || !d.settings.Classes.aimedAt(c, l.Class) {
			continue
		}
		r.Targets++
		last := l.Visits.OnOrBefore(min(d.date, r.WindowEnd))
		switch {
		case last != 0 && last >= r.WindowStart:
			r.Served++
		case plannedBetween(l, d.date, r.WindowEnd):
			r.Booked++
		default:
			open = append(open, d.candidate(l))
		}
	}
	r.Needed = ceilDiv(d.settings.TargetShare*r.Targets, 100)
	r.Gap = max(0, r.Needed-r.Served-r.Booked)
	r.DaysLeft = WorkingDays(max(d.date, r.WindowStart), r.WindowEnd)
	days := max(1, r.DaysLeft)
	r.RequiredPace = float64(5*r.Gap) / float64(days)
	r.UsualPace = d.numbers(area).UsualPace()
	r.Room = max(0, d.Capacity(area.Rep)*days/5-d.plannedVisits(area.Rep, d.date, r.WindowEnd))
	r.Beyond = max(0, r.Gap-r.Room)

	slices.SortFunc(open, urgencyOfVisit)
	r.Accounts = customers(open)
	if r.Beyond > 0 {
		slices.SortFunc(open, func(x, y visitCandidate) int {
			return cmp.Or(
				cmp.Compare(y.rank, x.rank),
				lateness(x, y),
				strings.Compare(x.customer.Code, y.customer.Code),
			)
		})
		r.BeyondAccounts = customers(open[:min(r.Beyond, len(open))])
	}
	return r
}

func customers(candidates []visitCandidate) []*Customer {
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

// underContacted raises the telemarketing signal, or the one for missing reports
// when the under-visiting is only apparent.
func (d *Day) underContacted(area *Area) (Signal, bool) {
	cover := d.numbers(area).All
	threshold := d.settings.ContactThreshold
	if cover.Accounts < d.settings.MinimumAccounts || cover.Contacted*100 >= threshold*cover.Accounts {
		return Signal{}, false
	}
	z := float64(d.settings.Certainty) / 10000
	s := Signal{Kind: AddTelemarketing, Territory: area.Code, Contact: InContact{
		Coverage: cover,
		Clear:    WilsonUpper(cover.Contacted, cover.Accounts, z) < float64(threshold)/100,
	}}
	// 100 × (1 − contacted / (n × threshold)), halved when weak
	part, of := 100*(threshold*cover.Accounts-100*cover.Contacted), threshold*cover.Accounts
	if !s.Contact.Clear {
		of *= 2
	}
	s.Urgency = roundHalfUp(part, of)

	if last, silent := d.silent(area); silent {
		s.Kind, s.Contact.LastReport = ReportsMissing, last
		return s, true
	}
	s.Contact.CallList, s.Contact.Excluded = d.callList(area)
	if helper, found := d.telemarketingIn(area); found {
		s.InHand, s.Campaign = true, helper.Code
	}
	return s, true
}

// silent reports whether the territory's rep has stopped reporting while the
// territory was still well in contact; last is the rep's last report day.
func (d *Day) silent(area *Area) (last Date, yes bool) {
	if area.Rep == "" {
		return 0, false
	}
	last = d.book.reports[area.Rep].OnOrBefore(d.date)
	if last == 0 || int(d.date-last) < d.settings.SilentDays {
		return 0, false
	}
	var then Coverage
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if s := d.StandingOn(l, last); s.State != StateNew {
			then.Accounts++
			if s.Contacted {
				then.Contacted++
			}
		}
	}
	return last, then.Accounts > 0 && then.Contacted*100 >= d.settings.ContactThreshold*then.Accounts
}

// telemarketingIn finds the telemarketing campaign that has the territory in
// hand; of several the one that starts first.
func (d *Day) telemarketingIn(area *Area) (Campaign, bool) {
	for _, c := range d.campaigns() {
		if c.Status == CampaignPlanned && c.IsTelemarketing() && c.End >= d.date &&
			c.Start <= d.date+Date(d.settings.Horizon) && c.Names(area.Territory) {
			return c, true
		}
	}
	return Campaign{}, false
}

func (d *Day) callList(area *Area) (list []*Customer, excluded []Excluded) {
	var candidates []visitCandidate
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if c := d.candidate(l); c.standing.State == StateOverdue || c.standing.State == StateNever {
			candidates = append(candidates, c)
		}
	}
	slices.SortFunc(candidates, urgencyOfVisit)
	for _, c := range candidates {
		if reason := d.Exclusion(c.customer); reason != NotExcluded {
			excluded = append(excluded, Excluded{c.customer, reason})
		} else {
			list = append(list, c.customer)
		}
	}
	return list, excluded
}

// Exclusion is why marketing should not call the account, NotExcluded when it may.
func (d *Day) Exclusion(l *Customer) Exclusion {
	last := l.Visits.OnOrBefore(d.date)
	var lastCall Date
	attempts, reached, optedOut := 0, false, false
	for call := range l.Calls.All() {
		if call.Date > d.date {
			continue
		}
		lastCall = max(lastCall, call.Date)
		optedOut = optedOut || call.Outcome == CallOptOut
		if call.Date > last {
			attempts++
			reached = reached || call.Outcome.Reached()
		}
	}
	switch {
	case optedOut || l.DoNotCall || d.book.OptedOut(l.Code, d.date):
		return OptedOut
	case l.Phone == "":
		return NoPhone
	case l.Consent == ConsentNone:
		return NoConsent
	case last != 0 && int(d.date-last) <= d.settings.VisitPause:
		return VisitedLately
	case plannedBetween(l, d.date, d.date+Date(d.settings.PlanPause)):
		return PlannedSoon
	case lastCall != 0 && int(d.date-lastCall) <= d.settings.CallPause:
		return CalledLately
	case attempts >= d.settings.MaximumAttempts && !reached:
		return TooManyAttempts
	}
	return NotExcluded
}

// roundHalfUp is part / of, both not negative, rounded to the nearest whole
// number, halves up.
func roundHalfUp(part, of int) int { return (2*part + of) / (2 * of) }

func ceilDiv(part, of int) int { return (part + of - 1) / of }
