package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestVisitsOfNobodyAreSeenAndHandedOver(t *testing.T) {
	st, p := open(t, text.German, 100, 30)
	require.NotContains(t, st.View(), "gehör")
	st.Apply("plan.confirm",
		model.PlannedVisit{Rep: "R9", Date: uitest.Today + 6, Account: "K01", Time: model.NewClock(9, 0)},
		model.PlannedVisit{Rep: "R9", Date: uitest.Today + 7, Account: "K02", Time: model.NewClock(9, 0)},
		model.PlannedVisit{Rep: "R9", Date: uitest.Today + 14, Account: "K03", Time: model.NewClock(9, 0)})
	require.Contains(t, st.View(), "3 bestätigte Besuche gehören niemandem (R9, ab 30.11.): r zeigt sie.")
	st.Keys("r", "end")
	require.Contains(t, st.Modals[0].View(), "niemand mehr")
	st.Keys("3")
	require.Equal(t, "R9", p.plan.key.rep)
	require.Contains(t, st.View(), "R9 ist niemand mehr: 3 bestätigte Besuche wird keiner machen. F übergibt sie.")
	st.Keys("F")
	require.Contains(t, st.Modals[0].View(), "alle 3 Besuche ab heute")
	require.Contains(t, st.Modals[0].View(), "alle 2 Besuche von KW 49")
	st.Keys("down", "down", "enter")
	require.Contains(t, st.Modals[0].View(), "Wer übernimmt die 3 Besuche?")
	st.Keys("down", "down", "enter")
	require.Contains(t, st.Said, "3 Besuche hat jetzt T. Brandt.")
	require.NotContains(t, st.View(), "niemand")
	require.Empty(t, p.s.Book.Ownerless(uitest.Today))
	require.Len(t, p.s.Book.Planning(uitest.Today), 1)
}
