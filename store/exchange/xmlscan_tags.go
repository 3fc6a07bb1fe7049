package exchange

// Tags that lie whole in what is looked at, which nearly all do, are taken at once: letter by
// letter (xmlscan.go) the grammar would take longer than all else that is done with a workbook.

// wholeTag takes the tag that b begins with, and gives its length; 0 for one that is to be taken
// letter by letter, since it goes on in the next piece or is not written as nearly all are. Then
// nothing has been taken of it. That its characters are XML's has been checked.
func (x *xmlScan) wholeTag(b []byte) (length int, err error) {
	if len(b) > 1 && b[1] == '/' {
		return x.wholeClose(b)
	}
	if length, err := x.wholeCell(b); length > 0 || err != nil {
		return length, err
	}
	at := 1
	for at < len(b) && tagBytes[b[at]]&inName != 0 {
		at++
	}
	if at == len(b) || at-1 > longestXMLName || tagBytes[b[1]]&beginsName == 0 || len(x.open) == mostNested {
		return 0, nil
	}
	name := b[1:at]
	element := elementOf(name)
	var told [2]toldAttribute
	many := 0
	for b[at] != '>' && b[at] != '/' {
		from := at
		for at < len(b) && tagBytes[b[at]]&isBlank != 0 {
			at++
		}
		if at == from || at == len(b) {
			return 0, nil
		}
		if b[at] == '>' || b[at] == '/' {
			break
		}
		a, behind := wholeAttribute(b, at)
		if behind == 0 || behind == len(b) {
			return 0, nil
		}
		at = behind
		if x.sheet == nil || !x.sheet.looksAt(element, a.name) {
			continue
		}
		if many == len(told) || len(a.value) > longestXMLName {
			return 0, nil
		}
		told[many] = a
		many++
	}
	empty := b[at] == '/'
	if empty {
		if at++; at == len(b) || b[at] != '>' {
			return 0, nil
		}
	}
	x.run, x.last = 0, [2]byte{}
	if err := x.starts(element, name); err != nil {
		return 0, err
	}
	for _, a := range told[:many] {
		x.sheet.attribute(element, a.name, a.value)
	}
	switch {
	case !empty:
		x.opened(element, name)
	case x.sheet != nil:
		return at + 1, x.sheet.end(element)
	}
	return at + 1, nil
}

// wholeCell takes a cell that is written as nearly all are (plainusual.go), and gives its length; 0
// for anything else.
func (x *xmlScan) wholeCell(b []byte) (length int, err error) {
	const within = 2 // elements that are open at most in a cell
	if x.sheet == nil || !x.sheet.within || len(x.open)+within >= mostNested {
		return 0, nil
	}
	c := usualCellOf(b)
	if c.length == 0 || len(c.text) > longestXMLText || c.kind == storedShared && len(c.text) > 0 && sheetNumber(c.text) < 0 {
		return 0, nil
	}
	if err := x.starts(cellElement, []byte("c")); err != nil {
		return 0, err
	}
	x.run, x.last = 0, [2]byte{}
	return c.length, x.sheet.usualCell(c)
}

// wholeClose is wholeTag for one that closes an element.
func (x *xmlScan) wholeClose(b []byte) (length int, err error) {
	n := len(x.open)
	if n == 0 {
		return 0, nil
	}
	name := x.open[n-1]
	end := len("</") + len(name)
	if end >= len(b) || b[end] != '>' || string(b[len("</"):end]) != string(name) {
		return 0, nil
	}
	x.last = [2]byte{}
	return end + 1, x.leave(name)
}

// toldAttribute is an attribute that the sheet's scan wants to know.
type toldAttribute struct{ name, value []byte }

// wholeAttribute is the attribute that begins at a place, and the place behind it; 0 where it is
// to be taken letter by letter.
func wholeAttribute(b []byte, at int) (a toldAttribute, behind int) {
	from, colons := at, 0
	for at < len(b) && tagBytes[b[at]]&(inName|isColon) != 0 {
		if b[at] == ':' {
			colons++
		}
		at++
	}
	if at+1 >= len(b) || tagBytes[b[from]]&beginsName == 0 || colons > 1 || at-from > longestXMLName || b[at] != '=' {
		return a, 0
	}
	a.name = b[from:at]
	quote := b[at+1]
	if quote != '"' && quote != '\'' {
		return a, 0
	}
	from = at + 2
	for at = from; at < len(b) && b[at] != quote; at++ {
		if tagBytes[b[at]]&notInValue != 0 {
			return a, 0
		}
	}
	if at == len(b) || at-from > longestXMLText {
		return a, 0
	}
	a.value = b[from:at]
	return a, at + 1
}

// What a byte may be in a tag.
const (
	beginsName = 1 << iota
	inName
	isColon
	isBlank
	notInValue
)

var tagBytes = func() (is [256]uint8) {
	for c := range is {
		b := byte(c)
		switch {
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_':
			is[c] = beginsName | inName
		case b >= '0' && b <= '9' || b == '-' || b == '.':
			is[c] = inName
		case b == ':':
			is[c] = isColon
		case isXMLSpace(b):
			is[c] = isBlank
		case b == '<' || b == '&':
			is[c] = notInValue
		}
	}
	return is
}()
