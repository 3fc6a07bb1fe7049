package answer

import "doppelpass/model"

// Proposed is the campaign as a counter-proposal would have it.
func Proposed(c model.Campaign, proposal model.Answer) model.Campaign {
	if proposal.Start != 0 {
		c.Start, c.End = proposal.Start, proposal.End
	}
	if len(proposal.Classes) > 0 {
		c.Classes = proposal.Classes
	}
	return c
}
