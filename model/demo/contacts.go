package demo

// What happened at an account: visits from the latest backwards, calls, and what
// is planned.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/model/place"
)

// lastVisit is the day of the latest visit that puts the account where it stands;
// 0 for those never visited.
func (g *ground) lastVisit(a *model.Account, seat seat, interval int) model.Date {
	today := g.m.o.Today
	ago := func(from, to int) span { return span{today - model.Date(to), today - model.Date(from)} }
	silence := 0
	if g.lastReport != 0 {
		silence = int(today - g.lastReport)
	}
	switch seat.standing {
	case inTime:
		if !g.reported && g.rep != nobody && interval >= silence {
			// The latest report is no matter of chance: rep by rep, it decides whether
			// reports are missing.
			g.reported = true
			return g.pick(g.latest())
		}
		return g.pick(ago(silence, interval))
	case slipping:
		// Early enough that the territory seemed to lack contact before it was clear that
		// only the reports are missing: that case has gone without anybody's work.
		return g.pick(ago(interval+1+min(slippedFor, silence/2), interval+silence))
	case phoned, late:
		if a.Interval == 7 {
			return g.pick(ago(8, 13))
		}
		first := interval + silence + 1
		if g.rep == nobody { // not since the territory was left
			first = max(first, int(today-g.away.first)+1)
		}
		return g.pick(ago(first, first+interval+g.r.IntN(interval)))
	}
	return 0
}

// latest are the days on which the territory's rep was last out.
func (g *ground) latest() span {
	if g.lastReport != 0 {
		return span{g.lastReport, g.lastReport}
	}
	return span{g.m.o.Today - backFor, g.m.o.Today}
}

// pick is a working day of the span on which somebody was there, and not in the
// quiet weeks if that can be helped.
func (g *ground) pick(s span) model.Date {
	c := g.m.calendar
	from, to := c.within(s)
	if from >= to {
		return s.last
	}
	for range 12 {
		d := c.days[from+g.r.IntN(to-from)]
		if !g.isAway(d) && (!c.isQuiet(d) || g.r.IntN(2) == 0) {
			return d
		}
	}
	for i := from; i < to; i++ {
		if d := c.days[i]; !g.isAway(d) {
			return d
		}
	}
	return c.days[from+g.r.IntN(to-from)] // a colleague stood in
}

func (g *ground) isAway(d model.Date) bool { return g.away.last != 0 && g.away.has(d) }

// repOn is who looked after the territory on a day, as an index into reps.
func (g *ground) repOn(d model.Date) int {
	if g.former != nobody && (g.rep == nobody || d < g.m.o.Today-model.Date(g.story.handover)) {
		return g.former
	}
	return g.rep
}

// visits makes the account's visits, the latest on the day given.
func (g *ground) visits(a *model.Account, interval int, last model.Date) {
	m, r, c := g.m, g.r, g.m.calendar
	first := m.o.Today - model.Date(m.history)
	if a.Since != 0 {
		first = max(first, a.Since)
	}
	mean := max(1.5, float64(interval)/m.density)
	day := last
	for {
		g.add(a, day, model.VisitMet)
		gap := max(1, int(mean*(0.72+0.5*r.Float64())))
		next := day - model.Date(gap)
		if g.isAway(next) {
			next = g.away.first - 1 - model.Date(r.IntN(7))
		}
		if next >= first && c.isQuiet(next) && r.IntN(5) < 2 {
			next -= model.Date(5 + r.IntN(15))
		}
		if next = c.before(next); next < first || next == 0 {
			break
		}
		// Now and then somebody stood before a closed door first, or only phoned.
		if gap >= 6 && r.IntN(14) == 0 {
			between := c.before(next + model.Date(1+r.IntN(gap-1)))
			if between > next && between < day && !g.isAway(between) {
				g.add(a, between, [...]model.VisitKind{model.VisitNotMet, model.VisitNotMet, model.VisitOther}[r.IntN(3)])
			}
		}
		day = next
	}
	slices.Reverse(m.visitRows)
}

// The days' half hours: the first visit from 8:00, the last one begins by 16:30.
const (
	halfHours  = 18
	allTaken   = 1<<halfHours - 1
	dayStart   = 8 * 60
	tillNoon   = 6 // half hours of a day that is not over yet
	orderSizes = 20
)

// hour finds a free half hour in a rep's day; a day that is full takes in one more
// visit anywhere.
func (g *ground) hour(rep int, d model.Date, slots int) model.Clock {
	taken := &g.m.busy[rep][d-g.m.calendar.first]
	draw := g.r.Uint32()
	slot := int(draw % uint32(slots))
	if *taken&allTaken != allTaken {
		for range slots {
			if *taken&(1<<slot) == 0 {
				break
			}
			slot = (slot + 1) % slots
		}
	}
	*taken |= 1 << slot
	minute := dayStart + 30*slot + 5*int(draw>>16%3)
	return model.NewClock(minute/60, minute%60)
}

var (
	visitOutcomes = [...]string{"order", "order", "order", "interest", "interest", "interest", "none", "none", "complaint", "sample"}
	guestsOf      = func() (all [len(guests)][]string) {
		for i := range guests {
			all[i] = []string{guests[i]}
		}
		return all
	}()
)

