package route

// Filling the tours: one candidate after another goes where it costs least.

import (
	"math"
	"slices"
)

// spot is where a candidate can go: behind step `after` of a tour, or nowhere
// (tour -1).
type spot struct {
	tour, after int
	cost        int32
}

// recreate inserts what fits, fixed candidates first. Of those that were out
// before this iteration a random half is tried, and where they are many a
// quarter, which buys as many more iterations; and only in tours that have changed since: elsewhere they did not fit before. It
// reports whether everything fixed is in place.
func (s *searcher) recreate() bool {
	for _, u := range s.homeless {
		s.blink = math.MaxInt64
		at := s.findIn(int(s.in.home[u]), u)
		s.blink = s.nextBlink()
		if at.tour < 0 {
			return false
		}
		s.put(u, at)
	}
	s.dare()
	var coins coins
	many := s.in.n-s.served > manyOut
	for _, u16 := range s.orders[s.rnd.below(len(s.orders))] {
		u := int32(u16)
		if s.tourOf[u] >= 0 {
			continue
		}
		fresh := s.fresh[u] == s.iter
		if !fresh && (!coins.toss(&s.rnd) || many && !coins.toss(&s.rnd)) {
			continue
		}
		if at := s.find(u, fresh); at.tour >= 0 {
			s.put(u, at)
		}
	}
	return true
}

// dare lets an iteration now and then put candidates where alone they do not pay for the
// detour, on an empty day too: several of them together may. Whether they do is seen when
// the iteration is over. Where driving costs nothing everything pays.
func (s *searcher) dare() {
	s.daring = 1
	if s.in.driveCost == 0 || s.rnd.below(dareEvery) > 0 {
		return
	}
	s.daring = 2 << s.rnd.below(3)
	for t := range s.tours {
		if s.tours[t].visits() == 0 {
			s.touch(t)
		}
	}
}

// fill inserts whatever still fits anywhere, and reports whether anything did.
func (s *searcher) fill() bool {
	keep := s.blink
	s.blink, s.daring = math.MaxInt64, 1
	any := false
	for _, u := range s.orders[0] {
		if s.tourOf[u] >= 0 {
			continue
		}
		if at := s.find(int32(u), true); at.tour >= 0 {
			s.put(int32(u), at)
			any = true
		}
	}
	s.blink = keep
	return any
}

// find is the cheapest spot for u, in all tours or only in those changed in this iteration.
func (s *searcher) find(u int32, everywhere bool) spot {
	best := spot{tour: -1, cost: math.MaxInt32}
	for t := range s.tours {
		if everywhere || s.dirty[t] {
			s.scanTour(t, u, &best)
		}
	}
	return best
}

func (s *searcher) findIn(t int, u int32) spot {
	best := spot{tour: -1, cost: math.MaxInt32}
	s.scanTour(t, u, &best)
	return best
}

func (s *searcher) scanTour(t int, u int32, best *spot) {
	tr := &s.tours[t]
	switch {
	case tr.visits() >= tr.rules.maxVisits, s.served >= s.in.maxVisits && !s.in.must[u]:
	case tr.rules.breakLength > 0:
		s.scanWithBreak(t, u, best)
	default:
		s.scan(t, u, best)
	}
}

func (s *searcher) put(u int32, at spot) {
	s.touch(at.tour)
	s.tours[at.tour].insert(s.in, u, at.after)
	s.tourOf[u] = int32(at.tour)
	s.served++
}

// scan looks for the cheapest spot for u in a tour without a break.
func (s *searcher) scan(t int, u int32, best *spot) {
	in, tr := s.in, &s.tours[t]
	o := &tr.hours[u]
	lo, hi, last := o.lo, o.hi, o.last
	row := int(u) * in.width
	to, from := in.leg[row:row+in.width], in.back[row:row+in.width]
	served := in.service[u]
	near := in.nearest[u]
	onward := served + near // at least so long from its start to the next
	need := near + onward
	steps := tr.steps
	for i, gap := range tr.gaps {
		// Most gaps are too small for anything at all: this sees it without the steps.
		if gap < need {
			continue
		}
		p, q := &steps[i-1], &steps[i]
		if lo+onward > q.latest {
			continue
		}
		if p.start > last {
			break
		}
		at := p.start + from[p.node]
		switch {
		case at > last:
			continue
		case at < lo:
			at = lo
		case at > hi:
			at = o.after(at)
		}
		at += to[q.node]
		if at > q.latest {
			continue
		}
		cost := from[p.node] + to[q.node] - p.leg - served
		if cost < best.cost && !s.blinks() && s.worth(u, cost) {
			*best = spot{tour: t, after: i - 1, cost: cost}
		}
	}
}

