package exchange

// A plain sheet read without encoding/xml beside excelize's reading of the same.

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// bookOf makes a workbook of one sheet's XML.
func bookOf(t testing.TB, sheet string) string {
	return bookIn(t, sheetPart, sheet, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>shared</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r></si><si><t/></si><si><t>a_x0041_b</t></si></sst>`)
}

// bookIn makes one whose sheet is a part of a name, with what its cells share.
func bookIn(t testing.TB, part, sheet, shared string) string {
	target, inFolder := strings.CutPrefix(part, "xl/")
	if !inFolder {
		target = "/" + part
	}
	return archiveOf(t, map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r7"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="` + target + `"/>` +
			`<Relationship Id="r8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		sharedPart: shared,
		part:       sheet,
	})
}

// ofExcelize are the rows of a workbook as excelize reads them.
func ofExcelize(t testing.TB, path string) (all [][]string) {
	book, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer book.Close()
	rows, err := book.Rows("S")
	require.NoError(t, err)
	for rows.Next() {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return append(all, []string{"an error"})
		}
		all = append(all, append([]string{}, cells...))
	}
	if rows.Error() != nil {
		all = append(all, []string{"an error"})
	}
	return all
}

// ofSheet are the same as the importer reads them, and how many of them were plain.
func ofSheet(t testing.TB, path string) (all [][]string, plain int) {
	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	return readSheet(t, f)
}

// withoutPlain are the same where none is taken for plain.
func withoutPlain(t testing.TB, path string) [][]string {
	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	_, err = f.book.whole()
	require.NoError(t, err)
	f.book.stat = nil
	all, plain := readSheet(t, f)
	require.Zero(t, plain)
	return all
}

func readSheet(t testing.TB, f *File) (all [][]string, plain int) {
	source, err := f.openSheet()
	require.NoError(t, err)
	defer source.close()
	for {
		r, err := source.next()
		if err == io.EOF {
			return all, plain
		}
		if err != nil {
			return append(all, []string{"an error"}), plain
		}
		all = append(all, append([]string{}, r.cells...))
		if source.(*sheet).plain != nil {
			plain++
		}
	}
}

const (
	sheetPart = "xl/worksheets/sheet1.xml"
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	sheetHead = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C9"/><sheetData>`
	headRow   = `<row r="1"><c r="A1" t="inlineStr"><is><t>Kd-Nr.</t></is></c><c r="B1" t="inlineStr"><is><t>Firma</t></is></c></row>`
	sheetFoot = `</sheetData><pageMargins left="1"/></worksheet>`
)

// Cells (of column %[1]s and row %[2]d) that spreadsheets and others write.
var oddCells = []string{
	`<c r="%[1]s%[2]d"><v>45631.5</v></c>`, `<c r="%[1]s%[2]d" s="1" t="s"><v>0</v></c>`, `<c r="%[1]s%[2]d" t="s"><v>1</v></c>`,
	`<c r="%[1]s%[2]d" t="s"><v>2</v></c>`, `<c r="%[1]s%[2]d" t="s"><v>3</v></c>`, `<c r="%[1]s%[2]d" t="inlineStr"><is><t>a &amp; b &lt;c&gt; &#228;&#xA;&quot;&apos;</t></is></c>`,
	`<c r="%[1]s%[2]d" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>`, `<c r="%[1]s%[2]d"/>`, `<c r="%[1]s%[2]d" s="3"></c>`,
	`<c r="%[1]s%[2]d" t="b"><v>1</v></c>`, `<c r="%[1]s%[2]d" t="e"><v>#N/A</v></c>`, `<c r="%[1]s%[2]d" t="str"><f>A1&amp;"x"</f><v>ax</v></c>`,
	`<c r="%[1]s%[2]d"><f>SUM(A1:A2)</f></c>`, `<c r="%[1]s%[2]d"><f t="shared" si="0"/><v>3</v></c>`, `<c r="%[1]s%[2]d" t="d"><v>2026-03-04T00:00:00Z</v></c>`,
	`<c r='%[1]s%[2]d' t='str'><v>one quote</v></c>`, "\n  <c r=\"%[1]s%[2]d\" >\n <v>spread</v>\n </c >\n", `<c r="%[1]s%[2]d"><v/></c>`, `<c r="%[1]s%[2]d" t="inlineStr"><is><t/></is></c>`,
	`<c r="%[1]s%[2]d" t="inlineStr"><is><t>a_x0041_b_x000D__x005F_x0041_ _xD800_ _x00_ _x5_x0031_</t></is></c>`, `<c r="%[1]s%[2]d" t="str"><v>a_x0041_b</v></c>`,
}

// What is left to excelize.
var unplainCells = []string{
	`<c r="%[1]s%[2]d" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c>`,
	`<c r="%[1]s%[2]d" t="str"><v><![CDATA[<b>]]></v></c>`, `<c r="%[1]s%[2]d"><!-- a --><v>1</v></c>`, `<c><v>no name</v></c>`, `<c r="$%[1]s$%[2]d"><v>1</v></c>`,
	`<c r="a%[2]d"><v>small</v></c>`, `<c r="%[1]s%[2]d"><v>1</v><v>2</v></c>`, `<c r="%[1]s%[2]d" t="s"><v> 1 </v></c>`, `<c r="%[1]s%[2]d" t="inlineStr"><v>7</v></c>`,
	`<c r="%[1]s%[2]d" t ="s"><v>0</v></c>`, `<c r="%[1]s%[2]d" x="'>"><v>1</v></c>`, `<c r="%[1]s%[2]d" x="a>b"><v>1</v></c>`, `<c r="%[1]s%[2]d" s="x" t="s"><v>0</v></c>`,
	`<c r="%[1]s%[2]d" t="str"><v>a` + "\r\n" + `b</v></c>`, `<c r="%[1]s%[2]d" t="inlineStr"><is><t>base</t><rPh sb="0" eb="1"><t>reading</t></rPh></is></c>`,
	`<c r="%[1]s%[2]d">beside<v>1</v></c>`, `<c r="%[1]s%[2]d" xmlns:x="u" x:t="s"><v>0</v></c>`, `<x:c xmlns:x="u" r="%[1]s%[2]d"><v>1</v></x:c>`,
	`<c r="%[1]s%[2]d"><v>1</v><extLst/></c>`, `<c r="%[1]s%[2]d" t="str"><v>` + strings.Repeat("long ", 20_000) + `</v></c>`, `<c r="%[1]s%[2]d"><v>1<b/>2</v></c>`, `<c r="" t="str"><v>1</v></c>`,
}

func TestAPlainSheetReadsAsExcelizeReadsIt(t *testing.T) {
	for _, list := range [][]string{oddCells, unplainCells} {
		for _, cell := range list {
			path := bookOf(t, sheetHead+headRow+`<row r="2">`+fmt.Sprintf(cell, "A", 2)+fmt.Sprintf(oddCells[0], "C", 2)+`</row><row r="5"><c r="B5" t="s"><v>0</v></c></row><row r="7"/>`+sheetFoot)
			rows, plain := ofSheet(t, path)
			require.Equal(t, ofExcelize(t, path), rows, cell)
			if &list[0] == &oddCells[0] {
				require.Equal(t, len(rows), plain, cell)
			} else {
				require.Less(t, plain, len(rows), cell)
			}
		}
	}
	for _, rows := range []string{
		`<row><c r="A2"><v>1</v></c></row>`,
		`<row r="x"/>`, `<!-- a --><row r="2"><c r="A2"><v>1</v></c></row>`, `<row r="4" spans="1:2" ht="12.5" hidden="1"><c r="A4"><v>1</v></c></row>`,
		`<row r="2"><c r="Z2"><v>1</v></c></row>`, `<row r="2"><c r="XFE2"><v>1</v></c></row>`, `<other><row r="2"><c r="A2"><v>1</v></c></row></other>`, ``,
	} {
		path := bookOf(t, sheetHead+headRow+rows+sheetFoot)
		if f, err := Open(path, Options{}); err != nil { // the first rows are excelize's anyway
			require.Contains(t, ofExcelize(t, path), []string{"an error"}, rows)
			continue
		} else {
			require.NoError(t, f.Close())
		}
		read, _ := ofSheet(t, path)
		require.Equal(t, ofExcelize(t, path), read, rows)
	}
}

func TestMixedSheetsReadAsExcelizeReadsThem(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	short := 0
	for range 150 {
		var sheet strings.Builder
		sheet.WriteString(sheetHead + headRow)
		line := 1
		for range 30 {
			line += 1 + random.IntN(8)/7
			fmt.Fprintf(&sheet, `<row r="%d">`, line)
			for column := range 5 {
				cells := oddCells
				if random.IntN(400) == 0 {
					cells = unplainCells
				}
				if cell := cells[random.IntN(len(cells))]; random.IntN(4) > 0 && !strings.Contains(cell, "small") { // that is always in A
					fmt.Fprintf(&sheet, cell, string(rune('A'+column)), line)
				}
			}
			sheet.WriteString("</row>\n")
		}
		sheet.WriteString(sheetFoot)
		path := bookOf(t, sheet.String())
		rows, plain := ofSheet(t, path)
		want := ofExcelize(t, path)
		for i := range want { // the importer cuts what no column takes
			for k, cell := range want[i] {
				want[i][k] = cell[:min(len(cell), longestCellBytes)]
			}
		}
		require.Equal(t, want, rows, sheet.String())
		if plain < len(rows) {
			short++
		}
	}
	require.NotZero(t, short, "some are left to excelize")
}

// Each of these looks plain up to a place, and is not: found by reading excelize, and with
// FuzzPlainRows.
func TestWhatOnlySeemsPlainIsLeftToExcelize(t *testing.T) {
	book := openBook(t)
	row := `<row r="2"><c r="A2"><v>2</v></c></row>`
	for name, text := range map[string]string{
		"a row behind the rows":           sheetHead + headRow + row + `</sheetData><sheetData><row r="3"><c r="A3"><v>late</v></c></row></sheetData></worksheet>`,
		"one of a drawing":                sheetHead + headRow + row + `</sheetData><controls><from><xdr:row>5</xdr:row></from></controls></worksheet>`,
		"one behind a long text":          sheetHead + headRow + row + `</sheetData><a>` + strings.Repeat("long ", 20_000) + `</a><row r="9"/></worksheet>`,
		"a formula's number that is none": sheetHead + headRow + `<row r="2"><c r="A2"><f t="shared" si="x">A1</f><v>lost by excelize</v></c></row>` + sheetFoot,
		"a formula's yes that is none":    sheetHead + headRow + `<row r="2"><c r="A2"><f ca="maybe">A1</f><v>lost by excelize</v></c></row>` + sheetFoot,
		"an encoding named late":          `<?xml version="1.0"` + strings.Repeat(" ", longestDeclaration) + `encoding="iso-8859-1"?>` + strings.TrimPrefix(sheetHead, xmlHead) + headRow + `<row r="2"><c r="A2" t="str"><v>Mühle</v></c></row>` + sheetFoot,
		"an encoding behind a space":      ` <?xml version="1.0" encoding="iso-8859-1"?>` + strings.TrimPrefix(sheetHead, xmlHead) + headRow + `<row r="2"><c r="A2" t="str"><v>Mühle</v></c></row>` + sheetFoot,
		"two encodings":                   `<?xml version="1.0" encoding="iso-8859-1" encoding="utf-8"?>` + strings.TrimPrefix(sheetHead, xmlHead) + headRow + `<row r="2"><c r="A2" t="str"><v>Mühle</v></c></row>` + sheetFoot,
	} {
		t.Run(name, func(t *testing.T) {
			rows, plain := besideExcelize(t, book, text)
			require.True(t, plain < rows || rows == 0, "none, or not from the start")
		})
	}
}

// To find merged cells excelize puts a sheet in order, and reads it so from then on: what is
// missing where a row is expected may stand further down.
func TestAMergedSheetThatIsOutOfOrderLosesNoRow(t *testing.T) {
	path := bookOf(t, sheetHead+headRow+`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>Holz</v></c></row><row r="5"><c r="A5"><v>3</v></c><c r="B5" t="str"><v>Kern</v></c></row><row r="4"><c r="A4"><v>2</v></c><c r="B4" t="str"><v>Roth</v></c></row>`+
		`</sheetData><mergeCells count="1"><mergeCell ref="C2:C4"/></mergeCells></worksheet>`)
	rows, _ := ofSheet(t, path)
	require.Equal(t, withoutPlain(t, path), rows)
	require.Contains(t, rows, []string{"2", "Roth"})
}

func TestAPlainSheetIsReadOnlyWhereItWasChecked(t *testing.T) {
	plain := sheetHead + headRow + `<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>Holz</v></c></row>` + sheetFoot
	path := bookOf(t, plain)
	_, n := ofSheet(t, path)
	require.Equal(t, 2, n)

	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	later, err := os.ReadFile(bookOf(t, strings.ReplaceAll(plain, "Holz", "Wald")))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, later, 0o600))
	rows, n := readSheet(t, f)
	require.Zero(t, n, "the file is another by now")
	require.Equal(t, [][]string{{"Kd-Nr.", "Firma"}, {"1", "Holz"}}, rows)
}

