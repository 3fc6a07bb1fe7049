package campaigns

// A campaign as a row: its span on the time line and its numbers.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The widths of the columns beside the time line.
const (
	gutter  = 3
	gap     = 2
	numberW = 7
	margin  = 1
)

// nameWidth is the room of the names.
func (p *Page) nameWidth() int {
	switch {
	case p.width >= 140:
		return 36
	case p.width >= 100:
		return 28
	}
	return 20
}

// withBooked reports whether there is room for the visits already booked.
func (p *Page) withBooked() bool { return p.width >= 100 }

// line is the time line in the page's present width.
func (p *Page) line() kit.TimeLine {
	numbers := 3
	if p.withBooked() {
		numbers = 4
	}
	return p.lineOf(p.width - margin - gutter - p.nameWidth() - gap - numbers*(numberW+gap))
}

// lineOf is a time line of a width; days are cells where a quarter then still fits.
func (p *Page) lineOf(width int) kit.TimeLine {
	perWeek := 3
	for _, cells := range []int{7, 5, 4} {
		if width/cells >= 12 {
			perWeek = cells
			break
		}
	}
	return kit.NewTimeLine(p.first, p.s.Today, max(width, perWeek), perWeek)
}

// today brings today into the first third of the time line.
func (p *Page) today() {
	p.first = p.s.Today.Monday() - model.Date(7*(p.line().Weeks/3))
}

// scroll moves the time line by four weeks.
func (p *Page) scroll(direction int) tea.Cmd {
	p.first += model.Date(28 * direction)
	p.first = max(p.first, model.FirstDate)
	p.layout()
	return nil
}

// reveal scrolls so far that the campaign's start and end show, the start if not both can.
func (p *Page) reveal(c model.Campaign) {
	line := p.line()
	switch {
	case c.Start < line.First:
		p.first = (c.Start - 7).Monday()
	case c.End > line.Last() && c.Start > line.First+7:
		p.first = min((c.Start - 7).Monday(), (c.End+7-model.Date(7*line.Weeks)).Monday()+7)
	default:
		return
	}
	p.layout()
}

func (p *Page) columns() []kit.Column {
	line := p.line()
	_, weeks := line.Heads(p.s.Look.Text)
	title := ""
	for _, span := range weeks {
		title += span.Text
	}
	number := func(key string) kit.Column {
		return kit.Column{Key: key, Title: "campaigns.column." + key, Align: kit.AlignRight, Min: numberW, Sortable: true, Falling: true}
	}
	columns := []kit.Column{
		{Key: "name", Title: "campaigns.column.name", Min: p.nameWidth(), Sortable: true},
		{Key: "start", Title: title, Min: line.Width, Sortable: true},
		number("targets"), number("served"),
	}
	if p.withBooked() {
		columns = append(columns, number("booked"))
	}
	return append(columns, number("gap"))
}

func (p *Page) row(i int) kit.Row {
	stored := p.rows[i]
	c, f := stored, p.found[stored.Code]
	_, known := p.found[stored.Code]
	if p.move != nil && p.move.campaign.Code == stored.Code {
		c, f, known = p.move.campaign, p.shown, true
	}
	cells := []kit.Cell{p.nameCell(c), {Spans: p.spans(p.line(), stored, c)}}
	return kit.Row{Cells: append(cells, p.numbers(c, f, known)...)}
}

// phase is where a campaign stands: its status, or what follows from its days.
type phase uint8

const (
	upcoming phase = iota
	running
	over
	draft
	cancelled
)

var phaseWords = [...]string{upcoming: "upcoming", running: "running", over: "over", draft: "draft", cancelled: "cancelled"}

var phaseGlyphs = [...]string{upcoming: " ", running: "●", over: "✓", draft: "·", cancelled: "╳"}

func phaseOf(c model.Campaign, today model.Date) phase {
	switch {
	case c.Status == model.CampaignCancelled:
		return cancelled
	case c.Status != model.CampaignPlanned:
		return draft
	case today > c.End:
		return over
	case today >= c.Start:
		return running
	}
	return upcoming
}

// statusText says where a campaign stands: "running, 4 working days left".
func (p *Page) statusText(c model.Campaign) string {
	phase, today := phaseOf(c, p.s.Today), p.s.Today
	switch phase {
	case upcoming:
		return p.s.Look.Text.N("campaigns.phase.upcoming", int(c.Start-today))
	case running:
		return p.s.Look.Text.N("campaigns.phase.running", model.WorkingDays(today, c.End))
	}
	return p.s.Look.T("campaigns.phase." + phaseWords[phase])
}

// kindName is the kind in the person's language where it is a usual one.
func (p *Page) kindName(kind string) string {
	if key := "campaigns.kind." + kind; p.s.Look.Text.Has(key) {
		return p.s.Look.T(key)
	}
	return kind
}

func (p *Page) nameCell(c model.Campaign) kit.Cell {
	phase, role := phaseOf(c, p.s.Today), kit.Text
	if phase >= over {
		role = kit.Dim
	}
	glyphRole := kit.Dim
	if phase == running {
		glyphRole = kit.Good
	}
	spans := []kit.Span{{Text: phaseGlyphs[phase] + " ", Role: glyphRole}}
	if c.IsTelemarketing() {
		name := kit.Truncate(kit.Clean(c.Name), p.nameWidth()-4)
		return kit.Cell{Spans: append(spans, kit.Span{Text: name, Role: role}, kit.Span{Text: " " + words.MarketingGlyph, Role: kit.Marketing})}
	}
	return kit.Cell{Spans: append(spans, kit.Span{Text: c.Name, Role: role})}
}

