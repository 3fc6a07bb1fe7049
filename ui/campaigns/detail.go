package campaigns

// The lower part: what the campaign in view is, and how ready its territories are.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// briefHeight is the lines about the campaign above its territories while the list
// stands above: title, two lines of text, a blank one.
const briefHeight = 4

// roomy is the height from which an opened campaign shows its time line, too.
const roomy = 26

// rooms are where the list (with the months above it) and the lower part stand.
func (p *Page) rooms() (upper, lower kit.Rect) {
	if p.opened != "" {
		return kit.Rect{}, kit.Rect{W: p.width, H: p.height}
	}
	lines := len(p.rows) + 2
	if p.past < len(p.rows) {
		lines += 2 // the heading of what is over
	}
	h := min(max(lines, 5), max(p.height*55/100, p.height-briefHeight-len(p.shown.areas)-3))
	h = max(min(h, p.height-briefHeight-4), 3)
	return kit.Rect{W: p.width, H: h}, kit.Rect{Y: h + 1, W: p.width, H: max(p.height-h-1, 0)}
}

// layout gives the parts their rooms.
func (p *Page) layout() {
	if p.width == 0 {
		return
	}
	p.list.SetColumns(p.table().Page())
	p.areas.SetColumns(p.areaTable().Page())
	upper, lower := p.rooms()
	if p.opened == "" {
		p.list.SetSize(p.width, upper.H-1)
	}
	facts := p.factsHeight()
	p.facts.SetSize(p.width, facts)
	p.areas.SetSize(p.width, max(lower.H-facts, 0))
}

// shownKey says which campaign, as it was then, the lower part was computed for.
type shownKey struct {
	code       string
	start, end model.Date
}

// look takes up the campaign in view.
func (p *Page) look() {
	c, ok := p.inView()
	key := shownKey{c.Code, c.Start, c.End}
	if !ok {
		p.shown, p.shownFor = progress{}, shownKey{}
	} else if key != p.shownFor {
		stored, known := p.found[c.Code]
		if known && p.move == nil {
			p.shown = stored
		} else {
			p.shown, _ = p.measure(c)
		}
		p.shownFor = key
	}
	p.list.Refresh()
	p.areas.Refresh()
	p.layout()
	if p.width > 0 {
		p.facts.SetLines(p.factLines())
	}
}

// factsHeight is the lines above the territories.
func (p *Page) factsHeight() int {
	if p.opened == "" {
		return briefHeight
	}
	return min(len(p.factLines()), max(p.height-6, p.height/2))
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	var lines []string
	if p.opened == "" {
		lines = append(lines, p.heads())
		lines = append(lines, strings.Split(p.list.View(), "\n")...)
		if len(p.rows) == 0 {
			return kit.Block(lines, p.width, p.height)
		}
		lines = append(lines, p.s.Look.Rule(p.width))
	}
	lines = append(lines, strings.Split(p.facts.View(), "\n")...)
	lines = append(lines, strings.Split(p.areas.View(), "\n")...)
	return kit.Block(lines, p.width, p.height)
}

