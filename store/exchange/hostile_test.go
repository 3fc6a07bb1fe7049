package exchange

// Files that are no tables, or mean harm: each gets a sentence, none blocks, and
// memory stays bounded.

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"doppelpass/model"
)

// fromPieces writes a large file piece by piece.
func fromPieces(t testing.TB, times int, piece string) string {
	path := filepath.Join(t.TempDir(), "large.csv")
	f, err := os.Create(path)
	require.NoError(t, err)
	for range times {
		_, err := f.WriteString(piece)
		require.NoError(t, err)
	}
	require.NoError(t, f.Close())
	return path
}

// archiveOf makes an XLSX file of parts.
func archiveOf(t testing.TB, parts map[string]string) string {
	path := filepath.Join(t.TempDir(), "book.xlsx")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	for name, text := range parts {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return path
}

func TestHostileFiles(t *testing.T) {
	var book bytes.Buffer
	require.NoError(t, WriteXLSX(&book, Sheet{Title: "x", Header: []string{"code", "name"}, Rows: func(yield func([]Cell) bool) {
		yield([]Cell{TextCell("K-1"), TextCell("Holz Maier")})
	}}))

	for _, test := range []struct {
		name string
		path string
		want []Reason
	}{
		{"nothing there", filepath.Join(t.TempDir(), "none.csv"), []Reason{ReasonNotFound}},
		{"a folder", t.TempDir(), []Reason{ReasonDirectory}},
		{"empty", inFile(t, "empty.csv", ""), []Reason{ReasonEmpty}},
		{"only blanks", inFile(t, "blank.csv", "\ufeff \r\n\r\n"), []Reason{ReasonEmpty}},
		{"zeros", inFile(t, "zero.csv", strings.Repeat("\x00", 4096)), []Reason{ReasonNoTable}},
		{"a program", inFile(t, "program.csv", "\x7fELF\x02\x01\x01\x00\x00\x00"+strings.Repeat("\x01\x02\xff", 500)), []Reason{ReasonNoTable}},
		{"control characters", inFile(t, "control.csv", strings.Repeat("\x01\x02,\n", 500)), []Reason{ReasonNoTable}},
		{"old Excel", inFile(t, "old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 512)), []Reason{ReasonOldExcel}},
		{"a truncated workbook", inFile(t, "cut.xlsx", book.String()[:book.Len()/2]), []Reason{ReasonDamaged}},
		{"a zip that is no workbook", archiveOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), []Reason{ReasonNoTable}},
		{"a million columns", inFile(t, "wide.csv", strings.Repeat("a,", 1_000_000)+"a\n1,2\n"), []Reason{ReasonTooManyColumns, ReasonLineTooLong}},
		{"a hundred thousand columns", inFile(t, "wide.csv", strings.Repeat("a;", 100_000)+"a\n1;2\n"), []Reason{ReasonTooManyColumns}},
		{"two hundred megabytes of one line", fromPieces(t, 200, strings.Repeat("x", 1<<20)), []Reason{ReasonLineTooLong}},
		{"a quotation that never ends", inFile(t, "quote.csv", "account,date\n\""+strings.Repeat("x", 3<<20)), []Reason{ReasonLineTooLong}},
		{"quotations that never end", inFile(t, "quotes.csv", "account,date\n"+strings.Repeat("\"x\n", 1<<20)), []Reason{ReasonOpenQuotes}},
		{"no header anyone knows", inFile(t, "odd.csv", "a,b\n1,2\n"), []Reason{ReasonNotRecognised}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := tryFile(t, test.path, Options{})
			runtime.ReadMemStats(&after)
			require.Contains(t, test.want, reasonOf(t, err))
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100<<20), "memory is bounded")
		})
	}
}

