package calls_test

// The page of calls shows what was tried, how it ended, and for whom.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/calls"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestCallsOfACampaignWithTheirOutcomes(t *testing.T) {
	call := func(account string, ago model.Date, outcome model.CallOutcome, campaign string) model.Record {
		return model.Call{Account: account, Date: uitest.Today - ago, Time: model.NewClock(9, int(ago)), Agent: "Kim", Outcome: outcome, Campaign: campaign, Note: "Angebot " + campaign}
	}
	st := uitest.New(t, text.English, append(uitest.Company(),
		model.Campaign{Code: "TEL-1", Name: "Phone round", Kind: model.KindTelemarketing, Territories: []string{"T1"}, Start: uitest.Today - 9, End: uitest.Today + 9, Status: model.CampaignPlanned},
		call("K10", 5, model.CallNotReached, "TEL-1"), call("K10", 3, model.CallAppointment, "TEL-1"), call("K11", 2, model.CallOptOut, "TEL-1"),
		call("K12", 1, model.CallReached, ""))...)
	page := calls.New(st.Session)
	st.Show(page, 120, 30)
	st.Do(page.Open(session.CallsOfCampaign + ":TEL-1"))
	view := st.View()
	require.Contains(t, view, "Phone round")
	require.Contains(t, view, "3 calls")
	require.Contains(t, view, "wants a visit")
	require.Contains(t, view, "no more calls")
	require.NotContains(t, view, "Kunde 1-2")

	st.Do(page.Open(""))
	require.Contains(t, st.View(), "6 calls")
	st.Keys("/")
	st.Type("phone round no more")
	require.Contains(t, st.View(), "1 call", "what a row shows is found")
	st.Keys("esc")

	sheet, name := page.Sheet()
	require.Equal(t, "Calls", name)
	require.Len(t, slices.Collect(func(yield func(string) bool) {
		for row := range sheet.Rows {
			require.Len(t, row, len(sheet.Header))
			yield("")
		}
	}), 6)
}
