package exchange

// Text taken apart as encoding/csv does it, wherever the pieces are cut, and in
// every encoding.

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// splitAll takes text apart, read in blocks of a size.
func splitAll(text string, delimiter byte, block int) (rows [][]string, err error) {
	s := newSplitter(strings.NewReader(text), delimiter, false)
	s.size = block
	for {
		r, err := s.next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		if r.comment {
			rows = append(rows, []string{"#"})
			continue
		}
		cells := make([]string, len(r.cells))
		for i, c := range r.cells {
			cells[i] = strings.Clone(c)
			if !r.unclean && firstUnclean(c, false) != len(c) {
				return nil, fmt.Errorf("a row that is not clean is said to be: %q", c)
			}
		}
		rows = append(rows, cells)
	}
}

func TestSplitterAgreesWithTheStandardLibrary(t *testing.T) {
	cell := rapid.StringOf(rapid.SampledFrom([]rune("ab\"';, \nüé1")))
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 0, 6).Draw(rt, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(rt, "crlf")
		w.Comma = rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(rt, "delimiter")
		require.NoError(rt, w.WriteAll(want))
		text := b.String()
		if rapid.Bool().Draw(rt, "no last end") {
			text = strings.TrimRight(text, "\r\n")
		}
		got, err := splitAll(text, byte(w.Comma), rapid.IntRange(1, 40).Draw(rt, "block"))
		require.NoError(rt, err)
		for i := range want {
			for j := range want[i] {
				if w.UseCRLF {
					want[i][j] = strings.ReplaceAll(want[i][j], "\n", "\r\n")
				}
			}
		}
		if len(want) == 0 {
			want = nil
		}
		require.Equal(rt, want, got)
	})
}

