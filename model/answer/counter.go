package answer

import (
	"slices"

	"doppelpass/model"
)

// Proposed is the campaign as a counter-proposal would have it.
func Proposed(c model.Campaign, proposal model.Answer) model.Campaign {
	if proposal.Start != 0 {
		c = c.At(proposal.Start, proposal.End)
	}
	if len(proposal.Classes) > 0 {
		c.Classes = proposal.Classes
	}
	if len(proposal.ByPhone) > 0 {
		c.ByPhone = slices.Concat(c.ByPhone, proposal.ByPhone)
		slices.Sort(c.ByPhone)
		c.ByPhone = slices.Compact(c.ByPhone)
	}
	return c
}
