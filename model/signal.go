package model

// The signals: findings that each ask one department to do something in one
// territory.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model/cores"
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

// SignalState says whether a signal asks for anything; states sort in this order.
type SignalState uint8

// The states of a signal.
const (
	SignalOpen     SignalState = iota // somebody has to act
	SignalOnCourse                    // it will come by itself at the usual pace
	SignalInHand                      // somebody is at it already
)

var signalStateWords = [...]string{SignalOpen: "open", SignalOnCourse: "on-course", SignalInHand: "in-hand"}

// String is the stable word of the state.
func (s SignalState) String() string { return wordOf(signalStateWords[:], int(s)) }

// Signal is one finding on a day, with the numbers it came from.
type Signal struct {
	Kind      Kind
	OnCourse  bool // it will come by itself at the usual pace, and asks for nothing
	InHand    bool // somebody is already at it: Campaign says with what
	Territory string
	Campaign  string // step up: the campaign to support; in hand: the one that helps
	Urgency   int    // 0 … 100

	Readiness Readiness // step up visits
	Contact   InContact // the other kinds
}

// State says whether the signal asks for anything.
func (s Signal) State() SignalState {
	switch {
	case s.InHand:
		return SignalInHand
	case s.OnCourse:
		return SignalOnCourse
	}
	return SignalOpen
}

// Open reports whether the signal asks for anything.
func (s Signal) Open() bool { return s.State() == SignalOpen }

// Readiness is how far a campaign's visits in one territory have come on a day.
type Readiness struct {
	WindowStart, WindowEnd    Date
	Targets, Needed           int            // accounts
	Served, Booked, Gap       int            // accounts; Gap is not below 0
	ByPhone                   int            // accounts that are called in place of a visit: Needed is without them
	DaysLeft                  int            // working days, today included
	Holidays                  []Date         // public holidays among them, Monday to Friday, which do not count
	Calendar                  string         // of public holidays; empty: none
	CalendarUnknown           bool           // holidays are not left out, since nobody knows the calendar
	RequiredPace, UsualPace   float64        // visits a week; usual is that at the targets
	Weeks                     [PaceWeeks]int // counted visits at the targets, as in Numbers
	Vacant                    bool           // the territory has no rep
	HalvesAway                int            // half days of the days left on which the rep is away
	Planned                   int            // the rep's planned visits, at any account, in the days left
	CoverHalves, CoverRoom    int            // half days of those away on which others stand in, and the visits they can make
	Room                      int            // visits the rep, and who stands in, can still make
	Contested, ContestedBy    int            // what the rep's other step-up signals are short of, and of how many campaigns they are
	Beyond                    int            // accounts no visit can reach in time
	Accounts                  []*Customer    // neither served nor booked, who should be seen first first
	BeyondAccounts            []*Customer    // the Beyond ones marketing could call, first first
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
	NoBasis
	VisitedLately
	PlannedSoon
	CalledLately
	TooManyAttempts
)

// Exclusions lists the exclusions in the order in which they are checked.
var Exclusions = [...]Exclusion{OptedOut, NoPhone, NoConsent, NoBasis, VisitedLately, PlannedSoon, CalledLately, TooManyAttempts}

var exclusionWords = [...]string{
	NotExcluded: "", OptedOut: "opted_out", NoPhone: "no_phone", NoConsent: "no_consent", NoBasis: "no_basis", VisitedLately: "visited",
	PlannedSoon: "planned", CalledLately: "called", TooManyAttempts: "attempts",
}

// String is the stable word of the exclusion.
func (e Exclusion) String() string { return wordOf(exclusionWords[:], int(e)) }

// Excluded is an account that is not on a call list, and why.
type Excluded struct {
	Customer *Customer
	Reason   Exclusion
}

// Signals are all signals, most urgent first; behind the open ones those on course,
// those in hand last. The caller must not change the slice.
func (d *Day) Signals() []Signal {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.allAt != d.book.revision || d.all == nil {
		areas := d.book.Areas()
		d.findAll(areas)
		var before []Signal // in their order, of which those of the areas that did not change stay
		if d.allOf != nil && len(d.allOf) == len(areas) && (len(areas) == 0 || &d.allOf[0] == &areas[0]) {
			before = d.all
		}
		moved := map[string]bool{} // reps of areas in which something else was found
		for _, area := range areas {
			if kept, found := d.of(area), d.found(area); !sameList(kept.counted, found) {
				moved[area.Rep], kept.counted = true, found
			}
		}
		alone := before != nil && len(d.book.covered) == 0 // no two reps want room of one
		var fresh []*Signal
		changed := map[string]bool{} // areas whose signals are not those of the last time
		for _, area := range areas {
			kept := d.of(area)
			signals := kept.signals
			if !alone || moved[area.Rep] || !sameList(kept.base, kept.counted) {
				signals = d.areaSignals(area)
			}
			if !sameList(signals, kept.shown) {
				changed[area.Code], kept.shown = true, signals
			} else if before != nil {
				continue
			}
			for i := range signals {
				fresh = append(fresh, &signals[i])
			}
		}
		now := before
		if before == nil || len(changed) > 0 {
			now = inOrder(fresh, before, changed)
		}
		d.turn(now, changed)
		d.all, d.allAt, d.allOf = now, d.book.revision, areas
	}
	return d.all
}

// leastAreas is how many areas are worth a goroutine.
const leastAreas = 8

// findAll finds the signals of the areas that have changed, on all cores: what one area's
// own facts give needs no other area. The lock is held.
func (d *Day) findAll(areas []*Area) {
	if d.base != nil { // it has found most already
		return
	}
	var changed []*Area
	for _, area := range areas {
		if d.of(area).foundAt != area.findings { // and has its place from now on
			changed = append(changed, area)
		}
	}
	d.silenced() // all ask for it: from here on it is only read
	cores.Each(len(changed), leastAreas, func(i int) { d.found(changed[i]) })
}

// AreaSignals are a territory's signals, in Signals' order. The caller must not
// change the slice.
func (d *Day) AreaSignals(area *Area) []Signal {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.areaSignals(area)
}

// inOrder copies the signals in the order in which they are shown, with those of before
// that are of none of the areas changed; fresh is sorted. A signal is large: it is moved
// once.
func inOrder(fresh []*Signal, before []Signal, changed map[string]bool) []Signal {
	slices.SortFunc(fresh, orderOfSignals)
	list := make([]Signal, 0, len(before)+len(fresh))
	for i := range before {
		s := &before[i]
		if changed[s.Territory] {
			continue
		}
		for len(fresh) > 0 && orderOfSignals(fresh[0], s) < 0 {
			list, fresh = append(list, *fresh[0]), fresh[1:]
		}
		list = append(list, *s)
	}
	for _, s := range fresh {
		list = append(list, *s)
	}
	return list
}

func orderOfSignals(x, y *Signal) int {
	return cmp.Or(
		cmp.Compare(x.State(), y.State()),
		cmp.Compare(y.Urgency, x.Urgency),
		cmp.Compare(x.Kind, y.Kind),
		strings.Compare(x.Territory, y.Territory),
		strings.Compare(x.Campaign, y.Campaign),
	)
}

func (d *Day) findSignals(area *Area) []Signal {
	var found []*Signal
	for _, campaign := range d.campaigns() {
		if s, raised := d.stepUp(campaign, area); raised {
			found = append(found, &s)
		}
	}
	if s, raised := d.underContacted(area); raised {
		found = append(found, &s)
	}
	return inOrder(found, nil, nil)
}
