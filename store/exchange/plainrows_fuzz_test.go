package exchange

// Sheets of every kind that a grammar knows, and those with something thrown in, read past
// encoding/xml beside excelize alone: the same rows, the same error or none.

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// anySheet puts a sheet together; pick chooses one of so many.
type anySheet struct {
	strings.Builder
	pick func(n int) int
}

// often is the first of a list most of the time: what is plain has to stay so for long
// enough that there is something to get wrong.
func (s *anySheet) often(list ...string) string {
	if s.pick(16) < 15 {
		return list[0]
	}
	return list[s.pick(len(list))]
}

func (s *anySheet) one(list ...string) string { return list[s.pick(len(list))] }

// between may stand between any two tags.
func (s *anySheet) between() {
	s.WriteString(s.often("", "", "\n", "\r\n\t ", "<!-- <row r=\"1\"> -->", "<?a b?>", `<?xml version="1.0" encoding="latin1"?>`, "text", "\ufeff", "<![CDATA[ ]]>", "&#32;", "<extLst/>", "]]", "<row/>", "<c/>"))
}

func (s *anySheet) text() string {
	parts := []string{"Ulm", "17", "45631.5", "1E+05", "-0", " ", "", "\n", "ä", "\u2028", "&amp;", "&lt;", "&#228;", "&#xe4;", "&#13;", "&#x0A;", "&quot;", "_x000D_", "_x", "_x005F_x0041_", "_x00", "41_", ">", "]", "'", `"`, "/", "0", "1", "2", "3", "4", "TRUE", "#N/A", "2026-03-04T09:00:00Z", "=A1", "�", "😀"}
	if s.pick(12) == 0 {
		parts = append(parts, "\r\n", "\r", "<![CDATA[<row>&]]>", "<!-- a -->", "<?a?>", "<b/>", "<b>x</b>", "&nbsp;", "&#11;", "&", "]]>", "\x0b", strings.Repeat("long ", 20_000))
	}
	text := ""
	for range s.pick(4) {
		text += s.one(parts...)
	}
	return text
}

