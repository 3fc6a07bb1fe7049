// Package week turns the Book into the problem the route planner solves, and
// the planner's answer into a week that a person can bend: who is worth a visit
// and why, what is fixed, and what a confirmed week means as planned visits.
package week

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/route"
)

// Days is the number of working days of a week, Monday to Friday.
const Days = 5

// Rules are what holds for every week of a team's reps.
type Rules struct {
	DayStart, DayEnd route.Seconds // where the rep has no times of their own
	Lunch            route.Lunch
	VisitMinutes     int // where the account has none
	MaxVisits        int // a day; 0: any number
	DriveCost        int // points an hour's driving costs
}

// DefaultRules are a usual day.
func DefaultRules() Rules {
	return Rules{
		DayStart: route.At(8, 0), DayEnd: route.At(17, 0),
		Lunch:        route.Lunch{From: route.At(11, 30), To: route.At(14, 0), Length: route.Minutes(30)},
		VisitMinutes: 30, DriveCost: 60,
	}
}

// Stop is an account that might be visited in the week.
type Stop struct {
	Ledger    *model.Ledger
	Standing  model.Standing // on the day of planning
	Prize     route.Prize
	Campaigns []string // codes of the open signals it is a target of
	HoursText string   // set where the account's opening hours cannot be read
}

// Draft is a rep's week as it is being planned. The zero value is of no use; New
// makes one. Methods change the draft in place and reschedule it.
type Draft struct {
	Rep    model.Rep
	Monday model.Date
	Stops  []Stop
	Week   *route.Week

	problem route.Problem
	days    [Days][]route.Placed
	pinned  map[int]bool
}

