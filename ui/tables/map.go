package tables

// The accounts that a map shows, beside it and as a file.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// OnMap is an account that a map shows.
type OnMap struct {
	Customer *model.Customer
	Standing model.Standing
	Signs    []kit.Span // as they stand on the map
	Said     []string   // the same in words
}

// Map is the table of the accounts that a map shows.
var Map = Table[OnMap]{
	Name: "page.map", Heads: "maps.file.",
	Columns: []Column[OnMap]{
		{
			Key: "sign", Min: 3, Ideal: 4, Priority: 9,
			Cell:  func(_ View, r OnMap) kit.Cell { return kit.Cell{Spans: r.Signs} },
			Value: func(_ View, r OnMap) exchange.Cell { return exchange.TextCell(strings.Join(r.Said, ", ")) },
		},
		{
			Key: "name", Title: "maps.column.name", Min: 14, Ideal: 24, Flex: 2, Priority: 8,
			Cell:  func(v View, r OnMap) kit.Cell { return kit.Cell{Text: words.AccountName(v.Book(), r.Customer.Code)} },
			Value: func(_ View, r OnMap) exchange.Cell { return exchange.TextCell(r.Customer.Name) },
		},
		{Key: "code", Value: func(_ View, r OnMap) exchange.Cell { return exchange.TextCell(r.Customer.Code) }},
		{Key: "territory", Value: func(v View, r OnMap) exchange.Cell {
			return exchange.TextCell(words.AreaName(v.Text, v.Book(), r.Customer.Territory))
		}},
		{
			Key: "class", Title: "maps.column.class", Min: 2, Ideal: 3, Priority: 5,
			Cell: func(v View, r OnMap) kit.Cell { return kit.Cell{Text: v.Book().Settings().ClassName(r.Customer.Class)} },
			Value: func(v View, r OnMap) exchange.Cell {
				return exchange.TextCell(v.Book().Settings().ClassName(r.Customer.Class))
			},
		},
		{Key: "postcode", Value: func(_ View, r OnMap) exchange.Cell { return exchange.TextCell(r.Customer.Address.Postcode) }},
		{
			Key: "city", Title: "maps.column.city", Min: 8, Ideal: 12, Flex: 1, Priority: 6,
			Cell:  func(_ View, r OnMap) kit.Cell { return kit.Cell{Text: r.Customer.Address.City, Role: kit.Dim} },
			Value: func(_ View, r OnMap) exchange.Cell { return exchange.TextCell(r.Customer.Address.City) },
		},
		{Key: "state", Value: func(v View, r OnMap) exchange.Cell { return exchange.TextCell(words.State(v.Text, r.Standing.State)) }},
	},
}
