package forms

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestANewCampaignsCodeFollowsItsKind(t *testing.T) {
	campaign := func(code, kind string) model.Record {
		return model.Campaign{Code: code, Name: code, Kind: kind, Territories: []string{"T1"}, Start: uitest.Today, End: uitest.Today + 5, Status: model.CampaignPlanned}
	}
	st := uitest.New(t, text.English, model.Territory{Code: "T1", Name: "Ulm"},
		campaign("TEL-08", model.KindTelemarketing), campaign("TEL-09", model.KindTelemarketing), campaign("MESSE-1", "fair"), campaign("MESSE-2", "mailing"), campaign("X", "odd"))
	for kind, want := range map[string]string{model.KindTelemarketing: "TEL-10", "fair": "MESSE-3", "odd": "MESSE-3", "advert": "MESSE-3", "": "MESSE-3"} {
		require.Equal(t, want, nextCampaignCode(st.Session.Book, kind), kind)
	}
	require.Equal(t, "C1", nextCampaignCode(model.NewBook(), "fair"))
}
