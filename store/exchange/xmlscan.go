package exchange

// A look at a workbook's parts before excelize reads them: it takes the start of
// a part that breaks off for all of it, and unfolds whatever is nested or long.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Bounds of a part, far beyond what a spreadsheet writes.
const (
	mostNested     = 64
	longestXMLName = 200     // bytes
	longestXMLText = 1 << 20 // bytes between two tags, and of an attribute
	mostXMLCells   = 1 << 14 // cells of a row: the format's own limit
)

// xmlScan holds XML that goes by to its grammar: that tags match, that nothing
// stands there that XML does not know, that it ends. What it lets through, Go's
// encoding/xml reads to the end; it refuses document types, and names that are not
// ASCII, which workbooks do not have.
type xmlScan struct {
	state xmlState
	open  [][]byte                 // the names of the elements that are open
	kinds [mostNested]sheetElement // what they are
	name  []byte                   // of the tag or the entity being read
	quote byte
	run   int     // bytes of the text or the attribute's value so far
	cells int     // of the row being read
	last  [2]byte // the two bytes before, in text and in what ends with three
	tail  []byte  // of a character that the last piece cut in two
	// instruction is what stands behind "<?".
	instruction []byte
	sheet       *sheetScan // sees the elements; nil for nobody
	value       []byte     // of the attribute being read that it looks at
	kept        []byte     // the name of that; empty for one it does not look at
	err         error
}

type xmlState uint8

const (
	xmlText xmlState = iota
	xmlLess          // behind "<"
	xmlOpenName
	xmlInTag     // between attributes
	xmlAttribute // an attribute's name
	xmlBehindName
	xmlBehindEquals
	xmlValue
	xmlSlash // behind the "/" of an empty element
	xmlCloseName
	xmlBehindClose
	xmlBang // behind "<!"
	xmlComment
	xmlCDATA
	xmlInstruction
	xmlEntity // in a text; in a value quote is set
)

// Write implements io.Writer.
func (x *xmlScan) Write(b []byte) (int, error) {
	if x.err != nil {
		return 0, x.err
	}
	if x.err = x.checkCharacters(b); x.err != nil {
		return 0, x.err
	}
	for i := 0; i < len(b); i++ {
		if x.state == xmlText && plainText[b[i]] { // nearly everything
			from := i
			for i < len(b) && plainText[b[i]] {
				i++
			}
			if x.run += i - from; x.run > longestXMLText {
				x.err = errXMLLong
				return i, x.err
			}
			if x.sheet != nil {
				x.sheet.text(b[from:i])
			}
			x.last = [2]byte{}
			if i == len(b) {
				break
			}
		}
		if x.state == xmlText && b[i] == '<' {
			var length int
			if length, x.err = x.wholeTag(b[i:]); x.err != nil {
				return i, x.err
			}
			if length > 0 {
				i += length - 1
				continue
			}
		}
		if x.state == xmlValue && plainText[b[i]] && b[i] != x.quote {
			from := i
			for i < len(b) && plainText[b[i]] && b[i] != x.quote {
				i++
			}
			if x.run += i - from; x.run > longestXMLText {
				x.err = errXMLLong
				return i, x.err
			}
			if room := longestXMLName - len(x.value); len(x.kept) > 0 && room > 0 {
				x.value = append(x.value, b[from:min(i, from+room)]...)
			}
			if i == len(b) {
				break
			}
		}
		if x.err = x.take(b[i]); x.err != nil {
			return i, x.err
		}
	}
	return len(b), nil
}

// Close says whether the XML ended where it may.
func (x *xmlScan) Close() error {
	switch {
	case x.err != nil:
		return x.err
	case len(x.open) > 0:
		return fmt.Errorf("it breaks off within <%s>", x.open[len(x.open)-1])
	case x.state != xmlText || len(x.tail) > 0:
		return errors.New("it breaks off")
	}
	return nil
}

var (
	errXMLLong = errors.New("a text is longer than a cell can be")
	errXMLWide = errors.New("a row has more cells than a sheet has columns")
)

// plainText are the bytes of a text that mean nothing but themselves.
var plainText = func() (plain [256]bool) {
	for b := range plain {
		plain[b] = b >= ' ' || b == '\t' || b == '\n' || b == '\r'
	}
	for _, b := range []byte("<&]>") {
		plain[b] = false
	}
	return plain
}()

// eachByte is one in every byte.
const eachByte = 0x0101010101010101

