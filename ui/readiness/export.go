package readiness

// What the page gives to a spreadsheet: every gap with what would mend it.

import (
	"slices"

	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	offers := make([]tables.Offer, len(p.rows))
	for i, r := range p.rows {
		offers[i] = tables.Offer{Gap: r.gap, Way: r.way, Plan: r.plan}
	}
	return tables.Readiness.Sheet(p.s.View(), slices.Values(offers)), p.s.Look.T("ready.title")
}
