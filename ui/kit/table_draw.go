package kit

// Drawing the table. A styled row is kept by id and state; what makes it stale
// (another width, theme, language or version of the rows) empties the store.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"doppelpass/ui/text"
)

// rowKey names a styled row: which, and how it looks right now.
type rowKey struct {
	id     string
	ground Ground
	marked bool
	fresh  string // who has just changed it
}

// cacheStamp is what all styled rows have in common.
type cacheStamp struct{ width, generation int }

// cacheLimit bounds the store for those who scroll through everything.
const cacheLimit = 2048

// forget drops the styled rows.
func (t *Table) forget() { clear(t.cache) }

// View draws the table.
func (t *Table) View() string {
	if t.width == 0 || t.height == 0 {
		return Block(nil, t.width, t.height)
	}
	t.follow()
	if stamp := (cacheStamp{t.width, t.look.Generation()}); stamp != t.cacheFor {
		t.cacheFor = stamp
		t.forget()
	}
	t.reveal()
	var b strings.Builder
	b.Grow(t.height * (t.width + 64))
	lines := 0
	put := func(line string) {
		if lines < t.height {
			if lines > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(line)
			lines++
		}
	}
	if !t.options.NoHead {
		put(t.headLine())
	}
	first, last := lines, lines+t.bodyHeight()
	n := t.source.Len()
	drawn := make([]string, 0, t.bodyHeight())
	putLine := put
	put = func(line string) { drawn = append(drawn, line); lines++ }
	t.below = false
	if n == 0 {
		for _, line := range t.emptyLines() {
			if lines < last {
				put(line)
			}
		}
	}
	for i := t.top; i < n && lines < last; i++ {
		if h := t.heading(i); !h.empty() || i > t.top && t.options.Gap > 0 {
			blank := t.above(i)
			if !h.empty() {
				blank--
			}
			if i > t.top {
				for range blank {
					if lines < last {
						put(Blank(t.width))
					}
				}
			}
			if !h.empty() && lines < last {
				put(t.headingLine(h))
			}
		}
		for _, line := range t.rowText(i) {
			if lines < last {
				put(line)
			} else {
				t.below = true
			}
		}
		t.below = t.below || lines >= last && i < n-1
	}
	for lines < last {
		put(Blank(t.width))
	}
	lines = first
	for i, line := range drawn {
		if !t.footShows() {
			line = t.overflow(line, i == 0 && t.top > 0, i == len(drawn)-1 && t.below)
		}
		putLine(line)
	}
	if t.footShows() {
		putLine(t.footLine())
	}
	return b.String()
}

// rowText is the styled lines of row i.
func (t *Table) rowText(i int) []string {
	id := t.source.ID(i)
	key := rowKey{id: id, marked: t.marks[id]}
	switch {
	case i == t.cursor && t.focused:
		key.ground = Selected
	case i == t.cursor:
		key.ground = Resting
	case key.marked:
		key.ground = Marked
	}
	if t.source.Fresh != nil {
		key.fresh = t.source.Fresh(i)
	}
	if lines, ok := t.cache[key]; ok {
		return lines
	}
	if len(t.cache) >= cacheLimit {
		t.forget()
	}
	lines := t.sharedRow(key, t.source.Row(i))
	t.cache[key] = lines
	return lines
}

// styled is a row's lines.
func (t *Table) styled(key rowKey, row Row) []string {
	lines := make([]string, t.rowLines())
	lines[0] = t.line(key, row.Cells, treeGlyph(row), true)
	if t.options.TwoLines {
		lines[1] = t.line(key, row.Second, Blank(2*row.Depth), false)
	}
	if key.fresh != "" {
		lines[0] = t.freshen(lines[0], key)
	}
	return lines
}

// freshMost is the most cells that the name of who has changed a row takes.
const freshMost = 16

