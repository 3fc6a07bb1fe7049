package route_test

// What the planner does in a given time: on academic instances where they are
// there, and on weeks of a sales territory.

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"doppelpass/model/route"
)

// territory draws a rep's week: towns of different size around the home, five
// days of eight hours with a lunch break, a third of the accounts closed at noon,
// some on one weekday, prizes as Rate gives them.
func territory(accounts int) *route.Problem {
	rnd := rand.New(rand.NewPCG(1, uint64(accounts)))
	home := route.Point{Lat: 48.78, Lon: 9.18}
	points := []route.Point{home}
	var towns []route.Point
	for range 4 + accounts/25 {
		angle, far := rnd.Float64()*2*math.Pi, 0.05+0.75*rnd.Float64()
		towns = append(towns, route.Point{Lat: home.Lat + far*math.Sin(angle)*0.7, Lon: home.Lon + far*math.Cos(angle)})
	}
	p := &route.Problem{DriveCost: 30}
	for i := range 5 {
		p.Days = append(p.Days, route.Day{
			Weekday: time.Weekday(1 + i), Start: route.At(8, 0), End: route.At(17, 0),
			Lunch: route.Lunch{From: route.At(11, 30), To: route.At(14, 0), Length: route.Minutes(45)}, MaxVisits: 12,
		})
	}
	for i := range accounts {
		town := towns[min(rnd.IntN(len(towns)), rnd.IntN(len(towns)))]
		points = append(points, route.Point{Lat: town.Lat + 0.03*rnd.NormFloat64(), Lon: town.Lon + 0.04*rnd.NormFloat64()})
		interval := []int{30, 90, 180}[rnd.IntN(3)]
		need := route.Need{Visited: rnd.IntN(8) > 0, Age: rnd.IntN(3 * interval), Interval: interval, ClassWeight: 100}
		s := route.Stop{Place: i + 1, Prize: route.Rate(need).Points, Service: route.Minutes(20 + 5*rnd.IntN(6)), Hours: &route.Hours{}}
		noon := rnd.IntN(3) == 0
		closed := time.Weekday(1 + rnd.IntN(10))
		for d := time.Monday; d <= time.Friday; d++ {
			if d == closed {
				continue
			}
			s.Hours[d] = []route.Window{{From: route.At(8, 0), To: route.At(17, 0)}}
			if noon {
				s.Hours[d] = []route.Window{{From: route.At(8, 30), To: route.At(12, 0)}, {From: route.At(13, 30), To: route.At(17, 30)}}
			}
		}
		p.Stops = append(p.Stops, s)
	}
	p.Travel = route.NewTravel(points)
	return p
}

// BenchmarkWeek prints how a week of 120 and one of 2,000 accounts gets better over time.
func BenchmarkWeek(b *testing.B) {
	marks := []time.Duration{0, time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second}
	for _, accounts := range []int{120, 2000} {
		b.Run(fmt.Sprint(accounts), func(b *testing.B) {
			for range b.N {
				p := territory(accounts)
				began := time.Now()
				next := 0
				var last route.Progress
				var trace string
				w, err := route.Solve(p, route.Options{
					Seed: 1,
					Stop: func() bool {
						for next < len(marks) && time.Since(began) >= marks[next] {
							trace += fmt.Sprintf("  %5.2f s: %d points, %d visits, %v driving\n",
								time.Since(began).Seconds(), last.Prize, last.Visits, last.Drive)
							next++
						}
						return next == len(marks)
					},
					Progress: func(now route.Progress) { last = now },
				})
				if err != nil {
					b.Fatal(err)
				}
				if wrong := referee(p, w); len(wrong) > 0 {
					b.Fatal(wrong)
				}
				fmt.Printf("week of %d accounts, %d iterations\n%s", accounts, w.Iterations, trace)
			}
		})
	}
}

// BenchmarkEvaluate is what a move by hand costs in a week of 2,000 accounts.
func BenchmarkEvaluate(b *testing.B) {
	p := territory(2000)
	w, err := route.Solve(p, route.Options{Iterations: 500})
	if err != nil {
		b.Fatal(err)
	}
	plan := make([][]route.Placed, len(p.Days))
	for d, stops := range w.Stops() {
		for _, i := range stops {
			plan[d] = append(plan[d], route.Placed{Stop: i})
		}
	}
	for b.Loop() {
		if _, err := route.Evaluate(p, plan); err != nil {
			b.Fatal(err)
		}
	}
}
