// Package figures is the page of what sales did: visits, reach, rhythm, appointments kept
// and orders at visits, by month, territory or class. No row is a person.
package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/figures"
	"doppelpass/model/review"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

const (
	titleLines = 2
	trendLines = 8 // with the rhythm by class, and blank lines
	footLines  = 1
	// pageOf is how many visits are read at a time.
	pageOf = 20_000
)

// periods are the lengths that can be looked at, in months.
var periods = [...]int{3, 6, 12, 24}

// Page is the page of figures. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	months        int
	by            figures.By
	rep           string // whose own they are; "": everybody's together
	list          *kit.Table
	seen          stamp
	asked         string // what is being reckoned; "": nothing
	made          reckoned
	rows          []tables.Figure
	query         string
}

// stamp is what the figures were made from.
type stamp struct {
	revision int
	today    model.Date
	months   int
	rep      string
}

// reckoned are the figures by each way.
type reckoned struct {
	first, last model.Date
	rows        map[figures.By][]figures.Row
	all         figures.Sums
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, months: 6, by: figures.ByMonth}
	p.list = kit.NewTable(s.Look, p.columns(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return id(p.rows[i]) },
		Row:    func(i int) kit.Row { return kit.Row{Cells: tables.Figures.Cells(s.View(), p.rows[i])} },
		Filter: func(query string) { p.query = query; p.sift() }, Total: func() int { return len(p.made.rows[p.by]) },
	}, kit.Options{Name: "figures", Empty: "figures.none", NoFoot: true})
	p.list.OnOpen = func(string) tea.Cmd { return p.territory() }
	return p
}

// columns are the table's, the first headed by what its rows are.
func (p *Page) columns() []kit.Column {
	columns := tables.Figures.Page()
	columns[0].Title = "figures.row." + string(p.by)
	return columns
}

func id(r tables.Figure) string {
	if r.Sum {
		return "sum"
	}
	return fmt.Sprintf("%s %s %s", r.Month, r.Territory, r.Class)
}

// Refresh takes up the Book and the day anew; what is reckoned is read from the store.
func (p *Page) Refresh() tea.Cmd {
	if p.rep != "" && !p.s.Book.MaySeeFigures(p.s.Actor, p.rep) { // fair mode was switched on meanwhile
		p.rep = ""
	}
	now := stamp{p.s.Revision(), p.s.Today, p.months, p.rep}
	if now == p.seen {
		p.list.Refresh()
		return nil
	}
	p.seen = now
	p.asked = fmt.Sprint(now)
	t := p.s.Today.Time()
	first := max(model.NewDate(t.Year(), t.Month()-time.Month(p.months-1), 1), model.FirstDate)
	s, today, read, rep := p.s.Store, p.s.Today, p.s.Read, p.rep
	return session.Load(p.asked, func() (reckoned, error) { return reckon(s, read, first, today, rep) })
}

// reckon reads the visits that brought something and what became of planned ones, and
// makes the figures.
func reckon(s *store.Store, read func(func(*model.Book)), first, last model.Date, rep string) (made reckoned, err error) {
	var ordered []model.Visit
	for q := (store.VisitQuery{First: first, Last: last, Limit: pageOf}); ; {
		visits, before, err := s.Visits(q)
		if err != nil {
			return made, err
		}
		for _, v := range visits {
			if review.Ordered(v) {
				ordered = append(ordered, v)
			}
		}
		if before == 0 || before-1 < first {
			break
		}
		q.Last = before - 1
	}
	var settled []model.SettledVisit
	for record, err := range s.Records(model.TableSettled) {
		if err != nil {
			return made, err
		}
		if v := record.(model.SettledVisit); v.Date >= first && v.Date <= last {
			settled = append(settled, v)
		}
	}
	made = reckoned{first: first, last: last, rows: map[figures.By][]figures.Row{}}
	for _, by := range figures.Ways {
		read(func(book *model.Book) {
			made.rows[by], made.all = figures.Make(book.On(last), figures.Frame{First: first, Last: last, By: by,
				Wanted: func(area *model.Area) bool { return rep == "" || area.Rep == rep }, Visits: slices.Values(ordered), Settled: slices.Values(settled)})
		})
	}
	return made, nil
}