func TestSplitter(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       [][]string
	}{
		{"plain", "a,b\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"no last end", "a,b\r\nc,", [][]string{{"a", "b"}, {"c", ""}}},
		{"blank rows count", "a\n\nb", [][]string{{"a"}, {""}, {"b"}}},
		{"quotes", `"a,""b""",c` + "\n", [][]string{{`a,"b"`, "c"}}},
		{"quoted line", "\"a\r\nb\",c\r\nd\r\n", [][]string{{"a\r\nb", "c"}, {"d"}}},
		{"empty quotes", `"",""`, [][]string{{"", ""}}},
		{"a mark inside", `5" pipe,b`, [][]string{{`5" pipe`, "b"}}},
		{"text behind a quotation", `"Foo" GmbH",b`, [][]string{{`Foo" GmbH`, "b"}}},
		{"never closed", "\"a,b\nc,d\n", [][]string{{`"a`, "b"}, {"c", "d"}}},
		{"comments", "# x,\"y\na,b\n#1,c\n#\n\"# d\",e\n", [][]string{{"#"}, {"a", "b"}, {"#1", "c"}, {"#"}, {"# d", "e"}}},
		{"a lone CR is a character", "a\rb,c\nd\r", [][]string{{"a\rb", "c"}, {"d"}}},
	} {
		for _, block := range []int{1, 2, 3, 7, 1000} {
			got, err := splitAll(test.text, ',', block)
			require.NoError(t, err)
			require.Equal(t, test.want, got, "%s, %d bytes at a time", test.name, block)
		}
	}
	s := newSplitter(strings.NewReader("a,b\rc,d\r\ne,f"), ',', true)
	var lines []int
	for {
		r, err := s.next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.Len(t, r.cells, 2)
		lines = append(lines, r.line)
	}
	require.Equal(t, []int{1, 2, 3}, lines)

	s = newSplitter(iotest.ErrReader(io.ErrClosedPipe), ',', false)
	_, err := s.next()
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// A mark that is never closed would take in the rows down to the next one.
func TestAMarkThatIsNotClosedTakesNoRowsIn(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       [][]string
	}{
		{"the next opens", "K2;Beta;\"Weg;Ulm\nK3;Gamma;Steg;\"x\"\n", [][]string{{"K2", "Beta", `"Weg`, "Ulm"}, {"K3", "Gamma", "Steg", "x"}}},
		{"in the same column", "K2;\"A;B\";\"Weg;Ulm\r\nK3;Gamma;\"Steg; 2\";Hof\r\n", [][]string{{"K2", "A;B", `"Weg`, "Ulm"}, {"K3", "Gamma", "Steg; 2", "Hof"}}},
		{"rows further down", "K1;a;b;\"c\nK2;a;b;c\nK3;a;b;c\n\"K4\";a;b;c\n", [][]string{{"K1", "a", "b", `"c`}, {"K2", "a", "b", "c"}, {"K3", "a", "b", "c"}, {"K4", "a", "b", "c"}}},
		{"at the end", "K2;Beta;Weg;\"Ulm\n\"K3\";Gamma;Steg;Hof", [][]string{{"K2", "Beta", "Weg", `"Ulm`}, {"K3", "Gamma", "Steg", "Hof"}}},
		{"a text of lines with marks", "K2;Beta;Weg;\"Er sagte;\nja;\"nein\" und ging\"\nK3;Gamma;Steg;Hof", [][]string{{"K2", "Beta", "Weg", "Er sagte;\nja;\"nein\" und ging"}, {"K3", "Gamma", "Steg", "Hof"}}},
		{"pairs", "K2;Beta;Weg;\"a\n\"\"K3\"\";b;c;d\"\nK4;e;f;g", [][]string{{"K2", "Beta", "Weg", "a\n\"K3\";b;c;d"}, {"K4", "e", "f", "g"}}},
		{"a quoted cell in the same line", "K2;\"Beta;Weg;\"Ulm\"\nK3;Gamma;Steg;\"Bonn\"\n", [][]string{{"K2", "Beta;Weg;\"Ulm"}, {"K3", "Gamma", "Steg", "Bonn"}}},
		{"a delimiter behind it", "K2;Beta;Weg;\"Ulm; Mitte\nK3;Gamma;Steg;\"Bonn\"\n", [][]string{{"K2", "Beta", "Weg", `"Ulm`, " Mitte"}, {"K3", "Gamma", "Steg", "Bonn"}}},
		{"closed by an inch", "K2;\"Beta;Weg;Ulm\nK3;Gamma;Rohr;Hof\nK4;Delta;Rohr 5\";Kiel\nK5;a;b;c\n", [][]string{{"K2", `"Beta`, "Weg", "Ulm"}, {"K3", "Gamma", "Rohr", "Hof"}, {"K4", "Delta", `Rohr 5"`, "Kiel"}, {"K5", "a", "b", "c"}}},
		{"behind a text of lines", "K1;a;b;\"x\ny\"\nK2;\"Beta;Weg;Ulm\nK3;Gamma;\"x\ny\";Hof\nK4;Delta;Rohr;\"Kiel\"\n", [][]string{{"K1", "a", "b", "x\ny"}, {"K2", `"Beta`, "Weg", "Ulm"}, {"K3", "Gamma", "x\ny", "Hof"}, {"K4", "Delta", "Rohr", "Kiel"}}},
		{"a row too short with a text of lines", "K1;a;\"x; y\nz; 1; 2\"\nK2;Beta;Weg;Ulm\n", [][]string{{"K1", "a", "x; y\nz; 1; 2"}, {"K2", "Beta", "Weg", "Ulm"}}},
	} {
		for block := 1; block < 60; block += 7 {
			s := newSplitter(strings.NewReader(test.text), ';', false)
			s.size, s.width = block, 4
			var got [][]string
			for {
				r, err := s.next()
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
				got = append(got, append([]string{}, r.cells...))
			}
			require.Equal(t, test.want, got, "%s, %d bytes at a time", test.name, block)
		}
	}
	got := readText(t, "Kd-Nr.;Firma;Straße;Telefon\nK1;Alpha;Gasse;0711 1\nK2;Beta;\"Weg;0731 2\nK3;Gamma;Steg;\"0351 3\"\n", Options{})
	require.Len(t, got.records, 3)
}

func TestEncodingsAndDialects(t *testing.T) {
	const table = "Kd-Nr.;Firma;Straße;Ort\n1;Bäckerei Öhler;\"Am \"\"Tor\"\" 5\";Köln\n2;Çağ €;;Łódź\n"
	want := []model.Record{
		model.Account{Code: "1", Name: "Bäckerei Öhler", Class: "C", Address: model.Address{Street: `Am "Tor" 5`, City: "Köln"}},
		model.Account{Code: "2", Name: "Çağ €", Class: "C", Address: model.Address{City: "Łódź"}},
	}
	western := strings.NewReplacer("ğ", "g", "Ł", "L", "ź", "z")
	encode := func(text string, e interface{ String(string) (string, error) }) string {
		s, err := e.String(text)
		require.NoError(t, err)
		return s
	}
	for _, test := range []struct {
		name, text string
		encoding   Encoding
		western    bool
	}{
		{"utf-8", table, UTF8, false},
		{"utf-8 with mark", "\ufeff" + table, UTF8, false},
		{"utf-16 little", encode(table, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), UTF16LE, false},
		{"utf-16 big", encode(table, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), UTF16BE, false},
		{"windows-1252", encode(western.Replace(table), charmap.Windows1252.NewEncoder()), Windows1252, true},
		{"excel's hint", "sep=;\r\n" + table, UTF8, false},
	} {
		for _, ends := range []string{"\n", "\r\n", "\r"} {
			if ends == "\r" && test.name == "excel's hint" {
				continue
			}
			for _, delimiter := range []string{";", ",", "\t", "|"} {
				text := test.text
				if test.encoding != UTF16LE && test.encoding != UTF16BE {
					text = strings.ReplaceAll(strings.ReplaceAll(text, "\n", ends), ";", delimiter)
				}
				got := readText(t, text, Options{})
				require.Equal(t, test.encoding, got.file.Detected().Encoding, test.name)
				require.Empty(t, got.problems)
				for i, r := range want {
					a := r.(model.Account)
					if test.western {
						a.Name, a.Address.City = western.Replace(a.Name), western.Replace(a.Address.City)
					}
					require.Equal(t, a, got.records[i], "%s %q %q", test.name, ends, delimiter)
				}
			}
		}
	}
}

