// Package briefing is the sheet of both departments' meeting: as a page of the app, and
// written for paper.
package briefing

import (
	"html/template"
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/briefing"
	"doppelpass/model/double"
	"doppelpass/ui/paper"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// most is how many lines a block has: a meeting talks about no more, and a block fits on a
// page.
const most = 12

// Picture draws a map of what the briefing is about, as SVG without any reference to what
// lies outside of it.
type Picture func(*text.Printer, *model.Day, briefing.Briefing) template.HTML

// Write is the briefing in words. area is the region or territory it is about, "" for
// all; picture may be nil.
func Write(p *text.Printer, d *model.Day, b briefing.Briefing, area string, picture Picture) paper.Page {
	w, foot := writer{p, d, b}, "briefing.foot"
	if b.Persons {
		foot += ".persons"
	}
	page := paper.Page{
		Language: p.Language, Title: p.T("briefing.title", text.Args{"Week": p.Week(b.Day)}),
		Subtitle: p.N("briefing.subtitle", b.Territories, text.Args{"Day": p.WeekdayDate(b.Day), "Area": area}),
		Foot:     p.T(foot, text.Args{"Next": p.WeekdayDay(b.Next), "Since": p.DayOf(b.Since, b.Day)}),
	}
	if area == "" {
		page.Subtitle = p.N("briefing.subtitle.all", b.Territories, text.Args{"Day": p.WeekdayDate(b.Day)})
	}
	page.Blocks = []paper.Block{w.decisions(), w.signals(), w.regions(), w.campaigns(), w.passes(), w.clashes(), w.unknown()}
	if picture != nil {
		page.Aside, page.AsideFrom = picture(p, d, b), len(page.Blocks)-3
	}
	return page
}

// writer writes one briefing.
type writer struct {
	p *text.Printer
	d *model.Day
	b briefing.Briefing
}

func (w writer) day(day model.Date) string { return w.p.DayOf(day, w.b.Day) }

func (w writer) area(code string) string { return words.AreaName(w.p, w.d.Book(), code) }

// department is a cell with a department.
func (w writer) department(role model.Role) paper.Cell {
	return paper.Cell{Mark: words.RoleGlyph(role), Tone: toneOf(role), Text: words.Role(w.p, role)}
}

func toneOf(role model.Role) paper.Tone {
	if role == model.RoleMarketing {
		return paper.Marketing
	}
	return paper.Sales
}

// heads are the heads of a table: messages of the briefing. One that begins with > stands
// right, one with = is not broken; the number behind a blank says how long it stays in a
// narrow window.
func (w writer) heads(names ...string) (heads []paper.Head) {
	for _, name := range names {
		name, keep, _ := strings.Cut(name, " ")
		name, right := strings.CutPrefix(name, ">")
		name, tight := strings.CutPrefix(name, "=")
		head := paper.Head{Title: w.p.T("briefing.column." + name), Right: right, Tight: tight}
		head.Keep, _ = strconv.Atoi(keep)
		heads = append(heads, head)
	}
	return heads
}

// cut keeps a block's lines, and says how many are left out.
func (w writer) cut(b *paper.Block, n int) int {
	if n > most {
		b.Note = strings.TrimSpace(w.p.N("briefing.more", n-most) + " " + b.Note)
		return most
	}
	return n
}

// subject is what a signal is about, without its territory.
func (w writer) subject(key model.SignalKey) paper.Cell {
	said := w.p.T("briefing.about." + key.Kind.String())
	if key.Campaign != "" {
		said = words.CampaignName(w.d.Book(), key.Campaign)
	}
	return paper.Cell{Mark: words.KindGlyph(key.Kind), Tone: toneOf(key.Kind.Owner()), Text: said}
}

func (w writer) decisions() paper.Block {
	block := paper.Block{Title: w.p.T("briefing.decisions")}
	if len(w.b.Decisions) == 0 {
		block.Lines = []paper.Line{{Text: w.p.T("briefing.decisions.none")}}
		return block
	}
	table := &paper.Table{Heads: w.heads("territory 9", "about 8", "decided 6", "became 7", "=whose 5", "=day 5")}
	for _, c := range w.b.Decisions[:w.cut(&block, len(w.b.Decisions))] {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{
			paper.Of(w.area(c.Signal.Territory)), w.subject(c.Signal), paper.Of(w.decided(c)), w.became(c), w.whose(c), paper.Of(w.day(c.Day)),
		}})
	}
	block.Table = table
	return block
}

