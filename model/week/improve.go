package week

// Having the planner work on a week.

import (
	"slices"

	"doppelpass/model/route"
)

// Job is a run of the planner on a copy of the draft: it may run on another
// goroutine while the draft is shown.
type Job struct {
	problem route.Problem
	from    [][]int
}

// Improve prepares a run that keeps everything pinned on its day, and what was moved
// in its order there, and plans the rest anew, starting from the week as it is.
func (d *Draft) Improve() Job {
	p := d.problem
	p.Stops, p.Days = slices.Clone(p.Stops), slices.Clone(p.Days)
	for stop := range p.Stops {
		if d.out[stop] {
			p.Stops[stop].Hours = &route.Hours{} // never open
		}
	}
	for day := range d.days {
		// Days that are over take nothing in; what is still planned there stays.
		p.Days[day].Off = p.Days[day].Off || d.past[day]
		for position, placed := range d.days[day] {
			if !d.pinned[placed.Stop] && !d.past[day] {
				continue
			}
			fix := route.Fix{Kind: route.Pinned, Day: day, Timed: placed.Timed, At: placed.At}
			if d.ordered[placed.Stop] {
				fix.Order = position + 1
			}
			p.Stops[placed.Stop].Fix = fix
		}
	}
	return Job{problem: p, from: d.Week.Stops()}
}

// By is the job with other drives, those of a routing server for example.
func (j Job) By(t *route.Travel) Job {
	j.problem.Travel = t
	return j
}

// Run solves the job. See route.Options for what steers it.
func (j Job) Run(o route.Options) (*route.Week, error) {
	o.From = j.from
	return route.Solve(&j.problem, o)
}

// Take makes a solved week the draft's and tells what has changed. Its tours may be
// dealt out to other days, so that visits stay on the days they were on.
func (d *Draft) Take(week *route.Week) ([]route.Change, error) {
	before := d.Week
	timed := map[int]route.Placed{}
	for day := range d.days {
		for _, p := range d.days[day] {
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
