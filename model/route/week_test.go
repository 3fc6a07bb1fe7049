package route_test

// Small weeks worked by hand.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model/route"
)

// line is a road with a place every ten minutes (8 km); place 0 is home.
func line(places int) *route.Travel {
	t := route.NewTable(places)
	for a := range places {
		for b := range places {
			n := max(a-b, b-a)
			t.Set(a, b, route.Leg{Time: route.Minutes(10 * n), Metres: int32(8000 * n)})
		}
	}
	return t
}

// monday is 8 to 12, from home and back.
func monday() route.Day {
	return route.Day{Weekday: time.Monday, Start: route.At(8, 0), End: route.At(12, 0)}
}

func visit(place, prize, minutes int) route.Stop {
	return route.Stop{Place: place, Prize: prize, Service: route.Minutes(minutes)}
}

func openOn(day time.Weekday, windows ...route.Window) *route.Hours {
	h := &route.Hours{}
	h[day] = windows
	return h
}

func from(h1, m1, h2, m2 int) route.Window {
	return route.Window{From: route.At(h1, m1), To: route.At(h2, m2)}
}

// Leave 8:00, at place 1 8:10–8:40, place 2 8:50–9:50, home again 10:10:
// 40 minutes and 32 km of driving.
func TestTimesAndDrives(t *testing.T) {
	p := &route.Problem{Travel: line(3), Days: []route.Day{monday()}, Stops: []route.Stop{visit(2, 5, 60), visit(1, 3, 30)}}
	p.Stops[1].Hours = openOn(time.Monday, from(8, 0, 9, 0))
	w := solve(t, p, route.Options{Iterations: 200})
	day := w.Days[0]
	require.Equal(t, [][]int{{1, 0}}, w.Stops())
	require.Equal(t, route.At(8, 0), day.Leave)
	require.Equal(t, route.At(8, 10), day.Visits[0].Start)
	require.Equal(t, route.At(8, 50), day.Visits[1].Arrive)
	require.Equal(t, route.At(9, 50), day.Visits[1].End)
	require.Equal(t, route.At(10, 10), day.Return)
	require.Equal(t, route.Leg{Time: route.Minutes(40), Metres: 32000}, w.Drive)
	require.Equal(t, 8, w.Prize)
}

// Of 240 minutes, place 3 costs 60 on the road. Three visits of 60 minutes there
// take 180 more: exactly full. The fourth, worth least, stays out.
func TestTheLeastWorthStaysOut(t *testing.T) {
	p := &route.Problem{Travel: line(4), Days: []route.Day{monday()}}
	for _, prize := range []int{5, 2, 9, 7} {
		p.Stops = append(p.Stops, visit(3, prize, 60))
	}
	w := solve(t, p, route.Options{Iterations: 500})
	require.Equal(t, 21, w.Prize)
	require.Equal(t, route.At(12, 0), w.Days[0].Return)
	require.Equal(t, []route.LeftOut{{Stop: 1, Reason: route.DoesNotFit}}, w.LeftOut)
}

// The rep leaves in time to be there when it opens, rather than wait at the door.
func TestLeavesJustInTime(t *testing.T) {
	p := &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 1, 30)}}
	p.Stops[0].Hours = openOn(time.Monday, from(10, 0, 11, 0))
	w := solve(t, p, route.Options{Iterations: 10})
	require.Equal(t, route.At(9, 50), w.Days[0].Leave)
	require.Zero(t, w.Wait)
}

func TestReasons(t *testing.T) {
	p := &route.Problem{Travel: line(20), Days: []route.Day{monday()}, DriveCost: 60}
	tuesday := visit(1, 50, 30)
	tuesday.Hours = openOn(time.Tuesday, from(8, 0, 17, 0))
	avoided := visit(1, 50, 30)
	avoided.Avoid[time.Monday] = true
	short := visit(1, 50, 30)
	short.Hours = openOn(time.Monday, from(9, 0, 9, 20))
	p.Stops = []route.Stop{
		tuesday, avoided, short,
		{Place: route.NoPlace, Prize: 50},
		visit(15, 500, 10), // 150 minutes each way
		visit(5, 79, 30),   // 80 minutes more than to place 1 cost 80 points
		visit(5, 120, 30),  // worth it, but 30 + 120 minutes of visits and 100 of driving are ten too many
		visit(1, 900, 120),
	}
	w := solve(t, p, route.Options{Iterations: 500})
	got := map[int]route.Reason{}
	for _, l := range w.LeftOut {
		got[l.Stop] = l.Reason
	}
	require.Equal(t, map[int]route.Reason{
		0: route.Closed, 1: route.Closed, 2: route.Closed, 3: route.PlaceUnknown, 4: route.TooFar, 5: route.TooFar,
		6: route.DoesNotFit,
	}, got)
}