// freshen says at the end of a row's line who has just changed it.
func (t *Table) freshen(line string, key rowKey) string {
	name := " ◂ " + Truncate(Clean(key.fresh), freshMost)
	room := t.width - Width(name)
	if room < freshMost {
		return line
	}
	whole := line
	line = ansi.Truncate(line, room, "")
	if next := ansi.Strip(ansi.TruncateLeft(whole, room, "")); next != "" && next[0] != ' ' { // no number is cut
		plain := ansi.Strip(line)
		line = ansi.Truncate(line, Width(plain[:strings.LastIndexByte(plain, ' ')+1]), "")
	}
	var b strings.Builder
	b.WriteString(line)
	t.look.Theme.write(&b, key.ground, Text, Blank(room-Width(line)))
	t.look.Theme.write(&b, key.ground, Match, name)
	return b.String()
}

// line styles one line of a row.
func (t *Table) line(key rowKey, cells []Cell, indent string, first bool) string {
	var b strings.Builder
	b.Grow(t.width + 96)
	theme := t.look.Theme
	gutter := Blank(t.gutter())
	if first {
		glyphs := " "
		switch key.ground {
		case Selected:
			glyphs = "▸"
		case Resting:
			glyphs = "·"
		}
		if t.options.Markable {
			if key.marked {
				glyphs += "●"
			} else {
				glyphs += " "
			}
		}
		gutter = glyphs + " "
	}
	theme.write(&b, key.ground, Strong, gutter)
	x := 0
	for _, p := range t.columnsNow() {
		if p.w <= 0 {
			continue
		}
		if p.x > x {
			theme.write(&b, key.ground, Text, Blank(p.x-x))
		}
		room := p.w
		if p.index == 0 && indent != "" {
			indent = Truncate(indent, room)
			theme.write(&b, key.ground, Dim, indent)
			room -= Width(indent)
		}
		var cell Cell
		if p.index < len(cells) {
			cell = cells[p.index]
		}
		align := cell.Align
		if align == AlignDefault {
			align = t.columns[p.index].Align
		}
		theme.writeCell(&b, key.ground, cell, room, align)
		x = p.x + p.w
	}
	if rest := t.width - t.gutter() - x; rest > 0 {
		theme.write(&b, key.ground, Text, Blank(rest))
	}
	return FitLine(b.String(), t.width)
}

// writeCell writes a cell exactly width cells wide.
func (t *Theme) writeCell(b *strings.Builder, ground Ground, cell Cell, width int, align Align) {
	if width <= 0 {
		return
	}
	if len(cell.Spans) == 0 {
		t.write(b, ground, cell.Role, Fit(cell.Text, width, align))
		return
	}
	total := 0
	for _, s := range cell.Spans {
		total += Width(Clean(s.Text))
	}
	gap := max(width-total, 0)
	before := 0
	switch align {
	case AlignRight:
		before = gap
	case AlignCenter:
		before = gap / 2
	}
	if before > 0 {
		t.write(b, ground, Text, Blank(before))
	}
	room := width - before
	for i, s := range cell.Spans {
		clean := Clean(s.Text)
		w := Width(clean)
		if w > room || w == room && i < len(cell.Spans)-1 && total > width {
			t.write(b, ground, s.Role, Fit(clean+ellipsis, room, AlignLeft))
			return
		}
		if w > 0 {
			t.write(b, ground, s.Role, clean)
		}
		room -= w
	}
	if room > 0 {
		t.write(b, ground, Text, Blank(room))
	}
}

// headLine is the column titles, the sorted one with its direction.
func (t *Table) headLine() string {
	var b strings.Builder
	theme := t.look.Theme
	b.WriteString(Blank(t.gutter()))
	x := 0
	for _, p := range t.columnsNow() {
		b.WriteString(Blank(p.x - x))
		c := t.columns[p.index]
		title, role, ground := t.look.T(c.Title), Dim, Plain
		if c.Title == "" {
			title = ""
		}
		if c.Key != "" && c.Key == t.sortColumn {
			arrow := "▴"
			if t.descending {
				arrow = "▾"
			}
			title, role = Truncate(title, p.w-2)+" "+arrow, Heading
			if t.mode == sorting {
				ground = Selected
			}
		}
		theme.write(&b, ground, role, Fit(title, p.w, c.Align))
		x = p.x + p.w
	}
	return FitLine(b.String(), t.width)
}

