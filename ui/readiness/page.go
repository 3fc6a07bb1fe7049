// Package readiness is the page that says what signals still lack, and offers what
// would mend it, each as one step.
package readiness

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model/ready"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// Ways that lead to another page or a form of its own.
const (
	wayImport   ready.Way = "import"
	wayCampaign ready.Way = "campaign"
)

// row is one offer.
type row struct {
	gap  ready.Gap
	way  ready.Way
	plan ready.Plan
}

func (r row) id() string { return string(r.gap.Kind) + "/" + string(r.way) }

// Page is the page; make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	about         *kit.Scroll

	rows   []row
	owners map[string]string
	shares []int // of the classes but the last, in percent
	seen   stamp
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, split: kit.Split{Share: 0.55}, about: kit.NewScroll(s.Look)}
	p.list = kit.NewTable(s.Look, []kit.Column{
		{Key: "offer", Title: "ready.column.offer", Min: 30, Ideal: 46, Flex: 2, Priority: 2},
		{Key: "size", Title: "ready.column.size", Align: kit.AlignRight, Min: 12, Ideal: 30, Flex: 1, Priority: 1},
	}, kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.rows[i].id() },
		Row: p.row, Heading: p.heading,
	}, kit.Options{NoHead: true, NoFoot: true})
	p.list.OnMove = func(string) tea.Cmd { p.about.Top(); p.explain(); return nil }
	p.list.OnOpen = func(string) tea.Cmd { return p.carryOut() }
	p.list.Focus(true)
	return p
}

// asked is what the owners are read under.
const asked = "ready.owners"

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	p.seen = now
	if p.owners != nil { // else the cursor would stay on what is not the best offer
		p.find()
	}
	return session.Load(asked, p.s.Store.Owners)
}

// find looks for gaps and works out what would mend them.
func (p *Page) find() {
	day, book := p.s.Day(), p.s.Book
	if n := len(book.Settings().ClassList()); len(p.shares) != max(n-1, 0) {
		p.shares = ready.Shares(book.Settings())
	}
	p.rows = nil
	for _, gap := range ready.Gaps(day, p.owners) {
		ways := gap.Ways
		switch gap.Kind {
		case ready.NoAccount, ready.NoVisit:
			ways = append(ways[:len(ways):len(ways)], wayImport)
		case ready.NoCampaign:
			ways = []ready.Way{wayCampaign}
		}
		if len(ways) == 0 { // what is missing stands in a file
			ways = []ready.Way{wayImport}
		}
		for _, way := range ways {
			p.rows = append(p.rows, row{gap, way, p.plan(way)})
		}
	}
	p.list.Refresh()
	p.explain()
}

// plan is what a way does that needs no answer first.
func (p *Page) plan(way ready.Way) ready.Plan {
	text, book := p.s.Look.Text, p.s.Book
	switch way {
	case ready.WayOwners:
		return ready.ByOwner(book, p.owners)
	case ready.WayPostcodes:
		return ready.ByPostcode(book)
	case ready.WayAreas:
		return ready.ByArea(book, 1, words.AreaTitle(text))
	case ready.WayOne:
		return ready.InOne(book, text.T("ready.all"))
	case ready.WayHolidays:
		return ready.ByLand(p.s.Book)
	case ready.WayRank:
		return ready.ByRank(book, p.shares)
	}
	return ready.Plan{}
}

// current is the offer under the cursor.
func (p *Page) current() (row, bool) {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.rows) {
		return p.rows[i], true
	}
	return row{}, false
}

func (p *Page) heading(i int) kit.Cell {
	if i > 0 && p.rows[i].gap.Kind == p.rows[i-1].gap.Kind {
		return kit.Cell{}
	}
	return kit.Cell{Text: "○ " + words.Gap(p.s.Look.Text, p.rows[i].gap), Role: kit.Heading}
}

func (p *Page) row(i int) kit.Row {
	r, text := p.rows[i], p.s.Look.Text
	title, size := kit.Cell{Text: words.Offer(text, r.gap.Kind, r.way)}, kit.Cell{Role: kit.Dim}
	if len(r.plan.Parts) > 0 {
		size.Text = words.MendSize(text, r.way, r.plan)
	}
	if err := p.refused(r); err != nil {
		title.Role = kit.Dim
		size.Text = text.T(whose(err))
	}
	return kit.Row{Cells: []kit.Cell{title, size}}
}