// Closed from 12 to 13:30 the noon hours swallow the break: 11:10 to 12:00 at
// place 1, 12:10 at place 2, break there until 12:55, open at 13:30.
func TestTheBreakUsesTheNoonClosure(t *testing.T) {
	day := monday()
	day.End = route.At(17, 0)
	day.Lunch = route.Lunch{From: route.At(12, 0), To: route.At(14, 0), Length: route.Minutes(45)}
	p := &route.Problem{Travel: line(3), Days: []route.Day{day}, Stops: []route.Stop{visit(1, 1, 50), visit(2, 1, 60)}}
	p.Stops[0].Hours = openOn(time.Monday, from(11, 10, 12, 0))
	p.Stops[1].Hours = openOn(time.Monday, from(8, 0, 9, 0), from(13, 30, 17, 0))
	p.Stops[1].Service = route.Minutes(61) // the morning is a minute too short
	w := solve(t, p, route.Options{Iterations: 50})
	d := w.Days[0]
	require.Equal(t, [][]int{{0, 1}}, w.Stops())
	require.Equal(t, route.At(13, 30), d.Visits[1].Start)
	require.Equal(t, &route.Break{Start: route.At(12, 0), End: route.At(12, 45), Before: 1}, d.Break)
	// 12:00 to 13:30 is 90 minutes: 10 of driving, 45 of break, the rest of waiting.
	require.Equal(t, route.Minutes(35), d.Visits[1].Wait)
}

// Two appointments an hour's work and half an hour's drive apart, both at 9:00:
// both stand at 9:00, and one says by how much it cannot be reached: 60 + 30. What else
// there is to do finds its place around them.
func TestConflictingAppointmentsAreKeptAndReported(t *testing.T) {
	p := &route.Problem{Travel: line(4), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 5, 60), visit(2, 5, 60), visit(3, 1, 30)}}
	p.Stops[1].Place = 3
	p.Stops[0].Place = 0
	for i := range 2 {
		p.Stops[i].Fix = route.Fix{Kind: route.Appointment, Timed: true, At: route.At(9, 0)}
	}
	w := solve(t, p, route.Options{Iterations: 200})
	late := 0
	require.Len(t, w.Days[0].Visits, 3)
	for _, v := range w.Days[0].Visits {
		if v.Stop < 2 {
			require.Equal(t, route.At(9, 0), v.Start)
		}
		for _, b := range v.Breaches {
			require.Equal(t, route.LateForItsTime, b.Kind)
			require.Equal(t, route.Minutes(90), b.By)
			late++
		}
	}
	require.Equal(t, 1, late)
}

// An appointment at 8:05, ten minutes away: the day begins at 7:55.
func TestAnEarlyAppointmentStartsTheDayEarlier(t *testing.T) {
	p := &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 0, 30)}}
	p.Stops[0].Fix = route.Fix{Kind: route.Appointment, Timed: true, At: route.At(8, 5)}
	w := solve(t, p, route.Options{Iterations: 10})
	require.Equal(t, route.At(8, 5), w.Days[0].Visits[0].Start)
	require.Equal(t, []route.Breach{{Kind: route.StartsEarly, Stop: -1, By: route.Minutes(5)}}, w.Days[0].Breaches)
}

// An appointment overrides opening hours, a pinned visit keeps them in sight.
func TestClosedForPinnedButNotForAppointed(t *testing.T) {
	for kind, breaches := range map[route.FixKind]int{route.Appointment: 0, route.Pinned: 1} {
		p := &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 0, 30)}}
		p.Stops[0].Hours = openOn(time.Monday, from(10, 0, 12, 0))
		p.Stops[0].Fix = route.Fix{Kind: kind, Timed: true, At: route.At(9, 50)}
		w := solve(t, p, route.Options{Iterations: 10})
		require.Equal(t, breaches, w.Breaches(), "kind %d", kind)
		if breaches > 0 { // 9:50 to 10:20, ten minutes of it before opening
			require.Equal(t, []route.Breach{{Kind: route.ClosedThen, Stop: 0, By: route.Minutes(10)}}, w.Days[0].Visits[0].Breaches)
		}
	}
}

