package week

// Ticking off: what became of the planned visits up to today, in one pass and one
// step of the history.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// tickMark is what became of a planned visit.
type tickMark uint8

const (
	tickOpen tickMark = iota
	tickMet
	tickNotMet
	tickDropped
)

// tickWords are the marks' messages, with glyph and role.
var tickWords = [...]struct {
	key, glyph string
	role       kit.Role
}{{"open", "·", kit.Dim}, {"met", "✓", kit.Good}, {"not-met", "○", kit.Late}, {"dropped", "–", kit.Dim}}

// tickBecame is what a mark leaves on record.
var tickBecame = [...]string{tickMet: model.BecameMet, tickNotMet: model.BecameNotMet, tickDropped: model.BecameDropped}

// tickOf is the mark of what became of a planned visit.
func tickOf(became string) tickMark { return tickMark(max(0, slices.Index(tickBecame[:], became))) }

const tickLines = 3 // above the table

// tickOff is the pass over a rep's planned visits.
type tickOff struct {
	rep   string
	rows  []tickRow
	table *kit.Table
}

type tickRow struct {
	planned model.PlannedVisit
	tickAnswer
	logged bool // a met visit of that day is on record already
}

// tickAnswer is what a person says of a planned visit; all but the mark may be left out.
type tickAnswer struct {
	mark    tickMark
	outcome string
	value   model.Money
	reason  string // of one that was dropped
}

// due are the rep's planned visits up to today, oldest first.
func (p *Page) due(rep string) []model.PlannedVisit {
	var list []model.PlannedVisit
	for planned := range p.s.Book.Plan(rep) {
		if planned.Date <= p.s.Today {
			list = append(list, planned)
		}
	}
	slices.SortFunc(list, func(a, b model.PlannedVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Account, b.Account))
	})
	return list
}

// tickOff begins the pass.
func (p *Page) tickOff() tea.Cmd {
	t := &tickOff{rep: p.plan.key.rep}
	widest := kit.Width(p.s.Look.T("week.tick.logged")) // what became of a visit is never cut
	for _, word := range tickWords {
		widest = max(widest, kit.Width(p.s.Look.T("week.tick."+word.key)))
	}
	result := 12
	if p.width >= besideFrom { // so is what came of it, where there is room
		result = 28
	}
	t.table = kit.NewTable(p.s.Look, []kit.Column{
		{Title: "week.column.outcome", Min: widest + 2, Ideal: widest + 2, Priority: 9},
		{Title: "week.column.result", Min: result, Ideal: 28, Priority: 7},
		{Title: "week.column.day", Min: 10, Ideal: 12, Priority: 6},
		{Title: "week.column.time", Min: 5, Ideal: 6, Priority: 5},
		{Title: "week.column.account", Min: 22, Ideal: 32, Flex: 1, Priority: 8},
		{Title: "week.column.class", Min: 6, Ideal: 6, Priority: 4},
		{Title: "week.column.city", Min: 10, Ideal: 18, Priority: 3},
	}, kit.Source{
		Len: func() int { return len(t.rows) },
		ID:  func(i int) string { return t.rows[i].planned.Date.String() + " " + t.rows[i].planned.Account },
		Row: func(i int) kit.Row { return p.tickRow(t.rows[i]) },
	}, kit.Options{NoFoot: true, Empty: "week.tick.empty"})
	t.renew(p)
	p.tick = t
	p.layout()
	return nil
}

// renew takes up the plan as it is now, with the marks set so far.
func (t *tickOff) renew(p *Page) {
	answers := map[model.Key]tickAnswer{}
	for _, row := range t.rows {
		answers[row.planned.Key()] = row.tickAnswer
	}
	t.rows = nil
	for _, planned := range p.due(t.rep) {
		row := tickRow{planned: planned, tickAnswer: answers[planned.Key()]}
		if l := p.s.Book.Account(planned.Account); l != nil && l.Visits.Between(planned.Date, planned.Date) > 0 {
			row.logged, row.mark = true, tickMet
		}
		t.rows = append(t.rows, row)
	}
	t.table.Refresh()
}

