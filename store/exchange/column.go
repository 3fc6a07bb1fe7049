package exchange

// What a column is: how its text becomes a field, how the field becomes a cell
// again, and how it is carried from one record to another. Import, export,
// templates and merging all read the same definitions (see tables.go).

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// column is one column of the table whose records are R.
type column[R model.Record] struct {
	name     string
	required bool
	adds     bool // what a file says is added to what is there
	many     bool // several columns of a file fill it
	vital    bool // a row whose cell cannot be read makes no sense
	virtual  bool // only read: says something about the row, is no field itself
	lines    bool // line breaks are kept
	sort     sortOf
	width    int // in characters, for spreadsheets
	example  string
	read     func(in *input, r *R, cell string) fault
	cell     func(r *R) Cell
	carry    func(to, from *R)
	same     func(a, b *R) bool
}

// sortOf says what has to be found out about a whole column, and whether a
// workbook's cell is wanted as it is stored or as it is shown.
type sortOf uint8

const (
	textual   sortOf = iota // as shown
	measured                // as stored
	ofDays                  // as stored; the order of day, month and year matters
	ofAmounts               // as stored; the decimal sign matters
)

// form is how values of one type are read and shown.
type form[T any] struct {
	sort  sortOf
	read  func(in *input, cell string) (T, fault)
	show  func(T) Cell
	width int
}

func field[R model.Record, T comparable](fields model.Fields[R], name string, f form[T]) column[R] {
	at := where[R, T](fields, name)
	return column[R]{
		name: name, width: f.width, sort: f.sort,
		read: func(in *input, r *R, cell string) fault {
			v, wrong := f.read(in, cell)
			if wrong.reason == "" {
				*at(r) = v
			}
			return wrong
		},
		cell:  func(r *R) Cell { return f.show(*at(r)) },
		carry: func(to, from *R) { *at(to) = *at(from) },
		same:  func(a, b *R) bool { return *at(a) == *at(b) },
	}
}

// where finds a field of a record in its description.
func where[R model.Record, T any](fields model.Fields[R], name string) func(*R) *T {
	at := fields.At(name)
	return func(r *R) *T { return at(r).(*T) }
}

// list is a column whose cell holds several values: split takes it apart, join
// puts it together so that split gives the same values back.
func list[R model.Record, T comparable](fields model.Fields[R], name string, split func(string) ([]T, fault), join func([]T) string) column[R] {
	at := where[R, []T](fields, name)
	return column[R]{
		name: name, width: 18,
		read: func(in *input, r *R, cell string) fault {
			if len(cell) > longCell {
				return tooLong(longCell)
			}
			v, wrong := split(strings.Clone(cell))
			if wrong.reason == "" && len(v) > mostItems {
				wrong = faulty(ReasonTooManyItems, "1000")
			}
			if wrong.reason == "" {
				*at(r) = v
			}
			return wrong
		},
		cell:  func(r *R) Cell { return TextCell(join(*at(r))) },
		carry: func(to, from *R) { *at(to) = slices.Clone(*at(from)) },
		same:  func(a, b *R) bool { return slices.Equal(*at(a), *at(b)) },
	}
}

// about is a virtual column: its text is kept for the row's last step.
func about[R model.Record](name string, slot extra) column[R] {
	return column[R]{
		name: name, virtual: true, sort: measured,
		read: func(in *input, _ *R, cell string) fault {
			if len(cell) > longCell {
				return tooLong(longCell)
			}
			in.row.extra[slot] = cell
			return fault{}
		},
	}
}

// dayAbout is about for a day: its order of day and month is found out as that of
// every other.
func dayAbout[R model.Record](name string, slot extra) column[R] {
	c := about[R](name, slot)
	c.sort = ofDays
	return c
}

// named gives a column another name in files than the field has.
func (c column[R]) named(name string) column[R] { c.name = name; return c }
func (c column[R]) needed() column[R]           { c.required = true; return c }
func (c column[R]) telling() column[R]          { c.vital = true; return c }
func (c column[R]) wide(w int) column[R]        { c.width = w; return c }
func (c column[R]) like(text string) column[R]  { c.example = text; return c }
func (c column[R]) multiline() column[R]        { c.lines = true; return c }

// mostItems bounds what one cell may list.
const mostItems = 1000

// ColumnSet says which columns of its table a row's file has, and which of them
// are filled in the row.
type ColumnSet struct{ has, filled uint64 }

// input is one column of a file on its way into records: what was decided for
// the whole column, and a memory of its last cell.
type input struct {
	at     int    // place in the file's rows
	header string // as the file calls it
	name   string // canonical
	bit    uint64
	sort   sortOf
	order  DateOrder // of the column's days; "" until a cell needs it
	before DateOrder // of an earlier file, for days that the column leaves open
	point  byte      // its decimal sign, 0 until a cell needs it
	row    *rowState

	lastCell  string
	lastDay   model.Date
	lastClock model.Clock
	words     map[string]string // what words of a team mean that were read before
}

// rowState is what the columns of one row share, and what outlives rows.
type rowState struct {
	extra       [extras]string
	clock       model.Clock // the time of day that stood in the date's cell
	filled      uint64
	has         uint64
	bits        map[string]uint64
	account     AccountRef
	skip        Reason
	lost        []lostCell // cells that could not be read, of a row that is taken
	beside      Beside
	lastOutcome string // of a visit, and whether it says that nobody was there
	lastNobody  bool
	lastHow     string // of a visit, and what it says of whether the visit took place
	lastSkip    Reason
	lastOther   bool
	// withdrawn says that the row takes a consent back.
	withdrawn bool
	cells     []string // of the row at hand
	texts     interner
	plan      *plan
}

// fill marks a column as present and filled though it has no cell of its own.
func (s *rowState) fill(name string) {
	s.has |= s.bits[name]
	s.filled |= s.bits[name]
}

// isFilled reports whether the row has a value for the column.
func (s *rowState) isFilled(name string) bool { return s.filled&s.bits[name] != 0 }

// lostCell is a cell that could not be read, of a row that is taken all the same.
type lostCell struct {
	at    *input
	wrong fault
}

// lose notes a cell that cannot be taken; the row stays.
func (s *rowState) lose(column string, wrong fault) {
	for _, in := range s.plan.inputs {
		if in.name == column {
			s.lost = append(s.lost, lostCell{in, wrong})
			break
		}
	}
	s.filled &^= s.bits[column]
}

// begin makes the state ready for the next row.
func (s *rowState) begin(has uint64) {
	if s.plan.virtual {
		s.extra = [extras]string{}
	}
	s.clock, s.filled, s.has, s.skip, s.account = 0, 0, has, "", AccountRef{}
	s.lost, s.beside, s.withdrawn = s.lost[:0], Beside{}, false
}
