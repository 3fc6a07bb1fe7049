package maps

// Moving about: the cursor on the map and in the list go together, the window follows them
// or is moved and widened by itself.

import (
	"doppelpass/ui/kit"

	tea "github.com/charmbracelet/bubbletea"
)

// follow puts the list's cursor on the account that is chosen.
func (p *Page) follow() {
	if p.chosen == "" || !p.list.Select(p.chosen) {
		if p.onList || p.chosen == "" && p.query != "" {
			p.choose(p.list.Cursor())
		}
	}
}

// choose points at an account, from the list.
func (p *Page) choose(code string) {
	point, ok := p.picture.Point(code)
	if !ok {
		return
	}
	p.chosen, p.cursor = code, point.At
	if _, _, ok := p.look().Where(point.At); !ok {
		p.window.Middle, p.moved = point.At, true
	}
}

// pick chooses the account nearest to the cursor, if one lies within some rows.
func (p *Page) pick(within float64) {
	m := p.look()
	x, y, ok := m.Where(p.cursor)
	p.chosen = ""
	if !ok {
		return
	}
	best, at := within, -1
	for i := range p.picture.Points {
		point := &p.picture.Points[i]
		if !p.layers.shows(point) {
			continue
		}
		if away := m.Away(point.At, x, y); away < best {
			best, at = away, i
		}
	}
	if at >= 0 {
		p.chosen = p.picture.Points[at].Customer.Code
	}
}

// step moves the cursor by cells; the map moves along where it comes near the edge.
func (p *Page) step(right, down int) {
	room := p.mapRoom()
	x, y, ok := p.look().Where(p.cursor)
	if !ok {
		x, y = room.W/2, room.H/2
	}
	x, y = x+right, y+down
	left, top := min(8, room.W/4), min(3, room.H/4)
	panRight := min(x-left, 0) + max(x-(room.W-1-left), 0)
	panDown := min(y-top, 0) + max(y-(room.H-1-top), 0)
	p.cursor = p.middle(x, y)
	if panRight != 0 || panDown != 0 {
		p.window, p.moved = p.window.Pan(float64(panRight), float64(panDown)), true
	}
	p.pick(reach)
	p.sift()
}

// middle is the place in the middle of a cell.
func (p *Page) middle(x, y int) kit.Place {
	a, b := p.look().At(x, y), p.canvas.At(x+1, y+1)
	return kit.Place{Lon: (a.Lon + b.Lon) / 2, Lat: (a.Lat + b.Lat) / 2}
}

// pan moves the map by a third of what is seen, and the cursor with it.
func (p *Page) pan(right, down int) tea.Cmd {
	room := p.mapRoom()
	x, y, ok := p.look().Where(p.cursor)
	p.window, p.moved = p.window.Pan(float64(right*room.W/3), float64(down*room.H/3)), true
	if !ok {
		x, y = room.W/2, room.H/2
	}
	p.cursor = p.middle(x, y)
	p.pick(reach)
	p.sift()
	return nil
}

// zoom shows things larger or smaller around the cursor.
func (p *Page) zoom(by float64) tea.Cmd {
	before := p.window.Rows
	p.window, p.moved = p.window.Zoom(by), true
	by = p.window.Rows / before
	p.window.Middle = kit.Place{
		Lon: p.cursor.Lon + (p.window.Middle.Lon-p.cursor.Lon)/by,
		Lat: p.cursor.Lat + (p.window.Middle.Lat-p.cursor.Lat)/by,
	}
	p.sift()
	return nil
}
