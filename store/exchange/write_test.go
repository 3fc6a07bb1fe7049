package exchange

// What people find when they open a file that was written.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"doppelpass/model"
)

// callList is a view as a page of the app hands it over.
func callList() Sheet {
	return Sheet{
		Title:  "Anrufe: Ost/West",
		Header: []string{"Kunde", "Telefon", "Fällig", "Überfällig", "Umsatz", "Versuche", "Darf", "Uhrzeit"},
		Keys:   []string{"account", "phone", "due", "ratio", "value", "attempts", "may", "time"},
		Rows: slices.Values([][]Cell{
			{TextCell("=cmd|'/c calc'!A1"), TextCell("+49 711 555"), DateCell(date(2026, 11, 24)), DecimalCell(3.5, 1), MoneyCell(-123450), IntCell(2), BoolCell(true), ClockCell(model.NewClock(8, 30))},
			{TextCell("# Böhm; \"Tor\" 5,\nDresden"), TextCell(""), DateCell(0), DecimalCell(0.25, 2), MoneyCell(0), IntCell(-1), BoolCell(false), ClockCell(0)},
		}),
	}
}

func TestWriteCSV(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, WriteCSV(&b, German, callList()))
	require.Equal(t, "\ufeffKunde;Telefon;Fällig;Überfällig;Umsatz;Versuche;Darf;Uhrzeit\r\n"+
		"'=cmd|'/c calc'!A1;'+49 711 555;24.11.2026;3,5;-1234,50;2;ja;08:30\r\n"+
		"\"# Böhm; \"\"Tor\"\" 5,\nDresden\";;;0,25;0,00;-1;nein;\r\n", b.String())
	b.Reset()
	require.NoError(t, WriteCSV(&b, English, callList()))
	require.Equal(t, "Kunde,Telefon,Fällig,Überfällig,Umsatz,Versuche,Darf,Uhrzeit\r\n"+
		"'=cmd|'/c calc'!A1,'+49 711 555,2026-11-24,3.5,-1234.50,2,yes,08:30\r\n"+
		"\"# Böhm; \"\"Tor\"\" 5,\nDresden\",,,0.25,0.00,-1,no,\r\n", b.String())
	for _, text := range []string{"=1", "+1", "-1", "@x", "\tx", "\rx"} {
		b.Reset()
		require.NoError(t, WriteCSV(&b, English, Sheet{Header: []string{"a"}, Rows: slices.Values([][]Cell{{TextCell(text)}})}))
		require.Contains(t, b.String(), "'"+text)
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, WriteJSON(&b, callList()))
	var got []map[string]any
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	require.Equal(t, []map[string]any{
		{"account": "=cmd|'/c calc'!A1", "phone": "+49 711 555", "due": "2026-11-24", "ratio": 3.5, "value": -1234.5, "attempts": 2.0, "may": true, "time": "08:30"},
		{"account": "# Böhm; \"Tor\" 5,\nDresden", "ratio": 0.25, "value": 0.0, "attempts": -1.0, "may": false},
	}, got)
	b.Reset()
	require.NoError(t, Write(&b, JSON, English, Records(model.TableVisits, slices.Values([]model.Record{}))))
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	require.Empty(t, got)
}

