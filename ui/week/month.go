package week

// The month: several weeks of a rep planned together, a line each. Every week is a draft
// like any other, to be opened, bent and confirmed on its own or with the rest.

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	monthWeeks = 8 // shown and planned
	monthLines = 4 // above the table
	monthFoot  = 4 // below it
	loadWidth  = 10
)

// monthBudget is the run of each week of a month: shorter than one looked at alone.
var monthBudget = teamBudget

// month are several weeks of one rep, in front of the week.
type month struct {
	rep    string
	monday model.Date
	rows   []*monthRow
	table  *kit.Table

	plan    *week.Month // while the planner is at work
	at      int         // the row being planned
	dealing bool        // it is being found out who is seen in which week
	running bool
	ended   *atomic.Bool
}

type monthRow struct {
	plan *plan // its draft is nil until it was made
	done bool
}

// monthMore asks for the draft of the next week: all at once would hold up the page.
type monthMore struct{ month *month }

// monthDealt says in which week to see whom.
type monthDealt struct {
	month   *month
	dealing week.Dealing
}

// monthNews brings a week as it was planned.
type monthNews struct {
	month *month
	job   *run
	week  *route.Week
	err   error
}

// openMonth shows the weeks from the one in view on.
func (p *Page) openMonth() tea.Cmd {
	m := &month{rep: p.plan.key.rep, monday: p.plan.key.monday, ended: &atomic.Bool{}}
	for w := range monthWeeks {
		key := weekKey{m.rep, m.monday + 7*model.Date(w)}
		if p.plans[key] == nil {
			p.plans[key] = &plan{key: key}
		}
		m.rows = append(m.rows, &monthRow{plan: p.plans[key]})
	}
	m.table = kit.NewTable(p.s.Look, nil, kit.Source{
		Len: func() int { return len(m.rows) }, ID: func(i int) string { return m.rows[i].plan.key.monday.String() },
		Row: func(i int) kit.Row { return p.monthRow(m, i) },
	}, kit.Options{NoFoot: true})
	m.table.OnOpen = func(monday string) tea.Cmd {
		date, err := model.ParseDate(monday)
		if m.running || err != nil {
			return nil
		}
		p.month = nil
		return p.show(weekKey{m.rep, date})
	}
	p.month = m
	p.layout()
	return p.moreMonth(m)
}

// moreMonth brings the next week's draft up to date with the Book and the other weeks.
func (p *Page) moreMonth(m *month) tea.Cmd {
	if p.month != m {
		return nil
	}
	for _, row := range m.rows {
		if row.plan.draft != nil && row.plan.revision == p.s.Revision() && slices.Equal(row.plan.besides, p.besides(row.plan.key)) {
			continue
		}
		if err := p.renew(row.plan); err != nil {
			p.s.Shell.Fail(p.s.ErrorText(err))
			return nil
		}
		m.table.Refresh()
		return func() tea.Msg { return monthMore{m} }
	}
	return nil
}

// made reports whether every week's draft is there.
func (m *month) made() bool {
	return !slices.ContainsFunc(m.rows, func(row *monthRow) bool { return row.plan.draft == nil })
}

// planMonth finds out whom to see in which week, and then plans one week after the other.
// Weeks that were bent by hand and are not confirmed stay as they are.
func (p *Page) planMonth() tea.Cmd {
	m := p.month
	plan, err := p.desk.Month(m.rep, m.monday, len(m.rows))
	if err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	for w, row := range m.rows {
		if row.done = row.plan.bent(); row.done {
			plan.Keep(w, row.plan.draft)
		}
	}
	m.plan, m.at, m.running, m.dealing = plan, 0, true, true
	m.ended.Store(false)
	ctx, dealing := p.s.Context(), plan.Dealing()
	m.table.Refresh()
	return func() tea.Msg {
		return monthDealt{m, dealing.Run(week.MonthSteps, func() bool { return m.ended.Load() || ctx.Err() != nil })}
	}
}

// monthDealt goes on with planning the weeks.
func (p *Page) monthDealt(msg monthDealt) tea.Cmd {
	msg.month.dealing = false
	msg.month.plan.Deal(msg.dealing)
	return p.nextOfMonth(msg.month)
}

