package route

// The answer: days with exact times, what was left out and why, what is broken.

// Break is the midday break as planned.
type Break struct {
	Start, End Seconds
	Before     int // it comes before this visit of the day; the number of visits: after the last
}

// Visit is one stop as scheduled. Every visit starts at Start and ends at End;
// where the rep comes early, Wait is the time spent waiting, the break not counted.
type Visit struct {
	Stop     int // index into Problem.Stops
	Arrive   Seconds
	Start    Seconds
	End      Seconds
	Wait     Seconds
	Drive    Leg // from the stop before, or from where the day starts
	Breaches []Breach
}

// DayPlan is one day. A day off, or one without anything to do that starts and
// ends at the same place, has no times.
type DayPlan struct {
	Visits        []Visit
	Leave, Return Seconds
	DriveBack     Leg // from the last stop to where the day ends
	Break         *Break
	Drive         Leg // sum of the day
	Wait          Seconds
	Breaches      []Breach // those that concern the day as a whole
}

// Reason says why a stop was left out.
type Reason uint8

// The reasons for leaving a stop out.
const (
	DoesNotFit    Reason = iota // open and within reach, but the week is full
	Closed                      // no opening on a working day is long enough, or only on weekdays to avoid
	TooFar                      // cannot be reached and left again within a day, or the detour costs more than its prize
	PlaceUnknown                // nobody knows where it is
	NotConsidered               // would still fit: set aside before planning, or not looked for any longer
	WeekFull                    // would fit a day, but the week holds as many visits as it may (Problem.MaxVisits)
)

// LeftOut is a stop that is not visited.
type LeftOut struct {
	Stop   int
	Reason Reason
	Detour Seconds // least extra driving it would add to the week, where there is time for it if there is any; 0 where its place is unknown
}

// BreachKind is a rule that a plan breaks.
type BreachKind uint8

// The rules a week can break. The planner breaks none of its own accord; only
// fixed stops that conflict, or a plan made by hand, can.
const (
	ClosedThen      BreachKind = iota // the visit lies outside the opening hours by By
	WeekdayAvoided                    // the account does not want visits on this weekday
	LateForItsTime                    // cannot be reached at its fixed hour, by By: what comes before it takes longer
	NotItsDay                         // fixed to another day
	VisitedTwice                      // already visited earlier in the week
	UnknownPlace                      // taken to be where the day starts
	FixedMissing                      // a fixed stop is not in the plan; Stop says which
	StartsEarly                       // the day starts before its time by By
	DayTooLong                        // the day ends after its time by By
	LunchSqueezed                     // By is missing from the break
	TooManyVisits                     // Count more than allowed
	WorksOnDayOff                     // visits on a day off
	OutOfOrderFixed                   // visited before a stop that was ordered in front of it
	InBusyTime                        // lies within a busy time of the day, by By
)

// Breach is one broken rule.
type Breach struct {
	Kind  BreachKind
	Stop  int // the stop concerned, or -1
	By    Seconds
	Count int
}

// Week is a plan.
type Week struct {
	Days       []DayPlan // as in Problem.Days
	LeftOut    []LeftOut // in order of Stops
	Prize      int       // sum of the visited stops' prizes
	Visits     int
	Drive      Leg
	Wait       Seconds
	Iterations int // spent by Solve; the same number again gives the same week
}

// Breaches is the number of broken rules in the week.
func (w *Week) Breaches() int {
	n := 0
	for i := range w.Days {
		n += w.Days[i].Breached()
	}
	return n
}

// Breached is the number of rules broken on the day, its visits included.
func (d *DayPlan) Breached() int {
	n := len(d.Breaches)
	for _, v := range d.Visits {
		n += len(v.Breaches)
	}
	return n
}

// Stops are the days' stops in visiting order, the form in which Options.From takes a week.
func (w *Week) Stops() [][]int {
	out := make([][]int, len(w.Days))
	for d, day := range w.Days {
		for _, v := range day.Visits {
			out[d] = append(out[d], v.Stop)
		}
	}
	return out
}

// ChangeKind is what happened to a stop between two plans.
type ChangeKind uint8

// The kinds of Change.
const (
	Added ChangeKind = iota
	Removed
	OtherDay
	OtherTime
)

// Change is one difference between two plans of the same problem.
type Change struct {
	Kind               ChangeKind
	Stop               int
	FromDay, ToDay     int // -1 where not visited
	FromStart, ToStart Seconds
}

// Changes lists what differs from one plan to another, in order of Stops.
func Changes(before, after *Week) []Change {
	type where struct {
		day   int
		start Seconds
	}
	find := func(w *Week) (map[int]where, int) {
		m, last := map[int]where{}, -1
		for d, day := range w.Days {
			for _, v := range day.Visits {
				m[v.Stop] = where{d, v.Start}
				last = max(last, v.Stop)
			}
		}
		return m, last
	}
	old, lastOld := find(before)
	now, lastNow := find(after)
	var out []Change
	for stop := range max(lastOld, lastNow) + 1 {
		a, was := old[stop]
		b, is := now[stop]
		switch {
		case was && !is:
			out = append(out, Change{Kind: Removed, Stop: stop, FromDay: a.day, ToDay: -1, FromStart: a.start})
		case is && !was:
			out = append(out, Change{Kind: Added, Stop: stop, FromDay: -1, ToDay: b.day, ToStart: b.start})
		case is && a.day != b.day:
			out = append(out, Change{OtherDay, stop, a.day, b.day, a.start, b.start})
		case is && a.start != b.start:
			out = append(out, Change{OtherTime, stop, a.day, b.day, a.start, b.start})
		}
	}
	return out
}
