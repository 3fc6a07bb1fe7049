package week

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/route"
)

var planningDay = model.NewDate(2026, 11, 24)

func draft(t *testing.T, b *model.Book) *Draft {
	t.Helper()
	d, err := New(b.On(planningDay), "R1", planningDay.Monday()+7, DefaultRules())
	require.NoError(t, err)
	return d
}

// improved runs the planner on the draft and takes its week.
func improved(t require.TestingT, d *Draft, iterations int) {
	solved, err := d.Improve().Run(route.Options{Iterations: iterations})
	require.NoError(t, err)
	_, err = d.Take(solved)
	require.NoError(t, err)
}

// bend does something to the draft that a person could do.
func bend(t *rapid.T, d *Draft) {
	stop := rapid.IntRange(0, len(d.Stops)-1).Draw(t, "stop")
	day := rapid.IntRange(0, Days-1).Draw(t, "day")
	var err error
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		err = d.Move(stop, day, rapid.IntRange(0, 9).Draw(t, "position"))
	case 1:
		position, _, _, bestErr := d.Best(stop, day)
		require.NoError(t, bestErr)
		err = d.Move(stop, day, position)
	case 2:
		err = d.Remove(stop)
	case 3:
		err = d.SetPinned(stop, rapid.Bool().Draw(t, "pinned"))
	case 4:
		err = d.FixTime(stop, route.At(rapid.IntRange(6, 18).Draw(t, "hour"), 0), rapid.Bool().Draw(t, "timed"))
	case 5:
		err = d.SetOff(day, rapid.Bool().Draw(t, "off"))
	case 6:
		improved(t, d, 200)
	}
	require.NoError(t, err)
}

func TestHoweverAWeekIsBentItStaysAWeek(t *testing.T) {
	b := book(t, planningDay)
	rapid.Check(t, func(rt *rapid.T) {
		d := draft(t, b)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			before := d.Clone()
			kept := d.Planned()
			bend(rt, d)
			require.Equal(rt, kept, before.Planned(), "a clone is not bent along")
		}
		type placed struct {
			day   int
			timed bool
			start route.Seconds
		}
		pinned := map[int]placed{}
		for day, plan := range d.Week.Days {
			for _, v := range plan.Visits {
				if d.Pinned(v.Stop) {
					pinned[v.Stop] = placed{day, d.TimeFixed(v.Stop), v.Start}
				}
			}
		}
		improved(rt, d, 300)
		seen := map[int]bool{}
		for day, plan := range d.Week.Days {
			for _, v := range plan.Visits {
				require.False(rt, seen[v.Stop], "nobody is visited twice")
				seen[v.Stop] = true
				require.False(rt, d.Removed(v.Stop), "what was taken out stays out")
				if d.Off(day) {
					require.True(rt, d.Pinned(v.Stop), "a day off takes nobody in but who was put there")
				}
			}
		}
		require.Len(rt, d.Week.LeftOut, len(d.Stops)-len(seen))
		for stop, was := range pinned {
			day, _ := d.Where(stop)
			require.Equal(rt, was.day, day, "pinned")
		}
	})
}

func TestWhatIsConfirmedComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := book(t, planningDay)
		d := draft(t, b)
		improved(rt, d, 300)
		for range rapid.IntRange(0, 4).Draw(rt, "steps") {
			bend(rt, d)
		}
		put, remove := d.Confirmed(b)
		require.Empty(rt, remove)
		for _, p := range put {
			b.Apply(model.Change{Edits: []model.Edit{{After: p}}})
		}
		again := draft(t, b)
		require.Equal(rt, accounts(d), accounts(again), "the same visits on the same days")
		if d.Week.Breaches() == 0 {
			require.Equal(rt, d.Planned(), again.Planned(), "at the same times")
			put, remove = again.Confirmed(b)
			require.Empty(rt, put)
			require.Empty(rt, remove)
		}
	})
}

func accounts(d *Draft) (days [Days][]string) {
	for _, p := range d.Planned() {
		day := int(p.Date - d.Monday)
		days[day] = append(days[day], p.Account)
	}
	for day := range days {
		slices.Sort(days[day])
	}
	return days
}

