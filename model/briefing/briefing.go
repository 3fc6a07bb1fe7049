// Package briefing gathers what both departments lay on the table when they meet: what
// became of what they decided, what is open, and what nobody knows. It names territories
// and departments, and no persons.
package briefing

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
)

const (
	// Week is how many days lie between two meetings.
	Week = 7
	// Lookback is how many days back passes are counted, as many as the usual pace.
	Lookback = model.PaceWeeks * Week
	// Trend is how many days ago coverage is looked at once more.
	Trend = 4 * Week
	// mostRegions is how many regions have a line of their own.
	mostRegions = 8
)

// Frame is what a briefing is made of.
type Frame struct {
	Since  model.Date             // of the last meeting: what was decided from this day on is told
	Wanted func(*model.Area) bool // which territories it is about; nil: all
	// Persons says that people are named, and that figures which show one person's work
	// stand by themselves. See Persons.
	Persons bool
}

// Persons is the one place that says whether a briefing of a business names people: where
// the business does not hold to fair mode.
func Persons(d *model.Day) bool { return d.Book().ShowsPersons() }

// Decision is a case in which somebody decided something, or should have.
type Decision struct {
	answer.Case
	// Day is the one that matters next: by when it is to be answered or done, or when a
	// refusal is over; of one that has ended the day of the end.
	Day model.Date
	// Whose department it is up to.
	Whose model.Role
	// Forgotten says that nobody answered until it was too late.
	Forgotten bool
}

// Open is a signal that asks for something, with its case.
type Open struct {
	model.Signal
	Case  answer.Case
	Whose model.Role // whose turn it is
	Day   model.Date // by when an answer is due, or what was promised is to be done; 0: none
}

// Passed are the passes to one department.
type Passed struct {
	To model.Role
	answer.Tally
	Lately int // of those given, since the last meeting
}

// Region is the state of a region.
type Region struct {
	Path        string // "": all in one
	Territories int
	model.Numbers
	Before model.Coverage // Trend days ago
	// Alone says that the pace would be one rep's, and is not to be shown.
	Alone bool
}

// Carry is whether sales can make the visits that a campaign needs.
type Carry string

// The ways a campaign can stand, the best first.
const (
	CarryDone      Carry = "done"      // nothing is missing
	CarryUsual     Carry = "usual"     // as usual
	CarryStepUp    Carry = "step-up"   // if visits are stepped up
	CarryContested Carry = "contested" // not together with the other campaigns that want the same room
	CarryBeyond    Carry = "beyond"    // not even alone
	CarryCalls     Carry = "calls"     // marketing calls: it asks for no visits
)

var carries = [...]Carry{CarryDone, CarryUsual, CarryStepUp, CarryContested, CarryBeyond}

// Ahead is a campaign that is not over.
type Ahead struct {
	Campaign                             model.Campaign
	Targets, Needed, Served, Booked, Gap int // of CarryCalls: Served are those called
	Beyond                               int // accounts that no visit can reach in time
	Carry                                Carry
	Tight                                []string // territories that make it so
}

// Silent is a territory of which nobody knows what was done lately.
type Silent struct {
	Territory  string
	LastReport model.Date // 0: never
}

// Unknown is what a briefing cannot know.
type Unknown struct {
	Silent   []Silent
	Vacant   []string // territories without a rep
	Accounts int      // active ones
	Unplaced int      // of them, those that no map and no week plan can place
	Homeless int      // active accounts in no territory; only where all are looked at
}

// Briefing is the sheet.
type Briefing struct {
	Day, Since  model.Date
	Next        model.Date // the next meeting
	Persons     bool
	Part        bool // not all territories were asked for
	Territories int
	Decisions   []Decision
	Signals     []Open
	OnCourse    int // signals that need nothing at the usual pace
	InHand      int // signals that a campaign already takes care of
	PassedSince model.Date
	Passes      [2]Passed // to sales, to marketing
	Regions     []Region  // in the order of their paths; behind more than one all in one
	Campaigns   []Ahead   // by their first day
	Clashes     []double.Clash
	Unknown     Unknown
}

// Make gathers all of it.
func Make(d *model.Day, f Frame) Briefing {
	m := Begin(d, f)
	for m.Step() {
	}
	return m.Briefing()
}

// Maker gathers a briefing step by step, for those who have something else to do in
// between.
type Maker struct {
	d       *model.Day
	f       Frame
	before  *model.Day
	made    Briefing
	wanted  map[string]*model.Area
	areas   []*model.Area
	cases   []answer.Case
	numbers map[string]area
	left    []func()
}

// area is what was counted of one territory.
type area struct {
	now    model.Numbers
	before model.Coverage
}

