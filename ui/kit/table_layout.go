package kit

// The table's layout: which columns show how wide, and which rows fit.

import (
	"slices"
	"strings"
)

const columnGap = 2

// placed is a column with the room it got.
type placed struct {
	index int // in the table's columns
	x, w  int
}

// gutter is the room left of the first column for the cursor and mark glyphs.
func (t *Table) gutter() int {
	if t.options.Markable {
		return 3
	}
	return 2
}

// place lays the columns out in width cells: least important ones dropped until
// every Min fits, then grown to Ideal, then by Flex.
func place(columns []Column, width int) []placed {
	keep := make([]int, len(columns))
	for i := range columns {
		keep[i] = i
	}
	needs := func() int {
		sum := columnGap * (len(keep) - 1)
		for _, i := range keep {
			sum += max(columns[i].Min, 1)
		}
		return sum
	}
	for len(keep) > 1 && needs() > width {
		drop := len(keep) - 1
		for k := len(keep) - 1; k >= 0; k-- {
			if columns[keep[k]].Priority < columns[keep[drop]].Priority {
				drop = k
			}
		}
		keep = append(keep[:drop], keep[drop+1:]...)
	}
	widths := make([]int, len(keep))
	left := width - columnGap*(len(keep)-1)
	for k, i := range keep {
		widths[k] = max(columns[i].Min, 1)
		left -= widths[k]
	}
	left = grow(columns, keep, widths, left)
	flex := 0
	for _, i := range keep {
		flex += columns[i].Flex
	}
	if flex > 0 && left > 0 {
		share := left
		for k, i := range keep {
			more := share * columns[i].Flex / flex
			widths[k] += more
			left -= more
		}
		for k, i := range keep { // the remainder of the division
			if columns[i].Flex > 0 {
				widths[k] += left
				break
			}
		}
	}
	placement := make([]placed, len(keep))
	x := 0
	for k, i := range keep {
		w := min(widths[k], max(width-x, 0))
		placement[k] = placed{index: i, x: x, w: w}
		x += w + columnGap
	}
	return placement
}

// grow widens columns towards Ideal, all by the same part of what each lacks, and
// returns what is left over.
func grow(columns []Column, keep, widths []int, left int) int {
	lack := 0
	for k, i := range keep {
		lack += max(columns[i].Ideal-widths[k], 0)
	}
	if lack == 0 || left <= 0 {
		return max(left, 0)
	}
	budget := min(left, lack)
	given := 0
	for k, i := range keep {
		more := max(columns[i].Ideal-widths[k], 0) * budget / lack
		widths[k] += more
		given += more
	}
	for given < budget { // the remainder of the division, a cell each from the left
		for k, i := range keep {
			if given < budget && widths[k] < columns[i].Ideal {
				widths[k]++
				given++
			}
		}
	}
	return left - budget
}

// columnsNow is the layout, made anew after a change of size.
func (t *Table) columnsNow() []placed {
	if t.layout == nil {
		t.layout = place(t.titled(), max(t.width-t.gutter(), 1))
	}
	return t.layout
}

// titled are the columns, each with room for its whole title where there is room
// for all of them.
func (t *Table) titled() []Column {
	if t.options.NoHead {
		return t.columns
	}
	columns := slices.Clone(t.columns)
	sum := columnGap * (len(columns) - 1)
	for i, c := range columns {
		title := Width(t.look.T(c.Title))
		columns[i].Ideal = max(c.Ideal, title)
		sum += max(c.Min, title)
	}
	if sum > t.width-t.gutter() {
		return columns
	}
	for i, c := range columns {
		columns[i].Min = max(c.Min, Width(t.look.T(c.Title)))
	}
	return columns
}

// bodyHeight is the number of lines between head and foot.
func (t *Table) bodyHeight() int {
	h := t.height
	if !t.options.NoHead {
		h--
	}
	if t.footShows() {
		h--
	}
	return max(h, 0)
}

func (t *Table) footShows() bool {
	return !t.options.NoFoot || t.mode != browsing || t.filter != "" || len(t.marks) > 0
}

// rowLines is the height of an entry without heading and gap.
func (t *Table) rowLines() int {
	if t.options.TwoLines {
		return 2
	}
	return 1
}

// heading is the group line above row i.
func (t *Table) heading(i int) Cell {
	if t.source.Heading == nil {
		return Cell{}
	}
	return t.source.Heading(i)
}

func (c Cell) empty() bool { return c.Text == "" && len(c.Spans) == 0 }

// above is the number of lines between row i-1 and row i: gap and heading.
func (t *Table) above(i int) int {
	lines := 0
	if i > 0 {
		lines = t.options.Gap
	}
	if !t.heading(i).empty() {
		lines++
		if i > 0 && t.options.Gap == 0 {
			lines++
		}
	}
	return lines
}

// reveal moves the window so that the cursor's row shows whole, with its heading
// if there is room, and no more of the end is empty than must be.
func (t *Table) reveal() {
	n, body := t.source.Len(), t.bodyHeight()
	if n == 0 || body == 0 {
		t.top = 0
		return
	}
	t.cursor = min(t.cursor, n-1)
	t.top = min(t.top, t.cursor)
	// The lowest top that still shows the cursor's row.
	lowest := t.cursor
	for used := t.rowLines(); lowest > 0; lowest-- {
		used += t.above(lowest) + t.rowLines()
		if used+t.topHeading(lowest-1) > body {
			break
		}
	}
	if t.look.slow && t.top < lowest {
		lowest = min(lowest+t.pageRows()/2, t.cursor) // half a page at once: every line that scrolls is sent anew
	}
	if t.look.slow && t.top == t.cursor {
		t.top = max(t.cursor-t.pageRows()/2, 0)
	}
	t.top = max(t.top, lowest)
	// The highest top that leaves no room after the last row.
	if n-t.top <= body {
		highest := n - 1
		for used := t.rowLines(); highest > 0; highest-- {
			used += t.above(highest) + t.rowLines()
			if used+t.topHeading(highest-1) > body {
				break
			}
		}
		t.top = max(min(t.top, highest), 0)
	}
}

// topHeading is the number of lines above row i when it is the first one shown.
func (t *Table) topHeading(i int) int {
	if t.heading(i).empty() {
		return 0
	}
	return 1
}

// pageRows is how many rows a page key moves.
func (t *Table) pageRows() int {
	return max(t.bodyHeight()/(t.rowLines()+t.options.Gap)-1, 1)
}

// rowAt is the row drawn at line y of the table; ok is false on other lines.
func (t *Table) rowAt(y int) (row int, ok bool) {
	if !t.options.NoHead {
		y--
	}
	if y < 0 || y >= t.bodyHeight() {
		return 0, false
	}
	line := t.topHeading(t.top)
	for i := t.top; i < t.source.Len() && line <= y; i++ {
		if i > t.top {
			line += t.above(i)
		}
		if y >= line && y < line+t.rowLines() {
			return i, true
		}
		line += t.rowLines()
	}
	return 0, false
}

// columnAt is the column at cell x, -1 for none.
func (t *Table) columnAt(x int) int {
	x -= t.gutter()
	for _, p := range t.columnsNow() {
		if x >= p.x && x < p.x+p.w {
			return p.index
		}
	}
	return -1
}

// treeGlyph is what stands before the text of a tree's row.
func treeGlyph(row Row) string {
	indent := strings.Repeat("  ", row.Depth)
	switch row.Branch {
	case Opened:
		return indent + "▾ "
	case Closed:
		return indent + "▸ "
	}
	if row.Depth > 0 {
		return indent
	}
	return ""
}