func TestADraftTakesUpWhatOthersDo(t *testing.T) {
	b := book(t, planningDay)
	apply := func(e model.Edit) { b.Apply(model.Change{Edits: []model.Edit{e}}) }
	d := draft(t, b)
	improved(t, d, 500)
	require.NoError(t, d.Move(d.Find("K05"), 3, 0))
	require.NoError(t, d.Remove(d.Find("K06")))

	// Meanwhile K01 was visited, K02 is gone, and K03 is planned by somebody else.
	apply(model.Edit{After: model.Visit{Account: "K01", Date: planningDay, Rep: "R1"}})
	gone := b.Account("K02").Account
	apply(model.Edit{Before: gone})
	apply(model.Edit{After: model.PlannedVisit{Rep: "R1", Date: d.Monday + 4, Account: "K03", Time: model.NewClock(11, 0)}})

	desk := NewDesk(b.On(planningDay), b.On(planningDay).Signals(), DefaultRules())
	renewed, err := desk.Renew(d)
	require.NoError(t, err)
	day, _ := renewed.Where(renewed.Find("K05"))
	require.Equal(t, 3, day)
	require.True(t, renewed.Pinned(renewed.Find("K05")))
	require.True(t, renewed.Removed(renewed.Find("K06")))
	require.Equal(t, -1, renewed.Find("K01"))
	require.Equal(t, -1, renewed.Find("K02"))
	day, _ = renewed.Where(renewed.Find("K03"))
	require.Equal(t, 4, day, "what others have planned counts")
}

func TestAnAccountThatIsNotDueCanBeIncluded(t *testing.T) {
	b := book(t, planningDay)
	b.Apply(model.Change{Edits: []model.Edit{
		{After: model.Account{Code: "NEW", Name: "Neu", Territory: "T1", Class: model.ClassC, At: model.Coordinates{Lat: 48.8, Lon: 9.2}}},
		{After: model.Visit{Account: "NEW", Date: planningDay - 1, Rep: "R1"}},
	}})
	desk := NewDesk(b.On(planningDay), nil, DefaultRules())
	d := draft(t, b)
	require.Equal(t, -1, d.Find("NEW"))
	stop, err := desk.Include(d, b.Account("NEW"))
	require.NoError(t, err)
	require.NoError(t, d.Move(stop, 0, 0))
	improved(t, d, 300)
	day, _ := d.Where(stop)
	require.Equal(t, 0, day)
	renewed, err := desk.Renew(d)
	require.NoError(t, err)
	day, _ = renewed.Where(renewed.Find("NEW"))
	require.Equal(t, 0, day, "and is still there when the draft is renewed")
}

func TestInTheRunningWeekTheDaysThatAreOverTakeNobodyIn(t *testing.T) {
	b := book(t, planningDay)
	b.Apply(model.Change{Edits: []model.Edit{{After: model.Visit{Account: "K00", Date: planningDay - 1, Rep: "R1"}}}})
	d, err := New(b.On(planningDay), "R1", planningDay.Monday(), DefaultRules())
	require.NoError(t, err)
	require.True(t, d.Past(0))
	require.False(t, d.Past(1), "today can still be planned")
	require.Equal(t, 1, d.Done)
	improved(t, d, 2000)
	require.Empty(t, d.Week.Days[0].Visits)
	require.NotEmpty(t, d.Week.Days[1].Visits)
	require.Equal(t, 4*5, d.Holds(), "a rep makes 25 visits a week where nothing else is said")
}

func TestABetterWeekDoesNotTurnTheDaysRound(t *testing.T) {
	b := book(t, planningDay)
	d := draft(t, b)
	improved(t, d, 3000)
	before := d.Clone()

	// The same tours dealt out to other days are the same week: nobody moves.
	turned := *d.Week
	turned.Days = slices.Concat(d.Week.Days[2:Workdays], d.Week.Days[:2], d.Week.Days[Workdays:])
	changes, err := d.Take(&turned)
	require.NoError(t, err)
	require.Empty(t, changes)
	require.Equal(t, before.Planned(), d.Planned())
	require.False(t, before.Better(d))
	fuller := before.Clone()
	require.NoError(t, before.Remove(before.Week.Days[0].Visits[0].Stop))
	require.True(t, before.Better(fuller))

	// With a visit pinned, its day stays where it is, and the others find theirs.
	pinned := d.Week.Days[1].Visits[0].Stop
	require.NoError(t, d.SetPinned(pinned, true))
	swapped := *d.Week
	swapped.Days = slices.Clone(d.Week.Days)
	swapped.Days[3], swapped.Days[4] = swapped.Days[4], swapped.Days[3]
	_, err = d.Take(&swapped)
	require.NoError(t, err)
	require.Equal(t, fuller.Planned(), d.Planned())
}
