// Package welcome is the page of an empty store: three ways to begin.
package welcome

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// way is one way to begin.
type way struct {
	name  string // of its messages
	begin func() tea.Cmd
}

// Page is the welcome page; make it with New.
type Page struct {
	s             *session.Session
	width, height int
	ways          []way
	table         *kit.Table
}

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s}
	p.ways = []way{
		{"demo", func() tea.Cmd { return s.Shell.Run("shell.demo") }},
		{"import", func() tea.Cmd { return s.Shell.Go(session.PageImport, "") }},
		{"hand", func() tea.Cmd { return forms.Territory(s, nil) }},
	}
	p.table = kit.NewTable(s.Look, []kit.Column{
		{Key: "way", Title: "", Min: 40, Ideal: 70, Flex: 1, Priority: 1},
	}, kit.Source{
		Len: func() int { return len(p.ways) },
		ID:  func(i int) string { return p.ways[i].name },
		Row: func(i int) kit.Row {
			name := "welcome." + p.ways[i].name
			return kit.Row{
				Cells:  []kit.Cell{{Text: s.Look.T(name), Role: kit.Strong}},
				Second: []kit.Cell{{Text: s.Look.T(name + ".what"), Role: kit.Dim}},
			}
		},
	}, kit.Options{NoHead: true, NoFoot: true, OneClick: true, TwoLines: true, Gap: 1})
	p.table.OnOpen = func(id string) tea.Cmd {
		for _, w := range p.ways {
			if w.name == id {
				return w.begin()
			}
		}
		return nil
	}
	p.table.Focus(true)
	return p
}

var _ session.Page = (*Page)(nil)

const margin = 4

func (p *Page) tableRoom() kit.Rect {
	const below, lines = 10, 8 // the idea stands above; three ways of two lines, and the gaps between
	return kit.Rect{X: margin, Y: below, W: max(p.width-2*margin, 0), H: min(lines, max(p.height-below, 0))}
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	room := p.tableRoom()
	p.table.SetSize(room.W, room.H)
}

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd { p.table.Refresh(); return nil }

// Update answers messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseMsg); ok {
		if !p.tableRoom().Contains(m) {
			return nil
		}
		return p.table.Update(p.tableRoom().Relative(m))
	}
	if _, ok := msg.(tea.KeyMsg); ok {
		return p.table.Update(msg)
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	look := p.s.Look
	blank := kit.Blank(margin)
	lines := []string{"", blank + look.Paint(kit.Heading, look.T("welcome.title")), ""}
	for _, line := range kit.Paragraph(look, kit.Dim, look.T("welcome.idea"), min(max(p.width-2*margin, 1), 90)) {
		lines = append(lines, blank+line)
	}
	for len(lines) < p.tableRoom().Y-2 {
		lines = append(lines, "")
	}
	lines = append(lines[:p.tableRoom().Y-2], blank+look.T("welcome.begin"), "")
	return kit.Block(append(lines, indented(p.table.View(), blank)...), p.width, p.height)
}

func indented(view, blank string) []string {
	lines := strings.Split(view, "\n")
	for i := range lines {
		lines[i] = blank + lines[i]
	}
	return lines
}

// Actions are the page's actions.
func (p *Page) Actions() []kit.Action {
	return []kit.Action{{Name: "welcome.choose", Keys: []string{"enter"}, Title: "welcome.choose", Group: "page.welcome", Priority: 90}}
}

// Capturing says that keys are text.
func (p *Page) Capturing() bool { return false }

// Back goes one step back.
func (p *Page) Back() bool { return false }

// Open goes to a record.
func (p *Page) Open(string) tea.Cmd { return nil }