// Against the direction of travel, because it was so ordered by hand.
func TestTheOrderGivenByHandIsKept(t *testing.T) {
	p := &route.Problem{Travel: line(4), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 0, 10), visit(2, 9, 10), visit(3, 0, 10)}}
	p.Stops[2].Fix = route.Fix{Kind: route.Pinned, Order: 1}
	p.Stops[0].Fix = route.Fix{Kind: route.Pinned, Order: 2}
	w := solve(t, p, route.Options{Iterations: 300})
	order := w.Stops()[0]
	require.Len(t, order, 3)
	at := map[int]int{}
	for k, i := range order {
		at[i] = k
	}
	require.Less(t, at[2], at[0])
}

func TestEvaluateSaysWhatIsBroken(t *testing.T) {
	day := monday()
	day.MaxVisits = 2
	day.Lunch = route.Lunch{From: route.At(11, 0), To: route.At(12, 30), Length: route.Minutes(30)}
	off := route.Day{Weekday: time.Tuesday, Off: true}
	p := &route.Problem{Travel: line(3), Days: []route.Day{day, off}, Stops: []route.Stop{
		visit(1, 1, 60), visit(2, 1, 60), visit(1, 1, 110), visit(1, 1, 10),
	}}
	p.Stops[0].Hours = openOn(time.Monday, from(8, 0, 9, 0))
	p.Stops[3].Fix = route.Fix{Kind: route.Pinned}
	// 8:10–9:10 (10 minutes past closing), 9:20–10:20, 10:30–12:20, home 12:30:
	// half an hour too long, no break left, one visit too many.
	w, err := route.Evaluate(p, [][]route.Placed{{{Stop: 0}, {Stop: 1}, {Stop: 2}}, {{Stop: 3}}})
	require.NoError(t, err)
	d := w.Days[0]
	require.Equal(t, []route.Breach{{Kind: route.ClosedThen, Stop: 0, By: route.Minutes(10)}}, d.Visits[0].Breaches)
	require.Equal(t, route.At(12, 30), d.Return)
	require.ElementsMatch(t, []route.Breach{
		{Kind: route.DayTooLong, Stop: -1, By: route.Minutes(30)},
		{Kind: route.LunchSqueezed, Stop: -1, By: route.Minutes(30)},
		{Kind: route.TooManyVisits, Stop: -1, Count: 1},
	}, d.Breaches)
	require.Equal(t, []route.Breach{{Kind: route.NotItsDay, Stop: 3}}, w.Days[1].Visits[0].Breaches)
	require.Equal(t, []route.Breach{{Kind: route.WorksOnDayOff, Stop: -1, Count: 1}}, w.Days[1].Breaches)
}

func TestEvaluateFindsDoublesAndMissingOnes(t *testing.T) {
	p := &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 4, 10), visit(1, 4, 10)}}
	p.Stops[1].Fix = route.Fix{Kind: route.Appointment}
	w, err := route.Evaluate(p, [][]route.Placed{{{Stop: 0}, {Stop: 0}}})
	require.NoError(t, err)
	require.Equal(t, 4, w.Prize)
	require.Equal(t, []route.Breach{{Kind: route.VisitedTwice, Stop: 0}}, w.Days[0].Visits[1].Breaches)
	require.Equal(t, []route.Breach{{Kind: route.FixedMissing, Stop: 1}}, w.Days[0].Breaches)
}

// A time given by hand is waited for.
func TestEvaluateKeepsGivenTimes(t *testing.T) {
	p := &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 1, 10), visit(1, 1, 10)}}
	plan := [][]route.Placed{{{Stop: 0}, {Stop: 1, Timed: true, At: route.At(9, 0)}}}
	w, err := route.Evaluate(p, plan)
	require.NoError(t, err)
	require.Equal(t, route.At(9, 0), w.Days[0].Visits[1].Start)
	require.Equal(t, route.Minutes(40), w.Days[0].Visits[1].Wait) // since 8:20
}

func TestChanges(t *testing.T) {
	p := &route.Problem{Travel: line(2), Days: []route.Day{monday(), monday()}, Stops: []route.Stop{visit(1, 1, 10), visit(1, 1, 10), visit(1, 1, 10)}}
	before, err := route.Evaluate(p, [][]route.Placed{{{Stop: 0}}, {{Stop: 1}}})
	require.NoError(t, err)
	after, err := route.Evaluate(p, [][]route.Placed{{{Stop: 2}, {Stop: 1}}, nil})
	require.NoError(t, err)
	require.Equal(t, []route.Change{
		{Kind: route.Removed, Stop: 0, FromDay: 0, ToDay: -1, FromStart: route.At(8, 10)},
		{Kind: route.OtherDay, Stop: 1, FromDay: 1, ToDay: 0, FromStart: route.At(8, 10), ToStart: route.At(8, 20)},
		{Kind: route.Added, Stop: 2, FromDay: -1, ToDay: 0, ToStart: route.At(8, 10)},
	}, route.Changes(before, after))
}