func TestEncodingThatShowsLate(t *testing.T) {
	plain := strings.Repeat("K-1,2026-03-04,plain text\n", 20000)
	for name, special := range map[string]string{"utf-8": "Grüße", "windows-1252": "Gr\xfc\xdfe"} {
		got := readText(t, "account,date,note\n"+plain+"K-2,2026-03-05,"+special+"\n"+plain+"K-2,2026-03-05,"+special+"\n", Options{})
		require.Len(t, got.records, 40002)
		require.Equal(t, "Grüße", got.records[20000].(model.Visit).Note, name)
		require.Equal(t, "Grüße", got.records[40001].(model.Visit).Note, name)
	}
	got := readText(t, "account,date,note\nK,2026-03-04,Gr\xfc\xdfe\n", Options{Encoding: MacRoman, Delimiter: ','})
	require.Equal(t, "Gr¸ﬂe", got.records[0].(model.Visit).Note, "what was said goes before what it looks like")
}

func FuzzSplitter(f *testing.F) {
	for _, s := range []string{"a,b\n\"c\"\"d\",e\r\n", "\"a,b\nc", "# x\n#1,\"\n", "a\r\rb", "\"\"\"", "\"a\"b,c"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, text string, block int) {
		if len(text) > 1<<16 {
			return
		}
		whole, err := splitAll(text, ',', 1<<20)
		if err != nil {
			return
		}
		cut, err := splitAll(text, ',', 1+(block&0x3f))
		if err != nil {
			t.Fatal(err)
		}
		require.Equal(t, whole, cut)
	})
}

// FuzzFile reads any bytes as a file: whatever they are, the answer is records,
// problems or a sentence.
func FuzzFile(f *testing.F) {
	systems, err := filepath.Glob("testdata/systems/*")
	require.NoError(f, err)
	tables := append([]model.Table{""}, model.Tables[:]...)
	for _, path := range systems {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		for as := range tables {
			f.Add(text, byte(as))
		}
	}
	for as := range tables {
		f.Add([]byte("account,date\nK-1,03/04/2026\n"), byte(as))
		f.Add([]byte("\xff\xfea\x00,\x00b\x00"), byte(as))
		f.Add([]byte("PK\x03\x04"), byte(as))
	}
	f.Fuzz(func(t *testing.T, text []byte, as byte) {
		got, err := tryFile(t, inFile(t, "fuzz.csv", string(text)), Options{As: tables[int(as)%len(tables)], Dates: DayFirst})
		if err != nil {
			reasonOf(t, err)
			return
		}
		for _, row := range got.rows {
			if row.Record.Key().Code == "" {
				t.Fatalf("a record without a code: %#v", row.Record)
			}
			for _, c := range Cells(row.Record) {
				if c.kind == textCell && Clean(c.text) != strings.ReplaceAll(c.text, "\n", " ") {
					t.Fatalf("unclean: %q", c.text)
				}
			}
		}
		for _, p := range got.problems {
			if strings.Contains(p.Error(), "%!") {
				t.Fatal(p.Error())
			}
		}
	})
}

