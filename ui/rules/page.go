// Package rules is the page of the rules' settings: what each does in plain words,
// and what another value would do to the signals before it is saved.
package rules

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page of rules. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split

	list *kit.Table
	pane *kit.Scroll // what the setting under the cursor does
	seen stamp

	stored, draft model.Settings
	effect        model.Effect
	stale         bool // the effect is not yet that of the draft
	tries         int

	typing  bool
	typed   string
	before  int // the value before typing
	problem string

	reading bool // the pane is in front
}

// stamp is what the page was made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, pane: kit.NewScroll(s.Look), split: kit.Split{Share: 0.5}}
	p.stored = s.Book.Settings()
	p.draft = p.stored
	p.list = kit.NewTable(s.Look, nil, kit.Source{
		Len: func() int { return len(p.lines()) },
		ID:  func(i int) string { return p.lines()[i].id() },
		Row: p.row, Heading: p.heading,
	}, kit.Options{NoFoot: true})
	p.list.OnMove = func(string) tea.Cmd { p.pane.Top(); p.explain(); return nil }
	return p
}

// Refresh takes up the Book, the day and the language anew.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	p.seen = now
	p.rebase(p.s.Book.Settings())
	p.layout()
	return p.weigh()
}

// rebase takes over what somebody else has saved meanwhile where nothing is changed here.
func (p *Page) rebase(stored model.Settings) {
	if stored == p.stored {
		return
	}
	for _, setting := range model.SettingList {
		if value := setting.Value(&p.draft); *value == *setting.Value(&p.stored) {
			*value = *setting.Value(&stored)
		}
	}
	for _, setting := range model.SettingWords {
		if word := setting.Value(&p.draft); *word == *setting.Value(&p.stored) {
			*word = *setting.Value(&stored)
		}
	}
	if p.draft.Classes == p.stored.Classes {
		p.draft.Classes = stored.Classes
	}
	p.stored = stored
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.layout()
	p.explain()
}

// The widths of the list's columns.
const (
	valueW   = 26
	defaultW = 8
)

// explained is the lines of the explanation under the list when they do not stand
// side by side.
const explained = 6

// wide reports whether the explanation stands beside the list.
func (p *Page) wide() bool { return p.split.Wide(p.width) }

// rooms are those of the list and of the explanation; the last line of the page is
// the effect's.
func (p *Page) rooms() (list, pane kit.Rect) {
	height := max(p.height-2, 0)
	switch {
	case p.wide():
		return p.split.Rooms(p.width, height)
	case p.reading:
		return kit.Rect{}, kit.Rect{W: p.width, H: height}
	}
	h := max(height-explained-1, 3)
	return kit.Rect{W: p.width, H: h}, kit.Rect{Y: h + 1, W: p.width, H: max(height-h-1, 0)}
}

func (p *Page) layout() {
	list, pane := p.rooms()
	p.list.SetColumns([]kit.Column{
		{Title: "rules.column.setting", Min: 22, Ideal: 34, Priority: 3},
		{Title: "rules.column.value", Min: 20, Ideal: valueW, Priority: 2},
		{Title: "rules.column.default", Min: 8, Ideal: defaultW, Priority: 1},
	})
	p.list.SetSize(list.W, list.H)
	p.pane.SetSize(max(pane.W-2, 0), pane.H)
}

// current is the rule under the cursor.
func (p *Page) current() line {
	lines := p.lines()
	return lines[min(max(p.list.CursorIndex(), 0), len(lines)-1)]
}

func (p *Page) heading(i int) kit.Cell {
	lines := p.lines()
	if i > 0 && lines[i].Group == lines[i-1].Group {
		return kit.Cell{}
	}
	return kit.Cell{Text: " " + p.s.Look.T("rules.group."+lines[i].Group), Role: kit.Heading}
}

func (p *Page) row(i int) kit.Row {
	setting := p.lines()[i]
	if setting.class != "" {
		return p.classRow(setting)
	}
	if setting.word != nil {
		return p.wordRow(setting)
	}
	value, stored, standard := *setting.Value(&p.draft), *setting.Value(&p.stored), p.standard(setting.Setting)
	mark, role := marked(value != standard)
	cell := []kit.Span{mark, {Text: p.write(setting.Setting, value), Role: role}}
	if p.typing && i == p.list.CursorIndex() {
		cell = []kit.Span{mark, {Text: p.typed, Role: kit.Strong}, {Text: "▏", Role: kit.Key}, {Text: p.unit(setting.Setting), Role: kit.Dim}}
	} else if value != stored {
		cell = append(cell, kit.Span{Text: "  " + p.s.Look.T("rules.was", map[string]any{"Value": p.number(setting.Setting, stored)}), Role: kit.Dim})
	}
	usual := p.write(setting.Setting, standard)
	if kit.Width(usual) > defaultW {
		usual = p.number(setting.Setting, standard)
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: p.s.Look.T("rules." + setting.Name)}, {Spans: cell}, {Text: usual, Role: kit.Dim},
	}}
}

// marked is the mark and the role of a value that differs from the default, or not.
func marked(differs bool) (mark kit.Span, role kit.Role) {
	if differs {
		return kit.Span{Text: "● ", Role: kit.Key}, kit.Strong
	}
	return kit.Span{Text: "  "}, kit.Text
}

// standard is a setting's value in the rules' own numbers.
func (p *Page) standard(setting model.Setting) int {
	settings := model.DefaultSettings()
	return *setting.Value(&settings)
}

// Update answers keys, the mouse and messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case weighNow:
		if msg.tries == p.tries {
			p.weighDraft()
		}
	case tea.KeyMsg:
		switch {
		case p.typing:
			return p.typeKey(msg)
		case p.reading:
			return p.pane.Update(msg)
		}
		return p.list.Update(msg)
	case tea.MouseMsg:
		list, pane := p.rooms()
		switch {
		case list.Contains(msg):
			if p.typing {
				return nil
			}
			if kit.Clicked(msg) {
				p.read(false)
			}
			return p.list.Update(list.Relative(msg))
		case pane.Contains(msg):
			return p.pane.Update(pane.Relative(msg))
		}
	}
	return nil
}

// read brings the explanation to the front, or the list.
func (p *Page) read(reading bool) {
	p.reading = reading
	p.list.Focus(!reading)
	p.layout()
	p.explain()
}

// Capturing reports that letters are a number being typed.
func (p *Page) Capturing() bool { return p.typing }

// Back goes one step back: leaves the explanation, drops what is not saved.
func (p *Page) Back() bool {
	switch {
	case p.reading:
		p.read(false)
	case p.draft != p.stored:
		p.drop()
	default:
		return false
	}
	return true
}

// Open goes to a setting by its name.
func (p *Page) Open(name string) tea.Cmd {
	p.list.Select(name)
	p.pane.Top()
	p.explain()
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look := p.s.Look
	list, pane := p.rooms()
	text := strings.Split(p.pane.View(), "\n")
	for i, line := range text {
		text[i] = kit.FitLine(" "+line, pane.W)
	}
	var body string
	switch {
	case list.H == 0:
		body = kit.Block(text, pane.W, pane.H)
	default:
		body = p.split.Join(look, p.width, max(p.height-2, 0), p.list.View(), strings.Join(text, "\n"))
		if !p.wide() {
			lines := append(strings.Split(p.list.View(), "\n"), look.Rule(p.width))
			body = kit.Block(append(lines, text...), p.width, max(p.height-2, 0))
		}
	}
	return body + "\n" + look.Rule(p.width) + "\n" + p.effectLine()
}
