// Package week turns the Book into the problem the route planner solves, and
// the planner's answer into a week that a person can bend: who is worth a visit
// and why, what is fixed, and what a confirmed week means as planned visits.
package week

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/route"
)

// Days is the number of days of a week. Nothing is proposed for the last two; what was
// agreed for them stands there.
const Days = 7

// Workdays is the number of working days, Monday to Friday.
const Workdays = 5

// Stop is an account that might be visited in the week.
type Stop struct {
	Customer  *model.Customer
	Standing  model.Standing // on the day of planning
	Prize     route.Prize
	Campaigns []string // codes of the open signals it is a target of
	HoursText string   // set where the account's opening hours cannot be read
	Included  bool     // by hand, though nothing asks for a visit
	Again     bool     // a further agreed visit at an account that has one in the week already
	Due       bool     // decides before what is not due: overdue, never visited, new, wanted or for a campaign
}

// Draft is a rep's week as it is being planned. The zero value is of no use; a Desk
// makes one. Methods change the draft in place and reschedule it.
type Draft struct {
	Rep    model.Rep
	Monday model.Date
	Stops  []Stop
	Week   *route.Week
	Done   int // visits made in the week already, at the rep's accounts

	problem route.Problem
	places  []model.Coordinates // of the problem's Travel; the first is where days start
	days    [Days][]route.Placed
	past    [Days]bool                 // over: nothing more is planned there
	pinned  map[int]bool               // stay on their day, in their order
	out     map[int]bool               // taken out by hand: not to be proposed again
	ordered map[int]bool               // of the pinned: moved to their place, in which they stay
	soft    map[int]bool               // of those with a time: it came by itself, and gives way when the day is bent by hand
	left    map[int]route.LeftOut      // as of the last survey
	base    map[int]model.PlannedVisit // what the Book had, by stop
	wished  map[int]model.FollowUp     // visits that customers wish in the week and sales has not answered, by stop
	dealt   map[int]bool               // the month has them for this week
	start   [Days][]int                // where the month would begin with them

	capacity  int // visits a week
	holiday   func(model.Date) bool
	away      [Days][]model.Away
	offByHand [Days]bool // the days' Off is not what the Book says
}

func cmpOr(a, b int) int {
	if a > 0 {
		return a
	}
	return b
}

func clamp(points int) int { return min(max(points, 0), route.MaxPrize) }

func clockOr(c model.Clock, or route.Seconds) route.Seconds {
	if c == 0 {
		return or
	}
	return route.Minutes(c.Minutes())
}

// Home is where the rep's days start and end.
func (d *Draft) Home() model.Coordinates { return d.places[0] }

// HomeKnown reports whether the days start at the rep's home rather than in the
// middle of the accounts.
func (d *Draft) HomeKnown() bool { return d.Rep.HomeAt.Valid() }

// Places are all places between which drives are known: where days start, then
// the stops' that have one.
func (d *Draft) Places() []model.Coordinates { return d.places }

// Travel are the drives between Places.
func (d *Draft) Travel() *route.Travel { return d.problem.Travel }

// SetTravel replaces the drives, by those of a routing server for example.
func (d *Draft) SetTravel(t *route.Travel) error {
	d.problem.Travel = t
	return d.schedule()
}

// Find is the stop of an account, the first where it has several agreed visits; -1 when
// it is none.
func (d *Draft) Find(account string) int {
	return slices.IndexFunc(d.Stops, func(s Stop) bool { return s.Customer.Code == account })
}

// Agreed is the visit as the Book has it; false for one that is only proposed.
func (d *Draft) Agreed(stop int) (model.PlannedVisit, bool) {
	p, ok := d.base[stop]
	return p, ok
}

// Nth is how many agreed visits at the stop's account come before it in the draft.
func (d *Draft) Nth(stop int) (count int) {
	for other := range stop {
		if d.Stops[other].Customer.Code == d.Stops[stop].Customer.Code {
			count++
		}
	}
	return count
}

// Shown is how many days of the week there are to see: five, and the sixth and seventh
// when something stands there.
func (d *Draft) Shown() int {
	for day := Days - 1; day >= Workdays; day-- {
		if len(d.days[day]) > 0 {
			return day + 1
		}
	}
	return Workdays
}

