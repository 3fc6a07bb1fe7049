package calling

// What is known of the account in front, whole: on a small screen only a part of it has
// room, and that there is more is said there.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// facts are what else is known of an account, those asked for least last.
func (p *Page) facts(l *model.Customer) (pairs []kit.Pair) {
	b := p.s.Book
	pair := func(label, value string) {
		if value != "" {
			pairs = append(pairs, kit.Pair{Label: label, Value: kit.Cell{Text: value}})
		}
	}
	pair("calling.label.people", words.AskFor(l))
	pair("calling.label.hours", p.hours(l))
	if c, ok := b.Campaign(p.campaign); ok && !p.roomy() {
		pair("calling.label.campaign", strings.Join(aims(c), " · "))
	}
	pair("calling.label.note", l.Note)
	pair("calling.label.note.marketing", l.MarketingNote)
	if area := b.Area(l.Territory); area != nil {
		pair("calling.label.rep", b.RepName(area.Rep))
		pair("calling.label.market", area.MarketingNote)
	}
	return pairs
}

// aims are what a campaign is for, and what to know of it.
func aims(c model.Campaign) []string {
	return slices.DeleteFunc([]string{c.Goal, c.Note}, func(s string) bool { return s == "" })
}

// more says that lines about the account do not show, or show cut; "" where all is there.
func (p *Page) more(hidden int, shown []string) string {
	look := p.s.Look
	key := text.Args{"Key": look.KeyLabel(wholeKey)}
	switch {
	case hidden > 0:
		return look.Text.N("calling.more", hidden, key)
	case slices.ContainsFunc(shown, func(line string) bool { return strings.Contains(line, "…") }):
		return look.T("calling.more.cut", key)
	}
	return ""
}

const wholeKey = "\""

// whole shows all that is known of the account in front.
func (p *Page) whole() tea.Cmd {
	l := p.s.Book.Account(p.current)
	if l == nil {
		return nil
	}
	p.renew()
	look := p.s.Look
	lines := func(width int) (lines []string) {
		lines = append(kit.Paragraph(look, kit.Text, p.why(l), max(width, 1)), "")
		label := 0
		pairs := p.facts(l)
		for _, pair := range pairs {
			label = max(label, min(kit.Width(look.T(pair.Label)), width/3))
		}
		for _, pair := range pairs {
			for n, line := range kit.Paragraph(look, kit.Text, pair.Value.Text, max(width-label-2, 1)) {
				said := ""
				if n == 0 {
					said = look.T(pair.Label)
				}
				lines = append(lines, look.Paint(kit.Dim, kit.Fit(said, label, kit.AlignLeft))+kit.Blank(2)+line)
			}
		}
		contact := func(role kit.Role, glyph, said, note string) {
			for n, line := range kit.Wrap(strings.TrimSpace(said+"  "+note), max(width-2, 1)) {
				mark := kit.Blank(2)
				if n == 0 {
					mark = look.Paint(role, glyph) + " "
				}
				lines = append(lines, mark+line)
			}
		}
		lines = append(lines, "")
		for _, v := range p.contacts.visits {
			contact(kit.Sales, words.SalesGlyph, look.Text.DayOf(v.Date, p.s.Today)+"  "+p.s.Book.RepName(v.Rep)+" · "+words.VisitResult(look.Text, v), v.Note)
		}
		for _, c := range p.contacts.calls {
			contact(kit.Marketing, words.MarketingGlyph, strings.TrimSpace(look.Text.DayOf(c.Date, p.s.Today)+" "+c.Time.String())+"  "+c.Agent+" · "+look.T("call.outcome."+c.Outcome.String()), c.Note)
		}
		for _, said := range p.promised(l) {
			contact(kit.Late, "●", said, "")
		}
		return lines
	}
	return p.s.Shell.Show(kit.NewReader(look, cmp.Or(l.Name, l.Code), lines))
}
