package exchange

// Cells as programs write them that are not Excel, and as Excel writes them that people
// never see.

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"

	"doppelpass/model"
)

// sheetOf makes a sheet of rows: words are text, what begins with < is a cell's XML behind
// its name, the rest are numbers as they are stored.
func sheetOf(rows ...[]string) string {
	b := strings.Builder{}
	b.WriteString(sheetHead)
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, cell := range row {
			at := fmt.Sprintf(`<c r="%c%d"`, 'A'+j, i+1)
			switch {
			case strings.HasPrefix(cell, "<"):
				b.WriteString(at + ">" + cell + "</c>")
			case cell != "" && strings.Trim(cell, "0123456789.E-") == "":
				b.WriteString(at + "><v>" + cell + "</v></c>")
			case cell != "":
				b.WriteString(at + ` t="inlineStr"><is><t>` + cell + "</t></is></c>")
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + sheetFoot
}

// A time of day is stored as a fraction of the day, whatever its column is called.
func TestTimesOfAWorkbookAreFractionsOfADay(t *testing.T) {
	for _, name := range []string{"Uhrzeit", "Zeit", "Startzeit", "Von", "time"} {
		got := readFile(t, bookOf(t, sheetOf([]string{"Kundennummer", "Besuchsdatum", name, "Vertreter"},
			[]string{"1001", "46000", "0.375", "R7"}, []string{"1002", "46001", "0.59375", "R7"})), Options{})
		require.Equal(t, []model.Record{
			model.Visit{Account: "1001", Date: date(2025, 12, 9), Time: model.NewClock(9, 0), Rep: "R7"},
			model.Visit{Account: "1002", Date: date(2025, 12, 10), Time: model.NewClock(14, 15), Rep: "R7"},
		}, got.records, name)
	}
}

// Programs in Java write every number as one with a decimal, and from ten millions on by its
// exponent.
func TestNumbersAsJavaWritesThem(t *testing.T) {
	got := readFile(t, bookOf(t, sheetOf([]string{"Kundennummer", "Firma", "Straße", "Hausnummer", "PLZ", "Mobil", "Potenzial", "Notiz", "Externe ID"},
		[]string{"1.2345678E7", "Alpha", "Weg", "5.0", "70173.0", "1.7112345678E10", "1.25E7", "7.0", "9001.0"},
		[]string{"1.0E7", "Beta", "Weg", "12.0", "1067.0", "4.91718E11", "1.23456785E7", "7.5", "1.2E8"})), Options{})
	require.Equal(t, []model.Record{
		model.Account{Code: "12345678", Name: "Alpha", Class: "C", Address: model.Address{Street: "Weg 5", Postcode: "70173"}, Phone: "17112345678", Potential: 1250000000, Note: "7", ExternalIDs: []string{"9001"}},
		model.Account{Code: "10000000", Name: "Beta", Class: "C", Address: model.Address{Street: "Weg 12", Postcode: "01067"}, Potential: 1234567850, Note: "7.5", ExternalIDs: []string{"120000000"}},
	}, got.records)
	require.Equal(t, []Reason{ReasonDestroyed}, []Reason{got.problems[0].Reason}, "of a rounded number only the first figures are left")
}

// What a person wrote as a text stays as it was written, also where it looks like such a number.
func TestTextsAreNotTakenForNumbersOfJava(t *testing.T) {
	text := func(s string) string { return `<is><t>` + s + `</t></is>` }
	rows := [][]string{{"Kundennummer", "Firma", "Notiz"}, {text("1.5E3"), "Alpha", text("10.0")}, {"7", "Beta", "20.0"}}
	inline := strings.ReplaceAll(sheetOf(rows...), `><is><t>1`, ` t="inlineStr"><is><t>1`)
	shared := strings.NewReplacer(` t="inlineStr"><is><t>10.0</t></is>`, ` t="s"><v>0</v>`, ` t="inlineStr"><is><t>1.5E3</t></is>`, ` t="s"><v>1</v>`).Replace(inline)
	require.Contains(t, shared, `<v>1</v>`)
	for _, sheet := range []string{inline, shared} {
		for name, want := range map[string]string{"plain": "20", "for excelize": "20.0"} { // which does not tell them apart
			sheet := sheet
			if name != "plain" {
				sheet = strings.Replace(sheet, `<row r="2">`, `<row r="2" ><!-- not plain -->`, 1)
			}
			got := readFile(t, bookIn(t, sheetPart, sheet, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>10.0</t></si><si><t>1.5E3</t></si></sst>`), Options{})
			require.Equal(t, []model.Record{
				model.Account{Code: "1.5E3", Name: "Alpha", Class: "C", Note: "10.0"}, model.Account{Code: "7", Name: "Beta", Class: "C", Note: want},
			}, got.records, name)
		}
	}
}

// Some write an empty value behind a formula that nobody has reckoned, or a prefix before
// every element.
func TestFormulasWithoutAValueAreCountedHoweverTheyAreWritten(t *testing.T) {
	head := []string{"Kd-Nr.", "Firma", "Ort"}
	for cell, want := range map[string]int{
		`<f>A1</f>`: 1, `<f>A1</f><v></v>`: 1, `<f>A1</f><v/>`: 1, `<f t="shared" si="0"/>`: 1, "<f>A1&amp;B1</f>\n<v />": 1,
		`<f>A1</f><v>Ulm</v>`: 0, `<f>A1&amp;B1</f><v>&#85;lm</v>`: 0, `<f>A1</f><v><![CDATA[U]]></v>`: 0, `<v/>`: 0,
	} {
		text := sheetOf(head, []string{"K1", "Alpha", cell}, []string{"K2", "Beta", "Bonn"})
		for _, text := range []string{text, prefixed(text), strings.Replace(text, "UTF-8", "iso-8859-1", 1)} {
			f, err := Open(bookOf(t, text), Options{})
			require.NoError(t, err)
			require.Equal(t, want, f.Detected().Formulas, text)
			require.NoError(t, f.Close())
		}
	}
}

// prefixed puts a prefix before the names of a sheet's elements, as some libraries do.
func prefixed(sheet string) string {
	text := strings.NewReplacer("<?", "<?", "<![", "<![", "</", "</x:", "<", "<x:").Replace(sheet)
	return strings.Replace(text, " xmlns=", " xmlns:x=", 1)
}

func TestMergedCellsAreMetHoweverTheyAreWritten(t *testing.T) {
	text := strings.Replace(sheetOf([]string{"Kd-Nr.", "Firma"}, []string{"K1", "Alpha"}, []string{"K2", ""}), sheetFoot, `</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells></worksheet>`, 1)
	for _, text := range []string{text, prefixed(text), strings.Replace(text, "<mergeCell ", "<mergeCell\n", 1)} {
		got := readFile(t, bookOf(t, text), Options{})
		require.Len(t, got.records, 2, text)
		require.Equal(t, "Alpha", got.records[1].(model.Account).Name)
	}
}

// What a cell shares with others, and is not there, would be an empty cell: an opt-out, maybe.
func TestASharedTextThatIsMissingIsDamage(t *testing.T) {
	sheet := func(index string) string {
		return sheetHead + headRow + `<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>` + index + `</v></c></row>` + sheetFoot
	}
	for index, damaged := range map[string]bool{"0": false, " 3\n": false, "": false, "4": true, "999999999": true, "-1": true, "x": true, "1.0": true} {
		_, err := Open(bookOf(t, sheet(index)), Options{})
		if damaged {
			require.Equal(t, ReasonDamaged, reasonOf(t, err), index)
		} else {
			require.NoError(t, err, index)
		}
	}
	_, err := Open(bookIn(t, sheetPart, sheet("0"), `<sst/>`), Options{})
	require.Equal(t, ReasonDamaged, reasonOf(t, err))
}

// To excelize a row that stands further up than the one before belongs to that, and a cell that
// stands further left is one further on. Spreadsheets call cells out of their order damage.
func TestRowsOutOfTheirOrderAreWhereTheySay(t *testing.T) {
	row := func(n int, cells ...string) string {
		b := fmt.Sprintf(`<row r="%d">`, n)
		for _, cell := range cells {
			b += fmt.Sprintf(`<c r="%c%d" t="str"><v>%s</v></c>`, cell[0], n, cell[1:])
		}
		return b + "</row>"
	}
	head := row(1, "AKd-Nr.", "BFirma", "COrt", "DTelefon")
	for name, rows := range map[string]string{
		"rows":      row(4, "A3", "BKern", "CUlm") + row(2, "A1", "BHolz", "CBonn") + row(3, "A2", "BRoth", "CHof"),
		"prefixed":  row(4, "A3", "BKern", "CUlm") + row(2, "A1", "BHolz", "CBonn") + row(3, "A2", "BRoth", "CHof"),
		"backwards": row(4, "A3", "BKern", "CUlm") + row(3, "A2", "BRoth", "CHof") + row(2, "A1", "BHolz", "CBonn"),
	} {
		t.Run(name, func(t *testing.T) {
			text := sheetHead + head + rows + sheetFoot
			if name == "prefixed" {
				text = prefixed(text)
			}
			got := readFile(t, bookOf(t, text), Options{})
			require.Equal(t, []model.Record{
				model.Account{Code: "1", Name: "Holz", Class: "C", Address: model.Address{City: "Bonn"}},
				model.Account{Code: "2", Name: "Roth", Class: "C", Address: model.Address{City: "Hof"}},
				model.Account{Code: "3", Name: "Kern", Class: "C", Address: model.Address{City: "Ulm"}},
			}, got.records)
		})
	}
	for name, rows := range map[string]string{
		"a row":                  row(2, "A1", "BHolz") + row(2, "A2", "BRoth"),
		"a row further on":       row(2, "A1", "BHolz") + row(3, "A2", "BRoth") + row(2, "A3", "BKern"),
		"a cell":                 row(2, "A1", "BHolz", "BRoth"),
		"a cell further on":      row(2, "A1", "BHolz", "CUlm", "A3"),
		"cells":                  row(2, "A1", "CBonn", "BHolz"),
		"a cell without a place": `<row r="2"><c r="B2" t="str"><v>Holz</v></c><c r="A2"><v>1</v></c><c t="str"><v>Roth</v></c></row>`,
	} {
		_, err := Open(bookOf(t, sheetHead+head+rows+sheetFoot), Options{})
		require.Equal(t, ReasonDamaged, reasonOf(t, err), name)
	}
}

// A part that stands twice may be read from either.
func TestAPartThatStandsTwiceIsDamage(t *testing.T) {
	path := bookOf(t, sheetOf([]string{"Kd-Nr.", "Firma"}, []string{"K1", "Alpha"}))
	in, err := zip.OpenReader(path)
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		require.NoError(t, out.Copy(part))
	}
	for _, part := range in.File {
		if part.Name == sheetPart {
			require.NoError(t, out.Copy(part))
		}
	}
	require.NoError(t, out.Close())
	require.NoError(t, in.Close())
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	_, err = Open(path, Options{})
	require.Equal(t, ReasonDamaged, reasonOf(t, err))
}

// XML may be written in UTF-16. Nothing of it is read, and nobody is told that it is damaged.
func TestAWorkbookInUTF16IsRefusedAsWhatItIs(t *testing.T) {
	sheet := sheetOf([]string{"Kd-Nr.", "Firma"}, []string{"K1", "Alpha"})
	shared := `<?xml version="1.0" encoding="UTF-16"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		for _, mark := range []unicode.BOMPolicy{unicode.UseBOM, unicode.IgnoreBOM} {
			wide := func(text string) string {
				text, err := unicode.UTF16(order, mark).NewEncoder().String(strings.Replace(text, "UTF-8", "UTF-16", 1))
				require.NoError(t, err)
				return text
			}
			for name, path := range map[string]string{
				"a sheet":                 bookOf(t, wide(sheet)),
				"a sheet of another name": bookIn(t, "xl/odd/one.dat", wide(sheet), "<sst/>"),
				"what cells share":        bookIn(t, sheetPart, sheet, wide(shared)),
			} {
				_, err := Open(path, Options{})
				require.Equal(t, ReasonUTF16Workbook, reasonOf(t, err), name)
			}
		}
	}
}
