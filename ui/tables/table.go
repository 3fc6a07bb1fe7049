// Package tables describes each table once: what its columns are called, what stands
// in them on a page and in a file, how they sort and how wide they are. A page's
// kit.Table, the spreadsheet and the table that a command prints are all made from
// the same description, so that a new column is one entry in one file.
package tables

import (
	"cmp"
	"iter"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// View is what a table is written for: a language, and what the rules say on a day.
type View struct {
	Text *text.Printer
	Day  *model.Day // nil: for the steps of the history as a command prints them
}

// Book is the facts that the day looks at.
func (v View) Book() *model.Book { return v.Day.Book() }

// Today is the day itself.
func (v View) Today() model.Date { return v.Day.Date() }

// Column is one column of a table whose rows are R.
type Column[R any] struct {
	Key string // stable: what pages sort by and scripts read

	// On a page and on the command line. Without a Cell the column only stands in
	// files.
	Title                      string // message of its head
	Cell                       func(View, R) kit.Cell
	Align                      kit.Align // AlignDefault: left
	Min, Ideal, Flex, Priority int       // see kit.Column

	// Sortable columns sort by a Number or a Text; those with neither by the order in
	// which the rows come.
	Sortable bool
	Falling  bool // the first sort is descending
	Number   func(View, R) float64
	Text     func(View, R) string

	// In files. Without a Value the column only stands on pages.
	FileKey string                     // what scripts call it; "": the Key
	Header  func(*text.Printer) string // its header; nil: the message of the table's Heads and the key
	Value   func(View, R) exchange.Cell
}

// Table is the description of a table whose rows are R.
type Table[R any] struct {
	Name    string // message: what a sheet of it is called
	Heads   string // what the messages of the headers in files begin with
	Columns []Column[R]
	// First are the keys of the columns that stand first in files, in this order; the
	// others follow as they are listed. Files are read by scripts: their columns stay
	// where they are when a page's move.
	First []string
}

// Column is the column of a key; the zero Column when there is none.
func (t Table[R]) Column(key string) Column[R] {
	for _, c := range t.Columns {
		if c.Key == key {
			return c
		}
	}
	return Column[R]{}
}

// Shown is a place for one column among those of a page: its key, and the widths it
// has there (none: the column's own).
type Shown struct {
	Key                        string
	Min, Ideal, Flex, Priority int
}

// Show is the table with only some of its columns, as one page or command shows it.
func (t Table[R]) Show(shown ...Shown) Table[R] {
	columns := make([]Column[R], len(shown))
	for i, s := range shown {
		c := t.Column(s.Key)
		if s.Min > 0 {
			c.Min, c.Ideal, c.Flex, c.Priority = s.Min, s.Ideal, s.Flex, s.Priority
		}
		columns[i] = c
	}
	t.Columns = columns
	return t
}

// Only is Show with every column's own widths.
func (t Table[R]) Only(keys ...string) Table[R] {
	shown := make([]Shown, len(keys))
	for i, key := range keys {
		shown[i].Key = key
	}
	return t.Show(shown...)
}

// Without is the table without one of its columns, where there is no room for it.
func (t Table[R]) Without(key string) Table[R] {
	var columns []Column[R]
	for _, c := range t.Columns {
		if c.Key != key {
			columns = append(columns, c)
		}
	}
	t.Columns = columns
	return t
}

// Unsorted is the table for a page that offers no sorting.
func (t Table[R]) Unsorted() Table[R] {
	t.Columns = slices.Clone(t.Columns)
	for i := range t.Columns {
		t.Columns[i].Sortable = false
	}
	return t
}

// Page are the columns for a page's table.
func (t Table[R]) Page() []kit.Column {
	var columns []kit.Column
	for _, c := range t.Columns {
		if c.Cell != nil {
			columns = append(columns, kit.Column{Key: c.Key, Title: c.Title, Align: c.Align,
				Min: c.Min, Ideal: c.Ideal, Flex: c.Flex, Priority: c.Priority, Sortable: c.Sortable, Falling: c.Falling})
		}
	}
	return columns
}

// Cells are a row below the columns of Page.
func (t Table[R]) Cells(v View, r R) []kit.Cell {
	cells := make([]kit.Cell, 0, len(t.Columns))
	for i := range t.Columns {
		if cell := t.Columns[i].Cell; cell != nil {
			cells = append(cells, cell(v, r))
		}
	}
	return cells
}

// Sheet is the table for a file, its headers in the reader's language, with real
// numbers and days.
func (t Table[R]) Sheet(v View, rows iter.Seq[R]) exchange.Sheet {
	columns := t.inFiles()
	sheet := exchange.Sheet{Title: v.Text.T(t.Name)}
	for _, c := range columns {
		key := cmp.Or(c.FileKey, c.Key)
		header := v.Text.T(t.Heads + key)
		if c.Header != nil {
			header = c.Header(v.Text)
		}
		sheet.Keys, sheet.Header = append(sheet.Keys, key), append(sheet.Header, header)
	}
	sheet.Rows = func(yield func([]exchange.Cell) bool) {
		for r := range rows {
			cells := make([]exchange.Cell, len(columns))
			for i, c := range columns {
				cells[i] = c.Value(v, r)
			}
			if !yield(cells) {
				return
			}
		}
	}
	return sheet
}

// inFiles are the columns that stand in files, in their order.
func (t Table[R]) inFiles() []Column[R] {
	place := func(c Column[R]) int {
		if i := slices.Index(t.First, c.Key); i >= 0 {
			return i
		}
		return len(t.First)
	}
	columns := slices.DeleteFunc(slices.Clone(t.Columns), func(c Column[R]) bool { return c.Value == nil })
	slices.SortStableFunc(columns, func(a, b Column[R]) int { return place(a) - place(b) })
	return columns
}