func TestWriteXLSX(t *testing.T) {
	var b bytes.Buffer
	empty := Sheet{Title: "leer", Header: []string{"Spalte"}, Rows: slices.Values([][]Cell{})}
	require.NoError(t, Write(&b, XLSX, German, callList(), empty))
	book, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	defer book.Close()
	require.Equal(t, []string{"Anrufe- Ost-West", "leer"}, book.GetSheetList())
	sheet := book.GetSheetList()[0]

	kinds := map[string]excelize.CellType{"C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset, "E2": excelize.CellTypeUnset, "F2": excelize.CellTypeUnset, "G2": excelize.CellTypeBool, "A2": excelize.CellTypeInlineString}
	for cell, want := range kinds {
		kind, err := book.GetCellType(sheet, cell)
		require.NoError(t, err)
		require.Equal(t, want, kind, "%s: numbers and days are stored as numbers", cell)
	}
	for cell, want := range map[string]string{"A1": "Kunde", "A2": "=cmd|'/c calc'!A1", "B2": "+49 711 555", "C2": "2026-11-24", "D2": "3.5", "E2": "-1,234.50", "H2": "08:30", "C3": ""} {
		got, err := book.GetCellValue(sheet, cell)
		require.NoError(t, err)
		require.Equal(t, want, got, cell)
	}
	raw, err := book.GetCellValue(sheet, "C2", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.Equal(t, "46350", raw)
	id, err := book.GetCellStyle(sheet, "A1")
	require.NoError(t, err)
	style, err := book.GetStyle(id)
	require.NoError(t, err)
	require.True(t, style.Font.Bold)
	panes, err := book.GetPanes(sheet)
	require.NoError(t, err)
	require.True(t, panes.Freeze)
	require.Equal(t, 1, panes.YSplit)
	width, err := book.GetColWidth(sheet, "A")
	require.NoError(t, err)
	require.Greater(t, width, 15.0)
}

func TestManyRowsInAWorkbook(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, WriteXLSX(&b, Sheet{Title: "x", Header: []string{"account", "date"}, Rows: func(yield func([]Cell) bool) {
		row := make([]Cell, 2) // one row for all: the writer must not keep it
		for i := range 1000 {
			row[0], row[1] = IntCell(i+1), DateCell(date(2026, 1, 1)+model.Date(i%30))
			if !yield(row) {
				return
			}
		}
	}}))
	got := readText(t, b.String(), Options{})
	require.Len(t, got.records, 1000)
	require.Equal(t, model.Visit{Account: "1000", Date: date(2026, 1, 10)}, got.records[999])
}

type fullDisk struct{ room int }

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestAFullDiskIsSaid(t *testing.T) {
	var endless iter.Seq[[]Cell] = func(yield func([]Cell) bool) {
		for range 100000 {
			if !yield([]Cell{TextCell("text that fills the disk")}) {
				return
			}
		}
	}
	s := Sheet{Title: "x", Header: []string{"a"}, Rows: endless}
	require.Error(t, WriteCSV(&fullDisk{1 << 16}, German, s))
	require.Error(t, WriteJSON(&fullDisk{1 << 16}, s))
	s.Rows = slices.Values([][]Cell{{TextCell("a")}})
	require.Error(t, WriteXLSX(&fullDisk{100}, s))
	require.Equal(t, ReasonBadOption, reasonOf(t, Write(&fullDisk{}, "pdf", English, s)))
	require.Equal(t, ReasonBadOption, reasonOf(t, Write(&fullDisk{}, CSV, English, s, s)))
}

func TestFolders(t *testing.T) {
	dir := t.TempDir()
	paths, err := WriteTemplates(dir, German)
	require.NoError(t, err)
	got, err := Files(dir, paths[0])
	require.NoError(t, err)
	slices.Sort(paths)
	require.Len(t, got, len(paths)+1)
	require.Equal(t, paths, got[:len(paths)])
	_, err = Files(filepath.Join(dir, "none"))
	require.Equal(t, ReasonNotFound, reasonOf(t, err))
}

func TestSentences(t *testing.T) {
	for _, r := range Reasons() {
		require.NotEqual(t, string(r), Sentence(r, "1", "2", "3", "4"))
	}
	require.Equal(t, "unheard-of", Sentence("unheard-of"))
}

// Who stops an export need not wait until the last row is made ready.
func TestAWorkbookThatIsStoppedMakesNoMoreRows(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	rows := 0
	err := WriteXLSX(Until(ctx, io.Discard), Sheet{Title: "Visits", Header: []string{"n"}, Rows: func(yield func([]Cell) bool) {
		for rows = range 100 * askEvery {
			if rows == 5*askEvery {
				stop()
			}
			if !yield([]Cell{IntCell(1)}) {
				return
			}
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.LessOrEqual(t, rows, 7*askEvery)
}