// What cells share is held here where excelize puts it into a file.
func TestSharedTextsReadAsExcelizeReadsThem(t *testing.T) {
	require.Equal(t, 4, besideExcelizeShared(t, xmlHead+`<sst count="9" uniqueCount="4"><si><t>Holz</t></si>`+"\r\n "+`<si/><si><t xml:space="preserve"> a &amp; b_x000D_
 </t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r></si><si><t>base</t><phoneticPr fontId="1"/></si><si>`+"\n"+`<t>last</t>`+"\n"+`</si></sst>`))
	require.Zero(t, besideExcelizeShared(t, `<sst><si><t>a</t></si><!-- b --><si><t>c</t></si></sst>`))

	// A workbook so large that excelize does so.
	var texts, rows strings.Builder
	long := strings.Repeat("lang ", 200)
	for n := range 17_000 {
		fmt.Fprintf(&texts, "<si><t>%s%d</t></si>", long, n)
	}
	for n := range 300 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%[1]d"><v>%[1]d</v></c><c r="B%[1]d" t="s"><v>%d</v></c></row>`, n+2, 16_999-n)
	}
	path := bookIn(t, sheetPart, sheetHead+headRow+rows.String()+sheetFoot, `<sst>`+texts.String()+`</sst>`)
	read, plain := ofSheet(t, path)
	require.Equal(t, 301, plain)
	require.Equal(t, withoutPlain(t, path), read)
	require.Equal(t, long+"16700", read[300][1])
}
