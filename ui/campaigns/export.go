package campaigns

// What the page gives to a spreadsheet: the marked campaigns, else those that the
// filter lets through.

import (
	"slices"

	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	var codes []string
	if codes = p.list.Marked(); len(codes) == 0 {
		for i := range p.rows {
			codes = append(codes, p.rows[i].Code)
		}
	}
	var list []tables.Campaign
	for _, code := range codes {
		if c, ok := p.s.Book.Campaign(code); ok {
			list = append(list, described(c, p.found))
		}
	}
	return tables.CampaignsSheet(p.s.View(), slices.Values(list)), p.s.Look.T("page.campaigns")
}
