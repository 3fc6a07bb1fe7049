package kit

// The map: points, lines and labels by longitude and latitude, drawn in braille
// dots (two by four a cell). The projection is equirectangular with the
// longitudes shortened by the cosine of the middle latitude, which is true enough
// for a country.

import (
	"math"
	"strings"
)

// Place is a position on the map, in degrees.
type Place struct{ Lon, Lat float64 }

// MapPoint is something at a place.
type MapPoint struct {
	ID    string // for hits; "" cannot be hit
	At    Place
	Role  Role
	Glyph rune   // 0: a braille dot
	Label string // beside the point where there is room
}

// MapCanvas is a map being drawn: later things over earlier ones.
type MapCanvas struct {
	width, height   int // cells
	west, north     float64
	perLon, perLat  float64 // dots a degree
	offsetX, offset float64 // dots, to centre the map

	dots   []uint8
	glyphs []rune
	roles  []Role
	points []MapPoint
}

// NewMapCanvas is an empty map of the box between two corners, as large as it can
// be in width × height cells without distortion, and centred.
func NewMapCanvas(width, height int, southWest, northEast Place) *MapCanvas {
	width, height = max(width, 1), max(height, 1)
	m := &MapCanvas{width: width, height: height, west: southWest.Lon, north: northEast.Lat}
	m.dots = make([]uint8, width*height)
	m.glyphs = make([]rune, width*height)
	m.roles = make([]Role, width*height)
	lons := math.Max(northEast.Lon-southWest.Lon, 1e-6)
	lats := math.Max(northEast.Lat-southWest.Lat, 1e-6)
	shorten := math.Max(math.Cos((southWest.Lat+northEast.Lat)/2*math.Pi/180), 0.05)
	dotsX, dotsY := float64(2*width-1), float64(4*height-1)
	m.perLat = math.Min(dotsX/(lons*shorten), dotsY/lats)
	m.perLon = m.perLat * shorten
	m.offsetX = (dotsX - lons*m.perLon) / 2
	m.offset = (dotsY - lats*m.perLat) / 2
	return m
}

// Bounds are the corners of a box around places with a margin of a twentieth;
// ok is false without any.
func Bounds(places []Place) (southWest, northEast Place, ok bool) {
	for i, p := range places {
		if i == 0 {
			southWest, northEast = p, p
		}
		southWest = Place{math.Min(southWest.Lon, p.Lon), math.Min(southWest.Lat, p.Lat)}
		northEast = Place{math.Max(northEast.Lon, p.Lon), math.Max(northEast.Lat, p.Lat)}
	}
	marginLon := math.Max((northEast.Lon-southWest.Lon)/20, 0.01)
	marginLat := math.Max((northEast.Lat-southWest.Lat)/20, 0.01)
	return Place{southWest.Lon - marginLon, southWest.Lat - marginLat},
		Place{northEast.Lon + marginLon, northEast.Lat + marginLat}, len(places) > 0
}

// dot is a place in dots from the top left.
func (m *MapCanvas) dot(p Place) (x, y float64) {
	return m.offsetX + (p.Lon-m.west)*m.perLon, m.offset + (m.north-p.Lat)*m.perLat
}

// cell is the cell of a place; ok is false outside the canvas.
func (m *MapCanvas) cell(p Place) (x, y int, ok bool) {
	dx, dy := m.dot(p)
	if math.IsNaN(dx) || math.IsNaN(dy) || dx < -0.5 || dy < -0.5 || dx >= float64(2*m.width) || dy >= float64(4*m.height) {
		return 0, 0, false
	}
	return min(int(math.Round(dx))/2, m.width-1), min(int(math.Round(dy))/4, m.height-1), true
}