// whose is the department that a case is up to; nobody's once it has ended.
func (w writer) whose(c briefing.Decision) paper.Cell {
	if !c.Running() {
		return paper.Toned(paper.Dim, w.p.T("briefing.ended"))
	}
	return w.department(c.Whose)
}

// decided is what was decided, and when.
func (w writer) decided(c briefing.Decision) string {
	a := c.Answer
	if c.Forgotten {
		return w.p.T("briefing.forgotten")
	}
	args := text.Args{"Says": w.p.T("answer.says." + string(a.Says)), "Day": w.day(a.Date), "By": a.By, "Why": ""}
	switch {
	case a.Reason == model.DeclinedOther:
		args["Why"] = a.Note
	case a.Reason != "":
		args["Why"] = w.p.T("answer.reason." + string(a.Reason))
	case a.Says == model.SaysCounter, a.Says == model.SaysAgree, a.Says == model.SaysRefuse:
		args["Why"] = words.Proposal(w.p, w.d.Book(), c.Counter, w.b.Day)
	}
	key := "briefing.decided"
	if args["Why"] != "" {
		key += ".why"
	}
	if w.b.Persons && a.By != "" {
		key += ".by"
	}
	return w.p.T(key, args)
}

// became is how a case stands now.
func (w writer) became(c briefing.Decision) paper.Cell {
	short := func(key string) string { return w.p.N(key, c.Short) }
	unit := "." + c.Signal.Kind.String()
	switch {
	case c.State == answer.Missed:
		return paper.Toned(paper.Late, words.CaseState(w.p, c.State))
	case c.State == answer.Scored:
		return paper.Cell{Mark: words.DoneGlyph, Tone: paper.Good, Text: words.CaseState(w.p, c.State)}
	case !c.Running():
		return paper.Of(words.CaseState(w.p, c.State))
	case c.Unanswered:
		return paper.Toned(paper.Late, words.CaseWord(w.p, c.Case))
	case c.Quiet:
		return paper.Toned(paper.Late, w.p.T("case.short.quiet"))
	case c.State == answer.Open && c.Reopened != 0:
		return paper.Toned(paper.Late, w.p.T("briefing.reopened", text.Args{"Then": w.p.Int(c.Then), "Now": w.p.Int(c.Short)}))
	case c.Short == 0:
		return paper.Cell{Mark: words.DoneGlyph, Tone: paper.Good, Text: w.p.T("briefing.nothing-short")}
	}
	return paper.Of(short("briefing.short" + unit))
}

func (w writer) signals() paper.Block {
	block := paper.Block{Title: w.p.N("briefing.signals", len(w.b.Signals))}
	var rest []string
	if w.b.OnCourse > 0 {
		rest = append(rest, w.p.N("briefing.on-course", w.b.OnCourse))
	}
	if w.b.InHand > 0 {
		rest = append(rest, w.p.N("briefing.in-hand", w.b.InHand))
	}
	block.Note = strings.Join(rest, " ")
	if len(w.b.Signals) == 0 {
		block.Lines = []paper.Line{{Text: w.p.T("briefing.signals.none")}}
		return block
	}
	table := &paper.Table{Heads: w.heads("territory 9", "signal 8", ">amount 7", "=when 4", "=answer 6")}
	for _, s := range w.b.Signals[:w.cut(&block, len(w.b.Signals))] {
		brief := words.SignalBrief(w.p, w.d, s.Signal)
		subject := paper.Cell{Mark: words.KindGlyph(s.Kind), Tone: toneOf(s.Kind.Owner()), Text: brief.Subject}
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{
			paper.Of(w.area(s.Territory)), subject, paper.Toned(paper.Strong, brief.Amount), paper.Of(brief.When), w.answer(s),
		}})
	}
	block.Table = table
	return block
}

// answer is how a signal was answered, or who has to answer by when.
func (w writer) answer(s briefing.Open) paper.Cell {
	args := text.Args{"Department": words.Role(w.p, s.Whose), "Day": w.day(s.Day), "Word": words.CaseWord(w.p, s.Case)}
	switch {
	case s.Day == 0:
		return w.department(s.Whose)
	case s.Case.Unanswered:
		return paper.Toned(paper.Late, w.p.T("briefing.answer.late", args))
	case s.Case.Turn != "":
		return paper.Of(w.p.T("briefing.answer.due", args))
	}
	return paper.Of(w.p.T("briefing.answer.given", args))
}

