package forms_test

// What is odd is said below its field and keeps nobody from saving.

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestACampaignThatOverlapsSaysSoWhileItIsWritten(t *testing.T) {
	other := model.Campaign{Code: "C7", Name: "Messe", Kind: "fair", Territories: []string{"T1"}, Start: uitest.Today + 7, End: uitest.Today + 14, Status: model.CampaignPlanned}
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Campaign(s, model.Campaign{Name: "Mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today + 10, End: uitest.Today + 20, Status: model.CampaignPlanned}, true)
	}, other)
	require.Contains(t, screen(st), "Messe and Spring mailing ask for visits there at the")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, "it is said, not forbidden")
}

func TestACallThatLeavesSomethingToDoAsksWhen(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Call(s, model.Call{Account: "K10", Agent: "M. Ivers", Outcome: model.CallReached}, true)
	})
	typed(st, "c")
	press(st, "ctrl+s")
	require.Len(t, st.Modals, 1, screen(st))
	typed(st, "+2w")
	press(st, "enter")
	typed(st, "10:00")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, screen(st))
	left := st.Session.Book.FollowUps("K10")
	require.Len(t, left, 1)
	require.Equal(t, uitest.Today+14, left[0].Due)
	require.Equal(t, model.FollowCall, left[0].Kind)
}
