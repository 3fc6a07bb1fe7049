package people

// What the page gives to a spreadsheet: the people that the filter lets through.

import (
	"slices"

	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	return tables.Team.Sheet(p.s.View(), slices.Values(p.rows)), p.s.Look.T("page.people")
}
