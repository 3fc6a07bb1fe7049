package route

// Why a stop is not in the week.

// batch is how many stops are checked at once: enough to share the drives
// between the week's stops, few enough to keep the table small.
const batch = 256

// leftOut gives every stop that the week does not visit its reason.
func leftOut(p *Problem, f *frame, w *Week) []LeftOut {
	planned := w.planned(p)
	var out []LeftOut
	var asked []int // positions in out whose reason hangs on the week
	for i := range p.Stops {
		if planned[i] {
			continue
		}
		l := LeftOut{Stop: i, Reason: DoesNotFit}
		switch {
		case p.Stops[i].Place == NoPlace:
			l.Reason = PlaceUnknown
		case !f.open(p, i):
			l.Reason = Closed
			l.Detour = leastDetour(p, w, i)
		default:
			l.Detour = leastDetour(p, w, i)
			if f.reachable(p, i) {
				asked = append(asked, len(out))
			} else {
				l.Reason = TooFar
			}
		}
		out = append(out, l)
	}
	for len(asked) > 0 {
		some := asked[:min(batch, len(asked))]
		asked = asked[len(some):]
		f.judge(p, w, out, some)
	}
	return out
}

// judge settles the reasons of some left-out stops by trying them in the week.
func (f *frame) judge(p *Problem, w *Week, out []LeftOut, some []int) {
	var stops []int
	for _, k := range some {
		stops = append(stops, out[k].Stop)
	}
	lone := len(stops)
	orders := make([][]int32, len(f.tours))
	for t := range f.tours {
		for _, v := range w.Days[f.tours[t].day].Visits {
			orders[t] = append(orders[t], int32(len(stops)))
			stops = append(stops, v.Stop)
		}
	}
	s := newSearcher(newSketch(p, f, stops, lone), 0)
	s.load(orders)
	full := s.served >= s.in.maxVisits
	s.in.maxVisits, s.in.driveCost = unlimited, 0
	for u, k := range some {
		l := &out[k]
		at := s.find(int32(u), true)
		if at.tour >= 0 {
			l.Detour = Seconds(max(0, at.cost))
		}
		switch {
		case p.DriveCost > 0 && int64(p.DriveCost)*int64(l.Detour) >= s.in.prize[u]:
			l.Reason = TooFar
		case at.tour < 0: // no time left, even on the shortest way
		case full:
			l.Reason = WeekFull
		default:
			l.Reason = NotConsidered
		}
	}
}

// open tells whether any working day has an opening long enough.
func (f *frame) open(p *Problem, stop int) bool {
	for _, r := range f.tours {
		if len(f.starts(p, stop, r.day)) > 0 {
			return true
		}
	}
	return false
}

// reachable tells whether a day with nothing else in it could hold the visit.
func (f *frame) reachable(p *Problem, stop int) bool {
	for _, r := range f.tours {
		pl := newPlan(p, r, []Placed{{Stop: stop}}, func(v Placed) []span { return f.starts(p, v.Stop, r.day) })
		if s := pl.best(); s.severity == 0 {
			return true
		}
	}
	return false
}

// leastDetour is the least driving that a stop would add, times aside.
func leastDetour(p *Problem, w *Week, stop int) Seconds {
	least := Seconds(never)
	to := p.Stops[stop].Place
	for d := range p.Days {
		day := &p.Days[d]
		if day.Off || day.Only {
			continue
		}
		at := day.From
		for k := range len(w.Days[d].Visits) + 1 {
			next := day.To
			if k < len(w.Days[d].Visits) {
				next = p.placeOf(w.Days[d].Visits[k].Stop, d)
			}
			extra := p.Travel.Between(at, to).Time + p.Travel.Between(to, next).Time - p.Travel.Between(at, next).Time
			least = min(least, extra)
			at = next
		}
	}
	if least == Seconds(never) {
		return 0
	}
	return max(0, least)
}
