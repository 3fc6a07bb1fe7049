package store

// Why rows and cells were not taken, told once a reason and not once a row.

import (
	"slices"

	"doppelpass/store/exchange"
)

// Bounds of what a reason names: the rest is counted.
const (
	valuesNamed = 5
	rangesNamed = 6
)

// RowRange are rows of a file, both included.
type RowRange struct{ First, Last int }

// ProblemGroup are rows, or cells of rows that were taken, with one reason in one
// column.
type ProblemGroup struct {
	exchange.Problem          // of the first row
	Values           []string // the first few different cells
	MoreValues       bool
	Rows             int
	Ranges           []RowRange // the first few
	MoreRanges       bool
}

// note adds a row to the group that it belongs to.
func (r *FileReport) note(p exchange.Problem) {
	at := slices.IndexFunc(r.Groups, func(g ProblemGroup) bool {
		return g.Column == p.Column && g.Header == p.Header && g.Reason == p.Reason && g.Kept == p.Kept
	})
	if at < 0 {
		r.Groups = append(r.Groups, ProblemGroup{Problem: p})
		at = len(r.Groups) - 1
	}
	g := &r.Groups[at]
	g.Rows++
	switch {
	case p.Value == "" || slices.Contains(g.Values, p.Value):
	case len(g.Values) == valuesNamed:
		g.MoreValues = true
	default:
		g.Values = append(g.Values, p.Value)
	}
	last := len(g.Ranges) - 1
	switch {
	case last >= 0 && p.Line >= g.Ranges[last].First && p.Line <= g.Ranges[last].Last+1 && !g.MoreRanges:
		g.Ranges[last].Last = max(g.Ranges[last].Last, p.Line)
	case len(g.Ranges) == rangesNamed:
		g.MoreRanges = true
	default:
		g.Ranges = append(g.Ranges, RowRange{p.Line, p.Line})
	}
}

// lose tells a cell that could not be read of a row that is taken.
func (i *importer) lose(p exchange.Problem) {
	p.Kept = true
	i.report.Cells++
	i.report.note(p)
}

// withhold tells a cell that is not taken as it stands.
func (i *importer) withhold(p exchange.Problem) {
	i.report.Withheld++
	i.report.note(p)
}

// Taken counts the file's rows that are in the store now, or would be.
func (r FileReport) Taken() int { return r.Tally.Added + r.Tally.Changed + r.Same }
