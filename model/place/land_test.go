package place

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestThePostcodeTellsTheLandWhereAllOfItsAreaLiesInOne(t *testing.T) {
	for postcode, calendar := range map[string]string{
		"10117": "DE-BE", "14467": "DE-BB", "70173": "DE-BW", "80331": "DE-BY", "95028": "DE-BY", "28195": "DE", "20095": "DE-HH", "34117": "DE-HE", "60311": "DE-HE",
		"18055": "DE-MV", "30159": "DE-NI", "50667": "DE-NW", "55116": "DE", "56068": "DE-RP", "24103": "DE-SH", "66111": "DE-SL", "01067": "DE-SN", "39104": "DE-ST",
		"99084": "DE-TH", "68519": "DE", "63739": "DE", "89073": "DE", "1067": "DE", "": "DE",
	} {
		require.Equal(t, calendar, Calendar("DE", postcode), postcode)
	}
	require.Equal(t, "AT", Calendar("AT", "1010"))
	require.Equal(t, "CH", Calendar("CH", "8001"))
	require.Equal(t, "", Calendar("US", "90210"))
	require.Equal(t, "", Calendar("", ""))
	seen := map[string]bool{}
	for _, prefixes := range lands {
		for _, prefix := range strings.Fields(prefixes) {
			require.Len(t, prefix, 3)
			require.False(t, seen[prefix], "%s stands in one Land only", prefix)
			seen[prefix] = true
		}
	}
}
