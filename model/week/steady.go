package week

// Keeping the peace: a better week should not turn everything round that is as good
// where it was.

import (
	"slices"

	"doppelpass/model/route"
)

// worthTheUnrest is how much less driving a week must take to be better than one of
// the same worth.
const worthTheUnrest = 10 * 60 // seconds

// Better reports whether another draft of the week is worth changing this one for: it
// breaks fewer rules, visits others whose worth outweighs the driving, or takes notably
// less driving for the same.
func (d *Draft) Better(other *Draft) bool {
	before, after := d.Week, other.Week
	if fewer := before.Breaches() - after.Breaches(); fewer != 0 {
		return fewer > 0
	}
	less := int(before.Drive.Time - after.Drive.Time)
	more := after.Prize - before.Prize
	if due := other.duePrize() - d.duePrize(); more != 0 || due != 0 {
		return (more+due)*60*60+less*d.problem.DriveCost > 0 // what is due counts twice
	}
	return less >= worthTheUnrest
}

// duePrize is what the visits are worth that decide before others.
func (d *Draft) duePrize() (sum int) {
	for _, day := range d.Week.Days {
		for _, v := range day.Visits {
			if d.Stops[v.Stop].Due {
				sum += d.Stops[v.Stop].Prize.Points
			}
		}
	}
	return sum
}

// permutations are the orders of the working days, the unchanged one first. The last two
// days stay where they are.
var permutations = func() (list [][Days]int) {
	var order [Days]int
	for i := range order {
		order[i] = i
	}
	var permute func(k int)
	permute = func(k int) {
		if k == Workdays {
			list = append(list, order)
			return
		}
		for i := k; i < Workdays; i++ {
			order[k], order[i] = order[i], order[k]
			permute(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	permute(0)
	return list
}()

// mostOrders bounds how many orders of the days are scheduled.
const mostOrders = 24

// steady deals a solved week's tours out to the days so that as many visits as
// possible stay on the day they were on. A tour is the same drive on any day, so
// nothing is lost; opening hours, pins and days off are heeded. The result are the
// days' stops in visiting order.
func (d *Draft) steady(solved *route.Week) [][]int {
	tours := solved.Stops()
	same := make([][Days]int, Days) // visits of a tour that were on a day
	fixed := [Days]bool{}
	for tour, stops := range tours {
		fixed[tour] = !d.Proposes(tour)
		for _, stop := range stops {
			if day, _ := d.Where(stop); day >= 0 {
				same[tour][day]++
			}
			fixed[tour] = fixed[tour] || d.pinned[stop]
		}
	}
	type order struct {
		days [Days]int
		kept int
	}
	var orders []order
	for _, days := range permutations {
		o := order{days: days}
		for tour, day := range days {
			if fixed[tour] && day != tour {
				o.kept = -1
				break
			}
			o.kept += same[tour][day]
		}
		if o.kept >= 0 {
			orders = append(orders, o)
		}
	}
	slices.SortStableFunc(orders, func(a, b order) int { return b.kept - a.kept })
	for _, o := range orders[:min(len(orders), mostOrders)] {
		if o.days == permutations[0] {
			break
		}
		if d.breaks(tours, o.days) <= solved.Breaches() {
			dealt := make([][]int, Days)
			for tour, day := range o.days {
				dealt[day] = tours[tour]
			}
			return dealt
		}
	}
	return tours
}

// breaks counts the rules that tours break on other days; that a day is impossible
// counts as many.
func (d *Draft) breaks(tours [][]int, days [Days]int) int {
	count := 0
	for tour, day := range days {
		placed := make([]route.Placed, len(tours[tour]))
		for i, stop := range tours[tour] {
			placed[i] = route.Placed{Stop: stop}
			if at, position := d.Where(stop); at >= 0 && d.days[at][position].Timed {
				placed[i] = d.days[at][position]
			}
		}
		w, err := d.evaluateDay(day, placed)
		if err != nil {
			return len(d.Stops) + Days
		}
		count += w.Breaches()
	}
	return count
}
