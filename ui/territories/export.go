package territories

// What the page gives to a spreadsheet: the territories with their numbers, or the
// accounts of the one that is open.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/sheets"
	"doppelpass/ui/text"
)

var _ session.Exporter = (*Page)(nil)

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	look := p.s.Look
	if n := p.tree.node(p.detail.id); n != nil && p.inDetail() {
		customers := make([]*model.Customer, len(p.detail.entries))
		for i, e := range p.detail.entries {
			customers[i] = e.customer
		}
		return sheets.Accounts(look.Text, p.s.Day(), "sheet.accounts", customers), look.T("page.accounts") + " " + n.name
	}
	var keys, header []string
	add := func(names ...string) {
		for _, key := range names {
			keys, header = append(keys, key), append(header, look.T("territories.sheet."+key))
		}
	}
	add("region", "code", "name", "rep", "accounts", "covered")
	for _, class := range p.s.Book.Settings().ClassList() {
		keys = append(keys, string(class.Code))
		header = append(header, look.T("territories.sheet.class", text.Args{"Class": class.Label()}))
	}
	add("contact", "pace", "needed", "last", "campaign", "start", "sales", "marketing", "reports")
	var rows [][]exchange.Cell
	for _, n := range p.tree.shown {
		if n.area != nil {
			rows = append(rows, p.cells(n))
		}
	}
	return exchange.Sheet{Title: look.T("page.territories"), Header: header, Keys: keys, Rows: func(yield func([]exchange.Cell) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}}, look.T("page.territories")
}

// cells are a territory's numbers; regions are left to the spreadsheet to add up.
func (p *Page) cells(n *node) []exchange.Cell {
	share := func(c model.Coverage, part int) exchange.Cell {
		if c.Accounts == 0 {
			return exchange.Cell{}
		}
		return exchange.DecimalCell(float64(part)/float64(c.Accounts), 2)
	}
	num := n.numbers
	cells := []exchange.Cell{
		exchange.TextCell(n.region), exchange.TextCell(n.area.Code), exchange.TextCell(n.name), exchange.TextCell(p.s.Book.RepName(n.area.Rep)),
		exchange.IntCell(num.Active), share(num.All, num.All.Covered),
	}
	for rank := range p.s.Book.Settings().ClassList() {
		cells = append(cells, share(num.ByClass[rank], num.ByClass[rank].Covered))
	}
	cells = append(cells, share(num.All, num.All.Contacted), exchange.DecimalCell(num.UsualPace(), 2), exchange.DecimalCell(num.NeededPace, 2), exchange.DateCell(num.LastVisit))
	if n.next != nil {
		cells = append(cells, exchange.TextCell(n.next.Name), exchange.DateCell(n.next.Start))
	} else {
		cells = append(cells, exchange.Cell{}, exchange.Cell{})
	}
	return append(cells, exchange.IntCell(n.open.Sales-n.open.Reports), exchange.IntCell(n.open.Marketing), exchange.IntCell(n.open.Reports))
}