// checkCharacters looks for what is no character of XML.
func (x *xmlScan) checkCharacters(b []byte) error {
	var all byte
	for at := 0; at < len(b); {
		if len(b)-at >= 8 { // eight at a time, of which none is below the blank or beyond ASCII
			if eight := binary.LittleEndian.Uint64(b[at:]); (eight|(eight-' '*eachByte))&(0x80*eachByte) == 0 {
				at += 8
				continue
			}
		}
		c := b[at]
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return fmt.Errorf("the character %#x stands in it", c)
		}
		all |= c
		at++
	}
	if all < utf8.RuneSelf && len(x.tail) == 0 {
		return nil
	}
	if len(x.tail) > 0 {
		b = append(x.tail, b...)
	}
	whole := len(b)
	for cut := 1; cut < utf8.UTFMax && cut <= len(b); cut++ { // the last character may go on in the next piece
		if c := b[len(b)-cut]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-cut:]) {
				whole = len(b) - cut
			}
			break
		}
	}
	if !utf8.Valid(b[:whole]) || bytes.Contains(b[:whole], []byte("\uFFFF")) || bytes.Contains(b[:whole], []byte("\uFFFE")) {
		return errors.New("it holds bytes that are no character")
	}
	x.tail = append(x.tail[:0], b[whole:]...)
	return nil
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (x *xmlScan) take(c byte) error {
	switch x.state {
	case xmlText:
		return x.text(c)
	case xmlLess, xmlOpenName, xmlInTag, xmlAttribute, xmlBehindName, xmlBehindEquals, xmlSlash, xmlCloseName, xmlBehindClose:
		return x.tag(c)
	case xmlValue:
		switch c {
		case x.quote:
			x.state, x.quote = xmlInTag, 0
			if len(x.kept) > 0 {
				x.sheet.attribute(x.kinds[len(x.open)-1], x.kept, x.value)
			}
		case '&':
			if len(x.kept) > 0 { // nobody writes the name of a cell so
				return errors.New("an & stands in the name of a cell")
			}
			x.state, x.name = xmlEntity, x.name[:0]
		case '<':
			return errors.New("a tag stands in an attribute")
		default:
			if len(x.kept) > 0 && len(x.value) < longestXMLName {
				x.value = append(x.value, c)
			}
			return x.longer()
		}
	case xmlEntity:
		return x.entity(c)
	case xmlBang:
		return x.bang(c)
	case xmlComment, xmlCDATA, xmlInstruction:
		return x.within(c)
	}
	return nil
}

func (x *xmlScan) longer() error {
	if x.run++; x.run > longestXMLText {
		return errXMLLong
	}
	return nil
}

func (x *xmlScan) text(c byte) error {
	switch {
	case c == '<':
		x.state, x.run, x.last = xmlLess, 0, [2]byte{}
		return nil
	case c == '&':
		x.state, x.name, x.last = xmlEntity, x.name[:0], [2]byte{}
		x.oddText()
		return nil
	case c == '>' && x.last == [2]byte{']', ']'}:
		return errors.New("]]> stands in a text")
	}
	x.last = [2]byte{x.last[1], c}
	if x.sheet != nil {
		x.sheet.text([]byte{c})
	}
	return x.longer()
}

// oddText says that a text is written with more than its characters.
func (x *xmlScan) oddText() {
	if x.sheet != nil {
		x.sheet.cell.odd = true
	}
}

// tag reads what stands between < and >.
func (x *xmlScan) tag(c byte) error {
	unexpected := func() error { return fmt.Errorf("%q stands in a tag", c) }
	switch x.state {
	case xmlLess:
		switch c {
		case '/':
			x.state, x.name = xmlCloseName, x.name[:0]
		case '!':
			x.state, x.name = xmlBang, x.name[:0]
		case '?':
			x.state, x.name, x.run, x.last = xmlInstruction, x.name[:0], 0, [2]byte{}
			x.instruction = x.instruction[:0]
		default:
			x.state, x.name = xmlOpenName, x.name[:0]
			return x.named(c)
		}
	case xmlOpenName:
		switch {
		case isXMLSpace(c):
			x.state = xmlInTag
		case c == '/':
			x.state = xmlSlash
		case c == '>':
			return x.enter()
		default:
			return x.named(c)
		}
		return x.push()
	case xmlInTag:
		switch {
		case isXMLSpace(c):
		case c == '/':
			x.state = xmlSlash
		case c == '>':
			x.state, x.run = xmlText, 0
		default:
			x.state, x.name = xmlAttribute, x.name[:0]
			return x.named(c)
		}
	case xmlAttribute, xmlBehindName:
		switch {
		case c == '=':
			x.state, x.kept = xmlBehindEquals, x.kept[:0]
			if x.sheet != nil && x.sheet.looksAt(x.kinds[len(x.open)-1], x.name) {
				x.kept, x.value = append(x.kept, x.name...), x.value[:0]
			}
			return x.goodName()
		case isXMLSpace(c):
			x.state = xmlBehindName
		case x.state == xmlBehindName:
			return unexpected()
		default:
			return x.named(c)
		}
	case xmlBehindEquals:
		switch {
		case isXMLSpace(c):
		case c == '"' || c == '\'':
			x.state, x.quote, x.run = xmlValue, c, 0
		default:
			return unexpected()
		}
	case xmlSlash:
		if c != '>' {
			return unexpected()
		}
		return x.leave(x.open[len(x.open)-1])
	case xmlCloseName:
		switch {
		case isXMLSpace(c):
			x.state = xmlBehindClose
		case c == '>':
			return x.leave(x.name)
		default:
			return x.named(c)
		}
	case xmlBehindClose:
		switch {
		case isXMLSpace(c):
		case c == '>':
			return x.leave(x.name)
		default:
			return unexpected()
		}
	}
	return nil
}

