package maps

// The page around the map: which layers show, what stands under the cursor, and what the signs
// mean.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model/ready"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// order sorts the list: what is most pressing first, then by name.
func (p *Page) order() {
	weight := func(i int) int {
		point := &p.picture.Points[i]
		shown := p.layers & point.Layers
		w := 0
		for rank, layer := range [...]Layers{Campaigns, Calls, Route, Clashes} {
			if shown.Has(layer) {
				w += 8 << rank
			}
		}
		if p.layers.Has(Accounts) {
			w += int(point.Level)
		}
		return w
	}
	slices.SortFunc(p.rows, func(x, y int) int {
		a, b := p.picture.Points[x].Customer, p.picture.Points[y].Customer
		return cmp.Or(cmp.Compare(weight(y), weight(x)), strings.Compare(a.Name, b.Name), strings.Compare(a.Code, b.Code))
	})
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look, room := p.s.Look, p.room()
	lines := []string{p.head()}
	switch {
	case p.beside():
		lines = append(lines, strings.Split(p.split.Join(look, room.W, room.H, p.drawn(), p.list.View()), "\n")...)
	case p.onList:
		lines = append(lines, strings.Split(p.list.View(), "\n")...)
	default:
		lines = append(lines, strings.Split(p.drawn(), "\n")...)
	}
	lines = append(lines, p.foot()...)
	return kit.Block(lines, p.width, p.height)
}

// drawn is the map with the cursor on it.
func (p *Page) drawn() string {
	m, room := &p.sheet, p.mapRoom()
	if now := (drawnOf{p.picture, p.window, room.W, room.H, p.glyphs, p.layers, p.s.Look.Generation()}); now != p.sheetOf {
		p.sheetOf = now
		m.Reset(room.W, room.H, p.window, p.glyphs)
		p.picture.drawOn(m, p.s.Look.Text, p.s.Day(), p.layers)
		m.Keep()
	}
	m.Again()
	if p.query != "" { // what the filter lets through stands out
		for i := range p.rows {
			point := p.point(i)
			for _, sign := range signsOf(point, p.layers)[:1] {
				m.Mark(point.At, sign.MapSign, kit.Match)
			}
		}
	}
	at := p.cursor
	if point, ok := p.picture.Point(p.chosen); ok {
		at = point.At
		if shown := signsOf(point, p.layers&(point.Layers|Accounts)); len(shown) > 0 {
			m.Mark(at, shown[0].MapSign, kit.Strong)
		}
	}
	if x, y, ok := m.Where(at); ok {
		ground := kit.Selected
		if p.onList {
			ground = kit.Resting
		}
		m.Point(x, y, cursorSign, ground)
	}
	return m.View(p.s.Look)
}

// roomy is the width from which there is room for figures in the head, and for a whole sentence beside another in the
// foot.
const roomy = 100

// switches are the layers with their keys, in the order of the head.
var switches = [...]struct {
	layer Layers
	key   string
	name  string
}{
	{Territories, "t", "territories"}, {Accounts, "a", "accounts"}, {Campaigns, "m", "campaigns"}, {Calls, "c", "calls"}, {Route, "w", "route"}, {Clashes, "!", "clashes"},
}

// head says which layers show, and how many accounts each has.
func (p *Page) head() string {
	look := p.s.Look
	var spans []kit.Span
	for _, s := range switches {
		on, role := "·", kit.Dim
		if p.layers.Has(s.layer) {
			on, role = "✓", kit.Strong
		}
		said := look.T("maps.short." + s.name)
		if s.layer != Territories && p.width >= roomy {
			said += " " + look.Text.Int(p.picture.Count(s.layer))
		}
		spans = append(spans, kit.Span{Text: " " + s.key, Role: kit.Key}, kit.Span{Text: on, Role: role}, kit.Span{Text: said + " ", Role: role})
	}
	left := kit.Line(look, min(p.width, spanWidth(spans)), spans...)
	right := ""
	switch {
	case p.scope.Campaign != "":
		right = p.s.CampaignName(p.scope.Campaign)
	case p.layers.Has(Route):
		right = look.Text.Week(p.picture.Monday)
		if p.scope.Rep != "" {
			right = p.s.Book.RepName(p.scope.Rep) + " · " + right
		}
	}
	return kit.Sides(left, look.Paint(kit.Heading, right+" "), p.width)
}

