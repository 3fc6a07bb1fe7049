package week

// The weeks that are bent and not confirmed, kept for another session.

import (
	"encoding/json"

	"doppelpass/model/week"
)

// keptPlan is a week as it was bent. The steps are not kept: there is one, from the week as
// the Book has it.
type keptPlan struct {
	week.Kept
	Dealt bool `json:"as-dealt,omitempty"` // as the month left it
}

// Draft implements session.Drafter.
func (p *Page) Draft() []byte {
	var list []keptPlan
	for _, pl := range p.plans {
		if p.unconfirmed(pl) {
			list = append(list, keptPlan{pl.draft.Keep(), pl.dealt != nil && pl.dealt == pl.draft})
		}
	}
	if len(list) == 0 {
		return nil
	}
	packed, err := json.Marshal(list)
	if err != nil {
		return nil
	}
	return packed
}

// TakeUp implements session.Drafter.
func (p *Page) TakeUp(draft []byte) bool {
	var list []keptPlan
	if json.Unmarshal(draft, &list) != nil {
		return false
	}
	whole := len(list) > 0
	var last *plan
	for _, kept := range list {
		key := weekKey{kept.Rep, kept.Monday}
		fresh, err := p.deskOf(key).Draft(key.rep, key.monday)
		if err != nil || kept.Monday != kept.Monday.Monday() {
			whole = false
			continue
		}
		bent, err := p.deskOf(key).TakeUp(kept.Kept)
		if err != nil {
			whole = false
			continue
		}
		pl := &plan{key: key, draft: fresh, revision: -1}
		pl.step(bent, p.s.Book)
		pl.takenUp = fresh
		if !pl.open() { // somebody has confirmed just that since
			whole = false
			continue
		}
		if kept.Dealt {
			pl.dealt = pl.draft
		}
		p.plans[key], last = pl, pl
	}
	if last != nil {
		p.show(last.key)
	}
	return whole
}
