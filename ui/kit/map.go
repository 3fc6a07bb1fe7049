package kit

// The map: which part of the earth is seen, and what is drawn there, in cells. The
// projection is equirectangular with the longitudes shortened by the cosine of the
// latitude in the middle, which is true enough for a country; a cell is taken for twice
// as high as wide.

import (
	"math"
	"strings"
)

// Place is a position on the map, in degrees.
type Place struct{ Lon, Lat float64 }

// Corners are the corners of the smallest box around places; ok is false without any.
func Corners(places []Place) (southWest, northEast Place, ok bool) {
	for i, p := range places {
		if i == 0 {
			southWest, northEast = p, p
		}
		southWest = Place{math.Min(southWest.Lon, p.Lon), math.Min(southWest.Lat, p.Lat)}
		northEast = Place{math.Max(northEast.Lon, p.Lon), math.Max(northEast.Lat, p.Lat)}
	}
	return southWest, northEast, len(places) > 0
}

// MapWindow is the part of the earth that is seen: what lies in the middle, and how many
// rows of cells a degree of latitude takes. Of the same window a larger map shows more.
type MapWindow struct {
	Middle Place
	Rows   float64
}

// The least and the most rows a degree takes: a continent, and a town.
const (
	leastRows = 0.2
	mostRows  = 600
)

// FitWindow is the window in which a map of width × height cells shows all between two
// corners, with a margin.
func FitWindow(width, height int, southWest, northEast Place) MapWindow {
	middle := Place{(southWest.Lon + northEast.Lon) / 2, (southWest.Lat + northEast.Lat) / 2}
	lons := math.Max(northEast.Lon-southWest.Lon, 0.05)
	lats := math.Max(northEast.Lat-southWest.Lat, 0.05)
	rows := math.Min(float64(max(height-2, 1))/lats, float64(max(width-4, 1))/2/(lons*shortened(middle.Lat)))
	return MapWindow{middle, 1}.Zoom(rows)
}

// Zoom shows things by times larger.
func (w MapWindow) Zoom(by float64) MapWindow {
	w.Rows = math.Min(math.Max(w.Rows*by, leastRows), mostRows)
	return w
}

// Pan moves the window by cells to the right and down.
func (w MapWindow) Pan(right, down float64) MapWindow {
	w.Middle.Lat = math.Min(math.Max(w.Middle.Lat-down/w.Rows, -85), 85)
	w.Middle.Lon = math.Min(math.Max(w.Middle.Lon+right/w.columns(), -180), 180)
	return w
}

// columns is how many columns a degree of longitude takes.
func (w MapWindow) columns() float64 { return 2 * w.Rows * shortened(w.Middle.Lat) }

func shortened(latitude float64) float64 {
	return math.Max(math.Cos(latitude*math.Pi/180), 0.05)
}

// Kilometre is how many rows a kilometre takes.
func (w MapWindow) Kilometre() float64 { return w.Rows / 111.2 }

// Glyphs are what a map is drawn with.
type Glyphs uint8

// The sets, from the finest to the one that every terminal has.
const (
	Braille Glyphs = iota // two by four dots a cell
	Blocks                // half blocks, one above the other
	ASCII                 // a sign a cell
)

var glyphNames = [...]string{"braille", "blocks", "ascii"}

// String is the name under which a set is remembered.
func (g Glyphs) String() string { return glyphNames[g%Glyphs(len(glyphNames))] }

// Next is the set after this one, round and round.
func (g Glyphs) Next() Glyphs { return (g + 1) % Glyphs(len(glyphNames)) }

// ParseGlyphs reads a set's name.
func ParseGlyphs(name string) (Glyphs, bool) {
	for i, known := range glyphNames {
		if name == known {
			return Glyphs(i), true
		}
	}
	return Braille, false
}

// dots are the dots of a cell.
func (g Glyphs) dots() (across, down int) {
	switch g {
	case Braille:
		return 2, 4
	case Blocks:
		return 1, 2
	}
	return 1, 1
}

// MapSign is a sign in a cell, and what stands for it where there is only ASCII. A light one may be
// covered by a label.
type MapSign struct {
	Sign, ASCII rune
	Light       bool
}

// In is the sign in a set.
func (s MapSign) In(g Glyphs) rune {
	if g == ASCII {
		return s.ASCII
	}
	return s.Sign
}

// MapInk is how a line is drawn: its role, and the sign of its cells in ASCII.
type MapInk struct {
	Role  Role
	ASCII rune
}

// MapCanvas is a map being drawn: later things over earlier ones.
type MapCanvas struct {
	width, height  int // cells
	across, down   int // dots a cell
	window         MapWindow
	columns        float64
	glyphs         Glyphs
	cells          []mapCell
	nearest        []int32 // of Areas, kept between frames
	kept           []mapCell
	southWest, far Place // corners of what is seen
}

