package week

// Drawing a day: narrow as one of five columns, or wide as a page of its own.

import (
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// dayLine is a line of a day; visit is the number of the visit it belongs to, or −1.
type dayLine struct {
	spans []kit.Span
	visit int
}

func dim(words string) dayLine {
	return dayLine{[]kit.Span{{Text: words, Role: kit.Dim}}, -1}
}

// dayColumn draws a day as a column, under its name and sums.
func (p *Page) dayColumn(day, width, height int) []string {
	look, d := p.s.Look, p.draft()
	plan := d.Week.Days[day]
	role, mark := kit.Dim, " "
	if day == p.column {
		role, mark = kit.Heading, "▸"
	}
	name := look.Text.WeekdayDay(d.Date(day))
	sums := ""
	switch {
	case d.Off(day):
		sums = p.say().Rest(d, day)
	case len(plan.Visits) > 0:
		key := "week.day.sums"
		if width < 21 {
			key = "week.day.sums.short"
		}
		sums = look.T(key, text.Args{"Visits": look.Text.Int(len(plan.Visits)), "Kilometres": p.say().Kilometres(plan.Drive.Metres),
			"Driving": words.Clock(plan.Drive.Time)})
	case d.Past(day):
		sums = look.T("week.day.past")
	}
	lines := []string{
		kit.Line(look, width, kit.Span{Text: mark + name, Role: role}),
		kit.Line(look, width, kit.Span{Text: " " + sums, Role: kit.Dim}),
	}
	return append(lines, p.window(p.dayLines(day, width, true), day, width, height-len(lines))...)
}

// offset is the first line of a day that shows in a window of so many lines: the
// visit under the cursor stands about the middle when not all fit.
func (p *Page) offset(lines []dayLine, day, height int) int {
	if len(lines) <= height {
		return 0
	}
	at := 0
	for i, line := range lines {
		if line.visit == p.cursor[day] {
			at = i
			break
		}
	}
	return min(max(at-height/2, 0), len(lines)-height)
}

// window draws what shows of a day's lines.
func (p *Page) window(lines []dayLine, day, width, height int) []string {
	look := p.s.Look
	from := p.offset(lines, day, height)
	drawn := make([]string, 0, height)
	for i := from; i < len(lines) && len(drawn) < height; i++ {
		line, ground := lines[i], kit.Plain
		if line.visit >= 0 && line.visit == p.cursor[day] && day == p.column {
			ground = kit.Selected
		}
		drawn = append(drawn, groundLine(look, ground, width, line.spans))
	}
	if below := len(lines) - from - height; below > 0 && len(drawn) > 0 {
		drawn[len(drawn)-1] = kit.Line(look, width, kit.Span{Text: " ▾ " + look.Text.N("week.more", below+1), Role: kit.Dim})
	}
	if from > 0 && len(drawn) > 0 {
		drawn[0] = kit.Line(look, width, kit.Span{Text: " ···", Role: kit.Dim})
	}
	for len(drawn) < height {
		drawn = append(drawn, kit.Blank(width))
	}
	return drawn
}

// groundLine draws spans on a ground, exactly width cells wide.
func groundLine(look *kit.Look, ground kit.Ground, width int, spans []kit.Span) string {
	var b strings.Builder
	room := width
	for _, span := range spans {
		words := kit.Clean(span.Text)
		if w := kit.Width(words); w > room {
			words = kit.Fit(words, room, kit.AlignLeft)
		}
		if words != "" {
			b.WriteString(look.Theme.PaintOn(ground, span.Role, words))
		}
		if room -= kit.Width(words); room <= 0 {
			break
		}
	}
	if room > 0 {
		b.WriteString(look.Theme.PaintOn(ground, kit.Text, kit.Blank(room)))
	}
	return b.String()
}

// dayLines are a day's lines from leaving home to coming back.
func (p *Page) dayLines(day, width int, column bool) []dayLine {
	look, d, say := p.s.Look, p.draft(), p.say()
	plan := d.Week.Days[day]
	lines := p.doneLines(day)
	if hours := say.AwayHours(d, day); hours != "" {
		lines = append(lines, dim(" "+hours))
	}
	for _, breach := range plan.Breaches {
		lines = append(lines, dayLine{[]kit.Span{{Text: " ! " + say.Breach(breach), Role: kit.Late}}, -1})
	}
	if len(plan.Visits) == 0 {
		switch {
		case d.Off(day) && !column:
			lines = append(lines, dim(" "+p.say().Rest(d, day)))
		case d.Past(day) && !column && len(lines) == 0:
			lines = append(lines, dim(" "+look.T("week.day.past")))
		}
		return lines
	}
	start := say.Start(d)
	indent := kit.Blank(8) // below the names
	if column {
		indent = kit.Blank(3) // the words need the room more
	}
	lines = append(lines, dim("  "+plan.Leave.String()+" "+start))
	pause := func(before int) {
		// A break taken at home shows as leaving late or coming home early.
		if plan.Break != nil && plan.Break.Before == before && plan.Break.End > plan.Leave && plan.Break.Start < plan.Return {
			lines = append(lines, dim("  "+plan.Break.Start.String()+" "+look.T("week.break", text.Args{"Length": say.Duration(plan.Break.End - plan.Break.Start)})))
		}
	}
	for i, v := range plan.Visits {
		pause(i)
		lines = append(lines, dim(indent+p.driveText(v.Drive, v.Wait, column)))
		if column {
			lines = append(lines, p.foldedVisit(day, i, v, indent)...)
		} else {
			lines = append(lines, p.visitLine(day, i, v, width))
		}
		for _, warning := range say.Warnings(d, v) {
			lines = append(lines, dayLine{[]kit.Span{{Text: indent + "! " + warning, Role: kit.Late}}, i})
		}
	}
	pause(len(plan.Visits))
	return append(lines, dim(indent+p.driveText(plan.DriveBack, 0, column)), dim("  "+plan.Return.String()+" "+start))
}

func (p *Page) driveText(drive route.Leg, wait route.Seconds, column bool) string {
	say := p.say()
	line := say.Duration(drive.Time)
	if !column {
		line += " · " + say.Kilometres(drive.Metres)
	}
	if wait > 0 {
		line = say.Text.T("week.wait", text.Args{"Drive": line, "Wait": say.Duration(wait)})
	}
	return line
}

// marks are the two cells before a visit: the cursor and the pin.
func (p *Page) marks(day, i, stop int) (cursor, pin kit.Span) {
	cursor, pin = kit.Span{Text: " "}, kit.Span{Text: " "}
	if day == p.column && p.cursor[day] == i {
		cursor.Text = "▸"
	}
	if p.draft().Pinned(stop) {
		pin.Text = "●"
	}
	return cursor, pin
}

// foldedVisit is a visit in a column: the time and the name, below the class and
// why to go.
func (p *Page) foldedVisit(day, i int, v route.Visit, indent string) []dayLine {
	d := p.draft()
	stop := d.Stops[v.Stop]
	cursor, pin := p.marks(day, i, v.Stop)
	second := []kit.Span{{Text: indent}, {Text: p.s.Book.ClassName(stop.Customer.Class) + " ", Role: kit.Strong}}
	if mark := p.say().TimeMark(d, v.Stop); mark != "" {
		second = append(second, kit.Span{Text: mark + " ", Role: kit.Strong})
	}
	second = append(second, p.besideBrief(stop.Customer, day)...)
	second = append(second, kit.Span{Text: strings.Join(p.say().Reasons(stop), " · "), Role: kit.Dim})
	return []dayLine{
		{[]kit.Span{cursor, pin, {Text: v.Start.String() + " "}, {Text: stop.Customer.Name}}, i},
		{second, i},
	}
}

// visitLine is a visit in a line of its own.
func (p *Page) visitLine(day, i int, v route.Visit, width int) dayLine {
	d := p.draft()
	stop := d.Stops[v.Stop]
	cursor, pin := p.marks(day, i, v.Stop)
	fixed, fix := "", 0 // as wide as the word where the day has one
	names, reasons := 0, 0
	for _, other := range d.Week.Days[day].Visits {
		of := d.Stops[other.Stop]
		names = max(names, kit.Width(of.Customer.Name)+1)
		said := kit.Width(strings.Join(p.say().Reasons(of), " · "))
		for _, span := range p.besideBrief(of.Customer, day) {
			said += kit.Width(span.Text)
		}
		reasons = max(reasons, said)
		if mark := p.say().TimeMark(d, other.Stop); mark != "" {
			fix = max(fix, kit.Width(mark)+2)
		}
	}
	fixed = p.say().TimeMark(d, v.Stop)
	const times, class = 13, 3
	room := width - 2 - times - fix - class
	name := min(max(room*2/5, room-reasons, 12), max(names, 12), 40) // what the reasons leave is the names'
	spans := []kit.Span{
		cursor, pin, {Text: kit.Fit(v.Start.String()+"–"+v.End.String(), times, kit.AlignLeft)}, {Text: kit.Fit(fixed, fix, kit.AlignLeft), Role: kit.Strong},
		{Text: kit.Fit(stop.Customer.Name, name-1, kit.AlignLeft) + " "}, {Text: kit.Fit(p.s.Book.ClassName(stop.Customer.Class), class, kit.AlignLeft), Role: kit.Strong},
	}
	spans = append(spans, p.besideBrief(stop.Customer, day)...)
	return dayLine{append(spans, kit.Span{Text: strings.Join(p.say().Reasons(stop), " · "), Role: kit.Dim}), i}
}

// doneLines are what became of the day's planned visits, and what was logged besides.
func (p *Page) doneLines(day int) []dayLine {
	if p.doneOf != p.plan.key {
		return nil
	}
	look, date := p.s.Look, p.draft().Date(day)
	var lines []dayLine
	line := func(mark string, role kit.Role, at model.Clock, name string) {
		clock := "     "
		if at != 0 {
			clock = at.String()
		}
		lines = append(lines, dayLine{[]kit.Span{{Text: " "}, {Text: mark, Role: role}, {Text: clock + " " + name, Role: kit.Dim}}, -1})
	}
	for _, s := range p.settled {
		if s.Date != date {
			continue
		}
		word := tickWords[tickOf(s.Became)]
		line(word.glyph, word.role, s.Time, p.s.AccountName(s.Account))
		if s.Reason != "" {
			lines = append(lines, dim(kit.Blank(8)+words.DroppedReason(look.Text, s.Reason)))
		}
	}
	for _, v := range p.done {
		if v.Date != date || v.Kind == model.VisitOther || p.wasPlanned(v) {
			continue
		}
		mark, role := "✓", kit.Good
		if v.Kind == model.VisitNotMet {
			mark, role = "○", kit.Late
		}
		name := p.s.AccountName(v.Account)
		if len(p.settled) > 0 {
			name = "+ " + name
		}
		line(mark, role, v.Time, name)
	}
	return lines
}

// wasPlanned reports that a visit is what became of a planned one.
func (p *Page) wasPlanned(v model.Visit) bool {
	return slices.ContainsFunc(p.settled, func(s model.SettledVisit) bool {
		return s.Account == v.Account && s.Date == v.Date && s.Became != model.BecameDropped
	})
}

// unplanned counts the week's visits that nobody had planned.
func (p *Page) unplanned() (n int) {
	for _, v := range p.done {
		if v.Kind != model.VisitOther && !p.wasPlanned(v) {
			n++
		}
	}
	return n
}

// over reports that the week in view has passed with nothing of it left to tick off.
func (p *Page) over() bool {
	d := p.draft()
	return d.Past(d.Shown()-1) && d.Week.Visits == 0 && p.plan.key.monday+week.Days <= p.s.Today
}

// made counts the visits that were logged on a day.
func (p *Page) made(day int) (n int) {
	if p.doneOf != p.plan.key {
		return 0
	}
	for _, v := range p.done {
		if v.Kind != model.VisitOther && v.Date == p.draft().Date(day) {
			n++
		}
	}
	return n
}

// pastSum says what became of a week that is over.
func (p *Page) pastSum() string {
	if sum := p.settledSum(); sum != "" {
		return sum
	}
	n := 0
	for day := range week.Days {
		n += p.made(day)
	}
	return p.s.Look.Text.N("week.past.made", n)
}

// settledSum says what became of the week in view, as far as it was ticked off.
func (p *Page) settledSum() string {
	if p.plan == nil || p.doneOf != p.plan.key || len(p.settled) == 0 {
		return ""
	}
	sum := words.SettledSum(p.s.Look.Text, p.settled)
	if n := p.unplanned(); n > 0 {
		sum += " · + " + p.s.Look.Text.N("week.settled.unplanned", n)
	}
	return sum
}