// scanWithBreak is scan for a tour with a break, which may have been taken
// before u, be taken just before or just after it, or still be to come.
func (s *searcher) scanWithBreak(t int, u int32, best *spot) {
	in, tr := s.in, &s.tours[t]
	r := tr.rules
	o := &tr.hours[u]
	row := int(u) * in.width
	to, from := in.leg[row:row+in.width], in.back[row:row+in.width]
	served := in.service[u]
	near := in.nearest[u]
	onward := served + near
	steps := tr.steps
	for i := 0; i < len(steps)-1; i++ {
		p, q := &steps[i], &steps[i+1]
		if p.startDue > o.last && p.start > o.last {
			break
		}
		if max(p.end+near, o.lo)+onward > max(q.latest, q.latestDue) {
			continue
		}
		left := in.service[p.node]
		drive := from[p.node] - left
		due := o.after(p.startDue + from[p.node])
		taken := o.after(min(p.start+from[p.node], r.afterBreak(p.startDue+left, drive)))
		leg := to[q.node]
		fits := taken+leg <= q.latest || due+leg <= q.latestDue || r.afterBreak(due+served, leg-served) <= q.latest
		if !fits {
			continue
		}
		cost := from[p.node] + leg - p.leg - served
		if cost < best.cost && !s.blinks() && s.worth(u, cost) {
			*best = spot{tour: t, after: i, cost: cost}
		}
	}
}

// worth tells whether a candidate's prize pays for the detour.
func (s *searcher) worth(u, detour int32) bool {
	in := s.in
	return in.driveCost == 0 || in.must[u] || s.daring*in.prize[u] > in.driveCost*int64(detour)
}

// blinks makes the insertion overlook a place now and then (Christiaens and
// Vanden Berghe), counting down to the next one.
func (s *searcher) blinks() bool {
	if s.blink--; s.blink > 0 {
		return false
	}
	s.blink = s.nextBlink()
	return true
}

func (s *searcher) nextBlink() int64 {
	return 1 + s.exp.draw(&s.rnd)*blinkEvery>>16
}

func (s *searcher) makeOrders() {
	s.orders = make([][]int16, stock)
	s.weights = make([]float64, s.in.n)
	for k := range s.orders {
		s.orders[k] = make([]int16, s.in.n)
		for u := range s.orders[k] {
			s.orders[k][u] = int16(u)
		}
		s.renewOrder(k)
	}
}

// renewOrder sorts the candidates by prize to some power over effort to some power, with noise.
func (s *searcher) renewOrder(k int) {
	in := s.in
	prizePower := 0.5 + 1.5*s.rnd.float()
	effortPower := s.rnd.float()
	noise := 0.6 * s.rnd.float()
	if s.rnd.below(8) == 0 {
		prizePower, effortPower, noise = 0, 0, 1
	}
	windowPower := 0.0
	if s.rnd.below(4) == 0 {
		windowPower = 0.5 * s.rnd.float()
	}
	for u := range in.n {
		w := prizePower * math.Log(1+float64(in.prize[u]))
		near := in.near[u]
		effort := float64(in.service[u])
		c := min(6, len(near))
		for _, v := range near[1:c] {
			effort += float64(in.leg[u*in.width+int(v)]-in.service[u]) / float64(max(1, c-1))
		}
		w -= effortPower * math.Log(1+effort)
		if windowPower > 0 {
			var open float64
			for _, hours := range in.openings {
				open += float64(max(0, hours[u].last-hours[u].lo))
			}
			w -= windowPower * math.Log(1+open)
		}
		w += noise * 2 * (s.rnd.float() - 0.5)
		s.weights[u] = w
	}
	slices.SortFunc(s.orders[k], func(a, b int16) int {
		x, y := s.weights[a], s.weights[b]
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return int(a) - int(b)
	})
}
