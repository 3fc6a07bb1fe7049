package route

// Tours remembered and put together anew: a tour that was good in one plan may
// go well with those of another.

import (
	"cmp"
	"slices"
)

const (
	poolSize = 3000    // tours remembered
	maxPairs = 400_000 // combinations looked at in one exchange
)

// memo is a tour met during the search.
type memo struct {
	kind  int // tours with the same limits are of one kind
	hash  uint64
	value int64
	set   []uint64 // its candidates as bits
	nodes []int32
}

// pool remembers the latest distinct tours of good plans.
type pool struct {
	kind   []int    // per tour
	keys   []uint64 // per candidate
	memos  []memo
	oldest int
	known  map[uint64]bool
}

func newPool(p *Problem, in *instance, rnd *random) *pool {
	q := &pool{known: map[uint64]bool{}, keys: make([]uint64, in.n)}
	for u := range q.keys {
		q.keys[u] = rnd.next()
	}
	alike := func(a, b rules) bool {
		x, y := &p.Days[a.day], &p.Days[b.day]
		a.day, a.firstNode, a.lastNode = b.day, b.firstNode, b.lastNode
		return a == b && slices.Equal(x.Busy, y.Busy) && x.From == y.From && x.To == y.To
	}
	for t := range in.tours {
		k := slices.IndexFunc(in.tours, func(r rules) bool { return alike(r, in.tours[t]) })
		q.kind = append(q.kind, k)
	}
	return q
}

// remember takes note of the tours changed last.
func (s *searcher) remember() {
	q := s.pool
	for _, t := range s.touched {
		tr := &s.tours[t]
		h := uint64(q.kind[t]+1) * 0x9e3779b97f4a7c15
		for _, st := range tr.steps[1 : len(tr.steps)-1] {
			h += q.keys[st.node]
		}
		if q.known[h] {
			continue
		}
		var m *memo
		if len(q.memos) < poolSize {
			q.memos = append(q.memos, memo{set: make([]uint64, (s.in.n+63)/64)})
			m = &q.memos[len(q.memos)-1]
		} else {
			m = &q.memos[q.oldest]
			q.oldest = (q.oldest + 1) % poolSize
			delete(q.known, m.hash)
			clear(m.set)
			m.nodes = m.nodes[:0]
		}
		q.known[h] = true
		m.kind, m.hash = q.kind[t], h
		m.value, _ = s.worthOf(tr)
		for _, st := range tr.steps[1 : len(tr.steps)-1] {
			m.nodes = append(m.nodes, st.node)
			m.set[st.node/64] |= 1 << (st.node % 64)
		}
	}
}

// recombine exchanges two, then three tours of the present plan at a time for
// remembered ones that are worth more together and share no visit with each
// other or with the rest, for as long as that helps. It reports whether it did.
func (s *searcher) recombine() bool {
	if len(s.tours) < 2 {
		return false
	}
	ranked := make([]*memo, len(s.pool.memos))
	for i := range ranked {
		ranked[i] = &s.pool.memos[i]
	}
	slices.SortFunc(ranked, func(a, b *memo) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.hash, b.hash))
	})
	any := false
	for s.exchange(ranked) {
		any = true
	}
	return any
}

func (s *searcher) exchange(ranked []*memo) bool {
	m := len(s.tours)
	for a := range m {
		for b := a + 1; b < m; b++ {
			if s.exchangeOf(ranked, []int{a, b}) {
				return true
			}
		}
	}
	for a := range m {
		for b := a + 1; b < m; b++ {
			for c := b + 1; c < m; c++ {
				if s.exchangeOf(ranked, []int{a, b, c}) {
					return true
				}
			}
		}
	}
	return false
}

// exchangeOf tries to replace the given tours by remembered ones.
func (s *searcher) exchangeOf(ranked []*memo, out []int) bool {
	rest := make([]uint64, (s.in.n+63)/64)
	var target int64
	for t := range s.tours {
		if slices.Contains(out, t) {
			value, _ := s.worthOf(&s.tours[t])
			target += value
			continue
		}
		for _, st := range s.tours[t].steps[1 : len(s.tours[t].steps)-1] {
			rest[st.node/64] |= 1 << (st.node % 64)
		}
	}
	room := s.in.maxVisits
	for t := range s.tours {
		if !slices.Contains(out, t) {
			room -= s.tours[t].visits()
		}
	}
	lists := make([][]*memo, len(out))
	for k, t := range out {
		for _, m := range ranked {
			if m.kind == s.pool.kind[t] && disjoint(m.set, rest) {
				lists[k] = append(lists[k], m)
			}
		}
		if len(lists[k]) == 0 {
			return false
		}
	}
	x := combination{lists: lists, taken: rest, pick: make([]*memo, len(out)), left: maxPairs, room: room}
	for k := len(out) - 1; k >= 0; k-- {
		x.hope = append(x.hope, 0)
		for j := k + 1; j < len(out); j++ {
			x.hope[len(x.hope)-1] += lists[j][0].value
		}
	}
	slices.Reverse(x.hope)
	if !x.search(0, target) {
		return false
	}
	orders := make([][]int32, len(s.tours))
	for t := range s.tours {
		if k := slices.Index(out, t); k >= 0 {
			orders[t] = slices.Clone(x.pick[k].nodes)
		} else {
			orders[t] = s.tours[t].candidates()
		}
	}
	s.load(orders)
	return true
}

// combination is a depth-first search for disjoint tours worth more than a target.
type combination struct {
	lists [][]*memo
	hope  []int64 // the most that the lists behind can add
	taken []uint64
	pick  []*memo
	left  int
	room  int // for how many visits
}

func (x *combination) search(k int, target int64) bool {
	if k == len(x.lists) {
		return target < 0
	}
	for _, m := range x.lists[k] {
		if m.value+x.hope[k] <= target || x.left <= 0 {
			return false
		}
		x.left--
		if len(m.nodes) > x.room || !disjoint(m.set, x.taken) {
			continue
		}
		x.pick[k] = m
		x.room -= len(m.nodes)
		for i, w := range m.set {
			x.taken[i] |= w
		}
		found := x.search(k+1, target-m.value)
		if found {
			return true
		}
		x.room += len(m.nodes)
		for i, w := range m.set {
			x.taken[i] &^= w
		}
	}
	return false
}

func disjoint(a, b []uint64) bool {
	for i, w := range a {
		if w&b[i] != 0 {
			return false
		}
	}
	return true
}
