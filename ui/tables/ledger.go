package tables

// The ledger of passes: on its page, and as a file.

import (
	"fmt"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Pass is a line of the ledger, or the sum of a month above its lines.
type Pass struct {
	answer.Row
	Sum bool
}

// PassMonth is a month of the ledger in the reader's words.
func PassMonth(p *text.Printer, month model.Date) string {
	return p.T("ledger.month", text.Args{"Month": p.Month(month.Time().Month()), "Year": fmt.Sprint(month.Time().Year())})
}

// Ledger is the table of passes, month by month and territory by territory.
var Ledger = Table[Pass]{
	Name: "page.ledger", Heads: "ledger.file.",
	Columns: append([]Column[Pass]{
		{Key: "month", Value: func(v View, p Pass) exchange.Cell { return exchange.TextCell(PassMonth(v.Text, p.Month)) }},
		{
			Key: "territory", Title: "ledger.column.territory", Min: 14, Ideal: 28, Flex: 1, Priority: 9,
			Cell: func(v View, p Pass) kit.Cell {
				if p.Sum {
					return kit.Cell{Text: PassMonth(v.Text, p.Month), Role: kit.Heading}
				}
				return kit.Cell{Text: "  " + words.AreaName(v.Text, v.Book(), p.Territory)}
			},
			Value: func(v View, p Pass) exchange.Cell {
				return exchange.TextCell(words.AreaName(v.Text, v.Book(), p.Territory))
			},
		},
		{
			Key: "to", Title: "ledger.column.to", Min: 11, Ideal: 13, Priority: 8,
			Cell: func(v View, p Pass) kit.Cell {
				if p.Sum {
					return kit.Cell{}
				}
				glyph, accent := RoleMark(p.To)
				return kit.Cell{Text: glyph + " " + words.Role(v.Text, p.To), Role: accent}
			},
			Value: func(v View, p Pass) exchange.Cell { return exchange.TextCell(words.Role(v.Text, p.To)) },
		},
	}, passFigures()...),
}

// narrow says which figures a narrow page keeps, the highest first: what was passed,
// what was taken up, and what was scored with it; then what went wrong.
var narrow = map[string]int{"given": 7, "taken": 7, "scored": 7, "unanswered": 6, "missed": 5, "declined": 4, "countered": 3, "running": 2, "gone": 1}

func passFigures() (columns []Column[Pass]) {
	for _, f := range []struct {
		name string
		of   func(answer.Tally) int
	}{
		{"given", func(t answer.Tally) int { return t.Given }}, {"taken", func(t answer.Tally) int { return t.Taken }},
		{"declined", func(t answer.Tally) int { return t.Declined }}, {"countered", func(t answer.Tally) int { return t.Countered }},
		{"unanswered", func(t answer.Tally) int { return t.Unanswered }}, {"scored", func(t answer.Tally) int { return t.Scored }},
		{"missed", func(t answer.Tally) int { return t.Missed }}, {"gone", func(t answer.Tally) int { return t.Gone }},
		{"running", func(t answer.Tally) int { return t.Running }},
	} {
		columns = append(columns, Column[Pass]{
			Key: f.name, Title: "ledger.head." + f.name, Align: kit.AlignRight, Min: 7, Ideal: 10, Priority: narrow[f.name],
			Header: func(p *text.Printer) string { return p.T("ledger." + f.name) },
			Cell: func(v View, p Pass) kit.Cell {
				n, role := f.of(p.Tally), kit.Text
				switch {
				case n == 0:
					return kit.Cell{Text: "·", Role: kit.Faint}
				case p.Sum:
					role = kit.Strong
				}
				return kit.Cell{Text: v.Text.Int(n), Role: role}
			},
			Value: func(_ View, p Pass) exchange.Cell { return exchange.IntCell(f.of(p.Tally)) },
		})
	}
	return columns
}

// PassSums are the figures of a tally by name, as the reader's messages call them.
func PassSums(p *text.Printer, t answer.Tally) text.Args {
	return text.Args{
		"Given": p.Int(t.Given), "Taken": p.Int(t.Taken), "Declined": p.Int(t.Declined), "Countered": p.Int(t.Countered), "Unanswered": p.Int(t.Unanswered),
		"Scored": p.Int(t.Scored), "Missed": p.Int(t.Missed), "Gone": p.Int(t.Gone), "Running": p.Int(t.Running),
	}
}
