package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestAccountsArePlacedByTownThenBetterByPostcode(t *testing.T) {
	table, err := os.Open(sharedData(t, filepath.Join("places", "DE.txt")))
	require.NoError(t, err)
	defer table.Close()
	s := open(t)
	path := write(t, "a.csv", "code,name,postcode,city,country,lat,lon\n"+
		"K1,Eins,70173,Stuttgart,Deutschland,,\nK2,Zwei,1067,Dresden,DE,,\nK3,Drei,,Nirgendwohausen,,,\nK4,Vier,,,,48.5,9.1\n")
	importFiles(t, s, ImportOptions{}, path)
	placement, err := s.Placement()
	require.NoError(t, err)
	require.Equal(t, map[model.PlacedBy]int{model.PlacedTown: 2, model.PlacedNowhere: 1, model.PlacedFile: 1}, placement.By)
	require.Equal(t, "K3", placement.Nowhere[0].Code)

	_, countries, _, err := s.AddPlaces(lead, table)
	require.NoError(t, err)
	require.Len(t, countries, 1)
	placement, err = s.Placement()
	require.NoError(t, err)
	require.Equal(t, map[model.PlacedBy]int{model.PlacedPostcode: 2, model.PlacedNowhere: 1, model.PlacedFile: 1}, placement.By)
	require.Equal(t, []string{"DE"}, placement.Tables)
	got, err := s.Get(model.Account{Code: "K2"}.Key())
	require.NoError(t, err)
	require.Equal(t, "01067", got.(model.Account).Address.Postcode, "the zero that a spreadsheet lost is back")
	require.InDelta(t, 51.06, got.(model.Account).At.Lat, 0.05)
	requireSound(t, s)
}
