package week

// The weeks of several reps planned in one go and set side by side.

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	teamLines  = 4  // above the table
	shareWidth = 14 // of the bars of what the weeks hold
)

// teamBudget is the run of each rep: shorter than one looked at alone.
var teamBudget = budget{100_000, 5 * time.Second}

// team are the reps of a region in one week.
type team struct {
	region string // "": everywhere
	monday model.Date
	rows   []*teamRow
	table  *kit.Table

	at      int  // the row being planned
	running bool // the planner is at work
	ended   *atomic.Bool
}

type teamRow struct {
	rep  string
	plan *plan // its draft is nil until it was made
	done bool
}

// teamMore asks for the draft of the next rep: all at once would hold up the page.
type teamMore struct{ team *team }

// teamNews brings a rep's week.
type teamNews struct {
	team *team
	row  *teamRow
	job  *run
	week *route.Week
	err  error
}

// chooseTeam asks which region's reps to plan.
func (p *Page) chooseTeam() tea.Cmd {
	options := []kit.Option{{Value: "", Label: p.s.Look.T("week.team.all"), Detail: p.s.Look.Text.N("week.team.count", len(p.repsIn("")))}}
	for _, region := range forms.RegionPaths(p.s.Book) {
		if count := len(p.repsIn(region)); count > 0 {
			options = append(options, kit.Option{Value: region, Label: region, Detail: p.s.Look.Text.N("week.team.count", count)})
		}
	}
	return p.s.Shell.Show(kit.Choose(p.s.Look, p.s.Look.T("week.team"), p.s.Look.T("week.team.which"), options, p.openTeam))
}

// repsIn are the reps with a territory in a region.
func (p *Page) repsIn(region string) []string {
	return slices.DeleteFunc(p.reps(), func(rep string) bool {
		for _, area := range p.s.Book.Areas() {
			if area.Rep == rep && (region == "" || model.InRegion(area.Region, region)) {
				return false
			}
		}
		return true
	})
}

// openTeam sets the reps of a region side by side.
func (p *Page) openTeam(region string) tea.Cmd {
	t := &team{region: region, monday: p.plan.key.monday, ended: &atomic.Bool{}}
	for _, rep := range p.repsIn(region) {
		t.rows = append(t.rows, &teamRow{rep: rep})
	}
	t.table = kit.NewTable(p.s.Look, nil, kit.Source{
		Len: func() int { return len(t.rows) }, ID: func(i int) string { return t.rows[i].rep },
		Row: func(i int) kit.Row { return p.teamRow(t, i) },
	}, kit.Options{NoFoot: true})
	t.table.OnOpen = func(rep string) tea.Cmd {
		if t.running {
			return nil
		}
		p.team = nil
		return p.show(weekKey{rep, t.monday})
	}
	for _, row := range t.rows {
		key := weekKey{row.rep, t.monday}
		if row.plan = p.plans[key]; row.plan == nil {
			row.plan = &plan{key: key}
			p.plans[key] = row.plan
		}
	}
	p.team = t
	p.layout()
	return p.more(t)
}

// more brings the next rep's draft up to date with the Book.
func (p *Page) more(t *team) tea.Cmd {
	if p.team != t {
		return nil
	}
	for _, row := range t.rows {
		if row.plan.draft != nil && row.plan.revision == p.s.Revision() {
			continue
		}
		if !p.renewRow(row) {
			return nil
		}
		t.table.Refresh()
		return func() tea.Msg { return teamMore{t} }
	}
	return nil
}

func (p *Page) renewRow(row *teamRow) bool {
	if err := p.renew(row.plan); err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return false
	}
	return true
}

// made reports whether every rep's draft is there.
func (t *team) made() bool {
	return !slices.ContainsFunc(t.rows, func(row *teamRow) bool { return row.plan.draft == nil })
}

// planTeam plans one rep after the other.
func (p *Page) planTeam() tea.Cmd {
	t := p.team
	t.at, t.running = 0, true
	t.ended.Store(false)
	for _, row := range t.rows {
		row.done = false
	}
	return p.nextOfTeam(t)
}

