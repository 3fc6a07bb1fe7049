package week

// What is agreed stays, whatever it collides with.

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/route"
)

func put(b *model.Book, records ...model.Record) {
	for _, r := range records {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
}

func planned(account string, date model.Date, hour, minute, minutes int) model.PlannedVisit {
	return model.PlannedVisit{Rep: "R1", Date: date, Account: account, Time: model.NewClock(hour, minute), Minutes: minutes}
}

func inOrder(list []model.PlannedVisit) []model.PlannedVisit {
	slices.SortFunc(list, func(a, b model.PlannedVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Account, b.Account))
	})
	return list
}

func TestTimesThatCollideStandAndTheCollisionIsTold(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	agreed := []model.PlannedVisit{
		planned("K00", monday, 9, 0, 30), planned("K19", monday, 9, 15, 30), planned("K04", monday, 9, 30, 30), // far from one another
		planned("K07", monday+1, 10, 0, 30),
		planned("K01", monday+2, 19, 0, 30), planned("K02", monday+2, 5, 30, 30), // in the evening and early in the morning
		planned("K03", monday+3, 12, 0, 45), // at lunch, and closed
		planned("K05", monday+5, 10, 0, 30), // on Saturday
		planned("K05", monday+1, 14, 0, 30), // a second time at the same account
		planned("K05", monday+1, 16, 0, 30), // and a third time, on the same day
	}
	agreed[len(agreed)-1].Nth = 1
	for _, p := range agreed {
		put(b, p)
	}
	d := draft(t, b)
	improved(t, d, 1000)
	kept := 0
	for _, p := range d.Planned() {
		if slices.Contains(agreed, p) {
			kept++
		}
	}
	require.Equal(t, len(agreed), kept)
	late := map[string]route.Seconds{}
	for _, day := range d.Week.Days {
		for _, v := range day.Visits {
			for _, breach := range v.Breaches {
				if breach.Kind == route.LateForItsTime {
					late[d.Stops[v.Stop].Customer.Code] = breach.By
				}
			}
		}
	}
	require.Len(t, late, 2)
	require.Greater(t, late["K19"], route.Minutes(15), "9:00 and half an hour and the drive")
	require.Equal(t, 6, d.Shown(), "there is a Saturday")
	day, position := d.Where(d.Find("K03"))
	require.NotEmpty(t, d.Week.Days[day].Visits[position].Breaches, "closed at noon")
	_, remove := d.Confirmed(b)
	require.Empty(t, remove)
}

func TestAnAppointmentStandsAndTheRestArrangesItself(t *testing.T) {
	b := book(t, planningDay)
	d := draft(t, b)
	improved(t, d, 2000)
	day, stop := 1, d.Week.Days[1].Visits[0].Stop
	require.NoError(t, d.FixTime(stop, route.At(10, 0), true))
	at, position := d.Where(stop)
	require.Equal(t, day, at)
	require.Equal(t, route.At(10, 0), d.Week.Days[day].Visits[position].Start)
	require.Zero(t, d.Week.Breaches())

	// Confirmed, it is fixed; the others give way to it when the day is bent again.
	put0, _ := d.Confirmed(b)
	for _, p := range put0 {
		put(b, p)
	}
	again := draft(t, b)
	require.True(t, again.TimeFixed(again.Find(d.Stops[stop].Customer.Code)))
	other := again.Week.Days[day].Visits[len(again.Week.Days[day].Visits)-1].Stop
	require.False(t, again.TimeFixed(other), "it came by itself")
	require.NoError(t, again.FixTime(other, route.At(13, 30), true))
	at, position = again.Where(other)
	require.Equal(t, route.At(13, 30), again.Week.Days[at].Visits[position].Start)
	at, position = again.Where(again.Find(d.Stops[stop].Customer.Code))
	require.Equal(t, route.At(10, 0), again.Week.Days[at].Visits[position].Start)
}

func TestADayOffKeepsWhatIsAgreedAndSaysSo(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, planned("K00", monday+2, 10, 0, 30))
	d := draft(t, b)
	improved(t, d, 1000)
	require.NoError(t, d.SetOff(2, true))
	require.Len(t, d.Week.Days[2].Visits, 1)
	require.Equal(t, []route.Breach{{Kind: route.WorksOnDayOff, Stop: -1, Count: 1}}, d.Week.Days[2].Breaches)
}

