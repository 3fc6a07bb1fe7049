package calling

// How the page looks: the account and its number, why it comes up now, what both
// departments last had to do with it, and the note.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/queue"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	indent   = 2
	maxProse = 96
)

// beside parts the account and the contacts of both departments.
var beside = kit.Split{Share: 0.52, From: kit.WideFrom}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	top := p.head()
	keys := p.keyLines()
	room := p.height - len(top) - len(keys)
	l := p.s.Book.Account(p.current)
	switch {
	case l == nil:
		return kit.Block(append(top, p.nobody()...), p.width, p.height)
	case beside.Wide(p.width):
		first, second := beside.Rooms(p.width, room)
		lines, facts := p.account(l, first.W)
		contacts := p.contactLines(l, second.W, room)
		hidden := max(len(lines)+len(facts)+1-first.H, 0)
		facts = facts[:max(len(facts)-hidden, 0)]
		more := p.more(hidden, slices.Concat(lines, facts, contacts))
		left := kit.Block(slices.Concat(lines, facts, p.noteLine(first.W, more)), first.W, first.H)
		right := kit.Block(contacts, second.W, second.H)
		body := strings.Split(beside.Join(p.s.Look, p.width, room, left, right), "\n")
		return kit.Block(append(append(top, body...), keys...), p.width, p.height)
	}
	lines, facts := p.account(l, p.width)
	note := 1
	if p.roomy() {
		note++
	}
	// What both departments last had to do with the customer gives way to nothing but the
	// question: of the facts only as many show as there is room for.
	contacts := p.contactLines(l, p.width, room-len(lines)-len(facts)-note)
	if !p.roomy() && room-len(lines)-note-len(contacts) < min(len(facts), factsLeast) {
		contacts = p.fewContacts(l, p.width, 1)
	}
	shown := min(max(room-len(lines)-note-len(contacts), 0), len(facts))
	more := p.more(len(facts)-shown, slices.Concat(lines, facts[:shown], contacts))
	lines = append(append(lines, facts[:shown]...), p.noteLine(p.width, more)...)
	if p.roomy() {
		lines = append(lines, "")
	}
	lines = append(lines, contacts...)
	if over := len(lines) - room; over > 0 && room > 0 { // not even that has room: the last line says so
		lines = append(lines[:room-1], kit.Sides("", p.s.Look.Paint(kit.Dim, p.more(over+1+len(facts)-shown, nil))+" ", p.width))
	}
	body := strings.Split(kit.Block(lines, p.width, room), "\n")
	return kit.Block(append(append(top, body...), keys...), p.width, p.height)
}

// roomy reports whether there is room for blank lines and headings.
func (p *Page) roomy() bool { return beside.Wide(p.width) || p.height >= 30 }

// keyLines are the keys of the outcomes: the footer has no room for all of them.
func (p *Page) keyLines() (lines []string) {
	if p.asking || p.noting {
		return nil
	}
	look := p.s.Look
	line, width := "", 0
	for _, a := range p.Actions() {
		if a.Short == "" {
			continue
		}
		if a.Enabled != nil {
			if ok, _ := a.Enabled(); !ok {
				continue
			}
		}
		key, word := look.KeyLabel(a.Keys[0]), look.T(a.Short)
		need := kit.Width(key) + 1 + kit.Width(word) + 3
		if width+need > p.width-2*indent {
			lines, line, width = append(lines, line), "", 0
		}
		line += look.Paint(kit.Key, key) + " " + look.Paint(kit.Dim, word) + kit.Blank(3)
		width += need
	}
	lines = append(lines, line)
	for i, line := range lines {
		lines[i] = kit.Blank(indent) + line
	}
	return append([]string{""}, lines...)
}

// factsLeast is how many facts, whom to ask for first, stand above more than the last
// contact of each department.
const factsLeast = 2

// fewContacts are the last contacts of both departments where there is little room.
func (p *Page) fewContacts(l *model.Customer, width, each int) (lines []string) {
	look := p.s.Look
	row := func(role kit.Role, glyph, first, second, note string) {
		lines = append(lines, kit.Blank(indent)+kit.Line(look, max(width-indent-1, 1), kit.Span{Text: glyph + " ", Role: role},
			kit.Span{Text: first + "  "}, kit.Span{Text: second}, kit.Span{Text: "  " + note, Role: kit.Dim}))
	}
	for _, v := range p.contacts.visits[:min(len(p.contacts.visits), each)] {
		row(kit.Sales, words.SalesGlyph, look.Text.DayOf(v.Date, p.s.Today), p.s.Book.RepName(v.Rep)+" · "+words.VisitResult(look.Text, v), v.Note)
	}
	if len(p.contacts.visits) == 0 {
		row(kit.Sales, words.SalesGlyph, look.T("calling.sales.none"), "", "")
	}
	for _, c := range p.contacts.calls[:min(len(p.contacts.calls), each)] {
		row(kit.Marketing, words.MarketingGlyph, strings.TrimSpace(look.Text.DayOf(c.Date, p.s.Today)+" "+c.Time.String()), c.Agent+" · "+look.T("call.outcome."+c.Outcome.String()), c.Note)
	}
	if len(p.contacts.calls) == 0 {
		row(kit.Marketing, words.MarketingGlyph, look.T("calling.marketing.none"), "", "")
	}
	for _, said := range p.promised(l) {
		row(kit.Late, "●", said, "", "")
	}
	return lines
}

