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

// Signals are all signals on a day, most urgent first, those in hand last.
func (b *Book) Signals(today Date) []Signal {
	b.on(today)
	var all []Signal
	for _, area := range b.Areas() {
		all = append(all, b.AreaSignals(area, today)...)
	}
	sortSignals(all)
	return all
}

// AreaSignals are a territory's signals on a day, in Signals' order. The caller
// must not change the slice.
func (b *Book) AreaSignals(area *Area, today Date) []Signal {
	b.on(today)
	if !area.cache.hasSignals {
		area.cache.signals = b.findSignals(area, today)
		area.cache.hasSignals = true
	}
	return area.cache.signals
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

func (b *Book) findSignals(area *Area, today Date) []Signal {
	var found []Signal
	for _, campaign := range b.Campaigns() {
		if s, raised := b.stepUp(campaign, area, today); raised {
			found = append(found, s)
		}
	}
	if s, raised := b.underContacted(area, today); raised {
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

func (b *Book) stepUp(c Campaign, area *Area, today Date) (Signal, bool) {
	horizon := Date(b.settings.Horizon)
	if !c.NeedsVisits() || today < c.Start-horizon || today > c.End || !c.Names(area.Territory) {
		return Signal{}, false
	}
	r := b.Readiness(c, area, today)
	if r.Gap == 0 {
		return Signal{}, false
	}
	// Before the window's start the weight falls from 1 to a half at the horizon.
	weight, of := 1, 1
	if today < r.WindowStart && b.settings.Horizon > b.settings.Lead {
		of = 2 * (b.settings.Horizon - b.settings.Lead)
		weight = of/2 + int(today-(c.Start-horizon))
	}
	return Signal{
		Kind: StepUpVisits, Territory: area.Code, Campaign: c.Code, Readiness: r,
		Urgency: roundHalfUp(100*r.Gap*weight, r.Needed*of),
	}, true
}

// Readiness is how far a campaign's visits in a territory have come on a day,
// whatever the campaign's status.
func (b *Book) Readiness(c Campaign, area *Area, today Date) Readiness {
	r := Readiness{WindowStart: c.Start - Date(b.settings.Lead), WindowEnd: c.End}
	r.BeforeWindow, r.AfterWindow = today < r.WindowStart, today > r.WindowEnd
	var open []visitCandidate
	for _, l := range area.accounts {
		if l.Inactive || !b.AimsAt(c, &l.Account) {
			continue
		}
		r.Targets++
		last := l.Visits.OnOrBefore(min(today, r.WindowEnd))
		switch {
		case last != 0 && last >= r.WindowStart:
			r.Served++
		case plannedBetween(l, today, r.WindowEnd):
			r.Booked++
		default:
			open = append(open, b.candidate(l, today))
		}
	}
	r.Needed = ceilDiv(b.settings.TargetShare*r.Targets, 100)
	r.Gap = max(0, r.Needed-r.Served-r.Booked)
	r.DaysLeft = WorkingDays(max(today, r.WindowStart), r.WindowEnd)
	days := max(1, r.DaysLeft)
	r.RequiredPace = float64(5*r.Gap) / float64(days)
	r.UsualPace = b.Numbers(area, today).UsualPace()
	r.Room = max(0, b.Capacity(area.Rep)*days/5-b.plannedVisits(area.Rep, today, r.WindowEnd))
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

func (b *Book) plannedVisits(rep string, first, last Date) int {
	count := 0
	for p := range b.Plan(rep) {
		if p.Date >= first && p.Date <= last {
			count++
		}
	}
	return count
}

// underContacted raises the telemarketing signal, or the one for missing reports
// when the under-visiting is only apparent.
func (b *Book) underContacted(area *Area, today Date) (Signal, bool) {
	cover := b.Numbers(area, today).All
	threshold := b.settings.ContactThreshold
	if cover.Accounts < b.settings.MinimumAccounts || cover.Contacted*100 >= threshold*cover.Accounts {
		return Signal{}, false
	}
	z := float64(b.settings.Certainty) / 10000
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

	if last, silent := b.silent(area, today); silent {
		s.Kind, s.Contact.LastReport = ReportsMissing, last
		return s, true
	}
	s.Contact.CallList, s.Contact.Excluded = b.callList(area, today)
	if helper, found := b.telemarketingIn(area, today); found {
		s.InHand, s.Campaign = true, helper.Code
	}
	return s, true
}

// silent reports whether the territory's rep has stopped reporting while the
// territory was still well in contact; last is the rep's last report day.
func (b *Book) silent(area *Area, today Date) (last Date, yes bool) {
	if area.Rep == "" {
		return 0, false
	}
	last = b.reports[area.Rep].OnOrBefore(today)
	if last == 0 || int(today-last) < b.settings.SilentDays {
		return 0, false
	}
	var then Coverage
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if s := b.Standing(l, last); s.State != StateNew {
			then.Accounts++
			if s.Contacted {
				then.Contacted++
			}
		}
	}
	return last, then.Accounts > 0 && then.Contacted*100 >= b.settings.ContactThreshold*then.Accounts
}

// telemarketingIn finds the telemarketing campaign that has the territory in
// hand; of several the one that starts first.
func (b *Book) telemarketingIn(area *Area, today Date) (Campaign, bool) {
	for _, c := range b.Campaigns() {
		if c.Status == CampaignPlanned && c.IsTelemarketing() && c.End >= today &&
			c.Start <= today+Date(b.settings.Horizon) && c.Names(area.Territory) {
			return c, true
		}
	}
	return Campaign{}, false
}

func (b *Book) callList(area *Area, today Date) (list []*Customer, excluded []Excluded) {
	var candidates []visitCandidate
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if c := b.candidate(l, today); c.standing.State == StateOverdue || c.standing.State == StateNever {
			candidates = append(candidates, c)
		}
	}
	slices.SortFunc(candidates, urgencyOfVisit)
	for _, c := range candidates {
		if reason := b.Exclusion(c.customer, today); reason != NotExcluded {
			excluded = append(excluded, Excluded{c.customer, reason})
		} else {
			list = append(list, c.customer)
		}
	}
	return list, excluded
}

// Exclusion is why marketing should not call the account on a day, NotExcluded
// when it may.
func (b *Book) Exclusion(l *Customer, today Date) Exclusion {
	last := l.Visits.OnOrBefore(today)
	var lastCall Date
	attempts, reached, optedOut := 0, false, false
	for call := range l.Calls.All() {
		if call.Date > today {
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
	case optedOut || l.DoNotCall || b.OptedOut(l.Code, today):
		return OptedOut
	case l.Phone == "":
		return NoPhone
	case l.Consent == ConsentNone:
		return NoConsent
	case last != 0 && int(today-last) <= b.settings.VisitPause:
		return VisitedLately
	case plannedBetween(l, today, today+Date(b.settings.PlanPause)):
		return PlannedSoon
	case lastCall != 0 && int(today-lastCall) <= b.settings.CallPause:
		return CalledLately
	case attempts >= b.settings.MaximumAttempts && !reached:
		return TooManyAttempts
	}
	return NotExcluded
}

// roundHalfUp is part / of, both not negative, rounded to the nearest whole
// number, halves up.
func roundHalfUp(part, of int) int { return (2*part + of) / (2 * of) }

func ceilDiv(part, of int) int { return (part + of - 1) / of }
