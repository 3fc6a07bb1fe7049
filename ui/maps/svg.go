package maps

// The map as an inline SVG for a page that carries everything with it. Everything is drawn in the
// colour of the text around it, so that it fits light and dark; a page that wants colours gives
// them to the classes. Signs differ by their form, never by colour alone.

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Drawing is how a picture is drawn as SVG.
type Drawing struct {
	Layers Layers // 0: territories, accounts and campaigns
	Width  int    // of the view box, in pixels; 0: 640
	Height int    // that the map takes at most, without its legend; 0: 420
}

// MostBytes is what an SVG may take. Where there is more to draw, signs that nearly cover each
// other become one.
const MostBytes = 60_000

const (
	svgText   = 13 // pixels, of names and of the legend
	svgGlyph  = 7.2
	svgMargin = 14.0
	svgLine   = 20 // of the legend
)

// drawing is an SVG being drawn.
type drawing struct {
	Drawing
	p             *text.Printer
	d             *model.Day
	picture       *Picture
	west, north   float64
	perLon        float64
	perLat        float64
	width, height float64 // of the map, without the legend
	taken         [][4]float64
	written       []string
	b             strings.Builder
}

// SVG is the picture as an inline SVG element, with a legend below: the same bytes for the same
// picture, without a reference to anything outside. The classes are map, map-coast, map-border,
// map-areas, map-town, map-area, map-covered, map-overdue, map-never, map-sales, map-marketing,
// map-route, map-clash and map-legend.
func SVG(p *text.Printer, d *model.Day, picture *Picture, how Drawing) string {
	if how.Layers == 0 {
		how.Layers = Territories | Accounts | Campaigns
	}
	if how.Width == 0 {
		how.Width = 640
	}
	if how.Height == 0 {
		how.Height = 420
	}
	for grid := 4.0; ; grid *= 1.4 {
		s := &drawing{Drawing: how, p: p, d: d, picture: picture}
		s.fit()
		s.draw(grid)
		if drawn := s.b.String(); len(drawn) <= MostBytes || grid > 40 {
			return drawn
		}
	}
}

// fit lays the part of the earth that has points into the width.
func (s *drawing) fit() {
	southWest, northEast := s.picture.Corners(nil)
	lat := (southWest.Lat + northEast.Lat) / 2
	shorten := math.Max(math.Cos(lat*math.Pi/180), 0.1)
	lons, lats := math.Max(northEast.Lon-southWest.Lon, 0.1), math.Max(northEast.Lat-southWest.Lat, 0.1)
	s.width = float64(s.Width)
	inner := s.width - 2*svgMargin
	s.perLat = math.Min(inner/(lons*shorten), (float64(s.Height)-2*svgMargin)/lats)
	s.perLon = s.perLat * shorten
	s.height = math.Max(math.Round(lats*s.perLat+2*svgMargin), float64(s.Height)/2)
	s.west = (southWest.Lon+northEast.Lon)/2 - s.width/2/s.perLon
	s.north = lat + s.height/2/s.perLat
}

func (s *drawing) at(p kit.Place) (x, y float64) {
	return (p.Lon - s.west) * s.perLon, (s.north - p.Lat) * s.perLat
}

func (s *drawing) sees(x, y float64) bool { return x >= 0 && y >= 0 && x <= s.width && y <= s.height }

func (s *drawing) draw(grid float64) {
	legend := s.legend()
	columns := max(s.Width/300, 1)
	rows := (len(legend) + columns - 1) / columns
	total := s.height + float64(rows*svgLine) + 8
	label := s.p.T("maps.svg.label", text.Args{"Day": s.p.Date(s.d.Date())})
	fmt.Fprintf(&s.b, `<svg class="map" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="inherit" font-size="%d" fill="none" stroke-linejoin="round" stroke-linecap="round">`,
		s.Width, int(total), html.EscapeString(label), svgText)
	fmt.Fprintf(&s.b, `<title>%s</title>`, html.EscapeString(label))
	s.outlines()
	if s.Layers.Has(Territories) {
		s.areas()
	}
	if s.Layers.Has(Route) {
		s.route()
	}
	s.signs(grid)
	if s.Layers.Has(Territories) {
		s.names()
	}
	s.towns()
	s.b.WriteString(`<g class="map-legend" fill="currentColor">`)
	for i, entry := range legend {
		x, y := float64(i%columns*s.Width/columns), s.height+float64((i/columns+1)*svgLine)
		if entry.sign != "" {
			fmt.Fprintf(&s.b, `<path transform="translate(%s %s)" %s/>`, short(x+10), short(y-4.5), entry.sign)
		}
		fmt.Fprintf(&s.b, `<text x="%s" y="%s">%s</text>`, short(x+24), short(y), html.EscapeString(entry.words))
	}
	s.b.WriteString(`</g></svg>`)
}