func (p *Page) tickRow(row tickRow) kit.Row {
	look, word := p.s.Look, tickWords[row.mark]
	key := "week.tick." + word.key
	if row.logged && row.mark == tickMet {
		key = "week.tick.logged"
	}
	clock := ""
	if row.planned.Time != 0 {
		clock = row.planned.Time.String()
	}
	class, city := "", ""
	if l := p.s.Book.Account(row.planned.Account); l != nil {
		class, city = p.s.Book.ClassName(l.Class), l.Address.City
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: word.glyph + " " + look.T(key), Role: word.role}, {Text: p.tickResult(row)}, {Text: look.Text.WeekdayDay(row.planned.Date)}, {Text: clock},
		{Text: p.s.AccountName(row.planned.Account)}, {Text: class}, {Text: city, Role: kit.Dim},
	}}
}

// tickResult is what is said of a row besides its mark.
func (p *Page) tickResult(row tickRow) string {
	var parts []string
	switch row.mark {
	case tickMet:
		if row.outcome != "" {
			parts = append(parts, words.Outcome(p.s.Look.Text, row.outcome))
		}
		if row.value != 0 {
			parts = append(parts, p.s.Look.Text.Amount(row.value))
		}
	case tickDropped:
		if row.reason != "" {
			parts = append(parts, words.DroppedReason(p.s.Look.Text, row.reason))
		}
	}
	return strings.Join(parts, " · ")
}

// mark says what became of the visit under the cursor. What is said of it already besides
// stays where the mark does.
func (p *Page) mark(mark tickMark) tea.Cmd {
	if i := p.tick.table.CursorIndex(); i >= 0 && i < len(p.tick.rows) && p.tick.rows[i].mark == mark {
		return nil
	}
	return p.answer(tickAnswer{mark: mark})
}

// result asks what came of the visit under the cursor: the value of an order, or another
// outcome.
func (p *Page) result() tea.Cmd {
	i := p.tick.table.CursorIndex()
	if i < 0 || i >= len(p.tick.rows) {
		return nil
	}
	row := p.tick.rows[i]
	start := model.Visit{Outcome: cmp.Or(row.outcome, "order"), Value: row.value}
	form := kit.NewForm(p.s.Look, p.s.AccountName(row.planned.Account), forms.ResultFields(start)...)
	box := kit.NewFormBox(p.s.Look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		box.Close()
		outcome, value := forms.ResultOf(p.s, values)
		return p.answer(tickAnswer{mark: tickMet, outcome: outcome, value: value})
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return p.s.Shell.Show(box)
}

// dropped asks why the visit under the cursor was dropped.
func (p *Page) dropped() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	for _, reason := range model.DroppedReasons {
		options = append(options, kit.Option{Value: reason, Label: words.DroppedReason(look.Text, reason)})
	}
	options = append(options, kit.Option{Value: "", Label: look.T("week.dropped.unsaid")})
	name := ""
	if i := p.tick.table.CursorIndex(); i >= 0 && i < len(p.tick.rows) {
		name = p.s.AccountName(p.tick.rows[i].planned.Account)
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("week.dropped.why"), name, options, func(reason string) tea.Cmd {
		return p.answer(tickAnswer{mark: tickDropped, reason: reason})
	}))
}

// answer keeps what a person says of the visit under the cursor. The cursor stays, as it
// does wherever rows are marked: the next key is about the same customer, who has also
// brought an order, perhaps.
func (p *Page) answer(answer tickAnswer) tea.Cmd {
	if p.tick == nil {
		return nil
	}
	i := p.tick.table.CursorIndex()
	if i < 0 || i >= len(p.tick.rows) {
		return nil
	}
	p.tick.rows[i].tickAnswer = answer
	p.tick.table.Refresh()
	return nil
}

// markRest says that every visit still open was met.
func (p *Page) markRest() tea.Cmd {
	for i := range p.tick.rows {
		if p.tick.rows[i].mark == tickOpen {
			p.tick.rows[i].mark = tickMet
		}
	}
	p.tick.table.Refresh()
	return nil
}

// count is how many visits are marked.
func (t *tickOff) count() (counts [len(tickWords)]int) {
	for _, row := range t.rows {
		counts[row.mark]++
	}
	return counts
}

// leaveTick leaves the pass, asking when marks would be lost.
func (p *Page) leaveTick() {
	t := p.tick
	leave := func() tea.Cmd { p.tick = nil; p.arrange(); return nil }
	marked := len(t.marked())
	if marked == 0 {
		leave()
		return
	}
	p.s.Shell.Show(kit.Ask(p.s.Look, p.s.Look.T("week.tick.leave"), p.s.Look.Text.N("week.tick.lost", marked), "week.tick.leave.yes", leave))
}

