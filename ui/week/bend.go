package week

// Bending the week by hand: every change is a step that can be taken back.

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// step changes a copy of the draft and makes it the draft.
func (p *Page) step(change func(d *week.Draft) error) bool {
	next := p.draft().Clone()
	if err := change(next); errors.Is(err, week.ErrTwiceADay) {
		p.s.Shell.Fail(p.s.Look.T("week.twice-a-day"))
		return false
	} else if errors.Is(err, week.ErrAway) {
		p.s.Shell.Fail(p.s.Look.T("week.away-elsewhere"))
		return false
	} else if err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return false
	}
	p.plan.step(next, p.s.Book)
	p.plan.note = ""
	p.arrange()
	return true
}

// moveDay moves the visit under the cursor to the next day that is open, in that
// direction, where it fits best there.
func (p *Page) moveDay(direction int) tea.Cmd {
	stop, ok := p.selected()
	if !ok || p.column == leftColumn {
		return nil
	}
	day := p.column + direction
	shown := p.draft().Shown()
	for day >= 0 && day < shown && !p.draft().Open(day) {
		day += direction
	}
	if day < 0 || day >= shown {
		p.s.Shell.Fail(p.s.Look.T("week.no-other-day"))
		return nil
	}
	p.place(stop, day)
	return nil
}

// place puts a stop on a day, where it fits best there.
func (p *Page) place(stop, day int) {
	ok := p.step(func(d *week.Draft) error {
		position, _, _, err := d.Best(stop, day)
		if err != nil {
			return err
		}
		return d.Move(stop, day, position)
	})
	if ok {
		p.follow(stop)
	}
}

// moveWithin moves the visit under the cursor earlier or later in its day.
func (p *Page) moveWithin(direction int) tea.Cmd {
	stop, ok := p.selected()
	if !ok || p.column == leftColumn {
		return nil
	}
	day, position := p.column, p.cursor[p.column]+direction
	if position < 0 || position >= len(p.draft().Week.Days[day].Visits) {
		return nil
	}
	if p.step(func(d *week.Draft) error { return d.Move(stop, day, position) }) {
		p.follow(stop)
	}
	return nil
}

// add puts the left out account under the cursor into the week, where it fits best.
func (p *Page) add() tea.Cmd {
	stop, ok := p.selected()
	if !ok || p.column != leftColumn {
		return nil
	}
	return p.addBest(stop)
}

func (p *Page) addBest(stop int) tea.Cmd {
	day, err := p.draft().BestDay(stop)
	switch {
	case err != nil:
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	case day < 0:
		p.s.Shell.Fail(p.s.Look.T("week.no-open-day"))
		return nil
	}
	return p.addTo(stop, day)
}

// addTo puts a stop on a day and stays in the list of those left out.
func (p *Page) addTo(stop, day int) tea.Cmd {
	column := p.column
	p.place(stop, day)
	d := p.draft()
	if at, position := d.Where(stop); at == day {
		p.s.Shell.Say(p.s.Look.T("week.added", text.Args{"Name": d.Stops[stop].Customer.Name, "Weekday": p.s.Look.Text.WeekdayLong(d.Date(day)),
			"Time": d.Week.Days[day].Visits[position].Start.String()}))
	}
	p.focus(column)
	return nil
}

// offer asks what to do with an account that is left out: on which day, at the
// price of how much driving.
func (p *Page) offer(account string) tea.Cmd {
	stop := p.draft().Find(account)
	if stop < 0 {
		return nil
	}
	look, d, say := p.s.Look, p.draft(), p.say()
	var options []kit.Option
	best, err := d.BestDay(stop)
	if err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	if ok, _ := p.bendable(); ok {
		days := []int{}
		if best >= 0 {
			days = append(days, best)
		}
		for day := range d.Shown() {
			if d.Open(day) && day != best {
				days = append(days, day)
			}
		}
		for _, day := range days {
			_, extra, broken, err := d.Try(stop, day)
			if err != nil {
				continue
			}
			detail := look.T("week.offer.extra", text.Args{"Driving": say.Duration(max(extra, 0))})
			if len(broken) > 0 {
				detail = look.T("week.offer.breaks", text.Args{"Driving": say.Duration(max(extra, 0)), "Rules": say.Breaches(broken)})
			}
			options = append(options, kit.Option{Value: string(rune('0' + day)), Label: look.Text.WeekdayDay(d.Date(day)), Detail: detail})
		}
	}
	options = append(options, kit.Option{Value: "account", Label: look.T("week.offer.account")})
	return p.s.Shell.Show(kit.Choose(look, d.Stops[stop].Customer.Name, say.Worth(d.Stops[stop]), options, func(value string) tea.Cmd {
		if value == "account" {
			return p.s.Shell.Go(session.PageAccounts, account)
		}
		return p.addTo(stop, int(value[0]-'0'))
	}))
}

