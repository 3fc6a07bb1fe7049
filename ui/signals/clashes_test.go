package signals

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// doubled is the small company with one more campaign at Ulm's accounts, and a customer
// in Ostalb who is to be visited and called.
func doubled() []model.Record {
	return append(uitest.Company(),
		model.Campaign{Code: "C6", Name: "Letter", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today + 20, End: uitest.Today + 40, Status: model.CampaignPlanned, Owner: "P. Vogt"},
		model.PlannedVisit{Rep: "R1", Account: "K25", Date: uitest.Today + 3},
		model.FollowUp{ID: model.RowID{7}, Account: "K25", Kind: model.FollowCall, Date: uitest.Today - 1, Due: uitest.Today + 5, At: model.NewClock(10, 0), By: "M", For: "M"})
}

// Clashes stand at both departments' lists, each with its owner, and lead to what can be
// done.
func TestClashesStandOnBothListsWithTheirOwner(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {160, 45}} {
		st := uitest.New(t, text.English, doubled()...)
		st.Show(New(st.Session), size[0], size[1])
		require.Contains(t, st.View(), "✕ ! 3 clashes: Phone round × Spring")
		st.Keys("!")
		list := ansi.Strip(st.Modals[0].View())
		require.Contains(t, list, "◆ Spring mailing × Letter")
		require.Contains(t, list, "marketing · P. Vogt")
		require.Contains(t, list, "▲ Visit and call in Ostalb")
		require.Contains(t, list, "sales · K. Sommer")
		st.Keys("down", "down", "enter")
		require.Contains(t, ansi.Strip(st.Modals[0].View()), "▲ visit 27 Nov  ◆ call promised 29 Nov, 10:00")
		st.Keys("down", "enter")
		require.Equal(t, "accounts K25", st.Gone[len(st.Gone)-1])
	}
}

func TestOnlyMineShowsWhatNamesMe(t *testing.T) {
	st := uitest.New(t, text.English, doubled()...)
	st.Session.Actor = model.Actor{Name: "M. Adler", Role: model.RoleSales}
	p := New(st.Session)
	st.Show(p, 160, 45)
	require.Contains(t, st.View(), "Ostalb")
	st.Keys("*")
	require.NotContains(t, st.View(), "Ostalb", "K. Sommer's")
	require.Contains(t, st.View(), "Allgäu", "M. Adler's own")
	require.Contains(t, st.View(), "only mine")
	require.NotContains(t, st.View(), "✕", "no clash is theirs")
	require.Contains(t, st.Said, "Only yours")
	st.Keys("*")
	require.Contains(t, st.View(), "Ostalb")
}

func TestAnOpenedSignalSaysWhoseItIs(t *testing.T) {
	st := uitest.New(t, text.German, doubled()...)
	st.Show(New(st.Session), 120, 36)
	st.Keys("enter")
	require.Contains(t, st.View(), "Besuche verstärken · Allgäu  M. Adler")
}
