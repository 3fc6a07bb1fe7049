package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A campaign is looked back at once its day has come, and the same look a year later shows
// the same.
func TestACampaignIsReviewedOnItsDay(t *testing.T) {
	d := withDemo(t)
	o := d.done("review", "MAIL-2611", "--lang", "en")
	require.Contains(t, o, "Still running: the review is on 9 Jan 2027.")
	require.Contains(t, o, "differences below about")
	require.NotContains(t, o, "ordered before")

	o = d.done("review", "mail-2607", "--lang", "de")
	require.Contains(t, o, "Kontakte vom 22.06. bis 14.08., Aufträge bis 11.09.")
	require.Contains(t, o, "Aufträge sind nur von Besuchen bekannt")
	require.Regexp(t, `Besuch: (deutlich mehr|waren schon vorher anders|zu wenige)`, o)
	require.NotContains(t, o, "%!")

	var v, later reviewScript
	require.NoError(t, json.Unmarshal([]byte(d.done("review", "MAIL-2607", "--json")), &v))
	require.NoError(t, json.Unmarshal([]byte(d.done("review", "MAIL-2607", "--json", "--today", "2027-09-01")), &later))
	require.Equal(t, v, later, "it is frozen")
	accounts := 0
	for _, g := range v.Groups {
		accounts += g.Accounts
	}
	require.Equal(t, v.Targets, accounts, "each account is in one group")
	require.NotEmpty(t, v.Compared)
	for _, c := range v.Compared {
		require.LessOrEqual(t, c.Now.Low, c.Now.Point)
		require.GreaterOrEqual(t, c.Now.High, c.Now.Point)
	}

	none := d.run("review", "NOWHERE", "--lang", "en")
	require.Equal(t, codeUsage, none.code)
	require.Contains(t, none.errors, `There is no campaign with the code "NOWHERE".`)
}
