package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

var lead = model.Actor{Name: "tester", Role: model.RoleLead}

func day(t testing.TB, iso string) model.Date {
	t.Helper()
	d, err := model.ParseDate(iso)
	require.NoError(t, err)
	return d
}

// open makes a new store in a temporary folder.
func open(t testing.TB) *Store {
	t.Helper()
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := Open(filepath.Join(t.TempDir(), "data", "doppelpass.db"), Options{Now: func() time.Time { return clock }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func apply(t testing.TB, s *Store, records ...model.Record) model.Change {
	t.Helper()
	r := Request{Action: "test"}
	for _, record := range records {
		r.Puts = append(r.Puts, Put{Record: record})
	}
	change, err := s.Apply(lead, r)
	require.NoError(t, err)
	return change
}

func requireSound(t testing.TB, s *Store) {
	t.Helper()
	problems, err := s.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
}

func TestWhatIsPutCanBeReadAgain(t *testing.T) {
	s := open(t)
	territory := model.Territory{Code: "T1", Name: "Stuttgart Ost", Region: "Süd/BW", Rep: "R1", Postcodes: []string{"70", "71"}, Note: "n", MarketingNote: "m"}
	rep := model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 30, HomeAt: model.Coordinates{Lat: 48.7, Lon: 9.1}, DayStart: model.NewClock(8, 0)}
	account := model.Account{Code: "K1", Name: "Metallbau", Territory: "T1", Class: "A", Since: day(t, "2020-01-01"), Potential: -1250, DoNotCall: true, At: model.Coordinates{Lat: 48.8, Lon: -9.2}}
	campaign := model.Campaign{Code: "C1", Name: "Spring", Kind: "mailing", Territories: []string{"Süd"}, Classes: []model.Class{"A"}, Start: day(t, "2026-12-09"), End: day(t, "2026-12-18"), Status: "planned"}
	visit := model.Visit{Account: "K1", Date: day(t, "2026-11-20"), Time: model.NewClock(9, 30), Rep: "R1", Outcome: "order", Value: 123456, Minutes: 45, Guests: []string{"X", "Y"}, Note: "line\nline", Ref: "v-1"}
	bare := model.Visit{Account: "K1", Date: day(t, "2025-12-31"), Kind: model.VisitNotMet}
	call := model.Call{Account: "K1", Date: day(t, "2026-11-21"), Agent: "M", Outcome: model.CallOptOut, Campaign: "C1", Note: "no", Ref: "c-1"}
	planned := model.PlannedVisit{Rep: "R1", Account: "K1", Date: day(t, "2026-11-30"), Time: model.NewClock(8, 0), Minutes: 30}
	settings := model.DefaultSettings()
	settings.Classes[0].Interval = 40
	all := []model.Record{territory, rep, account, campaign, visit, bare, call, planned, settings}
	apply(t, s, all...)
	for _, want := range all {
		got, err := s.Get(want.Key())
		require.NoError(t, err)
		require.Equal(t, want, plain(got))
	}
	visits, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Equal(t, []model.Visit{visit, bare}, plainVisits(visits))
	latest, before, err := s.Visits(VisitQuery{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, []model.Visit{visit}, plainVisits(latest))
	require.Equal(t, bare.Date, before)
	requireSound(t, s)

	_, err = s.Undo(lead)
	require.NoError(t, err)
	for _, record := range all {
		_, err := s.Get(record.Key())
		require.ErrorAs(t, err, &NotFound{})
	}
	requireSound(t, s)
	_, err = s.Redo(lead)
	require.NoError(t, err)
	for _, want := range all {
		got, err := s.Get(want.Key())
		require.NoError(t, err)
		require.Equal(t, want, plain(got))
	}
	requireSound(t, s)
}
