package tables

// Sales' own figures, as a file.

import (
	"doppelpass/model"
	"doppelpass/model/figures"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// FigureColumns are the figures in order, by the names that their messages have.
var FigureColumns = [...]string{"accounts", "visits", "reached", "rhythmic", "in-rhythm", "agreed", "kept", "orders", "value"}

// FigureRow is what a row of figures is about, in the reader's words.
func FigureRow(v View, r figures.Row) string {
	switch {
	case r.Month != 0:
		return PassMonth(v.Text, model.Date(r.Month))
	case r.Territory != "":
		return words.AreaName(v.Text, v.Book(), r.Territory)
	case r.Class == "":
		return v.Text.T("figures.no-class")
	}
	return v.Book().ClassName(r.Class)
}

// Figures is the table of figures for files.
var Figures = Table[figures.Row]{
	Name: "sheet.figures", Heads: "figures.file.",
	Columns: append([]Column[figures.Row]{
		{Key: "row", Header: func(p *text.Printer) string { return p.T("figures.row") }, Value: func(v View, r figures.Row) exchange.Cell { return exchange.TextCell(FigureRow(v, r)) }},
	}, figureColumns()...),
}

func figureColumns() (columns []Column[figures.Row]) {
	count := func(of func(figures.Sums) int) func(View, figures.Row) exchange.Cell {
		return func(_ View, r figures.Row) exchange.Cell { return exchange.IntCell(of(r.Sums)) }
	}
	values := [...]func(View, figures.Row) exchange.Cell{
		count(func(s figures.Sums) int { return s.Accounts }), count(func(s figures.Sums) int { return s.Visits }), count(func(s figures.Sums) int { return s.Reached }),
		count(func(s figures.Sums) int { return s.Rhythmic }), count(func(s figures.Sums) int { return s.InRhythm }), count(func(s figures.Sums) int { return s.Agreed }),
		count(func(s figures.Sums) int { return s.Kept }), count(func(s figures.Sums) int { return s.Orders }),
		func(_ View, r figures.Row) exchange.Cell { return exchange.MoneyCell(r.Value) },
	}
	for i, name := range FigureColumns {
		columns = append(columns, Column[figures.Row]{Key: name, Header: func(p *text.Printer) string { return p.T("figures.file." + name) }, Value: values[i]})
	}
	return columns
}
