package territories

// What the page gives to a spreadsheet: the territories with their numbers, or the
// accounts of the one that is open.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	look, view := p.s.Look, p.s.View()
	if n := p.tree.node(p.detail.id); n != nil && p.inDetail() {
		customers := make([]*model.Customer, len(p.detail.entries))
		for i, e := range p.detail.entries {
			customers[i] = e.customer
		}
		return tables.Accounts.Sheet(view, tables.AccountsOn(view, customers)), look.T("page.accounts") + " " + n.name
	}
	var areas []*tables.Area // regions are left to the spreadsheet to add up
	for _, n := range p.tree.shown {
		if n.area != nil {
			areas = append(areas, n.described())
		}
	}
	return p.tree.table().Sheet(view, slices.Values(areas)), look.T("page.territories")
}
