package tables

// Campaigns in a file for people: names beside the codes, headers and words in the
// reader's language, and how far each is.

import (
	"iter"
	"strings"

	"doppelpass/store/exchange"
	"doppelpass/ui/words"
)

// campaignHeads are the columns, in their order, and the messages of their headers.
var campaignHeads = []struct{ key, title string }{
	{"code", "forms.code"}, {"name", "campaigns.column.name"}, {"kind", "forms.kind"}, {"status", "campaigns.column.state"}, {"start", "forms.start"}, {"end", "forms.end"},
	{"territories", "forms.territories"}, {"territory_names", "sheet.territory_names"}, {"classes", "forms.classes"}, {"owner", "forms.owner"},
	{"targets", "campaigns.column.targets"}, {"visited", "campaigns.column.served"}, {"planned", "campaigns.column.booked"}, {"missing", "campaigns.column.gap"},
	{"called", "campaigns.column.called"}, {"goal", "forms.goal"}, {"note", "forms.note"},
}

// CampaignsSheet is a sheet of campaigns whose numbers are counted.
func CampaignsSheet(v View, campaigns iter.Seq[Campaign]) exchange.Sheet {
	p, book := v.Text, v.Book()
	sheet := exchange.Sheet{Title: p.T("page.campaigns")}
	for _, head := range campaignHeads {
		sheet.Keys, sheet.Header = append(sheet.Keys, head.key), append(sheet.Header, heading(strings.TrimSpace(p.T(head.title))))
	}
	sheet.Rows = func(yield func([]exchange.Cell) bool) {
		for c := range campaigns {
			var names, classes []string
			for _, code := range c.Territories {
				name := code
				if book.Area(code) != nil {
					name = territoryName(book, code)
				}
				names = append(names, name)
			}
			for _, class := range c.Classes {
				classes = append(classes, book.ClassName(class))
			}
			count := func(n int, visits bool) exchange.Cell {
				if !c.Known || visits != c.NeedsVisits() {
					return exchange.Cell{}
				}
				return exchange.IntCell(n)
			}
			targets := exchange.Cell{}
			if c.Known {
				targets = exchange.IntCell(c.Targets)
			}
			if !yield([]exchange.Cell{
				exchange.TextCell(c.Code), exchange.TextCell(c.Name), exchange.TextCell(words.CampaignKind(p, c.Kind)),
				exchange.TextCell(words.CampaignStatus(p, c.Campaign, v.Today())), exchange.DateCell(c.Start), exchange.DateCell(c.End),
				exchange.TextCell(strings.Join(c.Territories, " ")), exchange.TextCell(strings.Join(names, ", ")), exchange.TextCell(strings.Join(classes, " ")),
				exchange.TextCell(c.Owner), targets, count(c.Served, true), count(c.Booked, true), count(c.Gap, true), count(c.Called, false),
				exchange.TextCell(c.Goal), exchange.TextCell(c.Note),
			}) {
				return
			}
		}
	}
	return sheet
}

// heading is a column's head as a sheet has it: with a capital.
func heading(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
