// Package signals is the first page: what sales has to do and what marketing has
// to do, most urgent first, and everything behind a signal once it is opened.
package signals

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// sideBySide parts the two departments' lists; below that width they stand one
// above the other.
var sideBySide = kit.Split{From: 104}

// besideList parts the list and the opened signal; below kit.WideFrom columns the
// opened signal has the page to itself.
var besideList = kit.Split{Share: 0.39, From: kit.WideFrom}

// Page is the page of signals.
type Page struct {
	session *session.Session
	sides   [2]*side // sales, marketing
	front   int      // the side that has the keys
	filter  string   // both sides are filtered together
	byRep   bool     // both lists are grouped by rep
	detail  *detail  // the opened signal, nil for none
	inList  bool     // with an opened signal beside the list: the list has the keys

	role          model.Role // whose side comes first
	width, height int
	rooms         [2]kit.Rect // of the lists
	watched       int         // the minute at which one more promised call is overdue; 0: none today
	dense         bool        // lists one above the other have no room for headings
	detailRoom    kit.Rect
}

// New is the page for a session. The side of the person's role has the keys first.
func New(s *session.Session) *Page {
	p := &Page{session: s}
	p.sides = [2]*side{newSide(p, model.RoleSales), newSide(p, model.RoleMarketing)}
	p.ownSide()
	return p
}

// ownSide gives the keys to the side of the person's role.
func (p *Page) ownSide() {
	p.role, p.front = p.session.Actor.Role, 0
	if p.role == model.RoleMarketing {
		p.front = 1
	}
	p.focus()
}

// SetSize implements session.Page.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.arrange()
}

// Refresh implements session.Page.
func (p *Page) Refresh() tea.Cmd {
	for _, s := range p.sides {
		s.refresh()
	}
	if p.detail != nil {
		p.detail.refresh()
	} else if p.role != p.session.Actor.Role { // the sides have changed places
		p.ownSide()
	}
	p.arrange()
	return p.watchLate()
}

// beside reports whether an opened signal stands beside the list.
func (p *Page) beside() bool { return p.detail != nil && besideList.Wide(p.width) }

// order is the sides in the order in which they are drawn: the person's own first.
func (p *Page) order() (first, second int) {
	if p.session.Actor.Role == model.RoleMarketing {
		return 1, 0
	}
	return 0, 1
}

// arrange gives the lists and the opened signal their rooms.
func (p *Page) arrange() {
	p.rooms, p.detailRoom = [2]kit.Rect{}, kit.Rect{}
	first, second := p.order()
	switch {
	case p.beside():
		p.rooms[p.front], p.detailRoom = besideList.Rooms(p.width, p.height)
	case p.detail != nil:
		p.detailRoom = kit.Rect{W: p.width, H: p.height}
	case sideBySide.Wide(p.width):
		p.rooms[first], p.rooms[second] = sideBySide.Rooms(p.width, p.height)
	default:
		p.rooms[first], p.rooms[second] = p.stack(first, second)
	}
	for i, s := range p.sides {
		s.setSize(p.rooms[i].W, p.rooms[i].H)
	}
	if p.detail != nil {
		p.detail.setSize(p.detailRoom.W, p.detailRoom.H)
	}
}

// stack shares the height between two lists: each what it needs, and when that is
// too much, at least half of it.
func (p *Page) stack(first, second int) (upper, lower kit.Rect) {
	room := max(p.height-1, 0)
	a, b := p.sides[first].lines(true), p.sides[second].lines(true)
	if p.dense = a+b > room; p.dense {
		a, b = p.sides[first].lines(false), p.sides[second].lines(false)
	}
	half := room / 2
	switch {
	case a+b <= room || a <= half:
	case b <= half:
		a = room - b
	default:
		a = room - half
	}
	return kit.Rect{W: p.width, H: a}, kit.Rect{Y: a + 1, W: p.width, H: room - a}
}

// focus tells the parts which of them has the keys.
func (p *Page) focus() {
	for i, s := range p.sides {
		s.table.Focus(i == p.front && (p.detail == nil || p.inList))
	}
	if p.detail != nil {
		p.detail.table.Focus(!p.inList)
	}
}

