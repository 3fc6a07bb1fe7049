package tables

// What is planned with an account, promised to it, and what campaigns are made for it:
// in the list of its visits and calls.

import (
	"cmp"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// aheadCell is a cell of the timeline for what is neither a visit nor a call.
func aheadCell(v View, key string, record model.Record) kit.Cell {
	switch r := record.(type) {
	case model.PlannedVisit:
		switch key {
		case "date":
			return kit.Cell{Text: v.Text.Date(r.Date)}
		case "time":
			return dim(r.Time.String())
		case "what":
			return marked(words.SalesGlyph, kit.Sales, v.Text.T("accounts.ahead.planned"))
		case "by":
			return kit.Cell{Text: v.Book().RepName(r.Rep)}
		}
	case model.FollowUp:
		switch key {
		case "date":
			return kit.Cell{Text: v.Text.Date(r.Due)}
		case "time":
			return dim(r.At.String())
		case "what":
			if r.Kind == model.FollowVisit {
				return marked(words.SalesGlyph, kit.Sales, v.Text.T("accounts.ahead.wished"))
			}
			return marked(words.MarketingGlyph, kit.Marketing, v.Text.T("accounts.ahead.promised"))
		case "by":
			return kit.Cell{Text: cmp.Or(r.For, r.By)}
		case "note":
			return dim(r.Note)
		}
	case model.Campaign:
		switch key {
		case "date":
			return kit.Cell{Text: v.Text.Date(r.Start)}
		case "what":
			return marked(words.MarketingGlyph, kit.Marketing, cmp.Or(words.CampaignKind(v.Text, r.Kind), v.Text.T("accounts.ahead.campaign")))
		case "by":
			return kit.Cell{Text: r.Owner}
		case "outcome":
			return kit.Cell{Text: words.CampaignName(v.Book(), r.Code)}
		case "note":
			return dim(words.CampaignStatus(v.Text, r, v.Today()))
		}
	}
	return kit.Cell{}
}

func marked(glyph string, role kit.Role, what string) kit.Cell {
	return kit.Cell{Spans: []kit.Span{{Text: glyph + " ", Role: role}, {Text: what}}}
}
