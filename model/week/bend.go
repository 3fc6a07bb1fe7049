package week

// Bending the week by hand.

import (
	"slices"

	"doppelpass/model"
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
	d.days[day] = slices.Insert(slices.Clone(d.days[day]), position, placed)
	d.pinned[stop], d.ordered[stop] = true, true
	delete(d.out, stop)
	return d.schedule()
}

// Best is the position on a day at which a stop breaks the fewest rules and, of
// those, adds the least driving; extra is that driving and breaches the number of
// rules the day then breaks more than without it.
func (d *Draft) Best(stop, day int) (position int, extra route.Seconds, breaches int, err error) {
	rest := slices.DeleteFunc(slices.Clone(d.days[day]), func(p route.Placed) bool { return p.Stop == stop })
	before, err := d.evaluateDay(day, rest)
	if err != nil {
		return 0, 0, 0, err
	}
	placed := route.Placed{Stop: stop}
	if at, i := d.Where(stop); at >= 0 {
		placed = d.days[at][i]
	}
	for i := range len(rest) + 1 {
		after, err := d.evaluateDay(day, slices.Insert(slices.Clone(rest), i, placed))
		if err != nil {
			return 0, 0, 0, err
		}
		more, longer := after.Breaches()-before.Breaches(), after.Drive.Time-before.Drive.Time
		if i == 0 || more < breaches || (more == breaches && longer < extra) {
			position, extra, breaches = i, longer, more
		}
	}
	return position, extra, breaches, nil
}

// evaluateDay is one day on its own.
func (d *Draft) evaluateDay(day int, placed []route.Placed) (*route.Week, error) {
	p := route.Problem{Days: d.problem.Days[day : day+1], Travel: d.problem.Travel, DriveCost: d.problem.DriveCost}
	own := make([]route.Placed, len(placed))
	for i, v := range placed {
		p.Stops = append(p.Stops, d.problem.Stops[v.Stop])
		own[i] = v
		own[i].Stop = i
	}
	return route.Evaluate(&p, [][]route.Placed{own})
}

// BestDay is the day on which a stop fits best; −1 when every day is off or past.
func (d *Draft) BestDay(stop int) (int, error) {
	best, fewest, least := -1, 0, route.Seconds(0)
	for day := range Days {
		if !d.Open(day) {
			continue
		}
		_, extra, breaches, err := d.Best(stop, day)
		if err != nil {
			return -1, err
		}
		if best < 0 || breaches < fewest || (breaches == fewest && extra < least) {
			best, fewest, least = day, breaches, extra
		}
	}
	return best, nil
}

// Remove takes a stop out of the week; it is not proposed again.
func (d *Draft) Remove(stop int) error {
	d.takeOut(stop)
	d.free(stop)
	d.out[stop] = true
	return d.schedule()
}

// Removed reports whether a stop was taken out by hand.
func (d *Draft) Removed(stop int) bool { return d.out[stop] }

func (d *Draft) takeOut(stop int) route.Placed {
	if day, position := d.Where(stop); day >= 0 {
		placed := d.days[day][position]
		d.days[day] = slices.Delete(slices.Clone(d.days[day]), position, position+1)
		return placed
	}
	return route.Placed{Stop: stop}
}

// SetPinned keeps a stop on its day when the rest is improved; false frees it, and
// its time.
func (d *Draft) SetPinned(stop int, pinned bool) error {
	if pinned {
		d.pinned[stop] = true
		return nil
	}
	d.free(stop)
	return d.FixTime(stop, 0, false)
}

func (d *Draft) free(stop int) {
	delete(d.pinned, stop)
	delete(d.ordered, stop)
}

// Pinned reports whether a stop stays where it is.
func (d *Draft) Pinned(stop int) bool { return d.pinned[stop] }

// FixTime fixes when a stop's visit starts and pins it; timed false frees the time
// again.
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
			d.free(p.Stop)
		}
		d.days[day] = nil
	}
	return d.schedule()
}

// Off reports whether a day is off.
func (d *Draft) Off(day int) bool { return d.problem.Days[day].Off }

// Past reports whether a day is over.
func (d *Draft) Past(day int) bool { return d.past[day] }

// Open reports whether visits can be planned on a day.
func (d *Draft) Open(day int) bool { return !d.Off(day) && !d.past[day] }

// Holds is how many visits the days that are open can hold at most, and those
// already on the others.
func (d *Draft) Holds() int {
	sum := 0
	for day := range Days {
		if d.Open(day) {
			sum += d.problem.Days[day].MaxVisits
		} else {
			sum += len(d.days[day])
		}
	}
	return sum
}

// Clone is an independent copy, for undoing steps of bending.
func (d *Draft) Clone() *Draft {
	c := *d
	for day := range d.days {
		c.days[day] = slices.Clone(d.days[day])
	}
	c.pinned, c.out, c.ordered = copied(d.pinned), copied(d.out), copied(d.ordered)
	return &c
}

func copied(set map[int]bool) map[int]bool {
	c := make(map[int]bool, len(set))
	for stop := range set {
		c[stop] = true
	}
	return c
}

// OverdueLeftOut counts the overdue and never visited accounts that the week
// leaves out.
func (d *Draft) OverdueLeftOut() int {
	count := 0
	for _, l := range d.Week.LeftOut {
		if s := d.Stops[l.Stop].Standing.State; s == model.StateOverdue || s == model.StateNever {
			count++
		}
	}
	return count
}
