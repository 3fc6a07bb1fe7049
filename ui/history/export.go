package history

// What the page gives to a spreadsheet: all steps that pass the filters, of a period,
// also those that nobody has scrolled to.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.PeriodExporter = (*Page)(nil)

// Sheet implements session.Exporter: the steps that are read.
func (p *Page) Sheet() (exchange.Sheet, string) {
	entries := make([]store.Entry, len(p.rows))
	for i := range p.rows {
		entries[i] = p.entry(i)
	}
	return tables.HistorySheet(p.s.View(), slices.Values(entries)), p.s.Look.T("page.history")
}

// Period implements session.PeriodExporter.
func (p *Page) Period() (first, last model.Date, ask bool) { return 0, 0, true }

// SheetOf implements session.PeriodExporter.
func (p *Page) SheetOf(first, last model.Date) (exchange.Sheet, func() error) {
	var failed error
	s, query, sought := p.s.Store, p.narrow.query(), kit.NewQuery(p.query)
	query.Limit = searchPage
	rows := func(yield func(store.Entry) bool) {
		for q := query; ; {
			entries, err := s.FindHistory(q)
			if err != nil {
				failed = err
				return
			}
			for _, e := range entries {
				switch day := dayOf(e); {
				case first != 0 && day < first:
					return
				case last != 0 && day > last, !sought.Empty() && !sought.Contains(kit.Fold(p.words(e))):
				case !yield(e):
					return
				}
			}
			if len(entries) < q.Limit {
				return
			}
			q.Before = entries[len(entries)-1].Step
		}
	}
	return tables.HistorySheet(p.s.View(), rows), func() error { return failed }
}
