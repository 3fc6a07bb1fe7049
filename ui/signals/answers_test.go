package signals

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
	"doppelpass/ui/words"
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
	st.Keys("Y")
	proposed := campaignOf(t, st, "C1").End
	require.Contains(t, st.Modals[0].View(), st.Session.Look.Text.Date(proposed), "a day that can be kept stands there")
	st.Keys("enter", "enter", "enter")
	require.Len(t, st.Modals, 1, "a promise that nobody typed is asked for once more")
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State)
	st.Keys("esc", "Y").Type("21.12.").Keys("tab")
	require.Contains(t, st.Modals[0].View(), "last day that counts")
	st.Keys("ctrl+s")
	require.Equal(t, answer.Open, stateOf(t, st, ulm).State, "nothing counts after the campaign")
	st.Keys("esc", "y", "Y").Type("5.12.").Keys("tab")
	require.Contains(t, st.Modals[0].View(), "Sat 5 Dec is not a working day.")
	st.Keys("esc", "y", "Y").Type("18.12.").Keys("ctrl+s")
	require.Empty(t, st.Failed)
	require.Equal(t, "Accepted: Wintermailing · Ulm", st.Said)
	require.Regexp(t, `K. Sommer +✓ accepted `, st.View())
	st.Keys("enter")
	require.Contains(t, st.View(), "✓ Accepted by Kim on 24 Nov, until 18 Dec.")
	offered, priority := map[string]string{}, map[string]int{}
	for _, a := range st.Page.Actions() {
		priority[a.Name] = a.Priority
		if a.Name == "signals.accept" || a.Name == "signals.decline" {
			ok, why := a.Enabled()
			offered[a.Keys[0]] = a.Short + map[bool]string{false: why}[ok]
		}
	}
	require.Equal(t, map[string]string{"Y": "signals.short.accept" + st.Session.Look.T("signals.why.accepted"), "D": "signals.short.decline.after-all"}, offered, "what is accepted is not offered to be")
	require.Greater(t, priority["signals.week"], priority["visit.log"], "the next step comes first")
	require.Greater(t, priority["visit.log"], priority["signals.decline"], "and a change of mind last")

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

// What the lead has let a standing rule decide is carried out as soon as it is
// proposed, as a step of its own that its author takes back; more than that, or what
// removes nothing, waits for a person.
func TestAStandingRuleAcceptsByItself(t *testing.T) {
	allow := func(st *uitest.Stage, days int) {
		settings := st.Session.Book.Settings()
		settings.AcceptDays, settings.Horizon = days, 20
		_, err := st.Session.Store.Apply(model.Actor{Name: "Kim", Role: model.RoleLead}, store.Request{Action: "settings.change", Puts: []store.Put{{Record: settings}}})
		require.NoError(t, err)
		st.Session.CatchUp()
	}
	propose := func(st *uitest.Stage, start, end string) {
		st.Session.Actor = model.Actor{Name: "Sommer", Role: model.RoleSales}
		st.Keys("B").Type(start).Keys("tab").Type(end).Keys("ctrl+s")
		require.Empty(t, st.Modals)
	}
	for name, c := range map[string]struct {
		days, by int
		accepted bool
	}{
		"off unless it is switched on": {0, 7, false},
		"a day more than is allowed":   {6, 7, false},
		"removes nothing":              {7, 6, false}, // begins within the horizon, as before
		"small enough":                 {7, 7, true},
	} {
		t.Run(name, func(t *testing.T) {
			st, _ := onPage(t, text.English, 130, 36)
			allow(st, c.days)
			before := campaignOf(t, st, "C1")
			start := before.Start + model.Date(c.by)
			propose(st, start.String(), (before.End + model.Date(c.by)).String())
			answers := st.Session.Book.Answers(ulm)
			if !c.accepted {
				require.Len(t, answers, 1)
				require.Equal(t, answer.Countered, stateOf(t, st, ulm).State)
				require.Equal(t, before, campaignOf(t, st, "C1"))
				return
			}
			require.Len(t, answers, 2)
			require.Equal(t, model.SaysAgree, answers[1].Says)
			require.Equal(t, 2, answers[1].Rule)
			require.Contains(t, st.Said, "Accepted by rule 2 and carried out")
			require.Equal(t, start, campaignOf(t, st, "C1").Start)
			said := words.Case(st.Session.Look.Text, st.Session.Book, answer.Case{State: answer.Accepted, Answer: answers[1], Counter: answers[0]}, uitest.Today)
			require.Contains(t, strings.ToLower(said[0]), "rule 2")
			steps, err := st.Session.Store.History(0, 2)
			require.NoError(t, err)
			require.Equal(t, []string{"answer.rule.2", "answer.counter"}, []string{steps[0].Action, steps[1].Action})
			require.Equal(t, "Counter-proposal accepted by rule 2", st.Session.Look.T("history.action."+steps[0].Action))

			undo := func() {
				_, err := st.Session.Store.Undo(st.Session.Actor)
				require.NoError(t, err)
				st.Session.CatchUp()
			}
			undo()
			require.Equal(t, before, campaignOf(t, st, "C1"))
			require.Equal(t, answer.Countered, stateOf(t, st, ulm).State, "the proposal waits for a person")
			undo()
			require.Empty(t, st.Session.Book.Answers(ulm))
		})
	}
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
	priority := map[string]int{}
	for _, a := range st.Page.Actions() {
		priority[a.Name] = a.Priority
	}
	require.Greater(t, priority["calling.open"], priority["signals.week"], "what was taken on comes first: the calls")
	require.Greater(t, priority["signals.week"], priority["signals.decline"])
}

// Who declines because the data are wrong stands in front of the accounts, and is asked
// again once one of them is mended.
func TestWrongDataLeadToTheAccountsAndBack(t *testing.T) {
	for _, language := range []text.Language{text.English, text.German} {
		st, _ := onPage(t, language, 130, 36)
		st.Keys("D", "space", "space", "space", "space", "space", "ctrl+s")
		c := stateOf(t, st, ulm)
		require.Equal(t, answer.Declined, c.State)
		require.Equal(t, model.DeclinedData, c.Answer.Reason)
		require.Equal(t, []string{`accounts /territory:"T1"`}, st.Gone)
		require.Contains(t, st.Said, map[text.Language]string{text.English: "Once an account here is mended, the signal asks again.", text.German: "fragt das Signal wieder"}[language])

		mended := st.Session.Book.Area("T1").Accounts()[0].Account
		mended.Address.City = "Neu-Ulm"
		st.Apply("account.edit", mended)
		c = stateOf(t, st, ulm)
		require.Equal(t, answer.Open, c.State)
		require.True(t, c.Mended)
		st.Keys("enter")
		require.Contains(t, st.View(), map[text.Language]string{text.English: "mended accounts on", text.German: "Kunden berichtigt"}[language])
	}
}
