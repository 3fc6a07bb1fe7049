// Package people is the page of those who work on the business: the lead says who is
// let in, as what, and with which keys.
package people

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

// Page is the page of the people. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	list          *kit.Table
	people        []model.Person
	rows          []model.Person // those the filter lets through
	query         string
	seen          stamp
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s}
	p.list = kit.NewTable(s.Look, tables.Team.Page(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.rows[i].Code },
		Row:    func(i int) kit.Row { return kit.Row{Cells: tables.Team.Cells(s.View(), p.rows[i])} },
		Fresh:  func(i int) string { return s.ChangedBy(p.rows[i].Key()) },
		Filter: func(query string) { p.query = query; p.sift() }, Total: func() int { return len(p.people) },
	}, kit.Options{Name: "people", Empty: "people.empty"})
	p.list.OnOpen = func(string) tea.Cmd { return p.edit() }
	return p
}

// Refresh takes up the Book and the language anew.
func (p *Page) Refresh() tea.Cmd {
	if now := (stamp{p.s.Revision(), p.s.Look.Generation()}); now != p.seen {
		p.seen, p.people = now, p.s.Book.People()
		p.sift()
	}
	return nil
}

func (p *Page) sift() {
	query := kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	for _, person := range p.people {
		if query.Empty() || query.Contains(kit.Fold(strings.Join([]string{person.Name, person.Code, p.s.RoleName(person.Role)}, " "))) {
			p.rows = append(p.rows, person)
		}
	}
	p.list.Refresh()
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.SetSize(width, height)
}

// Update answers keys and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg:
		return p.list.Update(msg)
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	return kit.Block(strings.Split(p.list.View(), "\n"), p.width, p.height)
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts the filter.
func (p *Page) Back() bool { return p.list.Back() }

// Open goes to a person by code.
func (p *Page) Open(code string) tea.Cmd {
	if !p.list.Select(code) {
		p.list.SetFilter("")
		p.list.Select(code)
	}
	return nil
}

func (p *Page) current() (model.Person, bool) {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.rows) {
		return p.rows[i], true
	}
	return model.Person{}, false
}

func (p *Page) edit() tea.Cmd {
	if person, ok := p.current(); ok {
		return forms.Person(p.s, person)
	}
	return nil
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "people.group"
	s := p.s
	may := func() (bool, string) { return s.May(model.Person{}) }
	ready := func() (bool, string) {
		if _, ok := p.current(); !ok {
			return false, s.Look.T("people.none")
		}
		return may()
	}
	actions := []kit.Action{
		{Name: "people.edit", Keys: []string{"enter", "e"}, Title: "people.action.edit", Short: "people.short.edit", Group: group, Priority: 70, Enabled: ready, Run: p.edit},
		{Name: "people.new", Keys: []string{"n"}, Title: "people.action.new", Short: "people.short.new", Group: group, Priority: 60, Enabled: may,
			Run: func() tea.Cmd { return forms.Person(s, model.Person{}) }},
		{Name: "people.delete", Keys: []string{"d", "delete"}, Title: "people.action.delete", Short: "people.short.delete", Group: group, Priority: 40, Enabled: ready,
			Run: func() tea.Cmd {
				person, _ := p.current()
				return forms.Delete(s, []model.Record{person})
			}},
		{Name: "people.history", Keys: []string{"U"}, Title: "people.action.history", Group: group, Enabled: ready,
			Run: func() tea.Cmd {
				person, _ := p.current()
				return s.Shell.Go(session.PageHistory, session.HistoryTarget(person.Key()))
			}},
	}
	actions = append(actions, forms.ErasureActions(s, group, []string{"&"}, func() (store.Who, bool) {
		person, ok := p.current()
		return store.Who{Name: cmp.Or(person.Name, person.Code)}, ok
	}, func() bool {
		person, ok := p.current()
		return ok && person.Code == s.Actor.Person
	})...)
	return append(actions, p.list.Actions(group)...)
}