func (g *ground) add(a *model.Account, d model.Date, kind model.VisitKind) {
	m, r := g.m, g.r
	rep := g.repOn(d)
	slots := halfHours
	if d == m.o.Today {
		slots = tillNoon
	}
	m.visitRows = append(m.visitRows, model.Visit{
		Account: a.Code, Date: d, Time: g.hour(rep, d, slots), Rep: m.reps[rep].Code, Kind: kind,
	})
	v := &m.visitRows[len(m.visitRows)-1]
	draw := r.Uint64()
	chance := func(of uint64) bool { // takes its part of the draw
		hit := draw%of == 0
		draw /= of
		return hit
	}
	note := chance(8)
	switch kind {
	case model.VisitNotMet:
		if note {
			v.Note = notMetNotes[draw%uint64(len(notMetNotes))]
		}
		return
	case model.VisitOther:
		v.Note = otherNotes[draw%uint64(len(otherNotes))]
		return
	}
	if note {
		v.Note = visitNotes[draw/64%uint64(len(visitNotes))]
	}
	v.Outcome = visitOutcomes[draw%uint64(len(visitOutcomes))]
	draw /= uint64(len(visitOutcomes))
	v.Minutes = 15 + 5*int(draw%7)
	draw /= 7
	if v.Outcome == "order" {
		share := 2 + draw%orderSizes // twentieths of a twelfth of the year
		v.Value = a.Potential / 12 * model.Money(share) / 20 / 1000 * 1000
	}
	draw /= orderSizes
	if chance(60) {
		v.Guests = guestsOf[draw%uint64(len(guestsOf))]
	}
}

// plan books the account for one of the coming weeks, or does not.
func (g *ground) plan(a *model.Account, seat seat, interval int, last model.Date) (model.PlannedVisit, bool) {
	m, r, c := g.m, g.r, g.m.calendar
	today := m.o.Today
	if seat.inactive || g.rep == nobody || g.story.books == plansNothing {
		return model.PlannedVisit{}, false
	}
	share := int(today-last) * 100 / interval
	percent := map[standing]int{inTime: 3, phoned: 20, late: 24, unseen: 12, fresh: 45}[seat.standing]
	if seat.standing == inTime && share >= 70 {
		percent = 40
	}
	coming := span{today + 1, today + 18}
	switch g.story.books {
	case plansLittle:
		percent /= 3
	case plansWithoutOld:
		if seat.class == model.ClassA && seat.standing == late {
			percent = 0
		}
	case plansTheFair:
		fair := m.campaigns.fair
		lead := model.Date(model.DefaultSettings().Lead)
		if seat.class == model.ClassA && last < fair.Start-lead {
			percent, coming.last = 100, fair.End
		}
	}
	if r.IntN(100) >= percent {
		return model.PlannedVisit{}, false
	}
	from, to := c.within(coming)
	if from >= to {
		return model.PlannedVisit{}, false
	}
	d, at := g.appointment(a, from+min(r.IntN(to-from), r.IntN(to-from)), from, to)
	if at == 0 && g.story.books != plansTheFair { // the rep's days are full
		return model.PlannedVisit{}, false
	}
	return model.PlannedVisit{Rep: m.reps[g.rep].Code, Date: d, Account: a.Code, Time: at, Minutes: plannedMinutes}, true
}

// A planned day: few enough visits, far enough apart and outside the usual lunch
// closures, so that a rep can really drive it; fewer where the way there is long.
var (
	nearHours = [...]model.Clock{model.NewClock(9, 15), model.NewClock(11, 15), model.NewClock(14, 0)}
	farHours  = [...]model.Clock{model.NewClock(10, 45), model.NewClock(14, 0)}
)

const (
	plannedMinutes = 30
	farFromHome    = 60.0 // kilometres as the crow flies
)

// appointment is the first free time from a working day on, of those from … to, at
// which the account is open and the rep is in this territory: a rep of several does
// not cross the country in a day. Where nothing is free any more, the time is open.
func (g *ground) appointment(a *model.Account, at, from, to int) (model.Date, model.Clock) {
	m := g.m
	mine, shared := g.turns()
	times := nearHours[:]
	home := m.reps[g.rep].HomeAt
	if place.Distance(place.Location(home), place.Location(a.At)) > farFromHome {
		times = farHours[:]
	}
	opening, err := hours.Parse(a.Hours)
	if err != nil {
		opening = nil // the generator writes none that cannot be read; always open then
	}
	fallback := at
	for day := at; day < at+to-from; day++ {
		i := from + (day-from)%(to-from)
		if i%shared != mine {
			continue
		}
		if fallback == at {
			fallback = i
		}
		d := m.calendar.days[i]
		for slot, clock := range times {
			bit := uint8(1) << slot
			if m.planned[g.rep][d]&bit == 0 && open(opening, d, clock) {
				m.planned[g.rep][d] |= bit
				return d, clock
			}
		}
	}
	return m.calendar.days[fallback], 0
}

// turns says which of the rep's territories this is, and of how many.
func (g *ground) turns() (mine, shared int) {
	for i, site := range sites {
		if site.rep == sites[g.place].rep {
			if i == g.place {
				mine = shared
			}
			shared++
		}
	}
	return mine, shared
}

func open(opening *hours.Hours, d model.Date, at model.Clock) bool {
	for _, s := range opening.On(d, nil) {
		if s.From <= at.Minutes() && at.Minutes()+plannedMinutes <= s.To {
			return true
		}
	}
	return false
}
