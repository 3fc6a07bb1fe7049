package tables

// The steps of the history in a file for people.

import (
	"iter"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/words"
)

// HistorySheet is a sheet of steps.
func HistorySheet(v View, entries iter.Seq[store.Entry]) exchange.Sheet {
	p := v.Text
	sheet := exchange.Sheet{Title: p.T("page.history"), Keys: []string{"step", "date", "time", "who", "role", "what", "changes", "undone"}}
	for _, head := range []string{"sheet.step", "sheet.date", "sheet.time", "history.column.who", "field.role", "history.column.what", "history.column.changes", "sheet.undone"} {
		sheet.Header = append(sheet.Header, p.T(head))
	}
	sheet.Rows = func(yield func([]exchange.Cell) bool) {
		for e := range entries {
			at := e.At.Local()
			if !yield([]exchange.Cell{
				exchange.IntCell(int(e.Step)), exchange.DateCell(model.DateOf(at)), exchange.ClockCell(model.NewClock(at.Hour(), at.Minute())),
				exchange.TextCell(e.Actor), exchange.TextCell(words.Role(p, e.Role)), exchange.TextCell(words.Step(p, e)),
				exchange.TextCell(words.Changes(p, e.Tally)), exchange.BoolCell(e.Undone),
			}) {
				return
			}
		}
	}
	return sheet
}
