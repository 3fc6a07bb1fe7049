package route

// Planning a week: the one entrance to the search.

import (
	"fmt"
	"slices"
)

// Options steer Solve. The zero value plans with seed 0 and DefaultIterations.
type Options struct {
	Seed uint64
	// Iterations is how many steps to search at most; 0: until Stop says so.
	// With the same problem, options and number of iterations the week is the
	// same, and with more it is never worse: the search of a longer run begins
	// with that of a shorter one.
	Iterations int
	// Stop is asked every few dozen steps whether to end; nil: only Iterations counts.
	// This is where the caller's clock or context comes in.
	Stop func() bool
	// Progress is told about every better plan, between steps, on the caller's goroutine.
	Progress func(Progress)
	// From is a week to start from (stops by day, in visiting order). What of it
	// keeps the rules is kept at the start; the result is never worth less than that.
	From [][]int
	// Candidates is how many accounts are looked at; 0: DefaultCandidates. Where
	// there are more, the most promising are chosen first; see shortlist.
	Candidates int
	// Also are stops that are looked at whatever they promise.
	Also []int
}

// DefaultIterations is the length of a run whose options name neither Iterations nor Stop.
const DefaultIterations = 50_000

// DefaultCandidates keeps the first proposal of a large set well below a second.
const DefaultCandidates = 400

// maxCandidates is what the search's tables are made for.
const maxCandidates = 8000

// Progress is the state of a run.
type Progress struct {
	Iterations int
	Prize      int
	Visits     int
	Drive      Seconds
	Week       func() *Week // the best plan so far, worked out when asked for; only during the call
}

// Solve plans the week. It always returns a plan: the best one found when the
// budget ends. Fixed stops are all in it; where they conflict with the rules or
// with each other the breach is noted at the visit or day, and nothing is added
// that would make it worse. The error is only ever ErrProblem.
func Solve(p *Problem, o Options) (*Week, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if o.Iterations < 0 || o.Candidates < 0 || o.Candidates > maxCandidates {
		return nil, fmt.Errorf("%w: %d iterations, %d candidates", ErrProblem, o.Iterations, o.Candidates)
	}
	for _, day := range append(slices.Clone(o.From), o.Also) {
		for _, i := range day {
			if i < 0 || i >= len(p.Stops) {
				return nil, fmt.Errorf("%w: stop %d in the week to start from", ErrProblem, i)
			}
		}
	}
	if o.Iterations == 0 && o.Stop == nil {
		o.Iterations = DefaultIterations
	}
	if o.Candidates == 0 {
		o.Candidates = DefaultCandidates
	}
	f := newFrame(p)
	stops := shortlist(p, f, o.Candidates, append(slices.Concat(o.From...), o.Also...))
	s := newSearcher(newInstance(p, f, stops), o.Seed)
	s.pool = newPool(p, s.in, &s.rnd)
	s.load(s.firstTours(f, o.From))
	s.start()
	week := func() *Week { return s.week(p, f) }
	report := func() {
		if o.Progress != nil {
			o.Progress(Progress{s.iter, s.bestPrize(), s.bestVisits(), s.bestDrive, week})
		}
	}
	report()
	s.run(o.Iterations, o.Stop, report)
	return week(), nil
}

// firstTours are the fixed stops, and of the week to start from what fits: a
// day in its own order if that keeps the rules, else stop by stop.
func (s *searcher) firstTours(f *frame, from [][]int) [][]int32 {
	in := s.in
	candidate := make(map[int]int32, in.n)
	for u, i := range in.stop {
		candidate[i] = int32(u)
	}
	out := make([][]int32, len(in.tours))
	used := make([]bool, in.n)
	for t := range out {
		for _, i := range f.fixed[t] {
			out[t] = append(out[t], candidate[i])
			used[candidate[i]] = true
		}
	}
	for t := range out {
		day := in.tours[t].day
		if day >= len(from) {
			continue
		}
		var whole []int32
		fixed := 0
		for _, i := range from[day] {
			u, ok := candidate[i]
			switch {
			case !ok || slices.Contains(whole, u):
			case in.must[u] && in.home[u] == int32(t):
				fixed++
				whole = append(whole, u)
			case !used[u]:
				whole = append(whole, u)
			}
		}
		if fixed == len(out[t]) && s.keeps(t, whole) {
			out[t] = whole
		} else {
			out[t] = s.keepSome(t, out[t], whole)
		}
		for _, u := range out[t] {
			used[u] = true
		}
	}
	return out
}

// keeps tells whether the order keeps the tour's rules, the order of fixed stops included.
func (s *searcher) keeps(t int, order []int32) bool {
	last := 0
	tr := newTour(s.in, t)
	for i, u := range order {
		tr.insert(s.in, u, i)
		if s.in.order[u] > 0 && s.in.order[u] < last {
			return false
		}
		last = max(last, s.in.order[u])
	}
	return tr.feasible()
}

// keepSome adds the wanted stops to the fixed ones as far as they fit.
func (s *searcher) keepSome(t int, fixed, wanted []int32) []int32 {
	orders := make([][]int32, len(s.tours))
	orders[t] = fixed
	s.load(orders)
	for _, u := range wanted {
		if s.tourOf[u] < 0 {
			if spot := s.findIn(t, u); spot.tour == t {
				s.put(u, spot)
			}
		}
	}
	s.settle()
	return s.tours[t].candidates()
}

// week writes out the best plan so far.
func (s *searcher) week(p *Problem, f *frame) *Week {
	w := &Week{Days: make([]DayPlan, len(p.Days)), Iterations: s.iter}
	for t, nodes := range s.best {
		r := f.tours[t]
		placed := make([]Placed, len(nodes))
		for k, u := range nodes {
			i := s.in.stop[u]
			fix := p.Stops[i].Fix
			placed[k] = Placed{i, fix.Kind != Free && fix.Timed, fix.At}
		}
		pl := newPlan(p, r, placed, func(v Placed) []span { return f.starts(p, v.Stop, r.day) })
		w.Days[r.day] = dayPlan(p, r.day, placed, pl)
	}
	w.finish(p)
	w.LeftOut = leftOut(p, f, w)
	return w
}
