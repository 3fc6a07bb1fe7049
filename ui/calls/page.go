// Package calls is the page of telemarketing's calls, newest first: those of all, of a
// campaign or of one account, with how they ended.
package calls

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

// Page is the page of calls. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	seen          stamp

	campaign, account string // what the calls are narrowed to; "": all
	query             string
	asked             string // the reading whose answer is awaited
	tries             int
	read              []model.Call // newest first
	calls             []model.Call // those of them that the filter lets through
	places            map[string]int
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s}
	p.list = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.calls) }, ID: func(i int) string { return idOf(p.calls[i]) },
		Index: func(id string) int {
			if i, ok := p.places[id]; ok {
				return i
			}
			return -1
		},
		Total: func() int { return len(p.read) }, Filter: p.filter, Heading: p.heading,
		Fresh: func(i int) string { return s.ChangedBy(p.calls[i].Key()) },
		Row:   func(i int) kit.Row { return kit.Row{Cells: tables.Calls.Cells(s.View(), p.calls[i])} },
	}, kit.Options{Name: "calls", Markable: true, NoFoot: true, Empty: "calls.reading", Filtered: "calls.none.filtered"})
	p.list.OnOpen = func(id string) tea.Cmd { return forms.Read(p.s, p.calls[p.places[id]]) }
	return p
}

func idOf(c model.Call) string {
	return c.Account + "\x00" + strconv.Itoa(int(c.Date)) + "\x00" + strconv.Itoa(int(c.Time)) + "\x00" + c.Agent + "\x00" + c.ID.String()
}

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	again := now.revision != p.seen.revision
	p.seen = now
	p.list.Refresh()
	if !again {
		return nil
	}
	return p.load()
}

// load reads the calls that the page is narrowed to.
func (p *Page) load() tea.Cmd {
	p.tries++
	p.asked = "calls " + strconv.Itoa(p.tries)
	campaign, account, store := p.campaign, p.account, p.s.Store
	return session.Load(p.asked, func() (calls []model.Call, err error) {
		if account != "" {
			return store.AccountCalls(account, 0)
		}
		for record, err := range store.Records(model.TableCalls) {
			if err != nil {
				return nil, err
			}
			if c, ok := record.(model.Call); ok && (campaign == "" || c.Campaign == campaign) {
				calls = append(calls, c)
			}
		}
		slices.SortStableFunc(calls, func(a, b model.Call) int {
			return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.Time, a.Time), strings.Compare(a.Account, b.Account))
		})
		return calls, nil
	})
}

// filter takes the calls over that match what is typed.
func (p *Page) filter(typed string) {
	p.query = typed
	query := kit.NewQuery(typed)
	p.calls, p.places = p.calls[:0:0], map[string]int{}
	for _, c := range p.read {
		if query.Empty() || query.Contains(kit.Fold(p.words(c))) {
			p.places[idOf(c)] = len(p.calls)
			p.calls = append(p.calls, c)
		}
	}
}

// words is what a filter finds in a call: all that its row shows.
func (p *Page) words(c model.Call) string {
	said := []string{c.Account, p.s.AccountName(c.Account), c.Agent, p.s.Look.T("call.outcome." + c.Outcome.String()), p.s.CampaignName(c.Campaign), c.Campaign, c.Note}
	said = append(said, c.Guests...)
	if l := p.s.Book.Account(c.Account); l != nil {
		said = append(said, l.Address.City, p.s.AreaName(l.Territory))
	}
	return strings.Join(said, " ")
}

// heading parts the calls by weeks.
func (p *Page) heading(i int) kit.Cell {
	monday := p.calls[i].Date.Monday()
	if i > 0 && p.calls[i-1].Date.Monday() == monday {
		return kit.Cell{}
	}
	print := p.s.Look.Text
	return kit.Cell{Text: " " + print.Week(monday) + " · " + print.Day(monday) + " – " + print.Date(monday+6), Role: kit.Heading}
}

// sumsWidth is the width of the sums beside the list.
const sumsWidth = 36

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.split.Share = 1 - sumsWidth/float64(max(width-3, sumsWidth+1))
	room, _ := p.rooms()
	p.list.SetColumns(tables.Calls.Page())
	p.list.SetSize(room.W-1, max(room.H-1, 0))
}

