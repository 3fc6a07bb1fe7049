package week

// Bending the week by hand.

import (
	"errors"
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
// was, and pins it: what was moved by hand stays. On another day its time gives way, and
// so do the times of that day that came by themselves. ErrTwiceADay says that the account
// has another visit on that day.
func (d *Draft) Move(stop, day, position int) error {
	for _, p := range d.days[day] {
		if p.Stop != stop && d.Stops[p.Stop].Customer.Code == d.Stops[stop].Customer.Code {
			return ErrTwiceADay
		}
	}
	was, _ := d.Where(stop)
	placed := d.takeOut(stop)
	if was != day || d.soft[stop] {
		placed.Timed = false
	}
	delete(d.soft, stop)
	d.loosen(day)
	position = min(max(position, 0), len(d.days[day]))
	d.days[day] = slices.Insert(slices.Clone(d.days[day]), position, placed)
	d.pinned[stop], d.ordered[stop] = true, true
	delete(d.out, stop)
	return d.schedule()
}

// ErrTwiceADay says that an account would be visited twice on one day.
var ErrTwiceADay = errors.New("the account has a visit on that day already")

// Best is the position on a day at which a stop breaks the fewest rules and, of
// those, adds the least driving; extra is that driving and breaches the number of
// rules the day then breaks more than without it.
func (d *Draft) Best(stop, day int) (position int, extra route.Seconds, breaches int, err error) {
	position, extra, more, err := d.Try(stop, day)
	return position, extra, len(more), err
}

// Try is Best with the rules that the day then breaks and did not break without it.
func (d *Draft) Try(stop, day int) (position int, extra route.Seconds, broken []route.Breach, err error) {
	rest := slices.DeleteFunc(d.loose(day), func(p route.Placed) bool { return p.Stop == stop })
	before, err := d.evaluateDay(day, rest)
	if err != nil {
		return 0, 0, nil, err
	}
	placed := route.Placed{Stop: stop}
	if at, i := d.Where(stop); at == day && !d.soft[stop] {
		placed = d.days[at][i]
	}
	fewest, least := 0, route.Seconds(0)
	for i := range len(rest) + 1 {
		after, err := d.evaluateDay(day, slices.Insert(slices.Clone(rest), i, placed))
		if err != nil {
			return 0, 0, nil, err
		}
		more, longer, by := after.Breaches()-before.Breaches(), after.Drive.Time-before.Drive.Time, severity(after)
		if i == 0 || more < fewest || (more == fewest && (by < least || by == least && longer < extra)) {
			position, extra, fewest, least, broken = i, longer, more, by, newBreaches(before, after)
		}
	}
	return position, extra, broken, nil
}

// severity is by how much a week breaks rules in all.
func severity(w *route.Week) (by route.Seconds) {
	for _, d := range w.Days {
		for _, b := range d.Breaches {
			by += b.By
		}
		for _, v := range d.Visits {
			for _, b := range v.Breaches {
				by += b.By
			}
		}
	}
	return by
}

// newBreaches are the breaches of one day's plan that another did not have.
func newBreaches(before, after *route.Week) []route.Breach {
	kinds := map[route.BreachKind]int{}
	count := func(w *route.Week, each func(route.Breach)) {
		for _, d := range w.Days {
			for _, b := range d.Breaches {
				each(b)
			}
			for _, v := range d.Visits {
				for _, b := range v.Breaches {
					each(b)
				}
			}
		}
	}
	count(before, func(b route.Breach) { kinds[b.Kind]++ })
	var list []route.Breach
	count(after, func(b route.Breach) {
		if kinds[b.Kind]--; kinds[b.Kind] < 0 {
			list = append(list, b)
		}
	})
	return list
}

// evaluateDay is one day on its own.
func (d *Draft) evaluateDay(day int, placed []route.Placed) (*route.Week, error) {
	p, own := d.oneDay(day, placed)
	return route.Evaluate(p, [][]route.Placed{own})
}

// oneDay is the problem of one day with its own numbers for the stops.
func (d *Draft) oneDay(day int, placed []route.Placed) (*route.Problem, []route.Placed) {
	p := &route.Problem{Days: d.problem.Days[day : day+1], Travel: d.problem.Travel, DriveCost: d.problem.DriveCost}
	own := make([]route.Placed, len(placed))
	for i, v := range placed {
		p.Stops = append(p.Stops, d.problem.Stops[v.Stop])
		own[i] = v
		own[i].Stop = i
	}
	return p, own
}

// BestDay is the day on which a stop fits best; −1 when every day is off or past.
func (d *Draft) BestDay(stop int) (int, error) {
	best, fewest, least := -1, 0, route.Seconds(0)
	for day := range Days {
		if !d.Proposes(day) || d.standsOn(stop, day) {
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

// standsOn reports whether another visit at the stop's account stands on a day.
func (d *Draft) standsOn(stop, day int) bool {
	return slices.ContainsFunc(d.days[day], func(p route.Placed) bool {
		return p.Stop != stop && d.Stops[p.Stop].Customer.Code == d.Stops[stop].Customer.Code
	})
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
	delete(d.soft, stop)
	delete(d.pinned, stop)
	delete(d.ordered, stop)
}

// Pinned reports whether a stop stays where it is.
func (d *Draft) Pinned(stop int) bool { return d.pinned[stop] }

// FixTime fixes when a stop's visit starts and pins it, and the rest of the day arranges
// itself around it; timed false frees the time again.
func (d *Draft) FixTime(stop int, at route.Seconds, timed bool) error {
	day, position := d.Where(stop)
	if day < 0 {
		return nil
	}
	d.days[day] = slices.Clone(d.days[day])
	d.days[day][position].Timed, d.days[day][position].At = timed, at
	delete(d.soft, stop)
	if timed {
		d.pinned[stop] = true
		d.loosen(day)
		if err := d.arrange(day); err != nil {
			return err
		}
	}
	return d.schedule()
}

// arrange puts the visits of a day into the order that breaks the least and drives the
// least. Those with a time keep it.
func (d *Draft) arrange(day int) error {
	p, own := d.oneDay(day, d.days[day])
	for i, placed := range own {
		p.Stops[i].Fix = route.Fix{Kind: route.Pinned, Timed: placed.Timed, At: placed.At}
	}
	order, err := route.Arrange(p, 0)
	if err != nil {
		return err
	}
	arranged := make([]route.Placed, len(order))
	for i, stop := range order {
		arranged[i] = d.days[day][stop]
	}
	d.days[day] = arranged
	return nil
}

// TimeFixed reports whether a stop's start is fixed, and not merely where it came by
// itself.
func (d *Draft) TimeFixed(stop int) bool {
	day, position := d.Where(stop)
	return day >= 0 && d.days[day][position].Timed && !d.soft[stop]
}

// Off reports whether a day is off.
func (d *Draft) Off(day int) bool { return d.problem.Days[day].Off }

// Holiday reports whether a day is a public holiday.
func (d *Draft) Holiday(day int) bool { return d.holiday(d.Date(day)) }

// Past reports whether a day is over.
func (d *Draft) Past(day int) bool { return d.past[day] }

// Open reports whether visits can be planned on a day.
func (d *Draft) Open(day int) bool { return !d.Off(day) && !d.past[day] }

// Clone is an independent copy, for undoing steps of bending.
func (d *Draft) Clone() *Draft {
	c := *d
	for day := range d.days {
		c.days[day] = slices.Clone(d.days[day])
	}
	c.pinned, c.out, c.ordered, c.soft, c.dealt = copied(d.pinned), copied(d.out), copied(d.ordered), copied(d.soft), copied(d.dealt)
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
