package exchange

// Cells, rows and shared texts that are written letter by letter as spreadsheets write nearly
// all, and lie whole in what has been unpacked. What is usual is plain, too: plainrows.go and
// plainshared.go read the same of it, only more slowly, and all that is not usual; so does the look
// at the grammar (xmlscan.go).

import (
	"bufio"
	"bytes"
	"encoding/binary"

	"github.com/xuri/excelize/v2"
)

// unpacked is what has been unpacked and not read.
func unpacked(in *bufio.Reader) []byte {
	b, _ := in.Peek(in.Buffered()) // no error: all of it is there
	return b
}

// passed goes on behind so many bytes of what has been unpacked.
func passed(in *bufio.Reader, bytes int) {
	_, _ = in.Discard(bytes) // no error: all of them are there
}

// usualCells reads the cells in front that are usual, and says whether they end the row.
func (p *plainRows) usualCells() (ended bool) {
	b, at := unpacked(p.in), 0
	for !ended {
		length := p.usualCell(b[at:])
		if length == 0 {
			if ended = bytes.HasPrefix(b[at:], []byte("</row>")); ended {
				at += len("</row>")
			}
			break
		}
		at += length
	}
	passed(p.in, at)
	return ended
}

// What stands in and around the text of a cell.
const (
	usualName    = `<c r="`
	usualStyle   = ` s="`
	usualKind    = ` t="`
	usualValue   = `<v>`
	valueEnd     = `</v></c>`
	usualInline  = `<is><t>`
	spacedInline = `<is><t xml:space="preserve">`
	inlineEnd    = `</t></is></c>`
	// longestUsual is at least as long as all that may stand in front of the text.
	longestUsual = 96
)

// usualCell is a cell as it is written.
type usualCell struct {
	column int // from 1
	kind   storedKind
	text   []byte
	length int // of all of it; 0 where it is not usual
}

// storedKind is what a cell holds.
type storedKind uint8

const (
	storedNumber storedKind = iota
	storedShared            // the number of a text
	storedInline            // a text
	storedString            // a text as its value
	storedOther
)

// usualCellOf is the cell that b begins with.
func usualCellOf(b []byte) (c usualCell) {
	if len(b) < longestUsual || string(b[:len(usualName)]) != usualName {
		return c
	}
	at := len(usualName)
	for letters := 0; b[at] >= 'A' && b[at] <= 'Z'; at++ {
		if letters++; letters > 3 {
			return c
		}
		c.column = 26*c.column + int(b[at]-'A'+1)
	}
	row, behind := usualNumber(b, at)
	if behind == 0 || b[behind] != '"' || row < 1 || row > excelize.TotalRows || c.column < 1 || c.column > excelize.MaxColumns {
		return c
	}
	at = behind + 1
	if string(b[at:at+len(usualStyle)]) == usualStyle {
		if _, behind = usualNumber(b, at+len(usualStyle)); behind == 0 || b[behind] != '"' {
			return c
		}
		at = behind + 1
	}
	if string(b[at:at+len(usualKind)]) == usualKind {
		at += len(usualKind)
		end := bytes.IndexByte(b[at:at+len(`inlineStr"`)], '"')
		if end < 0 {
			return c
		}
		switch string(b[at : at+end]) {
		case "n":
		case "s":
			c.kind = storedShared
		case "inlineStr":
			c.kind = storedInline
		case "str":
			c.kind = storedString
		case "b", "d", "e":
			c.kind = storedOther
		default:
			return c
		}
		at += end + 1
	}
	if string(b[at:at+len("/>")]) == "/>" {
		c.length = at + len("/>")
		return c
	}
	if b[at] != '>' {
		return c
	}
	at++
	end, inline := valueEnd, c.kind == storedInline
	switch {
	case !inline && string(b[at:at+len(usualValue)]) == usualValue:
		at += len(usualValue)
	case inline && string(b[at:at+len(usualInline)]) == usualInline:
		at, end = at+len(usualInline), inlineEnd
	case inline && string(b[at:at+len(spacedInline)]) == spacedInline:
		at, end = at+len(spacedInline), inlineEnd
	default:
		return c
	}
	c.text = usualText(b[at:], inline)
	if behind = at + len(c.text); len(b)-behind >= len(end) && string(b[behind:behind+len(end)]) == end {
		c.length = behind + len(end)
	}
	return c
}

