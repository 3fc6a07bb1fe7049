package store

// Standing rules: a counter-proposal that they allow is carried out without anybody's
// word, as a step of its own.

import (
	"errors"
	"fmt"
	"slices"

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

// beyondRole reports whether a step is one that its author may make although their role may
// not change what it changes: what a standing rule has accepted, and taking back what one did
// oneself.
func (w *writer) beyondRole(actor model.Actor, step Step, numbers map[model.StepID]uint64) (bool, error) {
	if accepted, err := w.byRule(actor, step.Edits); err != nil || accepted {
		return accepted, err
	}
	number := step.ReversesStep
	if n := numbers[step.Reverses]; n != 0 {
		number = n
	}
	own, target, err := takesBackOwn(w.reader, actor, step, number)
	if err != nil || !own {
		return false, err
	}
	edits, err := stepEdits(w.reader, target.Step)
	if err != nil {
		return false, err
	}
	said, err := saidSince(w.tx, target.Step)
	if err != nil {
		return false, err
	}
	back, _, err := model.Reverse(edits, said, presence{reader: w.reader})
	if err != nil {
		return false, err
	}
	for _, e := range step.Edits {
		if eitherRecord(e.After, e.Before).Key().Table != model.TableAsides && !slices.ContainsFunc(back, func(b model.Edit) bool { return model.Same(b.Before, e.Before) && model.Same(b.After, e.After) }) {
			return false, nil
		}
	}
	return true, nil
}

// takesBackOwn reports whether a step takes back the one with a number, which was made by the
// same person in the same role.
func takesBackOwn(r reader, actor model.Actor, step Step, number uint64) (own bool, target Entry, err error) {
	if step.Reverses == "" || number == 0 {
		return false, target, nil
	}
	target, err = readEntry(r.tx, number)
	if errors.Is(err, ErrNoStep) {
		return false, target, nil
	}
	return err == nil && target.ID == step.Reverses && target.Person == actor.Person && target.Actor == actor.Name && target.Role == actor.Role, target, err
}

// byRule reports whether edits carry out what a standing rule accepts, and the actor might
// have proposed.
func (w *writer) byRule(actor model.Actor, edits []model.Edit) (bool, error) {
	agreed, campaign, is := carriedOut(edits)
	if !is {
		return false, nil
	}
	settings, err := settingsIn(w.reader)
	if err != nil {
		return false, err
	}
	var answers []model.Answer
	if err := eachRecord(w.tx, docAnswers, (*codec).answer, func(a model.Answer) {
		if a.Signal() == agreed.Signal() {
			answers = append(answers, a)
		}
	}); err != nil || len(answers) == 0 {
		return false, err
	}
	model.SortAnswers(answers)
	proposal, before := answers[len(answers)-1], campaign.Before.(model.Campaign)
	return answer.RuleOf(settings, before, proposal) == agreed.Rule && model.Same(campaign.After, answer.Proposed(before, proposal)) &&
		actor.May(model.Edit{After: proposal}) == nil, nil
}

// carriedOut are the two parts of a step by which a rule carries a proposal out: the word
// that it is agreed to, and the change of the campaign.
func carriedOut(edits []model.Edit) (agreed model.Answer, campaign model.Edit, is bool) {
	words, changes := 0, 0
	for _, e := range edits {
		switch after := e.After.(type) {
		case model.Answer:
			agreed = after
			if words++; e.Before != nil {
				return agreed, campaign, false
			}
		case model.Campaign:
			campaign = e
			if changes++; e.Before == nil {
				return agreed, campaign, false
			}
		case model.SetAside:
		default:
			return agreed, campaign, false
		}
	}
	is = words == 1 && changes == 1 && agreed.Says == model.SaysAgree && agreed.Rule != 0 && agreed.Campaign == campaign.After.Key().Code
	return agreed, campaign, is
}
