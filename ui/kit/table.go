package kit

// The table: a window on rows that live elsewhere. Only the rows that show are
// fetched and styled, and a styled row is kept, so that a hundred thousand rows
// cost what a screenful costs. This file is what a table is made of; layout,
// drawing and keys lie beside it.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Column is a column's title and its share of the width.
type Column struct {
	Key   string // stable name, handed to Source.Sort
	Title string // message key
	Align Align  // AlignDefault: left

	// Min and Ideal are widths in cells. When the table is too narrow for every
	// column's Min, the columns of the lowest Priority are left out (of equals the
	// one furthest to the right). What is left over after every Ideal goes to the
	// columns with a Flex, by weight.
	Min, Ideal, Flex int
	Priority         int

	Sortable bool
	Falling  bool // the first sort by this column is descending
}

// Span is a piece of a cell's text with its role.
type Span struct {
	Text string
	Role Role
}

// Cell is what stands in one column of a row: Text in Role, or Spans one after
// the other.
type Cell struct {
	Text  string
	Role  Role
	Align Align // AlignDefault: the column's
	Spans []Span
}

// Branch is a row's state in a tree.
type Branch uint8

// The states of a branch.
const (
	Leaf Branch = iota
	Opened
	Closed
)

// Row is one entry: a line of cells, and a second one in tables of two lines an
// entry. Missing cells are empty. Depth and Branch indent the first column as a tree.
type Row struct {
	Cells  []Cell
	Second []Cell
	Depth  int
	Branch Branch
}

// Source is where a table's rows come from. Only Len, ID and Row are needed.
type Source struct {
	Len func() int
	ID  func(i int) string // stable and unique; the cursor and the marks stay on it
	Row func(i int) Row

	// Version changes whenever rows may have changed, come, gone or moved. Without
	// it the owner calls Table.Refresh.
	Version func() int

	// Index is where an id stands now, -1 if nowhere. Without it the table looks
	// through the ids, which a hundred thousand rows feel.
	Index func(id string) int

	// Fresh is who has just changed row i, "" for nobody; nil: the table does not show it.
	Fresh func(i int) string

	// Heading is a line that stands above row i, for groups; "" for none.
	Heading func(i int) Cell

	// Total is how many rows there are without the filter, for "27 of 900"; nil: Len.
	Total func() int

	// Filter narrows the rows to those that match, at every letter typed; nil: the
	// table has no filter.
	Filter func(query string)

	// Sort puts the rows in order of a column; nil: the table cannot be sorted.
	Sort func(column string, descending bool)
}

// Options are a table's habits. The zero value is a plain table of one line a row.
type Options struct {
	Markable bool   // space marks rows
	TwoLines bool   // every entry has two lines
	Gap      int    // blank lines between entries
	NoHead   bool   // no line of column titles
	OneClick bool   // a click opens the row at once, instead of the second one
	NoFoot   bool   // no line with position, filter and marks; they show while filtering
	Empty    string // message key: what stands in the table when there are no rows
	Name     string // stable: what the person's sort and widths are remembered under; "": they are not
	Filtered string // message key: … when the filter lets none through; empty: "kit.table.nomatch"
	Unit     string // message key with plural forms and {{.Count}}, for the position ("27 accounts"); empty: "27 of 900"
}

// Table is a table. Make it with NewTable.
type Table struct {
	// OnOpen answers enter and a click on the row under the cursor.
	OnOpen func(id string) tea.Cmd
	// OnMove is told when the cursor came to another row ("" for none).
	OnMove func(id string) tea.Cmd
	// OnBranch answers left, right and a click on a branch's glyph: the row should
	// open or close. The source changes its rows and Version.
	OnBranch func(id string, open bool) tea.Cmd

	look    *Look
	columns []Column // as they are drawn
	given   []Column // as the owner gave them
	source  Source
	options Options

	width, height int
	focused       bool

	cursor, top int
	below       bool // rows are left below those drawn last
	cursorID    string
	version     int
	marks       map[string]bool
	marksShown  int // of them, those among the rows that the filter lets through

	mode       tableMode
	query      *Editor
	filter     string
	sortColumn string
	descending bool
	remembered bool // the sort of last time was taken up

	layout   []placed // of the columns that show
	cache    map[rowKey][]string
	cacheFor cacheStamp
}

// tableMode is what the table's keys mean right now.
type tableMode uint8

const (
	browsing tableMode = iota
	filtering
	sorting
)

// NewTable is a table over a source. It starts focused, on the first row.
func NewTable(look *Look, columns []Column, source Source, options Options) *Table {
	t := &Table{
		look: look, given: columns, columns: columns, source: source, options: options, focused: true,
		marks: map[string]bool{}, cache: map[rowKey][]string{}, query: NewEditor(look),
	}
	if options.Filtered == "" {
		t.options.Filtered = "kit.table.nomatch"
	}
	t.columns = t.sized(columns)
	t.Refresh()
	return t
}

// SetSize gives the table its room.
func (t *Table) SetSize(width, height int) {
	if width == t.width && height == t.height {
		return
	}
	t.width, t.height = max(width, 0), max(height, 0)
	t.layout = nil
	t.remember()
	t.reveal()
}

