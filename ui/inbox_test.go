package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// What others answered stands in the inbox, at most seven lines and one for the rest,
// and enter leads to the signal.
func TestTheInboxLeadsToTheSignals(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	key := model.SignalKey{}
	for _, s := range st.Session.Signals() {
		if s.Kind == model.StepUpVisits && s.Open() {
			key = s.Key()
		}
	}
	require.NotEmpty(t, key.Territory)
	a := model.Answer{Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: uitest.Today - 1, Says: model.SaysDecline,
		Until: uitest.Today + 5, Reason: model.DeclinedNoRoom, By: "H. Lindner"}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "answer.decline", Puts: []store.Put{{Record: a}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	h := newHand(t, st, session.PageTerritories)
	h.press("I")
	require.Contains(t, ansi.Strip(h.root.View()), "H. Lindner declined until")
	h.press("enter")
	require.Equal(t, session.PageSignals, h.root.front)
}
