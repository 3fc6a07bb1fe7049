package route

// Choosing candidates where there are more accounts than a search can weigh.

import (
	"cmp"
	"math"
	"slices"
)

// shortlist is the stops the search looks at, in order of Stops. Fixed stops
// and those of the week to start from are always among them; of the others
// those that can be visited at all, and where they are more than keep, the most
// promising. Promise is prize by effort: the visit, the mean drive to the eight nearest
// others, and a share of the way from where the days start. So that no day and no direction is
// left without choice, three lists take turns at naming the next candidate:
//
//	the best of all,
//	the best of the tour whose turn it is (open on that day),
//	the best of the sector whose turn it is (eight, around the mean start),
//
// and every fourth turn goes to the best of those near one chosen already:
// what lies on the way to something good is cheap to visit.
func shortlist(p *Problem, f *frame, keep int, always []int) []int {
	chosen := make([]bool, len(p.Stops))
	for _, i := range always {
		chosen[i] = p.Stops[i].Place != NoPlace
	}
	var free []int
	for i := range p.Stops {
		switch s := &p.Stops[i]; {
		case s.Fix.Kind != Free:
			chosen[i] = true
		case s.Place != NoPlace && s.Prize > 0 && f.open(p, i) && f.reachable(p, i):
			free = append(free, i)
		}
	}
	if len(free) <= keep {
		for _, i := range free {
			chosen[i] = true
		}
	} else {
		c := newChoice(p, f, free)
		c.take(keep, chosen)
	}
	var out []int
	for i, c := range chosen {
		if c {
			out = append(out, i)
		}
	}
	return out
}

const (
	neighbours = 8
	sectors    = 8
)

// choice ranks stops for the shortlist.
type choice struct {
	p      *Problem
	f      *frame
	stops  []int
	near   [][]int32 // positions in stops
	rate   []float64
	bearer []int // sector
}

func newChoice(p *Problem, f *frame, stops []int) *choice {
	c := &choice{p: p, f: f, stops: stops}
	n := len(stops)
	c.near = make([][]int32, n)
	c.rate = make([]float64, n)
	c.bearer = make([]int, n)
	type neighbour struct {
		k     int32
		drive float64
	}
	home := c.home()
	for a, i := range stops {
		nearest := make([]neighbour, 0, neighbours+1)
		for b, j := range stops {
			if a == b {
				continue
			}
			d := p.Travel.roughly(p.Stops[i].Place, p.Stops[j].Place)
			if len(nearest) == neighbours && d >= nearest[neighbours-1].drive {
				continue
			}
			at := len(nearest)
			for at > 0 && nearest[at-1].drive > d {
				at--
			}
			nearest = slices.Insert(nearest, at, neighbour{int32(b), d})
			nearest = nearest[:min(neighbours, len(nearest))]
		}
		var drive float64
		for _, v := range nearest {
			c.near[a] = append(c.near[a], v.k)
			drive += v.drive / float64(len(nearest))
		}
		away := never
		for _, r := range f.tours {
			d := &p.Days[r.day]
			out, back := p.Travel.Between(d.From, p.Stops[i].Place).Time, p.Travel.Between(p.Stops[i].Place, d.To).Time
			away = min(away, int32(out+back))
		}
		// A tour out there is shared by some ten visits.
		drive += float64(away) / 10
		value := float64(p.Stops[i].Prize)*pointScale - float64(p.DriveCost)*drive
		c.rate[a] = value / (float64(p.Stops[i].Service) + drive + 60)
		at := p.Travel.points[p.Stops[i].Place]
		angle := math.Atan2(at.Lat-home.Lat, (at.Lon-home.Lon)*math.Cos(home.Lat*math.Pi/180))
		c.bearer[a] = min(sectors-1, int((angle+math.Pi)/(2*math.Pi)*sectors))
	}
	return c
}

// home is the mean of where the tours start.
func (c *choice) home() Point {
	var sum Point
	for _, r := range c.f.tours {
		at := c.p.Travel.points[c.p.Days[r.day].From]
		sum.Lat += at.Lat / float64(len(c.f.tours))
		sum.Lon += at.Lon / float64(len(c.f.tours))
	}
	return sum
}

// take marks so many stops as chosen.
func (c *choice) take(keep int, chosen []bool) {
	ranked := make([]int, len(c.stops))
	for a := range ranked {
		ranked[a] = a
	}
	slices.SortFunc(ranked, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.rate[b], c.rate[a]), cmp.Compare(a, b))
	})
	lists := [][]int{ranked}
	for _, r := range c.f.tours {
		lists = append(lists, filter(ranked, func(a int) bool {
			return len(c.f.starts(c.p, c.stops[a], r.day)) > 0
		}))
	}
	byTour := len(lists)
	for sector := range sectors {
		lists = append(lists, filter(ranked, func(a int) bool { return c.bearer[a] == sector }))
	}
	next := func(list int) int {
		for len(lists[list]) > 0 {
			a := lists[list][0]
			lists[list] = lists[list][1:]
			if !chosen[c.stops[a]] {
				return a
			}
		}
		return -1
	}
	var queue []int // chosen ones whose neighbours have not had their turn
	for turn := 0; keep > 0; turn++ {
		a := -1
		switch round := turn / 4; turn % 4 {
		case 1:
			a = next(1 + round%(byTour-1))
		case 2:
			a = next(byTour + round%sectors)
		case 3:
			if len(queue) > 0 {
				a = c.bestNear(queue[0], chosen)
				queue = queue[1:]
			}
		}
		if a < 0 {
			if a = next(0); a < 0 {
				return
			}
		}
		chosen[c.stops[a]] = true
		queue = append(queue, a)
		keep--
	}
}

// bestNear is the most promising neighbour that is not chosen yet, or -1.
func (c *choice) bestNear(a int, chosen []bool) int {
	best := -1
	for _, b := range c.near[a] {
		if !chosen[c.stops[b]] && (best < 0 || c.rate[b] > c.rate[best]) {
			best = int(b)
		}
	}
	return best
}

func filter(list []int, keep func(int) bool) []int {
	var out []int
	for _, a := range list {
		if keep(a) {
			out = append(out, a)
		}
	}
	return out
}

// roughly is the drive in seconds, good enough for ranking: the table's figure
// or a flat earth at 50 km/h.
func (t *Travel) roughly(from, to int) float64 {
	if t.table != nil {
		if i := from*len(t.points) + to; t.set[i] {
			return float64(t.table[i].Time)
		}
	}
	a, b := t.points[from], t.points[to]
	const metresPerDegree = 111_195
	x := (a.Lon - b.Lon) * math.Cos(a.Lat*math.Pi/180)
	y := a.Lat - b.Lat
	return math.Sqrt(x*x+y*y) * metresPerDegree * detourFactor * 3.6 / 50
}
