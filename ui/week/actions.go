package week

// What can be done on the page.

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

const group = "week.group"

// bendable says whether the draft can be changed now, and if not, why not.
func (p *Page) bendable() (bool, string) {
	if p.plan == nil {
		return false, p.s.Look.T("week.empty")
	}
	return p.s.May(model.PlannedVisit{})
}

// onVisit is bendable with a visit under the cursor.
func (p *Page) onVisit() (bool, string) {
	if ok, why := p.bendable(); !ok {
		return false, why
	}
	if _, ok := p.selected(); !ok || p.column == leftColumn {
		return false, p.s.Look.T("week.no-visit")
	}
	return true, ""
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	switch {
	case p.tick != nil:
		return p.tickActions()
	case p.team != nil:
		return p.teamActions()
	case p.month != nil:
		return p.monthActions()
	case p.plan == nil:
		return nil
	}
	actions := append(p.columnActions(), p.weekActions()...)
	if p.run != nil {
		p.interrupting(actions)
	}
	return actions
}

// besideRun are the actions that leave the planner at work.
var besideRun = map[string]bool{"week.next-day": true, "week.previous-day": true, "week.account": true, "week.copy": true, "week.stop": true}

// interrupting makes actions stop the planner first, with the best week so far.
func (p *Page) interrupting(actions []kit.Action) {
	for i, a := range actions {
		if a.Run != nil && !besideRun[a.Name] {
			actions[i].Run = func() tea.Cmd {
				p.takeBest()
				return a.Run()
			}
		}
	}
}

// columnActions are about what is under the cursor.
func (p *Page) columnActions() []kit.Action {
	onDay := func() (bool, string) {
		if p.column == leftColumn {
			return false, p.s.Look.T("week.no-day")
		}
		return p.bendable()
	}
	column := func(step int) func() tea.Cmd {
		return func() tea.Cmd {
			order := p.shown()
			p.focus(order[(slices.Index(order, p.column)+step+len(order))%len(order)])
			return nil
		}
	}
	actions := []kit.Action{
		{Name: "week.next-day", Keys: []string{"right", "tab", "l"}, Title: "week.action.next-day", Short: "week.short.next-day", Group: group, Priority: 20, Unlisted: true, Run: column(1)},
		{Name: "week.previous-day", Keys: []string{"left", "shift+tab", "h"}, Title: "week.action.previous-day", Group: group, Unlisted: true, Run: column(-1)},
		{Name: "week.day-off", Keys: []string{"O"}, Title: "week.action.day-off", Short: "week.short.day-off", Group: group, Priority: 30, Enabled: onDay, Run: p.dayOff},
	}
	if p.column == leftColumn {
		return append(append(actions, p.left.table.Actions("week")...),
			kit.Action{Name: "week.offer", Keys: []string{"enter"}, Title: "week.action.offer", Short: "week.short.offer", Group: group, Priority: 94, Unlisted: true},
			kit.Action{Name: "week.add", Keys: []string{"space"}, Title: "week.action.add", Short: "week.short.add", Group: group, Priority: 93, Enabled: p.bendable, Run: p.add},
		)
	}
	return append(actions,
		kit.Action{Name: "week.account", Keys: []string{"enter"}, Title: "week.action.account", Short: "week.short.account", Group: group, Priority: 50,
			Enabled: func() (bool, string) { _, ok := p.selected(); return ok, p.s.Look.T("week.no-visit") }, Run: p.openAccount},
		kit.Action{Name: "week.move-later", Keys: []string{"shift+right", "L", "+"}, Title: "week.action.move-later", Short: "week.short.move", Group: group, Priority: 70, Enabled: p.onVisit,
			Run: func() tea.Cmd { return p.moveDay(1) }},
		kit.Action{Name: "week.move-earlier", Keys: []string{"shift+left", "H", "-"}, Title: "week.action.move-earlier", Group: group, Enabled: p.onVisit,
			Run: func() tea.Cmd { return p.moveDay(-1) }},
		kit.Action{Name: "week.down", Keys: []string{"shift+down", "J"}, Title: "week.action.down", Short: "week.short.order", Group: group, Priority: 45, Enabled: p.onVisit,
			Run: func() tea.Cmd { return p.moveWithin(1) }},
		kit.Action{Name: "week.up", Keys: []string{"shift+up", "K"}, Title: "week.action.up", Group: group, Enabled: p.onVisit,
			Run: func() tea.Cmd { return p.moveWithin(-1) }},
		kit.Action{Name: "week.pin", Keys: []string{"space"}, Title: "week.action.pin", Short: "week.short.pin", Group: group, Priority: 65, Enabled: p.onVisit, Run: p.pin},
		kit.Action{Name: "week.pin-day", Keys: []string{"P"}, Title: "week.action.pin-day", Group: group, Enabled: onDay, Run: p.pinAll},
		kit.Action{Name: "week.time", Keys: []string{"T"}, Title: "week.action.time", Short: "week.short.time", Group: group, Priority: 60, Enabled: p.onVisit, Run: p.fixTime},
		kit.Action{Name: "week.remove", Keys: []string{"d", "delete"}, Title: "week.action.remove", Short: "week.short.remove", Group: group, Priority: 62, Enabled: p.onVisit, Run: p.remove},
		kit.Action{Name: "week.to-left", Title: "week.action.to-left", Short: "week.short.add", Group: group, Priority: 35,
			Run: func() tea.Cmd { p.focus(leftColumn); return nil }},
	)
}

