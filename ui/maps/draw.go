package maps

// The map as cells: the lines first, then every account by what is shown of it, then names
// where there is room.

import (
	"slices"
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// The inks of lines.
var (
	coastInk  = kit.MapInk{Role: kit.Faint, ASCII: '~'}
	borderInk = kit.MapInk{Role: kit.Faint, ASCII: '-'}
	areaInk   = kit.MapInk{Role: kit.Dim, ASCII: ':'}
	routeInk  = kit.MapInk{Role: kit.Key, ASCII: '+'}
)

// cursorSign stands left of the cell that is pointed at.
var cursorSign = kit.MapSign{Sign: '▸', ASCII: '>'}

// sign is how an account shows on a layer.
type sign struct {
	kit.MapSign
	role  kit.Role
	words string // message
}

var levelSigns = [...]sign{
	Covered: {kit.MapSign{Sign: '·', ASCII: '.', Light: true}, kit.Good, "maps.level.covered"},
	Overdue: {kit.MapSign{Sign: '○', ASCII: 'o'}, kit.Late, "maps.level.overdue"},
	Never:   {kit.MapSign{Sign: '●', ASCII: '@'}, kit.Late, "maps.level.never"},
}

var (
	campaignSign = sign{kit.MapSign{Sign: '▲', ASCII: '^'}, kit.Sales, "maps.layer.campaigns"}
	callSign     = sign{kit.MapSign{Sign: '◆', ASCII: '*'}, kit.Marketing, "maps.layer.calls"}
	clashSign    = sign{kit.MapSign{Sign: '!', ASCII: '!'}, kit.Error, "maps.layer.clashes"}
)

// daySign is the number of a weekday, at the visits of a route.
func daySign(day model.Date) kit.MapSign {
	digit := rune('1' + int(day-day.Monday()))
	return kit.MapSign{Sign: digit, ASCII: digit}
}

// signsOf are the signs of an account on layers, the most pressing first.
func signsOf(p *Point, layers Layers) (list []sign) {
	if (layers & p.Layers).Has(Clashes) {
		list = append(list, clashSign)
	}
	if (layers & p.Layers).Has(Route) {
		list = append(list, sign{daySign(p.Day), kit.Key, "maps.layer.route"})
	}
	if (layers & p.Layers).Has(Calls) {
		list = append(list, callSign)
	}
	if (layers & p.Layers).Has(Campaigns) {
		list = append(list, campaignSign)
	}
	if layers.Has(Accounts) {
		list = append(list, levelSigns[p.Level])
	}
	return list
}

// shows reports whether an account is on one of the layers.
func (l Layers) shows(p *Point) bool { return l&p.Layers&^Territories != 0 }

// drawOn draws a picture on a canvas that knows its window.
func (p *Picture) drawOn(m *kit.MapCanvas, printer *text.Printer, d *model.Day, layers Layers) {
	for _, line := range outlines() {
		if m.Sees(line.southWest, line.northEast) {
			ink := borderInk
			if line.kind == Coast {
				ink = coastInk
			}
			m.Line(ink, line.points...)
		}
	}
	if layers.Has(Territories) {
		p.areaPoints = p.areaPoints[:0]
		for i := range p.Points {
			if point := &p.Points[i]; point.area >= 0 {
				p.areaPoints = append(p.areaPoints, kit.AreaPoint{At: point.At, Area: point.area})
			}
		}
		m.Areas(areaInk, p.areaPoints, areaReach)
	}
	if layers.Has(Route) {
		for _, leg := range p.Legs {
			m.Line(routeInk, leg.Places...)
		}
	}
	p.drawSigns(m, layers)
	var written []string
	if layers.Has(Territories) {
		for _, area := range p.byAccounts() {
			if label := areaLabel(printer, d, &area); m.Label(area.At, label, kit.Heading, false) {
				written = append(written, label)
			}
		}
	}
	southWest, northEast := m.Corners()
	for _, town := range largeTowns(southWest, northEast, m.Cells()/110) {
		name := townLabel(printer, town)
		if !slices.ContainsFunc(written, func(label string) bool { return strings.Contains(label, name) }) {
			m.Label(kit.Place{Lon: town.Lon, Lat: town.Lat}, name, kit.Dim, false)
		}
	}
}

// drawSigns marks the accounts, the less pressing first: of several in a cell the most pressing
// shows.
func (p *Picture) drawSigns(m *kit.MapCanvas, layers Layers) {
	if layers.Has(Accounts) {
		for level := Covered; level <= Never; level++ {
			for i := range p.Points {
				if point := &p.Points[i]; point.Level == level {
					m.Mark(point.At, levelSigns[level].MapSign, levelSigns[level].role)
				}
			}
		}
	}
	for _, layer := range [...]struct {
		layer Layers
		sign
	}{{Campaigns, campaignSign}, {Calls, callSign}} {
		for i := range p.Points {
			if point := &p.Points[i]; layers.Has(layer.layer) && point.Layers.Has(layer.layer) {
				m.Mark(point.At, layer.MapSign, layer.role)
			}
		}
	}
	for i := range p.Points {
		if point := &p.Points[i]; layers.Has(Route) && point.Layers.Has(Route) {
			m.Mark(point.At, daySign(point.Day), kit.Key)
		}
	}
	for i := range p.Points {
		if point := &p.Points[i]; layers.Has(Clashes) && point.Layers.Has(Clashes) {
			m.Mark(point.At, clashSign.MapSign, clashSign.role)
		}
	}
}

// legend says what the signs on the layers mean.
func (p *Picture) legend(look *kit.Look, glyphs kit.Glyphs, layers Layers) (spans []kit.Span) {
	add := func(sign kit.MapSign, role kit.Role, words string) {
		if len(spans) > 0 {
			spans = append(spans, kit.Span{Text: "  "})
		}
		spans = append(spans, kit.Span{Text: string(sign.In(glyphs)), Role: role}, kit.Span{Text: " " + words, Role: kit.Dim})
	}
	if layers.Has(Accounts) {
		for _, s := range levelSigns {
			add(s.MapSign, s.role, look.T(s.words))
		}
	}
	if layers.Has(Campaigns) {
		add(campaignSign.MapSign, campaignSign.role, look.T("maps.short.campaigns"))
	}
	if layers.Has(Calls) {
		add(callSign.MapSign, callSign.role, look.T("maps.short.calls"))
	}
	if layers.Has(Route) {
		spans = append(spans, kit.Span{Text: "  "}, kit.Span{Text: "1–" + strconv.Itoa(5), Role: kit.Key},
			kit.Span{Text: " " + look.T("maps.weekdays", text.Args{"First": look.Text.Weekday(p.Monday), "Last": look.Text.Weekday(p.Monday + 4)}), Role: kit.Dim})
	}
	if layers.Has(Clashes) {
		add(clashSign.MapSign, clashSign.role, look.T("maps.short.clashes"))
	}
	return spans
}