func TestNothingIsOfferedThatStandsInTheWeekBefore(t *testing.T) {
	b := book(t, planningDay)
	put(b, planned("K00", planningDay+1, 10, 0, 30), planned("K01", planningDay-1, 10, 0, 30))
	d := draft(t, b)
	require.Equal(t, -1, d.Find("K00"))
	require.Equal(t, -1, d.Find("K01"), "not ticked off yet")
	put(b, planned("K02", planningDay-20, 10, 0, 30))
	require.NotEqual(t, -1, draft(t, b).Find("K02"), "forgotten long ago: it comes up again")
}

func TestNobodyIsProposedWhereEverybodyHasAHoliday(t *testing.T) {
	b := book(t, planningDay)
	d, err := New(b.On(planningDay), "R1", model.NewDate(2026, 12, 21), DefaultRules())
	require.NoError(t, err)
	improved(t, d, 1000)
	require.Empty(t, d.Week.Days[4].Visits, "Christmas Day is a Friday")
	require.Equal(t, 20, d.Week.Visits)
}

// Epiphany is a holiday where the rep's only territory lies; with a second one where
// it is none the day is a working day.
func TestTheHolidaysOfTheTerritoriesAreDaysOff(t *testing.T) {
	b := book(t, planningDay)
	b.Use(model.Outside{Holidays: func(calendar string, year int) ([]model.Date, bool) {
		if calendar != "DE-BY" {
			return nil, true
		}
		return []model.Date{model.NewDate(year, 1, 6)}, true
	}})
	territory := model.Territory{Code: "T1", Name: "Ost", Rep: "R1", Calendar: "DE-BY"}
	put(b, territory)
	monday := model.NewDate(2027, 1, 4)
	d, err := New(b.On(planningDay), "R1", monday, DefaultRules())
	require.NoError(t, err)
	require.True(t, d.Off(2), "Wednesday 6 January")
	require.True(t, d.Holiday(2))
	require.False(t, d.Off(3))
	put(b, model.Territory{Code: "T2", Rep: "R1", Calendar: "DE-BE"})
	d, err = New(b.On(planningDay), "R1", monday, DefaultRules())
	require.NoError(t, err)
	require.False(t, d.Off(2))
}

func TestCapacityBindsTheWeekAndDaysAreFilled(t *testing.T) {
	b := book(t, planningDay)
	rep, _ := b.Rep("R1")
	for capacity, days := range map[int]int{1: 1, 6: 2, 12: 4, 19: 5} {
		rep.Capacity = capacity
		put(b, rep)
		d := draft(t, b)
		improved(t, d, 3000)
		require.Equal(t, capacity, d.Week.Visits)
		used := 0
		for _, day := range d.Week.Days {
			if len(day.Visits) > 0 {
				used++
			}
		}
		require.LessOrEqual(t, used, days, "%d visits", capacity)
		for _, l := range d.Week.LeftOut {
			require.Equal(t, route.WeekFull, l.Reason)
		}
	}
}

// agreedPlan draws visits agreed for a week, without regard to anything.
func agreedPlan(t *rapid.T, monday model.Date) []model.PlannedVisit {
	var list []model.PlannedVisit
	seen := map[model.Key]bool{}
	for range rapid.IntRange(0, 12).Draw(t, "agreed") {
		p := model.PlannedVisit{
			Rep: "R1", Date: monday + model.Date(rapid.IntRange(0, 6).Draw(t, "day")), Account: rapid.SampledFrom([]string{"K00", "K01", "K02", "K07", "K12", "K19"}).Draw(t, "account"),
			Minutes: rapid.SampledFrom([]int{0, 15, 30, 90, 240}).Draw(t, "minutes"),
		}
		if rapid.IntRange(0, 4).Draw(t, "timed") > 0 {
			p.Time = model.NewClock(rapid.IntRange(0, 23).Draw(t, "hour"), rapid.SampledFrom([]int{0, 1, 15, 30, 59}).Draw(t, "minute"))
		}
		for seen[p.Key()] {
			p.Nth++ // the account has another visit on that day
		}
		seen[p.Key()] = true
		list = append(list, p)
	}
	return inOrder(list)
}

