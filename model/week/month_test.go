package week

// The month in a simulation: eight weeks planned at once against the same weeks planned
// one by one.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/model/route"
)

// tally is what became of some weeks.
type tally struct {
	visits, onTime, campaign int // onTime: due on their day and not overdue yet, or a new account's first
	overdue                  int // active accounts overdue or never visited at the end
	overdueDays              int // days that accounts were overdue or unvisited, summed over the weeks' Fridays
	drive                    route.Seconds
}

func (a *tally) add(b tally) {
	a.visits += b.visits
	a.onTime += b.onTime
	a.campaign += b.campaign
	a.overdue += b.overdue
	a.overdueDays += b.overdueDays
	a.drive += b.drive
}

// live makes a week's visits as planned, and counts.
func live(b *model.Book, d *Draft) (sum tally) {
	sum.drive = d.Week.Drive.Time
	for day, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			l := d.Stops[v.Stop].Customer
			date := d.Date(day)
			sum.visits++
			if s := b.On(date).StandingOn(l, date-1); s.State == model.StateNew || s.Last != 0 && int(date-s.Last) <= s.Interval && 10*int(date-s.Last) >= 7*s.Interval {
				sum.onTime++
			}
			for _, c := range b.Campaigns() {
				area := b.Area(l.Territory)
				r := b.On(date).Readiness(c, area)
				if c.NeedsVisits() && c.Names(area.Territory) && date >= r.WindowStart && date <= r.WindowEnd {
					for _, open := range r.Accounts {
						if open == l {
							sum.campaign++
						}
					}
				}
			}
			put(b, model.Visit{Account: l.Code, Date: date, Rep: d.Rep.Code})
		}
	}
	friday := d.Date(4)
	for _, area := range b.Areas() {
		if area.Rep != d.Rep.Code {
			continue
		}
		for _, l := range area.Accounts() {
			if s := b.On(friday).StandingOn(l, friday); !l.Inactive && (s.State == model.StateOverdue || s.State == model.StateNever) {
				sum.overdueDays += 7
			}
		}
	}
	return sum
}

func overdueOn(b *model.Book, rep string, day model.Date) (count int) {
	for _, area := range b.Areas() {
		if area.Rep != rep {
			continue
		}
		for _, l := range area.Accounts() {
			if s := b.On(day).StandingOn(l, day); !l.Inactive && (s.State == model.StateOverdue || s.State == model.StateNever) {
				count++
			}
		}
	}
	return count
}

const simulated = 8 // weeks

// weekByWeek plans and lives one week after the other.
func weekByWeek(t *testing.T, b *model.Book, rep string, monday model.Date, iterations int) (sum tally) {
	for w := range simulated {
		monday := monday + 7*model.Date(w)
		d, err := New(b.On(monday), rep, monday, DefaultRules())
		require.NoError(t, err)
		solved, err := d.Improve().Run(route.Options{Iterations: iterations})
		require.NoError(t, err)
		_, err = d.Take(solved)
		require.NoError(t, err)
		sum.add(live(b, d))
	}
	sum.overdue = overdueOn(b, rep, monday+7*simulated-1)
	return sum
}

// together plans the weeks at once and lives them.
func together(t *testing.T, b *model.Book, rep string, monday model.Date, iterations, steps int) (sum tally) {
	m, err := NewDesk(b.On(monday), b.On(monday).Signals(), DefaultRules()).Month(rep, monday, simulated)
	require.NoError(t, err)
	m.Deal(m.Dealing().Run(steps, nil))
	for w := range simulated {
		d, err := m.Draft(w)
		require.NoError(t, err)
		solved, err := d.Improve().Run(route.Options{Iterations: iterations})
		require.NoError(t, err)
		_, err = d.Take(solved)
		require.NoError(t, err)
		m.Took(w, d)
	}
	for w := range simulated {
		sum.add(live(b, m.Week(w)))
	}
	sum.overdue = overdueOn(b, rep, monday+7*simulated-1)
	return sum
}

// synthetic is a rep of 300 accounts in and around towns within some 70 km, whose
// intervals take about as many visits as the rep can make.
func synthetic(today model.Date) *model.Book {
	r := rand.New(rand.NewPCG(1, 2))
	b := model.NewBook()
	put(b, model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 28, HomeAt: model.Coordinates{Lat: 48.78, Lon: 9.18}}, model.Territory{Code: "T1", Name: "Ost", Rep: "R1"})
	var towns []model.Coordinates
	for range 25 {
		towns = append(towns, model.Coordinates{Lat: 48.78 + 1.1*(r.Float64()-0.5), Lon: 9.18 + 1.6*(r.Float64()-0.5)})
	}
	intervals := map[model.Class]int{"A": 30, "B": 90, "C": 180}
	for i := range 300 {
		class := [...]model.Class{"A", "B", "B", "C", "C", "B", "C", "A", "B", "C"}[i%10]
		if class == "A" && i%20 == 7 {
			class = "B"
		}
		code, town := fmt.Sprintf("K%03d", i), towns[r.IntN(len(towns))]
		last := today - 1 - model.Date(float64(intervals[class])*1.1*r.Float64())
		put(b, model.Account{
			Code: code, Name: code, Territory: "T1", Class: class, Hours: "Mo-Fr 08:00-12:00,13:00-17:00",
			At: model.Coordinates{Lat: town.Lat + 0.05*(r.Float64()-0.5), Lon: town.Lon + 0.08*(r.Float64()-0.5)},
		}, model.Visit{Account: code, Date: last, Rep: "R1"})
	}
	return b
}

