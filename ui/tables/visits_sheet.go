package tables

// Visits in a file for people: names beside the codes, headers and outcomes in the
// reader's language.

import (
	"iter"
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// visitHeads are the columns, in their order; the headers are messages below "sheet.".
var visitHeads = []string{
	"date", "time", "code", "name", "city", "territory", "territory_name", "rep_code", "rep", "visit_kind", "outcome", "value", "minutes", "guests", "note",
}

// VisitsSheet makes sheets of visits. What it needs of the Book is taken out of it now,
// so that the rows may be written while the Book moves on.
func VisitsSheet(p *text.Printer, book *model.Book) func(iter.Seq[model.Visit]) exchange.Sheet {
	type account struct{ name, city, territory string }
	accounts := make(map[string]account, book.AccountCount())
	for l := range book.Accounts {
		accounts[l.Code] = account{l.Name, l.Address.City, l.Territory}
	}
	areas, reps := map[string]string{}, map[string]string{}
	for _, area := range book.Areas() {
		areas[area.Code] = territoryName(book, area.Code)
	}
	for _, rep := range book.Reps() {
		reps[rep.Code] = book.RepName(rep.Code)
	}
	sheet := exchange.Sheet{Title: p.T("page.visits"), Keys: visitHeads}
	for _, head := range visitHeads {
		sheet.Header = append(sheet.Header, p.T("sheet."+head))
	}
	kinds := map[model.VisitKind]string{}
	for _, kind := range []model.VisitKind{model.VisitMet, model.VisitNotMet, model.VisitOther} {
		kinds[kind] = p.T("visit.kind." + kind.String())
	}
	return func(visits iter.Seq[model.Visit]) exchange.Sheet {
		sheet.Rows = func(yield func([]exchange.Cell) bool) {
			for v := range visits {
				a := accounts[v.Account]
				value, minutes := exchange.Cell{}, exchange.Cell{}
				if v.Value != 0 {
					value = exchange.MoneyCell(v.Value)
				}
				if v.Minutes > 0 {
					minutes = exchange.IntCell(v.Minutes)
				}
				if !yield([]exchange.Cell{
					exchange.DateCell(v.Date), exchange.ClockCell(v.Time), exchange.TextCell(v.Account), exchange.TextCell(a.name), exchange.TextCell(a.city),
					exchange.TextCell(a.territory), exchange.TextCell(areas[a.territory]), exchange.TextCell(v.Rep), exchange.TextCell(reps[v.Rep]),
					exchange.TextCell(kinds[v.Kind]), exchange.TextCell(words.Outcome(p, v.Outcome)), value, minutes,
					exchange.TextCell(strings.Join(v.Guests, "; ")), exchange.TextCell(v.Note),
				}) {
					return
				}
			}
		}
		return sheet
	}
}
