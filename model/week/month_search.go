package week

// The search of the month: tours of all days of all weeks, made better by taking some
// neighbouring accounts out of all weeks and putting them back where that is worth most
// (ruin and recreate, as in the week planner; see package route for the sources). Hours of
// opening within a day are the week planner's; here only the days on which an account is
// open count.

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"doppelpass/model"
)

// outing is a day's tour.
type outing struct {
	week, day int
	room      int32 // seconds for visits and drives; 0: closed
	taken     int32 // seconds of visits and drives
	drive     int32
	visits    []stay
}

// stay is a visit of a tour.
type stay struct {
	account int32
	fixed   bool
}

type monthSearch struct {
	weeks    int
	accounts []visited
	points   []model.Coordinates // the first is home
	places   int
	drives   []int32 // seconds, places × places; place 0 is home
	near     [][]int32
	cost     int // of a second's driving, in parts of a point

	tours  []outing
	count  []int   // visits by week
	most   []int   // by week
	days   [][]int // by account: the days of its visits, ascending
	value  []int   // by account: their worth
	sum    int     // of value, less the driving
	daring int     // how many times what it is worth a visit's detour may cost in the present step
	best   []outing
	bestAt int

	random *rand.Rand
}

const (
	nearest   = 24 // neighbours that are taken out with an account
	mostRuin  = 10 // accounts taken out at once
	dareEvery = 5  // steps of which one dares, on average
	others    = 6  // accounts not taken out that are looked at in a step
	warmest   = 25
	coldest   = 0.3
	monthSeed = 7
)

// travel works out the drives and who is near whom.
func (s *monthSearch) travel(points []model.Coordinates) {
	s.places = len(points)
	s.drives = make([]int32, s.places*s.places)
	t := estimates(points)
	for from := range s.places {
		for to := range from {
			drive := int32(t.Between(from, to).Time)
			s.drives[from*s.places+to], s.drives[to*s.places+from] = drive, drive
		}
	}
	s.near = make([][]int32, len(s.accounts))
	for u := range s.accounts {
		all := make([]int32, 0, len(s.accounts))
		for v := range s.accounts {
			if v != u {
				all = append(all, int32(v))
			}
		}
		slices.SortFunc(all, func(x, y int32) int {
			return cmp.Or(cmp.Compare(s.between(u, int(x)), s.between(u, int(y))), cmp.Compare(x, y))
		})
		s.near[u] = all[:min(nearest, len(all))]
	}
}

func (s *monthSearch) between(u, v int) int32 {
	return s.drives[s.accounts[u].place*s.places+s.accounts[v].place]
}

// begin works out the sums of what is agreed.
func (s *monthSearch) begin() {
	s.count = make([]int, s.weeks)
	s.days, s.value = make([][]int, len(s.accounts)), make([]int, len(s.accounts))
	for i := range s.tours {
		t := &s.tours[i]
		place := 0
		for _, v := range t.visits {
			a := &s.accounts[v.account]
			t.drive += s.drives[place*s.places+a.place]
			t.taken += a.service
			place = a.place
			s.count[t.week]++
		}
		t.drive += s.drives[place*s.places]
		t.taken += t.drive
		s.sum -= int(t.drive) * s.cost
	}
	for u := range s.accounts {
		s.days[u] = slices.Clone(s.accounts[u].agreed)
		s.value[u] = s.accounts[u].worth(s.days[u])
		s.sum += s.value[u]
	}
	s.keep()
}

// keep remembers the month as the best.
func (s *monthSearch) keep() {
	s.best, s.bestAt = copyTours(s.best, s.tours), s.sum
}

func copyTours(into, from []outing) []outing {
	if into == nil {
		into = make([]outing, len(from))
	}
	for i, t := range from {
		visits := append(into[i].visits[:0], t.visits...)
		into[i] = t
		into[i].visits = visits
	}
	return into
}

// run searches for a better month.
func (s *monthSearch) run(steps int, stop func() bool) {
	s.travel(s.points)
	s.begin()
	if len(s.accounts) == 0 {
		return
	}
	all := make([]int32, len(s.accounts))
	for u := range all {
		all[u] = int32(u)
	}
	slices.SortStableFunc(all, func(x, y int32) int { return cmp.Compare(s.value[x], s.value[y]) })
	for _, u := range all {
		s.put(u)
	}
	s.keep()
	var before []outing
	days, value, count := make([][]int, len(s.days)), make([]int, len(s.value)), make([]int, len(s.count))
	for step := range steps {
		if stop != nil && step%64 == 0 && stop() {
			break
		}
		before = copyTours(before, s.tours)
		sum := s.sum
		copy(days, s.days)
		copy(value, s.value)
		copy(count, s.count)
		if s.daring = 1; s.random.IntN(dareEvery) == 0 {
			s.daring = 2 << s.random.IntN(3) // several that do not pay alone may together
		}
		for _, u := range s.ruin() {
			s.put(u)
		}
		warmth := float64(warmest) * math.Pow(coldest/warmest, float64(step)/float64(steps)) * pointParts
		switch {
		case s.sum > s.bestAt:
			s.keep()
		case float64(s.sum) < float64(sum)+warmth*math.Log(1-s.random.Float64()):
			s.tours, before = before, s.tours
			copy(s.days, days)
			copy(s.value, value)
			copy(s.count, count)
			s.sum = sum
		}
	}
}

