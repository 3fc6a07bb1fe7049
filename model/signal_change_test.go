package model_test

// Since when a signal is as it is.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestASignalTurnsWithTheChangeThatMakesItAnother(t *testing.T) {
	const today = model.Date(41000)
	book := model.NewBook()
	put := func(records ...model.Record) {
		change := model.Change{}
		for _, r := range records {
			change.Edits = append(change.Edits, model.Edit{After: r})
		}
		book.Apply(change)
	}
	put(model.Rep{Code: "R1", Capacity: 20},
		model.Territory{Code: "T1", Rep: "R1"}, model.Territory{Code: "T2", Rep: "R1"},
		model.Campaign{Code: "C1", Kind: "mailing", Territories: []string{"T1", "T2"}, Start: today + 5, End: today + 15, Status: model.CampaignPlanned})
	for _, territory := range []string{"T1", "T2"} {
		for _, n := range []string{"a", "b", "c", "d", "e", "f"} {
			put(model.Account{Code: territory + n, Territory: territory, Class: "A", Since: today - 900})
		}
	}
	day := book.On(today)
	key := func(territory string) model.SignalKey {
		return model.SignalKey{Kind: model.StepUpVisits, Territory: territory, Campaign: "C1"}
	}
	require.NotEmpty(t, day.Signals())
	_, turned := day.Turned(key("T1"))
	require.False(t, turned, "so it was when somebody first looked")

	before := book.Revision()
	put(model.Visit{Account: "T1a", Date: today, Rep: "R1"})
	day.Signals()
	turn, turned := day.Turned(key("T1"))
	require.True(t, turned)
	require.Equal(t, model.Turn{After: before, By: book.Revision()}, turn)

	put(model.Contact{Account: "T1b", Name: "Frau Klein"})
	day.Signals()
	still, _ := day.Turned(key("T1"))
	require.Equal(t, turn, still, "nothing of it is another")
}
