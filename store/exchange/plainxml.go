package exchange

// The XML of plain sheets in tags, texts and attributes. xmlScan has held it to the grammar
// before, so what is looked for here is what would make it mean something else than it seems.

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// plainPiece bounds a text or a tag of a plain part, bytes: twice what a cell may hold is left
// to excelize.
const plainPiece = 64 << 10

// errNotPlain says that excelize has to go on.
var errNotPlain = errors.New("not plain")

// plainXML reads the XML of a part piece by piece.
type plainXML struct {
	in   *bufio.Reader
	text []byte // what has been kept of it
}

// besideTags is what may stand in front of a tag.
type besideTags uint8

const (
	onlyBlanks besideTags = iota
	keptText              // it is kept
	anyText               // it is passed over
)

// tag is the next tag without its brackets, good until the next is read. Comments, CDATA and a
// tag with both kinds of quotation marks are not plain: with one kind, an odd number of them
// says that the > stands in a value.
func (x *plainXML) tag(beside besideTags) ([]byte, error) {
	text, err := x.in.ReadSlice('<')
	if err != nil {
		return nil, notPlain(err)
	}
	text = text[:len(text)-1]
	switch beside {
	case onlyBlanks:
		if len(bytes.Trim(text, " \t\r\n")) > 0 && string(text) != "\ufeff" {
			return nil, errNotPlain
		}
	case keptText:
		if err := x.unescape(text); err != nil {
			return nil, err
		}
	}
	tag, err := x.in.ReadSlice('>')
	if err != nil {
		return nil, notPlain(err)
	}
	tag = tag[:len(tag)-1]
	double, single := bytes.Count(tag, []byte(`"`)), bytes.Count(tag, []byte(`'`))
	if len(tag) == 0 || tag[0] == '!' || double%2 != 0 || single%2 != 0 || double > 0 && single > 0 {
		return nil, errNotPlain
	}
	return tag, nil
}

// notPlain keeps errors of the archive. A part that ends where it should go on was whole
// when it was checked, so excelize may look.
func notPlain(err error) error {
	if err == io.EOF || err == bufio.ErrBufferFull {
		return errNotPlain
	}
	return err
}

// plainDeclaration is what may stand in front of a sheet: encoding/xml stops at another version,
// and reads another encoding wherever one is named.
var plainDeclaration = regexp.MustCompile(`^\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?i:utf-8)["'])?(?:\s+standalone=["'](?:yes|no)["'])?\s*\?$`)

// cellEscape is a character that XML has not, as spreadsheets write it in the text of a cell.
var cellEscape = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

// cellText takes the escapes out of the text that was kept from a place on, as excelize does.
func (x *plainXML) cellText(from int) {
	if !bytes.Contains(x.text[from:], []byte("_x")) {
		return
	}
	x.text = append(x.text[:from], cellEscape.ReplaceAllFunc(x.text[from:], func(escape []byte) []byte {
		c, err := strconv.ParseUint(string(escape[2:6]), 16, 16)
		if err != nil || utf16.IsSurrogate(rune(c)) {
			return nil
		}
		return utf8.AppendRune(nil, rune(c)) // an escaped _ is one of these
	})...)
}

// unescape keeps a text.
func (x *plainXML) unescape(piece []byte) error {
	if bytes.IndexByte(piece, '\r') >= 0 { // XML makes another sign of it
		return errNotPlain
	}
	for {
		at := bytes.IndexByte(piece, '&')
		if at < 0 {
			x.text = append(x.text, piece...)
			return nil
		}
		x.text = append(x.text, piece[:at]...)
		piece = piece[at+1:]
		end := bytes.IndexByte(piece, ';')
		if end < 0 {
			return errNotPlain
		}
		switch name := string(piece[:end]); {
		case name == "amp":
			x.text = append(x.text, '&')
		case name == "lt":
			x.text = append(x.text, '<')
		case name == "gt":
			x.text = append(x.text, '>')
		case name == "quot":
			x.text = append(x.text, '"')
		case name == "apos":
			x.text = append(x.text, '\'')
		case xmlNumber(name):
			digits, base := name[1:], 10
			if digits[0] == 'x' {
				digits, base = digits[1:], 16
			}
			n, _ := strconv.ParseUint(digits, base, 32)
			x.text = utf8.AppendRune(x.text, rune(n))
		default:
			return errNotPlain
		}
		piece = piece[end+1:]
	}
}

