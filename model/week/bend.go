package week

// Bending the week by hand, and having the rest improved.

import (
	"slices"

	"doppelpass/model/route"
)

// Where is the day and position of a stop; day −1 when it is left out.
func (d *Draft) Where(stop int) (day, position int) {
	for day := range d.days {
		for position, p := range d.days[day] {
			if p.Stop == stop {
				return day, position
			}
		}
	}
	return -1, -1
}

// Move puts a stop on a day at a position (from 0; too large: last), wherever it
// was, and pins it: what was moved by hand stays.
func (d *Draft) Move(stop, day, position int) error {
	placed := d.takeOut(stop)
	position = min(max(position, 0), len(d.days[day]))
	d.days[day] = slices.Insert(d.days[day], position, placed)
	d.pinned[stop] = true
	return d.schedule()
}

// Remove takes a stop out of the week.
func (d *Draft) Remove(stop int) error {
	d.takeOut(stop)
	delete(d.pinned, stop)
	return d.schedule()
}

func (d *Draft) takeOut(stop int) route.Placed {
	if day, position := d.Where(stop); day >= 0 {
		placed := d.days[day][position]
		d.days[day] = slices.Delete(slices.Clone(d.days[day]), position, position+1)
		return placed
	}
	return route.Placed{Stop: stop}
}

// SetPinned keeps a stop on its day when the rest is improved; false frees it.
func (d *Draft) SetPinned(stop int, pinned bool) {
	if pinned {
		d.pinned[stop] = true
	} else {
		delete(d.pinned, stop)
	}
}

// Pinned reports whether a stop stays where it is.
func (d *Draft) Pinned(stop int) bool { return d.pinned[stop] }

// FixTime fixes when a stop's visit starts; timed false frees it again.
func (d *Draft) FixTime(stop int, at route.Seconds, timed bool) error {
	if day, position := d.Where(stop); day >= 0 {
		d.days[day] = slices.Clone(d.days[day])
		d.days[day][position].Timed, d.days[day][position].At = timed, at
		if timed {
			d.pinned[stop] = true
		}
	}
	return d.schedule()
}

// TimeFixed reports whether a stop's start is fixed.
func (d *Draft) TimeFixed(stop int) bool {
	day, position := d.Where(stop)
	return day >= 0 && d.days[day][position].Timed
}

// SetOff marks a day as off or takes the mark away. Its visits go back to those
// left out.
func (d *Draft) SetOff(day int, off bool) error {
	d.problem.Days = slices.Clone(d.problem.Days)
	d.problem.Days[day].Off = off
	if off {
		for _, p := range d.days[day] {
			delete(d.pinned, p.Stop)
		}
		d.days[day] = nil
	}
	return d.schedule()
}

// Off reports whether a day is off.
func (d *Draft) Off(day int) bool { return d.problem.Days[day].Off }

// Job is a run of the planner on a copy of the draft: it may run on another
// goroutine while the draft is shown.
type Job struct {
	problem route.Problem
	from    [][]int
	before  *route.Week
}

// Improve prepares a run that keeps everything pinned and plans the rest anew,
// starting from the week as it is.
func (d *Draft) Improve() Job {
	p := d.problem
	p.Stops = slices.Clone(p.Stops)
	for stop := range p.Stops {
		day, position := d.Where(stop)
		if day < 0 || !d.pinned[stop] {
			continue
		}
		placed := d.days[day][position]
		p.Stops[stop].Fix = route.Fix{Kind: route.Pinned, Day: day, Timed: placed.Timed, At: placed.At}
	}
	return Job{problem: p, from: d.Week.Stops(), before: d.Week}
}

// Run solves the job. See route.Options for what steers it.
func (j Job) Run(o route.Options) (*route.Week, error) {
	o.From = j.from
	return route.Solve(&j.problem, o)
}

// Take makes a solved week the draft's and tells what has changed.
func (d *Draft) Take(week *route.Week) ([]route.Change, error) {
	changes := route.Changes(d.Week, week)
	timed := map[int]route.Placed{}
	for day := range d.days {
		for _, p := range d.days[day] {
			if p.Timed {
				timed[p.Stop] = p
			}
		}
	}
	for day, stops := range week.Stops() {
		d.days[day] = nil
		for _, stop := range stops {
			placed, ok := timed[stop]
			if !ok {
				placed = route.Placed{Stop: stop}
			}
			d.days[day] = append(d.days[day], placed)
		}
	}
	leftOut := week.LeftOut
	if err := d.schedule(); err != nil {
		return nil, err
	}
	d.Week.LeftOut = leftOut // the solver knows the reasons better
	return changes, nil
}

// Clone is an independent copy, for undoing steps of bending.
func (d *Draft) Clone() *Draft {
	c := *d
	for day := range d.days {
		c.days[day] = slices.Clone(d.days[day])
	}
	c.pinned = make(map[int]bool, len(d.pinned))
	for stop := range d.pinned {
		c.pinned[stop] = true
	}
	return &c
}
