package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

func TestEveryReasonIsSaidInBothLanguages(t *testing.T) {
	reasons := append(exchange.Reasons(), store.ReasonUnknownAccount, store.ReasonSeveralAccounts, store.ReasonUnknownTerritory, store.ReasonNotAcceptable,
		store.ReasonRepeated, store.ReasonRenamed, store.ReasonRunningNumbers, store.ReasonNoTarget, store.ReasonHoursUnread,
		store.ReasonErased, store.ReasonErasedRow, store.ReasonHold, store.ReasonMarketingNote)
	for _, language := range text.Languages {
		p := text.New(language)
		for _, reason := range reasons {
			require.NotEqual(t, "reason."+string(reason), Import{Printer: p}.Reason(reason, "a", "b", "c", "d"), string(reason))
		}
	}
}

func TestEveryColumnHasANameInBothLanguages(t *testing.T) {
	for _, language := range text.Languages {
		p := text.New(language)
		for _, table := range model.Tables {
			for _, column := range exchange.Columns(table) {
				require.True(t, p.Has("column."+column.Name), column.Name)
			}
		}
	}
}

func TestTheAppSpeaksOfKeysNotOfFlags(t *testing.T) {
	for _, language := range text.Languages {
		app := Import{Printer: text.New(language), App: true}
		for _, reason := range []exchange.Reason{exchange.ReasonNotRecognised, exchange.ReasonSeveralTables, exchange.ReasonColumnMissing,
			exchange.ReasonDatesAmbiguous, exchange.ReasonDatesMixed, store.ReasonUnknownAccount, store.ReasonUnknownTerritory} {
			require.NotContains(t, app.Reason(reason, "a", "b", "c", "d"), "--", string(reason))
		}
	}
	require.Contains(t, Import{Printer: text.New(text.German)}.Reason(exchange.ReasonSeveralTables, "reps, accounts", "Nr., Name", "--as reps, --as accounts"),
		"Außendienst, Kunden; bitte angeben, welche gemeint ist: --as reps, --as accounts")
	german := Import{Printer: text.New(text.German), App: true}
	require.Contains(t, german.Reason(exchange.ReasonSeveralTables, "reps, accounts"), "Außendienst, Kunden")
	require.Contains(t, german.Reason(exchange.ReasonDatesAmbiguous, "Tag", "03/04/2026", "2026-04-03", "2026-03-04"), "3. April 2026 oder 4. März 2026")
	sentence, ok := german.Error(&exchange.FileError{Reason: exchange.ReasonBadOption, Args: []string{"--decimal", "x"}})
	require.True(t, ok)
	require.Equal(t, "„x“ ergibt für --decimal keinen Sinn.", sentence)
	require.Equal(t, "kevil.csv", FileName("/tmp/k\x1b[31mevil\u202e.csv"))
}
