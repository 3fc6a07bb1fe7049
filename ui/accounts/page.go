// Package accounts is the page of the accounts: a table of all of them, and each
// one with its numbers, visits and calls.
package accounts

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page; make it with New.
type Page struct {
	s      *session.Session
	list   *list
	table  *kit.Table
	detail *detail // of the account that is open

	split         kit.Split
	width, height int
	wanted        string // to be opened as soon as the index knows it
	chosenNext    string // an account to put the cursor on once the list has it
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, list: newList(s), split: kit.Split{Share: 0.46}}
	p.table = kit.NewTable(s.Look, columns, kit.Source{
		Len:     func() int { return len(p.list.shown) },
		ID:      func(i int) string { return p.list.entry(i).customer.Code },
		Row:     func(i int) kit.Row { return row(s, p.list.entry(i)) },
		Fresh:   func(i int) string { return s.AccountChangedBy(p.list.entry(i).customer.Code) },
		Index:   func(code string) int { return p.list.place(code) },
		Version: func() int { return p.list.version },
		Total:   func() int { return len(p.list.entries) },
		Filter:  p.list.setFilter,
		Sort:    p.list.setSort,
	}, kit.Options{Name: "accounts", Markable: true, Empty: "accounts.empty", Unit: "accounts.unit"})
	p.table.OnOpen = p.open
	p.table.OnMove = p.moved
	p.table.SetSort("name", false)
	p.detail = newDetail(s)
	return p
}

// SetSize implements session.Page.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.layOut()
}

// layOut gives list and detail their rooms: side by side when wide, else one of
// them the whole page.
func (p *Page) layOut() {
	if p.detail.code != "" && p.split.Wide(p.width) {
		a, b := p.split.Rooms(p.width, p.height)
		p.table.SetSize(a.W, a.H)
		p.detail.setSize(b.W, b.H)
		return
	}
	p.table.SetSize(p.width, p.height)
	p.detail.setSize(p.width, p.height)
}

// Refresh implements session.Page.
func (p *Page) Refresh() tea.Cmd {
	cmd := p.list.refresh()
	p.table.Refresh()
	return tea.Batch(cmd, p.takeUp())
}

// takeUp opens what was wanted, and reads the open account anew.
func (p *Page) takeUp() tea.Cmd {
	if p.wanted != "" && p.list.find(p.wanted) != nil {
		code := p.wanted
		p.wanted = ""
		return p.openAt(code)
	}
	if p.chosenNext != "" && p.list.find(p.chosenNext) != nil {
		code := p.chosenNext
		p.chosenNext = ""
		p.choose(code)
	}
	if p.detail.code == "" {
		return nil
	}
	if p.s.Book.Account(p.detail.code) == nil { // deleted meanwhile
		p.close()
		return nil
	}
	return p.detail.refresh()
}

// Open implements session.Page: an account by its code or, after a slash, a
// filter as one would type it.
func (p *Page) Open(code string) tea.Cmd {
	if query, ok := strings.CutPrefix(code, "/"); ok {
		p.close()
		p.table.SetFilter(parseFilter(query).write(p.s.Look.Text))
		return nil
	}
	if p.s.Book.Account(code) == nil {
		return nil
	}
	if p.list.find(code) == nil {
		p.wanted = code
		return nil
	}
	return p.openAt(code)
}

// choose puts the cursor on an account, as soon as the list has it.
func (p *Page) choose(code string) tea.Cmd {
	if p.list.find(code) == nil {
		p.chosenNext = code
		return nil
	}
	if p.list.place(code) < 0 {
		p.table.SetFilter("") // it would not be seen
	}
	p.table.Select(code)
	return nil
}

// Opened is the account that is open, as Open takes it.
func (p *Page) Opened() string { return p.detail.code }

func (p *Page) openAt(code string) tea.Cmd {
	if p.list.place(code) < 0 {
		p.table.SetFilter("") // it would not be seen
	}
	p.table.Select(code)
	return p.open(code)
}

func (p *Page) open(code string) tea.Cmd {
	cmd := p.detail.show(code)
	p.focusDetail(true)
	p.layOut()
	return cmd
}

// moved shows the account under the cursor in the pane beside the list.
func (p *Page) moved(code string) tea.Cmd {
	if p.detail.code == "" || code == "" || p.detail.code == code {
		return nil
	}
	return p.detail.show(code)
}

func (p *Page) close() {
	p.detail.code = ""
	p.focusDetail(false)
	p.layOut()
}

func (p *Page) focusDetail(focused bool) {
	p.detail.focus(focused)
	p.table.Focus(!focused)
}

// inDetail reports whether keys go to the detail.
func (p *Page) inDetail() bool { return p.detail.code != "" && p.detail.focused() }

// Capturing implements session.Page.
func (p *Page) Capturing() bool { return p.table.Capturing() || p.detail.list().Capturing() }

// Back implements session.Page.
func (p *Page) Back() bool {
	switch {
	case p.inDetail() && p.detail.list().Back():
	case p.detail.code != "":
		p.close()
	default:
		return p.table.Back()
	}
	return true
}

// Update implements session.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case forms.IndexReady:
		cmd := p.list.refresh()
		p.table.Refresh()
		return tea.Batch(cmd, p.takeUp())
	case session.Loaded[session.Wrote]:
		if msg.For == p.detail.code && msg.Err == nil { // without it the note stands alone
			p.detail.wrote = msg.Value
		}
		return nil
	case session.Loaded[contacts]:
		p.detail.loaded(msg)
		return nil
	case tea.KeyMsg:
		if p.inDetail() {
			return p.detail.list().Update(msg)
		}
		return p.table.Update(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	if p.detail.code == "" {
		return p.table.Update(m)
	}
	if !p.split.Wide(p.width) {
		return p.detail.mouse(m)
	}
	return p.split.Route(m, p.width, p.height, p.focusDetail,
		func(m tea.MouseMsg) tea.Cmd { return p.table.Update(m) }, p.detail.mouse)
}

// View implements session.Page.
func (p *Page) View() string {
	switch {
	case p.detail.code == "":
		return p.table.View()
	case p.split.Wide(p.width):
		return p.split.Join(p.s.Look, p.width, p.height, p.table.View(), p.detail.view())
	}
	return p.detail.view()
}