// What breaks off in the middle of a character is not whole, whatever its last row looks like.
func TestAFileThatBreaksOffInACharacterSaysSo(t *testing.T) {
	const table = "Kd-Nr.;Firma;Ort\n1;Bäckerei;Köln\n2;Müller 😀;Ulm\n3;Beta;Bonnä"
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(table)
	require.NoError(t, err)
	big, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(table)
	require.NoError(t, err)
	for name, text := range map[string]string{"utf-8": table, "utf-16le": little, "utf-16be": big} {
		for cut := len(text); cut > len(text)*2/3; cut-- {
			got := readText(t, text[:cut], Options{})
			var whole bool
			switch name {
			case "utf-8":
				whole = utf8.ValidString(text[:cut])
			default:
				unit := text[max(0, cut-2):cut]
				if name == "utf-16le" && len(unit) == 2 {
					unit = unit[1:] + unit[:1]
				}
				whole = cut%2 == 0 && unit[0]&0xfc != 0xd8
			}
			broken := len(got.problems) > 0 && got.problems[0].Reason == ReasonBrokenOff
			require.Equal(t, !whole, broken, "%s up to byte %d: %v", name, cut, got.problems)
			if broken {
				for _, r := range got.records {
					require.NotContains(t, r.(model.Account).Name+r.(model.Account).Address.City, "\ufffd")
				}
			}
		}
	}
	require.Empty(t, readText(t, "Kd-Nr.;Firma\n1;Ren\xe9", Options{}).problems, "one byte of Windows-1252")
}

// A cell is taken as it stands where characters were lost, and it is said where.
func TestCharactersThatWereLostAreNoted(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Kd-Nr.;Firma;Ort;Unbekannt\n1;Alpha;Ulm;\n2;Müller 😀;Ulm;\n")
	require.NoError(t, err)
	at := strings.Index(wide, "\x3d\xd8")
	for name, text := range map[string]string{"half a character": wide[:at] + wide[at+2:], "as they came": "Kd-Nr.;Firma;Ort;Unbekannt\n1;Alpha;Ulm;\ufffd\n2;M\ufffdller \ufffd;Ulm;\n"} {
		f, err := Open(inFile(t, "lost.csv", text), Options{})
		require.NoError(t, err)
		m, err := f.Mapping()
		require.NoError(t, err)
		r, err := f.Read(m)
		require.NoError(t, err)
		b, err := r.Next(t.Context())
		require.NoError(t, err)
		require.Len(t, b.Rows, 2, name)
		require.Empty(t, b.Problems)
		require.Len(t, b.Notes, 1, name)
		require.Equal(t, 3, b.Notes[0].Line)
		require.Equal(t, ReasonLostCharacters, b.Notes[0].Reason)
		require.Equal(t, "Firma", b.Notes[0].Header)
		require.NoError(t, r.Close())
		require.NoError(t, f.Close())
	}
}

// Whatever a quotation mark too few or too many does to a file, the rows that are not taken in, or
// not as they stand, are named.
func TestAMarkTooFewOrTooManyIsSaid(t *testing.T) {
	const head = "Kd-Nr.;Firma;Straße;PLZ;Ort\n"
	rows := []string{
		`"K1";"Alpha";"Weg 5";"70173";"Ulm"`, `"K2";"Beta; Söhne";"Am ""Tor"" 3";"70174";"Köln"`, "\"K3\";\"Gamma\";\"Zeile\nzwei\";\"70175\";\"Bonn\"",
		`K4;Delta;Rohr 5";70176;Kiel`, `K5;"Eta ""A""";Steg;70177;"Hof"`,
	}
	whole := readText(t, head+strings.Join(rows, "\n")+"\n", Options{})
	require.Len(t, whole.records, len(rows))
	require.Empty(t, whole.problems)
	require.Empty(t, whole.notes)
	silent := 0
	for at, row := range rows[:4] {
		for place := 0; place <= len(row); place++ {
			for _, changed := range []string{row[:place] + `"` + row[place:], strings.TrimSuffix(row[:place], `"`) + row[place:]} {
				if changed == row {
					continue
				}
				all := append([]string{}, rows...)
				all[at] = changed
				got := readText(t, head+strings.Join(all, "\n")+"\n", Options{})
				there := map[string]bool{}
				for _, r := range got.records {
					there[r.(model.Account).Code] = true
				}
				for other := range rows {
					if !there[fmt.Sprintf("K%d", other+1)] && len(got.problems)+len(got.notes) == 0 {
						silent++
						t.Log(changed)
					}
				}
			}
		}
	}
	require.Zero(t, silent)
}

// A text of several lines may look like a row: the row is taken, and it is said.
func TestALineWithinACellThatLooksLikeARowIsNoted(t *testing.T) {
	const head = "Kd-Nr.;Firma;Notiz\n"
	got := readText(t, head+"K1;Alpha;\"Weg\nK2;Beta;Steg\"\nK3;Gamma;\"Bestellt:\nSeife; Öl; Tücher\"\n", Options{})
	require.Len(t, got.records, 2)
	require.Len(t, got.notes, 1)
	require.Equal(t, ReasonRowWithin, got.notes[0].Reason)
	require.Equal(t, 2, got.notes[0].Line)
}
