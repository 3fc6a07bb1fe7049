package briefing

// How a briefing is made, territory by territory, so that a screen can stay awake meanwhile.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
)

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
