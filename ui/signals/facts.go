package signals

// The numbers of an opened signal as a grid: what is counted at the left, time and
// pace at the right.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	factGap     = 2  // between label and value, as kit.KeyValue draws them
	factBetween = 4  // between the two columns
	longestLine = 34 // of the window and the gauge
	wordsFrom   = 38 // cells from which the pace is labelled in words
)

// fact is a label (message key) and how to draw its value in so many cells.
type fact struct {
	label string
	draw  func(width int) kit.Cell
}

func plain(label, value string, role kit.Role) fact {
	return fact{label, func(int) kit.Cell { return kit.Cell{Text: value, Role: role} }}
}

// facts are the lines of the grid, at most width cells wide.
func facts(s *session.Session, signal model.Signal, width int) []string {
	var left, right []fact
	switch signal.Kind {
	case model.StepUpVisits:
		left, right = visitFacts(s, signal)
	case model.AddTelemarketing:
		left, right = contactFacts(s, signal)
	default:
		left, right = reportFacts(s, signal)
	}
	labels := func(list []fact) int {
		widest := 0
		for _, f := range list {
			widest = max(widest, kit.Width(s.Look.T(f.label)))
		}
		return widest
	}
	taken := labels(left) + labels(right) + 2*factGap + factBetween
	widest := 0
	cells := make([]kit.Cell, len(left))
	for i, f := range left {
		cells[i] = f.draw(width)
		widest = max(widest, cellWidth(cells[i]))
	}
	room := max(width-taken-widest, 0)
	var pairs []kit.Pair
	for i := range max(len(left), len(right)) {
		var l, r kit.Pair
		if i < len(left) {
			l = kit.Pair{Label: left[i].label, Value: cells[i]}
		}
		if i < len(right) {
			r = kit.Pair{Label: right[i].label, Value: fitCell(right[i].draw(room), room)}
		}
		pairs = append(pairs, l, r)
	}
	return kit.KeyValue(s.Look, pairs, width, 2)
}

func cellWidth(c kit.Cell) int {
	if len(c.Spans) == 0 {
		return kit.Width(kit.Clean(c.Text))
	}
	w := 0
	for _, span := range c.Spans {
		w += kit.Width(kit.Clean(span.Text))
	}
	return w
}

// fitCell keeps a value from pushing the grid into one column.
func fitCell(c kit.Cell, width int) kit.Cell {
	if cellWidth(c) <= width {
		return c
	}
	if len(c.Spans) == 0 {
		c.Text = kit.Truncate(kit.Clean(c.Text), width)
		return c
	}
	var kept []kit.Span
	for _, span := range c.Spans {
		w := kit.Width(kit.Clean(span.Text))
		if w > width {
			kept = append(kept, kit.Span{Text: kit.Truncate(kit.Clean(span.Text), width), Role: span.Role})
			break
		}
		kept = append(kept, span)
		width -= w
	}
	return kit.Cell{Spans: kept}
}

func visitFacts(s *session.Session, signal model.Signal) (left, right []fact) {
	p, r := s.Look.Text, signal.Readiness
	c, _ := s.Book.Campaign(signal.Campaign)
	targets := p.Int(r.Targets)
	if len(c.Classes) > 0 {
		var classes []string
		for _, class := range c.Classes {
			classes = append(classes, s.Book.ClassName(class))
		}
		targets = p.T("signals.targets.classes", text.Args{"Count": targets, "Classes": strings.Join(classes, " ")})
	}
	needed := "signals.needed.share"
	if r.ByPhone > 0 {
		needed = "signals.needed.by-phone"
	}
	left = []fact{
		plain("signals.fact.targets", targets, kit.Text),
		plain("signals.fact.needed", p.T(needed, text.Args{
			"Count": p.Int(r.Needed), "Calls": p.Int(r.ByPhone), "Share": p.Percent(float64(s.Book.Settings().TargetShare) / 100)}), kit.Text),
		plain("signals.fact.done", p.T("signals.done.booked", text.Args{"Done": p.Int(r.Served), "Booked": p.Int(r.Booked)}), kit.Text),
		{"signals.fact.missing", func(int) kit.Cell { return progressCell(p.Int(r.Gap), r) }},
	}
	room := p.T("signals.vacant")
	if area := s.Book.Area(signal.Territory); area != nil && area.Rep != "" {
		room = p.T("signals.room.rep", text.Args{"Count": p.Int(r.Room), "Rep": s.Book.RepName(area.Rep)})
		if r.CoverRoom > 0 {
			room = p.T("cover.room", text.Args{"Room": room, "Cover": p.Int(r.CoverRoom)})
		}
		if r.Contested > 0 {
			room = p.T("signals.room.contested", text.Args{"Room": room, "Contested": p.Int(r.Contested)})
		}
	}
	right = []fact{
		{"signals.fact.window", func(width int) kit.Cell { return windowCell(s, c, r, width) }},
		{"signals.fact.pace", func(width int) kit.Cell { return paceCell(s, r.Weeks, r.UsualPace, r.RequiredPace, kit.Sales, width) }},
		campaignFact(s, c, kit.Text),
		plain("signals.fact.room", room, kit.Text),
	}
	return left, right
}

