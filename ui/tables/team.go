package tables

// The people who work on the business: on their page, and as the command prints them.

import (
	"cmp"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Team is the table of the people.
var Team = Table[model.Person]{
	Name: "page.people", Heads: "people.file.", First: []string{"code"},
	Columns: []Column[model.Person]{
		{Key: "name", Title: "forms.name", Min: 16, Ideal: 26, Flex: 2, Priority: 100, Cell: func(_ View, p model.Person) kit.Cell {
			role := kit.Text
			if p.Inactive {
				role = kit.Dim
			}
			return kit.Cell{Text: cmp.Or(p.Name, p.Code), Role: role}
		}, Value: func(_ View, p model.Person) exchange.Cell { return exchange.TextCell(p.Name) }},
		{Key: "role", Title: "people.column.role", Min: 14, Ideal: 18, Priority: 90, Cell: func(v View, p model.Person) kit.Cell {
			glyph, accent := RoleMark(p.Role)
			return kit.Cell{Spans: []kit.Span{{Text: glyph + " ", Role: accent}, {Text: words.Role(v.Text, p.Role), Role: kit.Text}}}
		}, Value: func(v View, p model.Person) exchange.Cell { return exchange.TextCell(words.Role(v.Text, p.Role)) }},
		{Key: "department", Title: "people.column.department", Min: 10, Ideal: 14, Priority: 50, Cell: func(v View, p model.Person) kit.Cell { return dim(words.PersonSide(v.Text, p)) },
			Value: func(v View, p model.Person) exchange.Cell { return exchange.TextCell(words.PersonSide(v.Text, p)) }},
		{Key: "rep", Title: "people.column.rep", Min: 12, Ideal: 20, Flex: 1, Priority: 60, Cell: func(v View, p model.Person) kit.Cell {
			if p.Rep == "" {
				return kit.Cell{}
			}
			return dim(v.Book().RepName(p.Rep))
		}, Value: func(v View, p model.Person) exchange.Cell {
			if p.Rep == "" {
				return exchange.Cell{}
			}
			return exchange.TextCell(v.Book().RepName(p.Rep))
		}},
		{Key: "keys", Title: "people.column.keys", Min: 12, Ideal: 14, Priority: 55, Cell: func(v View, p model.Person) kit.Cell {
			return dim(v.Text.N("people.keys", len(p.Keys)))
		}, Value: func(_ View, p model.Person) exchange.Cell { return exchange.IntCell(len(p.Keys)) }},
		{Key: "code", Title: "forms.code", Min: 10, Ideal: 16, Priority: 40, Cell: func(_ View, p model.Person) kit.Cell { return dim(p.Code) },
			Value: func(_ View, p model.Person) exchange.Cell { return exchange.TextCell(p.Code) }},
		{Key: "active", Title: "people.column.active", Min: 14, Ideal: 16, Priority: 70, Cell: func(v View, p model.Person) kit.Cell {
			if p.Inactive {
				return kit.Cell{Text: v.Text.T("people.inactive"), Role: kit.Late}
			}
			return dim(v.Text.T("people.active"))
		}, Value: func(_ View, p model.Person) exchange.Cell { return exchange.BoolCell(!p.Inactive) }},
	},
}
