package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// A class that a team adds is taken from files, also for accounts that have none.
func TestImportKnowsTheTeamsClasses(t *testing.T) {
	s := open(t)
	settings := model.DefaultSettings()
	settings.Classes[0].Name = "Gold"
	settings.Classes[3] = model.ClassRule{Code: "D", Interval: 365, Weight: 40}
	_, err := s.Apply(lead, Request{Action: "settings.change", Puts: []Put{{Record: settings}}})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "accounts.csv")
	require.NoError(t, os.WriteFile(path, []byte("code,name,Klasse\nK1,Eins,Gold\nK2,Zwei,D\nK3,Drei,\nK4,Vier,A\n"), 0o600))
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	mapping, err := s.Mapping(f)
	require.NoError(t, err)
	reports, err := s.Import(t.Context(), lead, []Source{{f, mapping}}, ImportOptions{})
	require.NoError(t, err)
	require.Zero(t, reports[0].Skipped)
	for code, class := range map[string]model.Class{"K1": "A", "K2": "D", "K3": "D", "K4": "A"} {
		account, err := s.Get(model.Account{Code: code}.Key())
		require.NoError(t, err)
		require.Equal(t, class, account.(model.Account).Class, code)
	}
	got, err := s.Settings()
	require.NoError(t, err)
	require.Equal(t, settings, got)
	settings.Classes[1].Code = "A"
	_, err = s.Apply(lead, Request{Action: "settings.change", Puts: []Put{{Record: settings}}})
	require.Error(t, err, "two classes share a code")
}