// short is a number with at most one decimal.
func short(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// path is the data of a path through points; what lies outside is left out, but for the first
// points beyond the edge.
func (s *drawing) path(places []kit.Place, least float64) string {
	var b strings.Builder
	drawing, lastX, lastY := false, 0.0, 0.0
	for i, place := range places {
		x, y := s.at(place)
		near := s.sees(x, y)
		for _, other := range []int{i - 1, i + 1} {
			if other >= 0 && other < len(places) {
				near = near || s.sees(s.at(places[other]))
			}
		}
		switch {
		case !near:
			drawing = false
			continue
		case drawing && i < len(places)-1 && math.Hypot(x-lastX, y-lastY) < least:
			continue
		}
		step := "L"
		if !drawing {
			step = "M"
		}
		b.WriteString(step + strconv.Itoa(int(math.Round(x))) + " " + strconv.Itoa(int(math.Round(y))))
		drawing, lastX, lastY = true, x, y
	}
	return b.String()
}

// outlines draws coasts and borders, within the frame.
func (s *drawing) outlines() {
	fmt.Fprintf(&s.b, `<clipPath id="map-frame"><path d="M0 0H%sV%sH0z"/></clipPath>`, short(s.width), short(s.height))
	var coast, border strings.Builder
	for _, line := range outlines() {
		into := &border
		if line.kind == Coast {
			into = &coast
		}
		x1, y1 := s.at(line.southWest)
		x2, y2 := s.at(line.northEast)
		if x2 >= 0 && x1 <= s.width && y1 >= 0 && y2 <= s.height {
			into.WriteString(s.path(line.points, 2.5))
		}
	}
	fmt.Fprintf(&s.b, `<g clip-path="url(#map-frame)" stroke="currentColor"><path class="map-coast" opacity=".55" d="%s"/><path class="map-border" opacity=".5" stroke-dasharray="4 3" d="%s"/></g>`, coast.String(), border.String())
}

// areas draws the lines between territories.
func (s *drawing) areas() {
	const cell = 4.0
	width, height := int(math.Ceil(s.width/cell)), int(math.Ceil(s.height/cell))
	of := kit.Nearest(nil, width, height, 1, areaReach/111.2*s.perLat/cell, func(yield func(x, y int, area int32)) {
		for i := range s.picture.Points {
			point := &s.picture.Points[i]
			if x, y := s.at(point.At); point.area >= 0 && s.sees(x, y) {
				yield(min(int(x/cell), width-1), min(int(y/cell), height-1), point.area)
			}
		}
	})
	var b strings.Builder
	for _, line := range between(of, width, height) {
		for i, corner := range line {
			step := "L"
			if i == 0 {
				step = "M"
			}
			fmt.Fprintf(&b, "%s%d %d", step, int(corner[0]*cell), int(corner[1]*cell))
		}
	}
	fmt.Fprintf(&s.b, `<path class="map-areas" stroke="currentColor" opacity=".6" stroke-width="1.5" d="%s"/>`, b.String())
}

// route draws the days of the week.
func (s *drawing) route() {
	var b strings.Builder
	for _, leg := range s.picture.Legs {
		b.WriteString(s.path(leg.Places, 0))
	}
	fmt.Fprintf(&s.b, `<path class="map-route" stroke="currentColor" opacity=".8" d="%s"/>`, b.String())
}

// shape is a kind of sign: its class, the attributes of its paths, and its outline around a point.
type shape struct {
	class, paint, outline string
	layer                 Layers
	level                 Level // of Accounts
	words                 string
}

var shapes = [...]shape{
	{"map-covered", `fill="none" stroke="currentColor" stroke-width="2.4" opacity=".7"`, "h0", Accounts, Covered, "maps.level.covered"},
	{"map-overdue", `fill="none" stroke="currentColor" stroke-width="1.2"`, "m-2.4 0a2.4 2.4 0 1 0 0-.1z", Accounts, Overdue, "maps.level.overdue"},
	{"map-never", `fill="none" stroke="currentColor" stroke-width="5.6"`, "h0", Accounts, Never, "maps.level.never"},
	{"map-sales", `fill="currentColor"`, "m-4 3l4-7 4 7z", Campaigns, 0, "maps.layer.campaigns"},
	{"map-marketing", `fill="currentColor"`, "m-4 0l4-5 4 5-4 5z", Calls, 0, "maps.layer.calls"},
	{"map-clash", `fill="none" stroke="currentColor" stroke-width="2.2"`, "m0-6v6m0 4h0", Clashes, 0, "maps.layer.clashes"},
}

// shows reports whether a point is drawn in a shape.
func (f *shape) shows(p *Point) bool {
	return p.Layers.Has(f.layer) && (f.layer != Accounts || p.Level == f.level)
}

// signs draws the accounts. Of several of one shape that lie within the grid, one is drawn.
func (s *drawing) signs(grid float64) {
	for i := range shapes {
		f := &shapes[i]
		if !s.Layers.Has(f.layer) {
			continue
		}
		seen := map[[2]int]bool{}
		var b strings.Builder
		for i := range s.picture.Points {
			point := &s.picture.Points[i]
			x, y := s.at(point.At)
			spot := [2]int{int(x / grid), int(y / grid)}
			if !f.shows(point) || seen[spot] || !s.sees(x, y) {
				continue
			}
			seen[spot] = true
			b.WriteString("M" + short(x) + " " + short(y) + f.outline)
		}
		if b.Len() > 0 {
			fmt.Fprintf(&s.b, `<path class="%s" %s d="%s"/>`, f.class, f.paint, b.String())
		}
	}
}

// write writes a name where no other stands and it covers the fewest signs, and reports whether there
// was room.
func (s *drawing) write(class, extra, name string, at kit.Place, ways ...float64) bool {
	x, y := s.at(at)
	half := svgGlyph * float64(len([]rune(name))) / 2
	x = math.Min(math.Max(x, half+2), s.width-half-2)
	best, least := [4]float64{}, math.MaxInt
	for _, down := range ways {
		box := [4]float64{x - half - 3, y + down - svgText, x + half + 3, y + down + 4}
		if half > s.width/2 || box[1] < 0 || box[3] > s.height || slices.ContainsFunc(s.taken, func(other [4]float64) bool {
			return box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]
		}) {
			continue
		}
		covered := 0
		for i := range s.picture.Points {
			if x, y := s.at(s.picture.Points[i].At); x > box[0] && x < box[2] && y > box[1] && y < box[3] {
				covered++
			}
		}
		if covered < least {
			best, least = box, covered
		}
	}
	if least == math.MaxInt {
		return false
	}
	s.taken, s.written = append(s.taken, best), append(s.written, name)
	fmt.Fprintf(&s.b, `<text class="%s" x="%s" y="%s" text-anchor="middle" fill="currentColor"%s>%s</text>`, class, short(x), short(best[3]-4), extra, html.EscapeString(name))
	return true
}

