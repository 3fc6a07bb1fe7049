package week

// That marketing is in contact with a customer of the week as well: at the visit, in a
// sentence about the one under the cursor, and in the week's sums.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/week"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// besideLimit is how many of an account's latest calls are looked through for who made
// them.
const besideLimit = 60

// callers are who made the calls at the account under the cursor.
type callers struct {
	account string
	rows    *double.Rows // nil until they are read
}

// marketingAt is what marketing has to do with a customer about a day of the week.
func (p *Page) marketingAt(l *model.Customer, day int, rows *double.Rows) []double.Entry {
	return words.MarketingAt(p.s.Day(), p.draft(), l, day, rows)
}

// besideBrief is the first of it in a few words, in front of the reasons.
func (p *Page) besideBrief(l *model.Customer, day int) []kit.Span {
	found := p.marketingAt(l, day, nil)
	if len(found) == 0 {
		return nil
	}
	return []kit.Span{
		{Text: words.MarketingGlyph + " ", Role: kit.Marketing},
		{Text: words.DoubleBrief(p.s.Look.Text, p.s.Book, found[0], p.s.Today) + " ", Role: kit.Text}, {Text: "· ", Role: kit.Dim},
	}
}

// besideVisits counts the visits ahead at customers with whom marketing is in contact as
// well.
func (p *Page) besideVisits() int { return words.MarketingVisits(p.s.Day(), p.draft()) }

// askedWith is the question before weeks are confirmed, with how many of their visits
// customers wish, and how many are at customers of marketing's as well.
func (p *Page) askedWith(sentence string, drafts ...*week.Draft) string {
	var granted, elsewhere []model.FollowUp
	warned := 0
	for _, d := range drafts {
		agreed, moved := d.Granted()
		granted, elsewhere = append(granted, agreed...), append(elsewhere, moved...)
		for _, day := range d.Week.Days {
			for _, v := range day.Visits {
				if len(p.say().Warnings(d, v)) > 0 {
					warned++
				}
			}
		}
	}
	if warned > 0 {
		sentence += " " + p.s.Look.Text.N("week.ask.warned", warned)
	}
	if len(granted) > 0 {
		sentence += " " + p.s.Look.Text.N("week.ask.wishes", len(granted))
	}
	if len(elsewhere) > 0 {
		sentence += " " + p.s.Look.Text.N("week.ask.elsewhere", len(elsewhere), text.Args{"Names": words.Callers(p.s.Look.Text, elsewhere)})
	}
	if n := words.MarketingVisits(p.s.Day(), drafts...); n > 0 {
		sentence += " " + p.s.Look.Text.N("double.week", n)
	}
	return sentence
}

// besideSaid are the sentences about the visit under the cursor; none where marketing has
// nothing to do with it.
func (p *Page) besideSaid() []string {
	stop, ok := p.selected()
	if !ok {
		return nil
	}
	day, _ := p.draft().Where(stop)
	if day < 0 { // left out: as if it came on the day in view
		day = p.day
	}
	l := p.draft().Stops[stop].Customer
	var rows *double.Rows
	if p.callers.account == l.Code {
		rows = p.callers.rows
	}
	return words.Doubles(p.s.Look.Text, p.s.Book, p.marketingAt(l, day, rows), p.s.Today)
}

// callersLoaded brings who made an account's calls.
type callersLoaded struct {
	account string
	rows    double.Rows
	err     error
}

// readCallers reads who made the calls at the account under the cursor, where it is to
// be said and not known yet.
func (p *Page) readCallers() tea.Cmd {
	stop, ok := p.selected()
	if !ok || p.tick != nil || p.team != nil || p.month != nil {
		return nil
	}
	code := p.draft().Stops[stop].Customer.Code
	if code == p.callers.account || len(p.besideSaid()) == 0 {
		return nil
	}
	p.callers = callers{account: code}
	store := p.s.Store
	return func() tea.Msg {
		rows, err := forms.ReadContacts(store, code, besideLimit)
		return callersLoaded{code, rows, err}
	}
}