// weekActions are about the week as a whole.
func (p *Page) weekActions() []kit.Action {
	look := p.s.Look
	propose, short := "week.action.propose", "week.short.propose"
	if p.draft().Week.Visits > 0 {
		propose, short = "week.action.improve", "week.short.improve"
	}
	turn := func(weeks int) func() tea.Cmd {
		return func() tea.Cmd { return p.show(weekKey{p.plan.key.rep, p.plan.key.monday + model.Date(7*weeks)}) }
	}
	ready := func() (bool, string) {
		if p.run != nil {
			return false, look.T("week.busy")
		}
		return p.bendable()
	}
	tickOff := 55
	if p.s.UntickedOf(p.plan.key.rep) > 0 { // first of all
		tickOff = 105
	}
	actions := []kit.Action{
		{Name: "week.propose", Keys: []string{"p"}, Title: propose, Short: short, Group: group, Priority: 100, Enabled: ready, Run: p.propose},
		{Name: "week.confirm", Keys: []string{"ctrl+s"}, Title: "week.action.confirm", Short: "week.short.confirm", Group: group, Priority: 96,
			Enabled: func() (bool, string) {
				if ok, why := p.bendable(); !ok {
					return false, why
				}
				return p.plan.open(), look.T("week.nothing-open")
			}, Run: p.confirm},
		{Name: "week.tick-off", Keys: []string{"V"}, Title: "week.action.tick-off", Short: "week.short.tick-off", Group: group, Priority: tickOff, Leading: tickOff > 55,
			Enabled: func() (bool, string) {
				if ok, why := p.bendable(); !ok {
					return false, why
				}
				if ok, why := p.s.May(model.Visit{}); !ok {
					return false, why
				}
				return len(p.due(p.plan.key.rep)) > 0, look.T("week.tick.empty")
			}, Run: p.tickOff},
		{Name: "week.rep", Keys: []string{"r"}, Title: "week.action.rep", Short: "week.short.rep", Group: group, Priority: 48, Run: p.chooseRep},
		{Name: "week.next", Keys: []string{"."}, Title: "week.action.next", Short: "week.short.next", Group: group, Priority: 46, Run: turn(1)},
		{Name: "week.previous", Keys: []string{","}, Title: "week.action.previous", Group: group, Run: turn(-1)},
		{Name: "week.go", Keys: []string{"w"}, Title: "week.action.go", Group: group, Run: p.chooseWeek},
		{Name: "week.team", Keys: []string{"R"}, Title: "week.action.team", Short: "week.short.team", Group: group, Priority: 38, Run: p.chooseTeam},
		{Name: "week.map", Keys: []string{"#"}, Title: "maps.show", Short: "page.map", Group: group, Priority: 25, Run: p.showMap},
		{Name: "week.month", Keys: []string{"M"}, Title: "month.action", Short: "month.short", Group: group, Priority: 39, Run: p.openMonth},
		{Name: "week.hand", Keys: []string{"F"}, Title: "week.action.hand", Short: "week.short.hand", Group: group, Priority: 26, Enabled: p.handable, Run: p.hand},
		{Name: "week.lost", Title: "week.action.lost", Group: group, Enabled: func() (bool, string) {
			visits, _ := p.lost()
			return visits > 0, look.T("week.lost.why")
		}, Run: p.showLost},
		{Name: "week.include", Keys: []string{"n"}, Title: "week.action.include", Group: group, Enabled: p.bendable, Run: p.include},
		{Name: "week.absences", Title: "week.action.absences", Group: group, Enabled: func() (bool, string) { return p.s.May(model.Absence{}) }, Run: p.absences},
		{Name: "week.rides", Title: "rides.action", Group: group, Run: p.rides},
		{Name: "week.export", Keys: []string{"X"}, Title: "week.action.export", Short: "week.short.export", Group: group, Priority: 28, Run: p.chooseExport},
		{Name: "week.copy", Keys: []string{"y"}, Title: "week.action.copy", Group: group, Run: p.copyText},
	}
	if p.run != nil {
		actions = append(actions, kit.Action{Name: "week.stop", Keys: []string{"esc"}, Title: "week.action.stop", Short: "week.short.stop", Group: group, Priority: 110,
			Run: func() tea.Cmd { p.run.end(); return nil }})
	}
	// While the draft is not confirmed, z takes back the steps by which it was bent;
	// before and after them it is the history's.
	if len(p.plan.undo) > 0 || p.run != nil {
		actions = append(actions, kit.Action{Name: "week.undo", Keys: []string{"z"}, Title: "week.action.undo", Short: "week.short.undo", Group: group, Priority: 92, Enabled: p.bendable, Run: p.undo})
	}
	if len(p.plan.redo) > 0 {
		actions = append(actions, kit.Action{Name: "week.redo", Keys: []string{"Z"}, Title: "week.action.redo", Group: group, Enabled: p.bendable, Run: p.redo})
	}
	if p.plan.open() {
		actions = append(actions, kit.Action{Name: "week.discard", Title: "week.action.discard", Group: group, Enabled: p.bendable, Run: p.discard})
	}
	return actions
}

