package route

// The exact times of one day whose order is given. Nothing is refused here:
// what does not fit is done late, and how badly is added up.

// noGap is the place of a break that is not taken.
const noGap = -1

// schedule is one day's times. Positions are those of the order it was made from.
type schedule struct {
	depart  int32
	arrive  []int32
	start   []int32
	finish  int32
	gap     int   // the break comes before this position (len: after the last visit), or noGap
	breakAt int32 // start of the break
	rest    int32 // where no break is taken: the longest pause that is left for it
	// severity is the sum of the seconds by which the rules are broken; 0 is a day as it should be.
	severity int32
}

// closedAllDay is the severity of a visit on a day that has no opening at all,
// beyond its own length: worse than being late by less.
const closedAllDay = 3600

// plan is the material of a schedule: limits, drives and permitted starts.
type plan struct {
	rules   rules
	early   int32   // how much before the day's time it starts
	drive   []int32 // to each position, then home
	service []int32
	starts  [][]span
	fixed   []int32 // the hour a visit stands at whatever comes before it, or notFixed
}

// notFixed is the hour of a visit that has none of its own.
const notFixed = -1

// lateness is how much worse it is to come late to an hour that was fixed than to break
// another rule by as much: nobody has lunch while a customer waits.
const lateness = 100

// newPlan gathers what scheduling the stops on the rules' day takes. The day begins
// before its time where its first stop is fixed to an hour that cannot be reached
// otherwise.
func newPlan(p *Problem, r rules, placed []Placed, starts func(Placed) []span) *plan {
	pl := &plan{rules: r}
	at := p.Days[r.day].From
	for _, v := range placed {
		to := p.placeOf(v.Stop, r.day)
		pl.drive = append(pl.drive, int32(p.Travel.Between(at, to).Time))
		pl.service = append(pl.service, int32(p.Stops[v.Stop].Service))
		pl.starts = append(pl.starts, starts(v))
		fixed := int32(notFixed)
		if v.Timed {
			fixed = int32(v.At)
		}
		pl.fixed = append(pl.fixed, fixed)
		at = to
	}
	pl.drive = append(pl.drive, int32(p.Travel.Between(at, p.Days[r.day].To).Time))
	if len(placed) > 0 && placed[0].Timed {
		pl.leaveEarlier(int32(placed[0].At))
	}
	return pl
}

// placeOf takes a stop of which nobody knows where it is to be at the place
// where the day begins.
func (p *Problem) placeOf(stop, day int) int {
	if place := p.Stops[stop].Place; place != NoPlace {
		return place
	}
	return p.Days[day].From
}

// leaveEarlier lets the day begin before its time where its first stop is fixed to an
// hour that cannot be reached otherwise.
func (pl *plan) leaveEarlier(at int32) {
	start := min(pl.rules.start, at-pl.drive[0])
	pl.early, pl.rules.start = pl.rules.start-start, start
}

// best is the schedule with the break where it does least harm, then where the
// day ends soonest.
func (pl *plan) best() schedule {
	s := pl.at(noGap)
	if pl.rules.breakLength == 0 {
		return s
	}
	for gap := range len(pl.drive) {
		t := pl.at(gap)
		if t.gap == gap && (t.severity < s.severity || t.severity == s.severity && (s.gap == noGap || t.finish < s.finish)) {
			s = t
		}
	}
	return s
}

// at is the schedule with the break before position gap. Where that would be
// too late for a break, none is taken.
func (pl *plan) at(gap int) schedule {
	r := &pl.rules
	n := len(pl.service)
	s := schedule{depart: r.start, severity: pl.early, gap: noGap, arrive: make([]int32, n), start: make([]int32, n)}
	now := r.start
	for i := range n {
		s.arrive[i] = now + pl.drive[i]
		ready := s.arrive[i]
		if gap == i && now <= r.breakLatestStart {
			ready = r.afterBreak(now, pl.drive[i])
			s.takeBreak(r, i, now, pl.drive[i])
		}
		var late int32
		if at := pl.fixed[i]; at != notFixed {
			s.start[i], late = at, lateness*max(0, ready-at)
		} else {
			s.start[i], late = firstStart(pl.starts[i], ready, pl.service[i])
		}
		s.severity += late
		s.rest = max(s.rest, r.pause(now, s.start[i], pl.drive[i]))
		now = max(now, s.start[i]+pl.service[i]) // of two at once the longer holds up the next
	}
	s.finish = now + pl.drive[n]
	if r.breakLength > 0 {
		s.rest = max(s.rest, min(r.breakLength, max(0, r.breakTo-max(s.finish, r.breakFrom))))
		switch {
		case gap != n:
		case s.finish <= r.breakLatestStart: // after coming home
			s.gap, s.breakAt = n, max(s.finish, r.breakFrom)
		case now <= r.breakLatestStart: // on the way home
			s.gap, s.breakAt = n, max(now, r.breakFrom)
			s.finish = r.afterBreak(now, pl.drive[n])
		}
		if s.gap == noGap {
			s.severity += r.breakLength - s.rest
		}
	}
	s.severity += max(0, s.finish-r.end)
	return s
}

// takeBreak notes the break; one taken before or during the drive delays the arrival.
func (s *schedule) takeBreak(r *rules, i int, now, drive int32) {
	s.gap, s.breakAt = i, max(now, r.breakFrom)
	if now+drive > r.breakFrom {
		s.arrive[i] = max(now+drive, r.breakFrom) + r.breakLength
	} else {
		s.breakAt = r.breakFrom
	}
}

// pause is the longest break that fits between a visit's end and the next one's
// start, the drive aside and within the hours for the break.
func (r *rules) pause(from, to, drive int32) int32 {
	free := min(to-from-drive, min(to, r.breakTo)-max(from, r.breakFrom))
	return min(r.breakLength, max(0, free))
}

// firstStart is the first permitted start from ready on; where there is none
// left the visit begins at once, and late says how far it is out.
func firstStart(spans []span, ready, service int32) (start, late int32) {
	for _, s := range spans {
		if ready <= s.hi {
			return max(ready, s.lo), 0
		}
	}
	if len(spans) == 0 {
		return ready, service + closedAllDay
	}
	return ready, ready - spans[len(spans)-1].hi
}