func TestMalformedProblems(t *testing.T) {
	good := func() *route.Problem {
		return &route.Problem{Travel: line(2), Days: []route.Day{monday()}, Stops: []route.Stop{visit(1, 1, 10)}}
	}
	for name, spoil := range map[string]func(p *route.Problem){
		"no travel":      func(p *route.Problem) { p.Travel = nil },
		"day nowhere":    func(p *route.Problem) { p.Days[0].From = 7 },
		"stop nowhere":   func(p *route.Problem) { p.Stops[0].Place = 7 },
		"negative visit": func(p *route.Problem) { p.Stops[0].Service = -1 },
		"negative prize": func(p *route.Problem) { p.Stops[0].Prize = -1 },
		"no such day":    func(p *route.Problem) { p.Stops[0].Fix = route.Fix{Kind: route.Pinned, Day: 3} },
		"no weekday":     func(p *route.Problem) { p.Days[0].Weekday = 9 },
		"tight break":    func(p *route.Problem) { p.Days[0].Lunch.Length = 5 },
	} {
		p := good()
		spoil(p)
		_, err := route.Solve(p, route.Options{Iterations: 1})
		require.ErrorIs(t, err, route.ErrProblem, name)
	}
	_, err := route.Evaluate(good(), nil)
	require.ErrorIs(t, err, route.ErrProblem)
}

// 300 accounts shortlisted to 40: those set aside are told so, or told that
// there is no room.
func TestShortlistedWeekIsHonest(t *testing.T) {
	p := territory(300)
	w := solve(t, p, route.Options{Iterations: 300, Candidates: 40})
	require.LessOrEqual(t, w.Visits, 40)
	counts := map[route.Reason]int{}
	for _, l := range w.LeftOut {
		counts[l.Reason]++
	}
	require.Positive(t, counts[route.NotConsidered])
}

// The week holds three visits: those worth most, the fixed one among them.
func TestTheWeekHoldsSoManyVisits(t *testing.T) {
	p := &route.Problem{Travel: line(2), MaxVisits: 3, Days: []route.Day{monday(), monday()}}
	for _, prize := range []int{5, 50, 40, 30, 20} {
		p.Stops = append(p.Stops, visit(1, prize, 10))
	}
	p.Stops[0].Fix = route.Fix{Kind: route.Pinned}
	w := solve(t, p, route.Options{Iterations: 200})
	require.Equal(t, 3, w.Visits)
	require.Equal(t, 95, w.Prize)
	for _, l := range w.LeftOut {
		require.Equal(t, route.WeekFull, l.Reason)
	}
}

// A Saturday takes what is fixed to it, and nothing is wrong with that.
func TestADayThatTakesOnlyWhatIsFixed(t *testing.T) {
	saturday := monday()
	saturday.Weekday, saturday.Only = time.Saturday, true
	p := &route.Problem{Travel: line(2), Days: []route.Day{saturday}, Stops: []route.Stop{visit(1, 50, 10), visit(1, 50, 10)}}
	p.Stops[0].Fix = route.Fix{Kind: route.Pinned, Timed: true, At: route.At(10, 0)}
	w := solve(t, p, route.Options{Iterations: 100})
	require.Equal(t, [][]int{{0}}, w.Stops())
	require.Zero(t, w.Breaches())
}

// Four agreed visits without a break or a minute between them stand as agreed.
func TestAgreedTimesLeaveNoRoomForLunch(t *testing.T) {
	day := monday()
	day.End = route.At(17, 0)
	day.Lunch = route.Lunch{From: route.At(11, 30), To: route.At(14, 0), Length: route.Minutes(30)}
	p := &route.Problem{Travel: line(2), Days: []route.Day{day}, Stops: []route.Stop{visit(1, 1, 90), visit(1, 1, 90), visit(1, 1, 60)}}
	for i, at := range []route.Seconds{route.At(11, 0), route.At(12, 30), route.At(14, 0)} {
		p.Stops[i].Fix = route.Fix{Kind: route.Pinned, Timed: true, At: at}
	}
	w := solve(t, p, route.Options{Iterations: 100})
	require.Equal(t, [][]int{{0, 1, 2}}, w.Stops())
	for i, v := range w.Days[0].Visits {
		require.Equal(t, p.Stops[i].Fix.At, v.Start)
		require.Empty(t, v.Breaches)
	}
	require.Equal(t, []route.Breach{{Kind: route.LunchSqueezed, Stop: -1, By: route.Minutes(30)}}, w.Days[0].Breaches)
}
