package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

func TestWhatACheckFindsIsSaidInBothLanguages(t *testing.T) {
	de, en := text.New(text.German), text.New(text.English)
	for _, c := range []struct {
		problem store.Problem
		de, en  string
	}{
		{store.Problem{Kind: store.ProblemPages, Detail: "page 3"}, "Die Seiten der Datei: page 3.", "The file's pages: page 3."},
		{store.Problem{Kind: store.ProblemAccount, Number: 7}, "Kunde Nummer 7 ist nicht lesbar.", "Account number 7 cannot be read."},
		{store.Problem{Kind: store.ProblemOrphans, Table: model.TableVisits, Number: 7}, "Besuche von Kunde Nummer 7, den es nicht gibt.", "There are visits of account number 7, which does not exist."},
		{store.Problem{Kind: store.ProblemRows, Table: model.TableCalls, Code: "K-17", Year: 2026}, "Anrufe von Kunde „K-17“ im Jahr 2026 sind nicht lesbar.", "The calls of account \"K-17\" in 2026 cannot be read."},
		{store.Problem{Kind: store.ProblemIndex, Index: store.IndexDays, Wrong: 1200, Missing: 3}, "Besuche nach Tagen: 1.200 Einträge passen nicht zu den Daten, 3 fehlen.", "Visits by day: 1,200 entries do not fit the records, 3 are missing."},
	} {
		require.Equal(t, c.de, Problem(de, c.problem))
		require.Equal(t, c.en, Problem(en, c.problem))
	}
	for _, index := range []store.Index{store.IndexAccounts, store.IndexContacts, store.IndexReports, store.IndexDays, store.IndexVisits, store.IndexCalls, store.IndexNames} {
		require.True(t, de.Has("check.index."+string(index)), index)
	}
}
