package tables

// The people at an account, on its page.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
)

// People is the table of an account's contacts.
var People = Table[model.Contact]{
	Columns: []Column[model.Contact]{
		{Key: "name", Title: "forms.name", Min: 16, Ideal: 22, Flex: 1, Priority: 100, Cell: func(_ View, c model.Contact) kit.Cell { return kit.Cell{Text: c.Name} }},
		{Key: "function", Title: "forms.function", Min: 16, Ideal: 20, Flex: 1, Priority: 80, Cell: func(_ View, c model.Contact) kit.Cell { return dim(c.Function) }},
		{Key: "phone", Title: "forms.phone", Min: 14, Ideal: 16, Priority: 90, Cell: func(_ View, c model.Contact) kit.Cell { return kit.Cell{Text: c.Phone} }},
		{Key: "email", Title: "forms.email", Min: 16, Ideal: 24, Priority: 60, Cell: func(_ View, c model.Contact) kit.Cell { return dim(c.Email) }},
		{Key: "note", Title: "forms.note", Min: 12, Ideal: 20, Flex: 1, Priority: 50, Cell: func(_ View, c model.Contact) kit.Cell { return dim(c.Note) }},
	},
}
