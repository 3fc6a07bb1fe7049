// Package visits is the page of the reps' reports, newest first. It never holds
// more of them than one has scrolled through.
package visits

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

// Page is the page of visits. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	seen          stamp

	filter filter
	query  string // as typed
	asked  string // the reading whose answer is awaited; "" for none
	tries  int
	names  map[string]string // account → what the text filter looks through; nil: to be made
	accept map[string]bool   // the accounts of the place filtered by; nil: all

	visits []model.Visit // that were read, newest first
	ids    []string
	places map[string]int              // id → place in visits
	before model.Date                  // the day from which on older ones lie; 0: all are read
	twins  map[model.RowID]model.Visit // visits that may be there twice, each with the other
	weeks  map[model.Date]totals
	paces  []pace
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, weeks: map[model.Date]totals{}}
	p.list = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.visits) }, ID: func(i int) string { return p.ids[i] },
		Index: func(id string) int {
			if i, ok := p.places[id]; ok {
				return i
			}
			return -1
		},
		Fresh: func(i int) string {
			return s.ChangedBy(p.visits[i].Key())
		},
		Row: p.row, Heading: p.heading, Filter: func(query string) { p.query = query },
	}, kit.Options{Name: "visits", Markable: true, NoFoot: true, Empty: "visits.reading", Filtered: "visits.reading"})
	p.list.OnOpen = func(id string) tea.Cmd {
		return forms.Read(p.s, p.visits[p.places[id]])
	}
	p.list.OnMove = func(string) tea.Cmd { return p.readAhead() }
	return p
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
	p.names = nil
	p.choosePlace()
	p.count()
	return p.readFrom(0, max(len(p.visits), pageOf))
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.split.Share = 1 - sumsWidth/float64(max(width-3, sumsWidth+1))
	room, _ := p.rooms()
	p.list.SetColumns(tables.Visits.Page())
	p.list.SetSize(room.W-1, max(room.H-1, 0))
	p.count()
}

// sumsWidth is the width of the totals beside the list.
const sumsWidth = 38

// rooms are those of the list, with the line of the filters above it, and of the
// totals, which only stand there when the page is wide.
func (p *Page) rooms() (list, sums kit.Rect) {
	if !p.split.Wide(p.width) {
		return kit.Rect{W: p.width, H: p.height}, kit.Rect{}
	}
	return p.split.Rooms(p.width, p.height)
}

// Update answers keys, the mouse and what was read.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[batch]:
		return p.take(msg)
	case tea.KeyMsg:
		return tea.Batch(p.list.Update(msg), p.follow())
	case tea.MouseMsg:
		room, _ := p.rooms()
		if !room.Contains(msg) {
			return nil
		}
		msg.Y--
		return p.list.Update(msg)
	}
	return nil
}

// follow reads anew when the text filter has changed.
func (p *Page) follow() tea.Cmd {
	if p.query == p.filter.text {
		return nil
	}
	p.filter.text = p.query
	return p.restart()
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back takes the marks away. Filters are lifted by an action of their own, since
// that means reading anew.
func (p *Page) Back() bool {
	marked := len(p.list.Marked()) > 0
	p.list.Unmark()
	return marked
}

// Open shows the visits of an account, a rep (rep:CODE), or a territory or region
// (place:CODE or PATH).
func (p *Page) Open(target string) tea.Cmd {
	p.list.SetFilter("")
	p.query = ""
	switch kind, code, found := strings.Cut(target, ":"); {
	case found && kind == "rep":
		p.filter = filter{rep: code}
	case found && kind == "place":
		p.filter = filter{place: code}
	default:
		p.filter = filter{account: target}
	}
	return p.restart()
}

// current is the visit under the cursor.
func (p *Page) current() (model.Visit, bool) {
	i := p.list.CursorIndex()
	if i < 0 {
		return model.Visit{}, false
	}
	return p.visits[i], true
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	room, sums := p.rooms()
	lines := append([]string{p.filterLine(room.W)}, strings.Split(p.list.View(), "\n")...)
	list := kit.Block(lines, room.W, room.H)
	if sums.W == 0 {
		return list
	}
	return p.split.Join(p.s.Look, p.width, p.height, list, kit.Block(p.sumLines(sums.W), sums.W, sums.H))
}
