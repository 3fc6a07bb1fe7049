package tables

import (
	"doppelpass/model/figures"
	"doppelpass/ui/text"
)

// FigureTrend is how one of the figures went from month to month.
type FigureTrend struct {
	Title  string
	Values []float64 // of each month: a count, or a share from 0 to 1
	Says   []string  // the same in words
	Top    float64   // up to where a chart of it reaches at least
}

// FigureTrends are the figures of rows by month that a chart shows.
func FigureTrends(p *text.Printer, months []figures.Row) (trends []FigureTrend) {
	for _, c := range [...]struct {
		key   string
		top   float64
		count func(figures.Sums) int
		of    func(figures.Sums) int // nil: the count itself
	}{
		{"visits", 0, func(s figures.Sums) int { return s.Visits }, nil},
		{"reached", 0, func(s figures.Sums) int { return s.Reached }, func(s figures.Sums) int { return s.Accounts }},
		{"in-rhythm", 1, func(s figures.Sums) int { return s.InRhythm }, func(s figures.Sums) int { return s.Rhythmic }},
		{"kept", 1, func(s figures.Sums) int { return s.Kept }, func(s figures.Sums) int { return s.Agreed }},
		{"orders", 0, func(s figures.Sums) int { return s.Orders }, nil},
	} {
		trend := FigureTrend{Title: p.T("figures.trend." + c.key), Top: c.top}
		for _, month := range months {
			n := c.count(month.Sums)
			value, said := float64(n), p.Int(n)
			if c.of != nil {
				value, said = Share(n, c.of(month.Sums)), FigureShare(p, n, c.of(month.Sums))
			}
			trend.Values, trend.Says = append(trend.Values, value), append(trend.Says, said)
		}
		trends = append(trends, trend)
	}
	return trends
}

// Share is a share of 0 to 1; 0 of nothing.
func Share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}
