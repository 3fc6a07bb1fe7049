package exchange

// What a table is: its columns, and what they do to a record together.

import (
	"slices"
	"strings"
	"sync"

	"doppelpass/model"
)

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
	columns() []Column
	widths() []int
	examples(Locale) []string
	reader(p *plan) converter
	accepts(column, cell string, plan *plan) bool
	cells(list []Cell, record model.Record) []Cell // list with those of a record
	merge(existing, incoming model.Record, set ColumnSet, overwriteEmpty bool) model.Record
	fill(existing, incoming model.Record, set ColumnSet) (model.Record, []string)
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
	pairs  sync.Pool // of *pair[R]
}

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

// examples are one row as a person of a locale would write it.
func (t *tableOf[R]) examples(locale Locale) (list []string) {
	for _, c := range t.fields {
		if c.virtual {
			continue
		}
		example := SayIn(t.table, c.name, locale, c.example)
		if locale == German {
			switch day, err := model.ParseDate(example); {
			case c.sort == ofDays && err == nil:
				example = DateCell(day).String(German)
			case c.sort == ofAmounts:
				example = strings.Replace(example, ".", ",", 1)
			case example == "yes":
				example = BoolCell(true).String(German)
			case example == "no":
				example = BoolCell(false).String(German)
			}
		}
		list = append(list, example)
	}
	return list
}

// accepts reports whether a cell can stand in a column; of days, in any order.
func (t *tableOf[R]) accepts(name, cell string, plan *plan) bool {
	for _, c := range t.fields {
		if c.name == name && c.sort == ofDays {
			_, ok := writtenDay(cell)
			return ok || isNever(cell)
		}
		if c.name == name {
			var r R
			in := &input{order: DayFirst, point: '.', row: &rowState{plan: plan}}
			wrong := c.read(in, &r, cell)
			return wrong.reason == "" || wrong.reason == reasonEmpty
		}
	}
	return true
}

func (t *tableOf[R]) cells(list []Cell, record model.Record) []Cell {
	r := record.(R)
	list = slices.Grow(list, len(t.fields))
	for i := range t.fields {
		if !t.fields[i].virtual {
			list = append(list, t.fields[i].cell(&r))
		}
	}
	return list
}

// pair is room for two records: columns take pointers, and a pool spares each
// row of a weekly import the making of them.
type pair[R model.Record] struct{ a, b R }

// with runs do on two records.
func (t *tableOf[R]) with(a, b model.Record, do func(p *pair[R]) bool) bool {
	p, ok := t.pairs.Get().(*pair[R])
	if !ok {
		p = new(pair[R])
	}
	p.a, p.b = a.(R), b.(R)
	result := do(p)
	*p = pair[R]{}
	t.pairs.Put(p)
	return result
}

func (t *tableOf[R]) merge(existing, incoming model.Record, set ColumnSet, overwriteEmpty bool) (merged model.Record) {
	take := set.filled
	if overwriteEmpty {
		take |= set.has
	}
	merged = existing
	t.with(existing, incoming, func(p *pair[R]) bool {
		changed := false
		for i := range t.fields {
			c := &t.fields[i]
			if take&(1<<i) != 0 && c.carry != nil && !c.same(&p.a, &p.b) {
				c.carry(&p.a, &p.b)
				changed = true
			}
		}
		if changed {
			merged = p.a
		}
		return changed
	})
	return merged
}

func (t *tableOf[R]) fill(existing, incoming model.Record, set ColumnSet) (filled model.Record, differing []string) {
	filled = existing
	t.with(existing, incoming, func(p *pair[R]) bool {
		changed := false
		for i := range t.fields {
			c := &t.fields[i]
			if set.filled&(1<<i) == 0 || c.carry == nil || c.same(&p.a, &p.b) {
				continue
			}
			if c.adds || c.cell(&p.a).kind == emptyCell {
				c.carry(&p.a, &p.b)
				changed = true
			} else {
				differing = append(differing, c.name)
			}
		}
		if changed {
			filled = p.a
		}
		return changed
	})
	return filled, differing
}

func (t *tableOf[R]) equal(a, b model.Record) bool {
	return t.with(a, b, func(p *pair[R]) bool {
		for i := range t.fields {
			if same := t.fields[i].same; same != nil && !same(&p.a, &p.b) {
				return false
			}
		}
		return true
	})
}

// converter turns the cells of one row into a record. When the row is to be
// left out it returns why in skip; when a cell is at fault, which one.
type converter func(cells, shown []string, unclean bool) (record model.Record, skip Reason, at *input, wrong fault)

func (t *tableOf[R]) reader(p *plan) converter {
	convert := t.rows(p)
	return func(cells, shown []string, unclean bool) (model.Record, Reason, *input, fault) {
		r, skip, at, wrong := convert(cells, shown, unclean)
		if r == nil {
			return nil, skip, at, wrong
		}
		return *r, skip, at, wrong
	}
}

// rows is reader, whose records are valid until the next; nil instead of an empty one.
func (t *tableOf[R]) rows(p *plan) func(cells, shown []string, unclean bool) (*R, Reason, *input, fault) {
	type step struct {
		*input
		read  func(in *input, r *R, cell string) fault
		lines bool
		shown bool
		many  bool
		vital bool // without it the row makes no sense
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
		steps = append(steps, step{input: in, read: c.read, lines: c.lines, shown: c.sort == textual, many: c.many, vital: c.required || c.vital})
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
	var r R // one for all rows
	return func(cells, shown []string, unclean bool) (*R, Reason, *input, fault) {
		r = t.fresh
		row.begin(p.has)
		row.cells = cells
		for i := range steps {
			s := &steps[i]
			if s.at >= len(cells) || row.filled&s.bit != 0 && !s.many {
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
				switch {
				case row.skip != "":
					return nil, row.skip, nil, fault{}
				case wrong.reason == reasonEmpty:
					continue
				case s.vital || wrong.reason == reasonFatal:
					return nil, "", s.input, wrong
				}
				row.lost = append(row.lost, lostCell{s.input, wrong})
				continue
			}
			if row.skip != "" {
				return nil, row.skip, nil, fault{}
			}
			row.filled |= s.bit
		}
		if t.finish != nil {
			name, wrong := t.finish(row, &r)
			if wrong.reason != "" {
				return nil, "", anywhere(name), wrong
			}
			if p.fatal != nil {
				return nil, "", anywhere(name), faulty(reasonFatal)
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
		return &r, "", nil, fault{}
	}
}