// Begin begins one.
func Begin(d *model.Day, f Frame) *Maker {
	m := &Maker{d: d, f: f, before: d.Book().Past(max(d.Date()-Trend, model.FirstDate)), wanted: map[string]*model.Area{}, numbers: map[string]area{}}
	m.made = Briefing{Day: d.Date(), Since: f.Since, Next: d.Date() + Week, Persons: f.Persons, Part: f.Wanted != nil, PassedSince: max(d.Date()-Lookback+1, model.FirstDate)}
	for _, a := range d.Book().Areas() {
		if a.Known && (f.Wanted == nil || f.Wanted(a)) {
			m.wanted[a.Code], m.areas = a, append(m.areas, a)
			m.left = append(m.left, func() { m.territory(a) })
		}
	}
	m.made.Territories = len(m.areas)
	for _, key := range d.Book().Answered() {
		if m.wanted[key.Territory] != nil {
			m.left = append(m.left, func() { m.cases = append(m.cases, answer.Cases(d, key)...) })
		}
	}
	for _, s := range d.Signals() {
		if m.wanted[s.Territory] != nil {
			m.left = append(m.left, func() { m.signal(s) })
		}
	}
	for _, c := range d.Book().Campaigns() {
		if c.Status == model.CampaignPlanned && c.End >= d.Date() && c.Start-model.Date(d.Settings().Horizon) <= d.Date() {
			m.left = append(m.left, func() { m.campaign(c) })
		}
	}
	m.left = append(m.left, m.clashes, m.decisions, m.regions)
	return m
}

// Step takes the next step; false: there was none.
func (m *Maker) Step() (more bool) {
	if len(m.left) == 0 {
		return false
	}
	next := m.left[0]
	m.left = m.left[1:]
	next()
	return true
}

// Briefing is what has been gathered: all of it once Step has nothing more to do.
func (m *Maker) Briefing() Briefing { return m.made }

// territory looks at one territory: its cases, its numbers, and what is not known of it.
func (m *Maker) territory(a *model.Area) {
	b := m.d.Book()
	cases := answer.Raised(m.d, a.Code, m.made.PassedSince)
	m.cases = append(m.cases, cases...)
	for _, c := range cases {
		i := 0
		if c.Signal.Kind.Owner() == model.RoleMarketing {
			i = 1
		}
		passed := &m.made.Passes[i]
		passed.Add(c)
		if c.Raised >= m.made.Since {
			passed.Lately++
		}
	}
	m.numbers[a.Code] = area{m.d.Numbers(a), m.before.Numbers(a).All}
	unknown := &m.made.Unknown
	for _, l := range a.Accounts() {
		if l.Inactive {
			continue
		}
		unknown.Accounts++
		if !l.At.Valid() {
			unknown.Unplaced++
		}
	}
	if a.Rep == "" {
		unknown.Vacant = append(unknown.Vacant, a.Code)
		return
	}
	last := b.Reports(a.Rep).OnOrBefore(m.d.Date())
	if last == 0 || int(m.d.Date()-last) >= m.d.Settings().SilentDays {
		unknown.Silent = append(unknown.Silent, Silent{a.Code, last})
	}
}

// signal takes up a signal of the day.
func (m *Maker) signal(s model.Signal) {
	switch s.State() {
	case model.SignalOnCourse:
		m.made.OnCourse++
		return
	case model.SignalInHand:
		m.made.InHand++
		return
	}
	open := Open{Signal: s, Whose: s.Kind.Owner()}
	if c, running := answer.Of(m.d, s.Key()); running {
		decision := decisionOf(c)
		open.Case, open.Whose, open.Day = c, decision.Whose, decision.Day
	}
	m.made.Signals = append(m.made.Signals, open)
}

// decisionOf says whose a case is, and which day matters next.
func decisionOf(c answer.Case) Decision {
	decision := Decision{Case: c, Whose: c.Signal.Kind.Owner()}
	switch {
	case !c.Running():
		decision.Day = c.Ended
		decision.Forgotten = c.State == answer.Missed && c.Answer.Says == ""
	case c.Turn != "":
		decision.Whose, decision.Day = c.Turn, c.Due
	case c.State == answer.Accepted && c.Answer.Says == model.SaysAccept, c.State == answer.Declined:
		decision.Day = c.Answer.Until
	}
	return decision
}

// decisions keeps the cases that are to be told: those in which something was decided that
// still run or have ended since the last meeting, and those that ended without anybody's
// word.
func (m *Maker) decisions() {
	type one struct {
		key    model.SignalKey
		raised model.Date
	}
	seen := map[one]bool{}
	for _, c := range m.cases {
		decision, decided := decisionOf(c), c.Answer.Says != ""
		switch {
		case seen[one{c.Signal, c.Raised}], !decided && !decision.Forgotten, !c.Running() && c.Ended < m.made.Since:
			continue
		}
		seen[one{c.Signal, c.Raised}] = true
		m.made.Decisions = append(m.made.Decisions, decision)
	}
	slices.SortStableFunc(m.made.Decisions, func(x, y Decision) int {
		return cmp.Or(cmp.Compare(x.rank(), y.rank()), cmp.Compare(x.Day, y.Day), strings.Compare(x.Signal.Territory, y.Signal.Territory),
			cmp.Compare(x.Signal.Kind, y.Signal.Kind), strings.Compare(x.Signal.Campaign, y.Signal.Campaign))
	})
}

