package exchange

// The rows of a sheet whose XML is as spreadsheets write it, read without encoding/xml, in
// which excelize spends nearly all its time. What is anything but plain (rich text, a
// comment, cells out of their order, another encoding) is left to excelize from that row on,
// and the grammar has been checked before: this decides nothing that excelize does not.

import (
	"bufio"
	"bytes"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// plainRows reads the rows of a sheet one by one.
type plainRows struct {
	plainXML // its text is that of the row
	part     io.Closer
	shared   sharedTexts
	// row is the number of the last row read, ahead that of the one whose tag has been read
	// (0: none), after gaps.
	row, ahead int
	empty      bool // that row has no cells
	ended      bool
	room       []string // for the cells of some rows
	places     []plainCell
}

// plainCell is a cell of the row being read, by where its text lies in that of the row.
type plainCell struct {
	column, from, to int
	number           bool
}

// newPlainRows begins to read the part of a sheet; nil, and the part closed, where that has
// to be excelize.
func newPlainRows(part io.ReadCloser, shared sharedTexts) *plainRows {
	p := &plainRows{plainXML: plainXML{in: bufio.NewReaderSize(part, plainPiece)}, part: part, shared: shared}
	if p.begin() != nil {
		_ = part.Close()
		return nil
	}
	return p
}

func (p *plainRows) close() error { return p.part.Close() }

// begin reads up to the first row.
func (p *plainRows) begin() error {
	for first := true; ; first = false {
		tag, err := p.tag(onlyBlanks)
		if err != nil {
			return err
		}
		if tag[0] == '?' {
			if !first || !plainDeclaration.Match(tag) {
				return errNotPlain
			}
			continue
		}
		name, _, empty := named(tag)
		switch string(name) {
		case "sheetData":
			if !empty {
				return p.nextRow()
			}
			return errNotPlain
		case "row", "/sheetData":
			return errNotPlain
		}
		if _, local, prefixed := bytes.Cut(name, []byte(":")); prefixed && (string(local) == "row" || string(local) == "sheetData") {
			return errNotPlain
		}
	}
}

// nextRow reads the tag of the next row.
func (p *plainRows) nextRow() error {
	if p.usualRow() {
		return nil
	}
	tag, err := p.tag(onlyBlanks)
	if err != nil {
		return err
	}
	name, rest, empty := named(tag)
	switch string(name) {
	case "/sheetData":
		p.ended = true
		return nil
	case "row":
		r, _, _, err := attributes(rest)
		if err != nil {
			return err
		}
		n := sheetNumber(r)
		if n <= p.row || n > excelize.TotalRows {
			return errNotPlain
		}
		p.ahead, p.empty = n, empty
		return nil
	}
	return errNotPlain
}

// next gives the cells of the next row as they are stored, io.EOF behind the last, and
// errNotPlain where excelize has to read this row and those after it.
func (p *plainRows) next() ([]string, error) {
	switch {
	case p.ended:
		return nil, p.behind()
	case p.row+1 < p.ahead:
		p.row++
		return nil, nil
	}
	p.places, p.text = p.places[:0], p.text[:0]
	for !p.empty && !p.usualCells() {
		tag, err := p.tag(onlyBlanks)
		if err != nil {
			return nil, err
		}
		name, rest, empty := named(tag)
		if string(name) == "/row" {
			break
		}
		if string(name) != "c" {
			return nil, errNotPlain
		}
		if err := p.cell(rest, empty); err != nil {
			return nil, err
		}
	}
	cells, all := p.cellsOfRow(), string(p.text)
	for _, c := range p.places {
		cells[c.column-1] = all[c.from:c.to]
	}
	p.row = p.ahead
	// To excelize a row that has no number, or not the next, may belong to this one.
	if err := p.nextRow(); err != nil {
		return nil, err
	}
	return cells, nil
}

// cellsOfRow are empty cells up to the last of the row that has been read.
func (p *plainRows) cellsOfRow() []string {
	if len(p.places) == 0 {
		return []string{}
	}
	many := p.places[len(p.places)-1].column
	if len(p.room) < many {
		p.room = make([]string, min(aheadRows*many, excelize.MaxColumns))
	}
	cells := p.room[:many:many]
	p.room = p.room[many:]
	return cells
}

// holdsNumber reports whether a cell of the row that next gave last is no text.
func (p *plainRows) holdsNumber(column int) bool {
	i, found := slices.BinarySearchFunc(p.places, column+1, func(c plainCell, column int) int { return c.column - column })
	return found && p.places[i].number
}

// behind reads what stands behind the rows, to the checksum at the end of the part: to excelize
// a row is one wherever it stands. It gives io.EOF where there is none.
func (p *plainRows) behind() error {
	for {
		if _, err := p.in.ReadSlice('<'); err == bufio.ErrBufferFull {
			continue
		} else if err != nil {
			return err
		}
		name, err := p.in.Peek(longestXMLName)
		if err != nil && err != io.EOF {
			return err
		}
		if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
			name = name[:end]
		}
		if string(name[bytes.IndexByte(name, ':')+1:]) == "row" {
			return errNotPlain
		}
	}
}

// cell reads a cell whose tag has been read.
func (p *plainRows) cell(rest []byte, empty bool) error {
	r, s, t, err := attributes(rest)
	if err != nil {
		return err
	}
	column := cellColumn(r)
	if column == 0 || s != nil && sheetNumber(s) < 0 || len(p.places) > 0 && column <= p.places[len(p.places)-1].column {
		return errNotPlain
	}
	kind, number := byte('n'), len(t) == 0 || string(t) == "n"
	switch string(t) {
	case "s":
		kind = 's'
	case "inlineStr":
		kind = 'i'
	case "", "n", "b", "d", "e", "str":
	default:
		return errNotPlain
	}
	c := plainCell{column, len(p.text), len(p.text), number}
	formula, value := false, false
	for !empty {
		tag, err := p.tag(onlyBlanks)
		if err != nil {
			return err
		}
		name, rest, none := named(tag)
		var last string // the tag behind the text
		switch string(name) {
		case "/c":
			empty = true
			continue
		case "f":
			if formula || plainFormula(rest) != nil {
				return errNotPlain
			}
			formula, last = true, "/f"
		case "v":
			if value || kind == 'i' {
				return errNotPlain
			}
			value, last = true, "/v"
		case "is":
			if value || none || kind != 'i' {
				return errNotPlain
			}
			if tag, err = p.tag(onlyBlanks); err != nil {
				return err
			}
			if name, _, none = named(tag); string(name) != "t" {
				return errNotPlain
			}
			value, last = true, "/t"
		default:
			return errNotPlain
		}
		at := len(p.text)
		if !none {
			if tag, err = p.tag(keptText); err != nil {
				return err
			}
			if string(tag) != last {
				return errNotPlain
			}
		}
		if last == "/f" {
			p.text = p.text[:at]
			continue
		}
		c.from, c.to = at, len(p.text)
		if last == "/t" {
			if tag, err = p.tag(onlyBlanks); err != nil {
				return err
			}
			if string(tag) != "/is" {
				return errNotPlain
			}
			p.cellText(c.from)
			c.to = len(p.text)
		}
	}
	if kind == 's' && c.to > c.from {
		n, found := sheetNumber(p.text[c.from:c.to]), false
		if n < 0 || p.shared == nil {
			return errNotPlain
		}
		if p.text, found = p.shared.add(p.text[:c.from], n); !found {
			return errNotPlain
		}
		c.to = len(p.text)
	}
	if formula || c.to > c.from {
		p.places = append(p.places, c)
	}
	return nil
}