func spanWidth(spans []kit.Span) (width int) {
	for _, s := range spans {
		width += kit.Width(s.Text)
	}
	return width
}

// foot is what stands under the cursor, what the signs mean, and what is not on the map.
func (p *Page) foot() []string {
	look := p.s.Look
	last := []kit.Span{}
	if n := p.picture.Unplaced(); n > 0 {
		last = append(last, kit.Span{Text: " " + look.Text.N("maps.nowhere", n), Role: kit.Late}, kit.Span{Text: "  " + look.KeyLabel("i"), Role: kit.Key}, kit.Span{Text: " " + look.T("maps.nowhere.why"), Role: kit.Dim})
	} else {
		last = append(last, kit.Span{Text: " " + look.T("maps.all-placed"), Role: kit.Dim})
	}
	source := "Natural Earth"
	if p.width >= roomy {
		source = look.T("maps.attribution")
	}
	return []string{
		kit.Line(look, p.width, p.here()...),
		kit.Line(look, p.width, append([]kit.Span{{Text: " "}}, p.picture.legend(look, p.glyphs, p.layers)...)...),
		kit.Sides(kit.Line(look, min(p.width, spanWidth(last)), last...), look.Paint(kit.Dim, source+" "), p.width),
	}
}

// here is what stands under the cursor.
func (p *Page) here() []kit.Span {
	look, v := p.s.Look, p.s.View()
	point, ok := p.picture.Point(p.chosen)
	if !ok {
		return []kit.Span{{Text: " " + look.T("maps.none"), Role: kit.Dim}}
	}
	a := &point.Customer.Account
	level := levelSigns[point.Level]
	spans := []kit.Span{{Text: " " + p.s.AccountName(a.Code), Role: kit.Strong}}
	add := func(role kit.Role, said string) {
		if said != "" {
			spans = append(spans, kit.Span{Text: " · ", Role: kit.Faint}, kit.Span{Text: said, Role: role})
		}
	}
	add(kit.Dim, p.s.Book.Settings().ClassName(a.Class))
	add(kit.Dim, strings.TrimSpace(a.Address.City))
	add(kit.Dim, p.s.AreaName(a.Territory))
	state := words.State(look.Text, point.Standing.State)
	if point.Level != Covered {
		state = string(level.In(p.glyphs)) + " " + state
	}
	add(level.role, state)
	if point.Layers.Has(Route) {
		add(kit.Key, look.Text.WeekdayDay(point.Day))
	}
	if point.Layers.Has(Campaigns) {
		add(kit.Sales, string(campaignSign.In(p.glyphs))+" "+p.s.CampaignName(point.Campaign))
	}
	if point.Layers.Has(Calls) {
		add(kit.Marketing, string(callSign.In(p.glyphs))+" "+look.T("maps.layer.calls"))
	}
	if point.Clash >= 0 {
		add(kit.Late, "! "+words.ClashBrief(look.Text, p.picture.Clashes[point.Clash], v.Today()))
	}
	return spans
}

// why says why an account cannot be shown.
func (p *Page) why(code string) string {
	look := p.s.Look
	l := p.s.Book.Account(code)
	if l == nil || l.Inactive {
		return look.T("maps.inactive", text.Args{"Account": p.s.AccountName(code)})
	}
	reason := ready.Nowhere(&l.Account, p.s.Book.Settings().Country)
	return look.T("maps.not-placed", text.Args{"Account": p.s.AccountName(code), "Why": look.T("maps.why." + string(reason))})
}
