package campaigns

// Moving a campaign: nothing is saved until it is kept, but what it would do to
// the signals is told at every step.

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// move is a campaign with other days than those stored.
type move struct {
	campaign model.Campaign
	stored   model.Campaign
	sentence string // what it would do
	tries    int
}

// judgeNow asks for the effect of the latest step.
type judgeNow struct{ tries int }

// atOnce is the number of accounts up to which the effect is computed at every
// key; above it, once the keys pause.
const atOnce = 20_000

// keyPause is how long a pause between keys is.
const keyPause = 40 * time.Millisecond

// still reports whether the campaign to be moved is still as it was, and takes over
// what else was changed about it meanwhile.
func (m *move) still(s *session.Session) bool {
	now, ok := s.Book.Campaign(m.campaign.Code)
	if !ok || now.Start != m.stored.Start || now.End != m.stored.End {
		return false
	}
	start, end := m.campaign.Start, m.campaign.End
	m.stored = now
	m.campaign = now.At(start, end)
	return true
}

// shift moves the campaign in view by days, its start and its end or only its end.
func (p *Page) shift(days int, onlyEnd bool) tea.Cmd {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	if !onlyEnd {
		c.Start += model.Date(days)
	}
	c.End += model.Date(days)
	if c.Start < model.FirstDate || c.End > model.LastDate || c.End < c.Start {
		return nil
	}
	if p.move == nil {
		stored, _ := p.s.Book.Campaign(c.Code)
		p.move = &move{stored: stored}
	}
	p.move.campaign = p.move.stored.At(c.Start, c.End)
	p.move.tries++
	if c.Start == p.move.stored.Start && c.End == p.move.stored.End {
		p.drop()
		return nil
	}
	p.reveal(c)
	var cmd tea.Cmd
	if p.s.Book.AccountCount() <= atOnce {
		p.move.judge(p.s)
	} else {
		tries := p.move.tries
		cmd = p.s.After(keyPause, func(time.Time) tea.Msg { return judgeNow{tries} })
	}
	p.look()
	return cmd
}

// drop forgets the move.
func (p *Page) drop() {
	p.move = nil
	p.look()
}

// keep saves the move.
func (p *Page) keep() tea.Cmd {
	c := p.move.campaign
	done := p.s.Look.T("campaigns.moved", text.Args{"Name": c.Name, "Days": words.CampaignDays(p.s.Look.Text, c)})
	p.move = nil
	request := store.Request{Action: "campaign.move", Subject: c.Name, Puts: []store.Put{{Record: c}}}
	return p.s.Apply(request, done, func(err error) tea.Cmd { return nil })
}

// judge computes what the move would do and puts it into a sentence.
func (m *move) judge(s *session.Session) {
	shift := m.shiftText(s.Look.Text)
	if m.campaign.Status != model.CampaignPlanned {
		m.sentence = s.Look.T("campaigns.effect.sentence", text.Args{"Shift": shift, "Clauses": s.Look.T("campaigns.effect.inactive")})
		return
	}
	after := s.Day().WithCampaign(m.campaign).Signals()
	clauses := m.clauses(s, after)
	if names := overlapping(s, m.campaign); len(names) > 0 {
		clauses = append(clauses, s.Look.Text.N("campaigns.effect.overlap", len(names), text.Args{"Names": words.List(s.Look.Text, names, listed)}))
	}
	m.sentence = s.Look.T("campaigns.effect.sentence", text.Args{
		"Shift": shift, "Clauses": strings.Join(clauses, "; "),
	})
}

// overlapping are the names of the campaigns that ask for visits in the same
// territories on the same days.
func overlapping(s *session.Session, c model.Campaign) (names []string) {
	for _, other := range s.Book.Overlaps(c) {
		names = append(names, other.Name)
	}
	return names
}

// listed is how many names a clause enumerates.
const listed = 3

// clauses tell what appears and vanishes, and why.
func (m *move) clauses(s *session.Session, after []model.Signal) []string {
	difference, print, today := model.EffectOf(s.Signals(), after), s.Look.Text, s.Today
	horizon := s.Book.Settings().Horizon
	var ready, notYet, inHand, appear, outOfHand, others []model.Signal
	for _, signal := range difference.Vanish {
		switch {
		case signal.Kind == model.AddTelemarketing:
			inHand = append(inHand, signal)
		case today < m.campaign.Start-model.Date(horizon):
			notYet = append(notYet, signal)
		case today <= m.campaign.End:
			ready = append(ready, signal)
		default:
			others = append(others, signal)
		}
	}
	for _, signal := range difference.Appear {
		if signal.Kind == model.AddTelemarketing {
			outOfHand = append(outOfHand, signal)
		} else {
			appear = append(appear, signal)
		}
	}
	var clauses []string
	for _, part := range []struct {
		key     string
		signals []model.Signal
	}{
		{"ready", ready}, {"in-hand", inHand}, {"not-yet", notYet}, {"over", others}, {"appear", appear}, {"out-of-hand", outOfHand},
	} {
		if names := words.Territories(print, s.Book, part.signals); len(names) > 0 {
			clauses = append(clauses, print.N("campaigns.effect."+part.key, len(names), text.Args{
				"Names": words.List(print, names, listed), "Horizon": print.Int(horizon),
			}))
		}
	}
	if before, now := gapOf(s.Signals(), m.campaign.Code), gapOf(after, m.campaign.Code); before > 0 && now > 0 && before != now {
		clauses = append(clauses, print.N("campaigns.effect.gap", now, text.Args{"Before": print.Int(before)}))
	}
	if len(clauses) == 0 {
		clauses = append(clauses, s.Look.T("campaigns.effect.none"))
	}
	return clauses
}

// gapOf is the visits a campaign lacks in all its open signals.
func gapOf(signals []model.Signal, campaign string) int {
	sum := 0
	for _, signal := range signals {
		if signal.Kind == model.StepUpVisits && signal.Campaign == campaign {
			sum += signal.Readiness.Gap
		}
	}
	return sum
}

// shiftText says how far the campaign is moved: "2 weeks later".
func (m *move) shiftText(print *text.Printer) string {
	start, end := int(m.campaign.Start-m.stored.Start), int(m.campaign.End-m.stored.End)
	switch {
	case start == end:
		return distance(print, "campaigns.shift", start)
	case start == 0:
		return distance(print, "campaigns.shift.end", end)
	}
	return print.T("campaigns.shift.days", text.Args{"Days": words.CampaignDays(print, m.campaign)})
}

func distance(print *text.Printer, key string, days int) string {
	direction := ".later"
	if days < 0 {
		direction, days = ".earlier", -days
	}
	if days%7 == 0 {
		return print.N(key+".weeks"+direction, days/7)
	}
	return print.N(key+".days"+direction, days)
}

// effectLines is the sentence about the move.
func (p *Page) effectLines(width int) []string {
	return kit.Paragraph(p.s.Look, kit.Strong, p.move.sentence, width)
}

// Unsaved says what leaving the program would lose; "" for nothing.
func (p *Page) Unsaved() string {
	if p.move == nil {
		return ""
	}
	return p.s.Look.T("campaigns.unsaved")
}