func (p *Page) remove() tea.Cmd {
	if stop, ok := p.selected(); ok && p.column != leftColumn {
		name := p.draft().Stops[stop].Customer.Name
		if p.step(func(d *week.Draft) error { return d.Remove(stop) }) {
			p.s.Shell.Say(p.s.Look.T("week.removed", text.Args{"Name": name}))
		}
	}
	return nil
}

func (p *Page) pin() tea.Cmd {
	if stop, ok := p.selected(); ok && p.column != leftColumn {
		pinned := p.draft().Pinned(stop)
		p.step(func(d *week.Draft) error { return d.SetPinned(stop, !pinned) })
	}
	return nil
}

// pinAll pins every visit of the day in view, or frees them when all are pinned.
func (p *Page) pinAll() tea.Cmd {
	if p.column == leftColumn {
		return nil
	}
	visits, all := p.draft().Week.Days[p.column].Visits, true
	for _, v := range visits {
		all = all && p.draft().Pinned(v.Stop)
	}
	p.step(func(d *week.Draft) error {
		for _, v := range visits {
			if err := d.SetPinned(v.Stop, !all); err != nil {
				return err
			}
		}
		return nil
	})
	return nil
}

// fixTime asks for the time at which the visit under the cursor starts.
func (p *Page) fixTime() tea.Cmd {
	stop, ok := p.selected()
	if !ok || p.column == leftColumn {
		return nil
	}
	look := p.s.Look
	start := p.draft().Week.Days[p.column].Visits[p.cursor[p.column]].Start
	form := kit.NewForm(look, p.draft().Stops[stop].Customer.Name, kit.Field{
		Name: "time", Label: "week.time", Hint: "week.time.hint", Kind: kit.FieldClock, Start: model.NewClock(start.Minutes()/60, start.Minutes()%60),
	})
	box := kit.NewFormBox(look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		box.Close()
		at, given := values.Clock("time"), values.Has("time")
		done := p.step(func(d *week.Draft) error {
			if !given {
				return d.FixTime(stop, 0, false)
			}
			return d.FixTime(stop, route.Minutes(at.Minutes()), true)
		})
		if done && given {
			p.follow(stop)
		}
		return nil
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return p.s.Shell.Show(box)
}

func (p *Page) dayOff() tea.Cmd {
	if p.column == leftColumn {
		return nil
	}
	day, off := p.column, p.draft().Off(p.column)
	p.step(func(d *week.Draft) error { return d.SetOff(day, !off) })
	return nil
}

// include asks for an account that nothing asks to visit, and puts it into the week.
func (p *Page) include() tea.Cmd {
	look := p.s.Look
	index, prepare := forms.Accounts(p.s)
	form := kit.NewForm(look, "week.include", kit.Field{
		Name: "account", Label: "week.column.account", Hint: "week.include.hint", Kind: kit.FieldSearch, Required: true, Width: 36,
		Find: func(typed string, limit int) []kit.Option {
			var options []kit.Option
			for _, l := range index.Find(typed, limit) {
				options = append(options, kit.Option{Value: l.Code, Label: l.Name, Detail: l.Code + " · " + l.Address.City})
			}
			return options
		},
	})
	box := kit.NewFormBox(look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		box.Close()
		customer := p.s.Book.Account(values.Text("account"))
		if customer == nil {
			return nil
		}
		if stop := p.draft().Find(customer.Code); stop >= 0 {
			if day, _ := p.draft().Where(stop); day >= 0 {
				p.follow(stop)
				return nil
			}
			return p.addBest(stop)
		}
		next := p.draft().Clone()
		stop, err := p.desk.Include(next, customer)
		if err != nil {
			p.s.Shell.Fail(p.s.ErrorText(err))
			return nil
		}
		before := p.plan.draft
		p.plan.draft = next
		cmd := p.addBest(stop)
		p.plan.undo[len(p.plan.undo)-1] = before // one step, with the account's coming
		return cmd
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return tea.Batch(p.s.Shell.Show(box), prepare)
}

// undo takes the last step of bending back, redo makes it again.
// undo takes the last step back. Of a draft taken up from earlier the steps are not there:
// what would go with one key is asked about.
func (p *Page) undo() tea.Cmd {
	if len(p.plan.undo) != 1 || p.plan.undo[0] != p.plan.takenUp {
		return p.back()
	}
	look := p.s.Look
	return p.s.Shell.Show(kit.Ask(look, look.T("week.undo.whole"), look.T("week.undo.whole.text"), "week.undo.whole.yes", p.back))
}

func (p *Page) back() tea.Cmd { return p.travel(&p.plan.undo, &p.plan.redo, "week.undone") }
func (p *Page) redo() tea.Cmd { return p.travel(&p.plan.redo, &p.plan.undo, "week.redone") }

func (p *Page) travel(from, to *[]*week.Draft, message string) tea.Cmd {
	if len(*from) == 0 {
		return nil
	}
	if err := p.plan.back(from, to, p.deskOf(p.plan.key), p.s.Book); err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	p.s.Shell.Say(p.s.Look.T(message))
	p.arrange()
	return nil
}