// factLines are the lines about the campaign in view.
func (p *Page) factLines() []string {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	look, width := p.s.Look, p.width-4
	indent := func(lines []string) []string {
		for i, line := range lines {
			lines[i] = "   " + line
		}
		return lines
	}
	lines := []string{p.titleLine(c)}
	said := p.summary(c, width)
	if p.move != nil {
		said = p.effectLines(width)
	}
	if p.opened == "" {
		for len(said) < briefHeight-1 {
			said = append(said, "")
		}
		return append(lines, indent(said[:briefHeight-1])...)
	}
	lines = append(lines, "")
	lines = append(lines, indent(said)...)
	lines = append(lines, "")
	pairs := p.pairs(c)
	lines = append(lines, indent(kit.KeyValue(look, pairs, width, 2))...)
	labels := 9
	for i := 0; i < len(pairs); i += 2 { // those of the first column, which these stand below
		labels = max(labels, kit.Width(look.T(pairs[i].Label)))
	}
	if c.Goal+c.Note != "" {
		lines = append(lines, "")
	}
	for _, part := range []struct{ label, text string }{{"campaigns.goal", c.Goal}, {"campaigns.note", c.Note}} {
		if part.text == "" {
			continue
		}
		label := kit.Fit(look.T(part.label), labels, kit.AlignLeft) + "  "
		for i, line := range kit.Wrap(part.text, min(width-labels-2, 96)) {
			if i > 0 {
				label = kit.Blank(labels + 2)
			}
			lines = append(lines, "   "+look.Paint(kit.Dim, label)+line)
		}
	}
	if p.height < roomy {
		return append(lines, "")
	}
	lines = append(lines, "")
	line := p.lineOf(p.width - 6)
	months, weeks := line.Heads(look.Text)
	stored, _ := p.s.Book.Campaign(c.Code)
	for _, spans := range [][]kit.Span{months, weeks, p.spans(line, stored, c)} {
		lines = append(lines, kit.Line(look, p.width, append([]kit.Span{{Text: "   "}}, spans...)...))
	}
	return append(lines, "")
}

// titleLine is the campaign's name, kind, days and status.
func (p *Page) titleLine(c model.Campaign) string {
	look := p.s.Look
	kind := words.CampaignKind(p.s.Look.Text, c.Kind)
	if c.IsTelemarketing() {
		kind = words.MarketingGlyph + " " + kind
	}
	write := words.CampaignDays
	if p.width < 120 {
		write = words.CampaignDaysShort
	}
	days := write(look.Text, c)
	if p.move != nil {
		days = look.T("campaigns.days.moved", text.Args{"Before": write(look.Text, p.move.stored), "Now": days})
	}
	phase := c.Phase(p.s.Today)
	status := strings.TrimSpace(words.PhaseGlyph(phase) + " " + words.CampaignStatus(p.s.Look.Text, c, p.s.Today))
	role := kit.Dim
	if phase == model.PhaseRunning {
		role = kit.Good
	}
	if p.move != nil && p.width < 120 {
		status = "" // what moves matters more
	}
	name := kit.Truncate(kit.Clean(c.Name), max(p.width/2, 20))
	if whole := kit.Clean(kind) + " · " + days; p.width >= 120 || p.move == nil && kit.Width(name)+kit.Width(whole)+kit.Width(status)+8 <= p.width {
		days = whole // else the days alone, which are not cut
	}
	left := " " + look.Paint(kit.Heading, name) + look.Paint(kit.Dim, "   "+days)
	return kit.Sides(left, look.Paint(role, "  "+status)+" ", p.width)
}

// summary says in plain words how far the campaign is.
func (p *Page) summary(c model.Campaign, width int) []string {
	look, print, f := p.s.Look, p.s.Look.Text, p.shown
	sentence := func(key string, count int, args text.Args) []string {
		return kit.Paragraph(look, kit.Text, print.N("campaigns.summary."+key, count, args), width)
	}
	phase := c.Phase(p.s.Today)
	start := c.Start - model.Date(p.s.Book.Settings().Lead)
	args := text.Args{
		"Targets": print.Int(f.targets), "Needed": print.Int(f.needed), "Served": print.Int(f.served), "Booked": print.Int(f.booked),
		"Gap": print.Int(f.gap), "Ready": print.Int(f.ready), "Areas": print.Int(len(f.areas)), "Called": print.Int(f.called),
		"Reached": print.Int(f.reached), "Window": print.DayLong(start),
		"Days": print.N("campaigns.part.left", f.daysLeft), "Beyond": print.N("campaigns.part.beyond", f.beyond),
	}
	switch {
	case len(f.areas) == 0:
		return sentence("nowhere", 0, args)
	case phase == model.PhaseCancelled:
		return sentence("cancelled", f.targets, args)
	case c.IsTelemarketing():
		return sentence("calls", f.targets, args)
	case f.targets == 0:
		return sentence("nobody", 0, args)
	case phase == model.PhaseOver:
		return sentence("over", f.needed, args)
	case phase == model.PhaseDraft:
		return sentence("draft", f.targets, args)
	case f.gap == 0:
		return sentence("ready", f.needed, args)
	case p.s.Today < start:
		args["Days"] = print.N("campaigns.part.free", f.daysLeft)
		return sentence("before", f.gap, args)
	}
	key := "short"
	if f.beyond > 0 {
		key = "beyond"
	}
	if len(f.areas) == 1 {
		key += ".single"
	}
	return sentence(key, f.gap, args)
}