func TestLongLineAfterTheSample(t *testing.T) {
	path := fromPieces(t, 1, "account,date\nK-1,2026-03-04\n"+strings.Repeat("K-1,2026-03-04\n", 20000)+strings.Repeat("x", 3<<20)+"\nK-1,2026-03-04\n")
	_, err := tryFile(t, path, Options{})
	require.Equal(t, ReasonLineTooLong, reasonOf(t, err))
	require.Equal(t, "20003", err.(*FileError).Args[0], "the row's number")
}

func TestZipBombs(t *testing.T) {
	// Parts that say how large they get are refused before they are unpacked.
	claims := func(sizes ...uint64) string {
		path := filepath.Join(t.TempDir(), "claims.xlsx")
		f, err := os.Create(path)
		require.NoError(t, err)
		z := zip.NewWriter(f)
		for i, size := range sizes {
			name := "xl/workbook.xml"
			if i > 0 {
				name = fmt.Sprintf("xl/worksheets/sheet%d.xml", i)
			}
			_, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size})
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		require.NoError(t, f.Close())
		return path
	}
	for name, path := range map[string]string{
		"one large part":             claims(300 << 20),
		"large together":             claims(100<<20, 100<<20, 100<<20),
		"a sum that runs over":       claims(1<<63, 1<<63, 1),
		"a great many parts":         claims(make([]uint64, 2100)...),
		"a size of more than 64 bit": claims(1<<64 - 1),
	} {
		_, err := Open(path, Options{})
		require.Equal(t, ReasonTooBig, reasonOf(t, err), name)
	}

	// A part that lies about its size is caught while it is unpacked.
	path := archiveOf(t, map[string]string{"xl/workbook.xml": strings.Repeat("0", 1<<20)})
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	size := []byte{0x00, 0x00, 0x10, 0x00} // 1 MB, little endian
	require.Contains(t, string(data), string(size))
	require.NoError(t, os.WriteFile(path, bytes.ReplaceAll(data, size, []byte{0x10, 0, 0, 0}), 0o600))
	_, err = Open(path, Options{})
	require.Equal(t, ReasonDamaged, reasonOf(t, err))
}

// What is left of a damaged sheet must not pass for all of it.
func TestADamagedSheetIsRefused(t *testing.T) {
	var rows [][]Cell
	for i := range 2000 {
		rows = append(rows, []Cell{TextCell(fmt.Sprintf("K-%d", i)), TextCell(strings.Repeat("x", i%40))})
	}
	var book bytes.Buffer
	require.NoError(t, WriteXLSX(&book, Sheet{Title: "Kunden", Header: []string{"Kd-Nr.", "Firma"}, Rows: slices.Values(rows)}))
	archive, err := zip.NewReader(bytes.NewReader(book.Bytes()), int64(book.Len()))
	require.NoError(t, err)
	at := slices.IndexFunc(archive.File, func(f *zip.File) bool { return f.Name == "xl/worksheets/sheet1.xml" })
	part := archive.File[at]
	start, err := part.DataOffset()
	require.NoError(t, err)

	flipped := bytes.Clone(book.Bytes())
	flipped[start+int64(part.CompressedSize64)/2] ^= 0x55
	shorter := bytes.Clone(book.Bytes())
	size := binary.LittleEndian.AppendUint32(nil, uint32(part.UncompressedSize64))
	require.Contains(t, string(shorter), string(size))
	shorter = bytes.ReplaceAll(shorter, size, []byte{0x00, 0x10, 0, 0})
	for name, data := range map[string][]byte{"a byte that is wrong": flipped, "a size that is too small": shorter} {
		_, err := Open(inFile(t, "book.xlsx", string(data)), Options{})
		require.Equal(t, ReasonDamaged, reasonOf(t, err), name)
	}
	require.Len(t, readFile(t, inFile(t, "book.xlsx", book.String()), Options{}).records, 2000-50) // a name of no letters is missing
}

