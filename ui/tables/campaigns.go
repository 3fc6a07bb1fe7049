package tables

// Campaigns, as their page lists them beside the time line. In files they are the
// canonical table, which reads back as the same records.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Campaign is a campaign with how far it has come in all its territories.
type Campaign struct {
	model.Campaign
	Known                                bool // the numbers are counted
	Targets, Served, Booked, Gap, Called int
}

// numberWidth is the width of the numbers beside the time line.
const numberWidth = 7

// TargetsWidth is the width of the column of targets, whose head is the longest.
const TargetsWidth = 10

// Campaigns is the table with names so wide and, between them and the numbers, the
// time line, which the page draws.
func Campaigns(names int, line Column[Campaign]) Table[Campaign] {
	number := func(key string, cell func(v View, c Campaign, phase model.Phase) kit.Cell, value func(Campaign) int) Column[Campaign] {
		return Column[Campaign]{
			Key: key, Title: "campaigns.column." + key, Align: kit.AlignRight, Min: numberWidth, Sortable: true, Falling: true,
			Cell:   func(v View, c Campaign) kit.Cell { return cell(v, c, c.Phase(v.Today())) },
			Number: func(_ View, c Campaign) float64 { return float64(value(c)) },
		}
	}
	targets := number("targets", campaignTargets, func(c Campaign) int { return c.Targets })
	targets.Min = TargetsWidth
	line.Sortable = true
	line.Number = func(_ View, c Campaign) float64 { return float64(c.Start) }
	return Table[Campaign]{Columns: []Column[Campaign]{
		{
			Key: "name", Title: "campaigns.column.name", Min: names, Sortable: true,
			Cell: func(v View, c Campaign) kit.Cell { return campaignName(v, c, names) },
			Text: func(_ View, c Campaign) string { return strings.ToLower(c.Name) },
		},
		line,
		targets,
		number("served", campaignServed, func(c Campaign) int { return c.Served + c.Called }),
		number("booked", campaignBooked, func(c Campaign) int { return c.Booked }),
		number("gap", campaignGap, func(c Campaign) int { return c.Gap }),
	}}
}

func campaignName(v View, c Campaign, width int) kit.Cell {
	phase, role, mark := c.Phase(v.Today()), kit.Text, kit.Dim
	if phase >= model.PhaseOver {
		role = kit.Dim
	}
	if phase == model.PhaseRunning {
		mark = kit.Good
	}
	spans := []kit.Span{{Text: words.PhaseGlyph(phase) + " ", Role: mark}}
	if c.IsTelemarketing() {
		name := kit.Truncate(kit.Clean(c.Name), width-4)
		return kit.Cell{Spans: append(spans, kit.Span{Text: name, Role: role}, kit.Span{Text: " " + words.MarketingGlyph, Role: kit.Marketing})}
	}
	return kit.Cell{Spans: append(spans, kit.Span{Text: c.Name, Role: role})}
}

// count is a number, which matters less once nothing more is to come.
func count(v View, n int, phase model.Phase) kit.Cell {
	cell := kit.Cell{Text: v.Text.Int(n), Role: kit.Text}
	if phase >= model.PhaseOver {
		cell.Role = kit.Dim
	}
	return cell
}

func campaignTargets(v View, c Campaign, phase model.Phase) kit.Cell {
	if !c.Known {
		return dim("…")
	}
	return count(v, c.Targets, phase)
}

func campaignServed(v View, c Campaign, phase model.Phase) kit.Cell {
	switch {
	case !c.Known:
		return kit.Cell{}
	case phase == model.PhaseCancelled:
		return dim("–")
	case c.IsTelemarketing():
		called := kit.Cell{Text: words.MarketingGlyph + " " + v.Text.Int(c.Called), Role: kit.Marketing}
		if phase >= model.PhaseOver {
			called.Role = kit.Dim
		}
		return called
	}
	return count(v, c.Served, phase)
}

func campaignBooked(v View, c Campaign, phase model.Phase) kit.Cell {
	switch {
	case !c.Known:
		return kit.Cell{}
	case phase == model.PhaseCancelled || c.IsTelemarketing():
		return dim("–")
	}
	return count(v, c.Booked, phase)
}

func campaignGap(v View, c Campaign, phase model.Phase) kit.Cell {
	switch {
	case !c.Known:
		return kit.Cell{}
	case phase == model.PhaseCancelled || c.IsTelemarketing():
		return dim("–")
	}
	cell := count(v, c.Gap, phase)
	switch {
	case phase >= model.PhaseOver:
	case c.Gap > 0:
		cell.Role = kit.Late
	case c.Targets > 0:
		cell = kit.Cell{Text: words.DoneGlyph, Role: kit.Good}
	}
	return cell
}