// ruin takes the visits of some accounts out and tells which are to be put back, in order.
func (s *monthSearch) ruin() []int32 {
	seed := int32(s.random.IntN(len(s.accounts)))
	out := []int32{seed}
	if s.random.IntN(3) > 0 {
		for _, v := range s.near[seed] {
			if len(out) > s.random.IntN(mostRuin) {
				break
			}
			if s.random.IntN(3) > 0 {
				out = append(out, v)
			}
		}
	} else if t := &s.tours[s.random.IntN(len(s.tours))]; len(t.visits) > 0 {
		for _, v := range t.visits {
			out = append(out, v.account)
		}
	}
	for range others {
		out = append(out, int32(s.random.IntN(len(s.accounts))))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	for _, u := range out {
		s.take(u)
	}
	switch s.random.IntN(3) {
	case 0: // who misses most comes first
		slices.SortStableFunc(out, func(x, y int32) int { return cmp.Compare(s.value[x], s.value[y]) })
	default:
		s.random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// take takes all visits of an account that are not agreed out of the tours.
func (s *monthSearch) take(u int32) {
	if len(s.days[u]) == len(s.accounts[u].agreed) {
		return
	}
	for _, day := range s.days[u] {
		t := &s.tours[day]
		i := slices.IndexFunc(t.visits, func(v stay) bool { return v.account == u })
		if i < 0 || t.visits[i].fixed { // somebody else's, or agreed
			continue
		}
		from, to := s.beside(t, i, i+1)
		p := s.accounts[u].place
		less := s.drives[from*s.places+p] + s.drives[p*s.places+to] - s.drives[from*s.places+to]
		t.drive -= less
		t.taken -= less + s.accounts[u].service
		s.sum += int(less) * s.cost
		s.count[t.week]--
		t.visits = slices.Delete(t.visits, i, i+1)
	}
	s.set(u, slices.Clone(s.accounts[u].agreed))
}

// beside are the places before a position of a tour and at another.
func (s *monthSearch) beside(t *outing, before, at int) (from, to int) {
	if before > 0 {
		from = s.accounts[t.visits[before-1].account].place
	}
	if at < len(t.visits) {
		to = s.accounts[t.visits[at].account].place
	}
	return from, to
}

func (s *monthSearch) set(u int32, days []int) {
	s.sum -= s.value[u]
	s.days[u] = days
	s.value[u] = s.accounts[u].worth(days)
	s.sum += s.value[u]
}

// put adds visits to an account where they are worth most, as long as they are worth
// anything.
func (s *monthSearch) put(u int32) {
	a := &s.accounts[u]
	if a.open == nil {
		return
	}
	var with [2 * MostWeeks]int
	for len(s.days[u]) < len(with) {
		tour, position, gain, longer := -1, 0, math.MinInt, int32(0)
		for i := range s.tours {
			t := &s.tours[i]
			if t.room == 0 || s.count[t.week] >= s.most[t.week] || !a.open[i] || t.taken+a.service > t.room || a.sees(s.days[u], t.week) {
				continue
			}
			worth := a.worth(inserted(with[:0], s.days[u], i)) - s.value[u]
			if worth <= 0 || worth <= gain {
				continue
			}
			at, extra := s.spot(t, a.place)
			if t.taken+a.service+extra <= t.room && s.daring*worth > int(extra)*s.cost && worth-int(extra)*s.cost > gain {
				tour, position, gain, longer = i, at, worth-int(extra)*s.cost, extra
			}
		}
		if tour < 0 {
			return
		}
		t := &s.tours[tour]
		t.visits = slices.Insert(t.visits, position, stay{account: u})
		t.drive += longer
		t.taken += longer + a.service
		s.sum -= int(longer) * s.cost
		s.count[t.week]++
		s.set(u, inserted(nil, s.days[u], tour))
	}
}

// sees reports whether one of the days lies in a week.
func (a *visited) sees(days []int, week int) bool {
	for _, day := range days {
		if day/Days == week {
			return true
		}
	}
	return false
}

// inserted are ascending days with one more.
func inserted(into, days []int, day int) []int {
	at := 0
	for at < len(days) && days[at] < day {
		at++
	}
	into = append(into, days[:at]...)
	into = append(into, day)
	return append(into, days[at:]...)
}

// spot is where a place costs a tour the least driving.
func (s *monthSearch) spot(t *outing, place int) (position int, extra int32) {
	extra = math.MaxInt32
	from := 0
	for i := range len(t.visits) + 1 {
		to := 0
		if i < len(t.visits) {
			to = s.accounts[t.visits[i].account].place
		}
		if more := s.drives[from*s.places+place] + s.drives[place*s.places+to] - s.drives[from*s.places+to]; more < extra {
			position, extra = i, more
		}
		from = to
	}
	return position, extra
}
