package signals

// What must not wait: a quiet line at the foot of the lists that says first which promised
// call is overdue, then what clashes, and leads to them.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// waits reports whether a department's list has the line: calls are marketing's, visits to
// tick off sales', clashes both departments'.
func (p *Page) waits(department model.Role) bool {
	unticked, _ := p.session.Unticked()
	return department == model.RoleMarketing && len(p.session.LateCalls()) > 0 || department == model.RoleSales && unticked > 0 || len(p.session.MyClashes()) > 0
}

// waitingPart is one kind of what must not wait, in words that grow shorter.
type waitingPart struct {
	glyph string
	said  []string
}

// waitingLine is the line of a department's list, or of both; "" where nothing waits. It
// says as much as there is room for.
func (p *Page) waitingLine(width int, departments ...model.Role) string {
	look := p.session.Look
	var parts []waitingPart
	if late := p.lateSaid(); len(late) > 0 && slices.Contains(departments, model.RoleMarketing) {
		parts = append(parts, waitingPart{words.MarketingGlyph, late})
	}
	if unticked := p.untickedSaid(); len(unticked) > 0 && slices.Contains(departments, model.RoleSales) {
		parts = append(parts, waitingPart{words.ReportsGlyph, unticked})
	}
	if clashes := p.clashesSaid(); len(clashes) > 0 {
		parts = append(parts, waitingPart{words.ClashGlyph, clashes})
	}
	if len(parts) == 0 {
		return ""
	}
	var fitting []kit.Span
	var try func(spans []kit.Span, rest []waitingPart) bool
	try = func(spans []kit.Span, rest []waitingPart) bool { // the fullest that is not cut, in what stands first above all
		if len(rest) == 0 {
			fitting = spans
			return widthOf(spans) <= width
		}
		for _, said := range rest[0].said {
			next := slices.Clone(spans)
			if len(spans) == 0 {
				next = append(next, kit.Span{Text: rest[0].glyph + " ", Role: kit.Late}, kit.Span{Text: look.KeyLabel("!") + " ", Role: kit.Key})
			} else {
				next = append(next, kit.Span{Text: "  " + rest[0].glyph + " ", Role: kit.Late})
			}
			if try(append(next, kit.Span{Text: said}), rest[1:]) {
				return true
			}
		}
		return false
	}
	try(nil, parts)
	return kit.Line(look, width, fitting...)
}

func widthOf(spans []kit.Span) (width int) {
	for _, span := range spans {
		width += kit.Width(span.Text)
	}
	return width
}

func clashArgs(s *session.Session) text.Args {
	return text.Args{"Subject": words.ClashSubject(s.Look.Text, s.Book, s.MyClashes()[0])}
}

// clashesSaid are the clashes in a line with something else, the fuller words first.
func (p *Page) clashesSaid() []string {
	list := p.session.MyClashes()
	if len(list) == 0 {
		return nil
	}
	look := p.session.Look.Text
	return []string{look.N("clash.line", len(list), clashArgs(p.session)), look.N("clash.line.brief", len(list), clashArgs(p.session)), look.N("clash.heading", len(list))}
}

// lateSaid are the overdue calls in words, the fuller ones first; none where none is.
func (p *Page) lateSaid() []string {
	late := p.session.LateCalls()
	if len(late) == 0 {
		return nil
	}
	look := p.session.Look.Text
	args := text.Args{"Name": p.session.AccountName(late[0].Account), "When": words.WhenDue(look, late[0].Promise, p.session.Today)}
	return []string{look.N("late.line", len(late), args), look.N("late.line.name", len(late), args), look.N("late.line.short", len(late), args)}
}

// untickedSaid are the planned visits to tick off in words, the fuller ones first; none
// where there is none.
func (p *Page) untickedSaid() []string {
	visits, _ := p.session.Unticked()
	if visits == 0 {
		return nil
	}
	look := p.session.Look.Text
	return []string{look.N("unticked.line", visits, nil), look.N("unticked.line.short", visits, nil)}
}

// nextLate comes when one more promised call has become overdue.
type nextLate struct{ at int }

// watchLate waits for the next promised call to become overdue.
func (p *Page) watchLate() tea.Cmd {
	at, cmd := p.session.NextLate(func(at int) tea.Msg { return nextLate{at} })
	if at == p.watched {
		return nil
	}
	p.watched = at
	return cmd
}

// listActions are about both lists as a whole.
func (p *Page) listActions() []kit.Action {
	return []kit.Action{
		p.waitingAction(),
		{Name: "signals.mine", Keys: []string{"*"}, Title: "owner.mine.title", Short: "owner.mine.short", Group: groupSignals, Priority: 32, Run: p.toggleMine},
		{Name: "signals.by-rep", Keys: []string{"R"}, Title: "signals.by-rep", Group: groupSignals, Run: p.toggleByRep},
	}
}

// waitingAction leads to what must not wait.
func (p *Page) waitingAction() kit.Action {
	short := "clash.short"
	if unticked, _ := p.session.Unticked(); unticked > 0 {
		short = "unticked.short"
	}
	if len(p.session.LateCalls()) > 0 {
		short = "late.short"
	}
	return kit.Action{Name: "signals.waiting", Keys: []string{"!"}, Title: "late.action", Short: short, Group: groupSignals, Priority: 33, Enabled: p.somethingWaits, Run: p.openWaiting}
}

func (p *Page) somethingWaits() (bool, string) {
	unticked, _ := p.session.Unticked()
	return unticked > 0 || len(p.session.LateCalls()) > 0 || len(p.session.MyClashes()) > 0, p.session.Look.T("late.none")
}

// openWaiting leads to the overdue calls, the visits to tick off, or the clashes; where there
// are several, to what is chosen.
func (p *Page) openWaiting() tea.Cmd {
	s, look := p.session, p.session.Look
	late, clashes := s.LateCalls(), s.MyClashes()
	unticked, rep := s.Unticked()
	call := func() tea.Cmd {
		return s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOwed, ""))
	}
	tick := func() tea.Cmd { return s.Shell.Go(session.PageWeek, rep+" "+session.TickOff) }
	switch {
	case len(late) == 0 && unticked == 0:
		return ShowClashes(s)
	case len(clashes) == 0 && unticked == 0:
		return call()
	case len(clashes) == 0 && len(late) == 0:
		return tick()
	}
	options, show := clashOptions(s, clashes)
	if unticked > 0 {
		options = slices.Insert(options, 0, kit.Option{Value: "unticked", Label: words.ReportsGlyph + " " + look.Text.N("unticked.line.short", unticked, nil),
			Detail: look.T("unticked.go", text.Args{"Rep": s.Book.RepName(rep)})})
	}
	if len(late) > 0 {
		args := text.Args{"Name": s.AccountName(late[0].Account), "When": words.WhenDue(look.Text, late[0].Promise, s.Today)}
		options = slices.Insert(options, 0, kit.Option{Value: "late", Label: words.MarketingGlyph + " " + look.Text.N("late.line.name", len(late), args), Detail: look.Text.N("late.go", len(late), args)})
	}
	return s.Shell.Show(kit.Choose(look, look.T("late.title"), "", options, func(value string) tea.Cmd {
		switch value {
		case "late":
			return call()
		case "unticked":
			return tick()
		}
		return show(value)
	}))
}
