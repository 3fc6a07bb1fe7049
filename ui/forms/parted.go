package forms

// What becomes of planned visits when their rep loses the accounts, or goes: asked before,
// and done in the same step.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// WithPlans goes on with a request, after it has asked what becomes of what it would
// leave behind: of the territories and visits of reps who go, and of the visits, planned
// from today on, that it would part from their rep. Whoever may not change plans is not
// asked: they stay.
func WithPlans(s *session.Session, r store.Request, goOn func(store.Request) tea.Cmd) tea.Cmd {
	after := r.Records()
	if leaving := leftBehind(s, after, r.Deletes); len(leaving) > 0 && refusal(s, model.Edit{Before: model.PlannedVisit{Rep: leaving[0]}}) == "" {
		return askHeir(s, leaving, r, goOn)
	}
	if away := s.Book.NewlyAbsent(after, s.Today); len(away) > 0 && refusal(s, model.Edit{Before: away[0].Visits[0]}) == "" {
		return AskAbsent(s, away, func(answer model.PlansAnswer) tea.Cmd {
			return goOn(withEdits(r, model.AnswerParted(away, answer, s.Book.PlanTaken())))
		})
	}
	parted := s.Book.Parted(after, r.Deletes, s.Today)
	if len(parted) == 0 || refusal(s, model.Edit{Before: parted[0].Visits[0]}) != "" {
		return goOn(r)
	}
	return AskParted(s, parted, func(answer model.PlansAnswer) tea.Cmd {
		return goOn(withEdits(r, model.AnswerParted(parted, answer, s.Book.PlanTaken())))
	})
}

// AskParted asks what becomes of visits that are parted from their rep.
func AskParted(s *session.Session, parted []model.Parted, answered func(model.PlansAnswer) tea.Cmd) tea.Cmd {
	args, covered := partedNames(s, parted)
	look := s.Look
	return askPlans(s, "forms.parted", parted, covered, args, look.T("forms.parted.keep", args), look.T("forms.parted.free"), answered)
}

// AskAbsent asks what becomes of the visits planned for the time of absences.
func AskAbsent(s *session.Session, away []model.Parted, answered func(model.PlansAnswer) tea.Cmd) tea.Cmd {
	args, covered := partedNames(s, away)
	look := s.Look
	return askPlans(s, "cover.ask", away, covered, args, look.T("cover.ask.keep"), look.T("cover.ask.free"), answered)
}

// askPlans puts the question of a room of messages; to hand over is offered where somebody
// takes every visit.
func askPlans(s *session.Session, room string, all []model.Parted, taken bool, args text.Args, keep, free string, answered func(model.PlansAnswer) tea.Cmd) tea.Cmd {
	look := s.Look
	options := []kit.Option{{Value: string(model.PlansKeep), Label: keep}, {Value: string(model.PlansFree), Label: free}}
	if taken {
		options = append([]kit.Option{{Value: string(model.PlansHandOver), Label: look.T(room+".hand", args)}}, options...)
	}
	return s.Shell.Show(kit.Choose(look, look.T(room+".title"), look.Text.N(room+".text", model.PartedVisits(all), args), options,
		func(answer string) tea.Cmd { return answered(model.PlansAnswer(answer)) }))
}

// partedNames are those whose visits are parted and those who take them; taken says whether
// somebody takes every one.
func partedNames(s *session.Session, all []model.Parted) (args text.Args, taken bool) {
	var from, to []string
	name := func(names []string, rep string) []string {
		if n := kit.Clean(s.Book.RepName(rep)); !slices.Contains(names, n) {
			return append(names, n)
		}
		return names
	}
	taken = true
	for _, p := range all {
		taken = taken && p.To != ""
		from = name(from, p.From)
		if p.To != "" {
			to = name(to, p.To)
		}
	}
	return text.Args{"From": strings.Join(from, ", "), "To": strings.Join(to, ", ")}, taken
}

// leftBehind are the reps who go and leave territories or visits behind.
func leftBehind(s *session.Session, after []model.Record, gone []model.Key) (reps []string) {
	for _, rep := range s.Book.Leaving(after, gone) {
		if territories, visits := s.Book.Ahead(rep, s.Today); territories+visits > 0 {
			reps = append(reps, rep)
		}
	}
	return reps
}