// named adds a letter to the name of a tag or an attribute.
func (x *xmlScan) named(c byte) error {
	letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':'
	if !letter && (len(x.name) == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '.')) {
		return fmt.Errorf("%q stands in a name", c)
	}
	if x.name = append(x.name, c); len(x.name) > longestXMLName {
		return errors.New("a name is too long")
	}
	return nil
}

func (x *xmlScan) goodName() error {
	if len(x.name) == 0 || bytes.Count(x.name, []byte(":")) > 1 {
		return fmt.Errorf("%q is no name", x.name)
	}
	return nil
}

func (x *xmlScan) push() error {
	if len(x.open) == mostNested {
		return errors.New("its elements are nested too deeply")
	}
	element := elementOf(x.name)
	if err := x.starts(element, x.name); err != nil {
		return err
	}
	x.opened(element, x.name)
	return x.goodName()
}

// starts sees an element begin, which may be empty.
func (x *xmlScan) starts(element sheetElement, name []byte) error {
	switch {
	case element == rowElement && len(name) == len("row"): // without a prefix
		x.cells = 0
	case element == cellElement && len(name) == len("c"):
		if x.cells++; x.cells > mostXMLCells {
			return errXMLWide
		}
	}
	if x.sheet != nil {
		x.sheet.start(element, len(x.open))
	}
	return nil
}

// opened adds an element to those that are open.
func (x *xmlScan) opened(element sheetElement, name []byte) {
	n := len(x.open)
	x.kinds[n] = element
	if n < cap(x.open) { // the room of a name that was open before
		x.open = x.open[:n+1]
		x.open[n] = append(x.open[n][:0], name...)
	} else {
		x.open = append(x.open, bytes.Clone(name))
	}
}

func (x *xmlScan) enter() error {
	x.state, x.run = xmlText, 0
	return x.push()
}

func (x *xmlScan) leave(name []byte) error {
	n := len(x.open)
	if n == 0 || !bytes.Equal(x.open[n-1], name) {
		return fmt.Errorf("</%s> closes nothing", name)
	}
	x.open, x.state, x.run = x.open[:n-1], xmlText, 0
	if x.sheet != nil {
		return x.sheet.end(x.kinds[n-1])
	}
	return nil
}

func (x *xmlScan) entity(c byte) error {
	if c != ';' {
		if x.name = append(x.name, c); len(x.name) > len("#1114111") {
			return errors.New("an & stands alone")
		}
		return nil
	}
	switch name := string(x.name); name {
	case "amp", "lt", "gt", "apos", "quot":
	default:
		if !xmlNumber(name) {
			return fmt.Errorf("&%s; is no character", name)
		}
	}
	x.state = xmlText
	if x.quote != 0 {
		x.state = xmlValue
	}
	return x.longer()
}

// xmlNumber reports whether an entity is a character by its number: #228 or #xE4.
func xmlNumber(name string) bool {
	if len(name) < 2 || name[0] != '#' {
		return false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	for _, c := range digits { // no sign, no underscore
		if !(c >= '0' && c <= '9' || base == 16 && (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
			return false
		}
	}
	n, err := strconv.ParseUint(digits, base, 32)
	switch {
	case err != nil:
		return false
	case n < ' ':
		return n == '\t' || n == '\n' || n == '\r'
	}
	return n <= 0xD7FF || n >= 0xE000 && n <= 0xFFFD || n >= 0x10000 && n <= utf8.MaxRune
}

// bang reads what stands behind "<!" until it is known what it is.
func (x *xmlScan) bang(c byte) error {
	x.name = append(x.name, c)
	switch {
	case string(x.name) == "--":
		x.state, x.last, x.run = xmlComment, [2]byte{}, 0
	case string(x.name) == "[CDATA[":
		x.state, x.last, x.run = xmlCDATA, [2]byte{}, 0
		x.oddText()
	case !bytes.HasPrefix([]byte("--"), x.name) && !bytes.HasPrefix([]byte("[CDATA["), x.name):
		return errors.New("it names a document type")
	}
	return nil
}

// within reads what ends with a mark of its own: a comment, CDATA, an instruction.
func (x *xmlScan) within(c byte) error {
	ended := false
	switch x.state {
	case xmlComment:
		if x.last == [2]byte{'-', '-'} {
			if c != '>' {
				return errors.New("-- stands in a comment")
			}
			ended = true
		}
	case xmlCDATA:
		ended = c == '>' && x.last == [2]byte{']', ']'}
	case xmlInstruction:
		if x.run == 0 { // what it is for
			if err := x.named(c); err != nil {
				return err
			}
		}
		x.instruction = append(x.instruction, c)
		if ended = c == '>' && x.last[1] == '?'; ended {
			if err := declares(x.instruction[:len(x.instruction)-len("?>")]); err != nil {
				return err
			}
		}
	}
	if ended {
		x.state, x.run, x.last = xmlText, 0, [2]byte{}
		return nil
	}
	x.last = [2]byte{x.last[1], c}
	return x.longer()
}
