package week

// Drawing the page: the head with the week's sums, the days, those left out, and
// what is known of the visit under the cursor.

import (
	"cmp"
	"strings"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The lines that the page keeps for its parts.
const (
	headLines   = 3 // sums, capacity, what the planner does or did
	stripLines  = 2 // the days' names
	detailLines = 3 // a rule and two lines about the visit under the cursor
)

// The width of those left out beside the days.
const (
	leftLeast = 25
	leftMost  = 38
)

// wideFrom is the width from which five days stand side by side and can be read.
// From besideFrom on those left out stand beside the day in view.
const (
	wideFrom   = 150
	besideFrom = 100
)

func (p *Page) wide() bool { return p.width >= wideFrom }

func (p *Page) beside() bool { return p.width >= besideFrom && !p.wide() }

// bodyRoom is the room of the days and of those left out, their heads included.
func (p *Page) bodyRoom() kit.Rect {
	return kit.Rect{Y: headLines, W: p.width, H: max(p.height-headLines-detailLines, 0)}
}

// columns are the rooms of the days and of those left out. A column that does not
// show has no room.
func (p *Page) columns() (rooms [week.Days + 1]kit.Rect) {
	body := p.bodyRoom()
	leftWidth := min(max(p.width/5, leftLeast), leftMost)
	switch {
	case p.beside():
		leftWidth = leftMost
		rooms[p.day] = kit.Rect{Y: body.Y + stripLines, W: p.width - leftWidth - 4, H: max(body.H-stripLines, 0)}
		rooms[leftColumn] = kit.Rect{X: p.width - leftWidth - 1, Y: body.Y + stripLines, W: leftWidth, H: max(body.H-stripLines, 0)}
		return rooms
	case !p.wide():
		rooms[p.column] = kit.Rect{Y: body.Y + stripLines, W: body.W, H: max(body.H-stripLines, 0)}
		return rooms
	}
	room := p.width - leftWidth - 4 // a line, a blank beside it either way, and one at the right
	shown := week.Workdays
	if p.plan != nil {
		shown = p.draft().Shown()
	}
	for day := range shown {
		from, to := room*day/shown, room*(day+1)/shown
		rooms[day] = kit.Rect{X: from, Y: body.Y, W: to - from, H: body.H}
	}
	rooms[leftColumn] = kit.Rect{X: room + 3, Y: body.Y, W: leftWidth, H: body.H}
	return rooms
}

func (p *Page) layout() {
	room := p.columns()[leftColumn]
	if p.wide() {
		room.H -= stripLines
	}
	p.left.setSize(room.W, max(room.H, 0))
	p.left.table.Focus(p.column == leftColumn)
	if p.tick != nil {
		p.tick.table.SetSize(p.width, max(p.height-tickLines, 0))
	}
	if p.team != nil {
		p.team.setSize(p.width, max(p.height-teamLines, 0))
	}
	if p.month != nil {
		p.month.setSize(p.width, max(p.height-monthLines-monthFoot, 0))
	}
}

// View draws the page.
func (p *Page) View() string {
	switch {
	case p.tick != nil:
		return p.tick.view(p)
	case p.team != nil:
		return p.team.view(p)
	case p.month != nil:
		return p.month.view(p)
	case p.plan == nil:
		return kit.Block(kit.Paragraph(p.s.Look, kit.Dim, p.s.Look.T("week.empty"), max(p.width-2, 1)), p.width, p.height)
	}
	lines := p.head()
	if p.wide() {
		lines = append(lines, p.wideBody()...)
	} else {
		lines = append(lines, p.narrowBody()...)
	}
	lines = append(lines, p.detail()...)
	return kit.Block(lines, p.width, p.height)
}

// head are the lines about the week as a whole.
func (p *Page) head() []string {
	look, d, say := p.s.Look, p.draft(), p.say()
	state, role := p.state()
	spans := []kit.Span{{Text: " "}, {Text: cmp.Or(d.Rep.Name, d.Rep.Code) + " · " + look.Text.Week(d.Monday), Role: kit.Heading}}
	if p.width >= besideFrom {
		spans = append(spans, kit.Span{Text: "  " + say.Days(d.Monday), Role: kit.Dim})
	}
	room := p.width - kit.Width(state) - 5
	for _, span := range spans {
		room -= kit.Width(span.Text)
	}
	totals := say.Totals(d)
	if kit.Width(totals) > room {
		totals = say.TotalsBrief(d)
	}
	if p.begunAndDone() { // what was done stands below; none of it is planned any more
		totals = ""
	}
	if p.over() {
		totals, state, role = "", look.T("week.day.past"), kit.Dim
	}
	left := kit.Line(look, p.width, append(spans, kit.Span{Text: "   " + totals})...)
	first := kit.Sides(strings.TrimRight(left, " "), look.Paint(role, state)+" ", p.width)

	if p.over() && p.lostNote() == "" && p.run == nil {
		// What it needs and holds is over, too: both lines are for what became of it.
		said := kit.Wrap(p.pastSum(), max(p.width-2, 1))
		said = append(said, "", "")[:2]
		return []string{first, kit.Line(look, p.width, kit.Span{Text: " " + said[0]}), kit.Line(look, p.width, kit.Span{Text: " " + said[1]})}
	}
	sentence, enough := say.Capacity(d, p.plan.needed, p.width-2)
	barRole := kit.Good
	if !enough {
		barRole = kit.Late
	}
	spans = []kit.Span{{Text: " "}}
	if bar := min(p.width-kit.Width(sentence)-4, meter); bar >= 4 { // the sentence says it, too
		spans = append(spans, kit.Span{Text: kit.Meter(p.plan.holds(), bar), Role: barRole}, kit.Span{Text: "  "})
	}
	spans = append(spans, kit.Span{Text: sentence})
	list := say.Attention(d)
	if n := p.s.UntickedOf(d.Rep.Code); n > 0 && p.s.Speaks(model.RoleSales) {
		list = append([]string{look.Text.N("week.head.unticked", n, text.Args{"Key": look.KeyLabel("V")})}, list...)
	}
	for len(list) > 1 && kit.Width(strings.Join(list, " · "))+4 > p.width { // the days below have their marks
		list = list[:len(list)-1]
	}
	attention := strings.Join(list, " · ")
	if attention != "" {
		attention = "! " + attention
	}
	taken := 3 // the blanks in front of it
	for _, span := range spans {
		taken += kit.Width(span.Text)
	}
	if attention != "" && p.run == nil && taken+kit.Width(attention) < p.width {
		spans = append(spans, kit.Span{Text: "   "}, kit.Span{Text: attention, Role: kit.Late})
		attention = ""
	}
	return []string{first, kit.Line(look, p.width, spans...), p.noteLine(attention)}
}

// meter is the width of the bars of the head.
const meter = 13

// state is whether the draft is what the Book has.
func (p *Page) state() (sentence string, role kit.Role) {
	look := p.s.Look
	switch {
	case p.plan.open() && (!p.wide() || p.run != nil):
		return look.T("week.state.draft.short"), kit.Strong
	case p.plan.open():
		return look.Text.N("week.state.draft", p.plan.changes()), kit.Strong
	case p.draft().Week.Visits > 0:
		return "✓ " + look.T("week.state.confirmed"), kit.Good
	}
	return look.T(p.nothing(p.draft().Monday)), kit.Dim
}

// nothing is how it stands with a week in which nothing is planned: of the present one
// nothing more, whatever was done of it.
func (p *Page) nothing(monday model.Date) string {
	if monday < p.s.Today && p.s.Today < monday+week.Days {
		return "week.state.nothing-more"
	}
	return "week.state.nothing"
}

// begunAndDone reports that of the week in view something was done, and that nothing is
// left to do.
func (p *Page) begunAndDone() bool {
	return p.draft().Week.Visits == 0 && p.doneOf == p.plan.key && (len(p.settled) > 0 || p.unplanned() > 0)
}

// noteLine is what must not be overlooked, where that has no room above, and what the
// planner is doing, or what its last run has changed.
func (p *Page) noteLine(attention string) string {
	look := p.s.Look
	if p.run != nil {
		return p.run.line(p)
	}
	note := p.note()
	if attention == "" {
		return kit.Line(look, p.width, kit.Span{Text: " "}, note)
	}
	spans := []kit.Span{{Text: " "}, {Text: attention, Role: kit.Late}}
	switch {
	case p.width-kit.Width(attention) > kit.Width(note.Text)+4:
		spans = append(spans, kit.Span{Text: "   "}, note)
	case p.plan.note != "": // the latest is said; the days keep their marks
		return kit.Line(look, p.width, kit.Span{Text: " "}, note)
	}
	return kit.Line(look, p.width, spans...)
}

// note is what the last run has changed, or else what is to be said of the week.
func (p *Page) note() kit.Span {
	look := p.s.Look
	switch {
	case p.plan.note != "":
		return kit.Span{Text: p.plan.note, Role: kit.Strong}
	case p.lostNote() != "":
		return kit.Span{Text: p.lostNote(), Role: kit.Late}
	case len(p.say().Notes(p.draft())) > 0:
		return kit.Span{Text: strings.Join(p.say().Notes(p.draft()), " "), Role: kit.Strong}
	case p.besideVisits() > 0:
		return kit.Span{Text: look.Text.N("double.week", p.besideVisits()), Role: kit.Late}
	case p.settledSum() != "":
		return kit.Span{Text: p.settledSum(), Role: kit.Dim}
	case !p.draft().HomeKnown() && len(p.draft().Stops) > 0:
		return kit.Span{Text: look.T("week.note.no-home"), Role: kit.Dim}
	}
	return kit.Span{}
}

// wideBody draws the days side by side, those left out beside them.
func (p *Page) wideBody() []string {
	rooms, look := p.columns(), p.s.Look
	blocks := make([]string, 0, week.Days+2)
	for day := range p.draft().Shown() {
		blocks = append(blocks, kit.Block(p.dayColumn(day, rooms[day].W-1, rooms[day].H), rooms[day].W, rooms[day].H))
	}
	height := rooms[leftColumn].H
	line := make([]string, height)
	for i := range line {
		line[i] = " " + look.Paint(kit.Faint, "│") + " "
	}
	blocks = append(blocks, kit.Block(line, 3, height))
	width := rooms[leftColumn].W
	side := []string{p.leftTitle(width), kit.Blank(width)}
	side = append(side, strings.Split(p.left.table.View(), "\n")...)
	blocks = append(blocks, kit.Block(side, width, height))
	return strings.Split(kit.Beside(blocks...), "\n")
}

func (p *Page) leftTitle(width int) string {
	look := p.s.Look
	role := kit.Dim
	if p.column == leftColumn {
		role = kit.Heading
	}
	return kit.FitLine(kit.Sides(look.Paint(role, look.T("week.left")), look.Paint(kit.Dim, look.Text.Int(len(p.left.rows))), width), width)
}

// narrowBody draws one day, or those left out, under the names of all; where there is
// room, both.
func (p *Page) narrowBody() []string {
	lines, look, rooms := []string{p.strip()}, p.s.Look, p.columns()
	if p.beside() {
		left, day := rooms[leftColumn], rooms[p.day]
		line := make([]string, day.H+1)
		for i := range line {
			line[i] = " " + look.Paint(kit.Faint, "│") + " "
		}
		side := append([]string{p.leftTitle(left.W)}, strings.Split(p.left.table.View(), "\n")...)
		return append(lines, strings.Split(kit.Beside(kit.Block(p.dayView(p.day, day), day.W, day.H+1), kit.Block(line, 3, day.H+1),
			kit.Block(side, left.W, left.H+1)), "\n")...)
	}
	room := rooms[p.column]
	if p.column == leftColumn {
		return append(append(lines, kit.Blank(p.width)), strings.Split(kit.Block(strings.Split(p.left.table.View(), "\n"), room.W, room.H), "\n")...)
	}
	return append(lines, p.dayView(p.column, room)...)
}

// dayView is a day with a line for each visit, under its name and sums.
func (p *Page) dayView(day int, room kit.Rect) []string {
	look, d := p.s.Look, p.draft()
	title := look.Text.WeekdayDate(d.Date(day))
	if plan := d.Week.Days[day]; len(plan.Visits) > 0 {
		title = look.T("week.day.title", text.Args{"Day": title, "Totals": p.say().DayTotals(plan)})
	}
	lines := []string{kit.Line(look, room.W, kit.Span{Text: " " + title, Role: kit.Dim})}
	return append(lines, p.window(p.dayLines(day, room.W, false), day, room.W, room.H)...)
}

// stripParts are the names of the days with the number of visits.
func (p *Page) stripParts() (parts [week.Days + 1]string) {
	look, d := p.s.Look, p.draft()
	for day := range week.Days {
		key := "week.strip.day"
		if d.Off(day) {
			key = "week.strip.off"
		}
		count := len(d.Week.Days[day].Visits)
		if d.Date(day) <= p.s.Today { // what was done today counts, too
			count += p.made(day)
		}
		parts[day] = look.T(key, text.Args{"Weekday": look.Text.Weekday(d.Date(day)), "Count": look.Text.Int(count)})
		if p.say().Troubled(d, day) {
			parts[day] += "!"
		}
	}
	parts[leftColumn] = look.T("week.strip.left", text.Args{"Count": look.Text.Int(len(d.Week.LeftOut))})
	return parts
}

func (p *Page) strip() string {
	look := p.s.Look
	line := " "
	parts, gap := p.stripParts(), p.stripGap()
	for _, column := range p.shown() {
		mark, role := "  ", kit.Dim
		if column == p.column {
			mark, role = "▸ ", kit.Chosen
		}
		line += look.Paint(role, mark+parts[column]+kit.Blank(min(gap, 1))) + kit.Blank(max(gap-1, 0))
	}
	return kit.FitLine(line, p.width)
}

// stripGap is the room between two names of the strip: less where it would cut a number.
func (p *Page) stripGap() int {
	parts, width := p.stripParts(), 1
	for _, column := range p.shown() {
		width += kit.Width(parts[column]) + 4
	}
	if width-2 > p.width {
		return 0
	}
	return 2
}

// detail are the lines about the stop under the cursor.
func (p *Page) detail() []string {
	look := p.s.Look
	lines := []string{p.legend()}
	stop, ok := p.selected()
	if !ok {
		hint := append(kit.Wrap(look.T(p.hint()), max(p.width-2, 1)), "")
		return append(lines, kit.Line(look, p.width, kit.Span{Text: " " + hint[0], Role: kit.Dim}), kit.Line(look, p.width, kit.Span{Text: " " + hint[1], Role: kit.Dim}))
	}
	s := p.draft().Stops[stop]
	a := s.Customer.Account
	spans := []kit.Span{{Text: " " + a.Name, Role: kit.Strong}}
	taken := 1 + kit.Width(a.Name)
	for _, part := range []string{a.Code, a.Address.City, p.say().Phone(a, p.s.Today), firstPerson(s.Customer), p.say().Hours(a.Hours), look.T("week.class", text.Args{"Class": p.s.Book.ClassName(a.Class)})} {
		if part == "" {
			continue
		}
		if taken += 5 + kit.Width(part); taken <= p.width { // nothing is cut: enter shows all
			spans = append(spans, kit.Span{Text: "  ·  ", Role: kit.Faint}, kit.Span{Text: part, Role: kit.Dim})
		}
	}
	if s.HoursText != "" {
		spans = append(spans, kit.Span{Text: "  ! " + look.T("week.hours.unread"), Role: kit.Late})
	}
	worth := []kit.Span{{Text: " " + p.say().Worth(s), Role: kit.Dim}}
	if said := p.besideSaid(); len(said) > 0 {
		worth = append([]kit.Span{{Text: " " + strings.Join(said, " "), Role: kit.Late}, {Text: " "}}, worth...)
	}
	return append(lines, kit.Line(look, p.width, spans...), kit.Line(look, p.width, worth...))
}

// hint says what to do where there is nothing under the cursor.
func (p *Page) hint() string {
	switch {
	case p.column == leftColumn:
		return "week.hint.left"
	case p.draft().Off(p.column):
		return "week.hint.off"
	case p.draft().Past(p.column):
		return "week.hint.past"
	case p.begunAndDone():
		return "week.hint.rest"
	case p.draft().Week.Visits == 0:
		return "week.hint.propose"
	}
	return "week.hint.day"
}

// firstPerson is whom to ask for at an account; "" where nobody is known.
func firstPerson(l *model.Customer) string {
	for _, c := range words.People(l) {
		return words.PersonToCall(c)
	}
	return ""
}