// pairs are the facts of the opened campaign.
func (p *Page) pairs(c model.Campaign) []kit.Pair {
	look := p.s.Look
	value := func(label, s string) kit.Pair {
		if s == "" {
			s = "–"
		}
		return kit.Pair{Label: "campaigns.fact." + label, Value: kit.Cell{Text: s}}
	}
	classes := look.T("campaigns.classes.all")
	if len(c.Classes) > 0 {
		names := make([]string, len(c.Classes))
		for i, class := range c.Classes {
			names[i] = p.s.Book.ClassName(class)
		}
		classes = strings.Join(names, " ")
	}
	var places []string
	for _, code := range c.Territories {
		if p.s.Book.Area(code) != nil {
			code = p.s.AreaName(code)
		}
		places = append(places, code)
	}
	window := "–"
	if c.NeedsVisits() {
		window = words.CampaignDays(look.Text, model.Campaign{Start: c.Start - model.Date(p.s.Book.Settings().Lead), End: c.End})
	}
	pairs := []kit.Pair{
		value("days", words.CampaignDays(look.Text, c)), value("classes", classes),
		value("window", window), value("owner", c.Owner),
		value("places", kit.Truncate(kit.Clean(strings.Join(places, ", ")), 40)), value("code", c.Code),
	}
	if calls, called := p.byPhone(c); calls > 0 {
		pairs = append(pairs, value("by-phone", look.Text.N("campaigns.by-phone", calls, text.Args{"Called": look.Text.Int(called)})))
	}
	if c.HasLot() {
		pairs = append(pairs, value("lot", look.T("campaigns.lot", words.LotCounts(look.Text, c))))
	}
	if c.Review != 0 {
		pairs = append(pairs, value("review", look.Text.Date(c.ReviewDay()+1)))
	}
	if names := overlapping(p.s, c); len(names) > 0 {
		pairs = append(pairs, value("overlap", kit.Truncate(kit.Clean(words.List(look.Text, names, listed)), 60)))
	}
	return pairs
}

// byPhone counts the accounts that are called for the campaign in place of a visit, and
// those of them that were called since its window began.
func (p *Page) byPhone(c model.Campaign) (calls, called int) {
	for _, l := range p.s.Day().InsteadOfVisits(c) {
		calls++
		for call := range l.Calls.All() {
			if call.Date <= p.s.Today {
				if call.Date >= c.Start-model.Date(p.s.Book.Settings().Lead) {
					called++
				}
				break
			}
		}
	}
	return calls, called
}

// areaTable is the table of the territories: visits, or calls.
func (p *Page) areaTable() tables.Table[tables.CampaignArea] {
	if c, ok := p.inView(); ok && c.IsTelemarketing() {
		return tables.CallsOfCampaign
	}
	return tables.VisitsOfCampaign
}

func (p *Page) areaRow(i int) kit.Row {
	a := p.shown.areas[i]
	c, _ := p.inView()
	return kit.Row{Cells: p.areaTable().Cells(p.s.View(), tables.CampaignArea{
		Area: a.area, Readiness: a.readiness, Called: a.called, Reached: a.reached, Raises: p.raised(c),
	})}
}

// raised reports whether a gap raises a signal today.
func (p *Page) raised(c model.Campaign) bool {
	return c.NeedsVisits() && p.s.Today >= c.Start-model.Date(p.s.Book.Settings().Horizon) && p.s.Today <= c.End
}