// promised is what calls at the account left to be done.
func (p *Page) promised(l *model.Customer) (said []string) {
	look := p.s.Look
	for _, f := range p.s.Book.FollowUps(l.Code) {
		if f.State == model.FollowOpen && f.Kind == model.FollowCall {
			said = append(said, look.T("calling.left.call", text.Args{"What": words.Promise(look.Text, f, p.s.Today)}))
		}
	}
	if len(p.s.Day().Wished(l)) > 0 {
		said = append(said, look.T("calling.left.visit"))
	}
	for _, f := range p.s.Day().NotAsTold(l) {
		instead, _ := p.s.Day().Elsewhere(f)
		said = append(said, words.Elsewhere(look.Text, p.s.Book, f, instead, p.s.Today))
	}
	return said
}

// head is what is called, and how the list stands.
func (p *Page) head() []string {
	look := p.s.Look
	left := " " + look.Paint(kit.Marketing, words.MarketingGlyph) + " " + look.Paint(kit.Heading, look.T("calling.title", text.Args{"List": cmp.Or(p.title, "–")}))
	if p.list.Extra > 0 {
		left += look.Paint(kit.Late, "  "+look.Text.N("calling.extra", p.list.Extra))
	}
	count := look.Paint(kit.Dim, look.Text.N("calling.of", len(p.list.Entries)))
	lines := []string{kit.Sides(left, count+" ", p.width)}
	if kit.Width(left)+2+kit.Width(count) >= p.width {
		lines = []string{kit.FitLine(left, p.width), kit.FitLine(kit.Blank(indent)+count, p.width)}
	}
	said := strings.Join(words.Queue(look.Text, p.list, p.s.Today), " · ")
	if len(p.guests) > 0 {
		said += " · " + look.T("calling.guests", text.Args{"Names": strings.Join(p.guests, ", ")})
	}
	for _, line := range kit.Paragraph(look, kit.Dim, said, p.width-2*indent) {
		lines = append(lines, kit.Blank(indent)+line)
	}
	return append(lines, "")
}

// nobody is what the page says while no account is in front.
func (p *Page) nobody() (lines []string) {
	look := p.s.Look
	sentence := "calling.empty"
	counts := p.list.Counts()
	switch ready := counts[queue.Overdue] + counts[queue.Due] + counts[queue.Now]; {
	case len(p.list.Entries) == 0:
		sentence = "calling.empty.list"
	case ready > 0:
		sentence = "calling.empty.put-back"
	case counts[queue.Skipped] > 0:
		sentence = "calling.empty.skipped"
	}
	for _, part := range []struct {
		role kit.Role
		said string
	}{
		{kit.Text, look.T(sentence)}, {kit.Text, p.opensNext()}, {kit.Late, p.closedLate()}, {kit.Dim, words.BestHalfDay(look.Text, &p.known.halves)},
	} {
		if part.said == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		for _, line := range kit.Paragraph(look, part.role, part.said, min(p.width-2*indent, maxProse)) {
			lines = append(lines, kit.Blank(indent)+line)
		}
	}
	return lines
}

// opensNext says which of the customers that are closed at this hour opens first, and when.
func (p *Page) opensNext() string {
	look, view := p.s.Look, p.asOf()
	var first model.Date
	minute, name := 0, ""
	for _, e := range p.list.Entries {
		l := p.s.Book.Account(e.Account)
		if e.State != queue.Closed || l == nil {
			continue
		}
		if day, from, ok := view.Opens(l); ok && (first == 0 || day < first || day == first && from < minute) {
			first, minute, name = day, from, p.s.AccountName(e.Account)
		}
	}
	if first == 0 {
		return ""
	}
	day := look.Text.WeekdayDay(first)
	if first == p.s.Today {
		day = look.T("calling.today")
	}
	return look.T("calling.empty.opens", text.Args{"Name": name, "When": look.T("calling.when", text.Args{"Day": day, "Time": words.Minute(minute)})})
}

