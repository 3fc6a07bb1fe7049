package tables

// All that both departments have to do with one account, in one list.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Timeline is the contact ledger of an account: the visits to it and the calls, what is
// planned and promised, and the campaigns that are made for it. Each column says what it
// says of each.
var Timeline = Table[model.Record]{
	Columns: []Column[model.Record]{
		either("date", 11, 11, 0, 100,
			func(v View, r model.Visit) kit.Cell { return kit.Cell{Text: v.Text.Date(r.Date)} },
			func(v View, r model.Call) kit.Cell { return kit.Cell{Text: v.Text.Date(r.Date)} }),
		either("time", 5, 5, 0, 40,
			func(_ View, r model.Visit) kit.Cell { return dim(r.Time.String()) },
			func(_ View, r model.Call) kit.Cell { return dim(r.Time.String()) }),
		either("what", 13, 19, 0, 95,
			func(v View, r model.Visit) kit.Cell {
				kind := v.Text.T("visit.kind." + r.Kind.String())
				if r.Kind != model.VisitMet {
					return kit.Cell{Spans: []kit.Span{{Text: "· " + kind, Role: kit.Dim}}}
				}
				return kit.Cell{Spans: []kit.Span{{Text: words.SalesGlyph + " ", Role: kit.Sales}, {Text: kind}}}
			},
			func(v View, _ model.Call) kit.Cell {
				return kit.Cell{Spans: []kit.Span{{Text: words.MarketingGlyph + " ", Role: kit.Marketing}, {Text: v.Text.T("accounts.call")}}}
			}),
		either("by", 10, 14, 0, 80,
			func(v View, r model.Visit) kit.Cell { return kit.Cell{Text: v.Book().RepName(r.Rep)} },
			func(_ View, r model.Call) kit.Cell { return kit.Cell{Text: r.Agent} }),
		either("outcome", 14, 20, 0, 85,
			func(v View, r model.Visit) kit.Cell { return kit.Cell{Text: words.Outcome(v.Text, r.Outcome)} },
			func(v View, r model.Call) kit.Cell {
				cell := kit.Cell{Text: v.Text.T("call.outcome." + r.Outcome.String())}
				if !r.Outcome.Reached() {
					cell.Role = kit.Dim
				}
				return cell
			}),
		right(either("value", 9, 11, 0, 60,
			func(v View, r model.Visit) kit.Cell {
				if r.Value == 0 {
					return kit.Cell{}
				}
				return kit.Cell{Text: v.Text.Money(r.Value)}
			},
			func(View, model.Call) kit.Cell { return kit.Cell{} })),
		either("note", 10, 16, 1, 50,
			func(_ View, r model.Visit) kit.Cell {
				return dim(withGuests(r.Note, r.Guests))
			},
			func(v View, r model.Call) kit.Cell {
				note := withGuests(r.Note, r.Guests)
				if r.Campaign != "" {
					return dim(strings.Trim(words.CampaignName(v.Book(), r.Campaign)+" · "+note, "· "))
				}
				return dim(note)
			}),
	},
}

// withGuests is a note with who was there.
func withGuests(note string, guests []string) string {
	if len(guests) == 0 {
		return note
	}
	return strings.TrimSpace(note + " (" + strings.Join(guests, ", ") + ")")
}

// either is a column with a cell for visits and one for calls.
func either(key string, least, ideal, flex, priority int, visit func(View, model.Visit) kit.Cell, call func(View, model.Call) kit.Cell) Column[model.Record] {
	return Column[model.Record]{
		Key: key, Title: "accounts.contacts." + key, Min: least, Ideal: ideal, Flex: flex, Priority: priority,
		Cell: func(v View, r model.Record) kit.Cell {
			switch r := r.(type) {
			case model.Visit:
				return visit(v, r)
			case model.Call:
				return call(v, r)
			}
			return aheadCell(v, key, r)
		},
	}
}

func right[R any](c Column[R]) Column[R] {
	c.Align = kit.AlignRight
	return c
}
