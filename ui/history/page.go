// Package history is the page of what was changed, by whom and when: each step with
// what stood there before and after, and from which it can be undone and done again.
package history

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Page is the page of the history. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	changes       *changes
	seen          stamp

	entries []store.Entry // all that are loaded, newest first
	rows    []int         // places in entries that the filter lets through
	query   string
	narrow  narrow
	more    bool   // there are older ones that are not loaded
	asked   string // the reading whose answer is awaited; "" for none
	wanted  uint64 // the step to go to once it is loaded
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, split: kit.Split{Share: 0.5}, changes: newChanges(s)}
	p.list = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return strconv.FormatUint(p.entry(i).Step, 10) },
		Row: p.row, Heading: p.heading, Filter: p.filter, Total: func() int { return len(p.entries) },
	}, kit.Options{Name: "history", Empty: "history.empty"})
	p.list.OnMove = func(string) tea.Cmd { return tea.Batch(p.loadAhead(), p.look()) }
	return p
}

func (p *Page) entry(row int) store.Entry { return p.entries[p.rows[row]] }

// current is the step under the cursor.
func (p *Page) current() (at int, ok bool) {
	row := p.list.CursorIndex()
	if row < 0 {
		return 0, false
	}
	return p.rows[row], true
}

// Refresh takes up what has changed: the newest steps, and the earlier ones that
// may have been undone.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	p.seen = now
	p.list.Refresh()
	p.changes.refresh()
	return p.load(0, max(len(p.entries), pageOf))
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.SetColumns(tables.HistoryPage.Page())
	p.layOut()
}

// layOut gives the list and what the step changed their rooms.
func (p *Page) layOut() {
	list, changes := p.split.Rooms(p.width, p.height)
	empty := "history.empty"
	if p.narrow != (narrow{}) {
		empty = "history.narrow.none"
	}
	p.list.SetOptions(kit.Options{Empty: empty})
	p.list.SetSize(list.W-1, max(list.H-p.headHeight(), 0))
	p.changes.setSize(changes.W, changes.H)
}

// headHeight is the line of the filters, where there are any.
func (p *Page) headHeight() int {
	if p.narrow == (narrow{}) {
		return 0
	}
	return 1
}

// Update answers keys, the mouse and what was loaded.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[[]store.Entry]:
		return tea.Batch(p.take(msg), p.look())
	case session.Loaded[stepEdits]:
		p.changes.take(msg)
		return p.look()
	case tea.KeyMsg:
		if p.changes.focused {
			return p.changes.scroll.Update(msg)
		}
		return p.inList(msg)
	case tea.MouseMsg:
		return p.split.Route(msg, p.width, p.height, p.focus, func(m tea.MouseMsg) tea.Cmd {
			m.Y -= p.headHeight()
			if m.Y < 0 {
				return nil
			}
			return p.inList(m)
		}, func(m tea.MouseMsg) tea.Cmd { return p.changes.mouse(m) })
	}
	return nil
}

// inList hands a message to the list; the filter looks through everything.
func (p *Page) inList(msg tea.Msg) tea.Cmd {
	cmd := p.list.Update(msg)
	if p.query != "" {
		cmd = tea.Batch(cmd, p.loadOn(searchPage))
	}
	return tea.Batch(cmd, p.look())
}

// focus turns to what the step changed, or back to the list.
func (p *Page) focus(changes bool) {
	p.changes.focused = changes
	p.list.Focus(!changes)
}