func (t *Table) headingLine(c Cell) string {
	var b strings.Builder
	t.look.Theme.writeCell(&b, Plain, c, t.width, AlignLeft)
	return FitLine(b.String(), t.width)
}

// emptyLines say why there is nothing to see.
func (t *Table) emptyLines() []string {
	key, args := t.options.Empty, text.Args{}
	if t.filter != "" {
		key, args = t.options.Filtered, text.Args{"Query": t.filter}
	}
	if key == "" {
		return nil
	}
	lines := []string{Blank(t.width)}
	for _, line := range Wrap(t.look.T(key, args), max(t.width-2*t.gutter(), 1)) {
		lines = append(lines, FitLine(Blank(t.gutter())+t.look.Paint(Dim, line), t.width))
	}
	return lines
}

// footLine is the filter or the hint of the mode at the left, and marks and
// position at the right.
func (t *Table) footLine() string {
	theme := t.look.Theme
	right := t.position()
	if t.marksShown > 0 {
		right = t.look.Text.N("kit.table.marked", t.marksShown) + " · " + right
	}
	right = theme.Paint(Dim, right+t.beyond())
	left := ""
	room := max(t.width-Width(right)-t.gutter()-5, 8) // beside the slash and some air
	switch {
	case t.mode == filtering:
		left = theme.Paint(Key, "/ ") + t.query.View(min(room, 40), true)
	case t.mode == sorting:
		left = theme.Paint(Key, t.look.T("kit.table.sorting"))
	case t.filter != "":
		left = theme.Paint(Key, "/ ") + theme.Paint(Strong, Truncate(Clean(t.filter), min(room, 40))) +
			theme.Paint(Dim, "  "+t.look.T("kit.table.unfilter"))
	}
	return Sides(Blank(t.gutter())+left, right+" ", t.width)
}

// beyond says on which side there are more rows than show.
func (t *Table) beyond() string {
	switch {
	case t.top > 0 && t.below:
		return " ▴▾"
	case t.top > 0:
		return " ▴"
	case t.below:
		return " ▾"
	}
	return ""
}

// overflow marks a line that has more above or below it, in tables without a foot:
// in the blank before it, where it hides nothing.
func (t *Table) overflow(line string, above, below bool) string {
	if t.width < 3 || !above && !below || !strings.HasPrefix(ansi.Strip(line), " ") {
		return line
	}
	glyph := "▾"
	if above {
		glyph = "▴"
	}
	return t.look.Paint(Dim, glyph) + ansi.TruncateLeft(line, 1, "")
}

// position is "27 of 900", or "27/900 accounts" in the owner's words.
func (t *Table) position() string {
	n := t.source.Len()
	total := n
	if t.source.Total != nil {
		total = t.source.Total()
	}
	if n == 0 {
		if total == 0 {
			return ""
		}
		return t.look.T("kit.table.position", text.Args{"Row": "0", "Rows": t.look.Text.Int(total)})
	}
	where := t.look.T("kit.table.position", text.Args{"Row": t.look.Text.Int(t.cursor + 1), "Rows": t.look.Text.Int(n)})
	switch {
	case t.filter != "" && total != n:
		return t.look.T("kit.table.filtered", text.Args{"Position": where, "Total": t.look.Text.Int(total)})
	case t.options.Unit != "":
		return t.look.T("kit.table.row", text.Args{"Row": t.look.Text.Int(t.cursor + 1), "Rows": t.look.Text.N(t.options.Unit, n)})
	}
	return where
}
