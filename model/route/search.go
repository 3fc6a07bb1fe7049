package route

// The search: ruin a few tours, recreate them greedily, keep or undo by
// simulated annealing, in rounds whose length depends on nothing but their number.

import "math"

// searcher is one run on one instance.
type searcher struct {
	in     *instance
	rnd    random
	exp    *exponentials
	tours  []tour
	tourOf []int32 // candidate → tour, or -1
	served int

	saved    []tour // as they were before the present iteration
	touched  []int  // tours saved
	dirty    []bool
	fresh    []int // iteration in which a candidate was last taken out
	iter     int
	homeless []int32 // fixed candidates taken out in the present iteration

	orders  [][]int16 // candidates in orders of insertion
	weights []float64 // scratch for making one
	daring  int64     // how many times its prize a detour may cost in the present iteration
	blink   int64     // positions until the next blink

	value, bestValue int64 // prizes less driving cost
	time, bestTime   int64 // sum of the tours' finishing times
	best             [][]int32
	energy           int64
	bestDrive        Seconds
	improved         bool  // best has changed since it was last reported
	perSecond        int64 // energy of a second of finishing time
	hot, cold        float64

	pool *pool
}

// The settings of the search, found by trying on academic instances and drawn
// territories of 48 to 400 candidates. Temperatures are in mean prizes.
const (
	removals   = 10   // visits taken out in an iteration, on average at most
	stringMax  = 10   // longest string
	hottest    = 1.0  // at the start of a round
	coldest    = 0.02 // at its end
	roundSteps = 2000 // iterations of the shortest rounds; see luby
	blinkEvery = 100  // spots of which one is overlooked, on average
	stock      = 24   // orders of insertion kept
	renewEvery = 50   // iterations between new ones, on average
	manyOut    = 40   // candidates left out from which on a quarter of them is tried, not half
	dareEvery  = 10   // iterations of which one dares, on average
	timeWeight = 2    // mean prizes that finishing a tour at its start instead of its end would be worth
	nearBest   = 97   // percent of the best plan's worth from which on a plan's tours are remembered
)

func newSearcher(in *instance, seed uint64) *searcher {
	s := &searcher{in: in, rnd: random{state: seed}, exp: newExponentials(), daring: 1}
	s.tourOf = make([]int32, in.n)
	s.fresh = make([]int, in.n)
	s.dirty = make([]bool, len(in.tours))
	s.saved = make([]tour, len(in.tours))
	s.tours = make([]tour, len(in.tours))
	s.blink = math.MaxInt64
	s.load(make([][]int32, len(in.tours)))
	return s
}

// start fixes the scales, fills the tours once and takes the outcome as the best so far.
func (s *searcher) start() {
	in := s.in
	var sum int64
	for u := range in.n {
		sum += in.prize[u]
	}
	var span int64
	for t := range in.tours {
		span += int64(in.tours[t].end - in.tours[t].start)
	}
	mean := float64(sum) / float64(max(1, in.n))
	s.perSecond = int64(timeWeight * mean * float64(len(in.tours)) / float64(max(1, span)) * energyScale)
	s.hot, s.cold = max(1, hottest*mean*energyScale), max(1, coldest*mean*energyScale)
	s.makeOrders()
	s.fill()
	s.settle()
	s.measure()
	s.keepBest()
	s.blink = s.nextBlink()
}