// spans draws a campaign on the time line: the window of its visits, the days it
// runs, where it was before a move, and in words what is unusual about it.
func (p *Page) spans(line kit.TimeLine, stored, c model.Campaign) []kit.Span {
	phase := phaseOf(c, p.s.Today)
	var stretches []kit.Stretch
	if c.NeedsVisits() && phase != over {
		lead := model.Date(p.s.Book.Settings().Lead)
		stretches = append(stretches, kit.Stretch{From: c.Start - lead, To: c.End, Fill: '┄', Edges: true, Role: kit.Dim})
	}
	if stored.Start != c.Start || stored.End != c.End {
		stretches = append(stretches, kit.Stretch{From: stored.Start, To: stored.End, Fill: '░', Role: kit.Dim})
	}
	days := kit.Stretch{From: c.Start, To: c.End, Fill: '▇', Role: kit.Marketing}
	switch phase {
	case over:
		days.Role = kit.Dim
	case draft:
		days.Fill, days.Role = '▒', kit.Dim
	case cancelled:
		days.Fill, days.Role = '─', kit.Dim
	}
	spans := line.Row(append(stretches, days)...)
	look := p.s.Look
	switch {
	case c.End < line.First:
		return overlay(spans, 0, "← "+look.Text.Recent(c.End, p.s.Today), kit.Dim)
	case c.Start > line.Last():
		label := look.Text.Recent(c.Start, p.s.Today) + " →"
		return overlay(spans, line.Width-kit.Width(label), label, kit.Dim)
	case phase == draft || phase == cancelled:
		word := " " + look.T("campaigns.phase."+phaseWords[phase])
		x := line.Column(c.End + 1)
		if x+kit.Width(word) > line.Width {
			x = max(line.Column(c.Start)-kit.Width(word)-1, 0)
		}
		return overlay(spans, x, word, kit.Dim)
	}
	return spans
}

// overlay writes a label over spans from cell x on.
func overlay(spans []kit.Span, x int, label string, role kit.Role) []kit.Span {
	var left, right []kit.Span
	end, at := x+kit.Width(label), 0
	for _, span := range spans {
		runes := []rune(span.Text)
		if n := min(max(x-at, 0), len(runes)); n > 0 {
			left = append(left, kit.Span{Text: string(runes[:n]), Role: span.Role})
		}
		if n := min(max(end-at, 0), len(runes)); n < len(runes) {
			right = append(right, kit.Span{Text: string(runes[n:]), Role: span.Role})
		}
		at += len(runes)
	}
	return append(append(left, kit.Span{Text: label, Role: role}), right...)
}

// numbers are the cells beside the time line.
func (p *Page) numbers(c model.Campaign, f progress, known bool) []kit.Cell {
	phase, print := phaseOf(c, p.s.Today), p.s.Look.Text
	role := kit.Text
	if phase >= over {
		role = kit.Dim
	}
	count := func(n int) kit.Cell { return kit.Cell{Text: print.Int(n), Role: role} }
	blank := kit.Cell{Text: "–", Role: kit.Dim}
	var cells []kit.Cell
	switch {
	case !known:
		cells = []kit.Cell{{Text: "…", Role: kit.Dim}, {}, {}, {}}
	case phase == cancelled:
		cells = []kit.Cell{count(f.targets), blank, blank, blank}
	case c.IsTelemarketing():
		called := kit.Cell{Text: words.MarketingGlyph + " " + print.Int(f.called), Role: kit.Marketing}
		if phase >= over {
			called.Role = kit.Dim
		}
		cells = []kit.Cell{count(f.targets), called, blank, blank}
	default:
		short := count(f.gap)
		switch {
		case phase >= over:
		case f.gap > 0:
			short.Role = kit.Late
		case f.targets > 0:
			short = kit.Cell{Text: words.DoneGlyph, Role: kit.Good}
		}
		cells = []kit.Cell{count(f.targets), count(f.served), count(f.booked), short}
	}
	if !p.withBooked() {
		cells = append(cells[:2:2], cells[3])
	}
	return cells
}

// heads are the months above the rows; the weeks stand in the table's own head.
func (p *Page) heads() string {
	months, _ := p.line().Heads(p.s.Look.Text)
	left := kit.Span{Text: kit.Blank(gutter + p.nameWidth() + gap)}
	return kit.Line(p.s.Look, p.width, append([]kit.Span{left}, months...)...)
}

// daysText is a campaign's span of days: 9.–18. Dec in the language's form.
func daysText(print *text.Printer, c model.Campaign) string {
	if c.Start == c.End {
		return print.WeekdayDate(c.Start)
	}
	return print.WeekdayDay(c.Start) + " – " + print.WeekdayDate(c.End)
}

// shortDays is daysText for little room: without weekdays, and without the year.
func shortDays(print *text.Printer, c model.Campaign) string {
	if c.Start == c.End {
		return print.Day(c.Start)
	}
	return print.Day(c.Start) + " – " + print.Day(c.End)
}