func (p *Page) rooms() (list, sums kit.Rect) {
	if !p.split.Wide(p.width) {
		return kit.Rect{W: p.width, H: p.height}, kit.Rect{}
	}
	return p.split.Rooms(p.width, p.height)
}

// Update answers keys, the mouse and what was read.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[[]model.Call]:
		if msg.For != p.asked {
			return nil
		}
		if msg.Err != nil {
			p.s.Shell.Fail(p.s.ErrorText(msg.Err))
			return nil
		}
		p.read = msg.Value
		p.list.SetOptions(kit.Options{Markable: true, NoFoot: true, Empty: "calls.none", Filtered: "calls.none.filtered"})
		p.filter(p.query)
		p.list.Refresh()
	case tea.KeyMsg:
		return p.list.Update(msg)
	case tea.MouseMsg:
		if room, _ := p.rooms(); room.Contains(msg) {
			msg.Y--
			return p.list.Update(msg)
		}
	}
	return nil
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts marks and filter.
func (p *Page) Back() bool { return p.list.Back() }

// Open shows the calls of a campaign (campaign:CODE), of an account, or all ("").
func (p *Page) Open(target string) tea.Cmd {
	campaign, ok := strings.CutPrefix(target, session.CallsOfCampaign+":")
	p.campaign, p.account = "", ""
	if ok {
		p.campaign = campaign
	} else {
		p.account = target
	}
	p.list.SetFilter("")
	return p.load()
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	room, sums := p.rooms()
	lines := append([]string{p.titleLine(room.W)}, strings.Split(p.list.View(), "\n")...)
	list := kit.Block(lines, room.W, room.H)
	if sums.W == 0 {
		return list
	}
	return p.split.Join(p.s.Look, p.width, p.height, list, kit.Block(p.sumLines(sums.W), sums.W, sums.H))
}

func (p *Page) titleLine(width int) string {
	look := p.s.Look
	left := " " + look.Paint(kit.Dim, look.T("calls.all"))
	switch {
	case p.campaign != "":
		left = " " + look.Paint(kit.Strong, kit.Clean(p.s.CampaignName(p.campaign)))
	case p.account != "":
		left = " " + look.Paint(kit.Strong, kit.Clean(p.s.AccountName(p.account)))
	}
	return kit.Sides(left, look.Paint(kit.Dim, "  "+look.Text.N("calls.count", len(p.calls))+" "), width)
}

// sumLines are how the calls that show ended, and how many accounts they were about.
func (p *Page) sumLines(width int) []string {
	look, print := p.s.Look, p.s.Look.Text
	counts := map[model.CallOutcome]int{}
	tried, reached := map[string]bool{}, map[string]bool{}
	for _, c := range p.calls {
		counts[c.Outcome]++
		tried[c.Account] = true
		if c.Outcome.Reached() {
			reached[c.Account] = true
		}
	}
	campaign, narrowed := p.s.Book.Campaign(p.campaign)
	targets := 0
	if narrowed {
		for _, area := range p.s.Book.CampaignAreas(campaign) {
			for _, l := range area.Accounts() {
				if !l.Inactive && p.s.Book.AimsAt(campaign, &l.Account) {
					targets++
				}
			}
		}
	}
	digits := kit.Width(print.Int(max(len(p.calls), targets)))
	pair := func(label string, n int) kit.Pair {
		number := print.Int(n)
		return kit.Pair{Label: label, Value: kit.Cell{Text: kit.Blank(digits-kit.Width(number)) + number}}
	}
	lines := []string{look.Paint(kit.Heading, kit.Truncate(look.T("calls.sum.title"), width))}
	pairs := []kit.Pair{pair("calls.sum.attempts", len(p.calls)), pair("calls.sum.accounts", len(tried)), pair("calls.sum.reached", len(reached))}
	if narrowed {
		pairs = append([]kit.Pair{pair("campaigns.column.targets", targets)}, pairs...)
	}
	lines = append(append(lines, kit.KeyValue(look, pairs, width, 1)...), "", look.Paint(kit.Heading, kit.Truncate(look.T("calls.sum.outcomes"), width)))
	pairs = pairs[:0]
	for outcome := model.CallReached; outcome <= model.CallWrongNumber; outcome++ {
		if n := counts[outcome]; n > 0 {
			pairs = append(pairs, pair("call.outcome."+outcome.String(), n))
		}
	}
	return append(lines, kit.KeyValue(look, pairs, width, 1)...)
}
