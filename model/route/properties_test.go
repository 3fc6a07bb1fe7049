package route_test

// What holds for every week that is ever planned.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model/route"
)

// anyProblem draws a small week: a few days, some with lunch, limits or off,
// accounts with odd opening hours, some of them fixed (and in conflict).
func anyProblem(t *rapid.T, fixed bool) *route.Problem {
	num := func(lo, hi int, label string) int { return rapid.IntRange(lo, hi).Draw(t, label) }
	chance := func(percent int, label string) bool { return num(0, 99, label) < percent }
	points := make([]route.Point, num(3, 20, "places"))
	for i := range points {
		points[i] = route.Point{Lat: 48 + float64(num(0, 1000, "lat"))/1000, Lon: 9 + float64(num(0, 1000, "lon"))/1000}
	}
	p := &route.Problem{Travel: route.NewTravel(points)}
	if chance(40, "drive cost") {
		p.DriveCost = num(0, 100, "cost")
	}
	for d := range num(1, 4, "days") {
		day := route.Day{
			Weekday: time.Weekday(1 + d), Start: route.At(num(6, 11, "start"), 0), End: route.At(num(12, 19, "end"), 30),
			Off: chance(15, "off"), Only: chance(15, "only"),
		}
		if chance(30, "elsewhere") {
			day.From, day.To = 1, 2
		}
		if chance(50, "lunch") {
			day.Lunch = route.Lunch{From: route.At(11, 30), To: route.At(14, 0), Length: route.Minutes(num(20, 60, "length"))}
		}
		if chance(20, "busy") {
			from := num(8, 16, "busy from")
			day.Busy = []route.Window{{From: route.At(from, 0), To: route.At(from+num(1, 3, "busy for"), 0)}}
		}
		if chance(30, "limited") {
			day.MaxVisits = num(1, 5, "limit")
		}
		p.Days = append(p.Days, day)
	}
	if chance(40, "limited week") {
		p.MaxVisits = num(1, 12, "week's limit")
	}
	for range num(0, 30, "stops") {
		s := route.Stop{
			Place: num(-1, len(points)-1, "place"), Prize: num(0, 100, "prize"), Service: route.Minutes(num(0, 90, "service")),
		}
		if chance(80, "hours") {
			s.Hours = &route.Hours{}
			for wd := range s.Hours {
				for range num(0, 3, "windows") {
					from := num(12, 38, "from")
					s.Hours[wd] = append(s.Hours[wd], route.Window{
						From: route.Minutes(30 * from), To: route.Minutes(30 * (from + num(1, 12, "long")))})
				}
			}
		}
		s.Avoid[num(0, 6, "avoid")] = chance(20, "avoids")
		if fixed && chance(25, "fixed") {
			s.Fix = route.Fix{Kind: route.FixKind(num(1, 2, "kind")), Day: num(0, len(p.Days)-1, "fixed day")}
			if chance(50, "timed") {
				s.Fix.Timed, s.Fix.At = true, route.Minutes(15*num(24, 72, "at"))
			}
			if chance(30, "ordered") {
				s.Fix.Order = num(1, 3, "order")
			}
		}
		p.Stops = append(p.Stops, s)
	}
	return p
}

func solve(t require.TestingT, p *route.Problem, o route.Options) *route.Week {
	w, err := route.Solve(p, o)
	require.NoError(t, err)
	require.Empty(t, referee(p, w))
	return w
}

// worth is what a week is judged by.
func worth(p *route.Problem, w *route.Week) int {
	return w.Prize*3600 - p.DriveCost*int(w.Drive.Time)
}

func TestEveryWeekKeepsTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, true)
		solve(t, p, route.Options{
			Seed: rapid.Uint64().Draw(t, "seed"), Iterations: 300,
			Progress: func(now route.Progress) {
				w := now.Week()
				require.Empty(t, referee(p, w))
				require.Equal(t, w.Prize, now.Prize)
				require.Equal(t, w.Visits, now.Visits)
			},
		})
	})
}

func TestWithoutFixedStopsNothingIsBroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, false)
		w := solve(t, p, route.Options{Iterations: 200})
		for d, day := range w.Days {
			if p.Days[d].From == p.Days[d].To {
				require.Empty(t, day.Breaches, "day %d", d)
			}
		}
	})
}

func TestMoreIterationsAreNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, true)
		seed := rapid.Uint64().Draw(t, "seed")
		last := -1 << 60
		n := 1
		for range 4 {
			w := solve(t, p, route.Options{Seed: seed, Iterations: n})
			require.GreaterOrEqual(t, worth(p, w), last, "after %d iterations", n)
			last = worth(p, w)
			n += rapid.SampledFrom([]int{1, 64, 500, 2100}).Draw(t, "more") // 2,000 are a round, with recombination at its end
		}
	})
}

func TestSameInputSameWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, true)
		o := route.Options{Seed: rapid.Uint64().Draw(t, "seed"), Iterations: rapid.IntRange(1, 300).Draw(t, "n")}
		require.Equal(t, solve(t, p, o), solve(t, p, o))
	})
}

func TestStoppedByTheCallerIsTheSameAsByIterations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, true)
		asked := 0
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		w := solve(t, p, route.Options{Stop: func() bool { asked++; return asked > limit }})
		if w.Iterations > 0 {
			require.Equal(t, w, solve(t, p, route.Options{Iterations: w.Iterations}))
		}
	})
}

func TestImprovingNeverLosesWhatWasThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, true)
		w := solve(t, p, route.Options{Iterations: 100})
		better := solve(t, p, route.Options{Seed: 7, Iterations: rapid.IntRange(1, 100).Draw(t, "n"), From: w.Stops()})
		require.GreaterOrEqual(t, worth(p, better), worth(p, w))
	})
}

// An evaluated week has the times and breaches the planner gave it.
func TestEvaluatingThePlannersWeekAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, false)
		w := solve(t, p, route.Options{Iterations: 100})
		plan := make([][]route.Placed, len(p.Days))
		for d, stops := range w.Stops() {
			for _, i := range stops {
				plan[d] = append(plan[d], route.Placed{Stop: i})
			}
		}
		same, err := route.Evaluate(p, plan)
		require.NoError(t, err)
		require.Equal(t, w.Days, same.Days)
	})
}
