package week

// What the search of the month begins with: the accounts that are the rep's care, their
// days, and what is agreed.

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/model/route"
)

// search sets the search up from what is agreed.
func (m *Month) search() *monthSearch {
	s := &monthSearch{weeks: m.Weeks, daring: 1, random: rand.New(rand.NewPCG(monthSeed, monthSeed)), cost: m.stands[0].problem.DriveCost * pointParts * dearer / 100 / 3600}
	points := []model.Coordinates{{}}
	var customers []*model.Customer
	areas := m.areas()
	rests := m.holidays(areas)
	number := map[string]int32{}
	for _, area := range areas {
		for _, l := range area.Accounts() {
			if a, ok := m.visited(l, area, rests[area.Code]); ok {
				customers = append(customers, l)
				points = append(points, l.At)
				a.place = len(points) - 1
				number[l.Code] = int32(len(s.accounts))
				s.accounts = append(s.accounts, a)
			}
		}
	}
	for week, d := range m.stands {
		for day, placed := range d.days {
			t := outing{week: week, day: day, room: int32(d.room(day))}
			if m.kept[week] {
				t.room = 0
			}
			for _, p := range placed {
				l := d.Stops[p.Stop].Customer
				u, ok := number[l.Code]
				if !ok {
					// An account of somebody else's, or one whose place nobody knows: it
					// takes its time all the same.
					u = int32(len(s.accounts))
					number[l.Code] = u
					a := visited{customer: l, interval: math.MaxInt32, last: 0, service: int32(d.problem.Stops[p.Stop].Service)}
					if l.At.Valid() {
						points = append(points, l.At)
						a.place = len(points) - 1
					}
					s.accounts = append(s.accounts, a)
				}
				s.accounts[u].agreed = append(s.accounts[u].agreed, 7*week+day)
				t.visits = append(t.visits, stay{u, true})
			}
			s.tours = append(s.tours, t)
		}
		s.most = append(s.most, d.Holds())
	}
	for u := range s.accounts {
		slices.Sort(s.accounts[u].agreed)
	}
	points[0] = home(m.Rep, customers)
	s.points = points
	return s
}

// visited is an account as the search sees it; false where nothing can be planned there.
// rests tells by day whether the account's territory has a public holiday.
func (m *Month) visited(l *model.Customer, area *model.Area, rests []bool) (visited, bool) {
	k := m.desk
	if l.Inactive || !l.At.Valid() {
		return visited{}, false
	}
	end := m.MondayOf(m.Weeks)
	var elsewhere []int // days on which others visit it
	for _, p := range k.planned(l) {
		switch {
		case p.Date >= end:
			return visited{}, false
		case p.Rep != m.Rep.Code && p.Date >= m.Monday:
			elsewhere = append(elsewhere, int(p.Date-m.Monday))
		}
	}
	day := max(k.today, m.Monday)
	standing := k.standing(l, m.Monday, day)
	a := visited{
		customer: l, agreed: elsewhere, elsewhere: slices.Clone(elsewhere), until: m.Weeks, service: int32(route.Minutes(cmp.Or(l.VisitMinutes, k.rules.VisitMinutes))), weight: max(k.book.Settings().ClassWeight(l.Class), 1),
		interval: max(standing.Interval, 1), last: neverVisited, newUntil: -1, wish: wishes(l, day) && k.stands(l, m.Monday) == 0,
	}
	a.dueFrom = (k.book.Settings().DueFrom*a.interval + 99) / 100
	if standing.Last != 0 {
		a.last = int(standing.Last - m.Monday)
	} else if l.Since != 0 {
		a.newUntil = int(l.Since-m.Monday) + a.interval - 1
	}
	for _, w := range k.support[l.Code] {
		a.windows = append(a.windows, window{int(w.from - m.Monday), int(w.to - m.Monday)})
	}
	a.open = make([]bool, m.Weeks*Days)
	written, err := hours.Parse(l.Hours)
	for at := range a.open {
		day := m.Monday + model.Date(at)
		a.open[at] = err != nil || written == nil || len(written.On(day, func(model.Date) bool { return rests[at] })) > 0
		if area.Rep == m.Rep.Code {
			continue
		}
		// Another's account: only while standing in, and what becomes of it later is not
		// this month's to weigh.
		if !slices.Contains(k.book.CoveredOn(m.Rep.Code, day), area.Rep) {
			a.open[at] = false
		} else {
			a.until = at/Days + 1
		}
	}
	return a, true
}

// areas are the rep's territories, and those of the reps for whom this one stands in at
// some time.
func (m *Month) areas() (areas []*model.Area) {
	cared := append(m.desk.covering(m.Rep.Code, m.Monday, m.MondayOf(m.Weeks)-1), m.Rep.Code)
	for _, area := range m.desk.book.Areas() {
		if slices.Contains(cared, area.Rep) {
			areas = append(areas, area)
		}
	}
	return areas
}

// holidays are the public holidays of territories, by day from the first Monday.
func (m *Month) holidays(areas []*model.Area) map[string][]bool {
	rests := map[string][]bool{}
	for _, area := range areas {
		rests[area.Code] = make([]bool, m.Weeks*Days)
		for _, day := range m.desk.day.Holidays(area.Territory, m.Monday, m.MondayOf(m.Weeks)-1) {
			rests[area.Code][day-m.Monday] = true
		}
		for at := range rests[area.Code] {
			if holidayEverywhere(m.Monday + model.Date(at)) {
				rests[area.Code][at] = true
			}
		}
	}
	return rests
}
