package tables

// Signals: as a spreadsheet, as the command prints them, and as they are copied from
// the page. (The page itself draws them as two lists of entries, not as a table.)

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Signals is the table of signals.
var Signals = Table[model.Signal]{
	Name: "sheet.signals", Heads: "sheet.",
	Columns: []Column[model.Signal]{
		{
			Key: "kind", Title: "signals.copy.kind",
			Cell:  func(v View, s model.Signal) kit.Cell { return kit.Cell{Text: words.Kind(v.Text, s.Kind)} },
			Value: func(v View, s model.Signal) exchange.Cell { return exchange.TextCell(words.Kind(v.Text, s.Kind)) },
		},
		{Key: "owner", Value: func(v View, s model.Signal) exchange.Cell {
			return exchange.TextCell(words.Role(v.Text, s.Kind.Owner()))
		}},
		{Key: "state", Value: func(v View, s model.Signal) exchange.Cell {
			return exchange.TextCell(v.Text.T("sheet.state." + s.State().String()))
		}},
		{
			Key: "urgency", Title: "signals.copy.urgency", Align: kit.AlignRight,
			Cell:  func(v View, s model.Signal) kit.Cell { return kit.Cell{Text: v.Text.Int(s.Urgency)} },
			Value: func(_ View, s model.Signal) exchange.Cell { return exchange.IntCell(s.Urgency) },
		},
		{Key: "territory", Value: func(_ View, s model.Signal) exchange.Cell { return exchange.TextCell(s.Territory) }},
		{
			Key: "territory_name", Title: "signals.copy.territory",
			Cell: func(v View, s model.Signal) kit.Cell {
				return kit.Cell{Text: words.AreaName(v.Text, v.Book(), s.Territory)}
			},
			Value: func(v View, s model.Signal) exchange.Cell { return exchange.TextCell(territoryOf(v, s).Name) },
		},
		{Key: "region", Value: func(v View, s model.Signal) exchange.Cell { return exchange.TextCell(territoryOf(v, s).Region) }},
		{
			Key: "rep", Title: "signals.copy.rep",
			Cell: func(v View, s model.Signal) kit.Cell { return kit.Cell{Text: v.Book().RepName(territoryOf(v, s).Rep)} },
			Value: func(v View, s model.Signal) exchange.Cell {
				return exchange.TextCell(v.Book().RepName(territoryOf(v, s).Rep))
			},
		},
		{
			Key: "rep_or_vacant", // for lists, where a gap would look like a mistake
			Cell: func(v View, s model.Signal) kit.Cell {
				area := v.Book().Area(s.Territory)
				switch {
				case area == nil:
					return kit.Cell{}
				case area.Rep == "":
					return kit.Cell{Text: v.Text.T("command.signals.vacant")}
				}
				return kit.Cell{Text: v.Book().RepName(area.Rep)}
			},
		},
		{Key: "campaign", Value: func(_ View, s model.Signal) exchange.Cell { return exchange.TextCell(s.Campaign) }},
		{Key: "campaign_name", Value: func(v View, s model.Signal) exchange.Cell {
			campaign, _ := v.Book().Campaign(s.Campaign)
			return exchange.TextCell(campaign.Name)
		}},
		visits("targets", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Targets) }),
		visits("needed", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Needed) }),
		visits("served", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Served) }),
		visits("booked", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Booked) }),
		visits("gap", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Gap) }),
		visits("days_left", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.DaysLeft) }),
		visits("required_pace", func(r model.Readiness) exchange.Cell { return exchange.DecimalCell(r.RequiredPace, 2) }),
		visits("usual_pace", func(r model.Readiness) exchange.Cell { return exchange.DecimalCell(r.UsualPace, 2) }),
		visits("room", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Room) }),
		visits("beyond", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Beyond) }),
		contact("accounts", func(c model.InContact) exchange.Cell { return exchange.IntCell(c.Accounts) }),
		contact("covered", func(c model.InContact) exchange.Cell { return exchange.IntCell(c.Covered) }),
		contact("contacted", func(c model.InContact) exchange.Cell { return exchange.IntCell(c.Contacted) }),
		{Key: "contact_coverage", Value: func(v View, s model.Signal) exchange.Cell {
			if s.Kind == model.StepUpVisits {
				return exchange.Cell{}
			}
			return contactShare(v, s.Contact.Coverage)
		}},
		contact("to_call", func(c model.InContact) exchange.Cell { return exchange.IntCell(len(c.CallList)) }),
		contact("last_report", func(c model.InContact) exchange.Cell { return exchange.DateCell(c.LastReport) }),
		visits("contested", func(r model.Readiness) exchange.Cell { return exchange.IntCell(r.Contested) }),
		brief("subject", kit.AlignDefault, func(b words.Brief) string { return b.Subject }),
		brief("amount", kit.AlignRight, func(b words.Brief) string { return b.Amount }),
		{Key: "case", Title: "signals.copy.case", Cell: func(v View, s model.Signal) kit.Cell {
			c, running := answer.Of(v.Day, s.Key())
			if !running {
				return kit.Cell{}
			}
			return kit.Cell{Text: strings.TrimSpace(words.CaseGlyph(c) + " " + words.CaseWord(v.Text, c))}
		}},
		brief("when", kit.AlignDefault, func(b words.Brief) string { return b.When }),
		brief("why", kit.AlignDefault, func(b words.Brief) string { return b.Why }),
	},
}

// SignalsPrinted are the columns that the command prints, SignalsCopied those that go
// to the clipboard.
var (
	SignalsPrinted = Signals.Only("urgency", "territory_name", "rep_or_vacant", "subject", "amount", "when", "why", "case")
	SignalsCopied  = Signals.Only("urgency", "kind", "territory_name", "rep", "subject", "amount", "when", "why", "case")
)

func territoryOf(v View, s model.Signal) model.Territory {
	if area := v.Book().Area(s.Territory); area != nil {
		return area.Territory
	}
	return model.Territory{}
}

// visits is a number of signals that ask for visits; the others have none.
func visits(key string, value func(model.Readiness) exchange.Cell) Column[model.Signal] {
	return Column[model.Signal]{Key: key, Value: func(_ View, s model.Signal) exchange.Cell {
		if s.Kind != model.StepUpVisits {
			return exchange.Cell{}
		}
		return value(s.Readiness)
	}}
}

// contact is a number of signals about contact; those that ask for visits have none.
func contact(key string, value func(model.InContact) exchange.Cell) Column[model.Signal] {
	return Column[model.Signal]{Key: key, Value: func(_ View, s model.Signal) exchange.Cell {
		if s.Kind == model.StepUpVisits {
			return exchange.Cell{}
		}
		return value(s.Contact)
	}}
}

// brief is one of the few words that a list says about a signal.
func brief(key string, align kit.Align, part func(words.Brief) string) Column[model.Signal] {
	return Column[model.Signal]{Key: key, Title: "signals.copy." + key, Align: align, Cell: func(v View, s model.Signal) kit.Cell {
		return kit.Cell{Text: part(words.SignalBrief(v.Text, v.Day, s))}
	}}
}
