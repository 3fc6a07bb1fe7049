package model_test

// Signals found on all cores at once are those found one area after the other.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestSignalsOfManyAreasAreFoundOnAllCores(t *testing.T) {
	const today = model.Date(41000)
	change := model.Change{}
	put := func(r model.Record) { change.Edits = append(change.Edits, model.Edit{After: r}) }
	put(model.Campaign{Code: "C1", Kind: "mailing", Start: today + 5, End: today + 15, Status: model.CampaignPlanned})
	for area := range 40 {
		territory, rep := fmt.Sprintf("T%02d", area), fmt.Sprintf("R%02d", area/2)
		put(model.Rep{Code: rep, Capacity: 20})
		put(model.Territory{Code: territory, Rep: rep})
		for n := range 12 {
			put(model.Account{Code: fmt.Sprintf("%s-%d", territory, n), Territory: territory, Class: "A", Phone: fmt.Sprintf("0711 555%d", n), Consent: model.ConsentPresumed, DoNotCall: area%7 == 0 && n == 3, Since: today - 900})
		}
	}
	look := func() *model.Day {
		book := model.NewBook()
		book.Use(model.Outside{Number: func(phone, _ string) string { return phone }})
		book.Apply(change)
		return book.On(today)
	}
	together, single := look(), look()
	var one []model.Signal
	for _, area := range single.Book().Areas() {
		one = append(one, single.AreaSignals(area)...)
	}
	require.NotEmpty(t, one)
	require.ElementsMatch(t, plainSignals(one), plainSignals(together.Signals()))
}
