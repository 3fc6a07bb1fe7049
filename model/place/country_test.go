// Tests of reading and naming countries.

package place

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseCountry(t *testing.T) {
	for text, want := range map[string]string{
		"DE": "DE", "de": "DE", "D": "DE", "DEU": "DE", "Deutschland": "DE", "GERMANY": "DE", " germany ": "DE",
		"Bundesrepublik Deutschland": "DE", "BRD": "DE",
		"AT": "AT", "A": "AT", "Österreich": "AT", "Oesterreich": "AT", "Osterreich": "AT", "ÖSTERREICH": "AT", "Austria": "AT",
		"CH": "CH", "Schweiz": "CH", "die Schweiz": "CH", "Switzerland": "CH", "Suisse": "CH",
		"US": "US", "USA": "US", "U.S.A.": "US", "United States": "US", "the United States of America": "US", "Vereinigte Staaten": "US",
		"UK": "GB", "GB": "GB", "Great Britain": "GB", "Großbritannien": "GB", "Grossbritannien": "GB", "England": "GB",
		"Vereinigtes Königreich": "GB", "The Netherlands": "NL", "Holland": "NL", "Tschechien": "CZ", "Czech Republic": "CZ",
		"AE": "AE", "Türkei": "TR", "Turkey": "TR", "Côte d’Ivoire": "CI", "Cote d'Ivoire": "CI", "Bosnien-Herzegowina": "BA",
		"St. Lucia": "LC", "Saint Lucia": "LC", "Island": "IS", "Korea, Republic of": "KR", "XK": "XK", "Georgia": "GE",
	} {
		code, ok := ParseCountry(text)
		require.Truef(t, ok, "%q", text)
		require.Equalf(t, want, code, "%q", text)
	}
	for _, text := range []string{"", " ", "Q", "ZZ", "Bayern", "12", strings.Repeat("Deutschland", 100)} {
		code, ok := ParseCountry(text)
		require.Falsef(t, ok, "%q → %s", text, code)
	}
}

func TestCountryTable(t *testing.T) {
	for i, r := range countryRows {
		if i > 0 {
			require.Less(t, countryRows[i-1].code, r.code)
		}
		ways := []string{r.code, r.code3, r.english, r.german}
		if r.others != "" {
			ways = append(ways, strings.Split(r.others, "|")...)
		}
		for _, way := range ways {
			code, ok := ParseCountry(way)
			require.Truef(t, ok, "%q", way)
			require.Equalf(t, r.code, code, "%q is another country's too", way)
		}
		require.Equal(t, r.german, CountryName(r.code, "de"))
		require.Equal(t, r.english, CountryName(r.code, "en"))
	}
	require.Equal(t, "ZZ", CountryName("ZZ", "de"))
}
