package tables

// The territories of one campaign: how far its visits have come in each, or its calls.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// CampaignArea is how far a campaign has come in one territory.
type CampaignArea struct {
	Area            *model.Area
	Readiness       model.Readiness
	Called, Reached int  // targets called, and reached, while the campaign runs
	Raises          bool // a gap raises a signal today
}

// CampaignAreas is the table of a campaign's territories.
var CampaignAreas = Table[CampaignArea]{
	Columns: []Column[CampaignArea]{
		{
			Key: "area", Title: "campaigns.column.area", Min: 16, Ideal: 30, Priority: 9,
			Cell: func(v View, a CampaignArea) kit.Cell {
				return kit.Cell{Text: words.AreaName(v.Text, v.Book(), a.Area.Code)}
			},
		},
		{
			Key: "rep", Title: "campaigns.column.rep", Min: 12, Ideal: 16, Priority: 1,
			Cell: func(v View, a CampaignArea) kit.Cell {
				if a.Area.Rep == "" {
					return dim(v.Text.T("campaigns.vacant"))
				}
				return dim(v.Book().RepName(a.Area.Rep))
			},
		},
		areaCount("targets", 6, func(a CampaignArea) int { return a.Readiness.Targets }),
		areaCount("served", 7, func(a CampaignArea) int { return a.Readiness.Served }),
		areaCount("called", 7, func(a CampaignArea) int { return a.Called }),
		areaCount("booked", 5, func(a CampaignArea) int { return a.Readiness.Booked }),
		areaCount("reached", 6, func(a CampaignArea) int { return a.Reached }),
		areaCount("needed", 4, func(a CampaignArea) int { return a.Readiness.Needed }),
		{
			Key: "gap", Title: "campaigns.column.gap", Align: kit.AlignRight, Min: 7, Ideal: 8, Priority: 8,
			Cell: func(v View, a CampaignArea) kit.Cell {
				cell := kit.Cell{Text: v.Text.Int(a.Readiness.Gap)}
				if a.settled() {
					cell.Role = kit.Dim
				}
				return cell
			},
		},
		{
			Key: "required", Title: "campaigns.column.required", Align: kit.AlignRight, Min: 8, Priority: 7,
			Cell: func(v View, a CampaignArea) kit.Cell {
				if a.settled() {
					return dim("–")
				}
				cell := kit.Cell{Text: v.Text.Decimal(a.Readiness.RequiredPace, 1)}
				if a.Readiness.RequiredPace > a.Readiness.UsualPace {
					cell.Role = kit.Strong
				}
				return cell
			},
		},
		{
			Key: "usual", Title: "campaigns.column.usual", Align: kit.AlignRight, Min: 7, Priority: 3,
			Cell: func(v View, a CampaignArea) kit.Cell { return dim(v.Text.Decimal(a.Readiness.UsualPace, 1)) },
		},
		{
			Key: "room", Title: "campaigns.column.room", Align: kit.AlignRight, Min: 6, Priority: 2,
			Cell: func(v View, a CampaignArea) kit.Cell {
				cell := kit.Cell{Text: v.Text.Int(a.Readiness.Room)}
				if a.Readiness.Beyond > 0 {
					cell.Role = kit.Late
				}
				return cell
			},
		},
		{Key: "state", Title: "campaigns.column.state", Min: 16, Ideal: 16, Priority: 9, Cell: areaState},
		{
			Key: "share", Title: "campaigns.column.share", Min: 12, Ideal: 20, Priority: 3,
			Cell: func(_ View, a CampaignArea) kit.Cell {
				share := 0.0
				if a.Readiness.Targets > 0 {
					share = float64(a.Called) / float64(a.Readiness.Targets)
				}
				return kit.Cell{Spans: kit.BarSpans(share, 12, kit.Marketing)}
			},
		},
	},
}

// VisitsOfCampaign are the columns for a campaign that needs visits, CallsOfCampaign
// those for one that calls.
var (
	VisitsOfCampaign = CampaignAreas.Only("area", "rep", "targets", "served", "booked", "needed", "gap", "required", "usual", "room", "state")
	CallsOfCampaign  = CampaignAreas.Show(Shown{Key: "area"}, Shown{Key: "rep"}, Shown{"targets", 10, 10, 0, 8}, Shown{Key: "called"},
		Shown{Key: "reached"}, Shown{Key: "share"})
)

// settled reports that nothing is missing, or that it is too late.
func (a CampaignArea) settled() bool { return a.Readiness.Gap == 0 || a.Readiness.AfterWindow }

func areaCount(key string, priority int, value func(CampaignArea) int) Column[CampaignArea] {
	least := 7
	if key == "targets" {
		least = TargetsWidth
	}
	return Column[CampaignArea]{
		Key: key, Title: "campaigns.column." + key, Align: kit.AlignRight, Min: least, Ideal: 8, Priority: priority,
		Cell: func(v View, a CampaignArea) kit.Cell { return kit.Cell{Text: v.Text.Int(value(a))} },
	}
}

// areaState says whether a territory is ready.
func areaState(v View, a CampaignArea) kit.Cell {
	switch {
	case a.Readiness.Targets == 0:
		return dim("  " + v.Text.T("campaigns.state.nobody"))
	case a.Readiness.Gap == 0:
		return kit.Cell{Text: words.DoneGlyph + " " + v.Text.T("campaigns.state.ready"), Role: kit.Good}
	case a.Readiness.AfterWindow:
		return dim("  " + v.Text.T("campaigns.state.missed"))
	case a.Raises:
		return kit.Cell{Text: words.SalesGlyph + " " + v.Text.T("campaigns.state.short"), Role: kit.Sales}
	}
	return dim("· " + v.Text.T("campaigns.state.open"))
}
