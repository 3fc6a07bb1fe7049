// Package territories is the page of the territories: a tree by region with
// roll-ups, and each territory or region opened.
package territories

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page; make it with New.
type Page struct {
	s      *session.Session
	tree   *tree
	table  *kit.Table
	detail *detail

	split         kit.Split
	width, height int
	settings      model.Settings // that the columns are for
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, tree: &tree{s: s, folded: map[string]bool{}}, split: kit.Split{Share: 0.48}}
	p.table = kit.NewTable(s.Look, p.tree.table().Page(), kit.Source{
		Len: func() int { return len(p.tree.shown) },
		ID:  func(i int) string { return p.tree.shown[i].id },
		Row: func(i int) kit.Row { return p.tree.row(p.tree.shown[i]) },
		Fresh: func(i int) string {
			if area := p.tree.shown[i].area; area != nil {
				return s.ChangedBy(model.Key{Table: model.TableTerritories, Code: area.Code})
			}
			return ""
		},
		Version: func() int { return p.tree.version },
		Total:   func() int { return len(p.tree.nodes) },
		Filter:  p.tree.filter,
		Sort:    p.tree.sort,
	}, kit.Options{Name: "territories", Markable: true, Empty: "territories.empty"})
	p.table.OnOpen = p.open
	p.table.OnMove = func(id string) tea.Cmd {
		if p.detail.id != "" && id != "" {
			p.detail.show(id)
		}
		return nil
	}
	p.table.OnBranch = func(id string, open bool) tea.Cmd { p.tree.fold(id, open); return nil }
	p.detail = newDetail(s, p.tree)
	return p
}

// SetSize implements session.Page.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.layOut()
}

func (p *Page) layOut() {
	if p.detail.id != "" && p.split.Wide(p.width) {
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
	if settings := p.s.Book.Settings(); settings != p.settings {
		p.settings = settings
		if settings.FairMode() && p.tree.column == "pace" { // it was fine until now
			p.table.SetSort("", false)
		}
		p.table.SetColumns(p.tree.table().Page())
	}
	p.tree.refresh()
	p.table.Refresh()
	if p.detail.id != "" && !p.detail.refresh() { // deleted meanwhile
		p.close()
	}
	return p.readWriters()
}

// Open implements session.Page: a territory by its code, or a region by its path.
func (p *Page) Open(target string) tea.Cmd {
	n := p.tree.node(areaID(target))
	if n == nil {
		n = p.tree.node(regionID(target))
	}
	if n == nil {
		return nil
	}
	p.table.SetFilter("")
	p.tree.reveal(n)
	p.table.Select(n.id)
	return p.open(n.id)
}

// Opened is the territory or region that is open, as Open takes it.
func (p *Page) Opened() string {
	_, target, _ := strings.Cut(p.detail.id, " ")
	return target
}

func (p *Page) open(id string) tea.Cmd {
	if id == areaID("") { // accounts in no territory: the accounts' page lists them
		return p.s.Shell.Go(session.PageAccounts, "/territory:-")
	}
	p.detail.show(id)
	p.focusDetail(true)
	p.layOut()
	if n := p.current(); n != nil && n.area != nil { // a territory with one rep shows a person
		return tea.Batch(p.readWriters(), p.s.LookAt(n.area.Rep))
	}
	return nil
}

// readWriters looks up who wrote the notes of the territory that is open.
func (p *Page) readWriters() tea.Cmd {
	n := p.tree.node(p.detail.id)
	if p.detail.id == "" || n == nil || n.area == nil || n.area.Note+n.area.MarketingNote == "" {
		return nil
	}
	return p.s.LoadWriters(p.detail.id, n.area.Territory.Key())
}

func (p *Page) close() {
	p.detail.id = ""
	p.focusDetail(false)
	p.layOut()
}

func (p *Page) focusDetail(focused bool) {
	p.detail.focused = focused
	p.table.Focus(!focused)
}

func (p *Page) inDetail() bool { return p.detail.id != "" && p.detail.focused }

// Capturing implements session.Page.
func (p *Page) Capturing() bool { return p.table.Capturing() || p.detail.table.Capturing() }

// Back implements session.Page.
func (p *Page) Back() bool {
	if p.detail.id != "" {
		p.close()
		return true
	}
	return p.table.Back()
}

// Update implements session.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[session.Wrote]:
		if msg.For == p.detail.id && msg.Err == nil { // without it the note stands alone
			p.detail.wrote, p.detail.keptFor = msg.Value, keptFor{} // they are written anew
		}
		return nil
	case tea.KeyMsg:
		if p.inDetail() {
			return p.detail.listens()(msg)
		}
		return p.table.Update(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	if p.detail.id == "" {
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
	case p.detail.id == "":
		return p.table.View()
	case p.split.Wide(p.width):
		return p.split.Join(p.s.Look, p.width, p.height, p.table.View(), p.detail.view())
	}
	return p.detail.view()
}

// current is the node that is open, or the one under the cursor.
func (p *Page) current() *node {
	if p.inDetail() {
		return p.tree.node(p.detail.id)
	}
	return p.tree.node(p.table.Cursor())
}

// account is the account under the cursor of the open node, "" if none is.
func (p *Page) account() string {
	if !p.inDetail() || !p.detail.onTable() {
		return ""
	}
	return p.detail.table.Cursor()
}

// copied is the rows as one would paste them.
func (p *Page) copied() string {
	var lines []string
	for _, id := range p.table.Chosen() {
		n := p.tree.node(id)
		if n == nil {
			continue
		}
		num := n.numbers
		text := p.s.Look.Text
		cells := []string{n.name, text.Int(num.Active), text.Percent(num.All.CoveredShare()), text.Percent(num.All.ContactedShare()),
			text.Decimal(num.UsualPace(), 1), text.Decimal(num.NeededPace, 1)}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	return strings.Join(lines, "\n")
}
