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

func field[R model.Record, T comparable](name string, at func(*R) *T, f form[T]) column[R] {
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

// list is a column whose cell holds several values: split takes it apart, join
// puts it together so that split gives the same values back.
func list[R model.Record, T comparable](name string, at func(*R) *[]T, split func(string) ([]T, fault), join func([]T) string) column[R] {
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

func (c column[R]) needed() column[R]          { c.required = true; return c }
func (c column[R]) wide(w int) column[R]       { c.width = w; return c }
func (c column[R]) like(text string) column[R] { c.example = text; return c }
func (c column[R]) multiline() column[R]       { c.lines = true; return c }

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
	point  byte      // its decimal sign, 0 until a cell needs it
	row    *rowState

	lastCell  string
	lastDay   model.Date
	lastClock model.Clock
}

// rowState is what the columns of one row share, and what outlives rows.
type rowState struct {
	extra   [extras]string
	clock   model.Clock // the time of day that stood in the date's cell
	filled  uint64
	has     uint64
	bits    map[string]uint64
	account AccountRef
	skip    Reason
	texts   interner
	plan    *plan
}

// fill marks a column as present and filled though it has no cell of its own.
func (s *rowState) fill(name string) {
	s.has |= s.bits[name]
	s.filled |= s.bits[name]
}

// isFilled reports whether the row has a value for the column.
func (s *rowState) isFilled(name string) bool { return s.filled&s.bits[name] != 0 }

// Column describes a canonical column to faces and templates.
type Column struct {
	Name     string
	Required bool
	// Virtual columns are read only: they say something about a row (a visit's
	// end, an activity's status) and are no field of the record.
	Virtual bool
}

// table is a tableOf whatever its records are.
type table interface {
	name() model.Table
	columns() []Column
	widths() []int
	examples() []string
	reader(p *plan) converter
	accepts(column, cell string) bool
	cells(model.Record) []Cell
	merge(existing, incoming model.Record, set ColumnSet, overwriteEmpty bool) model.Record
	equal(a, b model.Record) bool
}

// tableOf is the definition of one table.
type tableOf[R model.Record] struct {
	table  model.Table
	fields []column[R]
	// fresh is a record before its first cell is read.
	fresh R
	// finish looks at the row as a whole: what several columns say together. It
	// returns the column that is at fault.
	finish func(row *rowState, r *R) (column string, wrong fault)
	// rest carries and compares what no column holds.
	restSame func(a, b *R) bool
}

func (t *tableOf[R]) name() model.Table { return t.table }

func (t *tableOf[R]) columns() []Column {
	list := make([]Column, len(t.fields))
	for i, c := range t.fields {
		list[i] = Column{Name: c.name, Required: c.required, Virtual: c.virtual}
	}
	return list
}

func (t *tableOf[R]) widths() (list []int) {
	for _, c := range t.fields {
		if !c.virtual {
			list = append(list, max(c.width, len(c.name)+2))
		}
	}
	return list
}

func (t *tableOf[R]) examples() (list []string) {
	for _, c := range t.fields {
		if !c.virtual {
			list = append(list, c.example)
		}
	}
	return list
}

// accepts reports whether a cell can stand in a column. Days are left out: what
// they need may stand in other rows.
func (t *tableOf[R]) accepts(name, cell string) bool {
	for _, c := range t.fields {
		if c.name == name && c.sort != ofDays {
			var r R
			in := &input{order: DayFirst, point: '.', row: &rowState{plan: &plan{}}}
			return c.read(in, &r, cell).reason == ""
		}
	}
	return true
}

func (t *tableOf[R]) cells(record model.Record) []Cell {
	r := record.(R)
	list := make([]Cell, 0, len(t.fields))
	for i := range t.fields {
		if !t.fields[i].virtual {
			list = append(list, t.fields[i].cell(&r))
		}
	}
	return list
}

func (t *tableOf[R]) merge(existing, incoming model.Record, set ColumnSet, overwriteEmpty bool) model.Record {
	to, from := existing.(R), incoming.(R)
	take := set.filled
	if overwriteEmpty {
		take |= set.has
	}
	for i := range t.fields {
		if take&(1<<i) != 0 && t.fields[i].carry != nil {
			t.fields[i].carry(&to, &from)
		}
	}
	return to
}

func (t *tableOf[R]) equal(a, b model.Record) bool {
	x, y := a.(R), b.(R)
	for i := range t.fields {
		if same := t.fields[i].same; same != nil && !same(&x, &y) {
			return false
		}
	}
	return t.restSame == nil || t.restSame(&x, &y)
}

// converter turns the cells of one row into a record. When the row is to be
// left out it returns why in skip; when a cell is at fault, which one.
type converter func(cells, shown []string, unclean bool) (record model.Record, skip Reason, at *input, wrong fault)

func (t *tableOf[R]) reader(p *plan) converter {
	type step struct {
		*input
		read  func(in *input, r *R, cell string) fault
		lines bool
		shown bool
	}
	bits := make(map[string]uint64, len(t.fields))
	var required []*input // one for each needed column, for reports
	for i, c := range t.fields {
		bits[c.name] = 1 << i
	}
	row := &p.row
	row.bits, row.plan = bits, p
	var steps []step
	for _, in := range p.inputs {
		i := slices.IndexFunc(t.fields, func(c column[R]) bool { return c.name == in.name })
		c := &t.fields[i]
		in.bit, in.row, in.sort = 1<<i, row, c.sort
		p.has |= in.bit
		p.virtual = p.virtual || c.virtual
		steps = append(steps, step{input: in, read: c.read, lines: c.lines, shown: c.sort == textual})
	}
	for i, c := range t.fields {
		if !c.required {
			continue
		}
		in := &input{at: -1, name: c.name, bit: 1 << i}
		for _, s := range steps {
			if s.name == c.name {
				in.header = s.header
				break
			}
		}
		required = append(required, in)
	}
	anywhere := func(name string) *input {
		for _, s := range steps {
			if s.name == name {
				return s.input
			}
		}
		return &input{at: -1, name: name}
	}
	var r R // one for all rows: the result is a copy anyway
	return func(cells, shown []string, unclean bool) (model.Record, Reason, *input, fault) {
		r = t.fresh
		row.begin(p.has)
		for i := range steps {
			s := &steps[i]
			if s.at >= len(cells) || row.filled&s.bit != 0 {
				continue // beyond the row's end, or a better column has filled it
			}
			cell := cells[s.at]
			if shown != nil && s.shown && s.at < len(shown) {
				cell = shown[s.at]
			}
			if cell == "" {
				continue
			}
			if unclean || cell[0] <= '\'' || cell[0] == 'N' || cell[len(cell)-1] == ' ' {
				if cell = tidied(cell, unclean, s.lines); cell == "" {
					continue
				}
			}
			if wrong := s.read(s.input, &r, cell); wrong.reason != "" {
				return nil, "", s.input, wrong
			}
			row.filled |= s.bit
		}
		if t.finish != nil {
			name, wrong := t.finish(row, &r)
			if wrong.reason != "" {
				return nil, "", anywhere(name), wrong
			}
			if row.skip != "" {
				return nil, row.skip, nil, fault{}
			}
		}
		for _, in := range required {
			if row.filled&in.bit == 0 {
				return nil, "", in, faulty(ReasonMissing)
			}
		}
		return r, "", nil, fault{}
	}
}

// begin makes the state ready for the next row.
func (s *rowState) begin(has uint64) {
	if s.plan.virtual {
		s.extra = [extras]string{}
	}
	s.clock, s.filled, s.has, s.skip, s.account = 0, 0, has, "", AccountRef{}
}

// tidied is a cell as the columns read it: cleaned, without blanks around it,
// without the mark that keeps spreadsheets from running it as a formula, and
// empty where a database wrote NULL or a formula failed.
func tidied(cell string, unclean, lines bool) string {
	if unclean {
		cell = clean(cell, lines)
	}
	for len(cell) > 0 && (cell[0] == ' ' || cell[0] == '\n') {
		cell = cell[1:]
	}
	for len(cell) > 0 && (cell[len(cell)-1] == ' ' || cell[len(cell)-1] == '\n') {
		cell = cell[:len(cell)-1]
	}
	if len(cell) > 1 && cell[0] == '\'' {
		return unguarded(cell)
	}
	if cell != "" && (cell[0] == 'N' || cell[0] == '#') && isNothing(cell) {
		return ""
	}
	return cell
}

// isNothing reports what databases and spreadsheets write where a value is
// missing or a formula failed.
func isNothing(cell string) bool {
	switch cell {
	case "NULL", "#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#NAME?", "#DIV/0!", "#NUM!", "#ZAHL!", "#NULL!":
		return true
	}
	return false
}

// interner gives repeated texts one string each, so that a column of a million
// rep codes costs as many strings as there are reps and none of them keeps a
// whole piece of the file alive. It forgets rather than grow.
type interner struct {
	slots []string
}

const internerSlots = 1 << 12

func (t *interner) keep(s string) string {
	if t.slots == nil {
		t.slots = make([]string, internerSlots)
	}
	// FNV-1a over at most 24 bytes: codes differ early or are short.
	h := uint32(2166136261)
	for i := 0; i < len(s) && i < 24; i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	slot := &t.slots[(h^h>>12)%internerSlots]
	if *slot != s {
		*slot = strings.Clone(s)
	}
	return *slot
}
