package campaigns

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// What came of a campaign is read on its day and not before, from the campaign itself.
func TestWhatCameOfACampaignIsReadInFrontOfIt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st := uitest.New(t, text.English, uitest.Company()...)
		over := model.Campaign{Code: "OLD", Name: "Summer mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today - 90, End: uitest.Today - 60, Status: model.CampaignPlanned}
		later := model.Campaign{Code: "NEW", Name: "Winter mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today + 20, End: uitest.Today + 30, Status: model.CampaignPlanned}
		st.Show(New(st.Session), size[0], size[1])
		st.Apply("campaign.new", over, later)
		read := func(code string) string {
			st.Page.Open(code)
			before := len(st.Modals)
			st.Keys("=")
			require.Len(t, st.Modals, before+1)
			view := strings.ReplaceAll(ansi.Strip(st.Modals[before].View()), "│", " ")
			st.Keys("esc")
			return strings.Join(strings.Fields(view), " ")
		}
		require.Contains(t, read("OLD"), "Orders are known from visits only")
		require.Contains(t, read("NEW"), "Still running: the review is on")
	}
}