func TestNULBytesAreCleaned(t *testing.T) {
	rows := strings.Repeat("K-1,2026-03-04,prächtig\n", 500) // the sample shows text
	got := readText(t, "account,date,note\n"+rows+"K-2,2026-03-04,a\x00b\x1b[31mc\u202ed\xff\n", Options{})
	require.Empty(t, got.problems)
	require.Equal(t, "abcdÿ", got.records[500].(model.Visit).Note, "a stray byte is read as Windows has it")
}

func TestBadRowsDoNotStopGoodOnes(t *testing.T) {
	got := readText(t, "account,date,time,kind,value,minutes,note\n"+
		"K-1,2026-03-04,14:30,met,12.50,30,fine\n"+
		",2026-03-04,,,,,\"no account, but a note\"\n"+
		"K-1,04.13.2026,,,,,\n"+
		"K-1,2026-02-30,,,,,\n"+
		"K-1,2026-03-04,25:00,,,,\n"+
		"K-1,2026-03-04,,maybe,,,\n"+
		"K-1,2026-03-04,,,much,,\n"+
		"K-1,2026-03-04,,,,1441,\n"+
		"K-1,2026-03-04,,,,,,,surplus\n"+
		strings.Repeat("x", 201)+",2026-03-04,,,,,\n"+
		"\n"+
		"K-2,2026-03-05,,not-met,,,\n", Options{})
	require.Len(t, got.records, 5, "a time, an amount, a length that cannot be read costs the cell, not the visit")
	require.Equal(t, model.VisitNotMet, got.records[4].(model.Visit).Kind)
	type short struct {
		line   int
		column string
		reason Reason
	}
	var problems []short
	for _, p := range got.problems {
		problems = append(problems, short{p.Line, p.Column, p.Reason})
		require.NotContains(t, p.Error(), "%!")
	}
	require.Equal(t, []short{
		{3, "account", ReasonMissing}, {4, "date", ReasonNoDate}, {5, "date", ReasonNoDate}, {6, "time", ReasonNoTime},
		{7, "kind", ReasonNoWord}, {8, "value", ReasonNoNumber}, {9, "minutes", ReasonNumberRange},
		{10, "", ReasonTooManyCells}, {11, "account", ReasonTooLong},
	}, problems)
	require.Equal(t, "row 7, kind \"maybe\": must be one of met, not-met, other", got.problems[4].Error())
	require.Equal(t, Counts{Rows: 5, Problems: 6, Cells: 3, LeftOut: map[Reason]int{SkipBlank: 1}}, got.counts)
}

func TestCancelling(t *testing.T) {
	path := fromPieces(t, 1, "account,date\n"+strings.Repeat("K-1,2026-03-04\n", 20000))
	f, err := Open(path, Options{})
	require.NoError(t, err)
	m, err := f.Mapping()
	require.NoError(t, err)
	r, err := f.Read(m)
	require.NoError(t, err)
	defer r.Close()
	ctx, cancel := context.WithCancel(context.Background())
	var last error
	batches := 0
	for batch, err := range r.All(ctx) {
		if last = err; err != nil {
			require.Nil(t, batch)
			break
		}
		require.Positive(t, batch.Read)
		require.Equal(t, f.Detected().Size, batch.Size)
		batches++
		cancel()
	}
	require.ErrorIs(t, last, context.Canceled)
	require.Less(t, batches, 4)
	cancel()

	r, err = f.Read(m)
	require.NoError(t, err)
	defer r.Close()
	count := 0
	for batch, err := range r.All(context.Background()) {
		require.NoError(t, err)
		count += len(batch.Rows)
	}
	require.Equal(t, 20000, count)
}

