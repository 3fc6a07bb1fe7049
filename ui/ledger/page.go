// Package ledger is the page of passes: what one department gave the other, month by month
// and territory by territory, and what became of it. It knows no persons.
package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

const (
	titleLines = 2
	footLines  = 2
	// share is how long the page reckons at a time, so that keys are answered meanwhile and
	// no change waits for it.
	share = 8 * time.Millisecond
)

// periods are the lengths that can be looked at, in months.
var periods = [...]int{3, 6, 12, 24}

// Page is the page of the ledger. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	months        int
	list          *kit.Table
	seen          stamp
	cases         []answer.Case
	left          []string // territories that are still to be looked at
	ledger        []answer.Row
	rows          []tables.Pass // newest month first, under a line for each month
	query         string
}

func id(p tables.Pass) string {
	if p.Sum {
		return p.Month.String()
	}
	return fmt.Sprintf("%s %s %s", p.Month, p.Territory, p.To)
}

// stamp is what the rows were made from.
type stamp struct {
	revision int
	today    model.Date
	months   int
}

// more asks to go on reckoning.
type more struct{ of stamp }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, months: 6}
	p.list = kit.NewTable(s.Look, tables.Ledger.Page(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return id(p.rows[i]) },
		Row:    func(i int) kit.Row { return kit.Row{Cells: tables.Ledger.Cells(s.View(), p.rows[i])} },
		Filter: func(query string) { p.query = query; p.sift() }, Total: func() int { return len(p.ledger) },
	}, kit.Options{Name: "ledger", Empty: "ledger.none", NoFoot: true})
	p.list.OnOpen = func(string) tea.Cmd { return p.signals() }
	return p
}

func (p *Page) first() model.Date {
	t := p.s.Today.Time()
	return max(model.NewDate(t.Year(), t.Month()-time.Month(p.months-1), 1), model.FirstDate)
}

// Refresh takes up the Book and the day anew: the days of the period are looked at
// territory by territory.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Today, p.months}
	if now == p.seen {
		p.list.Refresh()
		return nil
	}
	p.seen, p.cases, p.left = now, nil, nil
	for _, area := range p.s.Book.Areas() {
		p.left = append(p.left, area.Code)
	}
	return p.reckon()
}

// reckon looks at some territories.
func (p *Page) reckon() tea.Cmd {
	day, first, began := p.s.Day(), p.first(), time.Now()
	for len(p.left) > 0 && time.Since(began) < share {
		p.cases = append(p.cases, answer.Raised(day, p.left[0], first)...)
		p.left = p.left[1:]
	}
	if len(p.left) > 0 {
		wanted := p.seen
		return func() tea.Msg { return more{wanted} }
	}
	p.ledger = answer.Ledger(p.cases)
	p.cases = nil
	p.sift()
	return nil
}

// sift keeps the rows that the filter lets through, newest month first.
func (p *Page) sift() {
	look, query := p.s.Look, kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	months := map[model.Date][]answer.Row{}
	var order []model.Date
	for _, r := range p.ledger {
		said := strings.Join([]string{words.AreaName(look.Text, p.s.Book, r.Territory), r.Territory, words.Role(look.Text, r.To), tables.PassMonth(look.Text, r.Month)}, " ")
		if !query.Empty() && !query.Contains(kit.Fold(said)) {
			continue
		}
		if months[r.Month] == nil {
			order = append(order, r.Month)
		}
		months[r.Month] = append(months[r.Month], r)
	}
	slices.Reverse(order)
	for _, month := range order {
		sum := answer.Row{Month: month}
		for _, r := range months[month] {
			sum.Sum(r.Tally)
		}
		p.rows = append(p.rows, tables.Pass{Row: sum, Sum: true})
		for _, r := range months[month] {
			p.rows = append(p.rows, tables.Pass{Row: r})
		}
	}
	p.list.Refresh()
}

// sum is of all rows that show.
func (p *Page) sum() (t answer.Tally) {
	for _, r := range p.rows {
		if !r.Sum {
			t.Sum(r.Tally)
		}
	}
	return t
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.SetSize(width, max(height-titleLines-footLines, 0))
}

// Update answers keys and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case more:
		if msg.of == p.seen && len(p.left) > 0 {
			return p.reckon()
		}
	case tea.KeyMsg:
		return p.list.Update(msg)
	case tea.MouseMsg:
		return p.list.Update(kit.Rect{Y: titleLines, W: p.width, H: p.height - titleLines}.Relative(msg))
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look := p.s.Look
	title := kit.Span{Text: " " + look.T("ledger.title"), Role: kit.Heading}
	said := look.Text.N("ledger.period", p.months)
	if len(p.left) > 0 {
		said = look.T("ledger.reckoning")
	}
	lines := []string{kit.Line(look, p.width, title, kit.Span{Text: "   " + said, Role: kit.Dim}), kit.Blank(p.width)}
	lines = append(lines, strings.Split(p.list.View(), "\n")...)
	args := tables.PassSums(look.Text, p.sum())
	lines = append(lines, kit.Line(look, p.width, kit.Span{Text: " " + look.T("ledger.foot.given", args), Role: kit.Dim}),
		kit.Line(look, p.width, kit.Span{Text: " " + look.T("ledger.foot.taken", args), Role: kit.Dim}))
	return kit.Block(lines, p.width, p.height)
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts the filter.
func (p *Page) Back() bool { return p.list.Back() }

// Open has nothing to go to.
func (p *Page) Open(string) tea.Cmd { return nil }

// current is the row under the cursor, if it is a territory's.
func (p *Page) current() (answer.Row, bool) {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.rows) && !p.rows[i].Sum {
		return p.rows[i].Row, true
	}
	return answer.Row{}, false
}

// signals goes to the territory, where its signals and their answers stand.
func (p *Page) signals() tea.Cmd {
	if r, ok := p.current(); ok {
		return p.s.Shell.Go(session.PageTerritories, r.Territory)
	}
	return nil
}

func (p *Page) choosePeriod() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	for _, months := range periods {
		options = append(options, kit.Option{Value: fmt.Sprint(months), Label: look.Text.N("ledger.period", months)})
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("ledger.action.period"), "", options, func(value string) tea.Cmd {
		_, _ = fmt.Sscan(value, &p.months)
		return p.Refresh()
	}))
}

// Sheet is the ledger as it shows, to take along.
func (p *Page) Sheet() (exchange.Sheet, string) {
	lines := slices.DeleteFunc(slices.Clone(p.rows), func(r tables.Pass) bool { return r.Sum })
	return tables.Ledger.Sheet(p.s.View(), slices.Values(lines)), p.s.Look.T("ledger.file")
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.ledger"
	look := p.s.Look
	actions := []kit.Action{
		{Name: "ledger.territory", Keys: []string{"enter"}, Title: "ledger.action.territory", Short: "ledger.short.territory", Group: group, Priority: 70,
			Enabled: func() (bool, string) {
				_, ok := p.current()
				return ok, look.T("ledger.no-territory")
			}, Run: p.signals},
		{Name: "ledger.period", Keys: []string{"f"}, Title: "ledger.action.period", Short: "ledger.short.period", Group: group, Priority: 60, Run: p.choosePeriod},
	}
	actions = append(actions, kit.Action{Name: "ledger.briefing", Keys: []string{"="}, Title: "briefing.action.go", Group: group,
		Run: func() tea.Cmd { return p.s.Shell.Go(session.PageBriefing, "") }})
	return append(actions, p.list.Actions(group)...)
}
