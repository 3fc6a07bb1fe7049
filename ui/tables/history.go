package tables

// The steps of the history: on their page, and as the command prints them.

import (
	"strconv"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// History is the table of steps.
var History = Table[store.Entry]{
	Columns: []Column[store.Entry]{
		{
			Key: "time", Title: "history.column.time", Min: 5, Priority: 9,
			Cell: func(_ View, e store.Entry) kit.Cell { return dim(e.At.Local().Format("15:04")) },
		},
		{
			Key: "who", Title: "history.column.who", Min: 8, Ideal: 16, Priority: 5,
			Cell: func(_ View, e store.Entry) kit.Cell {
				glyph, accent := RoleMark(e.Role)
				if e.Undone {
					accent = kit.Dim
				}
				return kit.Cell{Spans: []kit.Span{{Text: glyph + " ", Role: accent}, {Text: e.Actor, Role: kit.Dim}}}
			},
		},
		{
			Key: "what", Title: "history.column.what", Min: 22, Ideal: 44, Flex: 2, Priority: 8,
			Cell: func(v View, e store.Entry) kit.Cell {
				role := kit.Text
				if e.Undone {
					role = kit.Dim
				}
				return kit.Cell{Text: words.Step(v.Text, e), Role: role}
			},
		},
		{
			Key: "changes", Title: "history.column.changes", Min: 30, Ideal: 40, Flex: 3, Priority: 4,
			Cell: func(v View, e store.Entry) kit.Cell {
				if e.Undone {
					return dim(words.Undone(v.Text, e, v.Today()))
				}
				return dim(words.Changes(v.Text, e.Tally))
			},
		},
		// Where there is no page around it, a step says its number, its day, and whether
		// it stands.
		{
			Key: "number", Align: kit.AlignRight,
			Cell: func(_ View, e store.Entry) kit.Cell { return kit.Cell{Text: strconv.FormatUint(e.Step, 10)} },
		},
		{
			Key: "moment",
			Cell: func(v View, e store.Entry) kit.Cell {
				at := e.At.Local()
				return kit.Cell{Text: v.Text.Date(model.DateOf(at)) + " " + at.Format("15:04")}
			},
		},
		{
			Key: "by",
			Cell: func(v View, e store.Entry) kit.Cell {
				return kit.Cell{Text: v.Text.T("command.history.by", text.Args{"Name": e.Actor, "Role": words.Role(v.Text, e.Role)})}
			},
		},
		{
			Key: "step",
			Cell: func(v View, e store.Entry) kit.Cell {
				step := words.Step(v.Text, e)
				if e.Undone {
					step = v.Text.T("command.history.undone", text.Args{"Step": step, "Name": e.UndoneBy})
				} else if n := len(e.Turns); n > 1 {
					step = v.Text.T("command.history.redone", text.Args{"Step": step, "Name": e.Turns[n-2].By, "Again": e.Turns[n-1].By})
				}
				return kit.Cell{Text: step}
			},
		},
		{
			Key:  "tally",
			Cell: func(v View, e store.Entry) kit.Cell { return kit.Cell{Text: words.Tally(v.Text, e.Tally)} },
		},
	},
}

// HistoryPage are the columns of the page, HistoryPrinted those the command prints.
var (
	HistoryPage    = History.Only("time", "who", "what", "changes")
	HistoryPrinted = History.Only("number", "moment", "by", "step", "tally")
)