func (p *Page) nextOfTeam(t *team) tea.Cmd {
	for t.at < len(t.rows) && (!p.renewRow(t.rows[t.at]) || len(t.rows[t.at].plan.draft.Stops) == 0) {
		t.rows[t.at].done = true
		t.at++
	}
	if t.at >= len(t.rows) || t.ended.Load() {
		t.running = false
		t.table.Refresh()
		p.arrange()
		return nil
	}
	row := t.rows[t.at]
	r := &run{plan: row.plan, base: row.plan.draft, revision: p.s.Revision(), ended: t.ended}
	ctx, job, limit := p.s.Context(), r.base.Improve(), teamBudget.of(r.base)
	t.table.Refresh()
	return func() tea.Msg {
		o, _ := watched(ctx, limit, t.ended)
		solved, err := job.Run(o)
		return teamNews{t, row, r, solved, err}
	}
}

// teamNews takes a rep's week over and goes on to the next.
func (p *Page) teamNews(n teamNews) tea.Cmd {
	if n.err != nil {
		n.team.running = false
		p.s.Shell.Fail(p.s.ErrorText(n.err))
		return nil
	}
	p.finish(n.job, n.week)
	n.row.plan.note = ""
	n.row.done = true
	n.team.at++
	return p.nextOfTeam(n.team)
}

// open counts what of all the weeks is not confirmed.
func (t *team) open() int {
	count := 0
	for _, row := range t.rows {
		count += row.plan.changes()
	}
	return count
}

// confirmTeam confirms all the weeks as one step.
func (p *Page) confirmTeam() tea.Cmd {
	look, t := p.s.Look, p.team
	request := store.Request{Action: "plan.confirm", Subject: words.WeekSubject(t.region, t.monday)}
	visits := 0
	var drafts []*week.Draft
	for _, row := range t.rows {
		row.plan.into(p.s, &request)
		visits += row.plan.draft.Week.Visits
		drafts = append(drafts, row.plan.draft)
	}
	args := text.Args{"Week": words.Subject(look.Text, request.Subject), "Reps": look.Text.Int(len(t.rows))}
	return p.s.Shell.Show(kit.Ask(look, look.T("week.ask.confirm", args), p.askedWith(look.Text.N("week.ask.confirm.team", visits, args), drafts...), "week.short.confirm", func() tea.Cmd {
		return p.s.Apply(request, look.Text.N("week.confirmed", visits, args), nil)
	}))
}

func (p *Page) teamName(t *team) string { return cmp.Or(t.region, p.s.Look.T("week.team.all")) }

func (t *team) setSize(width, height int) {
	t.table.SetColumns([]kit.Column{
		{Title: "week.column.rep", Min: 12, Ideal: 24, Flex: 1, Priority: 9},
		{Title: "week.column.visits", Min: 7, Ideal: 8, Align: kit.AlignRight, Priority: 8},
		{Title: "week.column.kilometres", Min: 8, Ideal: 9, Align: kit.AlignRight, Priority: 5},
		{Title: "week.column.driving", Min: 8, Ideal: 9, Align: kit.AlignRight, Priority: 5},
		{Title: "week.column.needed", Min: 7, Ideal: 8, Align: kit.AlignRight, Priority: 7},
		{Title: "week.column.share", Min: shareWidth, Ideal: shareWidth, Priority: 4},
		{Title: "week.column.left", Min: 8, Ideal: 8, Align: kit.AlignRight, Priority: 6},
		{Title: "week.column.overdue", Min: 10, Ideal: 11, Align: kit.AlignRight, Priority: 6},
		{Title: "week.column.state", Min: 19, Ideal: 28, Priority: 8},
	})
	t.table.SetSize(width, height)
}

func (p *Page) teamRow(t *team, i int) kit.Row {
	look, say, row := p.s.Look, p.say(), t.rows[i]
	d := row.plan.draft
	if d == nil {
		return kit.Row{Cells: []kit.Cell{{Text: p.s.Book.RepName(row.rep)}}}
	}
	share, role := row.plan.holds(), kit.Good
	overdue := d.OverdueLeftOut()
	late := kit.Text
	if overdue > 0 {
		late = kit.Late
		if share < 1 {
			role = kit.Late
		}
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: p.s.Book.RepName(row.rep)}, {Text: look.Text.Int(d.Week.Visits), Role: kit.Strong}, {Text: say.Kilometres(d.Week.Drive.Metres)},
		{Text: say.Duration(d.Week.Drive.Time)}, {Text: look.Text.Decimal(row.plan.needed, 1)}, {Spans: kit.BarSpans(share, shareWidth, role)},
		{Text: look.Text.Int(len(d.Week.LeftOut)), Role: kit.Dim}, {Text: look.Text.Int(overdue), Role: late}, p.teamState(t, i),
	}}
}

