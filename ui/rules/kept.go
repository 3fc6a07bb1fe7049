package rules

// Rules that are changed and not saved, kept for another session.

import (
	"encoding/json"

	"doppelpass/model"
)

// keptRules are the rules as they were changed, and as they were in force then.
type keptRules struct {
	Draft  model.Settings `json:"draft"`
	Stored model.Settings `json:"stored"`
}

// Draft implements session.Drafter.
func (p *Page) Draft() []byte {
	if p.draft == p.stored {
		return nil
	}
	packed, err := json.Marshal(keptRules{p.draft, p.stored})
	if err != nil {
		return nil
	}
	return packed
}

// TakeUp implements session.Drafter.
func (p *Page) TakeUp(draft []byte) bool {
	var kept keptRules
	if json.Unmarshal(draft, &kept) != nil {
		return false
	}
	now := p.stored
	p.draft, p.stored = kept.Draft, kept.Stored
	p.rebase(now)
	p.layout()
	p.weighDraft()
	return p.draft != p.stored
}
