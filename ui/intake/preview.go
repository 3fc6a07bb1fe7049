package intake

// The first rows of the file under the cursor, as they stand in it: what is taken
// in is bright, the column under the cursor marked.

import (
	"strings"

	"doppelpass/ui/kit"
)

// Bounds of a column in the preview, in cells.
const (
	narrowestColumn = 3
	widestColumn    = 22
)

// preview draws the header and rows into exactly height lines.
func (p *Page) preview(width, height int) []string {
	f, look := p.current(), p.s.Look
	if height <= 0 {
		return nil
	}
	title := look.T("intake.rows")
	lines := []string{look.Paint(kit.Faint, "── ") + look.Paint(kit.Dim, title) + " " + look.Rule(width-kit.Width(title)-4)}
	if f != nil && f.open != nil {
		rows := f.open.Rows()
		rows = rows[:min(len(rows), max(height-2, 0))]
		lines = append(lines, p.previewRow(f, f.open.Header(), rows, width, true))
		for i := range rows {
			lines = append(lines, p.previewRow(f, rows[i], rows, width, false))
		}
	}
	return strings.Split(kit.Block(lines, width, height), "\n")
}

func (p *Page) previewRow(f *file, cells []string, rows [][]string, width int, head bool) string {
	look := p.s.Look
	widths := previewWidths(f.open.Header(), rows)
	at := p.columns.CursorIndex()
	var b strings.Builder
	for i := firstColumn(widths, at, width); i < len(widths); i++ {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		role := kit.Dim
		if i < len(f.mapping.Columns) && f.mapping.Columns[i].Column != "" {
			role = kit.Text
			if head {
				role = kit.Strong
			}
		}
		ground := kit.Plain
		if i == at {
			ground = kit.Resting
			if p.onRight {
				ground = kit.Selected
			}
		}
		b.WriteString(look.Theme.PaintOn(ground, role, kit.Fit(kit.Clean(cell), widths[i], kit.AlignLeft)))
		b.WriteString("  ")
	}
	return kit.FitLine(b.String(), width)
}

// previewWidths are as wide as what is shown.
func previewWidths(header []string, rows [][]string) []int {
	widths := make([]int, len(header))
	for i, h := range header {
		widths[i] = kit.Width(kit.Clean(h))
		for _, row := range rows {
			if i < len(row) {
				widths[i] = max(widths[i], kit.Width(kit.Clean(row[i])))
			}
		}
		widths[i] = min(max(widths[i], narrowestColumn), widestColumn)
	}
	return widths
}

// firstColumn is where drawing starts so that column at is in sight.
func firstColumn(widths []int, at, width int) int {
	if at < 0 || at >= len(widths) {
		return 0
	}
	first, used := at, widths[at]
	for first > 0 && used+2+widths[first-1] <= width {
		first--
		used += 2 + widths[first]
	}
	return first
}
