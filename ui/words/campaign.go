package words

// A campaign: its kind, where it stands, and its days.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

var phaseGlyphs = [...]string{
	model.PhaseUpcoming: " ", model.PhaseRunning: "●", model.PhaseOver: DoneGlyph, model.PhaseDraft: "·", model.PhaseCancelled: "╳",
}

// PhaseGlyph stands for where a campaign is.
func PhaseGlyph(phase model.Phase) string { return phaseGlyphs[phase] }

// CampaignStatus says where a campaign stands: "running, 4 working days left".
func CampaignStatus(p *text.Printer, c model.Campaign, today model.Date) string {
	switch phase := c.Phase(today); phase {
	case model.PhaseUpcoming:
		return p.N("campaigns.phase.upcoming", int(c.Start-today))
	case model.PhaseRunning:
		return p.N("campaigns.phase.running", model.WorkingDays(today, c.End))
	default:
		return p.T("campaigns.phase." + phase.String())
	}
}

// CampaignKind is the kind in the reader's language where it is a usual one.
func CampaignKind(p *text.Printer, kind string) string {
	if key := "campaigns.kind." + kind; p.Has(key) {
		return p.T(key)
	}
	return kind
}

// CampaignDays is a campaign's span of days: 9.–18. Dec in the language's form.
func CampaignDays(p *text.Printer, c model.Campaign) string {
	if c.Start == c.End {
		return p.WeekdayDate(c.Start)
	}
	return p.WeekdayDay(c.Start) + " – " + p.WeekdayDate(c.End)
}

// CampaignDaysShort is CampaignDays for little room: without weekdays, and without the
// year.
func CampaignDaysShort(p *text.Printer, c model.Campaign) string {
	if c.Start == c.End {
		return p.Day(c.Start)
	}
	return p.Day(c.Start) + " – " + p.Day(c.End)
}
