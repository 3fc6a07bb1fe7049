package route

// From orders to exact times and broken rules, for plans made by hand and for
// the planner's own.

import (
	"fmt"
	"slices"
)

// Placed is a stop in a plan made by hand.
type Placed struct {
	Stop  int
	Timed bool // start at At
	At    Seconds
}

// Evaluate gives the exact schedule of a week made by hand and every rule it
// breaks. Nothing is moved or refused: what was given an hour stands at it, and where
// it cannot be reached by then the breach says by how much. days holds, for each of the problem's days, its stops in
// visiting order. A stop's own Fix gives its time where Placed does not.
func Evaluate(p *Problem, days [][]Placed) (*Week, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if len(days) != len(p.Days) {
		return nil, fmt.Errorf("%w: a plan of %d days for a problem of %d", ErrProblem, len(days), len(p.Days))
	}
	w := &Week{Days: make([]DayPlan, len(p.Days))}
	for d, placed := range days {
		placed = slices.Clone(placed)
		for k, v := range placed {
			if v.Stop < 0 || v.Stop >= len(p.Stops) {
				return nil, fmt.Errorf("%w: day %d: stop %d", ErrProblem, d, v.Stop)
			}
			if v.Timed && (v.At < 0 || v.At > maxTime) {
				return nil, fmt.Errorf("%w: stop %d: fixed to %v", ErrProblem, v.Stop, v.At)
			}
			if f := p.Stops[v.Stop].Fix; !v.Timed && f.Kind != Free && f.Timed && f.Day == d {
				placed[k].Timed, placed[k].At = true, f.At
			}
		}
		pl := newPlan(p, dayRules(p, d), placed, func(v Placed) []span {
			return fixedStarts(&p.Stops[v.Stop], &p.Days[d], v.Timed, v.At)
		})
		w.Days[d] = dayPlan(p, d, placed, pl)
	}
	w.finish(p)
	for _, i := range fixedMissing(p, w) {
		day := &w.Days[p.Stops[i].Fix.Day]
		day.Breaches = append(day.Breaches, Breach{Kind: FixedMissing, Stop: i})
	}
	if w.Visits < len(p.Stops) {
		q := held(p, days)
		w.LeftOut = leftOut(q, newFrame(q), w)
	}
	return w, nil
}

// held is the problem with what the plan gives an hour fixed to it, so that others are
// tried around it.
func held(p *Problem, days [][]Placed) *Problem {
	q := *p
	q.Stops = slices.Clone(p.Stops)
	for d, placed := range days {
		for _, v := range placed {
			if v.Timed && q.Stops[v.Stop].Fix.Kind == Free {
				q.Stops[v.Stop].Fix = Fix{Kind: Pinned, Day: d, Timed: true, At: v.At}
			}
		}
	}
	return &q
}

// fixedMissing are the fixed stops that a plan made by hand leaves out.
func fixedMissing(p *Problem, w *Week) []int {
	planned := w.planned(p)
	var out []int
	for i := range p.Stops {
		if p.Stops[i].Fix.Kind != Free && !planned[i] {
			out = append(out, i)
		}
	}
	return out
}

// planned marks the stops that the week visits.
func (w *Week) planned(p *Problem) []bool {
	planned := make([]bool, len(p.Stops))
	for _, d := range w.Days {
		for _, v := range d.Visits {
			planned[v.Stop] = true
		}
	}
	return planned
}

// finish adds up the days and finds the stops that are visited twice.
func (w *Week) finish(p *Problem) {
	seen := make([]bool, len(p.Stops))
	for d := range w.Days {
		day := &w.Days[d]
		w.Visits += len(day.Visits)
		w.Wait += day.Wait
		w.Drive.Time += day.Drive.Time
		w.Drive.Metres += day.Drive.Metres
		for k := range day.Visits {
			v := &day.Visits[k]
			if seen[v.Stop] {
				v.Breaches = append(v.Breaches, Breach{Kind: VisitedTwice, Stop: v.Stop})
				continue
			}
			seen[v.Stop] = true
			w.Prize += p.Stops[v.Stop].Prize
		}
	}
}

// dayPlan writes out one day's best schedule and checks it against the problem's own rules.
func dayPlan(p *Problem, day int, placed []Placed, pl *plan) DayPlan {
	d := &p.Days[day]
	if len(placed) == 0 && (d.Off || d.Only || pl.drive[0] == 0) {
		return DayPlan{}
	}
	s := pl.best()
	out := DayPlan{Leave: Seconds(s.depart), Return: Seconds(s.finish)}
	at := d.From
	for k, v := range placed {
		to := p.placeOf(v.Stop, day)
		visit := Visit{
			Stop: v.Stop, Drive: p.Travel.Between(at, to), Arrive: Seconds(s.arrive[k]),
			Start: Seconds(s.start[k]), End: Seconds(s.start[k] + pl.service[k]),
		}
		at = to
		out.Visits = append(out.Visits, visit)
	}
	out.DriveBack = p.Travel.Between(at, d.To)
	out.rest(p, day, pl, &s)
	out.leaveLate()
	out.sum()
	out.check(p, day, placed)
	return out
}

