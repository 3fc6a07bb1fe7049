package exchange

// What a look at the XML of a workbook finds that excelize does not tell, element by element:
// cells that are merged, formulas without a stored value, texts that cells share and that are
// not there, rows and cells that stand twice or out of their order.

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetScan sees the elements of the sheets of a workbook, and of the texts they share.
type sheetScan struct {
	merges, formulas int
	disordered       bool // rows do not stand in their order
	texts, asked     int  // how many there are that cells share, and how many there must be
	likeNumbers      bool // texts that look as numbers do that Java writes

	within      bool // the rows of a sheet
	sharedPart  bool // the part is that of the texts
	row, column int  // of the row and the cell being read: one further, unless they say another
	last        int  // row
	rows        [excelize.TotalRows/64 + 1]uint64
	before      int // the column of the cell before
	cell        sheetCell
}

// sheetCell is what has been seen of a cell.
type sheetCell struct {
	formula, filled, shares bool
	text                    bool   // what it holds, and does not share, is one
	reads                   bool   // its value is being read
	value                   []byte // the start of it
	odd                     bool   // it is written with entities or CDATA
}

// longestIndex is how much is looked at of a value that is the number of a text, bytes.
const longestIndex = 24

var (
	errSharedNumber  = errors.New("a cell asks for the text of a number that is none")
	errSharedMissing = errors.New("cells share texts that are not in " + sharedPart)
)

// begin turns to another part.
func (s *sheetScan) begin(sharedPart bool) {
	s.within, s.sharedPart, s.row, s.last = false, sharedPart, 0, 0
	s.cell = sheetCell{value: s.cell.value[:0]}
	clear(s.rows[:])
}

// localName is the name of an element or an attribute without its prefix.
func localName(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

// sheetElement is an element by its name.
type sheetElement uint8

const (
	otherElement sheetElement = iota
	dataElement               // sheetData
	rowElement
	cellElement    // c
	formulaElement // f
	valueElement   // v, and t
	itemElement    // si
	mergeElement   // mergeCell
)

// elementOf is what an element is by its name, whatever its prefix.
func elementOf(name []byte) sheetElement {
	switch string(localName(name)) {
	case "c":
		return cellElement
	case "v", "t":
		return valueElement
	case "f":
		return formulaElement
	case "row":
		return rowElement
	case "si":
		return itemElement
	case "mergeCell":
		return mergeElement
	case "sheetData":
		return dataElement
	}
	return otherElement
}

// start sees an element begin in so many others.
func (s *sheetScan) start(element sheetElement, depth int) {
	s.cell.reads = false
	switch element {
	case dataElement:
		s.within = true
	case mergeElement:
		s.merges++
	case itemElement:
		if s.sharedPart && depth == 1 {
			s.texts++
		}
	case rowElement:
		s.row, s.column, s.before = s.last+1, 0, 0
	case cellElement:
		s.column++
		s.cell = sheetCell{value: s.cell.value[:0]}
	case formulaElement:
		s.cell.formula = true
	case valueElement:
		s.cell.reads, s.cell.odd, s.cell.value = s.within || s.sharedPart, false, s.cell.value[:0]
	}
}

// looksAt reports whether an attribute of an element is one to be told.
func (s *sheetScan) looksAt(element sheetElement, name []byte) bool {
	if !s.within || element != rowElement && element != cellElement {
		return false
	}
	name = localName(name)
	return len(name) == 1 && (name[0] == 'r' || name[0] == 't' && element == cellElement)
}

// attribute sees one of a row or a cell.
func (s *sheetScan) attribute(element sheetElement, name, value []byte) {
	switch {
	case element == rowElement:
		if n, err := strconv.Atoi(string(value)); err == nil && n > 0 {
			s.row = n
		}
	case localName(name)[0] == 't':
		s.cell.shares, s.cell.text = string(value) == "s", string(value) == "str" || string(value) == "inlineStr"
	default:
		n := cellColumn(value)
		if n == 0 {
			n, _, _ = excelize.CellNameToCoordinates(string(value)) // or an error, which is told when it is read
		}
		if n > 0 {
			s.column = n
		}
	}
}

// text sees some of the text of an element.
func (s *sheetScan) text(b []byte) {
	if s.cell.reads && len(s.cell.value) < longestIndex {
		s.cell.value = append(s.cell.value, b[:min(len(b), longestIndex-len(s.cell.value))]...)
	}
}

// end sees an element end.
func (s *sheetScan) end(element sheetElement) error {
	switch element {
	case dataElement:
		s.within = false
	case valueElement:
		if s.cell.reads && (s.sharedPart || s.cell.text) {
			s.like()
		}
		if s.cell.reads && (s.cell.odd || len(s.cell.value) > 0) {
			s.cell.filled = true
			return s.share()
		}
		s.cell.reads = false
	case cellElement:
		if s.within {
			return s.endCell()
		}
	case rowElement:
		if s.within {
			return s.endRow()
		}
	}
	return nil
}

// like sees whether a text looks as numbers do that Java writes.
func (s *sheetScan) like() {
	if value := s.cell.value; mayBeJava(string(value)) && withoutJava(string(value)) != string(value) {
		s.likeNumbers = true
	}
}

// usualCell sees all of a cell whose start has been seen.
func (s *sheetScan) usualCell(c usualCell) error {
	s.column = c.column
	s.cell.shares, s.cell.text = c.kind == storedShared, c.kind == storedInline || c.kind == storedString
	if len(c.text) > 0 {
		s.cell.value = append(s.cell.value, c.text[:min(len(c.text), longestIndex)]...)
		if s.cell.text {
			s.like()
		}
		s.cell.filled = true
		if err := s.share(); err != nil {
			return err
		}
	}
	return s.endCell()
}

// share sees which text a cell shares.
func (s *sheetScan) share() error {
	s.cell.reads = false
	if !s.cell.shares || s.cell.odd {
		return nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(s.cell.value)))
	if err != nil || n < 0 {
		return errSharedNumber // excelize would take the first
	}
	s.asked = max(s.asked, n+1)
	return nil
}

func (s *sheetScan) endCell() error {
	if s.cell.formula && !s.cell.filled {
		s.formulas++
	}
	if s.column <= s.before { // excelize would put it one further on than the last
		name, _ := excelize.ColumnNumberToName(s.column)
		return fmt.Errorf("the cell %s%d stands behind one further right, or twice", name, s.row)
	}
	s.before = s.column
	return nil
}

func (s *sheetScan) endRow() error {
	if s.row > excelize.TotalRows { // told when it is read
		return nil
	}
	word, bit := s.row/64, uint64(1)<<(s.row%64)
	if s.rows[word]&bit != 0 {
		return fmt.Errorf("the row %d stands in it twice", s.row)
	}
	s.rows[word] |= bit
	s.disordered = s.disordered || s.row < s.last
	s.last = s.row
	return nil
}
