package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Eight weeks are planned together, one of them is opened and bent, and planning again
// leaves it as it was bent. Then all are confirmed as one step that one key takes back.
func TestSeveralWeeksArePlannedBentAndConfirmed(t *testing.T) {
	monthBudget.iterations = 300
	st, p := open(t, text.English, 120, 36)
	monday := uitest.Today.Monday() + 7
	st.Keys("M")
	require.NotNil(t, p.month)
	require.Contains(t, st.View(), "K. Sommer · W49 – W03")
	st.Keys("p")
	require.False(t, p.month.running)
	require.Contains(t, st.Line(" W49   "), "draft")
	seen := map[string][]model.Date{}
	for _, row := range p.month.rows {
		for _, v := range row.plan.draft.Planned() {
			seen[v.Account] = append(seen[v.Account], v.Date)
		}
	}
	for account, days := range seen {
		for i := 1; i < len(days); i++ {
			interval := p.s.Day().Interval(&p.s.Book.Account(account).Account)
			require.GreaterOrEqual(t, 10*int(days[i]-days[i-1])+40, 7*interval, "%s: %v", account, days)
		}
	}

	st.Keys("enter")
	require.Nil(t, p.month)
	require.Equal(t, monday, p.plan.key.monday)
	first := p.draft().Week.Days[p.column].Visits[0].Stop
	gone := p.draft().Stops[first].Customer.Code
	st.Keys("d")
	bent := p.draft().Planned()
	st.Keys("M", "p")
	require.Equal(t, bent, p.plans[weekKey{"R1", monday}].draft.Planned(), "what was bent stays")
	require.True(t, p.plans[weekKey{"R1", monday}].draft.Removed(p.plans[weekKey{"R1", monday}].draft.Find(gone)) || p.plans[weekKey{"R1", monday}].draft.Find(gone) < 0)

	st.Keys("ctrl+s", "y")
	require.Contains(t, st.Line(" W49   "), "✓ confirmed")
	require.Zero(t, p.month.open())
	confirmed := 0
	for range p.s.Book.Plan("R1") {
		confirmed++
	}
	require.Greater(t, confirmed, len(bent))
	st.Keys("esc")
	require.Nil(t, p.month)
	_, err := p.s.Store.Undo(p.s.Actor)
	require.NoError(t, err)
	require.True(t, st.Session.CatchUp())
	st.Send(nil)
	after := 0
	for range p.s.Book.Plan("R1") {
		after++
	}
	require.Less(t, after, confirmed)
	require.Equal(t, bent, p.plans[weekKey{"R1", monday}].draft.Planned(), "the drafts are there again")
}

// z takes the proposals for all weeks back, and nothing else.
func TestTheProposalsForTheMonthAreTakenBackAtOnce(t *testing.T) {
	monthBudget.iterations = 200
	st, p := open(t, text.English, 120, 36)
	st.Keys("M", "p")
	require.Contains(t, st.Line(" W49   "), "draft")
	st.Keys("z")
	require.NotContains(t, st.Line(" W49   "), "draft")
	require.Zero(t, p.month.open())
	require.Empty(t, p.month.dealt())

	st.Keys("p", "enter", "d")
	bent := p.draft().Planned()
	st.Keys("M")
	for _, pl := range p.month.dealt() {
		require.NotEqual(t, uitest.Today.Monday()+7, pl.key.monday, "what was bent is not the month's to take back")
	}
	require.Equal(t, bent, p.plan.draft.Planned())
}

// What the draft of one week has is not proposed for the next.
func TestADraftThatWaitsIsNotProposedOnceMore(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	st.Keys("p")
	first := p.draft().Proposed()
	require.NotEmpty(t, first)
	st.Keys(".", "p")
	for _, v := range first {
		stop := p.draft().Find(v.Account)
		if stop < 0 {
			continue
		}
		day, _ := p.draft().Where(stop)
		require.True(t, day < 0 || int(p.draft().Date(day)-v.Date)*10+40 >= 7*p.draft().Stops[stop].Standing.Interval, "%s stands in the week before", v.Account)
	}
	st.Keys(",")
	require.Equal(t, first, p.draft().Proposed(), "and the first draft waited")
}