// rest enters the break: the planned one, or the longest pause there is in its stead.
func (d *DayPlan) rest(p *Problem, day int, pl *plan, s *schedule) {
	r := dayRules(p, day)
	if r.breakLength == 0 {
		return
	}
	if s.gap != noGap {
		d.Break = &Break{Seconds(s.breakAt), Seconds(s.breakAt + pl.rules.breakLength), s.gap}
		return
	}
	var longest int32
	squeeze := func(from, to, drive int32, before int) {
		if pause := r.pause(from, to, drive); pause > longest {
			longest = pause
			begin := max(from, r.breakFrom)
			d.Break = &Break{Seconds(begin), Seconds(begin + pause), before}
		}
	}
	now := s.depart
	for k, start := range s.start {
		squeeze(now, start, pl.drive[k], k)
		now = max(now, start+pl.service[k])
	}
	squeeze(s.finish, max(s.finish, r.breakTo), 0, len(s.start))
}

// leaveLate lets the rep leave just in time for the first visit instead of waiting there.
func (d *DayPlan) leaveLate() {
	if len(d.Visits) == 0 {
		return
	}
	first := &d.Visits[0]
	arrive := first.Start
	if d.Break != nil && d.Break.Before == 0 && d.Break.End > first.Start-first.Drive.Time {
		return // the break lies between leaving and the first visit
	}
	if leave := arrive - first.Drive.Time; leave > d.Leave {
		d.Leave, first.Arrive = leave, arrive
	}
}

func (d *DayPlan) sum() {
	d.Drive = d.DriveBack
	ready := d.Leave
	for k := range d.Visits {
		v := &d.Visits[k]
		d.Drive.Time += v.Drive.Time
		d.Drive.Metres += v.Drive.Metres
		v.Wait = max(0, v.Start-ready-v.Drive.Time)
		if b := d.Break; b != nil && b.Before == k && b.Start >= ready {
			v.Wait = max(0, v.Wait-(b.End-b.Start))
		}
		d.Wait += v.Wait
		ready = max(ready, v.End)
	}
}

// tolerated is from how much on being late counts: agreed times are whole minutes,
// drives by a routing server are not.
const tolerated = 60

// check lists the rules the day breaks.
func (d *DayPlan) check(p *Problem, day int, placed []Placed) {
	rules := &p.Days[day]
	order := 0
	for k := range d.Visits {
		v := &d.Visits[k]
		breach := func(kind BreachKind, by Seconds) {
			v.Breaches = append(v.Breaches, Breach{Kind: kind, Stop: v.Stop, By: by})
		}
		s := &p.Stops[v.Stop]
		appointed := s.Fix.Kind == Appointment && s.Fix.Day == day
		if s.Fix.Kind != Free && s.Fix.Day != day {
			breach(NotItsDay, 0)
		}
		if late := v.Arrive - v.Start; placed[k].Timed && late >= tolerated {
			breach(LateForItsTime, late)
		}
		if !appointed && s.Avoid[rules.Weekday] {
			breach(WeekdayAvoided, 0)
		}
		if out := outside(s, rules, v.Start); out > 0 && !(appointed && (placed[k].Timed || len(s.Hours[rules.Weekday]) == 0)) {
			breach(ClosedThen, out)
		}
		if s.Place == NoPlace {
			breach(UnknownPlace, 0)
		}
		for _, b := range rules.Busy {
			if over := min(v.End, b.To) - max(v.Start, b.From); over > 0 {
				breach(InBusyTime, over)
			}
		}
		if o := s.Fix.Order; s.Fix.Kind != Free && o > 0 && s.Fix.Day == day {
			if o < order {
				breach(OutOfOrderFixed, 0)
			}
			order = max(order, o)
		}
	}
	broken := func(kind BreachKind, by Seconds, count int) {
		d.Breaches = append(d.Breaches, Breach{Kind: kind, Stop: -1, By: by, Count: count})
	}
	if rules.Off {
		broken(WorksOnDayOff, 0, len(d.Visits))
		return
	}
	if d.Leave < rules.Start {
		broken(StartsEarly, rules.Start-d.Leave, 0)
	}
	if d.Return > rules.End {
		broken(DayTooLong, d.Return-rules.End, 0)
	}
	if r := dayRules(p, day); r.breakLength > 0 {
		var rest Seconds
		if d.Break != nil {
			rest = d.Break.End - d.Break.Start
		}
		if missing := Seconds(r.breakLength) - rest; missing > 0 {
			broken(LunchSqueezed, missing, 0)
		}
	}
	if more := len(d.Visits) - rules.MaxVisits; rules.MaxVisits > 0 && more > 0 {
		broken(TooManyVisits, 0, more)
	}
}

// outside is by how much a visit that starts at start misses the opening hours:
// the seconds of it that lie outside the opening that holds most of it.
func outside(s *Stop, d *Day, start Seconds) Seconds {
	if s.Hours == nil {
		return 0
	}
	least := max(s.Service, 1)
	for _, w := range openings(s.Hours[d.Weekday]) {
		if start >= w.From && start+s.Service <= w.To {
			return 0
		}
		if inside := min(start+s.Service, w.To) - max(start, w.From); inside > 0 {
			least = min(least, s.Service-inside)
		}
	}
	return least
}
