package accounts

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

func TestTheFilterLooksThroughWhatTheTableShowsAndNotes(t *testing.T) {
	noted := model.Account{Code: "X1", Name: "Holz Maier", Territory: "T1", Class: "B", Phone: "0731 4711", Note: "Schlüssel beim Pförtner", DoNotCall: true}
	_, p := onStage(t, text.German, 160, 45, noted)
	for typed, want := range map[string]int{
		"ulm": 11, "ostalb": 10, "adler": 10, "sommer": 21, "4711": 1, "pfoertner": 1, "inaktiv": 0, "nie besucht": 19, "nie besucht adler": 10,
		"nur:notiz": 1, "only:note": 1, "nur:widersprochen": 1, "nur:ohne-einwilligung": 1, "nur:notiz,widersprochen": 1, "nur:notiz ostalb": 0,
	} {
		p.table.SetFilter("")
		for i := range typed {
			p.table.SetFilter(typed[:i+1])
		}
		require.Len(t, p.list.shown, want, typed)
	}
}

func TestTheCursorGoesToTheFirstHit(t *testing.T) {
	st, p := onStage(t, text.English, 80, 24)
	st.Keys("G", "/").Type("kunde")
	require.Equal(t, p.list.entry(0).customer.Code, p.table.Cursor())
}

func TestMarkedAccountsAreChangedTogetherOnceConfirmed(t *testing.T) {
	st, p := onStage(t, text.English, 80, 24)
	book := func(code string) model.Account { return st.Session.Book.Account(code).Account }
	p.table.Select("K10")
	st.Keys("space", "space", "space", "e") // K10, K11, K12
	require.Len(t, st.Modals, 1)
	st.Type("Allg").Keys("enter", "ctrl+s")
	require.Len(t, st.Modals, 2, "it asks, with number and what changes")
	require.Contains(t, st.Modals[1].View(), "Change 3 accounts?")
	require.Contains(t, st.Modals[1].View(), "Territory: Allgäu")
	st.Keys("enter")
	require.Equal(t, "T1", book("K10").Territory, "enter again changes nothing")
	st.Keys("ctrl+s", "y")
	for _, code := range []string{"K10", "K11", "K12"} {
		require.Equal(t, "T3", book(code).Territory)
	}
	require.Equal(t, model.Class("B"), book("K11").Class, "what was left as it is stays")
	require.Equal(t, model.ConsentPresumed, book("K11").Consent)
	require.Contains(t, st.Said, "3 accounts")
	entries, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "accounts ×3", entries[0].Subject, "one step")
}

func TestWhoWantsNoCallsIsSeenInTheListAndInTheFile(t *testing.T) {
	same := model.Account{Code: "X1", Name: "Aal & Söhne", Territory: "T1", Class: "B", Phone: "0731 4711", Consent: model.ConsentGiven, DoNotCall: true}
	other := model.Account{Code: "X2", Name: "Aal Filiale", Territory: "T1", Class: "B", Phone: "0731/4711", Consent: model.ConsentGiven}
	st, p := onStage(t, text.German, 160, 45, same, other)
	for _, name := range []string{"Aal & Söhne", "Aal Filiale"} { // the number is the same
		require.Contains(t, st.Line(name), "○ keine Anrufe")
		require.NotContains(t, st.Line(name), "4711")
	}
	sheet, _ := p.Sheet()
	at := slices.Index(sheet.Keys, "consent")
	told := 0
	for row := range sheet.Rows {
		if row[at] == exchange.TextCell("widersprochen") {
			told++
		}
	}
	require.Equal(t, 2, told)
}
