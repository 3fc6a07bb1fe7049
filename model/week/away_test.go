package week

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/route"
)

func TestWhoIsAwayIsAway(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b,
		model.Absence{Rep: "R1", From: monday - 3, To: monday, Kind: model.AwayHoliday},                                            // whole days until Monday
		model.Absence{Rep: "R1", From: monday + 1, To: monday + 1, FromTime: model.NewClock(10, 0), ToTime: model.NewClock(11, 0)}, // an hour
		model.Absence{Rep: "R1", From: monday - 300, Weekdays: []string{"Fr"}, FromTime: model.NewClock(13, 0), Kind: "Teilzeit"},  // Fridays until one
		model.Absence{Rep: "R2", From: monday, To: monday + 4},                                                                     // somebody else
		planned("K00", monday, 10, 0, 30), planned("K01", monday+1, 10, 45, 30), planned("K02", monday+4, 15, 0, 30), // agreed all the same
	)
	d := draft(t, b)
	improved(t, d, 2000)
	require.Len(t, d.Week.Days[0].Visits, 1)
	require.Equal(t, route.WorksOnDayOff, d.Week.Days[0].Breaches[0].Kind)
	require.Equal(t, model.AwayHoliday, d.Away(0)[0].Absence.Kind)
	for _, v := range d.Week.Days[1].Visits {
		if d.Stops[v.Stop].Customer.Code == "K01" {
			require.Equal(t, []route.Breach{{Kind: route.InBusyTime, Stop: v.Stop, By: route.Minutes(15)}}, v.Breaches)
		} else {
			require.True(t, v.End <= route.At(10, 0) || v.Start >= route.At(11, 0), "%v", v)
		}
	}
	for _, v := range d.Week.Days[4].Visits {
		if d.Stops[v.Stop].Customer.Code != "K02" {
			require.LessOrEqual(t, v.End, route.At(13, 0))
		}
	}
	require.Equal(t, 18, d.Holds(), "three whole days and a half of a week of 25")
}

func TestADayOffSetInTheWeekSurvivesConfirming(t *testing.T) {
	b := book(t, planningDay)
	d := draft(t, b)
	require.NoError(t, d.SetOff(2, true))
	absences, remove := d.DaysOff()
	require.Empty(t, remove)
	require.Len(t, absences, 1)
	put(b, absences[0])
	again := draft(t, b)
	require.True(t, again.Off(2))
	absences, remove = again.DaysOff()
	require.Empty(t, absences)
	require.Empty(t, remove)
	require.NoError(t, again.SetOff(2, false), "it was for this day alone")
	_, remove = again.DaysOff()
	require.Len(t, remove, 1)

	put(b, model.Absence{Rep: "R1", From: d.Monday, To: d.Monday + 1, Kind: model.AwayHoliday})
	long := draft(t, b)
	require.ErrorIs(t, long.SetOff(0, false), ErrAway)
}

func TestNothingIsProposedWhileARepIsAway(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := book(t, planningDay)
		monday := planningDay.Monday() + 7
		for range rapid.IntRange(1, 4).Draw(rt, "absences") {
			a := model.Absence{Rep: "R1", From: monday + model.Date(rapid.IntRange(-5, 6).Draw(rt, "from"))}
			a.To = a.From + model.Date(rapid.IntRange(0, 4).Draw(rt, "days"))
			if rapid.Bool().Draw(rt, "timed") {
				a.FromTime = model.NewClock(rapid.IntRange(6, 12).Draw(rt, "hour"), 0)
				a.ToTime = a.FromTime + model.Clock(rapid.IntRange(30, 400).Draw(rt, "minutes"))
			}
			put(b, a)
		}
		d, err := New(b.On(planningDay), "R1", monday, DefaultRules())
		require.NoError(rt, err)
		improved(rt, d, 200)
		for day, plan := range d.Week.Days {
			for _, v := range plan.Visits {
				for _, away := range b.Away("R1", d.Date(day)) {
					require.False(rt, v.Start < route.Minutes(away.To) && v.End > route.Minutes(away.From), "%v while away %v", v, away)
				}
			}
		}
	})
}