// explain says what is lacking and what the offer under the cursor would change.
func (p *Page) explain() {
	r, ok := p.current()
	_, about := p.rooms()
	if !ok {
		p.about.SetLines(nil)
		return
	}
	look, width := p.s.Look, max(about.W-2, 1)
	lines := kit.Paragraph(look, kit.Strong, words.Gap(look.Text, r.gap), width)
	lines = append(lines, kit.Paragraph(look, kit.Dim, words.GapWhy(look.Text, r.gap.Kind), width)...)
	if err := p.refused(r); err != nil {
		lines = append(append(lines, ""), kit.Paragraph(look, kit.Late, words.Offer(look.Text, r.gap.Kind, r.way)+": "+p.s.ErrorText(err), width)...)
	}
	if len(r.plan.Parts) > 0 {
		lines = append(lines, "", look.Paint(kit.Heading, kit.Truncate(words.Way(look.Text, r.way)+" · "+words.MendSize(look.Text, r.way, r.plan), width)))
		if r.way == ready.WayRank {
			lines = append(lines, kit.Paragraph(look, kit.Text, words.SharesText(look.Text, p.s.Book.Settings(), p.shares), width)...)
		}
		widest := 0
		for _, part := range r.plan.Parts {
			name, _ := words.MendPart(look.Text, r.way, part)
			widest = min(max(widest, kit.Width(kit.Clean(name))), width/2)
		}
		for _, part := range r.plan.Parts {
			name, what := words.MendPart(look.Text, r.way, part)
			lines = append(lines, look.Paint(kit.Text, "  "+kit.Fit(kit.Clean(name), widest, kit.AlignLeft)+"  ")+look.Paint(kit.Dim, kit.Truncate(kit.Clean(what), max(width-widest-4, 1))))
		}
		if r.plan.Left > 0 {
			lines = append(lines, kit.Paragraph(look, kit.Dim, words.MendLeft(look.Text, r.way, r.plan), width)...)
		}
	}
	p.about.SetLines(lines)
}

// headLines are the title, the hint and a blank line.
const headLines = 3

func (p *Page) rooms() (list, about kit.Rect) {
	list, about = p.split.Rooms(max(p.width-2, 0), max(p.height-headLines, 0))
	list.X, list.Y = list.X+1, list.Y+headLines
	about.X, about.Y = about.X+1, about.Y+headLines
	return list, about
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	list, about := p.rooms()
	p.list.SetSize(list.W, list.H)
	p.about.SetSize(max(about.W-2, 0), about.H)
	p.explain()
}

// Update answers messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[map[string]string]:
		if msg.For == asked {
			if msg.Err != nil {
				p.s.Shell.Fail(p.s.ErrorText(msg.Err))
				return nil
			}
			p.owners = msg.Value
			p.list.SetOptions(kit.Options{NoHead: true, NoFoot: true, Empty: "ready.none"})
			p.find()
		}
	case tea.KeyMsg:
		return p.list.Update(msg)
	case tea.MouseMsg:
		list, about := p.rooms()
		switch {
		case list.Contains(msg):
			return p.list.Update(list.Relative(msg))
		case about.Contains(msg):
			return p.about.Update(about.Relative(msg))
		}
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	look := p.s.Look
	lines := []string{" " + look.Paint(kit.Heading, look.T("ready.title")), " " + look.Paint(kit.Dim, kit.Truncate(look.T("ready.hint"), max(p.width-2, 1))), ""}
	_, about := p.rooms()
	text := strings.Split(p.about.View(), "\n")
	for i := range text {
		text[i] = kit.FitLine(" "+text[i], about.W)
	}
	body := p.split.Join(look, max(p.width-2, 0), max(p.height-headLines, 0), p.list.View(), strings.Join(text, "\n"))
	for line := range strings.SplitSeq(body, "\n") {
		lines = append(lines, " "+line)
	}
	return kit.Block(lines, p.width, p.height)
}

// Actions are the page's actions.
func (p *Page) Actions() []kit.Action {
	return []kit.Action{{
		Name: "ready.do", Keys: []string{"enter"}, Title: "ready.do.long", Short: "ready.do", Group: "page.ready", Priority: 90,
		Enabled: func() (bool, string) {
			r, ok := p.current()
			if !ok {
				return false, p.s.Look.T("ready.none")
			}
			err := p.refused(r)
			return err == nil, p.s.ErrorText(err)
		},
		Run: p.carryOut,
	}}
}

// Capturing says that keys are text.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back goes one step back.
func (p *Page) Back() bool { return false }

// Open goes to an offer by its name.
func (p *Page) Open(target string) tea.Cmd {
	p.list.Select(target)
	p.explain()
	return nil
}
