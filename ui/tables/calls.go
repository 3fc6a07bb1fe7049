package tables

// Calls: as their page lists them, and in a file for people.

import (
	"iter"
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Calls is the table of calls.
var Calls = Table[model.Call]{
	Columns: []Column[model.Call]{
		{
			Key: "date", Title: "visits.column.date", Min: 10, Priority: 10,
			Cell: func(v View, c model.Call) kit.Cell { return kit.Cell{Text: v.Text.WeekdayDay(c.Date)} },
		},
		{
			Key: "time", Title: "visits.column.time", Min: 5, Priority: 5,
			Cell: func(_ View, c model.Call) kit.Cell { return dim(c.Time.String()) },
		},
		{
			Key: "account", Title: "visits.column.account", Min: 20, Ideal: 32, Flex: 2, Priority: 9,
			Cell: func(v View, c model.Call) kit.Cell {
				if l := v.Book().Account(c.Account); l != nil {
					return kit.Cell{Text: l.Name}
				}
				return kit.Cell{Text: c.Account}
			},
		},
		{
			Key: "outcome", Title: "calls.column.outcome", Min: 20, Priority: 8,
			Cell: func(v View, c model.Call) kit.Cell {
				word := v.Text.T("call.outcome." + c.Outcome.String())
				switch {
				case c.Outcome == model.CallAppointment:
					return kit.Cell{Text: words.DoneGlyph + " " + word, Role: kit.Good}
				case c.Outcome == model.CallOptOut:
					return kit.Cell{Text: "○ " + word, Role: kit.Late}
				case c.Outcome.Reached():
					return kit.Cell{Text: words.DoneGlyph + " " + word}
				}
				return dim("· " + word)
			},
		},
		{
			Key: "agent", Title: "forms.agent", Min: 12, Ideal: 18, Priority: 7,
			Cell: func(_ View, c model.Call) kit.Cell { return kit.Cell{Text: c.Agent} },
		},
		{
			Key: "campaign", Title: "forms.campaign", Min: 12, Ideal: 24, Priority: 4,
			Cell: func(v View, c model.Call) kit.Cell {
				if found, ok := v.Book().Campaign(c.Campaign); ok {
					return dim(found.Name)
				}
				return dim(c.Campaign)
			},
		},
		{
			Key: "territory", Title: "visits.column.territory", Min: 11, Ideal: 20, Priority: 2,
			Cell: func(v View, c model.Call) kit.Cell {
				if l := v.Book().Account(c.Account); l != nil {
					return dim(words.AreaName(v.Text, v.Book(), l.Territory))
				}
				return dim("")
			},
		},
		{
			Key: "note", Title: "visits.column.note", Min: 12, Ideal: 12, Flex: 1, Priority: 6,
			Cell: func(_ View, c model.Call) kit.Cell { return dim(withGuests(c.Note, c.Guests)) },
		},
	},
}

// callHeads are the columns in a file, in their order, and the messages of their headers.
var callHeads = []struct{ key, title string }{
	{"date", "sheet.date"}, {"time", "sheet.time"}, {"code", "sheet.code"}, {"name", "sheet.name"}, {"territory", "sheet.territory"},
	{"territory_name", "sheet.territory_name"}, {"agent", "forms.agent"}, {"outcome", "sheet.outcome"}, {"campaign", "sheet.campaign"},
	{"campaign_name", "sheet.campaign_name"}, {"guests", "forms.listeners"}, {"note", "sheet.note"},
}

// CallsSheet makes sheets of calls. As with visits, what it needs of the Book is taken
// out of it now.
func CallsSheet(p *text.Printer, book *model.Book) func(iter.Seq[model.Call]) exchange.Sheet {
	type account struct{ name, territory string }
	accounts := make(map[string]account, book.AccountCount())
	for l := range book.Accounts {
		accounts[l.Code] = account{l.Name, l.Territory}
	}
	areas, campaigns := map[string]string{}, map[string]string{}
	for _, area := range book.Areas() {
		areas[area.Code] = territoryName(book, area.Code)
	}
	for _, c := range book.Campaigns() {
		campaigns[c.Code] = c.Name
	}
	sheet := exchange.Sheet{Title: p.T("page.calls")}
	for _, head := range callHeads {
		sheet.Keys, sheet.Header = append(sheet.Keys, head.key), append(sheet.Header, p.T(head.title))
	}
	return func(calls iter.Seq[model.Call]) exchange.Sheet {
		sheet.Rows = func(yield func([]exchange.Cell) bool) {
			for c := range calls {
				a := accounts[c.Account]
				if !yield([]exchange.Cell{
					exchange.DateCell(c.Date), exchange.ClockCell(c.Time), exchange.TextCell(c.Account), exchange.TextCell(a.name),
					exchange.TextCell(a.territory), exchange.TextCell(areas[a.territory]), exchange.TextCell(c.Agent),
					exchange.TextCell(p.T("call.outcome." + c.Outcome.String())), exchange.TextCell(c.Campaign), exchange.TextCell(campaigns[c.Campaign]),
					exchange.TextCell(strings.Join(c.Guests, "; ")), exchange.TextCell(c.Note),
				}) {
					return
				}
			}
		}
		return sheet
	}
}
