package signals

// An opened signal: what it says, its numbers, the rule behind it and the accounts
// it is about. It follows the Book: when its reason goes away it says so and stays.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/owner"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	indent   = 2  // of everything below the title
	maxProse = 96 // the longest line that reads well
)

type detail struct {
	page    *Page
	session *session.Session
	signal  model.Signal // as it is now; with gone, what its numbers would be
	gone    bool         // the signal is no longer raised

	lists  []list
	list   int // the one that shows
	table  *kit.Table
	rows   rows
	rule   bool // the rule stands in place of numbers and accounts
	scroll *kit.Scroll

	width, height int
	head          []string // what stands above the table, without the line of lists
	headFor       headStamp
}

// headStamp is what the lines above the table depend on.
type headStamp struct {
	revision, generation, width, height int
	rule                                bool
}

func newDetail(p *Page, s model.Signal) *detail {
	d := &detail{page: p, session: p.session, signal: s, scroll: kit.NewScroll(p.session.Look)}
	d.rows.session = p.session
	d.refresh()
	d.showList(0)
	return d
}

// refresh looks the signal up anew.
func (d *detail) refresh() {
	key := d.signal.Key()
	d.gone = true
	for _, s := range d.session.Signals() {
		if s.Key() == key {
			d.signal, d.gone = s, false
			break
		}
	}
	if d.gone {
		d.signal = d.withoutSignal()
	}
	d.lists = d.listsNow()
	d.list = min(d.list, len(d.lists)-1)
	d.headFor = headStamp{}
	if d.table != nil {
		d.rows.take(d.lists[d.list])
		d.table.Refresh()
		d.setSize(d.width, d.height)
	}
}

// withoutSignal is the signal with today's numbers though nothing raises it.
func (d *detail) withoutSignal() model.Signal {
	s := model.Signal{Kind: d.signal.Kind, Territory: d.signal.Territory, Campaign: d.signal.Campaign}
	s.Contact.LastReport = d.signal.Contact.LastReport
	area := d.session.Book.Area(s.Territory)
	if area == nil {
		return s
	}
	s.Contact.Coverage = d.session.Day().Numbers(area).All
	if c, ok := d.session.Book.Campaign(s.Campaign); ok && s.Kind == model.StepUpVisits {
		s.Readiness = d.session.Day().Readiness(c, area)
	}
	return s
}

// goneText says why the signal is no longer raised; done is true when that is
// because the work is done.
func (d *detail) goneText() (sentence string, done bool) {
	s, b, p := d.signal, d.session.Book, d.session.Look.Text
	area, settings := b.Area(s.Territory), b.Settings()
	where := text.Args{"Territory": d.session.AreaName(s.Territory)}
	switch {
	case area == nil:
		return p.T("signals.gone.territory", where), false
	case s.Kind == model.StepUpVisits:
		where["Campaign"] = d.session.CampaignName(s.Campaign)
		c, ok := b.Campaign(s.Campaign)
		if !ok || !c.NeedsVisits() || !c.Names(area.Territory) || d.session.Today > c.End ||
			d.session.Today < c.Start-model.Date(settings.Horizon) || s.Readiness.Gap > 0 || s.Readiness.Targets == 0 {
			return p.T("signals.gone.campaign", where), false
		}
		where["Needed"], where["Booked"] = p.Int(s.Readiness.Needed), p.Int(s.Readiness.Booked)
		return p.N("signals.done.visits", s.Readiness.Served, where), true
	case s.Kind == model.ReportsMissing && b.Reports(area.Rep).OnOrBefore(d.session.Today) > s.Contact.LastReport:
		return p.T("signals.done.reports", text.Args{"Rep": b.RepName(area.Rep)}), true
	case settings.EnoughContacted(s.Contact.Coverage):
		where["Share"] = words.ContactShare(p, d.session.Day(), s.Contact.Coverage)
		return p.T("signals.done.contact", where), true
	}
	return p.T("signals.gone.changed", where), false
}

