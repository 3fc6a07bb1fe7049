package week

// What it is worth to see an account on certain days of several weeks.
//
// Points, each in the proportion of the class's weight:
//
//	visit     8 × age ÷ interval, at most 8: one long before its day uses a place up that
//	          others need, and one before the account is due is worth nothing
//	missed    −16 once when the interval runs out with nobody there
//	waiting   −12 for every week at whose end the account is overdue, and −3 × (age ÷ interval − 1)
//	          more, at most −6; never visited counts as twice the interval. The last week
//	          counts three times: who is overdue then goes on waiting
//	campaign  46 for the first visit within each window
//	wish      −36 for every week's end before the first visit to who asked for one
//
// All is in the proportion of the weight, so that class and overdue days decide before
// nearness; driving costs a tenth more an hour than in a week, since the week's planner fills
// up afterwards what pays there. The figures are those with which
// eight weeks of the demo take no more driving than week by week; see the simulation in
// month_test.go.

import (
	"slices"

	"doppelpass/model"
)

const (
	worthVisit    = 8
	worthMissed   = 16
	worthWaiting  = 12
	worthOverdue  = 3
	worthCampaign = 46
	worthWish     = 36
	lastWeek      = 3
	dearer        = 110 // percent of a week's cost of driving
	// pointParts is into how many parts a point is divided, so that sums stay whole.
	pointParts = 3600
	forbidden  = -1 << 40
)

// neverVisited is the last visit of an account that has none.
const neverVisited = -1 << 20

// visited is an account in the search; days count from the month's first Monday.
type visited struct {
	customer  *model.Customer
	place     int
	service   int32 // seconds
	weight    int   // of its class, in percent
	interval  int
	dueFrom   int // days after a visit from which another one may be planned
	last      int // day of the last visit, or neverVisited
	newUntil  int // the day its first visit is late; only where never visited
	wish      bool
	windows   []window
	agreed    []int // days of agreed visits, whoever makes them, ascending
	elsewhere []int // those of them that others make
	until     int   // weeks that count
	open      []bool
}

// window is when a visit serves a campaign, in days from the month's first Monday.
type window struct{ from, to int }

// worth is what visits on some days, ascending, are worth to an account over the weeks that
// count; forbidden where one comes before the account is due, or so
// soon before somebody else's that the account is not due again by then.
func (a *visited) worth(days []int) int {
	last, wish, missed := a.last, a.wish, a.late(a.last, -1)
	sum, next := 0, 0
	idle := false // the last visit serves nothing but the rhythm
	var served uint32
	for week := range a.until {
		end := 7*week + 6
		for ; next < len(days) && days[next] <= end; next++ {
			day := days[next]
			campaign := false
			for i, w := range a.windows {
				if i < 32 && served&(1<<i) == 0 && day >= w.from && day <= w.to {
					served |= 1 << i
					campaign = true
					sum += worthCampaign * pointParts
				}
			}
			age := a.interval
			if last != neverVisited {
				age = min(day-last, a.interval)
			}
			agreed := slices.Contains(a.agreed, day)
			switch {
			case age < a.dueFrom && !campaign && !wish && !agreed, age < a.dueFrom && idle && slices.Contains(a.elsewhere, day):
				return forbidden
			case a.late(last, day-1) && !missed:
				sum -= worthMissed * pointParts
			}
			sum += worthVisit * pointParts * max(age, 0) / a.interval
			idle = !agreed && !campaign && !wish
			last, wish, missed = day, false, false
		}
		if wish {
			sum -= worthWish * pointParts
		}
		if a.late(last, end-1) {
			if !missed {
				sum -= worthMissed * pointParts
			}
			missed = true
			over := a.interval
			if last != neverVisited {
				over = min(end-last-a.interval, 2*a.interval)
			}
			cost := worthWaiting*pointParts + worthOverdue*pointParts*over/a.interval
			if week == a.until-1 {
				cost *= lastWeek
			}
			sum -= cost
		}
	}
	return sum * a.weight / 100
}

// late reports whether the interval is over on a day, the last visit being on another.
func (a *visited) late(last, day int) bool {
	if last == neverVisited {
		return day > a.newUntil
	}
	return day-last > a.interval
}
