package route

// Taking visits out: strings of neighbours from tours that pass near a seed.

// ruin removes strings of visits near a random candidate, as in slack
// induction by string removals: at most one string a tour, none longer than the
// average tour, whole or split by visits that stay.
func (s *searcher) ruin() {
	in := s.in
	if s.served == 0 {
		return
	}
	busy := 0
	for t := range s.tours {
		if s.tours[t].visits() > 0 {
			busy++
		}
	}
	longest := min(float64(stringMax), float64(s.served)/float64(busy))
	most := 4*removals/(1+longest) - 1
	strings := int(1 + s.rnd.float()*most)
	seed := s.rnd.below(in.n)
	for _, v := range in.near[seed] {
		t := s.tourOf[v]
		if t < 0 || s.dirty[t] {
			continue
		}
		tr := &s.tours[t]
		length := 1 + int(s.rnd.float()*min(float64(tr.visits()), longest))
		s.touch(int(t))
		s.removeString(int(t), int32(v), min(length, tr.visits()))
		if strings--; strings <= 0 {
			break
		}
	}
}

// removeString takes a string that includes v out of a tour. Half of the longer
// strings are split: some visits in their midst stay, each further one with even chance.
func (s *searcher) removeString(t int, v int32, length int) {
	tr := &s.tours[t]
	at := 1
	for tr.steps[at].node != v {
		at++
	}
	keep := 0
	if length > 1 && s.rnd.below(2) == 0 {
		for length+keep < tr.visits() {
			keep++
			if s.rnd.below(2) == 0 {
				break
			}
		}
	}
	total := length + keep
	lo, hi := max(1, at-total+1), min(at, tr.visits()-total+1)
	first := lo + s.rnd.below(hi-lo+1)
	keepFrom, keepTo := -1, -1
	if keep > 0 {
		keepFrom = first + s.rnd.below(length+1)
		keepTo = keepFrom + keep
	}
	stay := 0
	for i := first + total - 1; i >= first; i-- {
		u := tr.steps[i].node
		if i >= keepFrom && i < keepTo || s.in.held[u] {
			stay++
			continue
		}
		tr.remove(s.in, i, 1)
		s.tourOf[u] = -1
		s.fresh[u] = s.iter
		if s.in.must[u] {
			s.homeless = append(s.homeless, u)
		}
		s.served--
	}
	tr.refresh(s.in, first, first+stay-1)
}
