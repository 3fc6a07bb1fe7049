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

// waits reports whether a department's list has the line: calls are marketing's, clashes
// both departments'.
func (p *Page) waits(department model.Role) bool {
	return department == model.RoleMarketing && len(p.session.LateCalls()) > 0 || len(p.session.MyClashes()) > 0
}

// waitingLine is the line of a department's list, or of both; "" where nothing waits. It
// says as much as there is room for.
func (p *Page) waitingLine(width int, departments ...model.Role) string {
	look := p.session.Look
	key := []kit.Span{{Text: look.KeyLabel("!") + " ", Role: kit.Key}}
	clashes := p.clashesSaid()
	if late := p.lateSaid(); len(late) > 0 && slices.Contains(departments, model.RoleMarketing) {
		mark := kit.Span{Text: words.MarketingGlyph + " ", Role: kit.Late}
		var ways [][]kit.Span
		for _, said := range late {
			if len(clashes) == 0 {
				ways = append(ways, slices.Concat([]kit.Span{mark}, key, []kit.Span{{Text: said}}))
			}
			for _, clash := range clashes {
				ways = append(ways, slices.Concat([]kit.Span{mark}, key, []kit.Span{{Text: said}, {Text: "  " + words.ClashGlyph + " ", Role: kit.Late}, {Text: clash}}))
			}
		}
		for _, way := range ways {
			if widthOf(way) <= width {
				return kit.Line(look, width, way...)
			}
		}
		return kit.Line(look, width, ways[len(ways)-1]...)
	}
	list := p.session.MyClashes()
	if len(list) == 0 {
		return ""
	}
	said := ""
	for _, said = range clashes { // the fullest that is not cut
		if kit.Width(words.ClashGlyph+" ! "+said) <= width {
			break
		}
	}
	return kit.Line(look, width, slices.Concat([]kit.Span{{Text: words.ClashGlyph + " ", Role: kit.Late}}, key, []kit.Span{{Text: said}})...)
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
	if len(p.session.LateCalls()) > 0 {
		short = "late.short"
	}
	return kit.Action{Name: "signals.waiting", Keys: []string{"!"}, Title: "late.action", Short: short, Group: groupSignals, Priority: 33, Enabled: p.somethingWaits, Run: p.openWaiting}
}

func (p *Page) somethingWaits() (bool, string) {
	return len(p.session.LateCalls()) > 0 || len(p.session.MyClashes()) > 0, p.session.Look.T("late.none")
}

// openWaiting leads to the overdue calls, or the clashes; where there are both, to what is
// chosen.
func (p *Page) openWaiting() tea.Cmd {
	s, look := p.session, p.session.Look
	late, clashes := s.LateCalls(), s.MyClashes()
	call := func() tea.Cmd {
		return s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOwed, ""))
	}
	switch {
	case len(late) == 0:
		return ShowClashes(s)
	case len(clashes) == 0:
		return call()
	}
	options, show := clashOptions(s, clashes)
	args := text.Args{"Name": s.AccountName(late[0].Account), "When": words.WhenDue(look.Text, late[0].Promise, s.Today)}
	options = slices.Insert(options, 0, kit.Option{Value: "late", Label: words.MarketingGlyph + " " + look.Text.N("late.line.name", len(late), args), Detail: look.Text.N("late.go", len(late), args)})
	return s.Shell.Show(kit.Choose(look, look.T("late.title"), "", options, func(value string) tea.Cmd {
		if value == "late" {
			return call()
		}
		return show(value)
	}))
}
