package week

// What the page gives to a spreadsheet where it shows a table: the weeks of several
// reps, or several weeks of one. A single week has an export of its own.

import (
	"doppelpass/store/exchange"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.SometimesExporter = (*Page)(nil)

// Exports implements session.SometimesExporter.
func (p *Page) Exports() bool { return p.tick == nil && (p.team != nil || p.month != nil) }

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	look := p.s.Look
	if p.team != nil {
		name := p.teamName(p.team) + " " + look.Text.Week(p.plan.key.monday)
		heads, rows := p.team.table.Written()
		return tables.SheetOfPage(name, heads, rows), name
	}
	name := p.s.Book.RepName(p.plan.key.rep)
	heads, rows := p.month.table.Written()
	return tables.SheetOfPage(name, heads, rows), name
}