func (p *Page) openAccount() tea.Cmd {
	stop, ok := p.selected()
	if !ok {
		return nil
	}
	if wish, ok := p.draft().Wished(stop); ok {
		return forms.Wish(p.s, wish)
	}
	return p.s.Shell.Go(session.PageAccounts, p.draft().Stops[stop].Customer.Code)
}

// discard drops the draft for what is confirmed; it can be taken back.
func (p *Page) discard() tea.Cmd {
	next, err := p.deskOf(p.plan.key).Draft(p.plan.key.rep, p.plan.key.monday)
	if err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	p.plan.step(next, p.s.Book)
	p.plan.note = ""
	p.arrange()
	return nil
}

// chooseRep asks whose week to show.
func (p *Page) chooseRep() tea.Cmd {
	look, reps := p.s.Look, p.reps()
	options := make([]kit.Option, len(reps))
	for i, rep := range reps {
		areas := ""
		for _, area := range p.s.Book.Areas() {
			if area.Rep != rep {
				continue
			}
			if name := cmp.Or(area.Name, area.Code); areas == "" {
				areas = name
			} else {
				areas = look.T("week.worth.and", text.Args{"List": areas, "Part": name})
			}
		}
		if areas == "" {
			areas = look.T("week.rep.planned")
			if _, known := p.s.Book.Rep(rep); !known {
				areas = look.T("week.rep.nobody")
			}
		}
		options[i] = kit.Option{Value: rep, Label: p.s.Book.RepName(rep), Detail: areas}
	}
	if len(options) <= repsInDialog {
		return p.s.Shell.Show(kit.Choose(look, look.T("week.action.rep"), "", options, func(rep string) tea.Cmd {
			return p.show(weekKey{rep, p.plan.key.monday})
		}))
	}
	return p.ask(kit.Field{Name: "rep", Label: "week.column.rep", Hint: "week.rep.hint", Kind: kit.FieldSearch, Options: options, Required: true, Width: 36},
		func(values kit.Values) tea.Cmd { return p.show(weekKey{values.Text("rep"), p.plan.key.monday}) })
}

