package signals

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/text"
)

// Sales gives some of the accounts to marketing to call; marketing sees what that does,
// carries it out with one key, and so many visits fewer are missing. Each step goes back.
func TestVisitsAndCallsAreSharedOut(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	st.Session.Actor.Role = model.RoleSales
	gap := func() int { return st.Session.Day().Watch(ulm).Short }
	before, visited := gap(), campaignOf(t, st, "C1")
	st.Keys("B", "tab", "tab", "tab").Type("3")
	require.Contains(t, strings.Join(strings.Fields(st.Modals[0].View()), " "), "4 by visit, 3 by phone")
	st.Keys("ctrl+s")
	require.Empty(t, st.Modals)
	c := stateOf(t, st, ulm)
	require.Equal(t, answer.Countered, c.State)
	require.Len(t, c.Counter.ByPhone, 3)

	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("Y")
	require.Len(t, st.Modals, 1)
	require.Contains(t, strings.Join(strings.Fields(st.Modals[0].View()), " "), "Visits missing here: 4 instead")
	st.Keys("y")
	require.Equal(t, before-3, gap())
	agreed := campaignOf(t, st, "C1")
	require.ElementsMatch(t, c.Counter.ByPhone, agreed.ByPhone)
	for _, s := range st.Session.Signals() {
		if s.Key() == ulm {
			for _, l := range s.Readiness.Accounts {
				require.NotContains(t, agreed.ByPhone, l.Code, "each is on exactly one side")
			}
			require.Equal(t, 3, s.Readiness.ByPhone)
		}
	}
	days := st.Session.Day().WatchDays(ulm, st.Session.Today-20, st.Session.Today)
	for i, day := range days {
		require.Equal(t, st.Session.Book.Past(st.Session.Today-20+model.Date(i)).Watch(ulm), day, i)
	}
	undo := func() {
		_, err := st.Session.Store.Undo(st.Session.Actor)
		require.NoError(t, err)
		st.Session.CatchUp()
	}
	st.Session.Actor.Role = model.RoleLead
	undo()
	require.Equal(t, visited, campaignOf(t, st, "C1"))
	require.Equal(t, before, gap())
	require.Equal(t, answer.Countered, stateOf(t, st, ulm).State)
	undo()
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State)

	// Who wants no calls any more is to be visited again.
	agreed = campaignOf(t, st, "C1")
	agreed.ByPhone = c.Counter.ByPhone
	st.Apply("campaign.change", agreed)
	require.Equal(t, before-3, gap())
	account := st.Session.Book.Account(agreed.ByPhone[0]).Account
	account.DoNotCall = true
	st.Apply("account.change", account)
	left := 0
	for _, code := range agreed.ByPhone {
		if !st.Session.Book.Account(code).DoNotCall {
			left++
		}
	}
	require.Less(t, left, 3)
	require.Equal(t, before-left, gap())
}
