package answer

// Standing rules: counter-proposals that are accepted by themselves.

import "doppelpass/model"

// The standing rules by their numbers, as the history and the page of rules name them.
const (
	RuleClasses = 1 // the campaign goes to fewer classes (Settings.AcceptClasses)
	RuleDays    = 2 // it is moved or shortened by a few days (Settings.AcceptDays)
)

// RuleFor is the standing rule that accepts a counter-proposal for a campaign by
// itself; 0: none, a person has to. Whatever the rule, the proposal must remove more
// shortfall than it creates, counted over all signals that are open on the day, in
// whatever territory.
func RuleFor(d *model.Day, c model.Campaign, proposal model.Answer) int {
	rule := RuleOf(d.Settings(), c, proposal)
	if rule == 0 {
		return 0
	}
	removed, created := shifted(d, d.WithCampaign(Proposed(c, proposal)))
	if removed <= created {
		return 0
	}
	return rule
}

// RuleOf is the rule that a proposal is small enough for; 0: none.
func RuleOf(s model.Settings, c model.Campaign, proposal model.Answer) int {
	moved, narrowed := proposal.Start != 0, len(proposal.Classes) > 0
	switch {
	case proposal.Says != model.SaysCounter || moved == narrowed || len(proposal.ByPhone) > 0: // both at a time, and who is called, is for people
	case narrowed && s.AcceptClasses != 0:
		return RuleClasses
	case moved && between(proposal.Start, c.Start) <= s.AcceptDays && between(proposal.End, c.End) <= s.AcceptDays:
		return RuleDays
	}
	return 0
}

func between(x, y model.Date) int { return max(int(x-y), int(y-x)) }

// shifted is by how much what is missing falls at some signals and grows at others.
func shifted(before, after *model.Day) (removed, created int) {
	missing := map[model.SignalKey]int{}
	for _, s := range before.Signals() {
		missing[s.Key()] += shortfall(before.Settings(), s)
	}
	for _, s := range after.Signals() {
		missing[s.Key()] -= shortfall(after.Settings(), s)
	}
	for _, by := range missing {
		removed, created = removed+max(by, 0), created+max(-by, 0)
	}
	return removed, created
}

// shortfall is what an open signal is short of: visits, or accounts to be spoken to.
func shortfall(settings model.Settings, s model.Signal) int {
	switch {
	case !s.Open():
		return 0
	case s.Kind == model.StepUpVisits:
		return s.Readiness.Gap
	case s.Kind == model.AddTelemarketing:
		cover := s.Contact.Coverage
		return max(0, (settings.ContactThreshold*cover.Accounts+99)/100-cover.Contacted)
	}
	return 0
}
