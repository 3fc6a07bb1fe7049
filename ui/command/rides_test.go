package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// Before a month is planned one sees which days are worth travelling for, and who has not
// been out with sales since the quarter began.
func TestDaysWorthJoiningAndWhoWasOut(t *testing.T) {
	d := withDemo(t)
	o := d.done("ride-alongs", "--lang", "en")
	require.Contains(t, o, "Days worth joining, until ")
	require.Contains(t, o, "Who was out, since 1 Oct")
	require.Contains(t, o, "L. Neumann (Marketing)")
	require.NotContains(t, o, "%!")
	o = d.done("ride-alongs", "--lang", "de", "--since", "1.11.")
	require.Contains(t, o, "Wer mit war, seit 01.11.")

	var v ridesScript
	require.NoError(t, json.Unmarshal([]byte(d.done("ride-alongs", "--weeks", "8", "--json")), &v))
	require.Equal(t, "2026-10-01", v.Since)
	require.NotEmpty(t, v.Days)
	for i, day := range v.Days {
		require.GreaterOrEqual(t, day.Visits, 3)
		require.LessOrEqual(t, day.Aimed, day.Visits)
		require.True(t, day.Date >= v.From && day.Date <= v.To)
		if i > 0 {
			require.LessOrEqual(t, day.Visits+day.Aimed, v.Days[i-1].Visits+v.Days[i-1].Aimed, "the most worth joining first")
		}
	}
	require.NotEmpty(t, v.Guests)
	for _, g := range v.Guests {
		require.LessOrEqual(t, g.Days, g.Visits)
		require.GreaterOrEqual(t, g.Last, v.Since)
	}

	for _, wrong := range [][]string{{"--weeks", "0"}, {"--since", "soon"}, {"--since", "2027-03-01"}} {
		o := d.run(append([]string{"ride-alongs", "--lang", "en"}, wrong...)...)
		require.Equal(t, codeUsage, o.code, wrong)
		require.NotEmpty(t, o.errors)
	}
}
