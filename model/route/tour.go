package route

// One tour with what makes an insertion checkable in constant time: for every
// step the earliest start and the latest arrival, with the break behind or
// still ahead.

import "slices"

// step is a visit, or the tour's first or last place. Times are those of
// Savelsbergh's forward and backward slack (1992), kept twice where the day has
// a break: once for plans that have taken it by then, once for plans that have not.
type step struct {
	node      int32
	leg       int32 // service here and drive to the next step
	start     int32 // earliest start of the visit, break taken or none to take
	latest    int32 // latest arrival that keeps the rest feasible, likewise
	end       int32 // earliest end of the visit, the break wherever it may be
	startDue  int32 // earliest start with the break still to come
	latestDue int32 // latest arrival with the break still to come
}

// tour is an ordered day. steps[0] is the first place, the last step the last place.
type tour struct {
	rules *rules
	hours []opening
	steps []step
	gaps  []int32 // per step the time between the end of the visit before it and its latest arrival; none with a break
	drive int32   // without service
}

func newTour(in *instance, t int) tour {
	r := &in.tours[t]
	tr := tour{rules: r, hours: in.openings[r.hours], steps: make([]step, 2, 32)}
	tr.steps[0] = step{node: r.firstNode, start: r.start, end: r.start, startDue: never}
	tr.steps[1] = step{node: r.lastNode, latest: r.end, latestDue: -never}
	if r.breakLength > 0 {
		tr.steps[0].start, tr.steps[0].startDue = never, r.start
		tr.steps[1].latestDue = min(r.end, r.breakLatestStart) // the break after coming home
	}
	tr.relink(in, 0)
	tr.drive = tr.steps[0].leg // nobody is served at the first place
	tr.refresh(in, 1, 0)
	return tr
}

func (t *tour) visits() int { return len(t.steps) - 2 }

func (t *tour) relink(in *instance, i int) {
	t.steps[i].leg = in.leg[int(t.steps[i].node)*in.width+int(t.steps[i+1].node)]
}

// insert puts u behind step i.
func (t *tour) insert(in *instance, u int32, i int) {
	t.steps = append(t.steps, step{})
	copy(t.steps[i+2:], t.steps[i+1:])
	t.steps[i+1] = step{node: u}
	t.drive -= t.steps[i].leg
	t.relink(in, i)
	t.relink(in, i+1)
	t.drive += t.steps[i].leg + t.steps[i+1].leg - in.service[u]
	t.refresh(in, i+1, i+1)
}

// remove takes out steps i … i+count-1.
func (t *tour) remove(in *instance, i, count int) {
	for k := i - 1; k < i+count; k++ {
		t.drive -= t.steps[k].leg
		t.drive += in.service[t.steps[k].node]
	}
	t.steps = append(t.steps[:i], t.steps[i+count:]...)
	t.relink(in, i-1)
	t.drive += t.steps[i-1].leg - in.service[t.steps[i-1].node]
}

// refresh brings the earliest times up to date from step `from` on and the
// latest times from step `to` down.
func (t *tour) refresh(in *instance, from, to int) {
	s := t.steps
	last := len(s) - 1
	if t.rules.breakLength > 0 {
		t.refreshDue(in, from, to)
		return
	}
	at := s[from-1].start + s[from-1].leg
	for i := from; i < last; i++ {
		at = t.hours[s[i].node].after(at)
		s[i].start, s[i].end = at, at+in.service[s[i].node]
		at += s[i].leg
	}
	s[last].start = at
	for i := to; i > 0; i-- {
		s[i].latest = t.hours[s[i].node].before(s[i+1].latest - s[i].leg)
	}
	s[0].latest = s[1].latest - s[0].leg
	t.measureGaps()
}

// measureGaps keeps beside the steps what most insertions fail at: a scan that reads
// only this leaves the steps out of the processor's cache.
func (t *tour) measureGaps() {
	s := t.steps
	t.gaps = slices.Grow(t.gaps[:0], len(s))[:len(s)]
	gaps := t.gaps
	gaps[0] = -never
	end := s[0].end
	for i := 1; i < len(s); i++ {
		gaps[i] = s[i].latest - end
		end = s[i].end
	}
}

func (t *tour) refreshDue(in *instance, from, to int) {
	s, r := t.steps, t.rules
	last := len(s) - 1
	for i := from; i <= last; i++ {
		p, q := &s[i-1], &s[i]
		served := in.service[p.node]
		due := min(p.startDue+p.leg, never)
		taken := min(p.start+p.leg, r.afterBreak(p.startDue+served, p.leg-served))
		if i < last {
			due, taken = t.hours[q.node].after(due), t.hours[q.node].after(taken)
		}
		q.startDue, q.start = due, min(taken, never)
		q.end = min(q.startDue, q.start) + in.service[q.node]
	}
	for i := to; i >= 0; i-- {
		p, q := &s[i], &s[i+1]
		served := in.service[p.node]
		taken := max(q.latest-p.leg, -never)
		due := max(q.latestDue-p.leg, r.beforeBreak(q.latest, p.leg-served)-served)
		if i > 0 {
			due, taken = t.hours[p.node].before(due), t.hours[p.node].before(taken)
		}
		p.latestDue, p.latest = due, taken
	}
}

// finish is the earliest arrival at the last place.
func (t *tour) finish() int32 {
	last := &t.steps[len(t.steps)-1]
	if t.rules.breakLength == 0 {
		return last.start
	}
	return min(last.start, last.startDue)
}

// candidates are the visits in order.
func (t *tour) candidates() []int32 {
	out := make([]int32, 0, t.visits())
	for _, s := range t.steps[1 : len(t.steps)-1] {
		out = append(out, s.node)
	}
	return out
}

// feasible tells whether all visits and the break fit.
func (t *tour) feasible() bool {
	latest := t.steps[0].latest
	if t.rules.breakLength > 0 {
		latest = t.steps[0].latestDue
	}
	return t.rules.start <= latest && t.visits() <= t.rules.maxVisits
}
