package kit

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// WholeRow asks for a row of a table to be shown whole: with its columns that had no room,
// and its cells uncut.
type WholeRow struct {
	Title string
	Lines func(width int) []string // for a Reader
}

// Whole asks for the row under the cursor to be shown whole.
func (t *Table) Whole() tea.Cmd {
	i := t.CursorIndex()
	if i < 0 || i >= t.source.Len() {
		return nil
	}
	row := t.source.Row(i)
	type pair struct{ label, text string }
	var pairs []pair
	title := ""
	for n, column := range t.given {
		var said []string
		for _, cells := range [...][]Cell{row.Cells, row.Second} {
			if n < len(cells) {
				if text := strings.Join(strings.Fields(cells[n].said()), " "); text != "" {
					said = append(said, text)
				}
			}
		}
		if len(said) == 0 {
			continue
		}
		text := strings.Join(said, " · ")
		if title == "" {
			title = text
		}
		pairs = append(pairs, pair{t.look.T(column.Title), text})
	}
	look := t.look
	return func() tea.Msg {
		return WholeRow{title, func(width int) (lines []string) {
			label := 0
			for _, p := range pairs {
				label = max(label, min(Width(p.label), width/3))
			}
			for _, p := range pairs {
				for n, line := range Paragraph(look, Text, p.text, max(width-label-2, 1)) {
					said := ""
					if n == 0 {
						said = p.label
					}
					lines = append(lines, look.Paint(Dim, Fit(said, label, AlignLeft))+Blank(2)+line)
				}
			}
			return lines
		}}
	}
}

// said is all that a cell says.
func (c Cell) said() string {
	if len(c.Spans) == 0 {
		return c.Text
	}
	var b strings.Builder
	for _, span := range c.Spans {
		b.WriteString(span.Text)
	}
	return b.String()
}
