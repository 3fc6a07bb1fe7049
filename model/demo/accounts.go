package demo

// The accounts of a territory, one after the other.

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"doppelpass/model"
)

// ground is the territory that is being filled.
type ground struct {
	m           *maker
	r           *rand.Rand
	place       int // in sites
	story       story
	code        string
	rep, former int // in reps; nobody: vacant
	away        span
	lastReport  model.Date // of a rep who went silent
	reported    bool       // lastReport has its row
	wantsWeekly bool       // the account that wants to be seen every week is still to come
	leaves      *leaving   // what a call left to be done here; nil: nothing, or it is done
	clashes     bool       // the account that is to be visited and called is still to come
}

func (m *maker) accounts(t, count int) error {
	place, n := t%len(sites), t/len(sites)
	s := sites[place]
	g := &ground{
		m: m, r: m.random(uint64(t)<<1 + 1), place: place, story: s.story, code: m.territories[t].Code,
		rep: nobody, former: nobody, wantsWeekly: s.story.short, clashes: place == stuttgart, leaves: leaves[place],
	}
	if s.rep != nobody {
		g.rep = n*len(people) + s.rep
	}
	if s.story.handover > 0 {
		g.former = n*len(people) + s.story.former
	}
	today := m.o.Today
	if s.story.away != (ages{}) {
		g.away = span{today - model.Date(s.story.away.from), today - model.Date(s.story.away.to)}
	}
	if s.story.silent {
		g.lastReport = m.calendar.before(today - silentFor)
		g.away = span{g.lastReport + 1, today}
	}
	m.steer()
	for _, seat := range seats(g.r, s.story, count) {
		if err := g.account(seat); err != nil {
			return err
		}
	}
	return nil
}

// account makes one account with all that happened there.
func (g *ground) account(seat seat) error {
	m := g.m
	m.made++
	a := g.describe(seat)
	interval := a.Interval
	if interval == 0 {
		interval = model.DefaultSettings().Interval(a.Class)
	}
	last := g.lastVisit(&a, seat, interval)
	g.since(&a, seat, interval, last)
	m.visitRows = m.visitRows[:0]
	if last != 0 {
		g.visits(&a, interval, last)
	}
	m.callRows = m.callRows[:0]
	g.calls(&a, seat, interval, last)
	if err := m.sink.Put(a); err != nil {
		return err
	}
	for _, c := range m.people(a) {
		if err := m.sink.Put(c); err != nil {
			return err
		}
	}
	planned, plans := g.plan(&a, seat, interval, last)
	left, leaves := g.left(&a, seat, last, plans)
	m.rows += len(m.visitRows)
	if len(m.visitRows)+len(m.callRows) > 0 {
		if err := m.sink.Contacts(a.Code, m.visitRows, m.callRows); err != nil {
			return err
		}
	}
	if err := m.settled(); err != nil {
		return err
	}
	switch {
	case leaves:
		return m.sink.Put(left)
	case !plans:
		return nil
	}
	if promised, clashes := g.clash(&a, planned); clashes {
		return m.sink.Put(planned, promised)
	}
	return m.sink.Put(planned)
}

