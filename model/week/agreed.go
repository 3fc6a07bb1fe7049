package week

// What is agreed stays: the visits that the Book has for the week stand on their days at
// their times, whatever they collide with. Collisions are broken rules that the week
// tells; nobody is moved to mend them.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/model/route"
)

// takeAgreed puts the agreed visits in place. A second one at an account in the same
// week is a stop of its own.
func (d *Draft) takeAgreed(agreed []model.PlannedVisit) {
	for _, p := range agreed {
		stop := d.Find(p.Account)
		if _, taken := d.base[stop]; taken {
			stop = d.again(stop)
		}
		if p.Minutes > 0 {
			d.problem.Stops[stop].Service = route.Minutes(p.Minutes)
		}
		placed := route.Placed{Stop: stop}
		if p.Time != 0 {
			placed.Timed, placed.At = true, route.Minutes(p.Time.Minutes())
		}
		day := int(p.Date - d.Monday)
		d.days[day] = append(d.days[day], placed)
		d.pinned[stop] = true
		d.base[stop] = p
	}
}

// again is a further stop at the account of one that is taken.
func (d *Draft) again(stop int) int {
	again := d.Stops[stop]
	again.Again, again.Prize, again.Campaigns = true, route.Prize{}, nil
	visit := d.problem.Stops[stop]
	visit.Prize = 0
	d.Stops, d.problem.Stops = append(d.Stops, again), append(d.problem.Stops, visit)
	return len(d.Stops) - 1
}

// settle puts the agreed visits without a time where they fit best between the others,
// and finds out which times would come by themselves: those give way when a person puts
// something else into the day, and are not shown as fixed.
func (d *Draft) settle(day int) error {
	var placed []route.Placed
	var open []route.Placed
	for _, p := range d.days[day] {
		if p.Timed {
			placed = append(placed, p)
		} else {
			open = append(open, p)
		}
	}
	d.days[day] = placed
	for _, p := range open {
		position, _, _, err := d.Best(p.Stop, day)
		if err != nil {
			return err
		}
		d.days[day] = slices.Insert(slices.Clone(d.days[day]), position, p)
	}
	if d.problem.Days[day].Off {
		return nil
	}
	flow := slices.Clone(d.days[day])
	for i := range flow {
		flow[i].Timed = false
	}
	for i := 0; i < len(flow); i++ {
		w, err := d.evaluateDay(day, flow)
		if err != nil {
			return err
		}
		if wanted := d.days[day][i]; wanted.Timed && !flow[i].Timed && w.Days[0].Visits[i].Start != wanted.At {
			flow[i] = wanted
			i = -1 // an earlier visit may come at another time now
		}
	}
	for i, p := range d.days[day] {
		if p.Timed && !flow[i].Timed {
			d.soft[p.Stop] = true
		}
	}
	return nil
}

// loosen lets the times of a day that came by themselves give way to what a person does
// to the day.
func (d *Draft) loosen(day int) {
	d.days[day] = d.loose(day)
	for _, p := range d.days[day] {
		if d.soft[p.Stop] {
			d.ordered[p.Stop] = true
		}
	}
}

// loose is the day with such times left open.
func (d *Draft) loose(day int) []route.Placed {
	placed := slices.Clone(d.days[day])
	for i, p := range placed {
		if d.soft[p.Stop] {
			placed[i].Timed = false
		}
	}
	return placed
}

// Moved reports whether an agreed visit, or one that a customer wishes, stands at another
// time or on another day than it was agreed or wished for.
func (d *Draft) Moved(stop int) (agreed model.PlannedVisit, moved bool) {
	p, ok := d.base[stop]
	if wish, wished := d.wished[stop]; wished {
		p, ok = model.PlannedVisit{Rep: d.Rep.Code, Account: wish.Account, Date: wish.Due, Time: wish.At}, true
	}
	day, position := d.Where(stop)
	if !ok || day < 0 {
		return p, false
	}
	at := clockOf(d.Week.Days[day].Visits[position].Start)
	return p, d.Date(day) != p.Date || p.Time != 0 && at != p.Time
}

// bound works out how many visits the week may hold. Capacity is a week's: it shrinks
// with the days that are off or over, but a single day may hold more than its share.
func (d *Draft) bound() {
	d.problem.MaxVisits = max(d.Holds(), 1)
}

// Holds is how many visits the week can hold, those already on days that are over
// included.
func (d *Draft) Holds() int {
	halves, over := 0, 0
	for day := range Days {
		switch {
		case d.Proposes(day):
			halves += 2
			if d.shortened(day) {
				halves--
			}
		case d.past[day]:
			over += len(d.days[day])
		}
	}
	share := (d.capacity*halves + Workdays) / (2 * Workdays) // rounded half up
	return max(min(share, d.capacity-d.Done), 0) + over
}

// shortened reports whether the rep is away for a good part of a day.
func (d *Draft) shortened(day int) bool {
	away := route.Seconds(0)
	for _, a := range d.away[day] {
		away += route.Minutes(a.To) - route.Minutes(a.From)
	}
	p := d.problem.Days[day]
	free := p.End - p.Start
	for _, b := range p.Busy {
		free -= max(0, min(b.To, p.End)-max(b.From, p.Start))
	}
	return away > 0 && 4*free < 3*usualDay
}

// usualDay is a day's work; what is less than three quarters of it is half a day.
const usualDay = 9 * 60 * 60

// Proposes reports whether the planner may put visits on a day.
func (d *Draft) Proposes(day int) bool { return d.Open(day) && !d.problem.Days[day].Only }
