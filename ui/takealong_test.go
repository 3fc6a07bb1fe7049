package ui

// Every page that shows a table gives it to a file, whole and in the reader's language.

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// codes are columns that hold figures and are no numbers.
var codes = []string{"Code", "Nummer", "Phone", "Telefon", "Postcode", "PLZ"}

func TestEveryPagesTableCanBeTakenAlong(t *testing.T) {
	planned := model.PlannedVisit{Account: "K10", Date: uitest.Today + 1, Rep: "R1", Time: model.NewClock(9, 30)}
	written := []struct {
		page session.PageName
		way  []string
		rows int // at least
		head map[text.Language]string
	}{
		{session.PageSignals, nil, 1, map[text.Language]string{text.English: "Territory", text.German: "Gebiet"}},
		{session.PageSignals, []string{"enter"}, 1, map[text.Language]string{text.English: "Account", text.German: "Kunde"}},
		{session.PageTerritories, nil, 3, map[text.Language]string{text.English: "Territory", text.German: "Gebiet"}},
		{session.PageAccounts, nil, 30, map[text.Language]string{text.English: "Class", text.German: "Klasse"}},
		{session.PageCampaigns, nil, 5, map[text.Language]string{text.English: "Start", text.German: "Beginn"}},
		{session.PageVisits, nil, 12, map[text.Language]string{text.English: "Outcome", text.German: "Ergebnis"}},
		{session.PageCalls, nil, 2, map[text.Language]string{text.English: "Outcome", text.German: "Ergebnis"}},
		{session.PageWeek, []string{"R", "enter"}, 1, map[text.Language]string{text.English: "Rep", text.German: "Außendienst"}},
		{session.PageWeek, []string{"M"}, 1, map[text.Language]string{text.English: "Week", text.German: "Woche"}},
		{session.PageHistory, nil, 1, map[text.Language]string{text.English: "Date", text.German: "Datum"}},
		{session.PageReady, nil, 1, map[text.Language]string{text.English: "Gap", text.German: "Lücke"}},
		{session.PagePeople, nil, 1, map[text.Language]string{text.English: "Role", text.German: "Rolle"}},
		{session.PageMap, nil, 0, map[text.Language]string{text.English: "On the map", text.German: "Auf der Karte"}},
		{session.PageFigures, nil, 6, map[text.Language]string{text.English: "orders", text.German: "Aufträge"}},
		{session.PageLedger, nil, 0, map[text.Language]string{text.English: "Territory", text.German: "Gebiet"}},
	}
	for _, language := range []text.Language{text.English, text.German} {
		st := uitest.New(t, language, append(uitest.Company(), planned, model.Person{Code: "lena", Name: "Lena Neumann", Role: model.RoleLead})...)
		for _, w := range written {
			h := newHand(t, st, w.page)
			h.press(w.way...)
			page, ok := h.root.exporter()
			require.True(t, ok, "%s after %v gives nothing\n%s", w.page, w.way, h.root.View())
			sheet, name := page.Sheet()
			require.NotEmpty(t, name)
			rows := slices.Collect(sheet.Rows)
			where := strings.Join(append([]string{string(language), string(w.page), strings.Join(sheet.Header, " | ")}, w.way...), " ")
			require.GreaterOrEqual(t, len(rows), w.rows, where)
			require.True(t, slices.ContainsFunc(sheet.Header, func(head string) bool { return strings.HasPrefix(head, w.head[language]) }), where)
			for _, row := range rows {
				require.Len(t, row, len(sheet.Header), where)
				for i, cell := range row {
					_, err := strconv.ParseFloat(strings.NewReplacer(".", "", ",", ".", " %", "", " km", "").Replace(cell.String(exchange.German)), 64)
					require.False(t, err == nil && cell == exchange.TextCell(cell.String(exchange.German)) && !slices.Contains(codes, sheet.Header[i]), "a number as text: %s: %s", sheet.Header[i], where)
				}
			}
			for i, head := range sheet.Header {
				require.NotEmpty(t, head, where)
				require.NotContains(t, sheet.Header[:i], head, "two columns with one name: %s", where)
			}
			for _, format := range []exchange.Format{exchange.CSV, exchange.XLSX, exchange.JSON} {
				sheet.Rows = slices.Values(rows)
				var file bytes.Buffer
				require.NoError(t, exchange.Write(&file, format, tables.Locale(language), sheet), where)
				require.NotZero(t, file.Len(), where)
				if format == exchange.CSV {
					require.NotContains(t, file.String(), "…", where)
				}
			}
		}
	}
}
