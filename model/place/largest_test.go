package place

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheLargestTowns(t *testing.T) {
	for country, largest := range map[string][]string{
		"DE": {"Berlin", "Hamburg", "München", "Köln"}, "AT": {"Wien", "Graz", "Linz", "Salzburg"}, "CH": {"Zürich", "Genf", "Basel", "Bern"},
	} {
		var names []string
		for _, town := range Largest(4, country) {
			require.Equal(t, country, town.Country)
			names = append(names, town.Called("de"))
		}
		require.Equal(t, largest, names)
	}
	var names []string
	for _, town := range Largest(2, "CH", "DE", "AT") {
		names = append(names, town.Called("en"))
	}
	require.Equal(t, []string{"Berlin", "Hamburg", "Vienna", "Zürich", "Graz", "Geneva"}, names, "over all countries")
	require.Empty(t, Largest(4, "??"))
	for key, german := range germanNames {
		found := false
		for _, town := range Largest(1000, key[:2]) {
			found = found || town.Name == key[3:]
		}
		require.True(t, found, "%s is in no list: nobody will call it %s", key, german)
	}
}