// campaignFact is the campaign with when it starts or ends, where there is room.
func campaignFact(s *session.Session, c model.Campaign, role kit.Role) fact {
	name := s.CampaignName(c.Code)
	long := s.Look.T("signals.campaign.when", text.Args{"Campaign": name, "When": words.CampaignWhen(s.Look.Text, c, s.Today)})
	return fact{"signals.fact.campaign", func(width int) kit.Cell {
		if kit.Width(long) > width {
			return kit.Cell{Text: name, Role: role}
		}
		return kit.Cell{Text: long, Role: role}
	}}
}

// progressCell is how many visits are to go, and beside it the needed ones as a
// bar: done high, booked half as high, missing low.
func progressCell(missing string, r model.Readiness) kit.Cell {
	const cells = 10
	if r.Needed == 0 {
		return kit.Cell{Text: missing}
	}
	done := min(r.Served*cells/r.Needed, cells)
	if r.Served > 0 {
		done = max(done, 1) // a first visit shows
	}
	booked := max(min((r.Served+r.Booked)*cells/r.Needed, cells)-done, 0)
	return kit.Cell{Spans: []kit.Span{
		{Text: missing, Role: kit.Strong}, {Text: "  "},
		{Text: strings.Repeat("▇", done), Role: kit.Good}, {Text: strings.Repeat("▄", booked), Role: kit.Good},
		{Text: strings.Repeat("▁", cells-done-booked), Role: kit.Late},
	}}
}

// windowCell draws the window in which visits count, the campaign's start and today.
func windowCell(s *session.Session, c model.Campaign, r model.Readiness, width int) kit.Cell {
	p := s.Look.Text
	from, until := p.DayOf(r.WindowStart, s.Today), p.DayOf(r.WindowEnd, s.Today)
	line := min(width-kit.Width(from)-kit.Width(until)-2, longestLine)
	if line < 5 || r.WindowEnd <= r.WindowStart {
		return kit.Cell{Text: from + " – " + until}
	}
	span := float64(r.WindowEnd - r.WindowStart)
	drawn := kit.WindowLine(float64(c.Start-r.WindowStart)/span, float64(s.Today-r.WindowStart)/span, line)
	spans := []kit.Span{{Text: from + " ", Role: kit.Dim}}
	for _, glyph := range drawn {
		role := kit.Faint
		switch glyph {
		case '●', '═':
			role = kit.Marketing
		case '┊':
			role = kit.Strong
		}
		if last := len(spans) - 1; last > 0 && spans[last].Role == role {
			spans[last].Text += string(glyph)
		} else {
			spans = append(spans, kit.Span{Text: string(glyph), Role: role})
		}
	}
	return kit.Cell{Spans: append(spans, kit.Span{Text: " " + until, Role: kit.Dim})}
}

// paceCell draws the visits of the last weeks, and beside them on the same scale
// the pace that is needed.
func paceCell(s *session.Session, counted [model.PaceWeeks]int, pace, needed float64, role kit.Role, width int) kit.Cell {
	p := s.Look.Text
	weeks := make([]float64, len(counted))
	top := needed
	for i, count := range counted {
		weeks[i] = float64(count)
		top = max(top, weeks[i])
	}
	usual, want := p.Decimal(pace, 1), p.Decimal(needed, 1)
	if width >= wordsFrom {
		usual = p.T("signals.pace.usual", text.Args{"Pace": usual})
		want = p.T("signals.pace.needed", text.Args{"Pace": want})
	}
	return kit.Cell{Spans: []kit.Span{
		{Text: kit.SparklineTo(weeks, top, len(weeks))},
		{Text: " " + usual + "  ", Role: kit.Dim},
		{Text: kit.SparklineTo([]float64{needed, needed}, top, 2), Role: role},
		{Text: " " + want, Role: kit.Strong},
	}}
}

