package route

// The question put to the planner: days, stops, opening hours, what is fixed.

import (
	"errors"
	"fmt"
	"time"
)

// Seconds is a time of day (seconds since that day's midnight) or a length of
// time. Whole seconds keep every sum exact, on every machine.
type Seconds int32

// At is the time of day hour:minute.
func At(hour, minute int) Seconds { return Seconds(hour*3600 + minute*60) }

// Minutes is a length of n minutes.
func Minutes(n int) Seconds { return Seconds(n * 60) }

// Minutes rounds up to whole minutes.
func (s Seconds) Minutes() int { return int((s + 59) / 60) }

// String shows hours and minutes, as in "08:30".
func (s Seconds) String() string {
	if s < 0 {
		return "-" + (-s).String()
	}
	return fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
}

// Window is a span of one day. A visit lies in it from its start to its end.
type Window struct{ From, To Seconds }

// Hours are opening hours, indexed by time.Weekday; windows in any order. A
// weekday without a window is closed.
type Hours [7][]Window

// Weekdays is a set of weekdays, indexed by time.Weekday.
type Weekdays [7]bool

// Lunch is the midday break: Length long, wholly between From and To. It may
// be taken wherever the rep is not with a customer: at either end of a drive,
// on the way, before leaving in the morning or after coming home. Time spent
// waiting for a customer to open counts. The zero value is no break.
type Lunch struct {
	From, To Seconds
	Length   Seconds
}

// Day is one tour: from From (a place of the Travel) not before Start, to To
// not after End.
type Day struct {
	Weekday    time.Weekday
	Off        bool // no tour; what is fixed to it is reported as broken rule
	Only       bool // takes nothing but what is fixed to it, and that breaks no rule: a Saturday
	From, To   int
	Start, End Seconds
	Lunch      Lunch
	Busy       []Window // times in which no visit may lie
	MaxVisits  int      // at most so many stops, appointments included; 0: any number
}

// NoPlace marks a stop of which nobody knows where it is.
const NoPlace = -1

// Stop is an account that might be visited, or an appointment.
type Stop struct {
	Place   int     // a place of the Travel, or NoPlace
	Prize   int     // points gained by visiting it, 0 … MaxPrize; see Rate
	Service Seconds // how long the visit takes
	Hours   *Hours  // nil: always open
	Avoid   Weekdays
	Fix     Fix
}

// FixKind says how firmly a stop is placed.
type FixKind uint8

// The kinds of Fix.
const (
	Free        FixKind = iota // the planner decides whether and when
	Pinned                     // put on its day by hand: stays there; opening hours are still watched
	Appointment                // agreed with the customer: stays, and overrides opening hours and weekdays to avoid
)

// Fix places a stop by decree. The zero value is Free.
type Fix struct {
	Kind  FixKind
	Day   int     // index into Problem.Days
	Timed bool    // start exactly At, whatever that breaks
	At    Seconds // only where Timed
	Order int     // above 0: the day's stops that carry an order are visited in ascending order
}

// MaxPrize bounds a prize so that sums stay exact.
const MaxPrize = 1_000_000

// Problem is a week (or any set of days) to be planned. Each stop is visited
// at most once.
type Problem struct {
	Days   []Day
	Stops  []Stop
	Travel *Travel
	// MaxVisits is how many visits all days may hold together, those fixed included;
	// 0: any number. What is fixed stays even where it is more.
	MaxVisits int
	// DriveCost is what an hour's driving costs, in points. A stop whose
	// detour costs more than its prize is left out as TooFar. With 0 driving
	// only decides between plans of equal prize.
	DriveCost int
}

// ErrProblem wraps what is malformed about a Problem or a hand-made plan (an
// index out of range, a negative length). Fixed stops that conflict are not
// malformed: they come back as Breach.
var ErrProblem = errors.New("malformed planning problem")

func (p *Problem) check() error {
	if p.Travel == nil {
		return fmt.Errorf("%w: no travel times", ErrProblem)
	}
	places := p.Travel.Places()
	if p.DriveCost < 0 || p.DriveCost > MaxPrize {
		return fmt.Errorf("%w: drive cost %d", ErrProblem, p.DriveCost)
	}
	if p.MaxVisits < 0 {
		return fmt.Errorf("%w: %d visits", ErrProblem, p.MaxVisits)
	}
	for i, d := range p.Days {
		switch {
		case d.Weekday < time.Sunday || d.Weekday > time.Saturday:
			return fmt.Errorf("%w: day %d: weekday %d", ErrProblem, i, d.Weekday)
		case d.From < 0 || d.From >= places || d.To < 0 || d.To >= places:
			return fmt.Errorf("%w: day %d: its tour starts or ends nowhere", ErrProblem, i)
		case d.Start < 0 || d.End > maxTime || d.MaxVisits < 0:
			return fmt.Errorf("%w: day %d: from %v to %v, %d visits", ErrProblem, i, d.Start, d.End, d.MaxVisits)
		case d.Lunch.Length < 0 || d.Lunch.Length > 0 && d.Lunch.To-d.Lunch.From < d.Lunch.Length:
			return fmt.Errorf("%w: day %d: a break of %v between %v and %v", ErrProblem, i, d.Lunch.Length, d.Lunch.From, d.Lunch.To)
		}
	}
	for i, s := range p.Stops {
		switch {
		case s.Place != NoPlace && (s.Place < 0 || s.Place >= places):
			return fmt.Errorf("%w: stop %d: place %d", ErrProblem, i, s.Place)
		case s.Service < 0 || s.Service > maxTime:
			return fmt.Errorf("%w: stop %d: a visit of %v", ErrProblem, i, s.Service)
		case s.Prize < 0 || s.Prize > MaxPrize:
			return fmt.Errorf("%w: stop %d: prize %d", ErrProblem, i, s.Prize)
		case s.Fix.Kind > Appointment:
			return fmt.Errorf("%w: stop %d: fix kind %d", ErrProblem, i, s.Fix.Kind)
		case s.Fix.Kind != Free && (s.Fix.Day < 0 || s.Fix.Day >= len(p.Days)):
			return fmt.Errorf("%w: stop %d: fixed to day %d", ErrProblem, i, s.Fix.Day)
		case s.Fix.Timed && (s.Fix.At < 0 || s.Fix.At > maxTime):
			return fmt.Errorf("%w: stop %d: fixed to %v", ErrProblem, i, s.Fix.At)
		}
	}
	return nil
}

// maxTime bounds times so that sums of a tour stay far from overflow.
const maxTime Seconds = 1 << 26