// The same planner with as many steps, over eight weeks of the demo's reps and of the
// synthetic one. "On time" is a visit when its account is due and not yet overdue, or a
// new account's first.
func TestEightWeeksTogetherBeatWeekByWeek(t *testing.T) {
	if testing.Short() || cores.RaceDetector {
		t.Skip("a simulation of 16 weeks' planning, in one goroutine: run without -short and without -race")
	}
	monday := model.NewDate(2026, 11, 23)
	const iterations, steps = 6000, MonthSteps
	alone := map[string]tally{"synthetic": weekByWeek(t, synthetic(monday), "R1", monday, iterations)}
	month := map[string]tally{"synthetic": together(t, synthetic(monday), "R1", monday, iterations, steps)}
	a, b := demoBook(t, monday), demoBook(t, monday)
	for _, rep := range a.Reps() {
		sum := alone["demo"]
		sum.add(weekByWeek(t, a, rep.Code, monday, iterations))
		alone["demo"] = sum
		sum = month["demo"]
		sum.add(together(t, b, rep.Code, monday, iterations, steps))
		month["demo"] = sum
	}
	t.Logf("%-10s %-13s %7s %8s %9s %8s %13s %12s", "", "", "visits", "on time", "campaign", "driving", "overdue at end", "days overdue")
	for _, data := range []string{"demo", "synthetic"} {
		for _, way := range []struct {
			name string
			tally
		}{{"week by week", alone[data]}, {"together", month[data]}} {
			t.Logf("%-10s %-13s %7d %8d %9d %6d h %14d %12d", data, way.name, way.visits, way.onTime, way.campaign, way.drive/3600, way.overdue, way.overdueDays)
		}
		require.GreaterOrEqual(t, 10*month[data].onTime, 11*alone[data].onTime, "%s: a tenth more visits on time", data)
		require.LessOrEqual(t, 100*int(month[data].drive), 101*int(alone[data].drive), "%s: the same driving, to a hundredth", data)
		require.GreaterOrEqual(t, 100*month[data].visits, 97*alone[data].visits, "%s: as many visits", data)
	}
	require.GreaterOrEqual(t, 100*month["demo"].campaign, 97*alone["demo"].campaign, "campaigns are kept")
}

// month deals a rep's weeks out and plans them.
func month(t require.TestingT, b *model.Book, rep string, monday model.Date, weeks int) *Month {
	today := min(monday, planningDay)
	m, err := NewDesk(b.On(today), b.On(today).Signals(), DefaultRules()).Month(rep, monday, weeks)
	require.NoError(t, err)
	m.Deal(m.Dealing().Run(500, nil))
	for w := range m.Weeks {
		d, err := m.Draft(w)
		require.NoError(t, err)
		solved, err := d.Improve().Run(route.Options{Iterations: 100})
		require.NoError(t, err)
		_, err = d.Take(solved)
		require.NoError(t, err)
		m.Took(w, d)
	}
	planned := make([][]model.PlannedVisit, m.Weeks)
	for w := range m.Weeks {
		planned[w] = m.Week(w).Planned()
	}
	require.NoError(t, m.Settle())
	for w := range m.Weeks {
		require.Equal(t, planned[w], m.Week(w).Planned(), "looking again moves nobody")
		for _, l := range m.Week(w).Week.LeftOut {
			require.NotEqual(t, route.NotConsidered, l.Reason, "%s would fit", m.Week(w).Stops[l.Stop].Customer.Code)
		}
	}
	return m
}

// An account of class A with an interval of 30 days that was seen 16 days before the
// first Monday is due from day 5 (21 days) to day 14 (30 days).
func TestADayIsWorthWhatItSavesTheAccount(t *testing.T) {
	a := visited{interval: 30, dueFrom: 21, last: -16, weight: 100, until: 3}
	points := func(days ...int) float64 { return float64(a.worth(days)) / pointParts }
	for _, c := range []struct {
		days []int
		want float64
	}{
		{nil, -16 - 3*(12+3*6.0/30)},                // overdue from day 15 on: at the third week's end by 6 days
		{[]int{9}, 8 * 25 / 30.0},                   // Wednesday of the second week, 25 days after the last visit
		{[]int{14}, 8},                              // the last day on which it is on time
		{[]int{16}, 8 - 16},                         // two days late: missed, but no longer waiting at the week's end
		{[]int{4}, float64(forbidden) / pointParts}, // 20 days: not due yet
	} {
		require.InDelta(t, c.want, points(c.days...), 0.01, "%v", c.days)
	}
	a.weight = 200
	require.InDelta(t, 16, points(14), 0.01, "class weighs")
	a.weight, a.windows = 100, []window{{2, 4}}
	require.InDelta(t, 46+8*20/30.0, points(4), 0.01, "within a campaign's window a visit may be early")
}

