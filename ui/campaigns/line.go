package campaigns

// A campaign as a row: its span on the time line and its numbers.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
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
	return p.lineOf(p.width - margin - gutter - p.nameWidth() - gap - (numbers-1)*(numberW+gap) - (tables.TargetsWidth + gap))
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

// table is the campaigns' table in the page's present width.
func (p *Page) table() tables.Table[tables.Campaign] {
	line := p.line()
	_, weeks := line.Heads(p.s.Look.Text)
	title := ""
	for _, span := range weeks {
		title += span.Text
	}
	table := tables.Campaigns(p.nameWidth(), tables.Column[tables.Campaign]{
		Key: "start", Title: title, Min: line.Width,
		Cell: func(_ tables.View, c tables.Campaign) kit.Cell {
			stored, _ := p.s.Book.Campaign(c.Code)
			return kit.Cell{Spans: p.spans(line, stored, c.Campaign)}
		},
	})
	if !p.withBooked() {
		table = table.Without("booked")
	}
	return table
}

func (p *Page) row(i int) kit.Row {
	c := described(p.rows[i], p.found)
	if p.move != nil && p.move.campaign.Code == c.Code {
		c = described(p.move.campaign, map[string]progress{c.Code: p.shown})
	}
	return kit.Row{Cells: p.table().Cells(p.s.View(), c)}
}

// described is a campaign as the table describes it.
func described(c model.Campaign, found map[string]progress) tables.Campaign {
	f, known := found[c.Code]
	return tables.Campaign{Campaign: c, Known: known, Targets: f.targets, Served: f.served, Booked: f.booked, Gap: f.gap, Called: f.called}
}

// spans draws a campaign on the time line: the window of its visits, the days it
// runs, where it was before a move, and in words what is unusual about it.
func (p *Page) spans(line kit.TimeLine, stored, c model.Campaign) []kit.Span {
	phase := c.Phase(p.s.Today)
	var stretches []kit.Stretch
	if c.NeedsVisits() && phase != model.PhaseOver {
		lead := model.Date(p.s.Book.Settings().Lead)
		stretches = append(stretches, kit.Stretch{From: c.Start - lead, To: c.End, Fill: '┄', Edges: true, Role: kit.Dim})
	}
	if stored.Start != c.Start || stored.End != c.End {
		stretches = append(stretches, kit.Stretch{From: stored.Start, To: stored.End, Fill: '░', Role: kit.Dim})
	}
	days := kit.Stretch{From: c.Start, To: c.End, Fill: '▇', Role: kit.Marketing}
	switch phase {
	case model.PhaseOver:
		days.Role = kit.Dim
	case model.PhaseDraft:
		days.Fill, days.Role = '▒', kit.Dim
	case model.PhaseCancelled:
		days.Fill, days.Role = '─', kit.Dim
	}
	spans := line.Row(append(stretches, days)...)
	look := p.s.Look
	switch {
	case c.End < line.First:
		day := look.Text.Recent(c.End, p.s.Today)
		return overlay(spans, 0, firstThatFits(line.Width, "← "+day, "←"+day, "←"), kit.Dim)
	case c.Start > line.Last():
		day := look.Text.Recent(c.Start, p.s.Today)
		label := firstThatFits(line.Width, day+" →", day+"→", "→")
		return overlay(spans, line.Width-kit.Width(label), label, kit.Dim)
	case phase == model.PhaseDraft || phase == model.PhaseCancelled:
		word := " " + words.CampaignStatus(look.Text, c, p.s.Today)
		x := line.Column(c.End + 1)
		if x+kit.Width(word) > line.Width {
			x = max(line.Column(c.Start)-kit.Width(word)-1, 0)
		}
		return overlay(spans, x, word, kit.Dim)
	}
	return spans
}

// firstThatFits is the first of the labels that a width holds, else the last.
func firstThatFits(width int, labels ...string) string {
	for _, label := range labels {
		if kit.Width(label) <= width {
			return label
		}
	}
	return labels[len(labels)-1]
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

// heads are the months above the rows; the weeks stand in the table's own head.
func (p *Page) heads() string {
	months, _ := p.line().Heads(p.s.Look.Text)
	left := kit.Span{Text: kit.Blank(gutter + p.nameWidth() + gap)}
	return kit.Line(p.s.Look, p.width, append([]kit.Span{left}, months...)...)
}