func TestWorkbooks(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	zeros, day := "00000", "dd.mm.yyyy"
	padded, err := book.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
	require.NoError(t, err)
	dated, err := book.NewStyle(&excelize.Style{CustomNumFmt: &day})
	require.NoError(t, err)
	_, err = book.NewSheet("Kunden")
	require.NoError(t, err)
	require.NoError(t, book.SetSheetRow("Sheet1", "A1", &[]any{"Besuche im März"}))
	require.NoError(t, book.SetSheetRow("Sheet1", "A3", &[]any{"Kd-Nr.", "Datum", "Uhrzeit", "Umsatz"}))
	require.NoError(t, book.SetSheetRow("Sheet1", "A4", &[]any{42, 46085, 0.25, 1234.5}))
	require.NoError(t, book.SetSheetRow("Sheet1", "A5", &[]any{"43", "45631.0", "", "1.234,50 €"}))
	require.NoError(t, book.SetSheetRow("Sheet1", "A6", &[]any{"44", "04.03.2026", "", ""}))
	require.NoError(t, book.SetSheetRow("Sheet1", "A7", &[]any{"45", 46085.604166666664, "", ""}))
	require.NoError(t, book.SetCellStyle("Sheet1", "A4", "A4", padded))
	require.NoError(t, book.SetCellStyle("Sheet1", "B4", "B4", dated))
	require.NoError(t, book.SetSheetRow("Kunden", "A1", &[]any{"Kd-Nr.", "Firma", "PLZ", "Land"}))
	require.NoError(t, book.SetSheetRow("Kunden", "A2", &[]any{7, "Holz Maier", 1067, "Deutschland"}))
	path := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, book.SaveAs(path))

	got := readFile(t, path, Options{})
	require.Empty(t, got.problems)
	require.Equal(t, 3, got.file.Detected().HeaderLine)
	require.Equal(t, []string{"Sheet1", "Kunden"}, got.file.Detected().Sheets)
	require.Equal(t, []model.Record{
		model.Visit{Account: "00042", Date: date(2026, 3, 4), Time: model.NewClock(6, 0), Value: 123450},
		model.Visit{Account: "43", Date: date(2024, 12, 5), Value: 123450},
		model.Visit{Account: "44", Date: date(2026, 3, 4)},
		model.Visit{Account: "45", Date: date(2026, 3, 4), Time: model.NewClock(14, 30)},
	}, got.records)
	require.Equal(t, 4, got.rows[0].Line)

	got = readFile(t, path, Options{Sheet: "kunden"})
	require.Equal(t, []model.Record{model.Account{Code: "7", Name: "Holz Maier", Class: "C", Address: model.Address{Postcode: "01067", Country: "Deutschland"}}}, got.records)

	_, err = Open(path, Options{Sheet: "Termine"})
	require.Equal(t, ReasonNoSheet, reasonOf(t, err))

	yes := true
	require.NoError(t, book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	require.NoError(t, book.SaveAs(path))
	got = readFile(t, path, Options{})
	require.Equal(t, date(2030, 3, 5), got.records[0].(model.Visit).Date, "days are counted from 1904")
	require.Equal(t, date(2026, 3, 4), got.records[2].(model.Visit).Date, "text is not counted")
}

// A workbook may put its sheets where it likes: one that breaks off is met there as well.
func TestASheetInAnotherFolderIsHeldToTheGrammar(t *testing.T) {
	whole := sheetHead + headRow + `<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>Holz</v></c></row>` + sheetFoot
	for _, part := range []string{"xl/tables/s1.xml", "tables/s1.dat"} {
		behind := "<!--" + strings.Repeat("long ", 1000) + "-->"
		for text, want := range map[string]Reason{whole: "", whole[:len(whole)-len(sheetFoot)]: ReasonDamaged, "\ufeff" + whole + "</a>": ReasonDamaged,
			behind + strings.TrimPrefix(whole, xmlHead): "", behind + strings.TrimPrefix(whole[:len(whole)-len(sheetFoot)], xmlHead): ReasonDamaged} {
			_, err := Open(bookIn(t, part, text, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`), Options{})
			if want == "" {
				require.NoError(t, err, part)
			} else {
				require.Equal(t, want, reasonOf(t, err), part)
			}
		}
	}
}
