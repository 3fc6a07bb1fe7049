package campaigns

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestACopiedCampaignMovesToWeeksAhead(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	page := New(st.Session)
	st.Show(page, 160, 45)
	for code, want := range map[string][2]model.Date{
		"C5": {uitest.Today - 30 + 35, uitest.Today - 20 + 35}, // over: the first same weekday ahead
		"C1": {uitest.Today + 15 + 14, uitest.Today + 24 + 14}, // to come: after itself
	} {
		page.Open(code)
		st.Keys("C")
		require.Len(t, st.Modals, 1)
		form := ansi.Strip(st.Modals[0].View())
		for _, day := range want {
			require.Contains(t, form, st.Session.Look.Text.Date(day), "%s\n%s", code, form)
		}
		st.Keys("esc")
		st.Modals = nil
	}
}

// A campaign that was just written is the one under the cursor: nobody looks for it.
func TestANewCampaignIsChosen(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	page := New(st.Session)
	st.Show(page, 100, 30)
	st.Keys("n")
	require.Len(t, st.Modals, 1)
	st.Apply("campaign.new", model.Campaign{Code: "X9", Name: "Just written", Kind: "mailing", Start: uitest.Today + 20, End: uitest.Today + 30, Status: model.CampaignDraft, Territories: []string{"T1"}})
	require.Contains(t, st.Line("▸"), "Just written")
}