// teamState is how far a rep's week is.
func (p *Page) teamState(t *team, i int) kit.Cell {
	look, row := p.s.Look, t.rows[i]
	switch {
	case row.plan.draft == nil:
		return kit.Cell{}
	case t.running && i == t.at:
		return kit.Cell{Text: "▸ " + look.T("week.team.running"), Role: kit.Dim}
	case t.running && !row.done:
		return kit.Cell{Text: look.T("week.team.waiting"), Role: kit.Dim}
	case row.plan.open():
		return kit.Cell{Text: look.Text.N("week.state.draft", row.plan.changes()), Role: kit.Strong}
	case row.plan.draft.Week.Visits > 0:
		return kit.Cell{Text: "✓ " + look.T("week.state.confirmed"), Role: kit.Good}
	}
	return kit.Cell{Text: look.T(p.nothing(row.plan.draft.Monday)), Role: kit.Dim}
}

// view draws the reps side by side.
func (t *team) view(p *Page) string {
	look := p.s.Look
	var sum route.Leg
	visits, needed, done := 0, 0.0, 0
	for _, row := range t.rows {
		if row.done {
			done++
		}
		if row.plan.draft == nil {
			continue
		}
		w := row.plan.draft.Week
		visits, needed = visits+w.Visits, needed+row.plan.needed
		sum.Time += w.Drive.Time
		sum.Metres += w.Drive.Metres
	}
	third := kit.Blank(p.width)
	if t.running {
		share := float64(done) / float64(max(len(t.rows), 1))
		spans := append([]kit.Span{{Text: " "}}, kit.BarSpans(share, 24, kit.Text)...)
		third = kit.Line(look, p.width, append(spans, kit.Span{Text: "  " + look.T("week.team.progress", text.Args{
			"Done": look.Text.Int(done), "All": look.Text.Int(len(t.rows)),
		}), Role: kit.Strong})...)
	}
	lines := []string{
		kit.Line(look, p.width, kit.Span{Text: " " + p.teamName(t) + " · " + look.Text.Week(t.monday), Role: kit.Heading},
			kit.Span{Text: "  " + p.say().Days(t.monday), Role: kit.Dim}),
		kit.Line(look, p.width, kit.Span{Text: " " + look.Text.N("week.totals", visits, text.Args{"Kilometres": p.say().Kilometres(sum.Metres), "Driving": p.say().Duration(sum.Time)})},
			kit.Span{Text: "   " + look.T("week.team.needed", text.Args{"Needed": look.Text.Decimal(needed, 1)}), Role: kit.Dim}),
		third, kit.Blank(p.width),
	}
	return kit.Block(append(lines, strings.Split(t.table.View(), "\n")...), p.width, p.height)
}

// teamActions are what can be done with several reps.
func (p *Page) teamActions() []kit.Action {
	idle := func() (bool, string) {
		if p.team.running || !p.team.made() {
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
	return []kit.Action{
		{Name: "week.team.plan", Keys: []string{"p"}, Title: "week.action.team-plan", Short: "week.short.propose", Group: group, Priority: 100, Enabled: plans, Run: p.planTeam},
		{Name: "week.team.confirm", Keys: []string{"ctrl+s"}, Title: "week.action.team-confirm", Short: "week.short.confirm", Group: group, Priority: 95,
			Enabled: func() (bool, string) {
				if ok, why := idle(); !ok {
					return ok, why
				}
				if p.team.open() == 0 {
					return false, p.s.Look.T("week.nothing-open")
				}
				return p.s.May(model.PlannedVisit{})
			}, Run: p.confirmTeam},
		{Name: "week.team.open", Keys: []string{"enter"}, Title: "week.action.team-open", Short: "week.short.open", Group: group, Priority: 90, Unlisted: true},
		{Name: "week.export", Keys: []string{"X"}, Title: "week.action.export", Short: "week.short.export", Group: group, Priority: 40, Enabled: idle, Run: p.chooseExport},
	}
}
