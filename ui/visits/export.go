package visits

// What the page gives to a spreadsheet: the marked visits, else all that pass the
// filter, of a period, also those that nobody has scrolled to.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.PeriodExporter = (*Page)(nil)

// Sheet implements session.Exporter: the marked visits, else those that are read.
func (p *Page) Sheet() (exchange.Sheet, string) {
	list := p.visits
	if marked := p.list.Marked(); len(marked) > 0 {
		list = p.chosen()
	}
	return tables.VisitsSheet(p.s.Look.Text, p.s.Book)(slices.Values(list)), p.s.Look.T("page.visits")
}

// Period implements session.PeriodExporter.
func (p *Page) Period() (first, last model.Date, ask bool) {
	if week := p.filter.week; week != 0 {
		first, last = week, week+6
	}
	return first, last, len(p.list.Marked()) == 0
}

// SheetOf implements session.PeriodExporter.
func (p *Page) SheetOf(first, last model.Date) (exchange.Sheet, func() error) {
	var failed error
	query, s, matches := p.storeQuery(), p.s.Store, p.matcher()
	query.First, query.Last, query.Limit = first, last, piece
	rows := func(yield func(model.Visit) bool) {
		for q := query; ; {
			visits, before, err := s.Visits(q)
			if err != nil {
				failed = err
				return
			}
			for _, visit := range visits {
				if (matches == nil || matches(visit)) && !yield(visit) {
					return
				}
			}
			if before == 0 {
				return
			}
			q.Last = before
		}
	}
	return tables.VisitsSheet(p.s.Look.Text, p.s.Book)(rows), func() error { return failed }
}
