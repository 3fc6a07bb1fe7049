package signals

// Answering a signal from the page: whose turn it is, and what of it shows.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// answerActions are the answers to the signal, and to a proposal made for it.
func (p *Page) answerActions() []kit.Action {
	accept, decline := "signals.action.accept", "signals.action.decline"
	short := [2]string{"signals.short.accept", "signals.short.decline"}
	s, ok := p.current()
	replies := ok && p.proposed(s)
	if replies {
		accept, decline = "signals.action.agree", "signals.action.refuse"
		short = [2]string{"signals.short.agree", "signals.short.refuse"}
	}
	first, leading := 78, true
	if c, running := p.session.Case(s.Key()); ok && running && !replies { // the other answer is a change of mind
		switch c.State {
		case answer.Accepted:
			decline, short[1] = "signals.action.decline.after-all", "signals.short.decline.after-all"
			first, leading = 32, false // what is to be done now comes before it
		case answer.Declined:
			accept, short[0] = "signals.action.accept.after-all", "signals.short.accept.after-all"
		}
	}
	run := func(reply, say func(model.Signal) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			s, _ := p.current()
			if p.proposed(s) {
				return reply(s)
			}
			return say(s)
		}
	}
	agree := func(s model.Signal) tea.Cmd {
		c, _ := p.session.Case(s.Key())
		return forms.Agree(p.session, c.Counter)
	}
	refuse := func(s model.Signal) tea.Cmd { return forms.Refuse(p.session, s.Key()) }
	return []kit.Action{
		{Name: "signals.accept", Keys: []string{"Y"}, Title: accept, Short: short[0], Group: groupSignals, Priority: first + 1, Leading: leading,
			Enabled: p.needsSignal(p.mayAccept), Run: run(agree, func(s model.Signal) tea.Cmd { return forms.Accept(p.session, s.Key()) })},
		{Name: "signals.decline", Keys: []string{"D"}, Title: decline, Short: short[1], Group: groupSignals, Priority: first, Leading: leading,
			Enabled: p.needsSignal(p.mayDecline), Run: run(refuse, func(s model.Signal) tea.Cmd { return forms.Decline(p.session, s.Key()) })},
		{Name: "signals.counter", Keys: []string{"B"}, Title: "signals.action.counter", Short: "signals.short.counter", Group: groupSignals, Priority: 40,
			Enabled: p.needsSignal(p.mayCounter), Run: func() tea.Cmd {
				s, _ := p.current()
				return forms.Counter(p.session, s.Key())
			}},
		{Name: "signals.hand-over", Keys: []string{"F"}, Title: "signals.action.hand-over", Short: "signals.short.hand-over", Group: groupSignals, Priority: 41,
			Enabled: p.needsSignal(p.mayHandOver), Run: func() tea.Cmd {
				s, _ := p.current()
				return forms.HandOver(p.session, s.Key())
			}},
	}
}

// proposed reports whether a counter-proposal waits for the person's reply.
func (p *Page) proposed(s model.Signal) bool {
	c, running := p.session.Case(s.Key())
	return running && c.State == answer.Countered && p.session.Speaks(c.Turn)
}

// mayAnswer: whose signal it is answers it, and the other department a proposal.
func (p *Page) mayAnswer(s model.Signal) (bool, string) {
	if p.proposed(s) {
		return p.mayWrite()
	}
	return p.mayAct(s)
}

// mayAccept: what is accepted already is so until its day; whose promise nothing has come
// of may give another.
func (p *Page) mayAccept(s model.Signal) (bool, string) {
	if c, running := p.session.Case(s.Key()); running && c.State == answer.Accepted && !c.Quiet && !c.Unanswered {
		return false, p.session.Look.T("signals.why.accepted")
	}
	return p.mayAnswer(s)
}

// mayDecline: what is declined already is so until its day.
func (p *Page) mayDecline(s model.Signal) (bool, string) {
	if c, running := p.session.Case(s.Key()); running && c.State == answer.Declined && !c.Unanswered {
		return false, p.session.Look.T("signals.why.declined")
	}
	return p.mayAnswer(s)
}

func (p *Page) mayCounter(s model.Signal) (bool, string) {
	if s.Kind != model.StepUpVisits {
		return false, p.session.Look.T("signals.why.no-counter")
	}
	return p.mayAct(s)
}

// mayHandOver: marketing may be asked to call some of the accounts in place of a visit.
func (p *Page) mayHandOver(s model.Signal) (bool, string) {
	if s.Kind != model.StepUpVisits {
		return false, p.session.Look.T("signals.why.no-hand-over")
	}
	if ok, reason := p.mayAct(s); !ok {
		return false, reason
	}
	return len(forms.Callable(p.session, s.Key())) > 0, p.session.Look.T("signals.why.nobody-to-call")
}

func (p *Page) mayAct(s model.Signal) (bool, string) {
	look := p.session.Look
	_, running := p.session.Case(s.Key())
	switch {
	case p.detail != nil && p.detail.gone:
		return false, look.T("signals.why.gone")
	case !running && !s.Open():
		return false, look.T("signals.why.asks-nothing")
	case !p.session.Speaks(s.Kind.Owner()):
		return false, p.notYours(s.Kind.Owner())
	}
	return p.mayWrite()
}

// notYours says whose answer a signal waits for, and whom to ask.
func (p *Page) notYours(department model.Role) string {
	who := model.Sales
	if department == model.RoleMarketing {
		who = model.Marketing
	}
	text, actor := p.session.Look.Text, p.session.Actor
	return strings.TrimSpace(text.T("signals.why.not-yours."+string(department)) + " " + words.WhomToAsk(text, p.session.Book, actor.Person, who))
}

func (p *Page) mayWrite() (bool, string) { return p.session.May(model.Answer{}) }

// caseCell is what was answered to a signal, with its glyph; false where nothing was.
func caseCell(s *session.Session, signal model.Signal) (kit.Cell, bool) {
	c, running := s.Case(signal.Key())
	if !running {
		return kit.Cell{}, false
	}
	if c.State == answer.Open && c.Reopened == 0 { // it says so by standing there
		return kit.Cell{}, false
	}
	word := words.CaseWord(s.Look.Text, c)
	role := kit.Dim
	switch {
	case c.Unanswered:
		role = kit.Late
	case c.State == answer.Accepted && !c.Quiet:
		role = kit.Good
	case c.State == answer.Countered || c.Quiet || c.Reopened != 0:
		role = kit.Text
	}
	return kit.Cell{Spans: []kit.Span{{Text: words.CaseGlyph(c) + " ", Role: role}, {Text: word, Role: role}}}, true
}
