package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// TestWhoStandsInHasTheAccountsForTheTime: from Wednesday of next week on R2, who has no
// territory, stands in for R1. R2's week has R1's accounts on these days and on no other, and
// what stands in it is not offered to R1 as well.
func TestWhoStandsInHasTheAccountsForTheTime(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, model.Rep{Code: "R2", Name: "Timo", HomeAt: model.Coordinates{Lat: 48.4, Lon: 9.98}})
	of := func(rep string, monday model.Date) *Draft {
		d, err := New(b.On(planningDay), rep, monday, DefaultRules())
		require.NoError(t, err)
		return d
	}
	require.Empty(t, of("R2", monday).Stops)
	require.Empty(t, b.StandingIn(monday))

	put(b, model.Absence{Rep: "R1", From: monday + 2, To: monday + 20, Kind: model.AwayHoliday, Cover: "R2"})
	require.Equal(t, []string{"R2"}, b.StandingIn(monday+20))
	require.Empty(t, b.StandingIn(monday+21))
	d := of("R2", monday)
	improved(t, d, 2000)
	require.Positive(t, d.Week.Visits)
	for day, plan := range d.Week.Days {
		require.True(t, day >= 2 || len(plan.Visits) == 0, "R1 is there on Monday and Tuesday")
	}
	own, err := NewDesk(b.On(planningDay), nil, DefaultRules()).Besides(d.Proposed()).Draft("R1", monday)
	require.NoError(t, err)
	for _, p := range d.Proposed() {
		require.Equal(t, "R2", p.Rep)
		require.Negative(t, own.Find(p.Account), "%s", p.Account)
	}
	require.Empty(t, of("R2", monday+21).Stops, "R1 is back")
}

// TestVisitsMadeCountForWhoHasTheAccountsOnTheDay: on Monday R1 was there, on Tuesday R2
// stood in.
func TestVisitsMadeCountForWhoHasTheAccountsOnTheDay(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday()
	today := monday + 2
	put(b, model.Rep{Code: "R2", Name: "Timo"},
		model.Visit{Account: "K00", Date: monday, Rep: "R1"},
		model.Visit{Account: "K01", Date: monday + 1, Rep: "R2"}, model.Visit{Account: "K02", Date: monday + 1, Rep: "R2"},
		model.Absence{Rep: "R1", From: monday + 1, To: monday + 4, Kind: model.AwayHoliday, Cover: "R2"})
	for rep, want := range map[string]int{"R1": 1, "R2": 2} {
		d, err := New(b.On(today), rep, monday, DefaultRules())
		require.NoError(t, err)
		require.Equal(t, want, d.Done, rep)
	}
}
