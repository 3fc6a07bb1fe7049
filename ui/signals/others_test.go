package signals

// What others change is marked at the signals that it changes, and at no other.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestASignalThatSomebodyElseHasChangedIsMarked(t *testing.T) {
	for _, width := range []int{80, 130} {
		st, _ := onPage(t, text.English, width, 40)
		anna := model.Actor{Name: "Anna", Role: model.RoleLead}
		by := func(who model.Actor, record model.Record) {
			_, err := st.Session.Store.Apply(who, store.Request{Action: "test", Puts: []store.Put{{Record: record}}})
			require.NoError(t, err)
			st.Session.CatchUp()
			st.Send(nil)
		}
		require.NotContains(t, st.View(), "◂")

		own := model.Visit{Account: "T1-02", Date: uitest.Today, Rep: "R1"}
		by(st.Session.Actor, own)
		require.NotContains(t, st.View(), "◂", "one's own changes are no news")

		by(anna, model.Contact{Account: "T1-04", Name: "Frau Klein"})
		require.NotContains(t, st.View(), "◂", "that changes no signal")

		by(anna, model.Visit{Account: "T1-03", Date: uitest.Today, Rep: "R1"})
		require.Regexp(t, `Ulm[^│\n]*◂ Anna`, st.View())
		require.NotRegexp(t, `Bodensee[^│\n]*◂`, st.View())
		require.NotRegexp(t, `Hohenlohe[^│\n]*◂`, st.View())

		area := st.Session.Book.Area("T4").Territory
		area.Name = "Hohenlohe-Ost"
		by(anna, area)
		require.Regexp(t, `Hohenlohe-Ost[^│\n]*◂ Anna`, st.View(), "what its row says was changed")
		require.NotRegexp(t, `Bodensee[^│\n]*◂`, st.View())
	}
}

// The accounts behind an opened signal are marked as they are on their own page.
func TestAnAccountBehindASignalThatSomebodyElseHasChangedIsMarked(t *testing.T) {
	st, _ := onPage(t, text.English, 100, 40)
	st.Keys("enter")
	require.Contains(t, st.View(), "Kunde T1-04")
	changed := st.Session.Book.Account("T1-04").Account
	changed.Name = "Kunde Neu"
	_, err := st.Session.Store.Apply(model.Actor{Name: "Anna", Role: model.RoleLead}, store.Request{Action: "test", Puts: []store.Put{{Record: changed}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	st.Send(nil)
	require.Regexp(t, `Kunde Neu.*◂ Anna`, st.View())
}