// sift keeps the rows that the filter lets through, and puts their sum below.
func (p *Page) sift() {
	query := kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	for _, r := range p.made.rows[p.by] {
		if query.Empty() || query.Contains(kit.Fold(tables.FigureRow(p.s.View(), r)+" "+r.Territory)) {
			p.rows = append(p.rows, tables.Figure{Row: r})
		}
	}
	if query.Empty() && len(p.rows) > 1 {
		p.rows = append(p.rows, tables.Figure{Row: figures.Row{Sums: p.made.all}, Sum: true})
	}
	p.list.Refresh()
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.SetSize(width, max(height-titleLines-trendLines-footLines, 0))
}

// Update answers keys and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[reckoned]:
		if msg.For != p.asked {
			return nil
		}
		p.asked = ""
		if msg.Err != nil {
			p.s.Shell.Fail(p.s.ErrorText(msg.Err))
			return nil
		}
		p.made = msg.Value
		p.sift()
	case tea.KeyMsg:
		return p.list.Update(msg)
	case tea.MouseMsg:
		top := titleLines + trendLines
		return p.list.Update(kit.Rect{Y: top, W: p.width, H: p.height - top}.Relative(msg))
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look := p.s.Look
	title := kit.Span{Text: " " + look.T("figures.page.title"), Role: kit.Heading}
	if p.rep != "" {
		title.Text += " · " + kit.Clean(p.s.Book.RepName(p.rep))
	}
	said := look.T("ledger.reckoning")
	if p.asked == "" {
		said = look.T("figures.page.period", text.Args{"From": look.Text.DayOf(p.made.first, p.s.Today), "To": look.Text.DayOf(p.made.last, p.s.Today), "By": look.T("figures.by." + string(p.by))})
	}
	lines := []string{kit.Line(look, p.width, title, kit.Span{Text: "   " + said, Role: kit.Dim}), kit.Blank(p.width)}
	lines = append(lines, p.trend()...)
	lines = append(lines, strings.Split(p.list.View(), "\n")...)
	lines = append(lines, kit.Line(look, p.width, kit.Span{Text: " " + look.T("figures.page.legend"), Role: kit.Dim}))
	return kit.Block(lines, p.width, p.height)
}

// trend draws the months side by side, and the rhythm by class; trendLines lines.
func (p *Page) trend() []string {
	look := p.s.Look
	var lines []string
	trends, widest := tables.FigureTrends(look.Text, p.made.rows[figures.ByMonth]), 0
	for _, t := range trends {
		if n := len(t.Says); n > 1 {
			widest = max(widest, kit.Width(t.Says[0]+t.Says[n-2]))
		}
	}
	for _, t := range trends {
		spans := []kit.Span{{Text: " " + kit.Fit(t.Title, 22, kit.AlignLeft), Role: kit.Dim}, {Text: kit.SparklineTo(t.Values, t.Top, p.months), Role: kit.Sales}}
		if n := len(t.Says); n > 1 {
			spans = append(spans, kit.Span{Text: "  " + t.Says[0], Role: kit.Dim}, kit.Span{Text: " → ", Role: kit.Dim}, kit.Span{Text: t.Says[n-2], Role: kit.Strong},
				kit.Span{Text: kit.Blank(widest-kit.Width(t.Says[0]+t.Says[n-2])+3) + look.T("figures.trend.now", text.Args{"Now": t.Says[n-1]}), Role: kit.Dim})
		}
		lines = append(lines, kit.Line(look, p.width, spans...))
	}

	spans := []kit.Span{{Text: " " + kit.Fit(look.T("figures.trend.class"), 22, kit.AlignLeft), Role: kit.Dim}}
	for _, r := range p.made.rows[figures.ByClass] {
		spans = append(spans, kit.Span{Text: tables.FigureRow(p.s.View(), r) + " ", Role: kit.Text})
		spans = append(spans, kit.BarSpans(tables.Share(r.InRhythm, r.Rhythmic), 8, kit.Sales)...)
		spans = append(spans, kit.Span{Text: " " + tables.FigureShare(look.Text, r.InRhythm, r.Rhythmic) + "   ", Role: kit.Strong})
	}
	return append(lines, kit.Blank(p.width), kit.Line(look, p.width, spans...), kit.Blank(p.width))
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts the filter.
func (p *Page) Back() bool { return p.list.Back() }

// Open has nothing to go to.
func (p *Page) Open(string) tea.Cmd { return nil }

// current is the row under the cursor, if it is a territory's.
func (p *Page) current() (figures.Row, bool) {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.rows) && p.rows[i].Territory != "" {
		return p.rows[i].Row, true
	}
	return figures.Row{}, false
}

