package exchange

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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

func readThrough(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
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
}

var xmlBroken = []string{
	"<a>", "<a", "<a b", "<a><b></a>", "</a>", "<a>\x0b</a>", "<a>&</a>", "<a>&nbsp;</a>", "<a>&#11;</a>", "<a>&#x110000;</a>", "<a b=c/>", "<a b/>",
	"<a b='<'/>", "<a>]]></a>", "<a>\xe4</a>", "<a>\uffff</a>", "<a><!-- -- --></a>", "<a><![CDATA[</a>", "<1/>", "<a:b:c/>", "<?xml version='1.0'", "<a></a>\x00", "<a>ä</a", "<a>\xc3",
	"<a>" + strings.Repeat("<b>", mostNested) + strings.Repeat("</b>", mostNested) + "</a>", "<a>" + strings.Repeat("x", longestXMLText+1) + "</a>",
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
