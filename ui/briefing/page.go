package briefing

// The page: the sheet to be read and gone through together, before it is printed.

import (
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/briefing"
	"doppelpass/ui/kit"
	"doppelpass/ui/paper"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

const (
	titleLines = 2
	// share is how long the page gathers at a time, so that keys are answered meanwhile and
	// no change waits for it.
	share = 8 * time.Millisecond
)

// Page is the page of the briefing. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	region        string // the path of the one looked at; "": all
	scroll        *kit.Scroll
	seen          stamp
	maker         *briefing.Maker // while it gathers
	made          briefing.Briefing
	page          paper.Page // made, in words
	ready         bool
}

// stamp is what the sheet was made from.
type stamp struct {
	revision, generation int
	today                model.Date
	region               string
}

// more asks to go on gathering.
type more struct{ of stamp }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page { return &Page{s: s, scroll: kit.NewScroll(s.Look)} }

// Refresh takes up the Book and the day anew.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation(), p.s.Today, p.region}
	if now == p.seen {
		return nil
	}
	p.seen = now
	day := p.s.Day()
	frame := briefing.Frame{Since: max(p.s.Today-briefing.Week, model.FirstDate), Persons: briefing.Persons(day)}
	if region := p.region; region != "" {
		frame.Wanted = func(a *model.Area) bool { return model.InRegion(a.Region, region) }
	}
	p.maker = briefing.Begin(day, frame)
	return p.gather()
}

// gather takes some steps.
func (p *Page) gather() tea.Cmd {
	began := time.Now()
	for p.maker.Step() {
		if time.Since(began) >= share {
			wanted := p.seen
			return func() tea.Msg { return more{wanted} }
		}
	}
	p.made, p.maker, p.ready = p.maker.Briefing(), nil, true
	p.page = Write(p.s.Look.Text, p.s.Day(), p.made, p.region, nil)
	p.set()
	return nil
}

func (p *Page) set() {
	if p.ready && p.width > 2 {
		lines := paper.Lines(p.s.Look, p.page, p.width-2)
		for i, line := range lines {
			lines[i] = " " + line
		}
		p.scroll.SetLines(lines)
	}
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	wider := width != p.width
	p.width, p.height = width, height
	p.scroll.SetSize(width, max(height-titleLines, 0))
	if wider {
		p.set()
	}
}

// Update answers keys and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case more:
		if msg.of == p.seen && p.maker != nil {
			return p.gather()
		}
	case tea.KeyMsg, tea.MouseMsg:
		return p.scroll.Update(msg)
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look := p.s.Look
	title, said := look.T("briefing.title", text.Args{"Week": look.Text.Week(p.s.Today)}), p.page.Subtitle
	if p.maker != nil {
		said = look.T("briefing.gathering")
	}
	lines := []string{kit.Line(look, p.width, kit.Span{Text: " " + title, Role: kit.Heading}, kit.Span{Text: "   " + said, Role: kit.Dim}), kit.Blank(p.width)}
	lines = append(lines, strings.Split(p.scroll.View(), "\n")...)
	return kit.Block(lines, p.width, p.height)
}

// Capturing is never so.
func (p *Page) Capturing() bool { return false }

// Back has nothing to go back to.
func (p *Page) Back() bool { return false }

// Open has nothing to go to.
func (p *Page) Open(string) tea.Cmd { return nil }

// Document is the sheet for a file.
func (p *Page) Document() (paper.Page, string) {
	page := Write(p.s.Look.Text, p.s.Day(), p.made, p.region, Map)
	return page, p.s.Look.T("briefing.file", text.Args{"Day": p.s.Today.String()})
}

// Documents reports whether the sheet has been gathered.
func (p *Page) Documents() bool { return p.ready && p.maker == nil }

// regions are all paths there are, those of wider regions in front of what lies in them.
func (p *Page) regions() (paths []string) {
	for _, a := range p.s.Book.Areas() {
		parts := strings.Split(a.Region, "/")
		for i := range parts {
			if path := strings.Join(parts[:i+1], "/"); a.Known && path != "" && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}

func (p *Page) chooseRegion() tea.Cmd {
	look := p.s.Look
	options := []kit.Option{{Value: "", Label: look.T("briefing.all")}}
	for _, path := range p.regions() {
		options = append(options, kit.Option{Value: path, Label: strings.ReplaceAll(path, "/", " / ")})
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("briefing.action.region"), "", options, func(value string) tea.Cmd {
		p.region = value
		p.scroll.Top()
		return p.Refresh()
	}))
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	return []kit.Action{{
		Name: "briefing.region", Keys: []string{"f"}, Title: "briefing.action.region", Short: "briefing.short.region", Group: "page.briefing", Priority: 60, Run: p.chooseRegion,
		Enabled: func() (bool, string) { return len(p.regions()) > 0, p.s.Look.T("briefing.no-region") },
	}}
}
