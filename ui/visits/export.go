package visits

// What the page gives to a spreadsheet: the marked visits, else those that are
// read and pass the filter. All of a large store's come with the export command.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	list := p.visits
	if marked := p.list.Marked(); len(marked) > 0 {
		list = make([]model.Visit, 0, len(marked))
		for _, id := range marked {
			list = append(list, p.visits[p.places[id]])
		}
	}
	return tables.Records(p.s.Book, model.TableVisits, list), p.s.Look.T("page.visits")
}
