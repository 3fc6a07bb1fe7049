package route

// The problem in the shape the search works on: candidates numbered through,
// travel in one flat table, opening hours as intervals for the visit's start.

import (
	"cmp"
	"slices"
)

// never is later than every time; its negative is earlier than every time.
const never int32 = 1 << 29

// pointScale turns points into the search's units, in which an hour's driving
// at a whole number of points is exact by the second.
const pointScale = 3600

// span is an interval of permitted starts of a visit, both ends included.
type span struct{ lo, hi int32 }

// opening is when the visit of one candidate may start in one tour. The first
// interval stands in line, since most have only one.
type opening struct {
	lo, hi int32 // first interval; lo > hi: never
	last   int32 // end of the last interval
	rest   []span
}

func newOpening(spans []span) opening {
	if len(spans) == 0 {
		return opening{lo: never, hi: -never, last: -never}
	}
	return opening{lo: spans[0].lo, hi: spans[0].hi, last: spans[len(spans)-1].hi, rest: spans[1:]}
}

func (o opening) equal(other opening) bool {
	return o.lo == other.lo && o.hi == other.hi && slices.Equal(o.rest, other.rest)
}

// after is the first permitted start at or after t.
func (o *opening) after(t int32) int32 {
	if t <= o.lo {
		return o.lo
	}
	if t <= o.hi {
		return t
	}
	for _, s := range o.rest {
		if t <= s.hi {
			return max(t, s.lo)
		}
	}
	return never
}

// before is the last permitted start at or before t.
func (o *opening) before(t int32) int32 {
	for i := len(o.rest) - 1; i >= 0; i-- {
		if t >= o.rest[i].lo {
			return min(t, o.rest[i].hi)
		}
	}
	if t >= o.lo {
		return min(t, o.hi)
	}
	return -never
}

// rules are the limits of one tour.
type rules struct {
	start, end       int32
	breakFrom        int32
	breakTo          int32
	breakLength      int32 // 0: no break
	maxVisits        int
	firstNode        int32
	lastNode         int32
	hours            int // index into instance.openings
	day              int // index into Problem.Days
	breakLatestStart int32
}

// afterBreak is the earliest arrival when a drive of so long begins at the end
// of a visit at t and the break is taken before the next visit: at either end
// of the drive or during it. It never falls as t rises.
func (r *rules) afterBreak(t, drive int32) int32 {
	if t > r.breakLatestStart {
		return never
	}
	return max(t+drive, r.breakFrom) + r.breakLength
}

// beforeBreak is the inverse: the latest end of a visit from which, with the
// break, the next arrival is at t or earlier.
func (r *rules) beforeBreak(t, drive int32) int32 {
	if t < r.breakFrom+r.breakLength {
		return -never
	}
	return min(t-r.breakLength-drive, r.breakLatestStart)
}

// instance is one problem made ready for searching. Nodes are the candidates
// 0 … n-1, then each tour's first and last place.
type instance struct {
	n, width  int
	leg       []int32 // [a*width+b]: service at a and drive to b
	back      []int32 // the same transposed
	service   []int32
	prize     []int64 // in points × pointScale
	driveCost int64   // per second, same unit
	tours     []rules
	openings  [][]opening
	near      [][]int16 // per candidate all candidates, nearest first, itself included
	nearest   []int32   // per candidate the shortest drive to or from anywhere else
	stop      []int     // candidate → index into Problem.Stops
	must      []bool    // fixed: never left out
	held      []bool    // fixed in its place within the tour: never taken out even for a moment
	order     []int     // the order given by hand, else 0
	home      []int32   // where a must belongs (tour), else -1
	maxVisits int       // in all tours
}

// newInstance prepares the given stops of the problem for the frame's tours.
func newInstance(p *Problem, f *frame, stops []int) *instance {
	in := newSketch(p, f, stops, 0)
	in.fillNear()
	return in
}

