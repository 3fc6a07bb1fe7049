package ui

// The page of the people: nobody who works alone sees it, and of several only
// the lead.

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

func TestThePeopleShowOnceThereAreSome(t *testing.T) {
	st := uitest.New(t, text.English, model.Territory{Code: "T1", Name: "Ost"})
	r := newRoot(st.Session, Options{})
	r.resize(140, 40)
	screen := func() string {
		st.Session.CatchUp()
		st.Session.Frame(func() { r.refresh() })
		return ansi.Strip(r.View())
	}
	require.NotContains(t, screen(), "9 People")
	anna := model.Person{Code: "anna", Name: "Anna Beck", Role: model.RoleSales}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "people.add", Puts: []store.Put{{Record: anna}}})
	require.NoError(t, err)
	require.Contains(t, screen(), "9 People")
	r.turn(session.PagePeople)
	require.Contains(t, screen(), "Anna Beck")

	st.Session.Actor = anna.Actor("")
	require.NotContains(t, screen(), "9 People", "only the lead keeps it")
}

// Of several people each takes back their own steps: z never asks about those of others,
// and does what it says.
func TestUndoIsAboutOnesOwnStep(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	anna := model.Person{Code: "anna", Name: "Anna Beck", Role: model.RoleLead}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "people.add", Puts: []store.Put{{Record: anna}}})
	require.NoError(t, err)
	st.Session.Actor = anna.Actor("")
	h := newHand(t, st, session.PageAccounts)
	h.press("z")
	require.Empty(t, h.root.modals)
	require.Contains(t, h.root.View(), "nothing to undo", "the steps before are Kim's")
	h.press("A", "y")
	require.Equal(t, "3 false false false", h.steps())
	rename := model.Account{Code: "K35", Name: "Umbenannt", Territory: "T3"}
	_, err = st.Session.Store.Apply(model.Actor{Name: "Kim", Role: model.RoleLead}, store.Request{Action: "account.edit", Puts: []store.Put{{Record: rename}}})
	require.NoError(t, err)
	h.press("z")
	require.Empty(t, h.root.modals)
	require.Equal(t, "4 false true false false", h.steps(), "what was last, but one's own")
	h.press("Z")
	require.Equal(t, "4 false false false false", h.steps())
}