func TestNothingAgreedEverMovesOrDisappears(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := book(t, planningDay)
		rep, _ := b.Rep("R1")
		rep.Capacity = rapid.IntRange(1, 30).Draw(rt, "capacity")
		put(b, rep)
		monday := planningDay.Monday() + 7
		agreed := agreedPlan(rt, monday)
		for _, p := range agreed {
			put(b, p)
		}
		stands := func(d *Draft) {
			now := map[model.Key]model.PlannedVisit{}
			for _, p := range d.Planned() {
				now[p.Key()] = p
			}
			for _, p := range agreed {
				q, there := now[p.Key()]
				require.True(rt, there, "%v has disappeared", p)
				if p.Time != 0 {
					require.Equal(rt, p.Time, q.Time, "%v has moved", p)
				}
				if p.Minutes != 0 {
					require.Equal(rt, p.Minutes, q.Minutes)
				}
			}
			for _, p := range d.Planned() {
				proposed := !slices.ContainsFunc(agreed, func(q model.PlannedVisit) bool { return p.Key() == q.Key() })
				require.False(rt, proposed && p.Date >= monday+Workdays, "nothing is proposed for the weekend")
			}
			require.LessOrEqual(rt, d.Week.Visits, max(d.Holds(), len(agreed)), "capacity")
			for _, l := range d.Week.LeftOut {
				require.NotEqual(rt, route.NotConsidered, l.Reason, "%s would fit", d.Stops[l.Stop].Customer.Code)
			}
		}
		d, err := New(b.On(planningDay), "R1", monday, DefaultRules())
		require.NoError(rt, err)
		for range rapid.IntRange(1, 3).Draw(rt, "rounds") {
			improved(rt, d, rapid.SampledFrom([]int{1, 50, 300}).Draw(rt, "iterations"))
			stands(d)
			put1, remove := d.Confirmed(b)
			require.Empty(rt, remove)
			if rapid.Bool().Draw(rt, "confirm") {
				for _, p := range put1 {
					put(b, p)
				}
				agreed = inOrder(slices.Collect(b.Plan("R1")))
				if d, err = New(b.On(planningDay), "R1", monday, DefaultRules()); err != nil {
					require.NoError(rt, err)
				}
				stands(d)
				put2, remove := d.Confirmed(b)
				require.Empty(rt, remove)
				require.Empty(rt, put2, "what is confirmed is confirmed")
			}
		}
	})
}

// Four of five days away leave a rep of two visits a week none: 2 × 1 day of 5, rounded, is 0.
func TestAWeekThatHoldsNothingIsOfferedNothing(t *testing.T) {
	b := book(t, planningDay)
	rep, _ := b.Rep("R1")
	rep.Capacity = 2
	monday := planningDay.Monday() + 7
	put(b, rep, model.Absence{Rep: "R1", From: monday, To: monday + 3})
	d := draft(t, b)
	require.Zero(t, d.Holds())
	improved(t, d, 200)
	require.Zero(t, d.Week.Visits)
	for _, l := range d.Week.LeftOut {
		require.Equal(t, route.WeekFull, l.Reason)
	}
}

// What is agreed may collide; the planner breaks no rule of its own accord beside it, also
// where such a day has room for more. These are weeks of many in which it did.
func TestThePlannerBreaksNoRuleBesideWhatCollides(t *testing.T) {
	for _, seed := range []uint64{3, 28, 57, 76, 95} {
		draw := rand.New(rand.NewPCG(seed, 0))
		b := book(t, planningDay)
		rep, _ := b.Rep("R1")
		rep.Capacity = 60
		put(b, rep)
		for i := range 40 { // visits of many lengths, some far away, so that days are filled to their end
			put(b, model.Account{
				Code: fmt.Sprintf("L%02d", i), Name: fmt.Sprintf("L%02d", i), Territory: "T1", Class: "A", VisitMinutes: []int{15, 30, 60, 90}[draw.IntN(4)],
				At: model.Coordinates{Lat: 48.2 + float64(draw.IntN(101))/80, Lon: 8.6 + float64(draw.IntN(101))/70},
			})
		}
		monday := planningDay.Monday() + 7
		for day := range model.Date(Workdays) { // two that cannot both be reached in time, and one without an hour
			first := draw.IntN(6)
			put(b, planned(fmt.Sprintf("K%02d", first), monday+day, 10, 45, 30), planned(fmt.Sprintf("K%02d", 19-first), monday+day, 11, 15, 30),
				model.PlannedVisit{Rep: "R1", Date: monday + day, Account: fmt.Sprintf("K%02d", 8+draw.IntN(4)), Minutes: 30})
		}
		d := draft(t, b)
		before := d.Week.Breaches()
		improved(t, d, 300)
		require.LessOrEqual(t, d.Week.Breaches(), before, "seed %d", seed)
		require.Greater(t, d.Week.Visits, 15, "there is room for more than what is agreed")
	}
}
