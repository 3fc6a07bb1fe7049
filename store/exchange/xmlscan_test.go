package exchange

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/htmlindex"
	"pgregory.net/rapid"
)

// scanned looks through a text in pieces of a size.
func scanned(text string, piece int) error {
	var x xmlScan
	for len(text) > 0 {
		n := min(piece, len(text))
		if _, err := x.Write([]byte(text[:n])); err != nil {
			return err
		}
		text = text[n:]
	}
	return x.Close()
}

// seen is what the look at a sheet, or at the texts that cells share, finds in a text that is
// written to it in pieces of a size.
func seen(text string, piece int, shared bool) (found sheetScan, err error) {
	found.begin(shared)
	x := xmlScan{sheet: &found}
	for from := 0; from < len(text) && err == nil; from += piece {
		_, err = x.Write([]byte(text[from:min(from+piece, len(text))]))
	}
	if err == nil {
		err = x.Close()
	}
	return found, err
}

func sameSeen(a, b *sheetScan) bool {
	one, other := *a, *b
	one.rows, other.rows = [len(a.rows)]uint64{}, [len(b.rows)]uint64{} // too many to be looked at one by one
	return a.rows == b.rows && reflect.DeepEqual(one, other)
}

// sameInLetters holds what is seen of a text, whose tags are taken whole, to what is seen of it
// letter by letter.
func sameInLetters(t require.TestingT, text string) {
	for _, shared := range []bool{false, true} {
		want, wantErr := seen(text, 1, shared)
		for _, piece := range []int{11, len(text) + 1} {
			got, err := seen(text, piece, shared)
			require.Equal(t, wantErr == nil, err == nil, "%v, %v: %.2000s", wantErr, err, text)
			if err == nil {
				require.True(t, sameSeen(&want, &got), "row %d, column %d; row %d, column %d of %.2000s", want.row, want.column, got.row, got.column, text)
			}
		}
	}
}

func TestTagsTakenWholeAreSeenAsLetterByLetter(t *testing.T) {
	for _, list := range [][]string{xmlSound, xmlBroken, {
		`<a b="1"c="2"/>`, `<a b="x"/ >`, `<a :b="1"/>`, `<a b:c="1" b:c:d="2"/>`, `<a b = "1"/>`, `<a b="1" b="2"></a>`, "<a\tb='\"'\n/>", `<a/b>`, `<a b/>`, `<a>]]</a>>`, `<a>]]<b/>></a>`, `<a>]]<b></b>></a>`,
		`<sheetData><row r="7"><c r="B7" t="s" t="str" r="C7"><v>5.0</v></c><c x:r="D7" x:t="s"><v>1</v></c><c r="E7"/></row><x:row r="9"/><row r="&#56;"/></sheetData>`,
		`<sheetData><row r="1"><c r="A1" t="s" t="s" t="s"><v>3</v></c><c r="` + strings.Repeat("B", 300) + `1"><f/></c></row></sheetData>`,
		`<sheetData><row r="2"/><row r="2"/></sheetData>`, `<sheetData><row><c r="B1"/><c r="A1"/></row></sheetData>`, `<sheetData><row><c t="s"><v>x</v></c></row></sheetData>`,
		`<sst><si><t>5.0</t></si><si/><x:si><t/></x:si><a><si/></a></sst>`,
	}} {
		for _, text := range list {
			sameInLetters(t, text)
		}
	}
}

func TestAnySheetIsSeenAsLetterByLetter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") }
		sameInLetters(rt, (&anySheet{pick: pick}).sheet())
		sameInLetters(rt, (&anySheet{pick: pick}).sharedTexts())
	})
}

func readThrough(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		known, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return known.NewDecoder().Reader(in), nil
	}
	for {
		if _, err := d.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

var xmlSound = []string{
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`,
	"\uFEFF<a><b x='1 > 0' y = \"&lt;&#228;&#xE4;\"/>ä &amp; ]] > \r\n<!-- - -> --><![CDATA[ <&]] ]]></a>\n",
	`<x:a xmlns:x="u"><x:b ></x:b ></x:a >`,
	"\n<?xml version='1.0' encoding=\"iso-8859-1\"?><a><?xmlx version='2'?><?xml?><?xml version=\"1.0\" encoding='UTF-8' ?></a>",
}

var xmlBroken = []string{
	"<a>", "<a", "<a b", "<a><b></a>", "</a>", "<a>\x0b</a>", "<a>&</a>", "<a>&nbsp;</a>", "<a>&#11;</a>", "<a>&#x110000;</a>", "<a b=c/>", "<a b/>",
	"<a b='<'/>", "<a>]]></a>", "<a>\xe4</a>", "<a>\uffff</a>", "<a><!-- -- --></a>", "<a><![CDATA[</a>", "<1/>", "<a:b:c/>", "<?xml version='1.0'", "<a></a>\x00", "<a>ä</a", "<a>\xc3",
	"<a>" + strings.Repeat("<b>", mostNested) + strings.Repeat("</b>", mostNested) + "</a>", "<a>" + strings.Repeat("x", longestXMLText+1) + "</a>",
	`<?xml version="1.1"?><a/>`, `<a><?xml version="0"?></a>`, "<a><?xml\tencoding='nobody knows'?></a>", "\n<?xml encoding='utf-16'?><a/>", "<a><?xml version='1.0' encoding='gbk' ?></a>", `<?xml?version="2"?>`,
	"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
}

func TestPartsAreHeldToTheGrammarOfXML(t *testing.T) {
	for _, piece := range []int{1, 3, 1 << 20} {
		for _, text := range xmlSound {
			require.NoError(t, scanned(text, piece), "%.80s", text)
		}
		for _, text := range xmlBroken {
			require.Error(t, scanned(text, piece), "%.80s", text)
		}
	}
}

// What is let through is read to its end: nothing of a sheet goes missing unseen.
func FuzzPartsLetThroughAreReadToTheEnd(f *testing.F) {
	for _, text := range append(append([]string{}, xmlSound...), xmlBroken...) {
		if len(text) < 1000 {
			f.Add(text, uint8(7))
		}
	}
	f.Fuzz(func(t *testing.T, text string, piece uint8) {
		err := scanned(text, int(piece)+1)
		require.Equal(t, err == nil, scanned(text, len(text)+1) == nil, "in pieces and at once")
		sameInLetters(t, text)
		if err == nil && declaredEncoding([]byte(text)) == "" {
			require.NoError(t, readThrough(text))
		}
	})
}

// A row of more cells than the format knows is met before anything is unfolded; rows that
// have as many as it knows pass, one after the other.
func TestARowOfTooManyCellsIsMetAtOnce(t *testing.T) {
	scan := func(cells int) error {
		var x xmlScan
		row := "<row>" + strings.Repeat("<c/>", cells) + "</row>"
		_, err := x.Write([]byte("<sheet>" + row + row))
		return err
	}
	require.NoError(t, scan(mostXMLCells))
	require.ErrorIs(t, scan(mostXMLCells+1), errXMLWide)
}
