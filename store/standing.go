package store

// Standing rules: a counter-proposal that they allow is carried out without anybody's
// word, as a step of its own.

import (
	"fmt"

	"doppelpass/model"
	"doppelpass/model/answer"
)

// ActionByRule is the action of the step that a standing rule makes; its number
// follows.
const ActionByRule = "answer.rule."

// AcceptByRule carries a counter-proposal out, if a standing rule allows it on the day:
// the campaign is changed and the proposal agreed to, as one step of whoever made the
// proposal, who may take it back as any other. The rule is the lead's, who has set it:
// it may change what the person may not. It gives the rule's number; 0: none allows it.
// Errors: Conflict, where the campaign was changed meanwhile, Dismissed, ErrReadOnly.
func (s *Store) AcceptByRule(actor model.Actor, proposal model.Answer, today model.Date, subject string) (rule int, err error) {
	live, err := s.Live()
	if err != nil {
		return 0, err
	}
	var campaign model.Campaign
	live.Read(func(b *model.Book) {
		answers := b.Answers(proposal.Signal())
		known := false
		if campaign, known = b.Campaign(proposal.Campaign); !known || len(answers) == 0 {
			return
		}
		proposal = answers[len(answers)-1] // as it stands: somebody may have been faster
		if proposal.Says == model.SaysCounter && proposal.Date <= today {
			rule = answer.RuleFor(b.On(today), campaign, proposal)
		}
	})
	if rule == 0 {
		return 0, nil
	}
	agreed := model.Answer{Kind: proposal.Kind, Territory: proposal.Territory, Campaign: proposal.Campaign, Date: today,
		Says: model.SaysAgree, Short: proposal.Short, Rule: rule}
	puts := []Put{{Record: agreed, New: true}, {Record: answer.Proposed(campaign, proposal), Before: campaign}}
	_, err = s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		lead := actor
		lead.Role, lead.Person = model.RoleLead, ""
		edits, err := w.decide(lead, Request{Puts: puts})
		if err != nil {
			return err
		}
		action := ActionByRule + fmt.Sprint(rule)
		w.personal = true
		w.begin(actor, action)
		if err := w.apply(edits); err != nil {
			return fmt.Errorf("accepting by rule %d: %w", rule, err)
		}
		return w.record(actor, action, subject)
	})
	if err != nil {
		return 0, err
	}
	return rule, nil
}
