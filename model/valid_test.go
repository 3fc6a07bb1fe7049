package model_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Every table's records say what of them cannot be, by the field's name.
func TestWhatARecordCannotHold(t *testing.T) {
	day := model.NewDate(2026, 11, 24)
	settings := func(change func(*model.Settings)) model.Settings {
		s := model.DefaultSettings()
		change(&s)
		return s
	}
	for _, c := range []struct {
		record        model.Record
		field, reason string
	}{
		{model.Account{Code: "K"}, "", ""},
		{model.Account{Code: "K", Interval: -1}, "interval", "range"},
		{model.Account{Code: "K", VisitMinutes: -1}, "interval", "range"},
		{model.Account{Code: "K", Since: model.LastDate + 1}, "since", "date"},
		{model.Contact{Account: "K", Name: " "}, "name", "empty"},
		{model.Contact{Account: "K", Name: strings.Repeat("x", model.MaximumName+1)}, "name", "empty"},
		{model.Campaign{Code: "C", Start: day, End: day}, "", ""},
		{model.Campaign{Code: "C", Start: day}, "start", "date"},
		{model.Campaign{Code: "C", Start: day, End: day - 1}, "end", "order"},
		{model.Visit{Account: "K", Date: day}, "", ""},
		{model.Visit{Account: "K"}, "date", "date"},
		{model.Visit{Account: "K", Date: day, Kind: model.VisitOther + 1}, "kind", "range"},
		{model.Visit{Account: "K", Date: day, Rep: strings.Repeat("x", model.MaximumName+1)}, "rep", "range"},
		{model.Call{Account: "K", Date: day, Outcome: model.CallWrongNumber + 1}, "outcome", "range"},
		{model.PlannedVisit{Account: "K", Rep: "R"}, "date", "date"},
		{model.Absence{Rep: "R", From: day, To: day}, "", ""},
		{model.Absence{Rep: "R", To: day}, "from", "date"},
		{model.Absence{Rep: "R", From: day, To: day - 1}, "to", "order"},
		{model.Absence{Rep: "R", From: day}, "to", "date"},
		{model.Absence{Rep: "R", From: day, To: day, FromTime: model.NewClock(13, 0), ToTime: model.NewClock(12, 0)}, "to_time", "order"},
		{model.DefaultSettings(), "", ""},
		{settings(func(s *model.Settings) { s.Lead = -1 }), "lead", "range"},
		{settings(func(s *model.Settings) { s.Classes[1].Code = "A" }), "class", "twice"},
	} {
		field, reason := model.DescriptionOf(c.record).Check(c.record)
		require.Equal(t, c.reason, reason, "%+v", c.record)
		if reason != "" {
			require.Equal(t, c.field, field, "%+v", c.record)
		}
	}
}