// closedLate names the overdue promises at whose customers nobody is there at this hour.
func (p *Page) closedLate() string {
	look, view := p.s.Look, p.asOf()
	var late []string
	for _, e := range p.list.Entries {
		if e.State == queue.Closed && e.Promise.Kind != "" && view.Overdue(e.Promise) {
			late = append(late, look.T("calling.empty.overdue.one", text.Args{"Name": p.s.AccountName(e.Account), "When": words.WhenDue(look.Text, e.Promise, p.s.Today)}))
		}
	}
	if len(late) == 0 {
		return ""
	}
	return look.T("calling.empty.overdue", text.Args{"Names": words.List(look.Text, late, 4)})
}

// account is the account in front: number, reason, and what else is known of it, the facts
// asked for least last.
func (p *Page) account(l *model.Customer, width int) (lines, facts []string) {
	look, b := p.s.Look, p.s.Book
	prose := min(width-2*indent, maxProse)
	add := func(role kit.Role, said string) {
		for _, line := range kit.Paragraph(look, role, said, prose) {
			lines = append(lines, kit.Blank(indent)+line)
		}
	}
	side := strings.Trim(b.ClassName(l.Class)+" · "+l.Address.City, " ·")
	lines = append(lines, kit.Sides(kit.Blank(indent)+look.Paint(kit.Heading, kit.Clean(cmp.Or(l.Name, l.Code))), look.Paint(kit.Dim, kit.Clean(side))+" ", width))
	lines = append(lines, kit.Sides(kit.Blank(indent)+look.Paint(kit.Strong, kit.Clean(l.Phone))+look.Paint(kit.Dim, "  "+p.consent(l)), look.Paint(kit.Dim, p.lasting())+" ", width))
	gap := func() {
		if p.roomy() {
			lines = append(lines, "")
		}
	}
	if p.stale != "" {
		gap()
		add(kit.Late, "! "+p.stale)
	} else if also := p.also(l); len(also) > 0 {
		gap()
		for _, said := range also {
			add(kit.Late, said)
		}
	}
	if p.asking {
		gap()
		add(kit.Late, look.T("calling.ask.opt-out", text.Args{"Name": cmp.Or(l.Name, l.Code), "Phone": l.Phone}))
	}
	gap()
	add(kit.Text, p.why(l))
	if c, ok := b.Campaign(p.campaign); ok {
		said := look.T("calling.campaign", text.Args{"Name": p.s.CampaignName(c.Code), "End": look.Text.DayOf(c.End, p.s.Today)})
		if p.roomy() { // on a small screen what it is for comes after whom to ask for
			said = strings.Join(append([]string{said}, aims(c)...), " · ")
		}
		add(kit.Dim, said)
	}
	gap()
	for _, line := range kit.Facts(look, p.facts(l), width-2*indent) {
		facts = append(facts, kit.Blank(indent)+line)
	}
	return lines, facts
}

// lastingFrom is the time from which a call's length shows: before, nobody has dialled.
const lastingFrom = 10 * time.Second

// lasting is for how long the account has been in front, which is how long the call
// lasts. The clock says it: seconds that were counted would miss those in which the
// machine slept.
func (p *Page) lasting() string {
	passed := p.s.Time().Sub(p.since)
	if passed < lastingFrom || passed > time.Hour {
		return ""
	}
	return p.s.Look.T("calling.lasting", text.Args{"Time": fmt.Sprintf("%d:%02d", int(passed.Minutes()), int(passed.Seconds())%60)})
}

// noteLine is the note of this call; more says at its end that there is more to read.
func (p *Page) noteLine(width int, more string) []string {
	look := p.s.Look
	line := kit.Blank(indent) + look.Paint(kit.Key, "e") + " " + look.Paint(kit.Dim, look.T("calling.label.typed")) + " "
	if p.noting || p.note.Value() != "" {
		line += p.note.View(max(width-2*indent-kit.Width(look.T("calling.label.typed"))-3, 4), p.noting)
	} else if more != "" {
		line = kit.Sides(line, look.Paint(kit.Dim, more)+" ", width)
	}
	return []string{line}
}

// also is what sales has to do with the customer these days: nobody calls in ignorance
// of it.
func (p *Page) also(l *model.Customer) []string {
	var rows *double.Rows
	if p.contacts.of == l.Code {
		rows = &double.Rows{Visits: p.contacts.visits, Calls: p.contacts.calls}
	}
	return words.Doubles(p.s.Look.Text, p.s.Book, double.Warning(p.s.Day(), l, rows, model.RoleMarketing, p.s.Today), p.s.Today)
}