func (w writer) regions() paper.Block {
	block := paper.Block{Title: w.p.T("briefing.regions"), Note: w.p.T("briefing.regions.note", text.Args{
		"Threshold": w.p.Percent(float64(w.d.Settings().ContactThreshold) / 100), "Before": w.day(w.b.Day - briefing.Trend)})}
	table := &paper.Table{Heads: w.heads("region 9", ">accounts 4", ">covered 8", ">trend 6", "=contacted 7", ">pace 5", ">needed 5", "=weeks 3")}
	for _, r := range w.b.Regions {
		name := r.Path[strings.LastIndexByte(r.Path, '/')+1:]
		if r.Path == "" {
			name = w.p.T("briefing.all")
		}
		aim := float64(w.d.Settings().ContactThreshold) / 100
		contacted := paper.Cell{Text: words.ContactShare(w.p, w.d, r.All), Bar: &paper.Bar{Share: r.All.ContactedShare(), Aim: aim}}
		if r.All.Contacted*100 < w.d.Settings().ContactThreshold*r.All.Accounts {
			contacted.Bar.Tone = paper.Late
		}
		cells := []paper.Cell{paper.Of(name), paper.Of(w.p.Int(r.Active)), paper.Of(w.share(r.All.CoveredShare(), r.All.Accounts)), paper.Of(w.trend(r)), contacted}
		if r.All.Accounts == 0 {
			cells[4] = paper.Toned(paper.Dim, "–")
		}
		if r.Alone {
			cells = append(cells, paper.Toned(paper.Dim, "–"), paper.Toned(paper.Dim, "–"), paper.Toned(paper.Dim, w.p.T("briefing.alone")))
		} else {
			spark := &paper.Spark{Aim: r.NeededPace}
			for _, n := range r.Weeks {
				spark.Values = append(spark.Values, float64(n))
			}
			cells = append(cells, paper.Of(w.p.Decimal(r.UsualPace(), 1)), paper.Of(w.p.Decimal(r.NeededPace, 1)), paper.Cell{Spark: spark})
		}
		table.Rows = append(table.Rows, paper.Row{Cells: cells, Sum: r.Path == "" && len(w.b.Regions) > 1})
	}
	block.Table = table
	return block
}

func (w writer) share(share float64, of int) string {
	if of == 0 {
		return "–"
	}
	return w.p.Percent(share)
}

// trend is by how many points coverage has risen or fallen.
func (w writer) trend(r briefing.Region) string {
	if r.Before.Accounts == 0 || r.All.Accounts == 0 {
		return "–"
	}
	switch points := int(model.Rounded(r.All.CoveredShare(), 2)*100+0.5) - int(model.Rounded(r.Before.CoveredShare(), 2)*100+0.5); {
	case points > 0:
		return "↑ +" + w.p.Int(points)
	case points < 0:
		return "↓ " + w.p.Int(points)
	}
	return "→ 0"
}

func (w writer) campaigns() paper.Block {
	block := paper.Block{Title: w.p.T("briefing.campaigns"), Note: w.p.T("briefing.campaigns.note")}
	if len(w.b.Campaigns) == 0 {
		block.Note, block.Lines = "", []paper.Line{{Text: w.p.T("briefing.campaigns.none")}}
		return block
	}
	table := &paper.Table{Heads: w.heads("campaign 9", "=days 5", ">targets 3", ">needed 4", ">done 6", ">booked 5", ">missing 7", "carry 8")}
	for _, c := range w.b.Campaigns[:w.cut(&block, len(w.b.Campaigns))] {
		kind := model.RoleSales
		if c.Carry == briefing.CarryCalls {
			kind = model.RoleMarketing
		}
		days := w.p.T("briefing.days", text.Args{"From": w.day(c.Campaign.Start), "To": w.day(c.Campaign.End)})
		cells := []paper.Cell{{Mark: words.RoleGlyph(kind), Tone: toneOf(kind), Text: words.CampaignName(w.d.Book(), c.Campaign.Code)}, paper.Of(days), paper.Of(w.p.Int(c.Targets))}
		if c.Carry == briefing.CarryCalls {
			none := paper.Toned(paper.Dim, "–")
			cells = append(cells, none, paper.Of(w.p.Int(c.Served)), none, none, paper.Of(w.p.T("briefing.carry.calls")))
		} else {
			cells = append(cells, paper.Of(w.p.Int(c.Needed)), paper.Of(w.p.Int(c.Served)), paper.Of(w.p.Int(c.Booked)), paper.Toned(paper.Strong, w.p.Int(c.Gap)), w.carry(c))
		}
		table.Rows = append(table.Rows, paper.Row{Cells: cells})
	}
	block.Table = table
	return block
}