// look has what the step under the cursor changed read, unless it is there.
func (p *Page) look() tea.Cmd {
	at, ok := p.current()
	if !ok {
		p.changes.show(nil)
		return nil
	}
	return p.changes.show(&p.entries[at])
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back goes back to the list, lifts what was typed, then the filters.
func (p *Page) Back() bool {
	switch {
	case p.changes.focused:
		p.focus(false)
	case p.list.Back():
	case p.narrow != (narrow{}):
		p.narrow, p.entries, p.rows = narrow{}, nil, nil
		p.seen = stamp{} // to be read anew
		p.layOut()
	default:
		return false
	}
	return true
}

// Open goes to a step by its number, or shows the history of one record.
func (p *Page) Open(step string) tea.Cmd {
	if key, ok := session.ParseHistoryTarget(step); ok {
		return p.setNarrow(narrowTo(key))
	}
	number, err := strconv.ParseUint(step, 10, 64)
	if err != nil {
		return nil
	}
	p.list.SetFilter("")
	p.wanted = number
	if p.narrow != (narrow{}) {
		return p.setNarrow(narrow{})
	}
	return p.seek()
}

// seek goes to the wanted step, loading on until it is there.
func (p *Page) seek() tea.Cmd {
	if p.wanted == 0 {
		return nil
	}
	if p.list.Select(strconv.FormatUint(p.wanted, 10)) || !p.more {
		p.wanted = 0
		return nil
	}
	return p.loadOn(searchPage)
}

// The number of steps read at a time, and the distance from the end at which more
// are read.
const (
	pageOf     = 200
	searchPage = 2000
	ahead      = 50
)

// load reads steps before one (0: from the latest).
func (p *Page) load(before uint64, limit int) tea.Cmd {
	p.asked = strconv.FormatUint(before, 10) + " " + strconv.Itoa(limit) + " " + strconv.Itoa(p.seen.revision)
	p.asked += " " + p.narrow.String()
	s, query := p.s.Store, p.narrow.query()
	query.Before, query.Limit = before, limit
	return session.Load(p.asked, func() ([]store.Entry, error) { return s.FindHistory(query) })
}

func (p *Page) loadOn(limit int) tea.Cmd {
	if p.asked != "" || !p.more || len(p.entries) == 0 {
		return nil
	}
	return p.load(p.entries[len(p.entries)-1].Step, limit)
}

// loadAhead reads on when the cursor nears the end.
func (p *Page) loadAhead() tea.Cmd {
	if p.list.CursorIndex() < len(p.rows)-ahead {
		return nil
	}
	return p.loadOn(pageOf)
}

// take adds what was loaded, unless something else has been asked for since.
func (p *Page) take(msg session.Loaded[[]store.Entry]) tea.Cmd {
	if msg.For != p.asked {
		return nil
	}
	p.asked = ""
	if msg.Err != nil {
		p.s.Shell.Fail(p.s.ErrorText(msg.Err))
		return nil
	}
	fields := strings.Fields(msg.For)
	limit, _ := strconv.Atoi(fields[1])
	p.more = len(msg.Value) >= limit
	newest := p.list.CursorIndex() <= 0
	if fields[0] == "0" {
		p.entries = nil
	}
	p.entries = append(p.entries, msg.Value...)
	p.sift()
	if newest && len(p.rows) > 0 { // who looks at the newest step goes on doing so
		p.list.Select(strconv.FormatUint(p.entry(0).Step, 10))
	}
	if p.query != "" && p.more {
		return p.loadOn(searchPage)
	}
	return p.seek()
}

// filter narrows the steps to those that match.
func (p *Page) filter(query string) {
	p.query = query
	p.sift()
}

// sift makes the rows anew.
func (p *Page) sift() {
	query := kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	for i, e := range p.entries {
		if query.Empty() || query.Contains(kit.Fold(p.words(e))) {
			p.rows = append(p.rows, i)
		}
	}
	p.list.Refresh()
}

// words is what the filter looks through.
func (p *Page) words(e store.Entry) string {
	print := p.s.Look.Text
	return strings.Join([]string{
		words.Step(print, e), e.Actor, p.s.RoleName(e.Role), words.Changes(print, e.Tally), p.undone(e), print.WeekdayDate(dayOf(e)),
	}, " ")
}

// dayOf is the day of a step where the person sits.
func dayOf(e store.Entry) model.Date { return model.DateOf(e.At.Local()) }

func (p *Page) heading(row int) kit.Cell {
	day := dayOf(p.entry(row))
	if row > 0 && dayOf(p.entry(row-1)) == day {
		return kit.Cell{}
	}
	print := p.s.Look.Text
	name := print.WeekdayDate(day)
	switch day {
	case p.s.Today:
		name = print.T("history.today", text.Args{"Day": name})
	case p.s.Today - 1:
		name = print.T("history.yesterday", text.Args{"Day": name})
	}
	return kit.Cell{Text: " " + name, Role: kit.Heading}
}

func (p *Page) row(i int) kit.Row {
	return kit.Row{Cells: tables.HistoryPage.Cells(p.s.View(), p.entry(i))}
}

// undone says who took a step back, and when; "" for a step that stands.
func (p *Page) undone(e store.Entry) string { return words.Undone(p.s.Look.Text, e, p.s.Today) }

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	list, _ := p.split.Rooms(p.width, p.height)
	var lines []string
	if p.headHeight() > 0 {
		lines = append(lines, p.narrowLine(list.W))
	}
	lines = append(lines, strings.Split(p.list.View(), "\n")...)
	return p.split.Join(p.s.Look, p.width, p.height, kit.Block(lines, list.W, list.H), p.changes.view(p.head()))
}

// head tells what the step under the cursor did, and what enter would do with it.
func (p *Page) head() []kit.Span {
	at, ok := p.current()
	if !ok {
		return nil
	}
	role := kit.Text
	if p.closed(at) != "" {
		role = kit.Dim
	}
	e, print := p.entries[at], p.s.Look.Text
	return []kit.Span{{Text: words.Step(print, e), Role: kit.Strong}, {Text: words.Changes(print, e.Tally), Role: kit.Dim}, {Text: p.way(at), Role: role}}
}
