package week

// Having the planner work on a week: first what is due, then what fills the days, then
// whatever else still fits.

import (
	"cmp"
	"slices"

	"doppelpass/model/route"
)

// Job is a run of the planner on a copy of the draft: it may run on another
// goroutine while the draft is shown.
type Job struct {
	problem route.Problem
	from    [][]int
	due     []bool   // by stop
	towns   []string // by stop
}

// Improve prepares a run that keeps everything pinned on its day, what was moved in its
// order there, and what is agreed at its time, and plans the rest anew, starting from the
// week as it is.
func (d *Draft) Improve() Job {
	p := d.problem
	p.Stops, p.Days = slices.Clone(p.Stops), slices.Clone(p.Days)
	due := make([]bool, len(p.Stops))
	for stop := range p.Stops {
		due[stop] = d.Stops[stop].Due || d.dealt[stop]
		if d.dealt[stop] {
			p.Stops[stop].Prize = clamp(p.Stops[stop].Prize + dealtPrize)
		}
		if d.out[stop] {
			p.Stops[stop].Hours = &route.Hours{} // never open
		}
	}
	full := d.Holds() == 0
	for day := range d.days {
		// Days that are over, and those of a week that holds nothing, take nothing in; what
		// is planned there stays.
		p.Days[day].Only = p.Days[day].Only || d.past[day] || full
		for position, placed := range d.days[day] {
			_, agreed := d.base[placed.Stop]
			if !d.pinned[placed.Stop] && !d.past[day] && !agreed {
				continue
			}
			fix := route.Fix{Kind: route.Pinned, Day: day, Timed: placed.Timed, At: placed.At}
			if agreed && d.pinned[placed.Stop] && !fix.Timed {
				fix.Timed, fix.At = true, d.Week.Days[day].Visits[position].Start
			}
			if d.ordered[placed.Stop] {
				fix.Order = position + 1
			}
			p.Stops[placed.Stop].Fix = fix
		}
	}
	from := d.Week.Stops()
	for day, stops := range d.start {
		for _, stop := range stops {
			if on, _ := d.Where(stop); on < 0 && !d.out[stop] {
				from[day] = append(from[day], stop)
			}
		}
	}
	towns := make([]string, len(d.Stops))
	for stop, s := range d.Stops {
		towns[stop] = s.Customer.Address.City
	}
	return Job{problem: p, from: from, due: due, towns: towns}
}

// By is the job with other drives, those of a routing server for example.
func (j Job) By(t *route.Travel) Job {
	j.problem.Travel = t
	return j
}

// dealtPrize is what makes a visit that the month has for the week come before others.
const dealtPrize = 1000

const (
	firstShare = 3   // of the iterations one part in so many looks at what is due alone
	mostTries  = 20  // rounds of looking for what still fits
	atOnce     = 400 // stops looked at in such a round
)

// Run solves the job. See route.Options for what steers it.
//
// What is due decides: it is planned first, as if there were nothing else. Then it stays
// on its days, and what is not due yet fills them. At last the stops are tried that were
// set aside for their number, so that what is left out at the end is left out for a reason.
func (j Job) Run(o route.Options) (*route.Week, error) {
	whole := j.problem
	first := o
	first.Progress = nil
	switch {
	case o.Iterations > 0:
		first.Iterations = max(o.Iterations/firstShare, 1)
		o.Iterations = max(o.Iterations-first.Iterations, 1)
	case o.Stop != nil:
		first.Iterations = route.DefaultIterations
	}
	p := whole
	p.Stops = slices.Clone(p.Stops)
	for stop := range p.Stops {
		if p.Stops[stop].Fix.Kind == route.Free && !j.due[stop] {
			p.Stops[stop].Prize, p.Stops[stop].Hours = 0, &route.Hours{}
		}
	}
	first.From = make([][]int, len(j.from))
	for day, stops := range j.from {
		for _, stop := range stops {
			if p.Stops[stop].Fix.Kind != route.Free || j.due[stop] {
				first.From[day] = append(first.From[day], stop)
			}
		}
	}
	due, err := route.Solve(&p, first)
	if err != nil {
		return nil, err
	}
	p = whole
	p.Stops = slices.Clone(p.Stops)
	for day, plan := range due.Days {
		for _, v := range plan.Visits {
			if p.Stops[v.Stop].Fix.Kind == route.Free {
				p.Stops[v.Stop].Fix = route.Fix{Kind: route.Pinned, Day: day}
			}
		}
	}
	o.From = due.Stops()
	week, err := route.Solve(&p, o)
	if err == nil && order(&p, due, week) {
		if week, err = route.Solve(&p, o); err == nil && week.Breaches() > due.Breaches() {
			week = due
		}
	}
	if err != nil {
		return nil, err
	}
	for range mostTries {
		also := aside(&p, week)
		if len(also) == 0 || o.Stop != nil && o.Iterations == 0 && o.Stop() {
			break
		}
		more, err := route.Solve(&p, route.Options{Seed: o.Seed, Iterations: 1, From: week.Stops(), Also: also, Candidates: 1})
		if err != nil {
			return nil, err
		}
		if more.Breaches() > week.Breaches() {
			break
		}
		more.Iterations = week.Iterations
		week = more
	}
	return j.gather(week, o)
}

// order keeps what is due in its order on the days on which a week breaks more rules than
// the due visits alone, and reports whether there are any. Beside fixed visits that
// collide no order is without fault, and the one that the planner begins with may be worse
// than that in which what is due was found to fit: it would count as what such a day needs.
func order(p *route.Problem, due, week *route.Week) (worse bool) {
	for day := range week.Days {
		if week.Days[day].Breached() <= due.Days[day].Breached() {
			continue
		}
		worse = true
		for position, v := range due.Days[day].Visits {
			p.Stops[v.Stop].Fix.Order = position + 1
		}
	}
	return worse
}

// aside are the stops that would still fit, the most wanted first.
func aside(p *route.Problem, w *route.Week) []int {
	var list []int
	for _, l := range w.LeftOut {
		if l.Reason == route.NotConsidered && p.Stops[l.Stop].Prize > 0 {
			list = append(list, l.Stop)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(p.Stops[b].Prize, p.Stops[a].Prize) })
	return list[:min(len(list), atOnce)]
}

// Take makes a solved week the draft's and tells what has changed. Its tours may be
// dealt out to other days, so that visits stay on the days they were on.
func (d *Draft) Take(week *route.Week) ([]route.Change, error) {
	before := d.Week
	timed := map[int]route.Placed{}
	for day := range d.days {
		for position, p := range d.days[day] {
			if _, agreed := d.base[p.Stop]; agreed && d.pinned[p.Stop] && !p.Timed {
				// It stays where it stood, and gives way again when the day is bent by hand.
				p.Timed, p.At = true, before.Days[day].Visits[position].Start
				d.soft[p.Stop] = true
			}
			if p.Timed {
				timed[p.Stop] = p
			}
		}
	}
	for day, stops := range d.steady(week) {
		d.days[day] = nil
		for _, stop := range stops {
			placed, ok := timed[stop]
			if !ok {
				placed = route.Placed{Stop: stop}
			}
			d.days[day] = append(d.days[day], placed)
		}
	}
	if err := d.survey(); err != nil {
		return nil, err
	}
	return route.Changes(before, d.Week), nil
}
