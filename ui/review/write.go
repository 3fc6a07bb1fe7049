// Package review writes the review of a campaign for paper: who was visited, called, both
// or neither, who ordered afterwards, and the accounts whose story can be shown.
package review

import (
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/ui/paper"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// mostCards is how many accounts have a card.
const mostCards = 6

// Write is a review in words.
func Write(p *text.Printer, b *model.Book, v review.Review, today model.Date) paper.Page {
	page := paper.Page{
		Language: p.Language, Title: p.T("review.title", text.Args{"Campaign": words.CampaignName(b, v.Campaign.Code)}),
		Subtitle: p.T("review.paper.subtitle", text.Args{"Kind": words.CampaignKind(p, v.Campaign.Kind), "Start": p.DayOf(v.Campaign.Start, today), "End": p.DayOf(v.Campaign.End, today)}),
		Foot:     p.T("review.paper.foot", text.Args{"Day": p.WeekdayDate(today)}),
	}
	looked := paper.Block{Title: p.T("review.paper.looked")}
	for _, line := range words.ReviewFrame(p, b, v, today) {
		looked.Lines = append(looked.Lines, paper.Line{Text: line})
	}
	page.Blocks = []paper.Block{looked}
	if v.Running {
		return page
	}
	page.Blocks = append(page.Blocks, groups(p, v), compared(p, v))
	if said := words.ReviewLot(p, v.Lot); len(said) > 0 {
		page.Blocks = append(page.Blocks, drawn(p, v, said))
	}
	if len(v.Cards) > 0 {
		block := paper.Block{Title: p.T("review.paper.cards")}
		for _, c := range v.Cards[:min(len(v.Cards), mostCards)] {
			block.Cards = append(block.Cards, card(p, b, v, c, today))
		}
		if n := len(v.Cards) - mostCards; n > 0 {
			block.Note = p.N("briefing.more", n)
		}
		page.Blocks = append(page.Blocks, block)
	}
	return page
}

// groups are what became of each group.
func groups(p *text.Printer, v review.Review) paper.Block {
	block := paper.Block{Title: p.T("review.paper.groups"), Note: p.T("review.orders-at-visits")}
	table := &paper.Table{Heads: []paper.Head{{Title: p.T("review.paper.group"), Keep: 9}}}
	for i, name := range [...]string{"accounts", "ordered", "share", "orders", "value", "appointments", "before"} {
		table.Heads = append(table.Heads, paper.Head{Title: p.T("review.column." + name), Right: true, Keep: 8 - i})
	}
	for group := range review.Group(review.Groups) {
		r := v.Results[group]
		cells := []paper.Cell{paper.Of(words.ReviewGroup(p, group))}
		switch {
		case r.Accounts == 0:
			cells = append(cells, paper.Toned(paper.Dim, "–"))
		case !r.Shown():
			cells = append(cells, paper.Toned(paper.Dim, p.T("review.few")))
		default:
			share := review.Share{Count: r.Ordered, Of: r.Accounts}.Point()
			cells = append(cells, paper.Of(p.Int(r.Accounts)), paper.Of(p.Int(r.Ordered)), paper.Cell{Text: p.Percent(share), Bar: &paper.Bar{Share: share}},
				paper.Of(p.Int(r.Orders)), paper.Of(p.Money(r.Value)), paper.Of(p.Int(r.Appointments)), paper.Of(p.Int(r.Before)))
		}
		for len(cells) < len(table.Heads) {
			cells = append(cells, paper.Cell{})
		}
		table.Rows = append(table.Rows, paper.Row{Cells: cells})
	}
	block.Table = table
	return block
}

// compared is what can be said beside those with whom nobody had contact.
func compared(p *text.Printer, v review.Review) paper.Block {
	block := paper.Block{Title: p.T("review.paper.compared"), Note: p.T("review.legend")}
	for _, c := range v.Comparing {
		line := paper.Line{Mark: "·", Text: words.ReviewComparison(p, c)}
		if c.Verdict == review.ClearlyMore {
			line.Mark, line.Tone = words.DoneGlyph, paper.Good
		}
		block.Lines = append(block.Lines, line)
	}
	if len(v.Comparing) == 0 {
		block.Lines = []paper.Line{{Text: p.T("review.no-comparison")}}
	}
	return block
}

// drawn is what became of a lot.
func drawn(p *text.Printer, v review.Review, said []string) paper.Block {
	block := paper.Block{Title: said[0]}
	for _, line := range said[1:] {
		block.Lines = append(block.Lines, paper.Line{Text: line})
	}
	if len(v.Lot.Comparing) > 0 {
		block.Lines = append(block.Lines, paper.Line{Text: p.T("review.lot.against")})
	}
	for _, c := range v.Lot.Comparing {
		block.Lines = append(block.Lines, paper.Line{Mark: "·", Text: words.LotComparison(p, c)})
	}
	return block
}

// card is an account on which campaign, contact and order follow one another.
func card(p *text.Printer, b *model.Book, v review.Review, c review.Card, today model.Date) paper.Card {
	made := paper.Card{Title: words.AccountName(b, c.Account), Note: p.Money(c.Value)}
	if l := b.Account(c.Account); l != nil && l.Address.City != "" {
		made.Title += " · " + l.Address.City
	}
	type step struct {
		day  model.Date
		role model.Role
		key  string
	}
	steps := []step{{v.Campaign.Start, model.RoleMarketing, "campaign"}, {c.Called, model.RoleMarketing, "call"}, {c.Visited, model.RoleSales, "visit"}, {c.Ordered, "", "order"}}
	steps = slices.DeleteFunc(steps, func(s step) bool { return s.day == 0 })
	slices.SortStableFunc(steps, func(x, y step) int { return cmp.Compare(x.day, y.day) })
	for _, s := range steps {
		drawn := paper.Step{Mark: words.DoneGlyph, Tone: paper.Good, Day: p.DayOf(s.day, today), Text: p.T("review.paper.step." + s.key)}
		switch s.role {
		case model.RoleSales:
			drawn.Mark, drawn.Tone = words.SalesGlyph, paper.Sales
		case model.RoleMarketing:
			drawn.Mark, drawn.Tone = words.MarketingGlyph, paper.Marketing
		}
		made.Steps = append(made.Steps, drawn)
	}
	return made
}