func (s *anySheet) cell(column, row int) {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		name = "A1"
	}
	quote := s.often(`"`, `'`)
	tag := s.often("c", "c", "x:c", "C")
	s.WriteString("<" + tag)
	kind := s.one("", "", "n", "s", "s", "str", "inlineStr", "inlineStr", "b", "e", "d")
	space := s.often(" ", " ", "\n", "  ", "\t")
	if s.pick(40) == 0 { // attributes in front
		s.WriteString(space + s.one(`x:r="B2"`, `xmlns:r="u"`, `xmlns:t="s"`, `xml:space="preserve"`, `cm="1" vm="x"`, `a=">"`, `a='"'`, `a="b" c='d'`, `a = "b"`, `a=""`, `xmlns="u"`, `ab="'"`, `r="A1"`, `t="s"`, `a="&amp;"`))
	}
	if at := s.often(name, strings.ToLower(name), "$"+name, "", " "+name, name+" ", "XFD9", "XFE9", "AAAA1", "A0", "A1048577", "1", "A", "&#65;1", "-", "A01", "A+1"); at != "" && s.pick(40) > 0 {
		s.WriteString(space + "r=" + quote + at + quote)
	}
	if style := s.often("", "1", "1", "0", "-1", "x", " 1", "1e3", "", "00000000000000000001", "&#49;"); style != "" || s.pick(60) == 0 {
		s.WriteString(space + "s=" + quote + style + quote)
	}
	if kind != "" {
		s.WriteString(space + "t=" + quote + s.often(kind, kind, "&#115;", " s", "S", "x") + quote)
	}
	if s.pick(10) == 0 {
		s.WriteString(s.often("/>", "/>", " />", "></"+tag+">"))
		return
	}
	s.WriteString(">")
	s.between()
	value := func() {
		v := s.often("v", "v", "x:v", "V")
		if text := s.text(); text == "" && s.pick(2) == 0 {
			s.WriteString("<" + v + "/>")
		} else {
			if kind == "s" {
				text = s.often(s.one("0", "1", "2", "3", "4"), "", " 1", "x", "99", "-1", "1.0", "+1", "01", "1\n", text)
			}
			s.WriteString("<" + v + s.often("", " a='b'", ` xml:space="preserve"`, " ") + ">" + text + "</" + v + s.often("", " ") + ">")
		}
	}
	formula := func() {
		s.WriteString(s.often("<f>"+s.text()+"</f>", "<f/>", `<f t="shared" ref="A1:B2" si="0">A1</f>`, `<f t="shared" si="0"/>`, `<f si="x">A1</f>`, `<f aca="maybe">A1</f>`, `<f ca="1">A1</f>`, `<f aca="false"/>`, `<f si=" 1 "/>`, `<f si="">A1</f>`, `<f del1="" bx="T"/>`, `<f t='array'>A1</f>`, `<f foo="bar">A1</f>`, `<f x:ca="2">A1</f>`))
	}
	item := func() {
		s.WriteString(s.often("<is>", "<is>", "<is >", "<is a='b'>", "<x:is>"))
		s.between()
		run := s.often("<t>"+s.text()+"</t>", `<t xml:space="preserve"> `+s.text()+` </t>`, "<t/>", `<t xml:space='default'></t>`, "<r><t>a</t></r><r><rPr><b/></rPr><t> b</t></r>", "<t>a</t><t>b</t>", `<t>base</t><rPh sb="0" eb="1"><t>reading</t></rPh><phoneticPr fontId="1"/>`, `<rPh sb="x" eb="1"><t>reading</t></rPh><t>a</t>`, "", "<x:t>a</x:t>", "<t>a</t >", "text<t>a</t>")
		s.WriteString(run)
		s.between()
		s.WriteString("</is>")
	}
	if s.pick(8) == 0 {
		formula()
		s.between()
	}
	switch {
	case kind == "inlineStr" && s.pick(30) > 0:
		item()
	default:
		value()
	}
	switch s.pick(60) {
	case 0:
		value()
	case 1:
		item()
	case 2:
		formula()
	case 3:
		s.WriteString("<extLst><ext><v>7</v></ext></extLst>")
	}
	s.between()
	s.WriteString("</" + tag + s.often("", " ", "\n") + ">")
}

func (s *anySheet) row(n int) {
	tag := s.often("row", "row", "x:row", "Row")
	s.WriteString("<" + tag)
	if s.pick(50) == 0 {
		s.WriteString(s.one(` x:r="3"`, ` xmlns:r="u"`, ` t="s"`, ` a='>'`, ` s=""`, ` a="b" c='d'`, ` xmlns="u"`))
	}
	if s.pick(60) > 0 {
		fmt.Fprintf(s, s.often(` r="%d"`, ` r='%d'`, "\nr=\"%d\"", ` r = "%d"`, ` r="0%d"`, ` r="+%d"`, ` r="-%d"`, ` r=" %d"`, ` r="%d.0"`, ` r="&#49;%d"`, ` r="%d" r="2"`), n)
	}
	s.WriteString(s.often("", ` spans="1:3"`, ` ht="12.5" hidden="1"`, ` s="x" customFormat="1"`, ` hidden="maybe"`, ` xml:space="preserve"`))
	if s.pick(15) == 0 {
		s.WriteString("/>")
		return
	}
	s.WriteString(">")
	column := 0
	for range s.pick(5) {
		s.between()
		switch column++; s.pick(25) {
		case 0:
			column += s.pick(30)
		case 1:
			column = max(1, column-2)
		}
		s.cell(column, max(n, 1))
	}
	s.between()
	s.WriteString("</" + tag + s.often("", " ") + ">")
}

