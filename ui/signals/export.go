package signals

// What the page gives to a spreadsheet: the front side's signals, or the opened
// signal's accounts as they are listed.

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
	look, view := p.session.Look, p.session.View()
	if p.detail == nil || p.inList {
		return tables.Signals.Sheet(view, slices.Values(slices.Clone(p.sides[p.front].shown))), look.T(tables.Signals.Name)
	}
	var customers []*model.Customer
	for _, e := range p.detail.rows.shown {
		customers = append(customers, e.Customer)
	}
	table := tables.Accounts
	if p.detail.signal.Kind == model.AddTelemarketing && p.detail.list == 0 {
		table = tables.CallList
		return table.Sheet(view, tables.CallRows(view, p.detail.rows.all())), look.T(table.Name) + " " + p.session.AreaName(p.detail.signal.Territory)
	}
	return table.Sheet(view, tables.AccountsOn(view, customers)), look.T(table.Name) + " " + p.session.AreaName(p.detail.signal.Territory)
}