// The answers to who takes over, beside the reps.
const (
	heirStay   = "\x00stay"
	heirNobody = "\x00nobody"
	heirOther  = "\x00other"
)

// mostHeirs is how many reps are offered in a list; of more, one is searched for.
const mostHeirs = 8

// askHeir asks who takes over what reps leave behind who go. Where a rep's record stays,
// all may stay as it is, too.
func askHeir(s *session.Session, leaving []string, r store.Request, goOn func(store.Request) tea.Cmd) tea.Cmd {
	look := s.Look
	var names []string
	territories, visits, deleted := 0, 0, false
	for _, rep := range leaving {
		t, v := s.Book.Ahead(rep, s.Today)
		territories, visits = territories+t, visits+v
		names = append(names, kit.Clean(s.Book.RepName(rep)))
		deleted = deleted || slices.Contains(r.Deletes, model.Rep{Code: rep}.Key())
	}
	var along []string
	if territories > 0 {
		along = append(along, look.Text.N("forms.count.territories", territories))
	}
	if visits > 0 {
		along = append(along, look.Text.N("leaving.visits", visits))
	}
	args := text.Args{"Rep": strings.Join(names, ", "), "Along": strings.Join(along, ", ")}
	stay := kit.Option{Value: heirStay, Label: look.T("leaving.stay", args)}
	if deleted {
		stay.Label = look.T("leaving.back")
	}
	options, others := []kit.Option{stay}, []kit.Option{}
	for _, rep := range s.Book.Reps() {
		if !slices.Contains(leaving, rep.Code) {
			name := kit.Clean(cmp.Or(rep.Name, rep.Code))
			detail := ""
			if last, _, away := s.Book.Spell(rep.Code, s.Today); away {
				detail = look.T("leaving.away", text.Args{"Day": look.Text.Day(last)})
			}
			options = append(options, kit.Option{Value: rep.Code, Label: look.T("leaving.heir", text.Args{"Rep": name}), Detail: detail})
			others = append(others, kit.Option{Value: rep.Code, Label: name, Detail: strings.TrimSpace(rep.Code + " " + detail)})
		}
	}
	if len(others) > mostHeirs {
		options = []kit.Option{stay, {Value: heirOther, Label: look.T("leaving.other")}}
	}
	options = append(options, kit.Option{Value: heirNobody, Label: look.T("leaving.nobody")})
	var decided func(heir string) tea.Cmd
	decided = func(heir string) tea.Cmd {
		switch {
		case heir == heirOther:
			return searchHeir(s, look.T("leaving.title", args), others, decided)
		case heir == heirStay && deleted:
			return nil
		case heir == heirStay:
			return goOn(r)
		case heir == heirNobody:
			heir = ""
		}
		for _, rep := range leaving {
			r = withEdits(r, s.Book.Succeeded(rep, heir, s.Today))
		}
		return goOn(r)
	}
	return s.Shell.Show(kit.Choose(look, look.T("leaving.title", args), look.T("leaving.text", args), options, decided))
}

// searchHeir asks for one of many reps by some letters.
func searchHeir(s *session.Session, title string, reps []kit.Option, decided func(heir string) tea.Cmd) tea.Cmd {
	form := kit.NewForm(s.Look, title, kit.Field{Name: "rep", Label: "forms.rep", Kind: kit.FieldSearch, Required: true, Options: reps, Width: 36})
	form.SetSubmit("leaving.submit")
	box := kit.NewFormBox(s.Look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		return decided(v.Text("rep"))
	}
	return s.Shell.Show(box)
}

// withEdits is a request with further edits. A record that the request puts already is put
// as the edit has it.
func withEdits(r store.Request, edits []model.Edit) store.Request {
	r.Puts, r.Deletes = slices.Clone(r.Puts), slices.Clone(r.Deletes)
	for _, e := range edits {
		if e.After == nil {
			r.Deletes = append(r.Deletes, e.Before.Key())
			continue
		}
		p := put(e.After, e.Before)
		if at := slices.IndexFunc(r.Puts, func(o store.Put) bool { return o.Record.Key() == e.After.Key() }); at >= 0 {
			r.Puts[at] = p
		} else {
			r.Puts = append(r.Puts, p)
		}
	}
	return r
}
