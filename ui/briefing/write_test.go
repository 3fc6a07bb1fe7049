package briefing

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/briefing"
	"doppelpass/ui/paper"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestTheSheetStandsAloneWithoutPersons(t *testing.T) {
	for _, language := range text.Languages {
		st := uitest.New(t, language, append(uitest.Company(),
			model.Account{Code: "P1", Name: "Am Fluss", Territory: "T1", Class: model.ClassA, At: model.Coordinates{Lat: 48.4, Lon: 10}, Placed: model.PlacedFile},
			model.Answer{ID: model.RowID{1}, Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: uitest.Today - 3, Says: model.SaysAccept, Until: uitest.Today + 9, By: "K. Sommer"})...)
		day := st.Session.Day()
		made := briefing.Make(day, briefing.Frame{Since: uitest.Today - briefing.Week, Persons: briefing.Persons(day)})
		page := Write(text.New(language), day, made, "", Map)
		var one, two bytes.Buffer
		require.NoError(t, paper.HTML(&one, page))
		require.NoError(t, paper.HTML(&two, Write(text.New(language), day, briefing.Make(day, briefing.Frame{Since: uitest.Today - briefing.Week}), "", Map)))
		require.Equal(t, one.String(), two.String(), "the same data and day are the same bytes")
		require.Less(t, one.Len(), 200_000)
		for _, outside := range []string{"http", "src=", "url(", "<script", "briefing."} {
			require.NotContains(t, strings.ReplaceAll(one.String(), "url(#map-frame)", ""), outside, "a place within the picture itself is no request")
		}
		for _, person := range []string{"Sommer", "Adler", "Vogt"} {
			require.NotContains(t, one.String(), person)
		}
		require.Contains(t, one.String(), "<figure><svg")
		require.Contains(t, one.String(), map[text.Language]string{text.English: "accepted on 21 Nov", text.German: "angenommen am 21.11."}[language])

		made = briefing.Make(day, briefing.Frame{Since: uitest.Today - briefing.Week, Persons: true})
		var named bytes.Buffer
		require.NoError(t, paper.HTML(&named, Write(text.New(language), day, made, "", nil)))
		require.Contains(t, named.String(), "Sommer", "unless persons are switched on")
	}
}