// mapCell is a cell: a sign, else dots; on what ground.
type mapCell struct {
	sign   rune
	dots   uint8
	role   Role
	ground Ground
	held   bool // a sign that no label may cover
}

// Reset begins a map anew.
func (m *MapCanvas) Reset(width, height int, window MapWindow, glyphs Glyphs) {
	m.width, m.height = max(width, 1), max(height, 1)
	m.window, m.columns, m.glyphs = window, window.columns(), glyphs
	m.across, m.down = glyphs.dots()
	if cells := m.width * m.height; cap(m.cells) < cells {
		m.cells = make([]mapCell, cells)
	} else {
		m.cells = m.cells[:cells]
		clear(m.cells)
	}
	m.southWest, m.far = m.At(0, m.height), m.At(m.width, 0)
}

// Keep remembers what is drawn, so that Again begins with it: what moves over a map is drawn without the map.
func (m *MapCanvas) Keep() { m.kept = append(m.kept[:0], m.cells...) }

// Again goes back to what was kept, in the same window.
func (m *MapCanvas) Again() { copy(m.cells, m.kept) }

// position is where a place lies, in cells from the top left.
func (m *MapCanvas) position(p Place) (x, y float64) {
	return float64(m.width)/2 + (p.Lon-m.window.Middle.Lon)*m.columns, float64(m.height)/2 - (p.Lat-m.window.Middle.Lat)*m.window.Rows
}

// Where is the cell a place is drawn in; ok is false outside the map.
func (m *MapCanvas) Where(p Place) (x, y int, ok bool) {
	fx, fy := m.position(p)
	if !(fx >= 0 && fy >= 0 && fx < float64(m.width) && fy < float64(m.height)) { // also for what is no number
		return 0, 0, false
	}
	return int(fx), int(fy), true
}

// At is the place at the top left corner of a cell.
func (m *MapCanvas) At(x, y int) Place {
	return Place{
		Lon: m.window.Middle.Lon + (float64(x)-float64(m.width)/2)/m.columns,
		Lat: m.window.Middle.Lat - (float64(y)-float64(m.height)/2)/m.window.Rows,
	}
}

// Away is how far a place is from the middle of a cell, in rows.
func (m *MapCanvas) Away(p Place, x, y int) float64 {
	fx, fy := m.position(p)
	return math.Hypot((fx-float64(x)-0.5)/2, fy-float64(y)-0.5)
}

// Cells is how many cells the map has.
func (m *MapCanvas) Cells() int { return len(m.cells) }

// Corners are the corners of what is seen.
func (m *MapCanvas) Corners() (southWest, northEast Place) { return m.southWest, m.far }

// Sees reports whether any of a box between two corners can be seen.
func (m *MapCanvas) Sees(southWest, northEast Place) bool {
	return southWest.Lon <= m.far.Lon && northEast.Lon >= m.southWest.Lon && southWest.Lat <= m.far.Lat && northEast.Lat >= m.southWest.Lat
}