// survey works out the times of the days as they stand, and for every stop that is
// left out why.
func (d *Draft) survey() error {
	week, err := route.Evaluate(&d.problem, d.days[:])
	if err != nil {
		return fmt.Errorf("scheduling the week of %s: %w", d.Rep.Code, err)
	}
	d.left = make(map[int]route.LeftOut, len(week.LeftOut))
	for _, l := range week.LeftOut {
		if l.Reason == route.NotConsidered && d.Holds() == 0 {
			l.Reason = route.WeekFull // the problem's own bound knows no week that holds nothing
		}
		d.left[l.Stop] = l
	}
	return d.schedule()
}

// schedule works out the times of the days as they stand. It looks only at the
// stops that are planned, so that thousands of others cost nothing; why those are
// left out is as of the last survey.
func (d *Draft) schedule() error {
	p := d.problem
	p.Stops = nil
	var stops []int
	var days [Days][]route.Placed
	planned := make([]bool, len(d.Stops))
	for day := range d.days {
		for _, placed := range d.days[day] {
			stops = append(stops, placed.Stop)
			p.Stops = append(p.Stops, d.problem.Stops[placed.Stop])
			planned[placed.Stop] = true
			placed.Stop = len(stops) - 1
			days[day] = append(days[day], placed)
		}
	}
	week, err := route.Evaluate(&p, days[:])
	if err != nil {
		return fmt.Errorf("scheduling the week of %s: %w", d.Rep.Code, err)
	}
	for day := range week.Days {
		plan := &week.Days[day]
		rename(plan.Breaches, stops)
		for i := range plan.Visits {
			plan.Visits[i].Stop = stops[plan.Visits[i].Stop]
			rename(plan.Visits[i].Breaches, stops)
		}
	}
	for stop := range d.Stops {
		if planned[stop] || d.Stops[stop].Again {
			continue
		}
		left, ok := d.left[stop]
		if !ok {
			left = route.LeftOut{Stop: stop, Reason: route.DoesNotFit}
		}
		week.LeftOut = append(week.LeftOut, left)
	}
	d.Week = week
	return nil
}

func rename(breaches []route.Breach, stops []int) {
	for i := range breaches {
		if breaches[i].Stop >= 0 {
			breaches[i].Stop = stops[breaches[i].Stop]
		}
	}
}

// holds reports whether a planned visit lies in the week.
func (d *Draft) holds(p model.PlannedVisit) bool { return p.Date >= d.Monday && p.Date < d.Monday+Days }

// Date is the day of the week by its number from Monday.
func (d *Draft) Date(day int) model.Date { return d.Monday + model.Date(day) }

// Planned are the draft's visits as planned visits, in order.
func (d *Draft) Planned() []model.PlannedVisit {
	var list []model.PlannedVisit
	taken := map[model.Key]bool{}
	for day, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			if p, agreed := d.base[v.Stop]; agreed && p.Date == d.Date(day) {
				taken[p.Key()] = true
			}
		}
	}
	for day, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			p := model.PlannedVisit{
				Rep: d.Rep.Code, Date: d.Date(day), Account: d.Stops[v.Stop].Customer.Code,
				Time:    clockOf(v.Start),
				Minutes: (v.End - v.Start).Minutes(),
			}
			if was, agreed := d.base[v.Stop]; agreed && was.Date == p.Date {
				p.Nth = was.Nth
			} else {
				for taken[p.Key()] {
					p.Nth++
				}
				taken[p.Key()] = true
			}
			list = append(list, p)
		}
	}
	return list
}

// Confirmed compares the draft with what the Book has for the week: what to put
// and what to take away so that the plan becomes the draft.
func (d *Draft) Confirmed(book *model.Book) (put []model.PlannedVisit, remove []model.Key) {
	want := map[model.Key]model.PlannedVisit{}
	for _, p := range d.Planned() {
		want[p.Key()] = p
	}
	for p := range book.Plan(d.Rep.Code) {
		if !d.holds(p) {
			continue
		}
		if wanted, ok := want[p.Key()]; !ok {
			remove = append(remove, p.Key())
		} else if wanted == p {
			delete(want, p.Key())
		}
	}
	for _, p := range d.Planned() {
		if _, ok := want[p.Key()]; ok {
			put = append(put, p)
		}
	}
	slices.SortFunc(remove, func(a, b model.Key) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Ref, b.Ref))
	})
	return put, remove
}

// OnlyTimed reports whether a planned visit is an agreed one that only has the time or the
// length which was left open when it was agreed.
func (d *Draft) OnlyTimed(p model.PlannedVisit) bool {
	for stop, was := range d.base {
		if was.Key() == p.Key() {
			return (was.Time == 0 && !d.TimeFixed(stop) || was.Time == p.Time) && (was.Minutes == 0 || was.Minutes == p.Minutes)
		}
	}
	return false
}