// newSketch is an instance to try single insertions on: the first so many stops
// never stand beside each other, so that their drives are not needed, and
// nobody asks for neighbours.
func newSketch(p *Problem, f *frame, stops []int, lone int) *instance {
	in := &instance{n: len(stops), tours: slices.Clone(f.tours), stop: stops, driveCost: int64(p.DriveCost)}
	in.width = in.n + 2*len(in.tours)
	in.maxVisits = unlimited
	if p.MaxVisits > 0 {
		in.maxVisits = p.MaxVisits
	}
	in.fillNodes(p, f, lone)
	in.fillOpenings(p, f)
	in.fillNearest()
	return in
}

func (in *instance) fillNodes(p *Problem, f *frame, lone int) {
	w := in.width
	place := make([]int, w)
	in.service = make([]int32, w)
	in.prize = make([]int64, w)
	in.must = make([]bool, in.n)
	in.held = make([]bool, in.n)
	in.home = make([]int32, in.n)
	in.order = make([]int, in.n)
	for u, i := range in.stop {
		s := &p.Stops[i]
		place[u] = p.placeOf(i, s.Fix.Day)
		in.service[u] = max(int32(s.Service), f.busy[i])
		in.prize[u] = int64(s.Prize) * pointScale
		in.must[u] = s.Fix.Kind != Free
		in.held[u] = in.must[u] && (s.Fix.Timed || s.Fix.Order > 0)
		in.home[u] = -1
		if in.must[u] {
			in.order[u] = s.Fix.Order
		}
	}
	for t := range in.tours {
		r := &in.tours[t]
		r.firstNode, r.lastNode = int32(in.n+2*t), int32(in.n+2*t+1)
		place[r.firstNode], place[r.lastNode] = p.Days[r.day].From, p.Days[r.day].To
	}
	in.leg = make([]int32, w*w)
	in.back = make([]int32, w*w)
	for a := range w {
		for b := range w {
			leg := never
			if a >= lone || b >= lone {
				leg = in.service[a] + int32(p.Travel.Between(place[a], place[b]).Time)
			}
			in.leg[a*w+b] = leg
			in.back[b*w+a] = leg
		}
	}
	for a, i := range in.stop {
		for b, j := range in.stop {
			if leg, ok := f.press[[2]int{i, j}]; ok {
				in.leg[a*w+b], in.back[b*w+a] = leg, leg
			}
		}
	}
}

func (in *instance) fillOpenings(p *Problem, f *frame) {
	tourOf := make(map[int]int32, len(in.tours))
	for t := range in.tours {
		r := &in.tours[t]
		tourOf[r.day] = int32(t)
		table := make([]opening, in.n)
		for u, i := range in.stop {
			table[u] = newOpening(f.starts(p, i, r.day))
		}
		// Days with equal hours share one table: it stays in the processor's cache.
		r.hours = slices.IndexFunc(in.openings, func(other []opening) bool {
			return slices.EqualFunc(other, table, opening.equal)
		})
		if r.hours < 0 {
			r.hours = len(in.openings)
			in.openings = append(in.openings, table)
		}
	}
	for u, i := range in.stop {
		if in.must[u] {
			in.home[u] = tourOf[p.Stops[i].Fix.Day]
		}
	}
}

func (in *instance) fillNearest() {
	in.nearest = make([]int32, in.n)
	for u := range in.n {
		legs, back := in.leg[u*in.width:], in.back[u*in.width:]
		in.nearest[u] = never
		for v := range in.width {
			if v != u {
				in.nearest[u] = min(in.nearest[u], legs[v]-in.service[u], back[v]-in.service[v])
			}
		}
	}
}

func (in *instance) fillNear() {
	in.near = make([][]int16, in.n)
	all := make([]int16, in.n*in.n)
	for u := range in.n {
		row := all[u*in.n : (u+1)*in.n]
		for v := range row {
			row[v] = int16(v)
		}
		legs, back := in.leg[u*in.width:], in.back[u*in.width:]
		between := func(v int16) int32 {
			return legs[v] - in.service[u] + back[v] - in.service[v]
		}
		slices.SortFunc(row, func(a, b int16) int {
			if a == int16(u) || b == int16(u) {
				return cmp.Compare(b2i(a != int16(u)), b2i(b != int16(u)))
			}
			return cmp.Or(cmp.Compare(between(a), between(b)), cmp.Compare(a, b))
		})
		in.near[u] = row
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
