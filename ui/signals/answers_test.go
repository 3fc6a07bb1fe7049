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

var ulm = model.SignalKey{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1"}

func stateOf(t *testing.T, st *uitest.Stage, key model.SignalKey) answer.Case {
	t.Helper()
	c, running := st.Session.Case(key)
	require.True(t, running)
	return c
}

func TestASignalIsAcceptedWithTwoKeys(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State)
	st.Keys("Y", "enter", "enter", "enter")
	require.Len(t, st.Modals, 1, "a day has to be said")
	st.Keys("esc", "Y").Type("18.12.").Keys("ctrl+s")
	require.Empty(t, st.Failed)
	require.Equal(t, "Accepted: Wintermailing · Ulm", st.Said)
	require.Regexp(t, `K. Sommer +✓ accepted `, st.View())
	st.Keys("enter")
	require.Contains(t, st.View(), "✓ Accepted by Kim on 24 Nov, until 18 Dec.")

	_, err := st.Session.Store.Undo(st.Session.Actor)
	require.NoError(t, err)
	st.Session.CatchUp()
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State)
}

func TestDecliningNeedsAReasonAndAnEnd(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	st.Keys("D", "ctrl+s")
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State, "no reason yet")
	st.Keys("space", "tab").Type("+30").Keys("ctrl+s")
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State, "four weeks at most")
	require.Len(t, st.Modals, 1)
	st.Keys("esc", "y")
	st.Keys("D", "space", "tab", "tab").Type("3").Keys("ctrl+s")
	c := stateOf(t, st, ulm)
	require.Equal(t, answer.Declined, c.State)
	require.Equal(t, model.DeclinedNoRoom, c.Answer.Reason)
	require.Equal(t, uitest.Today+14, c.Answer.Until)
	require.Equal(t, 3, c.Answer.Worse)
	require.Equal(t, 7, c.Answer.Short)
	require.Contains(t, st.View(), "· declined ")
}

// Sales proposes another time, marketing sees what that does and carries it out with
// one key, as one step.
func TestACounterProposalCarriesItselfOut(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	st.Session.Actor.Role = model.RoleSales
	st.Keys("B")
	require.Len(t, st.Modals, 1)
	st.Keys("ctrl+s")
	require.Len(t, st.Modals, 1, "that is the campaign as it is")
	st.Keys("esc", "B").Type("2027-03-01").Keys("tab").Type("2027-03-11").Keys("ctrl+s")
	require.Empty(t, st.Modals)
	c := stateOf(t, st, ulm)
	require.Equal(t, answer.Countered, c.State)
	require.Equal(t, model.RoleMarketing, c.Turn)
	require.Contains(t, st.View(), "▸ proposal")

	st.Session.Actor.Role = model.RoleMarketing
	before := st.Session.Signals()
	changed := answer.Proposed(campaignOf(t, st, "C1"), c.Counter)
	after := st.Session.Day().WithCampaign(changed).Signals()
	vanish, appear := model.Compare(before, after)
	require.Len(t, vanish, 1)
	require.Empty(t, appear)
	st.Keys("Y")
	require.Len(t, st.Modals, 1)
	require.Contains(t, strings.Join(strings.Fields(st.Modals[0].View()), " "), "Goes: ▲ Ulm")
	st.Keys("y")
	require.Equal(t, "Carried out: Wintermailing · Ulm", st.Said)
	require.Equal(t, model.NewDate(2027, 3, 1), campaignOf(t, st, "C1").Start)
	got, _ := model.Compare(before, st.Session.Signals())
	require.Equal(t, keys(vanish), keys(got), "what was shown is what happened")

	_, err := st.Session.Store.Undo(st.Session.Actor)
	require.NoError(t, err)
	st.Session.CatchUp()
	require.Equal(t, uitest.Today+14, campaignOf(t, st, "C1").Start, "both go back as one")
	require.Equal(t, answer.Countered, stateOf(t, st, ulm).State)
}

func keys(list []model.Signal) (keys []model.SignalKey) {
	for _, s := range list {
		keys = append(keys, s.Key())
	}
	return keys
}

func campaignOf(t *testing.T, st *uitest.Stage, code string) model.Campaign {
	t.Helper()
	c, ok := st.Session.Book.Campaign(code)
	require.True(t, ok)
	return c
}

func TestOnlyTheDepartmentThatIsAskedAnswers(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("Y")
	require.Empty(t, st.Modals)
	require.NotEmpty(t, st.Failed)
	st.Keys("tab", "Y").Type("+2w").Keys("ctrl+s")
	require.Equal(t, answer.Accepted, stateOf(t, st, model.SignalKey{Kind: model.AddTelemarketing, Territory: "T2"}).State)
}