func (p *Page) territory() tea.Cmd {
	if r, ok := p.current(); ok {
		return p.s.Shell.Go(session.PageTerritories, r.Territory)
	}
	return nil
}

// otherWay sums up by the next way.
func (p *Page) otherWay() tea.Cmd {
	i := slices.Index(figures.Ways[:], p.by)
	p.by = figures.Ways[(i+1)%len(figures.Ways)]
	p.list.SetColumns(p.columns())
	p.sift()
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

// chooseRep asks whose own figures to show, among those that the person may see.
func (p *Page) chooseRep() tea.Cmd {
	look := p.s.Look
	options := []kit.Option{{Value: "", Label: "figures.rep.all"}}
	for _, rep := range p.reps() {
		options = append(options, kit.Option{Value: rep.Code, Label: cmp.Or(rep.Name, rep.Code), Detail: rep.Code})
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("figures.action.rep"), look.T("figures.rep.ask"), options, func(value string) tea.Cmd {
		p.rep = value
		return tea.Batch(p.s.LookAt(value), p.Refresh())
	}))
}

// reps are those whose own figures the person may see.
func (p *Page) reps() (list []model.Rep) {
	for _, rep := range p.s.Book.Reps() {
		if p.s.Book.MaySeeFigures(p.s.Actor, rep.Code) {
			list = append(list, rep)
		}
	}
	return list
}

// Sheet are the figures as they show, to take along.
func (p *Page) Sheet() (exchange.Sheet, string) {
	rows := slices.DeleteFunc(slices.Clone(p.rows), func(r tables.Figure) bool { return r.Sum })
	return tables.Figures.Sheet(p.s.View(), slices.Values(rows)), p.s.Look.T("figures.file.name")
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.figures"
	look := p.s.Look
	actions := []kit.Action{
		{Name: "figures.territory", Keys: []string{"enter"}, Title: "ledger.action.territory", Short: "ledger.short.territory", Group: group, Priority: 60,
			Enabled: func() (bool, string) {
				_, ok := p.current()
				return ok, look.T("ledger.no-territory")
			}, Run: p.territory},
		{Name: "figures.by", Keys: []string{"tab"}, Title: "figures.action.by", Short: "figures.short.by", Group: group, Priority: 80, Run: p.otherWay},
		{Name: "figures.rep", Keys: []string{"r"}, Title: "figures.action.rep", Short: "figures.short.rep", Group: group, Priority: 65,
			Enabled: func() (bool, string) { return len(p.reps()) > 0, look.T("figures.rep.none") }, Run: p.chooseRep},
		{Name: "figures.period", Keys: []string{"f"}, Title: "ledger.action.period", Short: "ledger.short.period", Group: group, Priority: 70, Run: p.choosePeriod},
	}
	return append(actions, p.list.Actions(group)...)
}