func TestTheMonthKeepsWhatIsAgreedWhoIsAwayAndWhatTheRepCanDo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := book(t, planningDay)
		rep, _ := b.Rep("R1")
		rep.Capacity = rapid.IntRange(1, 12).Draw(rt, "capacity")
		put(b, rep)
		monday := planningDay.Monday() + 7
		var agreed []model.PlannedVisit
		for w := range 4 {
			for _, p := range agreedPlan(rt, monday+7*model.Date(w)) {
				put(b, p)
				agreed = append(agreed, p)
			}
		}
		away := monday + model.Date(rapid.IntRange(0, 27).Draw(rt, "away"))
		gone := model.Absence{Rep: "R1", From: away, To: away + model.Date(rapid.IntRange(0, 9).Draw(rt, "days"))}
		put(b, gone)
		m := month(rt, b, "R1", monday, 4)
		var all []model.PlannedVisit
		for w := range m.Weeks {
			d := m.Week(w)
			stands := m.stands[w].Week.Visits
			require.LessOrEqual(rt, d.Week.Visits, max(d.Holds(), stands), "capacity")
			for _, p := range d.Planned() {
				_, _, ok := find(agreed, p.Key())
				require.True(rt, ok || p.Date < gone.From || p.Date > gone.To, "%v is on a day off", p)
			}
			all = append(all, d.Planned()...)
		}
		for _, p := range agreed {
			_, q, there := find(all, p.Key())
			require.True(rt, there, "%v has disappeared", p)
			require.True(rt, p.Time == 0 || p.Time == q.Time, "%v has moved", p)
		}
		// Nobody is seen again before the account is due.
		proposed := slices.DeleteFunc(slices.Clone(all), func(p model.PlannedVisit) bool { _, _, ok := find(agreed, p.Key()); return ok })
		for _, p := range proposed {
			interval := b.On(planningDay).Interval(&b.Account(p.Account).Account)
			for _, q := range all {
				if q.Account == p.Account && q.Date < p.Date {
					require.GreaterOrEqual(rt, 10*int(p.Date-q.Date)+40, 7*interval, "%s on %v and %v", p.Account, q.Date, p.Date) // the week planner may deal days otherwise
				}
			}
		}
		// Confirmed, the weeks stand as they were planned.
		for w := range m.Weeks {
			puts, remove := m.Week(w).Confirmed(b)
			require.Empty(rt, remove)
			for _, p := range puts {
				put(b, p)
			}
		}
		for w := range m.Weeks {
			d, err := New(b.On(planningDay), "R1", m.MondayOf(w), DefaultRules())
			require.NoError(rt, err)
			puts, remove := d.Confirmed(b)
			require.Empty(rt, remove)
			require.Empty(rt, puts)
		}
	})
}

func find(list []model.PlannedVisit, key model.Key) (int, model.PlannedVisit, bool) {
	i := slices.IndexFunc(list, func(p model.PlannedVisit) bool { return p.Key() == key })
	if i < 0 {
		return i, model.PlannedVisit{}, false
	}
	return i, list[i], true
}

func TestTheSameMonthEveryTime(t *testing.T) {
	monday := planningDay.Monday() + 7
	first, again := month(t, synthetic(monday), "R1", monday, 4), month(t, synthetic(monday), "R1", monday, 4)
	for w := range 4 {
		require.Equal(t, first.Week(w).Planned(), again.Week(w).Planned())
	}
}

// A campaign whose window opens in the third week, long before any signal asks for it: its
// targets are seen within the window though they are due only later.
func TestTheMonthSeesACampaignsTargetsInItsWindow(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	for _, l := range b.Area("T1").Accounts() {
		put(b, model.Visit{Account: l.Code, Date: planningDay - 10, Rep: "R1"})
	}
	start := monday + 14 + 28 // the window opens 28 days before the start
	put(b, model.Campaign{Code: "C1", Name: "Fair", Kind: "fair", Territories: []string{"T1"}, Classes: []model.Class{"C"}, Start: start, End: start + 5, Status: model.CampaignPlanned})
	m := month(t, b, "R1", monday, 8)
	seen := 0
	for w := range m.Weeks {
		for _, p := range m.Week(w).Planned() {
			if b.Account(p.Account).Class == "C" {
				require.GreaterOrEqual(t, p.Date, start-28)
				seen++
			}
		}
	}
	require.Equal(t, 6, seen, "all six of class C, whose interval is 180 days")
}