// named takes the name off a tag and says whether the element is empty.
func named(tag []byte) (name, rest []byte, empty bool) {
	if tag[len(tag)-1] == '/' && len(tag) > 1 {
		tag, empty = tag[:len(tag)-1], true
	}
	if at := bytes.IndexAny(tag, " \t\r\n"); at >= 0 {
		return tag[:at], tag[at:], empty
	}
	return tag, nil, empty
}

// attribute takes the first attribute off what stands in a tag behind its name; the name is
// empty where there is none left.
func attribute(rest []byte) (name, value, behind []byte, err error) {
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if len(rest) == 0 {
		return nil, nil, nil, nil
	}
	equals := bytes.IndexByte(rest, '=')
	if equals <= 0 || equals+1 >= len(rest) {
		return nil, nil, nil, errNotPlain
	}
	name, quote := rest[:equals], rest[equals+1]
	if quote != '"' && quote != '\'' || bytes.ContainsAny(name, " \t\r\n") {
		return nil, nil, nil, errNotPlain
	}
	rest = rest[equals+2:]
	end := bytes.IndexByte(rest, quote)
	if end < 0 {
		return nil, nil, nil, errNotPlain
	}
	return name, rest[:end], rest[end+1:], nil
}

// attributes are those of a row or a cell that matter: r, s and t.
func attributes(rest []byte) (r, s, t []byte, err error) {
	for {
		var name, value []byte
		if name, value, rest, err = attribute(rest); err != nil || len(name) == 0 {
			return r, s, t, err
		}
		var into *[]byte
		switch string(name) {
		case "r":
			into = &r
		case "s":
			into = &s
		case "t":
			into = &t
		default:
			if at := bytes.IndexByte(name, ':'); at >= 0 && len(name) == at+2 { // x:r is r as well
				return nil, nil, nil, errNotPlain
			}
			continue
		}
		if *into != nil || len(value) == 0 || bytes.IndexByte(value, '&') >= 0 {
			return nil, nil, nil, errNotPlain
		}
		*into = value
	}
}

// plainFormula looks at the attributes of a formula: excelize loses the value behind one in
// which it finds no yes, no or number where it wants one.
func plainFormula(rest []byte) error {
	for {
		name, value, behind, err := attribute(rest)
		if err != nil || len(name) == 0 {
			return err
		}
		rest = behind
		switch string(name) {
		case "t", "ref", "r1", "r2", "xml:space":
			continue
		case "si":
			if sheetNumber(value) >= 0 {
				continue
			}
			return errNotPlain
		}
		switch string(value) {
		case "0", "1", "false", "true":
			if bytes.IndexByte(name, ':') < 0 { // x:si is si as well
				continue
			}
		}
		return errNotPlain
	}
}

// sheetNumber is a whole number of up to nine digits, −1 for anything else.
func sheetNumber(b []byte) (n int) {
	if len(b) == 0 || len(b) > 9 {
		return -1
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// cellColumn is the column of a cell from 1 by its name, 0 for what is no plain one.
func cellColumn(name []byte) (n int) {
	letters := 0
	for letters < len(name) && letters < 3 && name[letters] >= 'A' && name[letters] <= 'Z' {
		n = 26*n + int(name[letters]-'A'+1)
		letters++
	}
	if row := sheetNumber(name[letters:]); row < 1 || row > excelize.TotalRows || n > excelize.MaxColumns {
		return 0
	}
	return n
}
