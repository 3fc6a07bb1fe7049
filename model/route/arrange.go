package route

// The order of a day's fixed stops: found before anything else is planned, so
// that they are kept even where they conflict.

import (
	"cmp"
	"fmt"
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
	untimed := func(i int) bool { return !p.Stops[i].Fix.Timed }
	if best.severity > 0 && len(order) <= exhaustive && slices.ContainsFunc(order, untimed) {
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
	placed := make([]Placed, len(order))
	for k, i := range order {
		fix := a.p.Stops[i].Fix
		placed[k] = Placed{Stop: i, Timed: fix.Timed, At: fix.At}
	}
	return newPlan(a.p, a.rules, placed, func(v Placed) []span { return permittedStarts(a.p, v.Stop, a.rules.day) }).best()
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

// Arrange is the order in which the stops that are fixed to a day break its rules as
// little as possible.
func Arrange(p *Problem, day int) ([]int, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if day < 0 || day >= len(p.Days) {
		return nil, fmt.Errorf("%w: day %d", ErrProblem, day)
	}
	var fixed []int
	for i, s := range p.Stops {
		if s.Fix.Kind != Free && s.Fix.Day == day {
			fixed = append(fixed, i)
		}
	}
	order, _ := (&frame{}).arrange(p, dayRules(p, day), fixed)
	return order, nil
}
