package route

// The frame of a week: the limits the search must respect. They are the
// problem's own, except where fixed stops conflict with them; there they are
// widened by just as much as the fixed stops need, so that nothing else makes it worse.

import (
	"cmp"
	"slices"
	"time"
)

// frame holds the tours and what had to be widened.
type frame struct {
	tours []rules
	fixed [][]int          // per tour: its fixed stops, in visiting order
	extra map[int]span     // stop → a start that is allowed against the rules
	press map[[2]int]int32 // from the start of one fixed stop to that of the next, where it is less than visit and drive take
	busy  map[int]int32    // how long a fixed stop holds up what comes behind it, where that is longer than its visit
}

// newFrame makes a tour of every day that is worked or has something fixed to it.
func newFrame(p *Problem) *frame {
	f := &frame{extra: map[int]span{}, press: map[[2]int]int32{}, busy: map[int]int32{}}
	byDay := make([][]int, len(p.Days))
	for i, s := range p.Stops {
		if s.Fix.Kind != Free {
			byDay[s.Fix.Day] = append(byDay[s.Fix.Day], i)
		}
	}
	for d := range p.Days {
		if (p.Days[d].Off || p.Days[d].Only) && len(byDay[d]) == 0 {
			continue
		}
		r := dayRules(p, d)
		order, s := f.arrange(p, r, byDay[d])
		if s.severity > 0 {
			r.start = s.depart
			r.end = max(r.end, s.finish)
			if s.gap == noGap {
				r.breakLength, r.breakLatestStart = s.rest, r.breakTo-s.rest
			}
			for k, i := range order {
				f.extra[i] = span{s.start[k], s.start[k]}
			}
			f.widen(p, d, order, &s)
		}
		r.maxVisits = max(r.maxVisits, len(order))
		f.tours = append(f.tours, r)
		f.fixed = append(f.fixed, order)
	}
	return f
}

// widen makes room for fixed stops that collide: they stand as they are, and the next
// one is taken to be reached in time.
func (f *frame) widen(p *Problem, day int, order []int, s *schedule) {
	var until int32
	for k, i := range order {
		service := int32(p.Stops[i].Service)
		until = max(until, s.start[k]+service)
		if until > s.start[k]+service {
			f.busy[i] = until - s.start[k]
		}
		if k+1 == len(order) {
			break
		}
		drive := int32(p.Travel.Between(p.placeOf(i, day), p.placeOf(order[k+1], day)).Time)
		if s.start[k+1] < until+drive {
			f.press[[2]int{i, order[k+1]}] = s.start[k+1] - s.start[k]
		}
	}
}

// unlimited stands for no limit on the visits of a day.
const unlimited = 1 << 20

// dayRules are a day's own limits. A break is dropped where the day starts too
// late for it: the rep has eaten.
func dayRules(p *Problem, day int) rules {
	d := &p.Days[day]
	r := rules{start: int32(d.Start), end: int32(d.End), maxVisits: d.MaxVisits, day: day}
	if d.MaxVisits == 0 {
		r.maxVisits = unlimited
	}
	if l := d.Lunch; l.Length > 0 && d.Start <= l.To-l.Length {
		r.breakFrom, r.breakTo, r.breakLength = int32(l.From), int32(l.To), int32(l.Length)
		r.breakLatestStart = r.breakTo - r.breakLength
	}
	return r
}

// starts is when a visit to the stop may begin on the day.
func (f *frame) starts(p *Problem, stop, day int) []span {
	spans := permittedStarts(p, stop, day)
	if e, ok := f.extra[stop]; ok && p.Stops[stop].Fix.Day == day {
		spans = append(spans, e)
		slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
		spans = mergeSpans(spans)
	}
	return spans
}

// permittedStarts are the starts of a visit that the problem's own rules allow:
// for a free stop within its opening hours and the working day, for a fixed
// one as it was fixed.
func permittedStarts(p *Problem, stop, day int) []span {
	s, d := &p.Stops[stop], &p.Days[day]
	if s.Fix.Kind == Free {
		if d.Off || d.Only || s.Avoid[d.Weekday] || s.Place == NoPlace {
			return nil
		}
		return outsideBusy(openStarts(s, d.Weekday, d.Start, d.End), d.Busy, s.Service)
	}
	if s.Fix.Day != day {
		return nil
	}
	return fixedStarts(s, d, s.Fix.Timed, s.Fix.At)
}

// fixedStarts are the starts of a visit that is kept whatever the day's length:
// at its hour, else within the opening hours. An appointment on a day without
// opening hours is for the customer to arrange.
func fixedStarts(s *Stop, d *Day, timed bool, at Seconds) []span {
	if timed {
		return []span{{int32(at), int32(at)}}
	}
	if s.Fix.Kind == Appointment && s.Hours != nil && len(s.Hours[d.Weekday]) == 0 {
		return []span{{0, int32(maxTime)}}
	}
	return outsideBusy(openStarts(s, d.Weekday, 0, 2*maxTime), d.Busy, s.Service)
}

// openStarts are the starts that put a visit inside one opening and between from and to.
func openStarts(s *Stop, weekday time.Weekday, from, to Seconds) []span {
	windows := []Window{{from, to}}
	if s.Hours != nil {
		windows = openings(s.Hours[weekday])
	}
	var spans []span
	for _, w := range windows {
		lo, hi := max(w.From, from), min(w.To, to)-s.Service
		if lo <= hi {
			spans = append(spans, span{int32(lo), int32(hi)})
		}
	}
	return spans
}

// outsideBusy takes the starts away that would let a visit overlap a busy time.
func outsideBusy(spans []span, busy []Window, service Seconds) []span {
	for _, b := range busy {
		before, after := int32(b.From-service), int32(b.To)
		var rest []span
		for _, s := range spans {
			if left := (span{s.lo, min(s.hi, before)}); left.lo <= left.hi {
				rest = append(rest, left)
			}
			if right := (span{max(s.lo, after), s.hi}); right.lo <= right.hi {
				rest = append(rest, right)
			}
		}
		spans = rest
	}
	return spans
}

// openings are a weekday's windows in order, those that touch or overlap made one.
func openings(windows []Window) []Window {
	sorted := slices.Clone(windows)
	slices.SortFunc(sorted, func(a, b Window) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	var out []Window
	for _, w := range sorted {
		switch {
		case w.To < w.From:
		case len(out) > 0 && w.From <= out[len(out)-1].To:
			out[len(out)-1].To = max(out[len(out)-1].To, w.To)
		default:
			out = append(out, w)
		}
	}
	return out
}

func mergeSpans(spans []span) []span {
	out := spans[:0]
	for _, s := range spans {
		if len(out) > 0 && s.lo <= out[len(out)-1].hi {
			out[len(out)-1].hi = max(out[len(out)-1].hi, s.hi)
			continue
		}
		out = append(out, s)
	}
	return out
}
