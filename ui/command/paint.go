package command

// Plain tables on the terminal: aligned, and a little emphasis where a person
// reads them.

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// bold emphasises on a terminal that may have it, and nowhere else.
func (r *run) bold(w io.Writer) func(string) string { return r.style(w, "1") }

// dim is bold's counterpart.
func (r *run) dim(w io.Writer) func(string) string { return r.style(w, "2") }

func (r *run) style(w io.Writer, code string) func(string) string {
	if !r.isTerminal(w) || r.Getenv("NO_COLOR") != "" || r.Getenv("TERM") == "dumb" {
		return func(s string) string { return s }
	}
	return func(s string) string { return "\x1b[" + code + "m" + s + "\x1b[0m" }
}

// grid is rows of cells whose columns are aligned when it is written. Columns of
// numbers are aligned at the right.
type grid struct {
	rows  [][]string
	right map[int]bool
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// widths are the columns' widths in cells of the terminal; several grids can share
// them.
func (g *grid) widths(widths []int) []int {
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	return widths
}

func (g *grid) write(b *strings.Builder, indent string, widths []int) {
	for _, row := range g.rows {
		line := indent
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			if g.right[i] {
				cell = pad + cell
			} else {
				cell += pad
			}
			line += cell + "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
