package route

// The order of a day's fixed stops: found before anything else is planned, so
// that they are kept even where they conflict.

import (
	"cmp"
	"slices"
)

// exhaustive is how many fixed stops on one day are still tried in every
// order before the planner says that they conflict.
const exhaustive = 7

// arrange orders the fixed stops of a day so that the rules are broken as
// little as possible, then so that the day ends early: cheapest insertion, those with a
// given hour or order first, then moving single stops while that helps.
func (f *frame) arrange(p *Problem, r rules, fixed []int) ([]int, schedule) {
	a := arranger{p: p, rules: r}
	queue := slices.Clone(fixed)
	slices.SortStableFunc(queue, func(i, j int) int {
		x, y := p.Stops[i].Fix, p.Stops[j].Fix
		return cmp.Or(
			cmp.Compare(b2i(!x.Timed), b2i(!y.Timed)), cmp.Compare(x.At, y.At),
			cmp.Compare(b2i(x.Order == 0), b2i(y.Order == 0)), cmp.Compare(x.Order, y.Order))
	})
	var order []int
	best := a.schedule(order)
	for _, i := range queue {
		order, best = a.place(order, i)
	}
	for improved := true; improved; {
		improved = false
		for k := range order {
			rest := slices.Concat(order[:k], order[k+1:])
			if moved, s := a.place(rest, order[k]); s.better(&best) {
				order, best, improved = moved, s, true
			}
		}
	}
	if best.severity > 0 && len(order) <= exhaustive {
		a.best, a.order = best, order
		a.permute(nil, queue)
		order, best = a.order, a.best
	}
	return order, best
}

type arranger struct {
	p     *Problem
	rules rules
	best  schedule // of permute
	order []int
}

func (s *schedule) better(t *schedule) bool {
	return cmp.Or(cmp.Compare(s.severity, t.severity), cmp.Compare(s.finish, t.finish)) < 0
}

func (a *arranger) schedule(order []int) schedule {
	pl := newPlan(a.p, a.rules, order, func(i int) []span { return permittedStarts(a.p, i, a.rules.day) })
	if len(order) > 0 {
		if first := a.p.Stops[order[0]].Fix; first.Timed {
			pl.leaveEarlier(int32(first.At))
		}
	}
	return pl.best()
}

// place inserts a stop where it does best; the order given by hand is kept.
func (a *arranger) place(order []int, stop int) ([]int, schedule) {
	var found []int
	var best schedule
	for k := 0; k <= len(order); k++ {
		try := slices.Insert(slices.Clone(order), k, stop)
		if !a.inOrder(try) {
			continue
		}
		if s := a.schedule(try); found == nil || s.better(&best) {
			found, best = try, s
		}
	}
	return found, best
}

func (a *arranger) inOrder(order []int) bool {
	last := 0
	for _, i := range order {
		if o := a.p.Stops[i].Fix.Order; o > 0 {
			if o < last {
				return false
			}
			last = o
		}
	}
	return true
}

func (a *arranger) permute(done, rest []int) {
	if len(rest) == 0 {
		if s := a.schedule(done); a.inOrder(done) && s.better(&a.best) {
			a.best, a.order = s, slices.Clone(done)
		}
		return
	}
	for k, i := range rest {
		a.permute(append(slices.Clone(done), i), slices.Concat(rest[:k], rest[k+1:]))
	}
}
