package week

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
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

// TestAMonthDealsOutWhoIsCovered: R2 has the accounts of R1 for two of four weeks, and sees
// them in these and no others; R1's own month leaves out who is seen by then.
func TestAMonthDealsOutWhoIsCovered(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, model.Rep{Code: "R2", Name: "T. Brandt", HomeAt: model.Coordinates{Lat: 48.4, Lon: 9.98}},
		model.Absence{Rep: "R1", From: monday + 7, To: monday + 20, Kind: model.AwayHoliday, Cover: "R2"})
	desk := NewDesk(b.On(planningDay), b.On(planningDay).Signals(), DefaultRules())
	planned := func(desk *Desk, rep string) []model.PlannedVisit {
		m, err := desk.Month(rep, monday, 4)
		require.NoError(t, err)
		m.Deal(m.Dealing().Run(3000, nil))
		var all []model.PlannedVisit
		for w := range m.Weeks {
			d, err := m.Draft(w)
			require.NoError(t, err)
			improved(t, d, 3000)
			m.Took(w, d)
		}
		require.NoError(t, m.Settle())
		for w := range m.Weeks {
			all = append(all, m.Week(w).Proposed()...)
		}
		return all
	}
	own := planned(desk, "R1")
	require.NotEmpty(t, own)
	stands := planned(desk, "R2")
	require.NotEmpty(t, stands)
	seen := map[string]model.Date{}
	for _, p := range own {
		require.True(t, p.Date < monday+7 || p.Date > monday+20, "%s on %v", p.Account, p.Date)
		seen[p.Account] = p.Date
	}
	for _, p := range stands {
		require.True(t, p.Date >= monday+7 && p.Date <= monday+20, "%s on %v", p.Account, p.Date)
	}
	for _, p := range planned(desk.Besides(own), "R2") {
		require.Zero(t, seen[p.Account], "%s has its visit", p.Account)
	}
	for _, p := range planned(desk.Besides(stands), "R1") {
		require.False(t, slices.ContainsFunc(stands, func(s model.PlannedVisit) bool { return s.Account == p.Account }), "%s has its visit", p.Account)
	}

	// What the accounts need a week is needed of who has them.
	require.Zero(t, desk.Needed("R2", monday))
	require.Zero(t, desk.Needed("R1", monday+7))
	require.Equal(t, desk.Needed("R1", monday), desk.Needed("R2", monday+7))
}

// TestAnAgreedVisitWithoutATimeIsNoChange: the week shows when it would be; nobody is told
// to confirm what nobody changed.
func TestAnAgreedVisitWithoutATimeIsNoChange(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, model.PlannedVisit{Rep: "R1", Date: monday + 1, Account: "K00"})
	d, err := New(b.On(planningDay), "R1", monday, DefaultRules())
	require.NoError(t, err)
	write, remove := d.Confirmed(b)
	require.Empty(t, remove)
	require.Len(t, write, 1)
	require.True(t, d.OnlyTimed(write[0]))
	require.NoError(t, d.FixTime(d.Find("K00"), route.At(11, 0), true))
	write, _ = d.Confirmed(b)
	require.False(t, d.OnlyTimed(write[0]), "a time by hand is a change")
}
