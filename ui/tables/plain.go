package tables

// Tables as plain text: printed by a command, or taken along in the clipboard.

import (
	"strings"

	"doppelpass/ui/kit"
)

// Printed is a row as a command prints it: what stands on the page, without colours.
func (t Table[R]) Printed(v View, r R) []string {
	var fields []string
	for _, cell := range t.Cells(v, r) {
		fields = append(fields, plain(cell))
	}
	return fields
}

// Right are the places of the columns that a command prints at the right.
func (t Table[R]) Right() map[int]bool {
	right := map[int]bool{}
	for i, c := range t.Page() {
		right[i] = c.Align == kit.AlignRight
	}
	return right
}

// Tabbed is the table for pasting into a spreadsheet: the heads, then a line a row,
// its fields parted by tabs.
func (t Table[R]) Tabbed(v View, rows []R) string {
	var b strings.Builder
	line := func(fields []string) {
		for i, field := range fields {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(kit.Clean(field))
		}
		b.WriteByte('\n')
	}
	var heads []string
	for _, c := range t.Page() {
		heads = append(heads, v.Text.T(c.Title))
	}
	line(heads)
	for _, r := range rows {
		line(t.Printed(v, r))
	}
	return b.String()
}

func plain(c kit.Cell) string {
	s := c.Text
	for _, span := range c.Spans {
		s += span.Text
	}
	return s
}