// rank puts first what the meeting has to talk about.
func (c Decision) rank() int {
	switch {
	case c.State == answer.Missed:
		return 0
	case c.Unanswered:
		return 1
	case c.Turn != "":
		return 2
	case c.Quiet:
		return 3
	case c.Running():
		return 4
	}
	return 5
}

// campaign says how far one has come in the territories that are looked at, and whether
// sales can carry it.
func (m *Maker) campaign(c model.Campaign) {
	a := Ahead{Campaign: c, Carry: CarryDone}
	found := false
	for _, area := range m.areas {
		if !c.Names(area.Territory) {
			continue
		}
		found = true
		if c.IsTelemarketing() {
			a.Carry = CarryCalls
			m.called(&a, area)
			continue
		}
		r := m.d.Readiness(c, area)
		a.Targets, a.Needed, a.Served, a.Booked, a.Gap, a.Beyond = a.Targets+r.Targets, a.Needed+r.Needed, a.Served+r.Served, a.Booked+r.Booked, a.Gap+r.Gap, a.Beyond+r.Beyond
		carry := m.carry(c, area, r)
		switch {
		case carry == a.Carry && carry != CarryDone:
			a.Tight = append(a.Tight, area.Code)
		case slices.Index(carries[:], carry) > slices.Index(carries[:], a.Carry):
			a.Carry, a.Tight = carry, []string{area.Code}
		}
	}
	if found {
		m.made.Campaigns = append(m.made.Campaigns, a)
	}
	slices.SortStableFunc(m.made.Campaigns, func(x, y Ahead) int {
		return cmp.Or(cmp.Compare(x.Campaign.Start, y.Campaign.Start), strings.Compare(x.Campaign.Code, y.Campaign.Code))
	})
}

// carry is whether the territory's rep can make the visits.
func (m *Maker) carry(c model.Campaign, area *model.Area, r model.Readiness) Carry {
	switch {
	case r.Gap == 0:
		return CarryDone
	case r.Beyond > 0:
		return CarryBeyond
	case r.Gap+r.Contested > r.Room:
		return CarryContested
	}
	for _, s := range m.d.AreaSignals(area) {
		if s.Kind == model.StepUpVisits && s.Campaign == c.Code && s.OnCourse {
			return CarryUsual
		}
	}
	return CarryStepUp
}

// called counts the accounts of a campaign of calls, and those that were called for it.
func (m *Maker) called(a *Ahead, area *model.Area) {
	for _, l := range area.Accounts() {
		if l.Inactive || !m.d.Book().AimsAt(a.Campaign, &l.Account) {
			continue
		}
		a.Targets++
		for call := range l.Calls.All() {
			if call.Date >= a.Campaign.Start && call.Date <= min(a.Campaign.End, m.d.Date()) {
				a.Served++
				break
			}
		}
	}
}

// clashes keeps those that touch one of the territories.
func (m *Maker) clashes() {
	for _, c := range double.Clashes(m.d) {
		if slices.ContainsFunc(c.Territories, func(code string) bool { return m.wanted[code] != nil }) {
			m.made.Clashes = append(m.made.Clashes, c)
		}
	}
	if m.f.Wanted != nil {
		return
	}
	for l := range m.d.Book().Accounts {
		if l.Territory == "" && !l.Inactive {
			m.made.Unknown.Homeless++
		}
	}
}

// regions sums territories up, by the parts of their regions' paths: as deep as there are
// few enough lines, and two territories for each of them.
func (m *Maker) regions() {
	deepest := 0
	for _, a := range m.areas {
		deepest = max(deepest, strings.Count(a.Region, "/")+1)
	}
	var lines []string
	for depth := deepest; depth > 0; depth-- {
		lines = lines[:0]
		for _, a := range m.areas {
			if path := upTo(a.Region, depth); !slices.Contains(lines, path) {
				lines = append(lines, path)
			}
		}
		if len(lines) <= mostRegions && 2*len(lines) <= len(m.areas) {
			slices.Sort(lines)
			if len(lines) > 1 {
				for _, path := range lines {
					m.made.Regions = append(m.made.Regions, m.region(path, func(a *model.Area) bool { return upTo(a.Region, depth) == path }))
				}
			}
			break
		}
	}
	m.made.Regions = append(m.made.Regions, m.region("", func(*model.Area) bool { return true }))
}

// upTo is the beginning of a path.
func upTo(path string, depth int) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[:min(depth, len(parts))], "/")
}

func (m *Maker) region(path string, of func(*model.Area) bool) Region {
	r := Region{Path: path}
	reps := map[string]bool{}
	for _, a := range m.areas {
		if !of(a) {
			continue
		}
		r.Territories++
		if a.Rep != "" {
			reps[a.Rep] = true
		}
		counted := m.numbers[a.Code]
		r.Add(counted.now)
		r.Before.Accounts, r.Before.Covered, r.Before.Contacted = r.Before.Accounts+counted.before.Accounts, r.Before.Covered+counted.before.Covered, r.Before.Contacted+counted.before.Contacted
	}
	r.Alone = len(reps) == 1 && !m.f.Persons
	return r
}