// showList shows one of the signal's lists, in the signal's own order.
func (d *detail) showList(i int) {
	d.list, d.rows.words = i, nil
	d.rows.sortBy = ""
	d.rows.take(d.lists[i])
	d.table = kit.NewTable(d.session.Look, d.rows.columns(), d.rows.source(), kit.Options{Name: "signal", NoFoot: true, Empty: d.lists[i].empty})
	d.table.OnOpen = func(code string) tea.Cmd { return d.session.Shell.Go(session.PageAccounts, code) }
	d.table.Focus(!d.page.inList)
	d.setSize(d.width, d.height)
}

// nextList shows the next one.
func (d *detail) nextList() tea.Cmd {
	d.rule = false
	d.showList((d.list + 1) % len(d.lists))
	return nil
}

func (d *detail) toggleRule() tea.Cmd {
	d.rule = !d.rule
	d.scroll.Top()
	d.setSize(d.width, d.height)
	return nil
}

// account is the account under the cursor.
func (d *detail) account() *model.Customer {
	if d.rule {
		return nil
	}
	return d.session.Book.Account(d.table.Cursor())
}

func (d *detail) back() bool {
	switch {
	case d.rule:
		d.toggleRule()
	case d.table.Back():
	case d.list != 0:
		d.showList(0)
	default:
		return false
	}
	return true
}

func (d *detail) key(key tea.KeyMsg) tea.Cmd {
	if d.rule {
		return d.scroll.Update(key)
	}
	return d.table.Update(key)
}

func (d *detail) mouse(m tea.MouseMsg) tea.Cmd {
	if d.rule {
		return d.scroll.Update(m)
	}
	top := len(d.head) + 1
	if m.Y == top-1 && kit.Clicked(m) && len(d.lists) > 1 {
		return d.nextList()
	}
	m.Y -= top
	m.X -= indent - 2
	if m.Y < 0 {
		return nil
	}
	return d.table.Update(m)
}

func (d *detail) setSize(width, height int) {
	d.width, d.height = width, height
	if d.table == nil || width == 0 {
		return
	}
	d.prepare()
	d.table.SetSize(width, max(height-len(d.head)-1, 0))
	d.scroll.SetSize(width, max(height-len(d.head), 0))
}

// prepare writes the lines above the table, if something in them has changed.
func (d *detail) prepare() {
	stamp := headStamp{d.session.Revision(), d.session.Look.Generation(), d.width, d.height, d.rule}
	if stamp == d.headFor {
		return
	}
	d.headFor = stamp
	d.head = []string{d.title(), ""}
	d.head = append(d.head, d.prose()...)
	d.head = append(d.head, d.caseLines()...)
	d.head = append(d.head, "")
	if d.rule {
		d.scroll.SetLines(d.ruleLines())
		return
	}
	for _, line := range facts(d.session, d.signal, d.width-2*indent) {
		d.head = append(d.head, kit.Blank(indent)+line)
	}
	d.head = append(d.head, "")
}

// title is what is asked where, and how urgent it is.
func (d *detail) title() string {
	look := d.session.Look
	glyph, accent := tables.RoleMark(d.signal.Kind.Owner())
	switch {
	case d.gone:
		glyph, accent = words.DoneGlyph, kit.Good
	case d.signal.InHand:
		glyph, accent = words.DoneGlyph, kit.Good
	case d.signal.OnCourse:
		glyph, accent = words.CourseGlyph, kit.Good
	case d.signal.Kind == model.ReportsMissing:
		glyph = words.ReportsGlyph
	}
	left := look.Paint(accent, glyph) + " " + look.Paint(kit.Heading, look.T("signals.title", text.Args{
		"Kind": look.T("signals.kind." + d.signal.Kind.String()), "Territory": d.session.AreaName(d.signal.Territory)}))
	if d.gone {
		return kit.Sides(left, "", d.width)
	}
	word := "signals.urgency"
	switch d.signal.State() {
	case model.SignalInHand:
		word = "signals.urgency.in-hand"
	case model.SignalOnCourse:
		word = "signals.urgency.on-course"
	}
	meter := kit.Meter(float64(d.signal.Urgency)/100, meterCells)
	filled := strings.TrimRight(meter, "▁")
	right := look.Paint(kit.Dim, look.T(word, text.Args{"Urgency": look.Text.Int(d.signal.Urgency)})) + " " +
		look.Paint(accent, filled) + look.Paint(kit.Faint, meter[len(filled):]) + " "
	task := owner.OfSignal(d.session.Day(), d.signal.Key())
	for _, whose := range []string{words.Owner(look.Text, d.session.Book, task), words.OwnerName(d.session.Book, task)} {
		if whose != "" && kit.Width(left)+kit.Width(whose)+kit.Width(right)+2 < d.width { // the glyph says which department
			left += look.Paint(kit.Dim, "  "+kit.Clean(whose))
			break
		}
	}
	return kit.Sides(left, right, d.width)
}

