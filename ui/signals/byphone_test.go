package signals

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
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
	require.Equal(t, before, gap(), "all of them have the same number")
}

// Who looks for a way to hand accounts over to marketing finds one, that asks for nothing
// but how many.
func TestVisitsAreHandedOverToMarketing(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	st.Session.Actor.Role = model.RoleSales
	st.Keys("F")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "Hand over to marketing · Ulm")
	require.NotContains(t, st.Modals[0].View(), "Classes")
	st.Type("2").Keys("ctrl+s")
	require.Empty(t, st.Modals)
	c := stateOf(t, st, ulm)
	require.Equal(t, answer.Countered, c.State)
	require.Len(t, c.Counter.ByPhone, 2)
	require.Zero(t, c.Counter.Start, "nothing else of the campaign is proposed")

	st.Session.Actor.Role = model.RoleMarketing
	for _, a := range st.Page.Actions() {
		if a.Name == "signals.hand-over" {
			ok, why := a.Enabled()
			require.False(t, ok)
			require.NotEmpty(t, why, "marketing reads why not")
		}
	}
}

// A customer who objects on the telephone is to be visited again, from that day on and
// not before; so is one who only has the same number.
func TestWhoObjectsOnTheTelephoneIsVisitedAgain(t *testing.T) {
	records := uitest.Company()
	var agreed model.Campaign
	for i, r := range records {
		switch r := r.(type) {
		case model.Campaign:
			if r.Code == "C1" {
				r.ByPhone = []string{"K30", "K31", "K32"}
				agreed, records[i] = r, r
			}
		case model.Account:
			if r.Territory == "T3" { // each its own number, but for two
				r.Phone = "0831 5550" + r.Code[1:] + "0"
				if r.Code == "K39" {
					r.Phone = "0831 5550320"
				}
				records[i] = r
			}
		}
	}
	st := uitest.New(t, text.English, records...)
	st.Show(New(st.Session), 80, 24)
	key := model.SignalKey{Kind: model.StepUpVisits, Territory: "T3", Campaign: "C1"}
	short := func() int { return st.Session.Book.On(uitest.Today).Watch(key).Short }
	agreedOn := func() int { return len(st.Session.Book.On(uitest.Today).InsteadOfVisits(agreed)) }
	before := short()
	require.Equal(t, 3, agreedOn())
	st.Apply("call.log", model.Call{ID: model.RowID{1}, Account: "K31", Date: uitest.Today - 2, Agent: "M", Outcome: model.CallOptOut})
	require.Equal(t, before+1, short())
	st.Apply("call.log", model.Call{ID: model.RowID{2}, Account: "K39", Date: uitest.Today - 1, Agent: "M", Outcome: model.CallOptOut})
	require.Equal(t, before+2, short(), "K32 has K39's number")
	require.Equal(t, 1, agreedOn())
	first := uitest.Today - 6
	for i, watched := range st.Session.Day().WatchDays(key, first, uitest.Today) {
		require.Equal(t, st.Session.Book.Past(first+model.Date(i)).Watch(key), watched, "day %d", i)
	}
}
