package route

// One iteration, and the rounds of cooling they make up.

import (
	"math"
	"math/bits"
)

// energyScale makes room for the small weight of time beside the prizes.
const energyScale = 256

// touch saves a tour before it is changed for the first time in an iteration.
func (s *searcher) touch(t int) {
	if s.dirty[t] {
		return
	}
	s.dirty[t] = true
	s.touched = append(s.touched, t)
	from, to := &s.tours[t], &s.saved[t]
	to.rules = from.rules
	to.steps = append(to.steps[:0], from.steps...)
	to.gaps = append(to.gaps[:0], from.gaps...)
	to.drive = from.drive
}

// measure sums up what the tours are worth.
func (s *searcher) measure() {
	s.value, s.time = 0, 0
	for t := range s.tours {
		value, time := s.worthOf(&s.tours[t])
		s.value += value
		s.time += time
	}
	s.energy = s.energyOf(s.value, s.time)
}

func (s *searcher) worthOf(t *tour) (value, time int64) {
	for _, st := range t.steps[1 : len(t.steps)-1] {
		value += s.in.prize[st.node]
	}
	return value - s.in.driveCost*int64(t.drive), int64(t.finish())
}

func (s *searcher) energyOf(value, time int64) int64 { return value*energyScale - time*s.perSecond }

// iterate makes one step at the temperature.
func (s *searcher) iterate(temperature int64) {
	s.iter++
	if s.rnd.below(renewEvery) == 0 {
		s.renewOrder(s.rnd.below(len(s.orders)))
	}
	s.homeless = s.homeless[:0]
	s.ruin()
	if !s.recreate() {
		s.undo()
		return
	}
	value, time := s.value, s.time
	for _, t := range s.touched {
		v, d := s.worthOf(&s.saved[t])
		w, e := s.worthOf(&s.tours[t])
		value += w - v
		time += e - d
	}
	energy := s.energyOf(value, time)
	if energy <= s.energy-(temperature*s.exp.draw(&s.rnd))>>16 {
		s.undo()
		return
	}
	s.value, s.time, s.energy = value, time, energy
	if value >= s.bestValue/100*nearBest {
		s.remember()
	}
	s.settle()
	if s.betterThanBest() {
		if s.fill() {
			s.settle()
			s.measure()
		}
		s.keepBest()
	}
}

func (s *searcher) betterThanBest() bool {
	return s.value > s.bestValue || s.value == s.bestValue && s.time < s.bestTime
}

// settle accepts the tours as they are.
func (s *searcher) settle() {
	for _, t := range s.touched {
		s.dirty[t] = false
	}
	s.touched = s.touched[:0]
}

// undo puts the tours back as they were before the iteration.
func (s *searcher) undo() {
	for _, t := range s.touched {
		tr := &s.tours[t]
		for _, st := range tr.steps[1 : len(tr.steps)-1] {
			s.tourOf[st.node] = -1
		}
		s.served -= tr.visits()
	}
	for _, t := range s.touched {
		tr := &s.tours[t]
		tr.steps = append(tr.steps[:0], s.saved[t].steps...)
		tr.gaps = append(tr.gaps[:0], s.saved[t].gaps...)
		tr.drive = s.saved[t].drive
		for _, st := range tr.steps[1 : len(tr.steps)-1] {
			s.tourOf[st.node] = int32(t)
		}
		s.served += tr.visits()
		s.dirty[t] = false
	}
	s.touched = s.touched[:0]
}

// keepBest takes the present plan as the best so far.
func (s *searcher) keepBest() {
	s.bestValue, s.bestTime, s.improved = s.value, s.time, true
	s.bestDrive = 0
	s.best = s.best[:0]
	for t := range s.tours {
		s.best = append(s.best, s.tours[t].candidates())
		s.bestDrive += Seconds(s.tours[t].drive)
	}
}

// load makes the given tours the present ones.
func (s *searcher) load(order [][]int32) {
	for u := range s.tourOf {
		s.tourOf[u] = -1
	}
	s.served = 0
	for t := range s.tours {
		s.tours[t] = newTour(s.in, t)
		for i, u := range order[t] {
			s.tours[t].insert(s.in, u, i)
			s.tourOf[u] = int32(t)
			s.served++
		}
	}
	s.measure()
}

// poll is how many iterations pass between looks at the caller's wishes.
const poll = 64

// run searches until the limit of iterations (0: none) or until stop says so,
// and calls report between iterations when the best plan has changed. Every round, short or long,
// cools from hot to cold, recombines what it ended with and then the best
// plan, and leaves the best for the next to begin with.
func (s *searcher) run(limit int, stop func() bool, report func()) {
	if s.in.n == 0 || len(s.tours) == 0 {
		return
	}
	for round := 1; ; round++ {
		steps := roundSteps * luby(round)
		cooling := math.Pow(s.cold/s.hot, float64(poll)/float64(steps))
		temperature := s.hot
		for k := range steps {
			if k%poll == 0 {
				if s.improved {
					s.improved = false
					report()
				}
				if stop != nil && stop() {
					return
				}
				temperature *= cooling
			}
			if limit > 0 && s.iter >= limit {
				return
			}
			s.iterate(int64(temperature))
		}
		s.exploit()
		s.load(s.best)
		s.exploit()
		s.load(s.best)
	}
}

// exploit puts remembered tours together for a better plan than the present one.
func (s *searcher) exploit() {
	if !s.recombine() {
		return
	}
	s.fill()
	s.settle()
	s.measure()
	if s.betterThanBest() {
		s.keepBest()
	}
}

func (s *searcher) bestPrize() int {
	var sum int64
	for _, nodes := range s.best {
		for _, u := range nodes {
			sum += s.in.prize[u]
		}
	}
	return int(sum / pointScale)
}

func (s *searcher) bestVisits() int {
	n := 0
	for _, nodes := range s.best {
		n += len(nodes)
	}
	return n
}

// luby is the i-th member (from 1) of the restart sequence 1, 1, 2, 1, 1, 2, 4, …
// of M. Luby, A. Sinclair and D. Zuckerman (Optimal Speedup of Las Vegas
// Algorithms, 1993): as much time goes into rounds of every length, so that no
// length needs to be right for the problem.
func luby(i int) int {
	for {
		k := bits.Len(uint(i)) // 2^(k-1) ≤ i < 2^k
		if i == 1<<k-1 {
			return 1 << (k - 1)
		}
		i -= 1<<(k-1) - 1
	}
}
