package command

// --plans: what becomes of planned visits that a command parts from their rep.

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// plansFlag gives a command the flag.
func (r *run) plansFlag(c *cobra.Command, answer *string) {
	c.Flags().StringVar(answer, "plans", "", "plans.flag")
	r.complete(c, "plans", string(model.PlansHandOver), string(model.PlansFree), string(model.PlansKeep))
}

// plansAnswer reads the flag; "" is none.
func (r *run) plansAnswer(given string) (model.PlansAnswer, error) {
	answer := model.PlansAnswer(given)
	if given != "" && !slices.Contains(model.PlansAnswers[:], answer) {
		return "", usageError{r.t("command.flag.one-of", text.Args{"Flag": "--plans", "Values": "hand-over, free, keep"})}
	}
	return answer, nil
}

// withPlans is a request with what the answer makes of the visits that it parts from their
// rep; where some are parted and nothing is said of them, it is refused. said tells what
// became of them.
func (r *run) withPlans(book *model.Book, today model.Date, request store.Request, given string) (_ store.Request, said string, err error) {
	answer, err := r.plansAnswer(given)
	if err != nil {
		return request, "", err
	}
	parted := book.Parted(request.Records(), request.Deletes, today)
	switch {
	case len(parted) == 0 || r.actor().May(model.Edit{Before: parted[0].Visits[0]}) != nil:
		return request, "", nil
	case answer == "":
		return request, "", r.undecided(book, parted)
	}
	return answeredWith(book, request, parted, answer), r.plansDone(parted, answer), nil
}

// answeredWith is a request with what an answer makes of parted visits.
func answeredWith(book *model.Book, request store.Request, parted []model.Parted, answer model.PlansAnswer) store.Request {
	for _, e := range model.AnswerParted(parted, answer, book.PlanTaken()) {
		key := e.Before.Key()
		if e.After == nil {
			request.Deletes = append(request.Deletes, key)
		} else {
			request.Puts = append(request.Puts, store.Put{Record: e.After, Before: e.Before, Replaces: &key})
		}
	}
	return request
}

// undecided refuses for want of an answer.
func (r *run) undecided(book *model.Book, parted []model.Parted) error {
	return usageError{words.Parted(r.words(), book, "plans.undecided", parted)}
}

// plansDone says what became of parted visits.
func (r *run) plansDone(parted []model.Parted, answer model.PlansAnswer) string {
	count := map[model.PlansAnswer]int{}
	for _, p := range parted {
		became := answer
		switch {
		case answer == model.PlansHandOver && p.To == "" && p.Leaves:
			became = model.PlansFree
		case answer == model.PlansHandOver && p.To == "":
			became = model.PlansKeep
		case answer == model.PlansKeep && p.Leaves:
			became = model.PlansFree
		}
		count[became] += len(p.Visits)
	}
	var said []string
	for _, became := range model.PlansAnswers {
		if count[became] > 0 {
			said = append(said, r.words().N("plans.done."+string(became), count[became]))
		}
	}
	return strings.Join(said, " ")
}

// partedImport answers an import's question with the flag, and keeps what was asked.
type partedImport struct {
	answer model.PlansAnswer
	dry    bool
	parted []model.Parted
	away   []model.Parted // that fall into absences
}

func (p *partedImport) decide(parted []model.Parted) (model.PlansAnswer, error) {
	p.parted = parted
	switch {
	case p.answer != "":
		return p.answer, nil
	case p.dry:
		return model.PlansKeep, nil
	}
	return "", store.ErrPlansUndecided{Parted: parted}
}

// decideAway answers for visits that fall into absences: unless something else is said,
// what is agreed stands.
func (p *partedImport) decideAway(away []model.Parted) (model.PlansAnswer, error) {
	p.away = away
	if p.answer == "" || p.dry {
		return model.PlansKeep, nil
	}
	return p.answer, nil
}

// said is what there is to say after the import, "" for nothing.
func (r *run) partedSaid(s *store.Store, p *partedImport) (string, error) {
	all := append(slices.Clip(p.parted), p.away...)
	if len(all) == 0 {
		return "", nil
	}
	if p.answer != "" && !p.dry {
		return r.plansDone(all, p.answer), nil
	}
	book, err := s.RulesBook()
	if err != nil {
		return "", err
	}
	var said []string
	if len(p.parted) > 0 {
		said = append(said, words.Parted(r.words(), book, "plans.dry", p.parted))
	}
	if len(p.away) > 0 {
		said = append(said, words.Parted(r.words(), book, "away.standing", p.away))
	}
	return strings.Join(said, "\n"), nil
}

// undecidedImport is the refusal in place of the error that an import gave.
func (r *run) undecidedImport(s *store.Store, err error) error {
	var undecided store.ErrPlansUndecided
	if !errors.As(err, &undecided) {
		return err
	}
	book, failed := s.RulesBook()
	if failed != nil {
		return failed
	}
	return r.undecided(book, undecided.Parted)
}
