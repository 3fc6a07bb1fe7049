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

// keptWork is all that is kept.
type keptWork struct {
	Weeks []keptPlan `json:"weeks,omitempty"`
	Ticks *keptTicks `json:"ticks,omitempty"`
}

// Draft implements session.Drafter.
func (p *Page) Draft() []byte {
	var work keptWork
	for _, pl := range p.plans {
		if p.unconfirmed(pl) {
			work.Weeks = append(work.Weeks, keptPlan{pl.draft.Keep(), pl.dealt != nil && pl.dealt == pl.draft})
		}
	}
	if work.Ticks = p.tick.keep(); work.Ticks == nil && len(work.Weeks) == 0 {
		return nil
	}
	packed, err := json.Marshal(work)
	if err != nil {
		return nil
	}
	return packed
}

// TakeUp implements session.Drafter.
func (p *Page) TakeUp(draft []byte) bool {
	var work keptWork
	if json.Unmarshal(draft, &work) != nil && json.Unmarshal(draft, &work.Weeks) != nil { // older programs kept the weeks alone
		return false
	}
	whole := len(work.Weeks) > 0 || work.Ticks != nil
	var last *plan
	for _, kept := range work.Weeks {
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
	if work.Ticks != nil {
		whole = p.takeUpTicks(*work.Ticks) && whole
	}
	return whole
}