// consent is on what ground the customer may be called.
func (p *Page) consent(l *model.Customer) string {
	said := p.s.Look.T("forms.consent") + ": " + p.s.Look.T("consent."+cmp.Or(string(l.Consent), "none"))
	if l.ConsentBasis != "" {
		said += " · " + l.ConsentBasis
	}
	return kit.Clean(said)
}

// hours are the opening hours, as far as they can be read.
func (p *Page) hours(l *model.Customer) string {
	if l.Hours == "" {
		return ""
	}
	if said, ok := p.s.Look.Text.HoursWritten(l.Hours); ok {
		return said
	}
	return l.Hours
}

// why is why this account, and why now.
func (p *Page) why(l *model.Customer) string {
	look := p.s.Look
	day := p.s.Day()
	var said []string
	if f := p.entry.Promise; f.Kind != "" {
		said = append(said, words.Promise(look.Text, f, p.s.Today))
		if p.entry.State == queue.Overdue {
			said = append(said, look.T("calling.overdue"))
		}
		if f.Note != "" {
			said = append(said, look.T("calling.quoted", text.Args{"Words": f.Note}))
		}
	}
	switch s := day.Standing(l); {
	case s.Last == 0:
		said = append(said, look.T("calling.why.never"))
	default:
		said = append(said, look.T("calling.why.last", text.Args{"Day": look.Text.Recent(s.Last, p.s.Today), "Interval": look.Text.Int(s.Interval)}))
	}
	if attempts, _ := day.InVain(l); attempts > 0 {
		said = append(said, look.Text.N("calling.why.attempts", attempts))
	}
	for _, planned := range l.Planned { // those of the next days are said for themselves
		if planned.Date > p.s.Today+double.Days {
			said = append(said, look.T("calling.why.planned", text.Args{"Rep": p.s.Book.RepName(planned.Rep), "Day": look.Text.WeekdayDay(planned.Date)}))
			break
		}
	}
	return strings.Join(said, " · ")
}

// contactLines are the last contacts of both departments and what was promised.
func (p *Page) contactLines(l *model.Customer, width, room int) (lines []string) {
	look := p.s.Look
	heading := func(role kit.Role, glyph, key string) {
		lines = append(lines, kit.Blank(indent)+look.Paint(role, glyph)+" "+look.Paint(kit.Heading, look.T(key)))
	}
	row := func(first, second, note string) {
		spans := []kit.Span{{Text: kit.Fit(first, 16, kit.AlignLeft)}, {Text: second}}
		prose := max(width-indent-3, 1)
		if note != "" && beside.Wide(p.width) && 16+kit.Width(second)+2+kit.Width(note) > prose {
			lines = append(lines, kit.Blank(indent+2)+kit.Line(look, prose, spans...)) // there is room for all of it
			for _, line := range kit.Paragraph(look, kit.Dim, note, max(prose-16, 1)) {
				lines = append(lines, kit.Blank(indent+2+16)+line)
			}
			return
		}
		if note != "" {
			spans = append(spans, kit.Span{Text: "  " + note, Role: kit.Dim})
		}
		lines = append(lines, kit.Blank(indent+2)+kit.Line(look, max(width-indent-3, 1), spans...))
	}
	if !p.roomy() {
		return p.fewContacts(l, width, 2)
	}
	each := lastContacts
	heading(kit.Sales, words.SalesGlyph, "calling.sales")
	for _, v := range p.contacts.visits[:min(len(p.contacts.visits), each)] {
		row(look.Text.DayOf(v.Date, p.s.Today), p.s.Book.RepName(v.Rep)+" · "+words.VisitResult(look.Text, v), v.Note)
	}
	if len(p.contacts.visits) == 0 {
		row("–", look.T("calling.sales.none"), "")
	}
	heading(kit.Marketing, words.MarketingGlyph, "calling.marketing")
	for _, c := range p.contacts.calls[:min(len(p.contacts.calls), each)] {
		when := look.Text.DayOf(c.Date, p.s.Today)
		if c.Time != 0 {
			when += " " + c.Time.String()
		}
		row(when, c.Agent+" · "+look.T("call.outcome."+c.Outcome.String()), c.Note)
	}
	if len(p.contacts.calls) == 0 {
		row("–", look.T("calling.marketing.none"), "")
	}
	if open := p.promised(l); len(open) > 0 {
		heading(kit.Late, "●", "calling.left")
		for _, said := range open {
			lines = append(lines, kit.Blank(indent+2)+kit.Line(look, max(width-indent-3, 1), kit.Span{Text: said}))
		}
	}
	if room > len(lines)+3 {
		lines = append(lines, "")
		for _, line := range kit.Paragraph(look, kit.Dim, words.BestHalfDay(look.Text, &p.known.halves), min(width-2*indent, maxProse)) {
			lines = append(lines, kit.Blank(indent)+line)
		}
	}
	return lines
}
