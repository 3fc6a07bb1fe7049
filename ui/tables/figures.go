package tables

// Sales' own figures: on their page, and as a file.

import (
	"iter"

	"doppelpass/model/figures"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Figure is a row of figures, or the sum of them.
type Figure struct {
	figures.Row
	Sum bool
}

// FigureRows are the rows without a sum, as files have them.
func FigureRows(rows []figures.Row) iter.Seq[Figure] {
	return func(yield func(Figure) bool) {
		for _, r := range rows {
			if !yield(Figure{Row: r}) {
				return
			}
		}
	}
}

// FigureRow is what a row of figures is about, in the reader's words.
func FigureRow(v View, r figures.Row) string {
	switch {
	case r.Month != 0:
		return PassMonth(v.Text, r.Month)
	case r.Territory != "":
		return words.AreaName(v.Text, v.Book(), r.Territory)
	case r.Class == "":
		return v.Text.T("figures.no-class")
	}
	return v.Book().ClassName(r.Class)
}

// FigureShare is a share as people read it; "–" of nothing.
func FigureShare(p *text.Printer, n, of int) string {
	if of == 0 {
		return "–"
	}
	return p.Percent(float64(n) / float64(of))
}

// Figures is the table of figures.
var Figures = Table[Figure]{
	Name: "sheet.figures", Heads: "figures.file.",
	Columns: append([]Column[Figure]{{
		Key: "row", Title: "figures.row", Min: 14, Ideal: 26, Flex: 1, Priority: 9,
		Header: func(p *text.Printer) string { return p.T("figures.row") },
		Cell: func(v View, r Figure) kit.Cell {
			if r.Sum {
				return kit.Cell{Text: v.Text.T("figures.all"), Role: kit.Heading}
			}
			return kit.Cell{Text: FigureRow(v, r.Row)}
		},
		Value: func(v View, r Figure) exchange.Cell { return exchange.TextCell(FigureRow(v, r.Row)) },
	}}, figureColumns()...),
}

// figureColumn is a column of figures: a count, and what it is a share of on the page.
type figureColumn struct {
	key      string
	priority int // 0: only in files
	count    func(figures.Sums) int
	of       func(figures.Sums) int // nil: the count itself shows
}

func figureColumns() (columns []Column[Figure]) {
	for _, c := range [...]figureColumn{
		{"accounts", 3, func(s figures.Sums) int { return s.Accounts }, nil},
		{"visits", 8, func(s figures.Sums) int { return s.Visits }, nil},
		{"reached", 7, func(s figures.Sums) int { return s.Reached }, func(s figures.Sums) int { return s.Accounts }},
		{"rhythmic", 0, func(s figures.Sums) int { return s.Rhythmic }, nil},
		{"in-rhythm", 6, func(s figures.Sums) int { return s.InRhythm }, func(s figures.Sums) int { return s.Rhythmic }},
		{"agreed", 2, func(s figures.Sums) int { return s.Agreed }, nil},
		{"kept", 5, func(s figures.Sums) int { return s.Kept }, func(s figures.Sums) int { return s.Agreed }},
		{"orders", 6, func(s figures.Sums) int { return s.Orders }, nil},
	} {
		column := Column[Figure]{Key: c.key, Value: func(_ View, r Figure) exchange.Cell { return exchange.IntCell(c.count(r.Sums)) }}
		if c.priority > 0 {
			column.Title, column.Align, column.Min, column.Ideal, column.Priority = "figures.head."+c.key, kit.AlignRight, 8, 11, c.priority
			column.Cell = func(v View, r Figure) kit.Cell {
				said := v.Text.Int(c.count(r.Sums))
				if c.of != nil {
					said = FigureShare(v.Text, c.count(r.Sums), c.of(r.Sums))
				}
				return figureCell(r, said)
			}
		}
		columns = append(columns, column)
	}
	return append(columns, Column[Figure]{
		Key: "value", Title: "figures.head.value", Align: kit.AlignRight, Min: 11, Ideal: 13, Priority: 4,
		Cell:  func(v View, r Figure) kit.Cell { return figureCell(r, v.Text.Money(r.Value)) },
		Value: func(_ View, r Figure) exchange.Cell { return exchange.MoneyCell(r.Value) },
	})
}

func figureCell(r Figure, said string) kit.Cell {
	switch {
	case r.Sum:
		return kit.Cell{Text: said, Role: kit.Strong}
	case said == "–" || said == "0":
		return kit.Cell{Text: said, Role: kit.Dim}
	}
	return kit.Cell{Text: said}
}
