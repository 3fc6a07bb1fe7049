package signals

// What the page gives to a spreadsheet: the front side's signals, or the opened
// signal's accounts as they are listed.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/sheets"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	look, book := p.session.Look, p.session.Book
	if p.detail == nil || p.inList {
		return sheets.Signals(look.Text, book, slices.Clone(p.sides[p.front].shown)), look.T("sheet.signals")
	}
	var customers []*model.Customer
	for _, e := range p.detail.rows.shown {
		customers = append(customers, e.Customer)
	}
	title := "sheet.accounts"
	if p.detail.signal.Kind == model.AddTelemarketing && p.detail.list == 0 {
		title = "sheet.call-list"
	}
	return sheets.Accounts(look.Text, p.session.Day(), title, customers), look.T(title) + " " + p.session.AreaName(p.detail.signal.Territory)
}