// New is the empty week of a rep, beginning on a Monday, with what is already
// confirmed for it in place. today is the day of planning.
func New(book *model.Book, rep string, monday, today model.Date, rules Rules) (*Draft, error) {
	record, ok := book.Rep(rep)
	if !ok {
		record = model.Rep{Code: rep, Name: rep}
	}
	d := &Draft{Rep: record, Monday: monday, pinned: map[int]bool{}}
	day := max(today, monday)
	var points []route.Point
	placeOf := func(at model.Coordinates) int {
		points = append(points, route.Point{Lat: at.Lat, Lon: at.Lon})
		return len(points) - 1
	}
	support := supports(book, today)
	ledgers := candidates(book, rep, monday, day, support)
	home := d.home(book, ledgers)
	start := placeOf(home)
	for _, l := range ledgers {
		stop := d.stop(book, l, day, support[l.Code])
		visit := route.Stop{Place: route.NoPlace, Prize: clamp(stop.Prize.Points), Service: route.Minutes(cmpOr(l.VisitMinutes, rules.VisitMinutes))}
		if l.At.Valid() {
			visit.Place = placeOf(l.At)
		}
		hours, err := ParseHours(l.Hours)
		if err != nil {
			stop.HoursText = l.Hours // taken for always open; the page says so
		}
		visit.Hours = hours
		d.problem.Stops = append(d.problem.Stops, visit)
		d.Stops = append(d.Stops, stop)
	}
	for i := range Days {
		d.problem.Days = append(d.problem.Days, route.Day{
			Weekday: time.Weekday(i + 1), From: start, To: start,
			Start: clockOr(record.DayStart, rules.DayStart), End: clockOr(record.DayEnd, rules.DayEnd),
			Lunch: rules.Lunch, MaxVisits: rules.MaxVisits, Off: monday+model.Date(i) < today,
		})
	}
	d.problem.Travel = route.NewTravel(points)
	d.problem.DriveCost = rules.DriveCost
	d.takeConfirmed(book)
	return d, d.schedule()
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

// supports are, by account, the open step-up signals it is a target of.
func supports(book *model.Book, today model.Date) map[string][]route.Support {
	found := map[string][]route.Support{}
	for _, s := range book.Signals(today) {
		if s.Kind != model.StepUpVisits || s.InHand {
			continue
		}
		for _, l := range s.Readiness.Accounts {
			found[l.Code] = append(found[l.Code], route.Support{Name: s.Campaign, Urgency: s.Urgency})
		}
	}
	return found
}

// candidates are the rep's accounts worth looking at: due or late, wanted for a
// campaign, asking for a visit, or already planned for the week. Accounts that
// are planned after the week or were visited within it are not.
func candidates(book *model.Book, rep string, monday, day model.Date, support map[string][]route.Support) []*model.Ledger {
	var list []*model.Ledger
	last := monday + Days - 1
	for _, area := range book.Areas() {
		for _, l := range area.Accounts() {
			mine, planned, later := area.Rep == rep, false, false
			for _, p := range l.Planned {
				planned = planned || (p.Rep == rep && p.Date >= monday && p.Date <= last)
				later = later || p.Date > last || (p.Rep != rep && p.Date >= monday)
			}
			if l.Inactive || (!mine && !planned) {
				continue
			}
			standing := book.Standing(l, day)
			wanted := standing.State == model.StateDue || standing.State == model.StateOverdue ||
				standing.State == model.StateNever || len(support[l.Code]) > 0 || wishes(l, day)
			visited := standing.Last >= monday
			if planned || (wanted && !later && !visited) {
				list = append(list, l)
			}
		}
	}
	slices.SortFunc(list, func(a, b *model.Ledger) int { return strings.Compare(a.Code, b.Code) })
	return list
}

// wishes reports whether the account asked for a visit in a call since the last one.
func wishes(l *model.Ledger, day model.Date) bool {
	last := l.Visits.OnOrBefore(day)
	for call := range l.Calls.All() {
		if call.Date <= last {
			break
		}
		if call.Date <= day && call.Outcome == model.CallAppointment {
			return true
		}
	}
	return false
}

// classWeight is how much a class weighs, in percent.
var classWeight = [...]int{150, 100, 70}

func (d *Draft) stop(book *model.Book, l *model.Ledger, day model.Date, support []route.Support) Stop {
	standing := book.Standing(l, day)
	stop := Stop{Ledger: l, Standing: standing}
	for _, s := range support {
		stop.Campaigns = append(stop.Campaigns, s.Name)
	}
	stop.Prize = route.Rate(route.Need{
		Visited: standing.Last != 0, Age: standing.Age, Interval: standing.Interval, New: standing.State == model.StateNew,
		ClassWeight: classWeight[l.Class.Rank()], Campaigns: support, Wish: wishes(l, day),
	})
	return stop
}

// home is where the rep's days start and end: at home, else in the middle of the
// accounts that have a place.
func (d *Draft) home(book *model.Book, ledgers []*model.Ledger) model.Coordinates {
	if d.Rep.HomeAt.Valid() {
		return d.Rep.HomeAt
	}
	var middle model.Coordinates
	count := 0.0
	for _, l := range ledgers {
		if l.At.Valid() {
			middle.Lat += l.At.Lat
			middle.Lon += l.At.Lon
			count++
		}
	}
	if count > 0 {
		middle.Lat /= count
		middle.Lon /= count
	}
	return middle
}

// HomeKnown reports whether the days start at the rep's home rather than in the
// middle of the accounts.
func (d *Draft) HomeKnown() bool { return d.Rep.HomeAt.Valid() }

// takeConfirmed puts in place what is already planned for the week.
func (d *Draft) takeConfirmed(book *model.Book) {
	type entry struct {
		plan model.PlannedVisit
		stop int
	}
	var entries []entry
	for p := range book.Plan(d.Rep.Code) {
		if p.Date < d.Monday || p.Date >= d.Monday+Days {
			continue
		}
		if at := d.Find(p.Account); at >= 0 {
			entries = append(entries, entry{p, at})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.plan.Date != b.plan.Date {
			return int(a.plan.Date - b.plan.Date)
		}
		if a.plan.Time != b.plan.Time {
			return int(a.plan.Time) - int(b.plan.Time)
		}
		return strings.Compare(a.plan.Account, b.plan.Account)
	})
	for _, e := range entries {
		if e.plan.Minutes > 0 {
			d.problem.Stops[e.stop].Service = route.Minutes(e.plan.Minutes)
		}
		day := int(e.plan.Date - d.Monday)
		d.days[day] = append(d.days[day], route.Placed{Stop: e.stop})
		d.pinned[e.stop] = true
	}
}

// Find is the stop of an account, -1 when it is none.
func (d *Draft) Find(account string) int {
	return slices.IndexFunc(d.Stops, func(s Stop) bool { return s.Ledger.Code == account })
}

// schedule works out the times of the days as they stand.
func (d *Draft) schedule() error {
	week, err := route.Evaluate(&d.problem, d.days[:])
	if err != nil {
		return fmt.Errorf("scheduling the week of %s: %w", d.Rep.Code, err)
	}
	d.Week = week
	return nil
}

// Date is the day of the week by its number from Monday.
func (d *Draft) Date(day int) model.Date { return d.Monday + model.Date(day) }

// Planned are the draft's visits as planned visits, in order.
func (d *Draft) Planned() []model.PlannedVisit {
	var list []model.PlannedVisit
	for day, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			list = append(list, model.PlannedVisit{
				Rep: d.Rep.Code, Date: d.Date(day), Account: d.Stops[v.Stop].Ledger.Code,
				Time:    model.NewClock(v.Start.Minutes()/60, v.Start.Minutes()%60),
				Minutes: (v.End - v.Start).Minutes(),
			})
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
		if p.Date < d.Monday || p.Date >= d.Monday+Days {
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
		return strings.Compare(a.Code, b.Code)
	})
	return put, remove
}
