package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestCampaignsThatWantTheSameVisitsOverlap(t *testing.T) {
	first := model.NewDate(2026, 12, 7)
	planned := func(code, kind string, start, end model.Date, places ...string) model.Campaign {
		return model.Campaign{Code: code, Kind: kind, Status: model.CampaignPlanned, Start: start, End: end, Territories: places}
	}
	draft := planned("DRAFT", "mailing", first, first+10, "T1")
	draft.Status = model.CampaignDraft
	b := model.NewBook()
	b.Apply(model.Change{Edits: []model.Edit{
		{After: model.Territory{Code: "T1", Region: "South/Bavaria"}}, {After: model.Territory{Code: "T2", Region: "North"}},
		{After: planned("REGION", "fair", first+4, first+4, "South")},
		{After: planned("ELSEWHERE", "mailing", first, first+4, "T2")},
		{After: planned("LATER", "mailing", first+5, first+9, "T1")},
		{After: planned("CALLS", model.KindTelemarketing, first, first+4, "T1")},
		{After: draft},
	}})
	codes := func(c model.Campaign) (list []string) {
		for _, other := range b.Overlaps(c) {
			list = append(list, other.Code)
		}
		return list
	}
	c := planned("NEW", "mailing", first, first+4, "T1")
	require.Equal(t, []string{"REGION"}, codes(c), "the same territory by its region, on the last day")
	c.End++
	require.Equal(t, []string{"REGION", "LATER"}, codes(c))
	require.Empty(t, codes(planned("REGION", "fair", first, first+4, "T1")), "not itself")
	require.Empty(t, codes(planned("NEW", model.KindTelemarketing, first, first+9, "T1")), "calls want no visits")
}
