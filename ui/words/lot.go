package words

// A campaign's lot in words.

import (
	"strconv"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/ui/text"
)

// LotCounts are the arguments of sentences about a lot.
func LotCounts(p *text.Printer, c model.Campaign) text.Args {
	return text.Args{"Visits": p.Int(len(c.LotVisit)), "Calls": p.Int(len(c.LotCall)), "Alone": p.Int(len(c.LotNeither)), "Seed": strconv.Itoa(c.LotSeed), "Campaign": c.Name}
}

// LotDrawn is what was drawn among how many, who took no part, and what such a number of
// accounts can show.
func LotDrawn(p *text.Printer, draft review.Draft, c model.Campaign) (lines []string) {
	lines = append(lines, p.N("lot.among", draft.Among(), LotCounts(p, c)))
	if draft.Certain > 0 {
		lines = append(lines, p.N("lot.certain", draft.Certain))
	}
	if draft.Shut > 0 {
		lines = append(lines, p.N("lot.shut", draft.Shut))
	}
	return append(lines, p.T("lot.size", text.Args{"Targets": p.Int(draft.Among()), "Points": p.Int(visiblePoints(draft.Among()))}))
}

// NoLot says why none can be drawn for a campaign on a day; "" for no reason.
func NoLot(p *text.Printer, b *model.Book, c model.Campaign, today model.Date) string {
	args := text.Args{"Campaign": CampaignName(b, c.Code)}
	switch {
	case c.Status == model.CampaignCancelled:
		return p.T("lot.cancelled", args)
	case c.IsTelemarketing():
		return p.T("lot.no-visits", args)
	case today >= c.Start:
		return p.T("lot.begun", args)
	}
	return ""
}

// NobodyToDraw says that the reps have room for all.
func NobodyToDraw(p *text.Printer, b *model.Book, c model.Campaign) string {
	return p.T("lot.nobody", text.Args{"Campaign": CampaignName(b, c.Code)})
}

// DrawnName is what the lot drew, in a word.
func DrawnName(p *text.Printer, l model.Lot) string { return p.T("review.lot." + l.String()) }

// ReviewLot is what became of a lot, a line each.
func ReviewLot(p *text.Printer, d review.Drawn) (lines []string) {
	if d.Seed == 0 {
		return nil
	}
	lines = append(lines, p.T("review.lot", text.Args{"Seed": strconv.Itoa(d.Seed)}))
	for _, at := range [...]model.Lot{model.LotVisit, model.LotCall, model.LotNeither} {
		arm := d.Arms[at]
		args := text.Args{"Lot": DrawnName(p, at), "Kept": p.Int(arm.Kept), "Ordered": p.Int(arm.Ordered), "Orders": p.Int(arm.Orders),
			"Share": p.Percent(review.Share{Count: arm.Ordered, Of: arm.Accounts}.Point()), "Value": p.Money(arm.Value), "Before": p.Int(arm.Before)}
		key := "review.lot.result"
		if !arm.Shown() {
			key = "review.lot.few"
		}
		if arm.Accounts > 0 {
			lines = append(lines, p.N(key, arm.Accounts, args))
		}
	}
	return lines
}