// brailleBits are the dots of a braille cell by row and column (Unicode 2800 ff.).
var brailleBits = [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

// dot sets a dot, counted from the top left.
func (m *MapCanvas) dot(x, y int, ink MapInk) {
	if x < 0 || y < 0 || x >= m.across*m.width || y >= m.down*m.height {
		return
	}
	cell := &m.cells[y/m.down*m.width+x/m.across]
	cell.role = ink.Role
	switch m.glyphs {
	case Braille:
		cell.dots |= brailleBits[y%4][x%2]
	case Blocks:
		cell.dots |= 1 << (y % 2)
	default:
		cell.dots = uint8(ink.ASCII)
	}
}

// Line draws a line through places (a border, a route).
func (m *MapCanvas) Line(ink MapInk, places ...Place) {
	right, bottom := float64(m.across*m.width-1), float64(m.down*m.height-1)
	for i := 1; i < len(places); i++ {
		x1, y1 := m.position(places[i-1])
		x2, y2 := m.position(places[i])
		x1, x2, y1, y2 = x1*float64(m.across)-0.5, x2*float64(m.across)-0.5, y1*float64(m.down)-0.5, y2*float64(m.down)-0.5
		from, to, ok := within(x1, y1, x2, y2, right, bottom)
		if !ok {
			continue
		}
		dx, dy := x2-x1, y2-y1
		steps := max(int(math.Ceil(math.Max(math.Abs(dx), math.Abs(dy))*(to-from))), 1)
		for s := range steps + 1 {
			t := from + (to-from)*float64(s)/float64(steps)
			m.dot(int(math.Round(x1+t*dx)), int(math.Round(y1+t*dy)), ink)
		}
	}
}

// within is the stretch of a line that lies between 0,0 and the corner, as shares of its length
// (Liang and Barsky, ACM Transactions on Graphics 3, 1984).
func within(x1, y1, x2, y2, right, bottom float64) (from, to float64, ok bool) {
	from, to = 0, 1
	for _, edge := range [4][2]float64{{x1 - x2, x1}, {x2 - x1, right - x1}, {y1 - y2, y1}, {y2 - y1, bottom - y1}} {
		switch slope, room := edge[0], edge[1]; {
		case math.IsNaN(slope) || math.IsNaN(room):
			return 0, 0, false
		case slope == 0 && room < 0:
			return 0, 0, false
		case slope < 0:
			from = math.Max(from, room/slope)
		case slope > 0:
			to = math.Min(to, room/slope)
		}
	}
	return from, to, from <= to
}

// Mark puts a sign on a place.
func (m *MapCanvas) Mark(p Place, sign MapSign, role Role) {
	if x, y, ok := m.Where(p); ok {
		m.cells[y*m.width+x] = mapCell{sign: sign.In(m.glyphs), role: role, held: !sign.Light}
	}
}

// Point sets what stands in a cell on a ground, with a sign left of it, so that the cell is
// found without colour.
func (m *MapCanvas) Point(x, y int, sign MapSign, ground Ground) {
	if x < 0 || y < 0 || x >= m.width || y >= m.height {
		return
	}
	cell := &m.cells[y*m.width+x]
	cell.ground, cell.held = ground, true
	if cell.sign == 0 && cell.dots == 0 {
		cell.sign = ' '
	}
	if x > 0 {
		m.cells[y*m.width+x-1] = mapCell{sign: sign.In(m.glyphs), role: Strong, ground: ground, held: true}
	}
}

// Label writes a name where there is room, and reports whether there was: beside the sign of its place, or
// for a place without one around it, rather above or below than over the signs of others.
func (m *MapCanvas) Label(p Place, name string, role Role, signed bool) bool {
	x, y, ok := m.Where(p)
	label := []rune(strings.TrimSpace(Clean(name)))
	if !ok || len(label) == 0 || Width(string(label)) != len(label) {
		return false
	}
	ways := [][2]int{{x + 2, y}, {x - 1 - len(label), y}}
	if !signed {
		from := x - len(label)/2
		ways = [][2]int{{from, y}, {from, y - 1}, {from, y + 1}, {from, y - 2}, {from, y + 2}}
	}
	for _, over := range [...]bool{false, true} {
		for _, at := range ways {
			from, y := at[0], at[1]
			if y < 0 || y >= m.height || from < 0 || from+len(label) > m.width || !m.free(from-1, y, len(label)+2, over) {
				continue
			}
			for i, r := range label {
				m.cells[y*m.width+from+i] = mapCell{sign: r, role: role, held: true}
			}
			return true
		}
	}
	return false
}

// free reports that no sign stands in the cells; over: none that counts.
func (m *MapCanvas) free(x, y, count int, over bool) bool {
	for i := max(x, 0); i < min(x+count, m.width); i++ {
		if cell := &m.cells[y*m.width+i]; cell.held || cell.sign != 0 && !over {
			return false
		}
	}
	return true
}

// View draws the map, width × height cells.
func (m *MapCanvas) View(look *Look) string {
	var b strings.Builder
	b.Grow(4 * len(m.cells))
	for y := range m.height {
		if y > 0 {
			b.WriteByte('\n')
		}
		row := m.cells[y*m.width : (y+1)*m.width]
		for from := 0; from < len(row); {
			to := from + 1
			for to < len(row) && (row[to].role == row[from].role && row[to].ground == row[from].ground || row[to].bare() && row[from].ground == Plain) {
				to++
			}
			pen := &look.Theme.pens[row[from].role][row[from].ground]
			b.WriteString(pen.open)
			for i := from; i < to; i++ {
				b.WriteRune(row[i].rune(m.glyphs))
			}
			b.WriteString(pen.shut)
			from = to
		}
	}
	return b.String()
}

func (c *mapCell) bare() bool { return c.sign == 0 && c.dots == 0 && c.ground == Plain }

func (c *mapCell) rune(g Glyphs) rune {
	switch {
	case c.sign != 0:
		return c.sign
	case c.dots == 0:
		return ' '
	case g == Braille:
		return 0x2800 + rune(c.dots)
	case g == Blocks:
		return [...]rune{' ', '▀', '▄', '█'}[c.dots&3]
	}
	return rune(c.dots)
}
