package review

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/ui/paper"
	"doppelpass/ui/text"
)

func TestAReviewOnPaperTellsTheStoryOfAnAccount(t *testing.T) {
	b := model.NewBook()
	put := func(r model.Record) { b.Apply(model.Change{Edits: []model.Edit{{After: r}}}) }
	const end = model.Date(46_000)
	c := model.Campaign{Code: "C1", Name: "Messe", Kind: "fair", Territories: []string{"T1"}, Start: end - 9, End: end, Status: model.CampaignPlanned}
	put(model.Rep{Code: "R1", Name: "K. Sommer"})
	put(model.Territory{Code: "T1", Rep: "R1"})
	put(c)
	var visits []model.Visit
	for i := range 20 {
		code := fmt.Sprintf("K%02d", i)
		put(model.Account{Code: code, Name: "Holz & Maier", Territory: "T1", Class: model.ClassA, Address: model.Address{City: "Ulm"}})
		if i < 10 {
			v := model.Visit{Account: code, Date: end - 4, Rep: "R1", Note: "geheim"}
			visits = append(visits, v, model.Visit{Account: code, Date: end + 3, Rep: "R1", Outcome: "order", Value: 125000})
			put(v)
		}
	}
	put(model.Call{Account: "K00", Date: end - 2, Agent: "Vogt", Outcome: model.CallReached})
	for _, language := range text.Languages {
		p := text.New(language)
		v := review.Make(b.On(c.ReviewDay()+1), c, visits)
		var one, two bytes.Buffer
		require.NoError(t, paper.HTML(&one, Write(p, b, v, c.ReviewDay()+1)))
		require.NoError(t, paper.HTML(&two, Write(p, b, v, c.ReviewDay()+1)))
		require.Equal(t, one.String(), two.String())
		require.Less(t, one.Len(), 200_000)
		for _, outside := range []string{"http", "src=", "url(", "<script", "review.", "Sommer", "Vogt", "geheim"} {
			require.NotContains(t, one.String(), outside)
		}
		require.Contains(t, one.String(), "Holz &amp; Maier · Ulm")
		page := Write(p, b, v, c.ReviewDay()+1)
		cards := page.Blocks[len(page.Blocks)-1].Cards
		require.Len(t, cards, mostCards)
		for _, card := range cards {
			require.GreaterOrEqual(t, len(card.Steps), 3, "campaign, visit, order")
			require.Equal(t, []string{"◆", "▲", "✓"}, []string{card.Steps[0].Mark, card.Steps[1].Mark, card.Steps[len(card.Steps)-1].Mark})
		}
		require.Len(t, Write(p, b, review.Make(b.On(end), c, visits), end).Blocks, 1, "nothing is told before its day")
	}
}