// carry is whether sales can make a campaign's visits, and where it is tight.
func (w writer) carry(c briefing.Ahead) paper.Cell {
	names := make([]string, len(c.Tight))
	for i, code := range c.Tight {
		names[i] = w.area(code)
	}
	said := w.p.N("briefing.carry."+string(c.Carry), c.Beyond, text.Args{"Territories": words.List(w.p, names, 3)})
	switch c.Carry {
	case briefing.CarryDone, briefing.CarryUsual:
		return paper.Cell{Mark: words.DoneGlyph, Tone: paper.Good, Text: said}
	case briefing.CarryBeyond, briefing.CarryContested:
		return paper.Toned(paper.Late, said)
	}
	return paper.Of(said)
}

func (w writer) passes() paper.Block {
	block := paper.Block{Title: w.p.T("briefing.passes", text.Args{"Since": w.day(w.b.PassedSince)})}
	table := &paper.Table{Heads: w.heads("to 9", ">given 8", ">lately 3", ">taken 7", ">declined 4", ">unanswered 6", ">scored 7", ">missed 5")}
	for i, passed := range w.b.Passes {
		to := [...]model.Role{model.RoleSales, model.RoleMarketing}[i]
		cells := []paper.Cell{w.department(to)}
		for _, n := range [...]int{passed.Given, passed.Lately, passed.Taken, passed.Declined + passed.Countered, passed.Unanswered, passed.Scored, passed.Missed} {
			cells = append(cells, paper.Of(w.p.Int(n)))
		}
		table.Rows = append(table.Rows, paper.Row{Cells: cells})
	}
	block.Table = table
	return block
}

func (w writer) clashes() paper.Block {
	block := paper.Block{Title: w.p.N("clash.heading", len(w.b.Clashes))}
	if len(w.b.Clashes) == 0 {
		block.Title, block.Lines = w.p.T("briefing.clashes"), []paper.Line{{Text: w.p.T("briefing.clashes.none")}}
		return block
	}
	for _, c := range w.b.Clashes[:w.cut(&block, len(w.b.Clashes))] {
		key := "briefing.clash"
		if c.Kind == double.ClashContacts { // its subject names the territory
			key += ".contacts"
		}
		block.Lines = append(block.Lines, paper.Line{Mark: words.RoleGlyph(c.Owner()), Tone: toneOf(c.Owner()), Text: w.p.T(key, text.Args{
			"Subject": words.ClashSubject(w.p, w.d.Book(), c), "Brief": words.ClashBrief(w.p, c, w.b.Day), "Department": words.Role(w.p, c.Owner()),
			"Territories": w.where(c)})})
	}
	return block
}

// where are the territories of a clash.
func (w writer) where(c double.Clash) string {
	names := make([]string, len(c.Territories))
	for i, code := range c.Territories {
		names[i] = w.area(code)
	}
	return words.List(w.p, names, 2)
}

func (w writer) unknown() paper.Block {
	block := paper.Block{Title: w.p.T("briefing.unknown")}
	u := w.b.Unknown
	say := func(mark, sentence string) {
		block.Lines = append(block.Lines, paper.Line{Mark: mark, Text: sentence})
	}
	for _, s := range u.Silent[:min(len(u.Silent), most)] {
		args := text.Args{"Territory": w.area(s.Territory), "Last": w.day(s.LastReport)}
		if s.LastReport == 0 {
			say(words.ReportsGlyph, w.p.T("briefing.unknown.never", args))
		} else {
			say(words.ReportsGlyph, w.p.N("briefing.unknown.silent", int(w.b.Day-s.LastReport), args))
		}
	}
	if n := len(u.Silent) - most; n > 0 {
		say(words.ReportsGlyph, w.p.N("briefing.unknown.more", n))
	}
	if n := len(u.Vacant); n > 0 {
		names := make([]string, n)
		for i, code := range u.Vacant {
			names[i] = w.area(code)
		}
		say("·", w.p.N("briefing.unknown.vacant", n, text.Args{"Territories": words.List(w.p, names, 4)}))
	}
	if u.Unplaced > 0 {
		say("·", w.p.N("briefing.unknown.unplaced", u.Unplaced, text.Args{"Accounts": w.p.Int(u.Accounts)}))
	}
	if u.Homeless > 0 {
		say("·", w.p.N("briefing.unknown.homeless", u.Homeless))
	}
	say("·", w.p.T("briefing.unknown.always"))
	return block
}
