package campaigns

// What came of a campaign, to be read in front of the page.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// mayReview says why a campaign cannot be looked back at.
func (p *Page) mayReview() (bool, string) {
	c, ok := p.inView()
	switch {
	case !ok:
		return false, p.s.Look.T("campaigns.none")
	case c.Status != model.CampaignPlanned:
		return false, p.s.Look.T("review.not-planned", text.Args{"Campaign": p.s.CampaignName(c.Code)})
	}
	return true, ""
}

// review reads the visits that the review looks at, and shows it.
func (p *Page) review() tea.Cmd {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	query, s := store.ReviewQuery(p.s.Day(), c), p.s.Store
	return func() tea.Msg {
		visits, _, err := s.Visits(query)
		return session.Applied{Err: err, Then: func(err error) tea.Cmd {
			if err != nil {
				return nil
			}
			return p.showReview(c, visits)
		}}
	}
}

func (p *Page) showReview(c model.Campaign, visits []model.Visit) tea.Cmd {
	look, today := p.s.Look, p.s.Today
	v := review.Make(p.s.Day(), c, visits)
	lines := func(width int) (lines []string) {
		prose := func(role kit.Role, sentence string) {
			lines = append(lines, kit.Paragraph(look, role, sentence, width)...)
		}
		for _, sentence := range words.ReviewFrame(look.Text, p.s.Book, v, today) {
			prose(kit.Text, sentence)
		}
		if v.Running {
			return lines
		}
		lines = append(lines, "")
		for group := range review.Group(review.Groups) {
			if v.Results[group].Accounts > 0 {
				prose(kit.Text, words.ReviewResult(look.Text, group, v.Results[group]))
			}
		}
		lines = append(lines, "")
		prose(kit.Dim, look.T("review.orders-at-visits"))
		lines = append(lines, "")
		if len(v.Comparing) == 0 {
			prose(kit.Text, look.T("review.no-comparison"))
		} else {
			prose(kit.Heading, look.T("review.against"))
		}
		for _, comparison := range v.Comparing {
			prose(kit.Text, words.ReviewComparison(look.Text, comparison))
		}
		if said := words.ReviewLot(look.Text, v.Lot); len(said) > 0 {
			lines = append(lines, "")
			prose(kit.Heading, said[0])
			for _, sentence := range said[1:] {
				prose(kit.Text, sentence)
			}
		}
		if len(v.Lot.Comparing) > 0 {
			prose(kit.Heading, look.T("review.lot.against"))
		}
		for _, comparison := range v.Lot.Comparing {
			prose(kit.Text, words.LotComparison(look.Text, comparison))
		}
		if len(v.Cards) > 0 {
			lines = append(lines, "")
			prose(kit.Heading, look.T("review.cards"))
		}
		for _, card := range v.Cards[:min(len(v.Cards), words.MostReviewCards)] {
			prose(kit.Text, words.ReviewCard(look.Text, p.s.Book, card, today))
		}
		lines = append(lines, "")
		prose(kit.Dim, look.T("review.legend"))
		return lines
	}
	return p.s.Shell.Show(kit.NewReader(look, look.T("review.title", text.Args{"Campaign": p.s.CampaignName(c.Code)}), lines))
}
