package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestWhoStandsInIsOfferedTheAccountsOnTheseDays(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b,
		model.Rep{Code: "R2", Name: "T. Brandt", HomeAt: model.Coordinates{Lat: 48.8, Lon: 9.2}}, model.Territory{Code: "T2", Name: "West", Rep: "R2"},
		model.Absence{Rep: "R1", From: monday + 1, To: monday + 20, Kind: model.AwayHoliday, Cover: "R2"})
	desk := NewDesk(b.On(planningDay), b.On(planningDay).Signals(), DefaultRules())
	stands, err := desk.Draft("R2", monday)
	require.NoError(t, err)
	require.Len(t, stands.Stops, 20, "all that is due at the other's")
	improved(t, stands, 3000)
	require.Empty(t, stands.Week.Days[0].Visits, "on Monday the rep is there")
	require.Greater(t, stands.Week.Visits, 15)
	for day := 1; day < Workdays; day++ {
		for _, v := range stands.Week.Days[day].Visits {
			require.Empty(t, v.Breaches)
		}
	}

	// Beside what the stand-in proposes the rep is offered only what is left.
	own, err := desk.Besides(stands.Proposed()).Draft("R1", monday)
	require.NoError(t, err)
	require.Len(t, own.Stops, 20-stands.Week.Visits)
	for day := 1; day < Workdays; day++ {
		require.True(t, own.Off(day))
	}
	later, err := desk.Draft("R2", monday+28)
	require.NoError(t, err)
	require.Empty(t, later.Stops, "and then the accounts are the rep's again")
}