// usualCell reads the cell that b begins with and gives its length, 0 where it is not usual:
// then nothing is read of it.
func (p *plainRows) usualCell(b []byte) (length int) {
	u := usualCellOf(b)
	if u.length == 0 || len(p.places) > 0 && u.column <= p.places[len(p.places)-1].column {
		return 0
	}
	if len(u.text) == 0 {
		return u.length
	}
	c := plainCell{column: u.column, from: len(p.text), number: u.kind == storedNumber}
	if u.kind != storedShared {
		p.text = append(p.text, u.text...)
	} else {
		n, found := sheetNumber(u.text), false
		if n < 0 || p.shared == nil {
			return 0
		}
		if p.text, found = p.shared.add(p.text, n); !found {
			return 0
		}
	}
	if c.to = len(p.text); c.to > c.from {
		p.places = append(p.places, c)
	}
	return u.length
}

// usualNumber is a whole number of up to nine digits at a place of b, and the place behind it; 0
// for anything else, and where b ends behind it.
func usualNumber(b []byte, at int) (n, behind int) {
	from := at
	for ; at < len(b) && at-from <= 9 && b[at] >= '0' && b[at] <= '9'; at++ {
		n = 10*n + int(b[at]-'0')
	}
	if at == from || at-from > 9 || at == len(b) {
		return 0, 0
	}
	return n, at
}

// textBytes are those that may mean something else than themselves in a text: always (2), or in
// the text of a cell (1). A ] may be of what must not stand in one.
var textBytes = [256]uint8{'<': 2, '&': 2, '\r': 2, ']': 2, '_': 1}

// usualText is the start of b up to what means something else than itself; ofCell for the text of
// a cell, not a value.
func usualText(b []byte, ofCell bool) []byte {
	for at, c := range b {
		if is := textBytes[c]; is == 2 || is == 1 && ofCell && (at+1 == len(b) || b[at+1] == 'x') {
			return b[:at]
		}
	}
	return b
}

// usualRow reads the tag of a row behind the last, and says whether it is usual; nothing is read
// of any other.
func (p *plainRows) usualRow() bool {
	const start, spans = `<row r="`, ` spans="`
	b := unpacked(p.in)
	if len(b) < longestUsual || string(b[:len(start)]) != start {
		return false
	}
	n, at := usualNumber(b, len(start))
	if at == 0 || b[at] != '"' || n <= p.row || n > excelize.TotalRows {
		return false
	}
	if at++; string(b[at:at+len(spans)]) == spans {
		for at += len(spans); at < longestUsual-2 && (b[at] >= '0' && b[at] <= '9' || b[at] == ':'); at++ {
			continue
		}
		if b[at] != '"' {
			return false
		}
		at++
	}
	if b[at] != '>' {
		return false
	}
	p.ahead, p.empty = n, false
	passed(p.in, at+1)
	return true
}

// usualItems reads the shared texts in front that are usual.
func (h *heldHere) usualItems(x *plainXML) {
	const start, end = "<si><t>", "</t></si>"
	b, at := unpacked(x.in), 0
	for bytes.HasPrefix(b[at:], []byte(start)) {
		text := usualText(b[at+len(start):], true)
		behind := at + len(start) + len(text)
		if !bytes.HasPrefix(b[behind:], []byte(end)) {
			break
		}
		x.text = append(x.text, text...)
		h.ends = append(h.ends, uint32(len(x.text)))
		at = behind + len(end)
	}
	passed(x.in, at)
}

// printable reports whether a text is of ASCII's printable characters alone.
func printable(text []byte) bool {
	for ; len(text) >= 8; text = text[8:] {
		eight := binary.LittleEndian.Uint64(text)
		if (eight|(eight+eachByte)|(eight-' '*eachByte))&(0x80*eachByte) != 0 {
			return false
		}
	}
	for _, c := range text {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
