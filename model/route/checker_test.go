package route_test

// An independent referee: it recomputes every day from the problem alone and
// shares no code with the planner.

import (
	"fmt"

	"doppelpass/model/route"
)

// referee lists everything that is wrong with a week. Breaches that the week
// itself reports are expected to be real; tolerated are rules broken on days
// that hold fixed stops, and only as far as reported.
func referee(p *route.Problem, w *route.Week) []string {
	var wrong []string
	fail := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if len(w.Days) != len(p.Days) {
		return []string{"number of days"}
	}
	seen := map[int]int{}
	prize, visits, fixed := 0, 0, 0
	var driven route.Seconds
	for d, day := range w.Days {
		rules := p.Days[d]
		reported := map[route.BreachKind]route.Seconds{}
		for _, b := range day.Breaches {
			reported[b.Kind] = max(1, b.By)
		}
		fixedHere := 0
		at, now := rules.From, day.Leave
		var pauses []route.Window
		for k, v := range day.Visits {
			s := p.Stops[v.Stop]
			excused := map[route.BreachKind]route.Seconds{}
			for _, b := range v.Breaches {
				excused[b.Kind] = max(1, b.By)
			}
			if s.Fix.Kind != route.Free {
				fixedHere++
			} else if len(v.Breaches) > 0 {
				fail("day %d: free stop %d breaks %v", d, v.Stop, v.Breaches)
			}
			seen[v.Stop]++
			visits++
			prize += s.Prize
			place := s.Place
			if place == route.NoPlace {
				place = rules.From
			}
			leg := p.Travel.Between(at, place)
			if v.Drive != leg {
				fail("day %d visit %d: drive %v instead of %v", d, k, v.Drive, leg)
			}
			driven += leg.Time
			timed := s.Fix.Timed && s.Fix.Kind != route.Free
			late := v.Arrive - v.Start
			if late > 0 && !timed {
				fail("day %d visit %d: starts %v before it can be reached", d, k, v.Start)
			}
			if late := max(0, late); late != excused[route.LateForItsTime] && late >= 60 {
				fail("day %d visit %d: %v late, reported %v", d, k, late, excused[route.LateForItsTime])
			}
			if v.Arrive < now+leg.Time || v.Wait < 0 {
				fail("day %d visit %d: arrives %v, starts %v, waits %v", d, k, v.Arrive, v.Start, v.Wait)
			}
			for _, b := range rules.Busy {
				if min(v.End, b.To) > max(v.Start, b.From) && excused[route.InBusyTime] == 0 {
					fail("day %d visit %d: in a busy time", d, k)
				}
			}
			if v.End != v.Start+s.Service {
				fail("day %d visit %d: wrong end", d, k)
			}
			pauses = append(pauses, route.Window{From: now, To: v.Start - leg.Time})
			openStart := false
			hours := s.Hours
			if hours == nil {
				openStart = true
			} else {
				for minute := v.Start; ; minute++ {
					inside := false
					for _, o := range hours[rules.Weekday] {
						inside = inside || o.From <= minute && minute <= o.To
					}
					if !inside {
						break
					}
					if minute == v.End {
						openStart = true
						break
					}
					// Jump to the end of the longest window that holds this second.
					for _, o := range hours[rules.Weekday] {
						if o.From <= minute && minute <= o.To {
							minute = max(minute, min(o.To, v.End))
						}
					}
					if minute == v.End {
						openStart = true
						break
					}
				}
			}
			appointed := s.Fix.Kind == route.Appointment
			overrides := appointed && (s.Fix.Timed || (hours == nil || len(hours[rules.Weekday]) == 0))
			if !openStart && !overrides && excused[route.ClosedThen] == 0 {
				fail("day %d visit %d: stop %d closed %v–%v", d, k, v.Stop, v.Start, v.End)
			}
			if openStart && excused[route.ClosedThen] != 0 {
				fail("day %d visit %d: reported closed, but open", d, k)
			}
			if s.Avoid[rules.Weekday] && !appointed && excused[route.WeekdayAvoided] == 0 {
				fail("day %d visit %d: weekday to avoid", d, k)
			}
			if s.Fix.Kind != route.Free && s.Fix.Day != d {
				fail("day %d visit %d: fixed to day %d", d, k, s.Fix.Day)
			}
			if timed && v.Start != s.Fix.At {
				fail("day %d visit %d: %v instead of %v", d, k, v.Start, s.Fix.At)
			}
			at, now = place, max(now, v.End)
		}
		if fixed += fixedHere; rules.Only && fixedHere != len(day.Visits) {
			fail("day %d takes only what is fixed", d)
		}
		if rules.Off && fixedHere != len(day.Visits) {
			fail("day %d is off", d)
		}
		if len(day.Visits) == 0 {
			continue
		}
		back := p.Travel.Between(at, rules.To)
		driven += back.Time
		if day.Return < now+back.Time {
			fail("day %d: home too early", d)
		}
		pauses = append(pauses, route.Window{From: now, To: day.Return - back.Time})
		if rules.Off {
			continue
		}
		if day.Leave < rules.Start && reported[route.StartsEarly] != rules.Start-day.Leave {
			fail("day %d: leaves %v", d, day.Leave)
		}
		if day.Return > rules.End && reported[route.DayTooLong] != day.Return-rules.End {
			fail("day %d: home at %v", d, day.Return)
		}
		if rules.MaxVisits > 0 && len(day.Visits) > rules.MaxVisits && (reported[route.TooManyVisits] == 0 || fixedHere < len(day.Visits)) {
			fail("day %d: %d visits", d, len(day.Visits))
		}
		if l := rules.Lunch; l.Length > 0 && rules.Start <= l.To-l.Length && reported[route.LunchSqueezed] == 0 {
			rest := false
			for k, free := range pauses {
				if k == 0 {
					free.From = min(rules.Start, day.Leave)
				}
				rest = rest || free.To-free.From >= l.Length && fits(free, legAt(p, w, d, k), l)
			}
			rest = rest || max(day.Return, l.From)+l.Length <= l.To
			if !rest {
				fail("day %d: no break", d)
			}
			if b := day.Break; b == nil || b.End-b.Start != l.Length || b.Start < l.From || b.End > l.To {
				fail("day %d: break %v", d, b)
			}
		}
		if fixedHere == 0 && rules.From == rules.To && len(day.Breaches) > 0 {
			fail("day %d without fixed stops breaks %v", d, day.Breaches)
		}
	}
	for i, s := range p.Stops {
		if seen[i] > 1 {
			fail("stop %d visited %d times", i, seen[i])
		}
		if s.Fix.Kind != route.Free && seen[i] != 1 {
			fail("fixed stop %d missing", i)
		}
	}
	if p.MaxVisits > 0 && visits > max(p.MaxVisits, fixed) {
		fail("%d visits, %d of them fixed", visits, fixed)
	}
	left := map[int]bool{}
	for _, l := range w.LeftOut {
		if left[l.Stop] || seen[l.Stop] > 0 {
			fail("stop %d is left out and not", l.Stop)
		}
		left[l.Stop] = true
	}
	if len(left)+visits != len(p.Stops) {
		fail("%d left out and %d visited of %d", len(left), visits, len(p.Stops))
	}
	if prize != w.Prize || visits != w.Visits {
		fail("prize %d visits %d, reported %d and %d", prize, visits, w.Prize, w.Visits)
	}
	return wrong
}

func legAt(p *route.Problem, w *route.Week, d, k int) route.Seconds {
	if k < len(w.Days[d].Visits) {
		return w.Days[d].Visits[k].Drive.Time
	}
	return w.Days[d].DriveBack.Time
}

// fits tells whether the break can lie between two visits: `free` runs from the
// end of the one to the last moment to drive on to the other, but the drive
// itself may come before the break, after it or around it.
func fits(free route.Window, drive route.Seconds, l route.Lunch) bool {
	from := max(free.From, l.From)
	to := min(free.To+drive, l.To)
	return to-from >= l.Length
}
