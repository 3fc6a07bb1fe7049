package week

// What the page gives to a spreadsheet where it shows a table: the weeks of several
// reps, or several weeks of one. A single week has an export of its own.

import (
	"slices"
	"strings"

	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.SometimesExporter = (*Page)(nil)

// Exports implements session.SometimesExporter.
func (p *Page) Exports() bool { return p.tick == nil && (p.team != nil || p.month != nil) }

// Sheet implements session.Exporter.
func (p *Page) Sheet() (exchange.Sheet, string) {
	if p.team != nil {
		var rows []tables.PlannedWeek
		for i, row := range p.team.rows {
			rows = append(rows, planned(row.plan, p.teamState(p.team, i)))
		}
		return tables.TeamWeeks.Sheet(p.s.View(), slices.Values(rows)), p.teamName(p.team) + " " + p.s.Look.Text.Week(p.plan.key.monday)
	}
	var rows []tables.PlannedWeek
	for i, row := range p.month.rows {
		rows = append(rows, planned(row.plan, p.monthState(p.month, i)))
	}
	return tables.MonthWeeks.Sheet(p.s.View(), slices.Values(rows)), p.s.Book.RepName(p.plan.key.rep)
}

// planned is a week of the page as a table describes it.
func planned(pl *plan, state kit.Cell) tables.PlannedWeek {
	w := tables.PlannedWeek{Rep: pl.key.rep, Monday: pl.key.monday, Draft: pl.draft, Needed: pl.needed, State: strings.TrimLeft(state.Text, "✓▸ ")}
	if pl.draft != nil {
		w.Held = pl.holds()
	}
	return w
}
