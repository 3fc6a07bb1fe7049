package accounts

// The people at an account: who to ask for, what they do and their number.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

// How many people show at once, in a low and in a roomy pane.
const (
	peopleLow   = 2
	peopleRoomy = 6
)

// people is the list of an account's contacts.
type people struct {
	s     *session.Session
	table *kit.Table
	rows  []model.Contact
}

func newPeople(s *session.Session) *people {
	p := &people{s: s}
	p.table = kit.NewTable(s.Look, tables.People.Page(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.rows[i].Name }, Row: p.row,
	}, kit.Options{NoHead: true, NoFoot: true})
	p.table.Focus(false)
	return p
}

func (p *people) row(i int) kit.Row {
	return kit.Row{Cells: tables.People.Cells(p.s.View(), p.rows[i])}
}

// take takes up who is at the account now.
func (p *people) take(l *model.Customer) {
	rows := []model.Contact(nil)
	if l != nil {
		rows = words.People(l)
	}
	if !slices.Equal(rows, p.rows) {
		p.rows = rows
		p.table.Refresh()
	}
}

// current is the contact under the cursor.
func (p *people) current() (model.Contact, bool) {
	if i := p.table.CursorIndex(); i >= 0 && i < len(p.rows) {
		return p.rows[i], true
	}
	return model.Contact{}, false
}

// height is the number of people that show at once.
func (p *people) height(roomy bool) int {
	if roomy {
		return min(len(p.rows), peopleRoomy)
	}
	return min(len(p.rows), peopleLow)
}

// lines are the heading and as many people as have room.
func (p *people) lines(width int, roomy bool) []string {
	look := p.s.Look
	heading := " " + look.Paint(kit.Heading, look.T("accounts.people.title"))
	if len(p.rows) == 0 {
		if !roomy {
			return nil
		}
		return []string{heading + look.Paint(kit.Dim, "   "+look.T("accounts.people.none"))}
	}
	shown := p.height(roomy)
	if shown < len(p.rows) {
		heading += look.Paint(kit.Dim, "   "+look.Text.Int(len(p.rows)))
	}
	p.table.SetSize(width, shown)
	return append([]string{heading}, splitLines(p.table.View())...)
}

// whom is who would be erased: the contact under the cursor, else the account as a whole.
func (p *Page) whom() (store.Who, bool) {
	l := p.current()
	if l == nil {
		return store.Who{}, false
	}
	if p.inDetail() && p.detail.onPeople {
		c, ok := p.detail.people.current()
		return store.Who{Name: c.Name, Account: l.Code}, ok
	}
	return store.Who{Name: l.Code}, true
}

// personActions are what one can do with the people at the account in question.
func (p *Page) personActions(chosen, may func() (bool, string)) []kit.Action {
	s, people := p.s, p.detail.people
	inPeople := p.inDetail() && p.detail.onPeople
	group := groupList
	add := kit.Action{Name: "person.new", Keys: []string{"W"}, Title: "accounts.person.new", Short: "accounts.person.new.short", Group: group, Enabled: may,
		Run: func() tea.Cmd { return forms.Contact(s, model.Contact{Account: p.current().Code}, true) }}
	if !inPeople {
		return []kit.Action{add}
	}
	add.Keys, add.Priority = []string{"n", "W"}, 50
	return []kit.Action{add,
		{Name: "person.edit", Keys: []string{"enter", "e"}, Title: "accounts.person.edit", Short: "accounts.person.edit.short", Group: group, Priority: 65, Enabled: may,
			Run: func() tea.Cmd {
				if c, ok := people.current(); ok {
					return forms.Contact(s, c, false)
				}
				return nil
			}},
		{Name: "person.delete", Keys: []string{"d", "delete"}, Title: "accounts.person.delete", Short: "accounts.person.delete.short", Group: group, Priority: 40, Enabled: may,
			Run: func() tea.Cmd {
				if c, ok := people.current(); ok {
					return forms.Delete(s, []model.Record{c})
				}
				return nil
			}},
		{Name: "person.copy", Keys: []string{"y"}, Title: "accounts.person.copy", Group: group, Enabled: chosen,
			Run: func() tea.Cmd {
				c, _ := people.current()
				return s.Look.Copy(words.PersonToCall(c))
			}},
	}
}
