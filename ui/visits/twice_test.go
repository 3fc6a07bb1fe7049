package visits

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Two people have logged one visit: both stand, marked, and one key makes them one.
func TestAVisitLoggedTwiceBecomesOne(t *testing.T) {
	st := open(t, text.English, 120, 30)
	require.NotContains(t, st.View(), "twice?")
	visit := model.Visit{Account: "K11", Date: uitest.Today, Time: model.NewClock(9, 0), Rep: "R1", Note: "First"}
	other := visit
	other.Time, other.Note, other.Outcome = model.NewClock(9, 20), "Second", "order"
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "test", Puts: []store.Put{{Record: visit}, {Record: other}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	st.Send(nil)
	require.Contains(t, st.View(), "twice?")
	p := st.Page.(*Page)
	for i, v := range p.visits {
		if v.Note == "First" {
			p.list.Select(p.ids[i])
		}
	}
	st.Keys(";")
	require.Contains(t, st.Said, "the two visits are one")
	require.NotContains(t, st.View(), "twice?")
	visits, err := st.Session.Store.AccountVisits("K11", 0)
	require.NoError(t, err)
	count := 0
	for _, v := range visits {
		if v.Date == uitest.Today {
			count++
			require.ElementsMatch(t, []string{"First", "Second"}, strings.Split(v.Note, "\n\n"))
			require.Equal(t, "order", v.Outcome)
		}
	}
	require.Equal(t, 1, count)
}