// names writes the territories' names and how far they are covered.
func (s *drawing) names() {
	for _, area := range s.picture.byAccounts() {
		s.write("map-area", ` font-weight="bold"`, areaLabel(s.p, s.d, &area), area.At, 4, -8, 18, -16, 26, -26, 36)
	}
}

// towns writes the names of large towns where there is room, but for those that a territory is called by.
func (s *drawing) towns() {
	southWest := kit.Place{Lon: s.west, Lat: s.north - s.height/s.perLat}
	for _, town := range largeTowns(southWest, kit.Place{Lon: s.west + s.width/s.perLon, Lat: s.north}, 30) {
		name := townLabel(s.p, town)
		if !slices.ContainsFunc(s.written, func(other string) bool { return strings.Contains(other, name) }) {
			s.write("map-town", ` opacity=".8"`, name, kit.Place{Lon: town.Lon, Lat: town.Lat}, 4, -8, 18)
		}
	}
}

// entry is a line of the legend.
type entry struct{ sign, words string }

// legend says what the signs mean, and what is not on the map.
func (s *drawing) legend() (list []entry) {
	for i := range shapes {
		f := &shapes[i]
		count := 0
		for i := range s.picture.Points {
			if f.shows(&s.picture.Points[i]) {
				count++
			}
		}
		if s.Layers.Has(f.layer) && count > 0 {
			list = append(list, entry{fmt.Sprintf(`class="%s" %s d="M0 0%s"`, f.class, f.paint, f.outline), s.p.T(f.words) + ": " + s.p.Int(count)})
		}
	}
	if n := s.picture.Unplaced(); n > 0 {
		list = append(list, entry{words: s.p.N("maps.nowhere", n)})
	}
	return append(list, entry{words: s.p.T("maps.attribution")})
}

// areaLabel is a territory's name and how far it is covered.
func areaLabel(p *text.Printer, d *model.Day, area *Area) string {
	name := words.AreaName(p, d.Book(), area.Code)
	if area.Coverage.Accounts == 0 {
		return name
	}
	return name + " " + p.Percent(area.Coverage.CoveredShare())
}

// townLabel is a town's name without what only tells it from others.
func townLabel(p *text.Printer, town place.Town) string {
	name := town.Called(string(p.Language))
	for _, mark := range [...]string{" am ", " an der ", " an ", " im ", " in ", " ob ", " (", "/"} {
		name, _, _ = strings.Cut(name, mark)
	}
	return name
}