func (p *Page) nextOfMonth(m *month) tea.Cmd {
	for m.at < len(m.rows) && m.rows[m.at].done {
		m.at++
	}
	if m.at >= len(m.rows) || m.ended.Load() {
		m.running = false
		m.table.Refresh()
		p.arrange()
		return p.moreMonth(m) // who is left out of one week may have found a place in another
	}
	row := m.rows[m.at]
	base, err := m.plan.Draft(m.at)
	if err != nil {
		m.running = false
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	r := &run{plan: row.plan, base: base, revision: p.s.Revision(), ended: m.ended}
	ctx, job, limit := p.s.Context(), base.Improve(), monthBudget.of(base)
	m.table.Refresh()
	return func() tea.Msg {
		o, _ := watched(ctx, limit, m.ended)
		solved, err := job.Run(o)
		return monthNews{m, r, solved, err}
	}
}

// monthNews takes a week over and goes on to the next.
func (p *Page) monthNews(n monthNews) tea.Cmd {
	m, pl := n.month, n.job.plan
	next, err := n.job.base, n.err
	if err == nil {
		_, err = next.Take(n.week)
	}
	if err == nil && n.job.revision != p.s.Revision() {
		next, err = p.deskOf(pl.key).Renew(next)
	}
	if err != nil {
		m.running = false
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	if next.Week.Visits > 0 || pl.draft.Week.Visits > 0 {
		pl.step(next, p.s.Book)
		pl.dealt, pl.note = next, ""
	}
	m.plan.Took(m.at, next)
	m.rows[m.at].done = true
	m.at++
	return p.nextOfMonth(m)
}

// dealt are the weeks that are as the planner left them.
func (m *month) dealt() (list []*plan) {
	for _, row := range m.rows {
		if pl := row.plan; pl.dealt != nil && pl.dealt == pl.draft && len(pl.undo) > 0 {
			list = append(list, pl)
		}
	}
	return list
}

// undoMonth takes the planner's proposals back; weeks that were bent since stay.
func (p *Page) undoMonth() tea.Cmd {
	for _, pl := range p.month.dealt() {
		if err := pl.back(&pl.undo, &pl.redo, p.deskOf(pl.key), p.s.Book); err != nil {
			p.s.Shell.Fail(p.s.ErrorText(err))
			return nil
		}
		pl.dealt = nil
	}
	p.s.Shell.Say(p.s.Look.T("month.undone"))
	p.arrange()
	return p.moreMonth(p.month)
}

// open counts what of all the weeks is not confirmed.
func (m *month) open() (count int) {
	for _, row := range m.rows {
		count += row.plan.changes()
	}
	return count
}

// drafts are the weeks that are there.
func (m *month) drafts() (list []*week.Draft) {
	for _, row := range m.rows {
		if row.plan.draft != nil {
			list = append(list, row.plan.draft)
		}
	}
	return list
}

// confirmMonth confirms all the weeks as one step.
func (p *Page) confirmMonth() tea.Cmd {
	look, m := p.s.Look, p.month
	last := m.rows[len(m.rows)-1].plan.key.monday
	request := store.Request{Action: "plan.confirm", Subject: words.WeeksSubject(p.s.Book.RepName(m.rep), m.monday, last)}
	visits := 0
	var drafts []*week.Draft
	for _, row := range m.rows {
		row.plan.into(p.s, &request)
		visits += row.plan.draft.Week.Visits
		drafts = append(drafts, row.plan.draft)
	}
	args := text.Args{"Week": words.Subject(look.Text, request.Subject), "Weeks": look.Text.N("month.weeks", len(m.rows))}
	return p.s.Shell.Show(kit.Ask(look, look.T("week.ask.confirm", args), p.askedWith(look.Text.N("month.ask.confirm", visits, args), drafts...), "week.short.confirm", func() tea.Cmd {
		return p.s.Apply(request, look.Text.N("week.confirmed", visits, args), nil)
	}))
}

func (m *month) setSize(width, height int) {
	columns := []kit.Column{
		{Title: "month.column.week", Min: 5, Ideal: 6, Priority: 9},
		{Title: "month.column.days", Min: 14, Ideal: 16, Priority: 3},
	}
	for day := range week.Workdays {
		columns = append(columns, kit.Column{Title: "weekday." + strconv.Itoa(day+1), Min: 4, Ideal: 4, Align: kit.AlignRight, Priority: 7})
	}
	m.table.SetColumns(append(columns,
		kit.Column{Title: "month.column.load", Min: 10, Ideal: 10, Align: kit.AlignRight, Priority: 8},
		kit.Column{Title: "", Min: loadWidth, Ideal: loadWidth, Priority: 2},
		kit.Column{Title: "month.column.late", Min: 10, Ideal: 10, Align: kit.AlignRight, Priority: 6},
		kit.Column{Title: "month.column.campaign", Min: 8, Ideal: 9, Align: kit.AlignRight, Priority: 4},
		kit.Column{Title: "month.column.waiting", Min: 11, Ideal: 11, Align: kit.AlignRight, Priority: 5},
		kit.Column{Title: "month.column.driving", Min: 7, Ideal: 8, Align: kit.AlignRight, Priority: 4},
		kit.Column{Title: "week.column.state", Min: 19, Ideal: 20, Flex: 1, Priority: 7},
	))
	m.table.SetSize(width, height)
}

func (p *Page) monthRow(m *month, i int) kit.Row {
	look, say, row := p.s.Look, p.say(), m.rows[i]
	cells := []kit.Cell{{Text: look.Text.Week(row.plan.key.monday), Role: kit.Strong}, {Text: say.Days(row.plan.key.monday), Role: kit.Dim}}
	d := row.plan.draft
	if d == nil {
		return kit.Row{Cells: cells}
	}
	brief := d.Brief()
	for day := range week.Workdays {
		cell := kit.Cell{Text: say.MonthDay(d, day)}
		if brief.Days[day] == 0 {
			cell.Role = kit.Dim
		}
		cells = append(cells, cell)
	}
	share := 1.0
	if brief.Holds > 0 {
		share = min(float64(brief.Visits)/float64(brief.Holds), 1)
	}
	waiting := kit.Dim
	if brief.Waiting > 0 {
		waiting = kit.Late
	}
	return kit.Row{Cells: append(cells,
		kit.Cell{Text: say.Load(brief)}, kit.Cell{Spans: kit.BarSpans(share, loadWidth, kit.Good)},
		kit.Cell{Text: look.Text.Int(brief.Late)}, kit.Cell{Text: look.Text.Int(brief.Campaign)}, kit.Cell{Text: look.Text.Int(brief.Waiting), Role: waiting},
		kit.Cell{Text: say.Duration(brief.Drive.Time)}, p.monthState(m, i),
	)}
}

func (p *Page) monthState(m *month, i int) kit.Cell {
	look, row := p.s.Look, m.rows[i]
	switch {
	case row.plan.draft == nil:
		return kit.Cell{}
	case m.running && !m.dealing && i == m.at:
		return kit.Cell{Text: "▸ " + look.T("week.team.running"), Role: kit.Dim}
	case m.running && !row.done:
		return kit.Cell{Text: look.T("week.team.waiting"), Role: kit.Dim}
	case row.plan.open():
		return kit.Cell{Text: look.Text.N("month.state.draft", row.plan.changes()), Role: kit.Strong}
	case row.plan.draft.Week.Visits > 0:
		return kit.Cell{Text: "✓ " + look.T("week.state.confirmed"), Role: kit.Good}
	}
	return kit.Cell{Text: look.T(p.nothing(row.plan.draft.Monday)), Role: kit.Dim}
}

// view draws the weeks, and below them what the one under the cursor is for.
func (m *month) view(p *Page) string {
	look, drafts := p.s.Look, m.drafts()
	first, last := m.monday, m.rows[len(m.rows)-1].plan.key.monday
	totals := ""
	if len(drafts) > 0 {
		totals = p.say().MonthTotals(p.desk, drafts)
	}
	third := kit.Blank(p.width)
	if m.running {
		done := 0
		for _, row := range m.rows {
			if row.done {
				done++
			}
		}
		said := look.T("month.dealing")
		if !m.dealing {
			said = look.T("week.team.progress", text.Args{"Done": look.Text.Int(done), "All": look.Text.Int(len(m.rows))})
		}
		third = kit.Line(look, p.width, kit.Span{Text: " " + kit.Meter(float64(done)/float64(len(m.rows)), meter)}, kit.Span{Text: "  " + said, Role: kit.Strong})
	}
	lines := []string{
		kit.Line(look, p.width, kit.Span{Text: " " + look.T("month.title", text.Args{
			"Rep": p.s.Book.RepName(m.rep), "First": look.Text.Week(first), "Last": look.Text.Week(last),
		}), Role: kit.Heading}, p.monthAbout(look.T("month.title", text.Args{"Rep": p.s.Book.RepName(m.rep), "First": look.Text.Week(first), "Last": look.Text.Week(last)}))),
		kit.Line(look, p.width, kit.Span{Text: " " + totals}),
		third, kit.Blank(p.width),
	}
	lines = append(lines, strings.Split(m.table.View(), "\n")...)
	for len(lines) < p.height-monthFoot {
		lines = append(lines, kit.Blank(p.width))
	}
	lines = append(lines[:max(p.height-monthFoot, 0)], look.Rule(p.width))
	for _, row := range m.rows {
		if d := row.plan.draft; d != nil && row.plan.key.monday.String() == m.table.Cursor() {
			var said []string
			for _, line := range p.say().MonthWeek(d) {
				said = append(said, kit.Wrap(line, max(p.width-2, 1))...)
			}
			for _, line := range said[:min(len(said), monthFoot-1)] {
				lines = append(lines, kit.Line(look, p.width, kit.Span{Text: " " + line, Role: kit.Dim}))
			}
		}
	}
	return kit.Block(lines, p.width, p.height)
}

// monthAbout says what a plan of several weeks aims at, where there is room for all of it.
func (p *Page) monthAbout(title string) kit.Span {
	about := "   " + p.s.Look.T("month.about")
	if kit.Width(title)+kit.Width(about)+2 > p.width {
		return kit.Span{}
	}
	return kit.Span{Text: about, Role: kit.Dim}
}

// monthActions are what can be done with several weeks.
func (p *Page) monthActions() []kit.Action {
	idle := func() (bool, string) {
		if p.month.running || !p.month.made() {
			return false, p.s.Look.T("week.busy")
		}
		return true, ""
	}
	plans := func() (bool, string) {
		if ok, why := idle(); !ok {
			return ok, why
		}
		return p.s.May(model.PlannedVisit{})
	}
	turn := func(weeks int) func() tea.Cmd {
		return func() tea.Cmd {
			if cmd := p.show(weekKey{p.month.rep, p.month.monday + model.Date(7*weeks)}); cmd != nil {
				return tea.Batch(cmd, p.openMonth())
			}
			return p.openMonth()
		}
	}
	actions := []kit.Action{
		{Name: "week.month.plan", Keys: []string{"p"}, Title: "month.action.plan", Short: "week.short.propose", Group: group, Priority: 100, Enabled: plans, Run: p.planMonth},
		{Name: "week.month.confirm", Keys: []string{"ctrl+s"}, Title: "month.action.confirm", Short: "week.short.confirm", Group: group, Priority: 95,
			Enabled: func() (bool, string) {
				if ok, why := plans(); !ok {
					return ok, why
				}
				return p.month.open() > 0, p.s.Look.T("week.nothing-open")
			}, Run: p.confirmMonth},
		{Name: "week.month.open", Keys: []string{"enter"}, Title: "month.action.open", Short: "week.short.open", Group: group, Priority: 90, Unlisted: true},
		{Name: "week.month.next", Keys: []string{"."}, Title: "month.action.next", Short: "week.short.next", Group: group, Priority: 46, Enabled: idle, Run: turn(1)},
		{Name: "week.month.previous", Keys: []string{","}, Title: "month.action.previous", Group: group, Enabled: idle, Run: turn(-1)},
		{Name: "week.export", Keys: []string{"X"}, Title: "week.action.export", Short: "week.short.export", Group: group, Priority: 40, Enabled: idle, Run: p.chooseExport},
	}
	if len(p.month.dealt()) > 0 {
		actions = append(actions, kit.Action{Name: "week.month.undo", Keys: []string{"z"}, Title: "month.action.undo", Short: "week.short.undo", Group: group, Priority: 92, Enabled: plans, Run: p.undoMonth})
	}
	return actions
}
