package paper

// The page on a screen: lines of a width.

import "doppelpass/ui/kit"

// roles are the tones on a screen.
var roles = map[Tone]kit.Role{Plain: kit.Text, Dim: kit.Dim, Strong: kit.Strong, Good: kit.Good, Late: kit.Late, Sales: kit.Sales, Marketing: kit.Marketing}

// gap is what parts two columns.
const gap = 2

// Lines are the page's blocks in so many cells; its title is for who shows them.
func Lines(look *kit.Look, p Page, width int) (lines []string) {
	for i, block := range p.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, look.Paint(kit.Heading, block.Title))
		for _, line := range block.Lines {
			indent := ""
			if line.Mark != "" {
				indent = "  "
			}
			for j, part := range kit.Wrap(line.Text, width-len(indent)) {
				lead := indent
				if line.Mark != "" && j == 0 {
					lead = look.Paint(roles[line.Tone], line.Mark) + " "
				}
				lines = append(lines, lead+look.Paint(kit.Text, part))
			}
		}
		if block.Table != nil {
			lines = append(lines, block.Table.lines(look, width)...)
		}
		for _, card := range block.Cards {
			lines = append(lines, kit.Paragraph(look, kit.Text, card.String(), width)...)
		}
		if block.Note != "" {
			lines = append(lines, kit.Paragraph(look, kit.Dim, block.Note, width)...)
		}
	}
	if p.Foot != "" {
		lines = append(lines, "")
		lines = append(lines, kit.Paragraph(look, kit.Dim, p.Foot, width)...)
	}
	return lines
}

// fit says how wide each column is, 0 for those that there is no room for: those that
// matter least fall away first, then the widest text is cut.
func (t *Table) fit(width int) (widths []int) {
	widths = make([]int, len(t.Heads))
	for i, h := range t.Heads {
		widths[i] = kit.Width(h.Title)
		for _, row := range t.Rows {
			if i < len(row.Cells) {
				widths[i] = max(widths[i], kit.Width(row.Cells[i].String()))
			}
		}
	}
	for {
		all, least, widest := -gap, -1, 0
		for i, w := range widths {
			if w == 0 {
				continue
			}
			all += w + gap
			if least < 0 || t.Heads[i].Keep < t.Heads[least].Keep {
				least = i
			}
			if w > widths[widest] {
				widest = i
			}
		}
		const readable = 16
		switch over := all - width; {
		case over <= 0:
			return widths
		case !t.Heads[widest].Right && widths[widest]-over >= readable:
			widths[widest] -= over
		case least >= 0 && least != widest || widths[widest] <= readable:
			if least < 0 {
				return widths
			}
			widths[least] = 0
		default:
			widths[widest] = max(widths[widest]-over, readable)
		}
	}
}

// lines are the table's lines. What is wider than its column goes on below: nothing that
// is read in a meeting is cut.
func (t *Table) lines(look *kit.Look, width int) (lines []string) {
	widths := t.fit(width)
	row := func(cell func(i int) [][]kit.Span) {
		height := 1
		cells := make([][][]kit.Span, len(widths))
		for i, w := range widths {
			if w > 0 {
				cells[i] = cell(i)
				height = max(height, len(cells[i]))
			}
		}
		for n := range height {
			line, lead := "", ""
			for i, w := range widths {
				if w == 0 {
					continue
				}
				var spans []kit.Span
				if n < len(cells[i]) {
					spans = cells[i][n]
				}
				used := 0
				for _, span := range spans {
					used += kit.Width(span.Text)
				}
				said := kit.Line(look, w, spans...)
				if t.Heads[i].Right && used < w {
					said = kit.Blank(w-used) + kit.Line(look, used, spans...)
				}
				line += lead + said
				lead = kit.Blank(gap)
			}
			lines = append(lines, line)
		}
	}
	row(func(i int) [][]kit.Span { return [][]kit.Span{{{Text: t.Heads[i].Title, Role: kit.Dim}}} })
	for _, r := range t.Rows {
		row(func(i int) [][]kit.Span {
			if i >= len(r.Cells) {
				return nil
			}
			return r.Cells[i].wrapped(r.Sum, widths[i], t.Heads[i].Right)
		})
	}
	return lines
}

// wrapped is a cell in lines of so many cells; numbers and charts keep to one.
func (c Cell) wrapped(sum bool, width int, right bool) (lines [][]kit.Span) {
	if right || c.chart() != "" || kit.Width(c.String()) <= width {
		return [][]kit.Span{c.spans(sum)}
	}
	room, mark := width, 0
	if c.Mark != "" {
		mark = kit.Width(c.Mark) + 1
		room -= mark
	}
	for n, part := range kit.Wrap(c.Text, max(room, 1)) {
		piece := c
		if piece.Text = part; n > 0 {
			piece.Mark = ""
		}
		spans := piece.spans(sum)
		if n > 0 && mark > 0 {
			spans = append([]kit.Span{{Text: kit.Blank(mark)}}, kit.Span{Text: part})
		}
		lines = append(lines, spans)
	}
	return lines
}

func (c Cell) spans(sum bool) (spans []kit.Span) {
	role := roles[c.Tone]
	text := role
	if c.Mark != "" {
		spans, text = append(spans, kit.Span{Text: c.Mark + " ", Role: role}), kit.Text
	}
	if sum && text == kit.Text {
		text = kit.Strong
	}
	spans = append(spans, kit.Span{Text: c.Text, Role: text})
	if chart := c.chart(); chart != "" {
		if c.Text != "" || c.Mark != "" {
			chart = " " + chart
		}
		tone := c.Tone
		if c.Bar != nil {
			tone = c.Bar.Tone
		} else if c.Spark != nil {
			tone = c.Spark.Tone
		}
		spans = append(spans, kit.Span{Text: chart, Role: roles[tone]})
	}
	return spans
}
