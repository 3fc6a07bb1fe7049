package visits

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestTheExportHasAllThatMatchesNotOnlyWhatWasRead(t *testing.T) {
	st := open(t, text.German, 80, 24)
	many(t, st, 1500)
	page := New(st.Session)
	st.Show(page, 80, 24)
	written := func(sheet exchange.Sheet, failed func() error) []string {
		var b bytes.Buffer
		require.NoError(t, exchange.Write(&b, exchange.CSV, exchange.German, sheet))
		require.NoError(t, failed())
		return strings.Split(strings.TrimSpace(b.String()), "\n")
	}
	_, _, ask := page.Period()
	require.True(t, ask)
	require.Less(t, len(page.visits), 1513)
	all := written(page.SheetOf(0, 0))
	require.Len(t, all, 1+1513)
	require.Contains(t, all[0], "Datum;Uhrzeit;Kundennummer;Firma;Ort;Gebiet;Gebietsname;AD-Nummer;Außendienst;Art;Ergebnis;Wert;Minuten;Begleitung;Notiz")
	require.Contains(t, strings.Join(all, "\n"), "K10;Kunde 1-0;Ulm;T1;Ulm;R1;K. Sommer;")
	require.Contains(t, strings.Join(all, "\n"), ";Auftrag;1250,00;45;")
	require.Len(t, written(page.SheetOf(uitest.Today-9, uitest.Today-5)), 1+5+5, "a period: five of Ulm's and the five that were added")
	st.Keys("/").Type("number 1499").Keys("enter")
	require.Len(t, written(page.SheetOf(0, 0)), 2, "what the filter lets through")
	st.Keys("space")
	_, _, ask = page.Period()
	require.False(t, ask, "marked rows are those meant")
}