// SetColumns changes the columns, for tables that show other ones when wide.
func (t *Table) SetColumns(columns []Column) {
	t.given, t.columns, t.layout = columns, t.sized(columns), nil
	t.forget()
	t.remember()
}

// SetOptions changes the habits, for tables that fold when narrow.
func (t *Table) SetOptions(options Options) {
	if options.Filtered == "" {
		options.Filtered = "kit.table.nomatch"
	}
	if options.Name == "" {
		options.Name = t.options.Name
	}
	t.options, t.layout = options, nil
	t.forget()
	t.reveal()
}

// Focus brings the table to the front (its cursor is loud) or takes it back.
func (t *Table) Focus(focused bool) {
	t.focused = focused
	if !focused {
		t.leaveModes()
	}
}

// Focused reports whether the table is in front.
func (t *Table) Focused() bool { return t.focused }

// Cursor is the id of the row under the cursor, "" if there is none.
func (t *Table) Cursor() string {
	t.follow()
	return t.cursorID
}

// CursorIndex is the cursor's place in the source, -1 if there are no rows.
func (t *Table) CursorIndex() int {
	t.follow()
	if t.source.Len() == 0 {
		return -1
	}
	return t.cursor
}

// Select puts the cursor on a row; false if there is no such row.
func (t *Table) Select(id string) bool {
	t.follow()
	i := t.find(id)
	if i < 0 {
		return false
	}
	t.moveTo(i)
	return true
}

// Marked lists the marked rows' ids that still exist, in the table's order.
func (t *Table) Marked() []string {
	if len(t.marks) == 0 {
		return nil
	}
	var ids []string
	for i := range t.source.Len() {
		if id := t.source.ID(i); t.marks[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// Chosen is what an action on rows applies to: the marked rows, or without any
// the one under the cursor.
func (t *Table) Chosen() []string {
	if ids := t.Marked(); len(ids) > 0 {
		return ids
	}
	if id := t.Cursor(); id != "" {
		return []string{id}
	}
	return nil
}

// Unmark takes every mark away.
func (t *Table) Unmark() {
	clear(t.marks)
	t.marksShown = 0
}

// countMarks drops the marks of rows that are gone, which without a filter are
// those not found any more, and counts those that show.
func (t *Table) countMarks() {
	if len(t.marks) == 0 {
		t.marksShown = 0
		return
	}
	shown := t.Marked()
	t.marksShown = len(shown)
	if t.filter == "" && t.query.Value() == "" {
		clear(t.marks)
		for _, id := range shown {
			t.marks[id] = true
		}
	}
}

// Filter is the filter in force.
func (t *Table) Filter() string { return t.filter }

// SetFilter sets the filter as if it had been typed.
func (t *Table) SetFilter(query string) {
	if t.source.Filter == nil || query == t.filter {
		return
	}
	t.filter = query
	t.query.SetValue(query)
	t.source.Filter(query)
	t.Refresh()
}

// Sort is the column and direction in force; "" before any.
func (t *Table) Sort() (column string, descending bool) { return t.sortColumn, t.descending }

// SetSort sorts as if it had been chosen.
func (t *Table) SetSort(column string, descending bool) {
	t.sortColumn, t.descending = column, descending
	if t.source.Sort != nil {
		t.source.Sort(column, descending)
	}
	t.Refresh()
}

// Capturing reports that letters typed now are the table's (its filter line or
// its choice of a sort column is open): the owner gives it every key.
func (t *Table) Capturing() bool { return t.mode != browsing }

// Back takes one step back inside the table (closes the filter line, lifts the
// filter, takes the marks away) and reports whether there was one to take. Pages
// ask it first when esc is pressed.
func (t *Table) Back() bool {
	switch {
	case t.mode == filtering || t.filter != "":
		t.mode = browsing
		t.SetFilter("")
		t.query.SetValue("")
	case t.mode == sorting:
		t.mode = browsing
	case len(t.marks) > 0:
		t.Unmark()
	default:
		return false
	}
	return true
}

func (t *Table) leaveModes() { t.mode = browsing }

// Refresh says that the rows changed: the cursor stays on the row it was on, or
// where that row was.
func (t *Table) Refresh() {
	t.forget()
	if t.source.Version != nil {
		t.version = t.source.Version()
	}
	n := t.source.Len()
	if i := t.find(t.cursorID); i >= 0 {
		// The row keeps its line on the screen while others come and go around it.
		t.top = max(t.top+i-t.cursor, 0)
		t.cursor = i
	}
	t.cursor = min(max(t.cursor, 0), max(n-1, 0))
	t.cursorID = ""
	if n > 0 {
		t.cursorID = t.source.ID(t.cursor)
	}
	t.countMarks()
	t.reveal()
}

// follow catches up with the source's version.
func (t *Table) follow() {
	if t.source.Version != nil && t.source.Version() != t.version {
		t.Refresh()
	}
}

// find is where an id stands, -1 if nowhere. It looks first where the cursor is.
func (t *Table) find(id string) int {
	n := t.source.Len()
	if id == "" {
		return -1
	}
	if t.cursor < n && t.source.ID(t.cursor) == id {
		return t.cursor
	}
	if t.source.Index != nil {
		if i := t.source.Index(id); i < n {
			return i
		}
		return -1
	}
	for i := range n {
		if t.source.ID(i) == id {
			return i
		}
	}
	return -1
}