// saveTick writes what became of the marked visits: those met and not met are
// logged, and none of the marked is planned any longer. What was not done comes up
// in the next proposal by itself.
func (p *Page) saveTick() tea.Cmd {
	look := p.s.Look
	request, visits := store.Request{Action: "plan.done", Subject: p.s.Book.RepName(p.tick.rep)}, 0
	for _, row := range p.tick.rows {
		if row.mark == tickOpen {
			continue
		}
		planned := row.planned
		request.Deletes = append(request.Deletes, planned.Key())
		request.Puts = append(request.Puts, store.Put{Record: planned.Settle(tickBecame[row.mark], row.reason)})
		visit := model.Visit{Account: planned.Account, Date: planned.Date, Time: planned.Time, Rep: planned.Rep, Minutes: planned.Minutes, Outcome: row.outcome, Value: row.value}
		switch {
		case row.mark == tickNotMet:
			visit.Kind, visit.Minutes = model.VisitNotMet, 0
		case row.mark == tickDropped || row.logged:
			continue
		}
		visits++
		request.Puts = append(request.Puts, store.Put{Record: visit})
	}
	counts := p.tick.count()
	done := look.T("week.ticked", text.Args{"Met": look.Text.Int(counts[tickMet]), "NotMet": look.Text.Int(counts[tickNotMet]), "Dropped": look.Text.Int(counts[tickDropped])})
	logged := text.Args{"Rep": request.Subject, "Logged": look.Text.Int(visits)}
	return p.s.Shell.Show(kit.Ask(look, look.T("week.ask.tick", logged), look.Text.N("week.ask.tick.text", len(request.Deletes), logged), "week.short.save", func() tea.Cmd {
		return p.s.Apply(request, done, func(err error) tea.Cmd {
			if err == nil {
				p.tick = nil
				p.arrange()
			}
			return nil
		})
	}))
}

// view draws the pass.
func (t *tickOff) view(p *Page) string {
	look, counts := p.s.Look, t.count()
	lines := []string{
		kit.Line(look, p.width, kit.Span{Text: " " + look.T("week.tick.title", text.Args{"Rep": p.s.Book.RepName(t.rep)}), Role: kit.Heading}),
		kit.Line(look, p.width, kit.Span{Text: " " + look.Text.N("week.tick.sum", counts[tickOpen], text.Args{
			"Met": look.Text.Int(counts[tickMet]), "NotMet": look.Text.Int(counts[tickNotMet]), "Dropped": look.Text.Int(counts[tickDropped]),
		}), Role: kit.Dim}),
		kit.Blank(p.width),
	}
	return kit.Block(append(lines, strings.Split(t.table.View(), "\n")...), p.width, p.height)
}

// tickActions are what can be done while ticking off.
func (p *Page) tickActions() []kit.Action {
	marked := func() (bool, string) {
		if counts := p.tick.count(); counts[tickOpen] == len(p.tick.rows) {
			return false, p.s.Look.T("week.tick.none")
		}
		return true, ""
	}
	mark := func(name string, keys []string, priority int, m tickMark) kit.Action {
		return kit.Action{Name: "week.tick." + name, Keys: keys, Title: "week.action." + name, Short: "week.short." + name, Group: group, Priority: priority,
			Run: func() tea.Cmd { return p.mark(m) }}
	}
	return []kit.Action{
		mark("met", []string{"space", "v"}, 99, tickMet), mark("not-met", []string{"x"}, 98, tickNotMet),
		{Name: "week.tick.dropped", Keys: []string{"d"}, Title: "week.action.dropped", Short: "week.short.dropped", Group: group, Priority: 97, Run: p.dropped},
		{Name: "week.tick.edit", Keys: []string{"e"}, Title: "week.action.result", Short: "week.short.result", Group: group, Priority: 96, Run: p.result},
		mark("open", []string{"backspace", "u"}, 60, tickOpen),
		{Name: "week.tick.rest", Keys: []string{"ctrl+a"}, Title: "week.action.rest", Short: "week.short.rest", Group: group, Priority: 90, Run: p.markRest},
		{Name: "week.tick.save", Keys: []string{"ctrl+s"}, Title: "week.action.save", Short: "week.short.save", Group: group, Priority: 100, Enabled: marked, Run: p.saveTick},
		{Name: "week.tick.account", Keys: []string{"enter"}, Title: "week.action.account", Group: group, Run: func() tea.Cmd {
			if i := p.tick.table.CursorIndex(); i >= 0 && i < len(p.tick.rows) {
				return p.s.Shell.Go(session.PageAccounts, p.tick.rows[i].planned.Account)
			}
			return nil
		}},
	}
}
