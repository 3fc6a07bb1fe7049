package readiness

// Carrying an offer out: what has to be said first, the question with its numbers,
// and the step.

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// carryOut asks for the offer under the cursor.
func (p *Page) carryOut() tea.Cmd {
	r, ok := p.current()
	if !ok {
		return nil
	}
	if err := p.refused(r); err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	switch r.way {
	case wayImport:
		return p.s.Shell.Go(session.PageImport, session.ImportAnew)
	case wayCampaign:
		start := p.s.Today.Monday() + 5*7 // what is to be visited first needs some weeks
		return forms.Campaign(p.s, model.Campaign{Status: model.CampaignPlanned, Start: start, End: start + 11, Owner: p.s.Actor.Name}, true)
	}
	if p.s.Store.ReadOnly() {
		p.s.Shell.Fail(p.s.ErrorText(store.ErrReadOnly))
		return nil
	}
	switch r.way {
	case ready.WayAreas:
		return p.askFigures()
	case ready.WayReps:
		return p.askReps()
	case ready.WayLast:
		return p.askLast()
	case ready.WayRank:
		return p.ask(r.way, r.plan, nil, kit.Button{Title: "ready.shares", Keys: []string{"a"}, Run: p.askShares})
	}
	return p.ask(r.way, r.plan, nil)
}

// refused is why the person may not carry an offer out; nil where they may.
func (p *Page) refused(r row) error {
	may, book := p.s.Actor.May, p.s.Book
	edit := func(before, after model.Record) error { return may(model.Edit{Before: before, After: after}) }
	switch r.way {
	case wayImport:
		return edit(nil, model.Account{})
	case wayCampaign:
		return edit(nil, model.Campaign{})
	case ready.WayReps:
		if err := edit(model.Territory{}, model.Territory{Rep: "any"}); err != nil || len(book.Reps()) > 0 {
			return err
		}
		return edit(nil, model.Rep{})
	case ready.WayLast:
		return edit(nil, model.Visit{})
	}
	asked := map[string]bool{} // once a table, added to or changed
	for _, e := range r.plan.Edits {
		kind := fmt.Sprint(e.After.Key().Table, e.Before == nil)
		if asked[kind] {
			continue
		}
		asked[kind] = true
		if err := may(e); err != nil {
			return err
		}
	}
	return nil
}

// whose says in short who may what somebody may not.
func whose(err error) string {
	var forbidden model.Forbidden
	if errors.As(err, &forbidden) {
		switch forbidden.Who {
		case model.Sales:
			return "intake.whose.sales"
		case model.Marketing:
			return "intake.whose.marketing"
		}
	}
	return "intake.whose.lead"
}

// ask asks for a mend with its numbers; "no" is under the cursor, and leads back to the
// form it came from. done, which may be nil, closes that once the mend is made.
func (p *Page) ask(way ready.Way, plan ready.Plan, done func(), others ...kit.Button) tea.Cmd {
	look := p.s.Look
	buttons := []kit.Button{{Title: "ready.do", Keys: []string{"y", "j", "Y", "J"}, Run: func() tea.Cmd { return p.apply(way, plan, done) }}}
	buttons = append(append(buttons, others...), kit.Button{Title: "kit.cancel", Keys: []string{"n", "N"}})
	question := words.MendQuestion(look.Text, way, plan) + " " + look.T("ready.undo")
	return p.s.Shell.Show(kit.NewDialog(look, words.Way(look.Text, way), kit.Clean(question), len(buttons)-1, buttons...))
}

// apply makes the step; what is refused leaves the form open, with all that was typed.
func (p *Page) apply(way ready.Way, plan ready.Plan, done func()) tea.Cmd {
	return forms.WithPlans(p.s, words.MendRequest(way, plan), func(r store.Request) tea.Cmd {
		return p.s.Apply(r, p.s.Look.T("ready.done", text.Args{"Size": words.MendSize(p.s.Look.Text, way, plan)}), func(err error) tea.Cmd {
			if err == nil && done != nil {
				done()
			}
			return nil
		})
	})
}

// askFigures asks how many figures of the postcode make a territory.
func (p *Page) askFigures() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	for figures := 1; figures <= ready.MostFigures; figures++ {
		plan := ready.ByArea(p.s.Book, figures, words.AreaTitle(look.Text))
		options = append(options, kit.Option{Value: fmt.Sprint(figures), Label: look.Text.N("ready.figures.count", figures), Detail: words.MendSize(look.Text, ready.WayAreas, plan)})
	}
	return p.s.Shell.Show(kit.Choose(look, words.Way(look.Text, ready.WayAreas), look.T("ready.figures"), options, func(value string) tea.Cmd {
		return p.ask(ready.WayAreas, ready.ByArea(p.s.Book, int(value[0]-'0'), words.AreaTitle(look.Text)), nil)
	}))
}

