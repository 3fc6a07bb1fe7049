// Package campaigns is the page of marketing's campaigns on a time line, with how
// ready the territories are for the one under the cursor, and what moving it would
// do to the signals.
package campaigns

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page of campaigns. Make it with New.
type Page struct {
	s             *session.Session
	width, height int

	list  *kit.Table // one row a campaign
	areas *kit.Table // the territories of the campaign in view
	facts *kit.Scroll

	rows     []model.Campaign // those the filter lets through, in order
	past     int              // the first row of the campaigns that are over; len(rows): none, or sorted otherwise
	total    int
	query    string
	column   string
	falling  bool
	seen     stamp
	found    map[string]progress // by campaign, for the revision seen
	shown    progress            // of the campaign in view, moved or not
	shownFor shownKey

	first  model.Date // the Monday at which the time line begins
	move   *move
	opened string          // code of the campaign that has the page for itself
	known  map[string]bool // the campaigns there were when one was begun; nil: none is expected
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, found: map[string]progress{}, facts: kit.NewScroll(s.Look)}
	p.list = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.rows[i].Code },
		Row: p.row, Heading: p.heading, Total: func() int { return p.total }, Filter: p.filter, Sort: p.sort,
		Fresh: func(i int) string {
			return s.ChangedBy(model.Key{Table: model.TableCampaigns, Code: p.rows[i].Code})
		},
	}, kit.Options{Name: "campaigns", Markable: true, NoFoot: true, Empty: "campaigns.empty"})
	p.list.OnOpen = func(code string) tea.Cmd { p.open(code); return nil }
	p.list.OnMove = func(string) tea.Cmd { p.look(); return nil }
	p.areas = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.shown.areas) }, ID: func(i int) string { return p.shown.areas[i].area.Code },
		Row: p.areaRow,
	}, kit.Options{NoFoot: true, Empty: "campaigns.areas.empty"})
	p.areas.OnOpen = p.openArea
	p.areas.Focus(false)
	return p
}

// Refresh takes up the Book, the day and the language anew.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	p.seen = now
	clear(p.found)
	p.arrange()
	if p.move != nil && !p.move.still(p.s) {
		p.move = nil
	}
	if _, ok := p.s.Book.Campaign(p.opened); p.opened != "" && !ok {
		p.close()
	}
	p.showExpected()
	p.shownFor = shownKey{}
	cmd := p.count()
	p.layout()
	p.look()
	if p.move != nil {
		p.move.judge(p.s)
	}
	return cmd
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	if p.first == 0 {
		p.today()
	}
	p.layout()
}

// inView is the campaign the lower part is about, as it would be after a move.
func (p *Page) inView() (model.Campaign, bool) {
	code := p.opened
	if code == "" {
		code = p.list.Cursor()
	}
	if p.move != nil && p.move.campaign.Code == code {
		return p.move.campaign, true
	}
	return p.s.Book.Campaign(code)
}

// Update answers keys, the mouse and messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case countMore:
		if msg.revision != p.seen.revision {
			return nil
		}
		return p.count()
	case judgeNow:
		if p.move != nil && p.move.tries == msg.tries {
			p.move.judge(p.s)
		}
	case tea.KeyMsg:
		if p.areas.Focused() {
			return p.areas.Update(msg)
		}
		if p.move != nil {
			p.s.Shell.Fail(p.s.Look.T("campaigns.move.first"))
			return nil
		}
		return p.list.Update(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	switch {
	case m.Button == tea.MouseButtonWheelLeft:
		return p.scroll(-1)
	case m.Button == tea.MouseButtonWheelRight:
		return p.scroll(1)
	}
	upper, lower := p.rooms()
	if p.opened == "" && upper.Contains(m) {
		if p.move != nil {
			return nil
		}
		if kit.Clicked(m) {
			p.focus(false)
		}
		upper.Y, upper.H = upper.Y+1, upper.H-1
		return p.list.Update(upper.Relative(m))
	}
	lower.Y += p.factsHeight()
	if lower.Contains(m) {
		if kit.Clicked(m) && m.Y > lower.Y {
			p.focus(true)
		}
		return p.areas.Update(lower.Relative(m))
	}
	return nil
}

// focus brings the territories to the front, or the list.
func (p *Page) focus(areas bool) {
	p.areas.Focus(areas)
	p.list.Focus(!areas)
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() || p.areas.Capturing() }

// Back goes one step back: drops a move, closes the campaign, leaves the
// territories, lifts the filter.
func (p *Page) Back() bool {
	switch {
	case p.move != nil:
		p.drop()
	case p.opened != "":
		p.close()
	case p.areas.Focused():
		p.focus(false)
	default:
		return p.list.Back()
	}
	return true
}

// Open goes to a campaign.
func (p *Page) Open(code string) tea.Cmd {
	campaign, ok := p.s.Book.Campaign(code)
	if !ok {
		return nil
	}
	if !p.list.Select(code) {
		p.list.SetFilter("")
		p.list.Select(code)
	}
	p.reveal(campaign)
	p.open(code)
	return nil
}

// Opened is the campaign that is open, as Open takes it.
func (p *Page) Opened() string { return p.opened }

func (p *Page) open(code string) {
	if p.move != nil && p.move.campaign.Code != code {
		p.move = nil
	}
	p.opened = code
	p.facts.Top()
	p.focus(true)
	p.layout()
	p.look()
}

func (p *Page) close() {
	p.opened = ""
	p.focus(false)
	p.layout()
	p.look()
}

// openArea goes to the signal of a territory for this campaign, or to the
// territory where there is none.
func (p *Page) openArea(code string) tea.Cmd {
	campaign, ok := p.inView()
	if !ok {
		return nil
	}
	for _, signal := range p.s.Signals() {
		if signal.Territory == code && signal.Campaign == campaign.Code {
			return p.s.Shell.Go(session.PageSignals, session.SignalTarget(signal.Key()))
		}
	}
	return p.s.Shell.Go(session.PageTerritories, code)
}
