package session

// Standing rules: a counter-proposal that was made may be accepted by itself.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// ByRule lets the standing rules look at a counter-proposal that a request makes, once
// it is made, and says in the answer that one has accepted it. For commands.
func (s *Session) ByRule(r store.Request) func(Applied) Applied {
	var proposal model.Answer
	for _, p := range r.Puts {
		if a, ok := p.Record.(model.Answer); ok && a.Says == model.SaysCounter {
			proposal = a
		}
	}
	if proposal.Says == "" {
		return func(made Applied) Applied { return made }
	}
	actor, accept, settle, today := s.Actor, s.Store.AcceptByRule, s.settle(), s.Today
	return func(made Applied) Applied {
		settle()
		rule, err := accept(actor, proposal, today, r.Subject)
		if err != nil || rule == 0 { // the proposal stands, and waits for a person
			return made
		}
		settle()
		then := made.Then
		made.Done = "" // the proposal is more than made
		made.Then = func(err error) tea.Cmd {
			s.Shell.Say(s.Look.T("answer.done.rule", text.Args{"Name": r.Subject, "Rule": s.Look.Text.Int(rule)}))
			if then != nil {
				return then(err)
			}
			return nil
		}
		return made
	}
}
