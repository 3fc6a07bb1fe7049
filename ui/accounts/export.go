package accounts

// What the page gives to a spreadsheet: the accounts as they are listed or marked,
// or the visits or the people of the one that is open.

import (
	"cmp"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	look, book := p.s.Look, p.s.Book
	if l := book.Account(p.detail.code); l != nil && p.inDetail() && p.detail.onPeople {
		return tables.Records(p.s.View(), model.TableContacts, p.detail.people.rows), look.T("accounts.people.title") + " " + cmp.Or(l.Name, l.Code)
	}
	if l := book.Account(p.detail.code); l != nil && p.inDetail() {
		var visits []model.Visit
		for _, record := range p.detail.rows {
			if visit, ok := record.(model.Visit); ok {
				visits = append(visits, visit)
			}
		}
		return tables.Records(p.s.View(), model.TableVisits, visits), look.T("page.visits") + " " + cmp.Or(l.Name, l.Code)
	}
	var customers []*model.Customer
	if marked := p.table.Marked(); len(marked) > 0 {
		for _, code := range marked {
			customers = append(customers, book.Account(code))
		}
	} else {
		for i := range p.list.shown {
			customers = append(customers, p.list.entry(i).customer)
		}
	}
	view := p.s.View()
	return tables.Accounts.Sheet(view, tables.AccountsOn(view, customers)), look.T("page.accounts")
}
