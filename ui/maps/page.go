// Package maps draws where everything lies: territories, accounts, what campaigns and call lists
// want, the week's route. It is a page, and an SVG for pages outside of the terminal.
package maps

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

const (
	headLines = 1
	footLines = 3
	reach     = 2.5 // rows from the cursor within which an account is the one it is on
)

// Page is the map. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	onList        bool // the list has the keys

	scope     Scope
	layers    Layers
	glyphs    kit.Glyphs
	glyphsFor string // the habit they are remembered under
	picture   *Picture
	seen      stamp
	window    kit.MapWindow
	moved     bool          // the person has chosen the window; else it shows everything
	canvas    kit.MapCanvas // for asking where things are
	sheet     kit.MapCanvas // with the map without the cursor
	sheetOf   drawnOf
	cursor    kit.Place // in the cell that is pointed at
	chosen    string    // the account there, "" for none
	rows      []int     // points in the list
	query     string
	waiting   string // what is to be opened once the page has its room
}

// stamp is what the picture was made from.
type stamp struct {
	revision int
	scope    Scope
}

// drawnOf is what a map was drawn from: as long as it is the same, only the cursor is drawn anew.
type drawnOf struct {
	picture    *Picture
	window     kit.MapWindow
	width      int
	height     int
	glyphs     kit.Glyphs
	layers     Layers
	generation int
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, split: kit.Split{Share: 0.66}, layers: Territories | Accounts | Clashes}
	p.glyphsFor, p.glyphs = glyphsOf(s)
	p.list = kit.NewTable(s.Look, tables.Map.Page(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.point(i).Customer.Code },
		Row:    func(i int) kit.Row { return kit.Row{Cells: tables.Map.Cells(s.View(), p.onMap(i))} },
		Filter: func(query string) { p.query = query; p.sift() },
		Total:  func() int { return p.picture.Count(p.layers &^ Territories) },
	}, kit.Options{Name: "map", Empty: "maps.none-here", Unit: "maps.unit"})
	p.list.OnOpen = func(string) tea.Cmd { return p.open() }
	p.list.OnMove = func(code string) tea.Cmd { p.choose(code); return nil }
	p.list.Focus(false)
	p.picture = &Picture{}
	return p
}

func (p *Page) point(i int) *Point { return &p.picture.Points[p.rows[i]] }

// onMap is a row of the list.
func (p *Page) onMap(i int) tables.OnMap {
	point := p.point(i)
	row := tables.OnMap{Customer: point.Customer, Standing: point.Standing}
	for _, sign := range signsOf(point, p.layers) {
		row.Signs = append(row.Signs, kit.Span{Text: string(sign.In(p.glyphs)), Role: sign.role})
		row.Said = append(row.Said, p.s.Look.T(sign.words))
	}
	return row
}

// Refresh takes up the Book, the day and the language anew.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.scope}
	if now != p.seen {
		p.seen = now
		p.picture = Look(p.s.Day(), p.s.Signals(), p.s.Clashes(), p.scope)
	}
	p.arrange()
	if p.waiting != "" && p.width > 0 {
		target := p.waiting
		p.waiting = ""
		return p.Open(target)
	}
	return nil
}

// again is Refresh after the person asked for something else.
func (p *Page) again() tea.Cmd { return p.Refresh() }

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.arrange()
}

// beside reports whether the list stands beside the map.
func (p *Page) beside() bool { return p.split.Wide(p.width) }

// room is that of map or list, whichever there is more of.
func (p *Page) room() kit.Rect {
	return kit.Rect{Y: headLines, W: p.width, H: max(p.height-headLines-footLines, 1)}
}

// mapRoom is the room of the map on the page.
func (p *Page) mapRoom() kit.Rect {
	room := p.room()
	if p.beside() {
		first, _ := p.split.Rooms(room.W, room.H)
		return kit.Rect{X: room.X + first.X, Y: room.Y + first.Y, W: first.W, H: first.H}
	}
	return room
}

// arrange fits the window and the list to the room.
func (p *Page) arrange() {
	if p.width == 0 || p.height == 0 {
		return
	}
	room := p.room()
	if p.beside() {
		_, second := p.split.Rooms(room.W, room.H)
		p.list.SetSize(second.W, second.H)
	} else {
		p.list.SetSize(room.W, room.H)
	}
	if !p.moved {
		p.fit(nil)
		p.moved = false
	}
	p.sift()
}

// fit shows all points that are asked for.
func (p *Page) fit(of func(*Point) bool) {
	room := p.mapRoom()
	southWest, northEast := p.picture.Corners(of)
	p.window = kit.FitWindow(room.W, room.H, southWest, northEast)
	if p.chosen == "" || of != nil {
		p.cursor = p.window.Middle
		p.chosen = ""
		p.pick(1e9)
	}
	p.moved = true
}

// look prepares the canvas for asking where things are.
func (p *Page) look() *kit.MapCanvas {
	room := p.mapRoom()
	p.canvas.Reset(room.W, room.H, p.window, p.glyphs)
	return &p.canvas
}

// sift lists the accounts that show: those in the window, or all that the filter lets through.
func (p *Page) sift() {
	m, query := p.look(), kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	for i := range p.picture.Points {
		point := &p.picture.Points[i]
		if !p.layers.shows(point) {
			continue
		}
		if query.Empty() {
			if _, _, ok := m.Where(point.At); !ok {
				continue
			}
		} else if a := &point.Customer.Account; !query.Contains(kit.Fold(strings.Join([]string{a.Name, a.Code, a.Address.City, a.Address.Postcode, p.s.AreaName(a.Territory)}, " "))) {
			continue
		}
		p.rows = append(p.rows, i)
	}
	p.order()
	p.list.Refresh()
	p.follow()
}