// repsInDialog is how many reps a plain choice shows; more are searched.
const repsInDialog = 9

// chooseWeek asks which week to show.
func (p *Page) chooseWeek() tea.Cmd {
	return p.ask(kit.Field{Name: "week", Label: "week.week", Hint: "week.week.hint", Kind: kit.FieldDay, Required: true, Today: p.s.Today, Toward: text.Ahead},
		func(values kit.Values) tea.Cmd {
			return p.show(weekKey{p.plan.key.rep, values.Day("week").Monday()})
		})
}

// ask shows a form of one field.
func (p *Page) ask(field kit.Field, answer func(kit.Values) tea.Cmd) tea.Cmd {
	form := kit.NewForm(p.s.Look, "", field)
	form.SetSubmit("week.show")
	box := kit.NewFormBox(p.s.Look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd { box.Close(); return answer(values) }
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return p.s.Shell.Show(box)
}

// mouse answers clicks and the wheel.
func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	switch {
	case p.tick != nil:
		return p.tick.table.Update(kit.Rect{Y: tickLines, W: p.width, H: p.height - tickLines}.Relative(m))
	case p.team != nil:
		return p.team.table.Update(kit.Rect{Y: teamLines, W: p.width, H: p.height - teamLines}.Relative(m))
	case p.month != nil:
		return p.month.table.Update(kit.Rect{Y: monthLines, W: p.width, H: p.height - monthLines - monthFoot}.Relative(m))
	case p.plan == nil:
		return nil
	}
	if strip := (kit.Rect{Y: headLines, W: p.width, H: 1}); !p.wide() && kit.Clicked(m) && strip.Contains(m) {
		x := 1
		parts, gap := p.stripParts(), p.stripGap()
		for _, column := range p.shown() {
			if x += kit.Width(parts[column]) + 2 + gap; m.X < x {
				p.focus(column)
				return nil
			}
		}
		return nil
	}
	for column, room := range p.columns() {
		if room.W == 0 || !room.Contains(m) {
			continue
		}
		if p.wide() {
			room.Y, room.H = room.Y+stripLines, room.H-stripLines
		}
		if column == leftColumn {
			if kit.Clicked(m) {
				p.focus(column)
			}
			return p.left.table.Update(room.Relative(m))
		}
		return p.mouseDay(column, room, m)
	}
	return nil
}

func (p *Page) mouseDay(day int, room kit.Rect, m tea.MouseMsg) tea.Cmd {
	visits := len(p.draft().Week.Days[day].Visits)
	if step := kit.Wheel(m); step != 0 {
		p.cursor[day] = min(max(p.cursor[day]+min(max(step, -1), 1), 0), max(visits-1, 0))
		return nil
	}
	if !kit.Clicked(m) {
		return nil
	}
	lines := p.dayLines(day, room.W, p.wide())
	i := m.Y - room.Y + p.offset(lines, day, room.H)
	was := p.column
	p.focus(day)
	if i < 0 || i >= len(lines) || lines[i].visit < 0 {
		return nil
	}
	if was == day && p.cursor[day] == lines[i].visit {
		return p.openAccount()
	}
	p.cursor[day] = lines[i].visit
	return nil
}

// showMap turns to the map, where the week's confirmed visits lie.
func (p *Page) showMap() tea.Cmd {
	return p.s.Shell.Go(session.PageMap, session.MapTarget(session.MapOfWeek, p.plan.key.rep+" "+p.plan.key.monday.String()))
}