// prose is the signal in sentences, or what became of it.
func (d *detail) prose() []string {
	look := d.session.Look
	width := min(d.width-2*indent, maxProse)
	sentences, role := "", kit.Text
	if d.gone {
		done := false
		if sentences, done = d.goneText(); done {
			sentences, role = words.DoneGlyph+" "+sentences, kit.Good
		}
	} else {
		sentences = strings.Join(words.Signal(look.Text, d.session.Day(), d.signal), " ")
		if ok, _ := d.page.mayHandOver(d.signal); ok && d.signal.Readiness.Beyond > 0 {
			sentences += " " + look.T("signals.hand-over.way", text.Args{"Key": look.KeyLabel("F")})
		}
	}
	lines := kit.Paragraph(look, role, sentences, width)
	for i, line := range lines {
		lines[i] = kit.Blank(indent) + line
	}
	return lines
}

// caseLines are how the signal was answered.
func (d *detail) caseLines() (lines []string) {
	c, running := d.session.Case(d.signal.Key())
	if !running {
		return nil
	}
	look := d.session.Look
	said := strings.Join(words.Case(look.Text, d.session.Book, c, d.session.Today), " ")
	if glyph := words.CaseGlyph(c); glyph != "" {
		said = glyph + " " + said
	}
	if said == "" {
		return nil
	}
	for _, line := range kit.Paragraph(look, kit.Dim, said, min(d.width-2*indent, maxProse)) {
		lines = append(lines, kit.Blank(indent)+line)
	}
	return lines
}

// ruleLines are the steps of the rule, each wrapped behind its number.
func (d *detail) ruleLines() []string {
	look := d.session.Look
	lines := []string{kit.Blank(indent) + look.Paint(kit.Heading, look.T("signals.rule")), ""}
	for i, step := range words.SignalRule(look.Text, d.session.Day(), d.signal) {
		for k, line := range kit.Wrap(step, min(d.width-2*indent-4, maxProse)) {
			number := "    "
			if k == 0 {
				number = kit.Fit(look.Text.Int(i+1), 2, kit.AlignRight) + "  "
			}
			lines = append(lines, kit.Blank(indent)+look.Paint(kit.Dim, number)+line)
		}
	}
	return append(lines, "", kit.Blank(indent)+look.Paint(kit.Dim, look.T("signals.rule.settings")))
}

func (d *detail) view() string {
	if d.width == 0 || d.height == 0 {
		return kit.Block(nil, d.width, d.height)
	}
	d.prepare()
	lines := append([]string(nil), d.head...)
	if d.rule {
		lines = append(lines, strings.Split(d.scroll.View(), "\n")...)
	} else {
		lines = append(lines, d.listLine())
		lines = append(lines, strings.Split(d.table.View(), "\n")...)
	}
	return kit.Block(lines, d.width, d.height)
}

// listLine names the list that shows, the others with the key that turns to them,
// and where in the list the cursor is.
func (d *detail) listLine() string {
	look := d.session.Look
	line := kit.Blank(indent)
	for i, l := range d.lists {
		if i > 0 {
			line += kit.Blank(3)
		}
		if i == d.list {
			line += look.Paint(kit.Heading, l.title)
		} else {
			line += look.Paint(kit.Key, look.KeyLabel("right")) + " " + look.Paint(kit.Dim, l.title)
		}
	}
	place := ""
	if n := len(d.rows.shown); n > 1 {
		place = look.T("kit.table.position", text.Args{"Row": look.Text.Int(d.table.CursorIndex() + 1), "Rows": look.Text.Int(n)})
	}
	return kit.Sides(line, look.Paint(kit.Dim, place)+" ", d.width)
}