// toggle shows a layer or hides it.
func (p *Page) toggle(layer Layers) tea.Cmd {
	p.layers ^= layer
	if point, ok := p.picture.Point(p.chosen); !ok || !p.layers.shows(point) {
		p.pick(reach)
	}
	p.sift()
	return nil
}

// Update answers keys and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if p.onList || p.list.Capturing() {
			return p.list.Update(msg)
		}
		return p.key(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

// arrows are how the keys move the cursor: a cell is twice as high as wide.
var arrows = map[string][2]int{
	"left": {-2, 0}, "h": {-2, 0}, "right": {2, 0}, "l": {2, 0}, "up": {0, -1}, "k": {0, -1}, "down": {0, 1}, "j": {0, 1},
}

func (p *Page) key(msg tea.KeyMsg) tea.Cmd {
	name := kit.KeyName(msg)
	if by, ok := arrows[name]; ok {
		p.step(by[0], by[1])
		return nil
	}
	switch name {
	case "pgup", "ctrl+u":
		return p.pan(0, -1)
	case "pgdown", "ctrl+d":
		return p.pan(0, 1)
	case "/":
		p.onList = true
		p.list.Focus(true)
		return p.list.Update(msg)
	}
	return nil
}

func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	room, onMap := p.room(), p.mapRoom()
	switch {
	case p.beside() && !onMap.Contains(m) && room.Contains(m):
		_, second := p.split.Rooms(room.W, room.H)
		if kit.Clicked(m) {
			p.focus(true)
		}
		return p.list.Update(kit.Rect{X: room.X + second.X, Y: room.Y + second.Y, W: second.W, H: second.H}.Relative(m))
	case !p.beside() && p.onList:
		return p.list.Update(room.Relative(m))
	case !onMap.Contains(m):
		return nil
	}
	m = onMap.Relative(m)
	switch wheel := kit.Wheel(m); {
	case wheel != 0:
		p.cursor = p.middle(m.X, m.Y)
		if wheel < 0 {
			return p.zoom(closer)
		}
		return p.zoom(1 / closer)
	case kit.Clicked(m):
		p.focus(false)
		before := p.chosen
		p.cursor = p.middle(m.X, m.Y)
		p.pick(reach)
		p.sift()
		if p.chosen != "" && p.chosen == before {
			return p.open()
		}
	}
	return nil
}

func (p *Page) focus(onList bool) {
	p.onList = onList
	p.list.Focus(onList)
	if onList {
		p.follow()
	}
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts the filter, comes back to the map, and then shows everything again.
func (p *Page) Back() bool {
	switch {
	case p.list.Back():
	case p.onList && !p.beside():
		p.focus(false)
	case p.scope != Scope{}:
		p.scope = Scope{}
		_ = p.again()
	default:
		return false
	}
	return true
}

// open goes to the account that is chosen.
func (p *Page) open() tea.Cmd {
	if p.chosen == "" {
		return nil
	}
	return p.s.Shell.Go(session.PageAccounts, p.chosen)
}

// Open shows what a target of session.MapTarget names.
func (p *Page) Open(target string) tea.Cmd {
	if p.width == 0 {
		p.waiting = target
		return nil
	}
	kind, code := session.ParseMapTarget(target)
	var shows func(*Point) bool
	switch kind {
	case session.MapOfAccount:
		point, ok := p.picture.Point(code)
		if !ok {
			p.s.Shell.Fail(p.why(code))
			return nil
		}
		p.layers |= Accounts
		p.window.Middle, p.window.Rows, p.moved = point.At, nearby*float64(p.mapRoom().H), true
		p.choose(code)
		p.sift()
		return nil
	case session.MapOfTerritory:
		p.layers |= Territories | Accounts
		shows = func(point *Point) bool { return point.Customer.Territory == code }
	case session.MapOfRegion:
		p.layers |= Territories | Accounts
		shows = func(point *Point) bool {
			area := p.s.Book.Area(point.Customer.Territory)
			return area != nil && model.InRegion(area.Region, code)
		}
	case session.MapOfCampaign:
		p.scope = Scope{Campaign: code}
		p.layers = p.layers&^Accounts | Campaigns | Calls
		shows = func(point *Point) bool { return point.Layers.Has(Campaigns | Calls) }
	case session.MapOfWeek:
		rep, day, _ := strings.Cut(code, " ")
		p.scope = Scope{Rep: rep}
		if monday, err := model.ParseDate(day); err == nil {
			p.scope.Monday = monday.Monday()
		}
		p.layers |= Route
		shows = func(point *Point) bool { return point.Layers.Has(Route) }
	default:
		return nil
	}
	cmd := p.again()
	found := false
	for i := range p.picture.Points {
		found = found || shows(&p.picture.Points[i])
	}
	switch {
	case found:
		p.fit(shows)
		p.sift()
	case kind == session.MapOfWeek:
		p.s.Shell.Fail(p.s.Look.T("maps.no-route", text.Args{"Rep": p.s.Book.RepName(p.scope.Rep), "Week": p.s.Look.Text.Week(p.picture.Monday)}))
	case kind == session.MapOfCampaign:
		p.s.Shell.Say(p.s.Look.T("maps.none-open", text.Args{"Campaign": p.s.CampaignName(code)}))
	}
	return cmd
}

// Sheet is what the list shows, to take along.
func (p *Page) Sheet() (exchange.Sheet, string) {
	return tables.Map.Sheet(p.s.View(), func(yield func(tables.OnMap) bool) {
		for i := range p.rows {
			if !yield(p.onMap(i)) {
				return
			}
		}
	}), p.s.Look.T("maps.file")
}