func (s *anySheet) sheet() string {
	s.WriteString(s.often(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, "", "\ufeff"+`<?xml version='1.0'?>`, `<?xml version="1.0" encoding='utf-8'?>`, "\n"+`<?xml version="1.0" encoding="iso-8859-1"?>`,
		`<?xml version="1.0" `+strings.Repeat(" ", longestDeclaration)+` encoding="iso-8859-1"?>`, `<?xml version="1.0" encoding = "latin1"?>`, `<?mso a="b>"?>`, `<!-- a -->`, `<?xml version="1.1"?>`, `<?xml?>`))
	root := s.often("worksheet", "x:worksheet")
	s.WriteString("<" + root + s.often(` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, ` xmlns:x="u"`, ` a="b" c='d'`, "") + ">")
	s.between()
	s.WriteString(s.often(`<dimension ref="A1:C9"/>`, `<sheetViews><sheetView a=">"/></sheetViews>`, `<cols><col min="1" max="2"/></cols>`, `<sheetPr><row/></sheetPr>`, `<sheetData/>`, `<sheetPr>text</sheetPr>`, `<xdr:row>5</xdr:row>`, `<x:sheetData></x:sheetData>`, `<v>1</v><c r="A1"><v>7</v></c>`))
	data := s.often("sheetData", "sheetData", "x:sheetData")
	s.WriteString("<" + data + s.often("", " ", ` a="b"`) + ">")
	n := 0
	for range s.pick(9) {
		s.between()
		switch n++; s.pick(24) {
		case 0:
			n += s.pick(8)
		case 1:
			n--
		case 2:
			n = max(0, n-3)
		case 3:
			if s.pick(8) == 0 {
				n = []int{excelize.TotalRows, excelize.TotalRows + 1, 999_999_999, 1 << 40}[s.pick(4)]
			}
		}
		s.row(n)
	}
	s.between()
	s.WriteString("</" + data + s.often("", " ") + ">")
	s.between()
	s.WriteString(s.often(`<pageMargins left="1"/>`, `<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>`, `<hyperlinks><hyperlink ref="A1" display="it's"/></hyperlinks>`, `<sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData>`,
		`<row><c><v>late</v></c></row>`, `<controls><anchor><from><xdr:col>1</xdr:col><xdr:row>5</xdr:row></from></anchor></controls>`, `<rowBreaks/>`, "<!-- <row r=\"9\"> -->", `<x:row r="40"><c r="B40"><v>9</v></c></x:row>`, `<row`+"\n"+`r="12"/>`,
		"<a>"+strings.Repeat("long ", 20_000)+"</a><row/>", `<a b="`+strings.Repeat("x", 70_000)+`"/><row/>`))
	s.WriteString("</" + root + ">" + s.often("", "\n", "<row/>", "trailing", "</a>", "\x00", "<"))
	sheet := s.String()
	if s.pick(40) == 0 {
		sheet = sheet[:s.pick(len(sheet)+1)]
	}
	return sheet
}

// mostCompared bounds the rows that are compared: a row may say that it is the millionth.
const mostCompared = 600

// besideExcelize reads a sheet in both ways and says how many of its rows were plain.
func besideExcelize(t require.TestingT, book *excelize.File, text string) (rows, plain int) {
	if scanned(text, len(text)+1) != nil || declaredEncoding([]byte(text)) != "" {
		return 0, 0 // refused, or excelize's alone
	}
	book.Pkg.Store(sheetPart, []byte(text))
	rest := func() (*excelize.Rows, error) { return book.Rows("S") }
	alone := &sheet{}
	var err error
	alone.stored, err = rest()
	require.NoError(t, err)
	p := newPlainRows(io.NopCloser(strings.NewReader(text)), heldByExcelize{book})
	if p == nil {
		return 0, 0
	}
	both := &sheet{plain: p, rest: rest}
	for range mostCompared {
		want, wantErr := alone.next()
		got, err := both.next()
		require.Equal(t, wantErr == nil, err == nil, "row %d of %s: %v, %v", alone.line, text, wantErr, err)
		require.Equal(t, errors.Is(wantErr, io.EOF), errors.Is(err, io.EOF), text)
		if err != nil {
			break
		}
		require.Equal(t, want.line, got.line, text)
		require.Equal(t, append([]string{}, want.cells...), append([]string{}, got.cells...), "row %d of %s", want.line, text)
		if rows++; both.plain != nil {
			plain++
		}
	}
	require.Equal(t, alone.close(), both.close(), text)
	return rows, plain
}

func openBook(t testing.TB) *excelize.File {
	book, err := excelize.OpenFile(bookOf(t, sheetHead+headRow+sheetFoot))
	require.NoError(t, err)
	t.Cleanup(func() { _ = book.Close() })
	rows, err := book.Rows("S") // it reads what cells share
	require.NoError(t, err)
	require.True(t, rows.Next())
	_, err = rows.Columns()
	require.NoError(t, err)
	return book
}

func TestAnySheetReadsAsExcelizeReadsIt(t *testing.T) {
	book := openBook(t)
	rows, plain := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		s := &anySheet{pick: func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") }}
		r, p := besideExcelize(rt, book, s.sheet())
		rows, plain = rows+r, plain+p
	})
	t.Logf("%d rows, %d of them plain", rows, plain)
}

// picked chooses by bytes, and what is plain behind them.
func picked(choice []byte) func(n int) int {
	used := 0
	return func(n int) int {
		if used >= len(choice) {
			return 1 % n
		}
		c := int(choice[used])
		used++
		if n > 256 {
			c = c<<8 | int(choice[(used*7)%len(choice)])
		}
		return c % n
	}
}

// thrownIn puts something into a text at a place, instead of so many bytes.
func thrownIn(text, thrown string, at, instead uint16) string {
	from := min(int(at), len(text))
	return text[:from] + thrown + text[min(from+int(instead), len(text)):]
}

// FuzzPlainRows: a sheet by the grammar, something thrown in at any place.
func FuzzPlainRows(f *testing.F) {
	book := openBook(f)
	for n := range 40 {
		choice := make([]byte, 300)
		for i := range choice {
			choice[i] = byte((i*i*(n+3) + 7*i + n) % 251)
		}
		f.Add(choice, "", uint16(0), uint16(0))
		f.Add(choice, []string{"<", ">", `"`, "'", "&", "<!--", "]]>", "<row>", "</c>", "\r", " ", "=", "/", "?", "\ufeff"}[n%15], uint16(90+n*13), uint16(n%3))
	}
	for _, list := range [][]string{oddCells, unplainCells} {
		for _, cell := range list {
			f.Add([]byte{}, sheetHead+headRow+`<row r="2">`+fmt.Sprintf(cell, "A", 2)+`</row><row r="5"/>`+sheetFoot, uint16(0), uint16(1<<16-1))
		}
	}
	f.Fuzz(func(t *testing.T, choice []byte, thrown string, at, instead uint16) {
		if len(choice) > 4000 || len(thrown) > 100_000 {
			return
		}
		text := thrownIn((&anySheet{pick: picked(choice)}).sheet(), thrown, at, instead)
		besideExcelize(t, book, text)
	})
}

// besideExcelizeShared reads what cells share in both ways, and says of how many the text is
// held.
func besideExcelizeShared(t testing.TB, text string) (held int) {
	if scanned(text, len(text)+1) != nil || declaredEncoding([]byte(text)) != "" {
		return 0
	}
	h, err := readShared(strings.NewReader(text), len(text))
	if err != nil {
		return 0
	}
	const row = 12
	var cells strings.Builder
	for n := range row {
		fmt.Fprintf(&cells, `<c r="%c1" t="s"><v>%d</v></c>`, 'A'+n, n)
	}
	path := bookIn(t, sheetPart, `<worksheet><sheetData><row r="1">`+cells.String()+`</row></sheetData></worksheet>`, text)
	inFiles := excelize.Options{UnzipXMLSizeLimit: 1, UnzipSizeLimit: 1 << 30}
	options := []excelize.Options{inFiles}
	if h.usual && len(h.rich) == 0 {
		options = append(options, excelize.Options{}) // in memory
	}
	for _, o := range options {
		book, err := excelize.OpenFile(path, o)
		require.NoError(t, err)
		defer book.Close()
		rows, err := book.Rows("S")
		require.NoError(t, err)
		require.True(t, rows.Next())
		want, err := rows.Columns(excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.NoError(t, rows.Close())
		for n := range row {
			if got, is := h.add(nil, n); is {
				if o == inFiles {
					held++
				}
				if n >= len(want) {
					want = append(want, make([]string, n+1-len(want))...)
				}
				require.Equal(t, want[n], string(got), "%d of %s", n, text)
			}
		}
	}
	return held
}

func (s *anySheet) sharedTexts() string {
	s.WriteString(s.often(xmlHead, "", "\ufeff"+xmlHead, "\n"+`<?xml version="1.0" encoding="latin1"?>`, "<?a?>"))
	ours := ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	s.WriteString(s.often("<sst"+ours+` count="9" uniqueCount="7">`, "<sst>", "<sst"+ours+">", "<sst"+ours+` count="x">`, "<sst"+ours+` count="" uniqueCount=" 7 ">`, `<sst count="x">`, `<sst xmlns="u" uniqueCount="7">`, "<x:sst>", "<sst >", "<sst"+ours+` x:count="x">`))
	for range s.pick(9) {
		s.WriteString(s.often("", "\n", "\r\n", "text", "<!-- a -->", "<extLst/>", "<t>a</t>"))
		s.WriteString(s.often("<si>", `<si a="b">`, "<si >", "<x:si>"))
		s.WriteString(s.often("", "\n", "\r\n\t", "text", "<t>b</t>"))
		s.WriteString(s.often("<t>"+s.text()+"</t>", `<t xml:space="preserve"> `+s.text()+` </t>`, "<t/>", "", "<r><t>a</t></r><r><rPr><b/></rPr><t> b</t></r>", `<t>base</t><rPh sb="0" eb="1"><t>reading</t></rPh><phoneticPr fontId="1"/>`,
			`<rPh sb="x" eb="1"><t>reading</t></rPh><t>a</t>`, "<si><t>a</t></si>", "<x:t>a</x:t>", "<t>a</t >", "<t>a<b>c</b>d</t>", "<t>a</t><t>b</t>", "<r><rPr><sz val=\"x\"/></rPr><t>a</t></r>", "<t>a<t>b</t>c</t>"))
		s.WriteString(s.often("", "\n", "text", "<si/>", "\r\n"))
		s.WriteString(s.often("</si>", "</si >", "</x:si>"))
	}
	s.WriteString(s.often("</sst>", "</sst >", "</x:sst>", "</sst><si><t>late</t></si>", "<si/></sst>"))
	return s.String()
}

func TestAnySharedTextsReadAsExcelizeReadsThem(t *testing.T) {
	held := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := &anySheet{pick: func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") }}
		held += besideExcelizeShared(t, s.sharedTexts())
	})
	t.Logf("%d texts", held)
}

// FuzzPlainShared is FuzzPlainRows for what cells share.
func FuzzPlainShared(f *testing.F) {
	for n := range 20 {
		choice := make([]byte, 120)
		for i := range choice {
			choice[i] = byte((i*i*(n+3) + 7*i + n) % 251)
		}
		f.Add(choice, "", uint16(0), uint16(0))
		f.Add(choice, []string{"<", ">", `"`, "&", "<!--", "<si>", "</si>", "\r", "/", "_x0041_"}[n%10], uint16(70+n*7), uint16(n%3))
	}
	f.Fuzz(func(t *testing.T, choice []byte, thrown string, at, instead uint16) {
		if len(choice) > 1000 || len(thrown) > 10_000 {
			return
		}
		text := thrownIn((&anySheet{pick: picked(choice)}).sharedTexts(), thrown, at, instead)
		besideExcelizeShared(t, text)
	})
}