// brailleBits are the dots of a braille cell by row and column (Unicode 2800 ff.).
var brailleBits = [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

func (m *MapCanvas) set(x, y int, role Role) {
	if x < 0 || y < 0 || x >= 2*m.width || y >= 4*m.height {
		return
	}
	i := y/4*m.width + x/2
	m.dots[i] |= brailleBits[y%4][x%2]
	m.roles[i] = role
}

// Points draws points; they can be hit.
func (m *MapCanvas) Points(points ...MapPoint) {
	for _, p := range points {
		x, y, ok := m.cell(p.At)
		if !ok {
			continue
		}
		m.points = append(m.points, p)
		i := y*m.width + x
		if p.Glyph != 0 {
			m.glyphs[i], m.roles[i] = p.Glyph, p.Role
			continue
		}
		dx, dy := m.dot(p.At)
		m.set(int(math.Round(dx)), int(math.Round(dy)), p.Role)
	}
}

// Line draws a line through places (a border, a route). The algorithm steps along
// the longer axis; what lies outside is left out.
func (m *MapCanvas) Line(role Role, places ...Place) {
	for i := 1; i < len(places); i++ {
		x1, y1 := m.dot(places[i-1])
		x2, y2 := m.dot(places[i])
		length := math.Max(math.Abs(x2-x1), math.Abs(y2-y1))
		if math.IsNaN(length) || length > 1e5 {
			continue
		}
		steps := max(int(math.Ceil(length)), 1)
		for s := range steps + 1 {
			t := float64(s) / float64(steps)
			m.set(int(math.Round(x1+t*(x2-x1))), int(math.Round(y1+t*(y2-y1))), role)
		}
	}
}

// Labels writes the labels of the points drawn so far, in their order, right of
// the point or else left of it, where nothing but dots is in the way.
func (m *MapCanvas) Labels() {
	for _, p := range m.points {
		x, y, ok := m.cell(p.At)
		label := []rune(strings.TrimSpace(Clean(p.Label)))
		if !ok || len(label) == 0 || Width(string(label)) != len(label) {
			continue
		}
		for _, from := range [...]int{x + 2, x - 1 - len(label)} {
			if m.free(from-1, y, len(label)+2) && from >= 0 && from+len(label) <= m.width {
				for i, r := range label {
					k := y*m.width + from + i
					m.glyphs[k], m.roles[k], m.dots[k] = r, p.Role, 0
				}
				break
			}
		}
	}
}

// free reports that no glyph stands in the cells.
func (m *MapCanvas) free(x, y, count int) bool {
	for i := max(x, 0); i < min(x+count, m.width); i++ {
		if m.glyphs[y*m.width+i] != 0 && m.glyphs[y*m.width+i] != '●' {
			return false
		}
	}
	return true
}

// Hit is the point nearest to a cell, if one lies within two cells.
func (m *MapCanvas) Hit(x, y int) (MapPoint, bool) {
	best, found := math.Inf(1), MapPoint{}
	for _, p := range m.points {
		if p.ID == "" {
			continue
		}
		dx, dy := m.dot(p.At)
		away := math.Hypot(dx-(2*float64(x)+0.5), dy-(4*float64(y)+1.5))
		if away <= best { // of equals the one drawn last, which is on top
			best, found = away, p
		}
	}
	return found, best <= 6
}

// Where is the cell a place is drawn in; ok is false outside the map.
func (m *MapCanvas) Where(p Place) (x, y int, ok bool) { return m.cell(p) }

// View draws the map, width × height cells.
func (m *MapCanvas) View(look *Look) string {
	var b strings.Builder
	cells := make([]rune, m.width)
	for y := range m.height {
		if y > 0 {
			b.WriteByte('\n')
		}
		roles := m.roles[y*m.width : (y+1)*m.width]
		for x := range cells {
			i := y*m.width + x
			switch {
			case m.glyphs[i] != 0:
				cells[x] = m.glyphs[i]
			case m.dots[i] != 0:
				cells[x] = 0x2800 + rune(m.dots[i])
			default:
				cells[x] = ' '
			}
		}
		for _, span := range spansOf(cells, roles) {
			look.Theme.write(&b, Plain, span.Role, span.Text)
		}
	}
	return b.String()
}
