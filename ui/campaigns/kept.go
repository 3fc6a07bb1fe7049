package campaigns

// A campaign that is moved and not saved, kept for another session.

import (
	"encoding/json"

	"doppelpass/model"
)

// keptMove is a move: the campaign's days, and those that it has in the store.
type keptMove struct {
	Campaign string        `json:"campaign"`
	Days     [2]model.Date `json:"days"`
	Stored   [2]model.Date `json:"stored"`
}

// Draft implements session.Drafter.
func (p *Page) Draft() []byte {
	if p.move == nil {
		return nil
	}
	m := p.move
	packed, err := json.Marshal(keptMove{m.campaign.Code, [2]model.Date{m.campaign.Start, m.campaign.End}, [2]model.Date{m.stored.Start, m.stored.End}})
	if err != nil {
		return nil
	}
	return packed
}

// TakeUp implements session.Drafter.
func (p *Page) TakeUp(draft []byte) bool {
	var kept keptMove
	if json.Unmarshal(draft, &kept) != nil {
		return false
	}
	stored, ok := p.s.Book.Campaign(kept.Campaign)
	if !ok || stored.Start != kept.Stored[0] || stored.End != kept.Stored[1] {
		return false
	}
	moved := stored
	moved.Start, moved.End = kept.Days[0], kept.Days[1]
	if moved.Start < model.FirstDate || moved.End > model.LastDate || moved.End < moved.Start {
		return false
	}
	if !p.list.Select(stored.Code) {
		p.list.SetFilter("")
		p.list.Select(stored.Code)
	}
	p.move = &move{stored: stored, campaign: moved}
	p.reveal(moved)
	p.move.judge(p.s)
	p.look()
	return true
}