// form shows fields and goes on with what was filled in; done closes it.
func (p *Page) form(title string, check func(kit.Values) (field, problem string), then func(v kit.Values, done func()) tea.Cmd, fields ...kit.Field) tea.Cmd {
	look := p.s.Look
	form := kit.NewForm(look, title, fields...)
	form.SetSubmit("ready.preview")
	form.Check = check
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd {
		if form.Changed() {
			return forms.AskDrop(p.s, dialog.Close)
		}
		dialog.Close()
		return nil
	}
	form.OnSubmit = func(v kit.Values) tea.Cmd { return then(v, dialog.Close) }
	return p.s.Shell.Show(dialog)
}

// askReps asks who visits the territories that have no rep.
func (p *Page) askReps() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	for _, rep := range p.s.Book.Reps() {
		options = append(options, kit.Option{Value: p.s.Book.RepName(rep.Code), Detail: rep.Code})
	}
	var fields []kit.Field
	hint, newOnes := "ready.reps.hint", p.s.Actor.May(model.Edit{After: model.Rep{}}) == nil
	if !newOnes {
		hint = "ready.reps.hint.known"
	}
	vacant := ready.Vacant(p.s.Book)
	for _, area := range vacant {
		fields = append(fields, kit.Field{Name: area.Code, Label: kit.Clean(p.s.AreaName(area.Code)), Hint: hint, Kind: kit.FieldSearch, Free: newOnes, Options: options, Width: 30})
	}
	named := func(v kit.Values) map[string]string {
		names := map[string]string{}
		for _, area := range vacant {
			names[area.Code] = v.Text(area.Code)
		}
		return names
	}
	return p.form("ready.reps.title", func(v kit.Values) (string, string) {
		for _, name := range named(v) {
			if name != "" {
				return "", ""
			}
		}
		return vacant[0].Code, look.T("ready.reps.none")
	}, func(v kit.Values, done func()) tea.Cmd {
		return p.ask(ready.WayReps, ready.Staff(p.s.Book, named(v)), done)
	}, fields...)
}

// askLast asks when the accounts of each class were visited last.
func (p *Page) askLast() tea.Cmd {
	look, day := p.s.Look, p.s.Day()
	classes := p.s.Book.Settings().ClassList()
	var fields []kit.Field
	for rank, count := range ready.Never(day) {
		if count == 0 {
			continue
		}
		fields = append(fields, kit.Field{
			Name:  string(classes[rank].Code),
			Label: look.T("ready.last.class", text.Args{"Class": classes[rank].Label(), "Accounts": look.Text.N("ready.accounts", count)}),
			Hint:  "ready.last.hint", Kind: kit.FieldDay, Today: p.s.Today, Toward: text.Back,
			Check: func(value any) string {
				if on, _ := value.(model.Date); on > p.s.Today {
					return look.T("ready.last.future")
				}
				return ""
			},
		})
	}
	said := func(v kit.Values) map[model.Class]model.Date {
		days := map[model.Class]model.Date{}
		for _, field := range fields {
			if on := v.Day(field.Name); on != 0 {
				days[model.Class(field.Name)] = on
			}
		}
		return days
	}
	return p.form("ready.last.title", func(v kit.Values) (string, string) {
		if len(said(v)) == 0 {
			return fields[0].Name, look.T("ready.last.none")
		}
		return "", ""
	}, func(v kit.Values, done func()) tea.Cmd {
		return p.ask(ready.WayLast, ready.Visited(p.s.Day(), said(v), words.AssumedNote(look.Text)), done)
	}, fields...)
}

// askShares asks for other shares of the classes.
func (p *Page) askShares() tea.Cmd {
	look := p.s.Look
	classes := p.s.Book.Settings().ClassList()
	var fields []kit.Field
	for i, share := range p.shares {
		fields = append(fields, kit.Field{
			Name: string(classes[i].Code), Label: look.T("ready.shares.class", text.Args{"Class": classes[i].Label()}), Hint: "ready.shares.hint",
			Kind: kit.FieldNumber, Whole: true, Required: true, Unit: "ready.unit", Range: kit.Between(0, 100), Start: share, Width: 8,
		})
	}
	return p.form("ready.shares.title", func(v kit.Values) (string, string) {
		sum := 0
		for _, field := range fields {
			sum += v.Int(field.Name)
		}
		if sum > 100 {
			return fields[len(fields)-1].Name, look.T("ready.shares.much")
		}
		return "", ""
	}, func(v kit.Values, done func()) tea.Cmd {
		done()
		for i, field := range fields {
			p.shares[i] = v.Int(field.Name)
		}
		p.find()
		return p.ask(ready.WayRank, ready.ByRank(p.s.Book, p.shares), nil, kit.Button{Title: "ready.shares", Keys: []string{"a"}, Run: p.askShares})
	}, fields...)
}