// rateCell is the contact rate as a bar with a mark where it should be at least.
func rateCell(s *session.Session, c model.Coverage, role kit.Role, width int) kit.Cell {
	p := s.Look.Text
	threshold := float64(s.Book.Settings().ContactThreshold) / 100
	aim := p.T("signals.rate.aim", text.Args{"Share": p.Percent(threshold)})
	spans := kit.Gauge(c.ContactedShare(), threshold, 1, max(min(width-kit.Width(aim)-2, longestLine), 5), role)
	return kit.Cell{Spans: append(spans, kit.Span{Text: "  " + aim, Role: kit.Dim})}
}

// classesText is the contact rate of each class that counts.
func classesText(s *session.Session, territory string) string {
	area := s.Book.Area(territory)
	if area == nil {
		return "–"
	}
	var parts []string
	numbers := s.Day().Numbers(area)
	for i, class := range s.Book.Settings().ClassList() {
		if c := numbers.ByClass[i]; c.Accounts > 0 {
			parts = append(parts, class.Label()+" "+s.Look.Text.Percent(c.ContactedShare()))
		}
	}
	return strings.Join(parts, "  ")
}

func contactFacts(s *session.Session, signal model.Signal) (left, right []fact) {
	p, c := s.Look.Text, signal.Contact
	left = []fact{
		plain("signals.fact.accounts", p.Int(c.Accounts), kit.Text),
		plain("signals.fact.visited", p.Int(c.Covered), kit.Text),
		plain("signals.fact.phoned", p.Int(c.Contacted-c.Covered), kit.Text),
		plain("signals.fact.rate", words.ContactShare(p, s.Day(), c.Coverage), kit.Strong),
	}
	right = append(contactRight(s, signal, kit.Marketing), plain("signals.fact.classes", classesText(s, signal.Territory), kit.Text))
	if signal.InHand {
		campaign, _ := s.Book.Campaign(signal.Campaign)
		right = append(right, campaignFact(s, campaign, kit.Good))
	} else {
		right = append(right, plain("signals.fact.sure", words.Strength(p, c), kit.Text))
	}
	return left, right
}

// contactRight are the right column's first facts: rate and pace.
func contactRight(s *session.Session, signal model.Signal, role kit.Role) []fact {
	var n model.Numbers
	if area := s.Book.Area(signal.Territory); area != nil {
		n = s.Day().Numbers(area)
	}
	return []fact{
		{"signals.fact.contact", func(width int) kit.Cell { return rateCell(s, signal.Contact.Coverage, role, width) }},
		{"signals.fact.pace", func(width int) kit.Cell { return paceCell(s, n.Weeks, n.UsualPace(), n.NeededPace, role, width) }},
	}
}

func reportFacts(s *session.Session, signal model.Signal) (left, right []fact) {
	p, c := s.Look.Text, signal.Contact
	then := s.Day().ThenCovered(signal)
	rep, email := "–", "–"
	if area := s.Book.Area(signal.Territory); area != nil && area.Rep != "" {
		rep = s.Book.RepName(area.Rep)
		if r, ok := s.Book.Rep(area.Rep); ok && r.Email != "" {
			email = r.Email
		}
	}
	left = []fact{
		plain("signals.fact.last-report", p.Date(c.LastReport), kit.Strong),
		plain("signals.fact.then", words.ContactShare(p, s.Day(), then), kit.Text),
		plain("signals.fact.now", words.ContactShare(p, s.Day(), c.Coverage), kit.Text),
		plain("signals.fact.accounts", p.Int(c.Accounts), kit.Text),
	}
	right = append(contactRight(s, signal, kit.Sales),
		plain("signals.fact.rep", rep, kit.Text), plain("signals.fact.email", email, kit.Text))
	return left, right
}
