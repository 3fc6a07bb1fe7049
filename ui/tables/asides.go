package tables

// What stands aside, on its page.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Asides is the table of what stands aside.
var Asides = Table[model.SetAside]{
	Columns: []Column[model.SetAside]{
		{Key: "date", Title: "aside.column.date", Min: 8, Ideal: 10, Priority: 50, Cell: func(v View, a model.SetAside) kit.Cell { return dim(v.Text.Day(a.Date)) }},
		{Key: "what", Title: "aside.column.what", Min: 20, Ideal: 34, Flex: 2, Priority: 100, Cell: func(v View, a model.SetAside) kit.Cell {
			return kit.Cell{Text: words.AsideName(v.Text, v.Book(), a)}
		}},
		{Key: "reason", Title: "aside.column.reason", Min: 20, Ideal: 26, Priority: 90, Cell: func(v View, a model.SetAside) kit.Cell { return dim(words.AsideReason(v.Text, a)) }},
		{Key: "changed", Title: "aside.column.by", Min: 10, Ideal: 16, Priority: 60, Cell: func(v View, a model.SetAside) kit.Cell { return dim(words.AsideBy(v.Text, v.Book(), a)) }},
	},
}
