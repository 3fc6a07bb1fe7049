package week

// Handing planned visits to another rep: one, a week's, or all that are ahead; and those
// that belong to nobody.

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// ahead are the confirmed visits from today on of whose week is in view.
func (p *Page) ahead() (list []model.PlannedVisit) {
	if p.plan == nil {
		return nil
	}
	for visit := range p.s.Book.Plan(p.plan.key.rep) {
		if visit.Date >= p.s.Today {
			list = append(list, visit)
		}
	}
	slices.SortFunc(list, func(a, b model.PlannedVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time))
	})
	return list
}

// handable says whether there is anything to hand over.
func (p *Page) handable() (bool, string) {
	if ok, why := p.bendable(); !ok {
		return false, why
	}
	return len(p.ahead()) > 0, p.s.Look.T("week.hand.none")
}

// hand asks which visits are handed over, unless there is but one answer, and to whom.
func (p *Page) hand() tea.Cmd {
	look, all := p.s.Look, p.ahead()
	week := slices.DeleteFunc(slices.Clone(all), func(v model.PlannedVisit) bool { return v.Date.Monday() != p.plan.key.monday })
	scopes := map[string][]model.PlannedVisit{"all": all, "week": week}
	var options []kit.Option
	if stop, ok := p.selected(); ok {
		code := p.draft().Stops[stop].Customer.Code
		one := slices.DeleteFunc(slices.Clone(week), func(v model.PlannedVisit) bool { return v.Account != code })
		if len(one) > 0 {
			scopes["one"] = one
			options = append(options, kit.Option{Value: "one", Label: look.T("week.hand.one", text.Args{"Name": kit.Clean(p.s.AccountName(code))})})
		}
	}
	if len(week) > 0 && len(week) < len(all) {
		options = append(options, kit.Option{Value: "week", Label: look.Text.N("week.hand.week", len(week), text.Args{"Week": look.Text.Week(p.plan.key.monday)})})
	}
	options = append(options, kit.Option{Value: "all", Label: look.Text.N("week.hand.all", len(all))})
	from := kit.Clean(p.s.Book.RepName(p.plan.key.rep))
	return p.s.Shell.Show(kit.Choose(look, look.T("week.hand.title", text.Args{"Rep": from}), "", options, func(scope string) tea.Cmd {
		return p.handTo(scopes[scope])
	}))
}

// handTo asks who takes visits over, and hands them over in one step.
func (p *Page) handTo(visits []model.PlannedVisit) tea.Cmd {
	look, from := p.s.Look, p.plan.key.rep
	var options []kit.Option
	for _, rep := range p.s.Book.Reps() {
		if rep.Code != from {
			options = append(options, kit.Option{Value: rep.Code, Label: kit.Clean(cmp.Or(rep.Name, rep.Code)), Detail: p.awayDuring(rep.Code, visits)})
		}
	}
	taken := func(to string) tea.Cmd {
		parted := []model.Parted{{From: from, To: to, Visits: visits}}
		r := store.Request{Action: "plan.hand-over", Subject: words.CountSubject(model.TablePlan, len(visits))}
		for _, e := range model.AnswerParted(parted, model.PlansHandOver, p.s.Book.PlanTaken()) {
			key := e.Before.Key()
			r.Puts = append(r.Puts, store.Put{Record: e.After, Before: e.Before, Replaces: &key})
		}
		return p.s.Apply(r, look.Text.N("week.hand.done", len(visits), text.Args{"Rep": kit.Clean(p.s.Book.RepName(to))}), nil)
	}
	title := look.Text.N("week.hand.to", len(visits))
	if len(options) < repsInDialog {
		options = append([]kit.Option{{Value: "", Label: look.T("week.hand.not")}}, options...)
		return p.s.Shell.Show(kit.Choose(look, title, "", options, func(to string) tea.Cmd {
			if to == "" {
				return nil
			}
			return taken(to)
		}))
	}
	return p.ask(kit.Field{Name: "rep", Label: "week.column.rep", Hint: "week.rep.hint", Kind: kit.FieldSearch, Options: options, Required: true, Width: 36},
		func(values kit.Values) tea.Cmd { return taken(values.Text("rep")) })
}

// awayDuring says that a rep is not there on a day of the visits; "" otherwise.
func (p *Page) awayDuring(rep string, visits []model.PlannedVisit) string {
	for _, v := range visits {
		if last, _, away := p.s.Book.Spell(rep, v.Date); away {
			return p.s.Look.T("leaving.away", text.Args{"Day": p.s.Look.Text.Day(last)})
		}
	}
	return ""
}

// lost are planned visits from today on that belong to nobody.
func (p *Page) lost() (visits int, first model.Ownerless) {
	all := p.s.Book.Ownerless(p.s.Today)
	for _, o := range all {
		visits += o.Visits
	}
	if len(all) > 0 {
		first = all[0]
	}
	return visits, first
}

// lostNote says that visits belong to nobody: those in view, or others; "" where all have
// somebody.
func (p *Page) lostNote() string {
	visits, first := p.lost()
	if visits == 0 {
		return ""
	}
	look := p.s.Look
	for _, o := range p.s.Book.Ownerless(p.s.Today) {
		if o.Rep == p.plan.key.rep {
			return "! " + look.Text.N("week.lost.here", o.Visits, text.Args{"Rep": kit.Clean(o.Rep)})
		}
	}
	return "! " + look.Text.N("week.lost", visits, text.Args{"Rep": kit.Clean(first.Rep), "Day": look.Text.Day(first.First)})
}

// showLost turns to the first week with visits of nobody's.
func (p *Page) showLost() tea.Cmd {
	_, first := p.lost()
	return p.show(weekKey{first.Rep, first.First.Monday()})
}
