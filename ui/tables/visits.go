package tables

// Visits: as their page lists them. In files they are the canonical table, which reads
// back as the same records.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Visits is the table of visits.
var Visits = Table[model.Visit]{
	Columns: []Column[model.Visit]{
		{
			Key: "date", Title: "visits.column.date", Min: 10, Priority: 10,
			Cell: func(v View, r model.Visit) kit.Cell { return kit.Cell{Text: v.Text.WeekdayDay(r.Date)} },
		},
		{
			Key: "time", Title: "visits.column.time", Min: 5, Priority: 2,
			Cell: func(_ View, r model.Visit) kit.Cell { return dim(r.Time.String()) },
		},
		{
			Key: "account", Title: "visits.column.account", Min: 17, Ideal: 32, Flex: 1, Priority: 9,
			Cell: func(v View, r model.Visit) kit.Cell {
				if l := v.Book().Account(r.Account); l != nil {
					return kit.Cell{Text: l.Name}
				}
				return kit.Cell{Text: r.Account}
			},
		},
		{
			Key: "city", Title: "visits.column.city", Min: 10, Ideal: 16, Priority: 1,
			Cell: func(v View, r model.Visit) kit.Cell {
				if l := v.Book().Account(r.Account); l != nil {
					return dim(l.Address.City)
				}
				return dim("")
			},
		},
		{
			Key: "territory", Title: "visits.column.territory", Min: 11, Ideal: 20, Priority: 4,
			Cell: func(v View, r model.Visit) kit.Cell {
				if l := v.Book().Account(r.Account); l != nil {
					return dim(words.AreaName(v.Text, v.Book(), l.Territory))
				}
				return dim("")
			},
		},
		{
			Key: "rep", Title: "visits.column.rep", Min: 12, Ideal: 18, Priority: 7,
			Cell: func(v View, r model.Visit) kit.Cell { return kit.Cell{Text: v.Book().RepName(r.Rep)} },
		},
		{Key: "result", Title: "visits.column.result", Min: 19, Priority: 8, Cell: visitResult},
		{
			Key: "value", Title: "visits.column.value", Min: 9, Align: kit.AlignRight, Priority: 5,
			Cell: func(v View, r model.Visit) kit.Cell {
				if r.Value == 0 {
					return kit.Cell{}
				}
				return kit.Cell{Text: v.Text.Money(r.Value)}
			},
		},
		{
			Key: "minutes", Title: "visits.column.minutes", Min: 4, Align: kit.AlignRight,
			Cell: func(v View, r model.Visit) kit.Cell {
				if r.Minutes <= 0 {
					return dim("")
				}
				return dim(v.Text.Int(r.Minutes))
			},
		},
		{
			Key: "note", Title: "visits.column.note", Min: 12, Ideal: 12, Flex: 1, Priority: 3,
			Cell: func(_ View, r model.Visit) kit.Cell { return dim(r.Note) },
		},
	},
}

// visitResult is what came of a visit, with a glyph for its kind.
func visitResult(v View, r model.Visit) kit.Cell {
	word := words.VisitResult(v.Text, r)
	switch r.Kind {
	case model.VisitMet:
		role := kit.Text
		if r.Outcome == "order" {
			role = kit.Good
		}
		return kit.Cell{Text: words.DoneGlyph + " " + word, Role: role}
	case model.VisitNotMet:
		return kit.Cell{Text: "○ " + word, Role: kit.Late}
	}
	return dim("· " + word)
}

func dim(s string) kit.Cell { return kit.Cell{Text: s, Role: kit.Dim} }
