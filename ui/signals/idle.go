package signals

// What is said quietly under a department's signals: what lies idle while none of sales'
// is open, and what must not wait.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// idleLine is one thing that lies idle, and where something can be done about it.
type idleLine struct {
	sentence string
	page     session.PageName
	target   string
}

// idleLines are what lies idle, a sentence each; none while something is open.
func (s *side) idleLines() []idleLine {
	if s.owner != model.RoleSales || s.counts[open]+s.counts[reports] > 0 {
		return nil
	}
	of := s.page.session
	p, idle := of.Look.Text, of.Day().Idle()
	var lines []idleLine
	if idle.Overdue > 0 {
		class := of.Book.ClassName(idle.Class)
		lines = append(lines, idleLine{
			p.N("signals.idle.overdue", idle.Overdue, text.Args{"Class": class, "Territories": p.N("signals.idle.in", idle.Territories)}),
			session.PageAccounts, `/state:overdue class:"` + class + `"`,
		})
	}
	if idle.Homeless > 0 {
		// There they are offered territories, by rep or by postcode.
		lines = append(lines, idleLine{p.N("signals.idle.homeless", idle.Homeless), session.PageReady, ""})
	}
	return lines
}

// foot is how many lines stand below the list: what lies idle, and, where the lists do not
// stand one above the other, what must not wait.
func (s *side) foot() int {
	lines := len(s.idle)
	if s.waits() {
		lines++
	}
	return lines
}

// waits reports whether the line about what must not wait stands at the foot of the list:
// one above the other the lists have it between them.
func (s *side) waits() bool { return !s.stacked && s.page.waits(s.owner) }

// footRoom is how many lines they take of the list's room.
func (s *side) footRoom() int {
	const least = 3 // what the list keeps
	if foot := s.foot(); foot > 0 && s.height-s.headLines() >= least+foot+1 {
		return foot + 1
	}
	return 0
}

// footView are the lines, of the idle ones the first with the key that leads on.
func (s *side) footView() []string {
	if s.footRoom() == 0 {
		return nil
	}
	look := s.page.session.Look
	lines := []string{""}
	if s.waits() {
		lines = append(lines, s.page.waitingLine(s.width, s.owner))
	}
	for i, idle := range s.idle {
		key := kit.Span{Text: "   "}
		if i == 0 {
			key = kit.Span{Text: " " + look.KeyLabel("a") + " ", Role: kit.Key}
		}
		lines = append(lines, kit.Line(look, s.width, key, kit.Span{Text: idle.sentence, Role: kit.Dim}))
	}
	return lines
}

// hasIdle reports whether something lies idle that the page tells of.
func (p *Page) hasIdle() (bool, string) {
	return len(p.sides[0].idle) > 0, p.session.Look.T("signals.why.not-idle")
}

// openIdle goes to the accounts that lie idle; of several kinds, to the one chosen.
func (p *Page) openIdle() tea.Cmd {
	look, idle := p.session.Look, p.sides[0].idle
	goTo := func(sentence string) tea.Cmd {
		i := slices.IndexFunc(idle, func(one idleLine) bool { return one.sentence == sentence })
		return p.session.Shell.Go(idle[i].page, idle[i].target)
	}
	if len(idle) == 1 {
		return goTo(idle[0].sentence)
	}
	var options []kit.Option
	for _, one := range idle {
		options = append(options, kit.Option{Value: one.sentence, Label: one.sentence})
	}
	return p.session.Shell.Show(kit.Choose(look, look.T("signals.idle.title"), "", options, goTo))
}
