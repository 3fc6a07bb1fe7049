package place

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACountryBeforeThePostcodeIsParted(t *testing.T) {
	for _, test := range []struct{ give, country, postcode string }{
		{"D-70173", "DE", "70173"}, {"DE 70173", "DE", "70173"}, {"DE-04109", "DE", "04109"}, {"D70173", "", "D70173"}, {"DE70173", "DE", "70173"},
		{"A-1010", "AT", "1010"}, {"AT 1010", "AT", "1010"}, {"CH-8001", "CH", "8001"}, {"L-1009", "LU", "1009"}, {"F-67000", "FR", "67000"},
		{"NL-1012 AB", "NL", "1012 AB"}, {"01067.0", "", "01067"}, {"70173", "", "70173"}, {"SW1A 1AA", "", "SW1A 1AA"}, {"E1 6AN", "", "E1 6AN"},
		{"M1 1AE", "", "M1 1AE"}, {"", "", ""}, {"X", "", "X"}, {"D-", "", "D-"},
	} {
		country, postcode := SplitPostcode(test.give)
		require.Equal(t, test.country, country, test.give)
		require.Equal(t, test.postcode, postcode, test.give)
	}
}

func TestTheTownTellsWhoseFourFiguresTheyAre(t *testing.T) {
	towns := &Towns{}
	for _, test := range []struct{ postcode, city, country string }{
		{"1067", "Dresden", "DE"}, {"4109", "Leipzig", "DE"}, {"1010", "Wien", "AT"}, {"8001", "Zürich", "CH"}, {"5001", "Aarau", "CH"},
		{"8010", "Graz", "AT"}, {"1010", "", ""}, {"1010", "Nirgendwo an der Nichts", ""}, {"70173", "Stuttgart", ""},
	} {
		require.Equal(t, test.country, towns.CountryOfFour(test.postcode, test.city), test.postcode+" "+test.city)
	}
}