// describe makes the account's card.
func (g *ground) describe(seat seat) model.Account {
	r, m := g.r, g.m
	where := g.town()
	name := companyName(r, m.names)
	m.names++
	a := model.Account{
		Code: fmt.Sprintf("K-%0*d", m.codeWidth, m.made), Name: name, Territory: g.code, Class: seat.class, Inactive: seat.inactive,
		Address: model.Address{
			Street: fmt.Sprintf("%s %d", streets[r.IntN(len(streets))], 1+r.IntN(120)), Postcode: where.postcode, City: where.name, Country: "DE",
		},
		At: nearby(r, where), Placed: model.PlacedFile, Consent: consent(r), DoNotCall: r.IntN(40) == 0,
		Hours: openingHours[r.IntN(len(openingHours))], Potential: potential(r, seat.class),
	}
	if r.IntN(25) > 0 || seat.standing == phoned {
		a.Phone = fmt.Sprintf("%s%03d", exchanges[sites[g.place].exchange], r.IntN(1000))
	}
	if r.IntN(4) > 0 {
		a.Email = mailAddress(name)
	}
	if r.IntN(3) == 0 {
		a.VisitMinutes = 15 + 15*r.IntN(4)
	}
	if r.IntN(8) == 0 {
		a.Note = accountNotes[r.IntN(len(accountNotes))]
	}
	if m.made%23 == 0 {
		a.MarketingNote = marketingNotes[m.made/23%len(marketingNotes)]
	}
	if a.Consent == model.ConsentPresumed && m.made%3 > 0 {
		a.ConsentBasis = consentBases[m.made%len(consentBases)]
	}
	if seat.standing == phoned {
		a.DoNotCall = false
		if a.Consent == model.ConsentNone {
			a.Consent = model.ConsentPresumed
		}
	}
	switch {
	case g.wantsWeekly && seat.class == model.ClassA && seat.standing == late && !seat.inactive:
		g.wantsWeekly = false
		a.Interval, a.DoNotCall, a.Consent = 7, false, model.ConsentGiven
		if a.Phone == "" {
			a.Phone = exchanges[sites[g.place].exchange] + "107"
		}
		a.Note = "Will jede Woche jemanden sehen, solange die neue Halle eingerichtet wird."
	case r.IntN(25) == 0 && seat.standing == inTime && g.story.away == (ages{}):
		a.Interval = model.DefaultSettings().Interval(seat.class) * 2 / 3
	}
	return a
}

// town picks one of the territory's places, larger ones more often.
func (g *ground) town() town {
	list := towns[g.place]
	return list[min(g.r.IntN(len(list)), g.r.IntN(len(list)+1))]
}

// nearby is a point within some kilometres of a town's centre.
func nearby(r *rand.Rand, t town) model.Coordinates {
	round := func(x float64) float64 { return math.Round(x*1e5) / 1e5 }
	return model.Coordinates{Lat: round(t.lat + 0.018*r.NormFloat64()), Lon: round(t.lon + 0.027*r.NormFloat64())}
}

func consent(r *rand.Rand) model.Consent {
	switch n := r.IntN(100); {
	case n < 38:
		return model.ConsentGiven
	case n < 82:
		return model.ConsentPresumed
	}
	return model.ConsentNone
}

// potential is a yearly value in steps of 500 €: A above 40,000, C below 8,000.
func potential(r *rand.Rand, class model.Class) model.Money {
	low, high := [...]int{40_000, 8_000, 500}[placeOf(class)], [...]int{180_000, 40_000, 8_000}[placeOf(class)]
	skew := r.Float64()
	value := float64(low) + float64(high-low)*skew*skew
	return model.Money(int(value/500)) * 500 * 100
}

// since sets the day from which somebody is a customer: before anything happened
// there, and within the first interval only for those who are new.
func (g *ground) since(a *model.Account, seat seat, interval int, last model.Date) {
	r, today := g.r, g.m.o.Today
	if seat.standing == unseen && a.ConsentBasis == "" {
		defer func() { a.Since = 0 }() // an address that somebody brought along
	}
	switch {
	case seat.standing == fresh:
		a.Since = today - model.Date(3+r.IntN(interval-10))
	case g.place == ulm && seat.standing == unseen:
		a.Since = today - takeoverAt
	case r.IntN(12) == 0:
		return // nobody knows
	default:
		a.Since = today - model.Date(g.m.history+r.IntN(4000))
		if r.IntN(10) == 0 && last != 0 && !g.story.silent {
			a.Since = today - model.Date(2*interval+r.IntN(300))
			a.Since = min(a.Since, last)
		}
	}
}

func lowerDots(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", ".") }

func topRegion(path string) string {
	top, _, _ := strings.Cut(path, "/")
	return top
}