// Update implements session.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if p.detail != nil && !p.inList {
			return p.detail.key(msg)
		}
		return p.sides[p.front].table.Update(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	case nextLate:
		if msg.at == p.watched {
			p.watched = 0
			return p.Refresh()
		}
	}
	return nil
}

func (p *Page) mouse(m tea.MouseMsg) tea.Cmd {
	if p.detail != nil && p.detailRoom.Contains(m) {
		if kit.Clicked(m) {
			p.inList = false
			p.focus()
		}
		return p.detail.mouse(p.detailRoom.Relative(m))
	}
	for i, room := range p.rooms {
		if !room.Contains(m) {
			continue
		}
		if kit.Clicked(m) {
			p.front, p.inList = i, p.detail != nil
		}
		// The table learns of the focus afterwards: the click that brings it to the
		// front must not open the row as well.
		cmd := p.sides[i].mouse(room.Relative(m))
		p.focus()
		return cmd
	}
	return nil
}

// View implements session.Page.
func (p *Page) View() string {
	look := p.session.Look
	first, second := p.order()
	switch {
	case p.beside():
		return besideList.Join(look, p.width, p.height, p.sides[p.front].view(), p.detail.view())
	case p.detail != nil:
		return p.detail.view()
	case sideBySide.Wide(p.width):
		return sideBySide.Join(look, p.width, p.height, p.sides[first].view(), p.sides[second].view())
	}
	var lines []string
	if p.rooms[first].H > 0 {
		lines = append(lines, strings.Split(p.sides[first].view(), "\n")...)
	}
	lines = append(lines, p.waitingLine(p.width, model.RoleSales, model.RoleMarketing)) // of both
	if p.rooms[second].H > 0 {
		lines = append(lines, strings.Split(p.sides[second].view(), "\n")...)
	}
	return kit.Block(lines, p.width, p.height)
}

// Capturing implements session.Page.
func (p *Page) Capturing() bool {
	if p.detail != nil && !p.inList {
		return p.detail.table.Capturing()
	}
	return p.sides[p.front].table.Capturing()
}

// Back implements session.Page.
func (p *Page) Back() bool {
	switch {
	case p.detail != nil && p.inList && p.sides[p.front].table.Back():
	case p.detail != nil && !p.inList && p.detail.back():
	case p.detail != nil:
		p.close()
	default:
		return p.sides[p.front].table.Back()
	}
	return true
}

// Open implements session.Page: target is a session.SignalTarget.
func (p *Page) Open(target string) tea.Cmd {
	key, ok := session.ParseSignalTarget(target)
	if !ok {
		return nil
	}
	p.setFilter("")
	for _, s := range p.session.Signals() {
		if s.Key() == key {
			p.open(s)
		}
	}
	return nil
}

// Opened is the signal that is open, as Open takes it.
func (p *Page) Opened() string {
	if p.detail == nil {
		return ""
	}
	return session.SignalTarget(p.detail.signal.Key())
}

// open opens a signal.
func (p *Page) open(s model.Signal) {
	p.front = 0
	if s.Kind.Owner() == model.RoleMarketing {
		p.front = 1
	}
	p.sides[p.front].table.Select(session.SignalTarget(s.Key()))
	p.detail, p.inList = newDetail(p, s), false
	p.arrange()
	p.focus()
}

func (p *Page) close() {
	p.detail, p.inList = nil, false
	p.arrange()
	p.focus()
}

// current is the signal that actions are about: the opened one, else the one under
// the cursor.
func (p *Page) current() (model.Signal, bool) {
	if p.detail != nil {
		return p.detail.signal, true
	}
	return p.sides[p.front].current()
}

// setFilter filters both sides.
func (p *Page) setFilter(query string) {
	if query == p.filter {
		return
	}
	p.filter = query
	for _, s := range p.sides {
		s.choose()
		s.table.SetFilter(query)
		s.table.Refresh()
	}
	p.arrange()
}

// otherSide gives the keys to the other side; with an opened signal beside the
// list, to the other pane.
func (p *Page) otherSide() tea.Cmd {
	if p.beside() {
		p.inList = !p.inList
	} else {
		p.front = 1 - p.front
	}
	p.focus()
	return nil
}
