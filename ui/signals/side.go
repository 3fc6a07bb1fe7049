package signals

// One department's list: its open signals most urgent first, then reports that are
// missing, then what is in hand.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The widths from which a list has room for the columns of the wider form.
const (
	roomyFrom  = 58
	meterCells = 5
	emptyLines = 5  // of the sentence in an empty list with something below it
	titleAir   = 15 // lines from which a blank line stands below the title
	entryAir   = 24 // … and between entries of two lines
)

// group is where in a list a signal stands.
type group uint8

const (
	open group = iota
	reports
	onCourse
	inHand
)

func groupOf(s model.Signal) group {
	switch {
	case s.InHand:
		return inHand
	case s.OnCourse:
		return onCourse
	case s.Kind == model.ReportsMissing:
		return reports
	}
	return open
}

// side is one department's list.
type side struct {
	page  *Page
	owner model.Role
	table *kit.Table

	all     []model.Signal // of the owner, in the list's order
	folded  []kit.Folded   // of all, once a filter has asked for them
	shown   []model.Signal // those that the filter lets through
	headed  [inHand + 1]string
	counts  [inHand + 1]int
	reps    map[string]string // by rep: what stands above the signals of each
	version int

	width, height int
	stacked       bool // one line an entry, above or below the other side
	dense         bool // … with glyphs in place of headings, for want of room
	empty         string
	idle          []idleLine
}

func newSide(p *Page, owner model.Role) *side {
	s := &side{page: p, owner: owner}
	s.table = kit.NewTable(p.session.Look, nil, kit.Source{
		Len:     func() int { return len(s.shown) },
		ID:      func(i int) string { return session.SignalTarget(s.shown[i].Key()) },
		Row:     s.row,
		Heading: s.heading,
		Version: func() int { return s.version },
		Total:   func() int { return len(s.all) },
		Filter:  p.setFilter,
		Fresh:   func(i int) string { return p.session.SignalChangedBy(s.shown[i]) },
	}, kit.Options{NoHead: true, NoFoot: true})
	s.table.OnOpen = func(string) tea.Cmd {
		if signal, ok := s.current(); ok {
			if p.detail != nil && p.detail.signal.Key() == signal.Key() {
				p.inList = false
				p.focus()
			} else {
				p.open(signal)
			}
		}
		return nil
	}
	s.table.OnMove = func(string) tea.Cmd {
		// Beside the list the opened signal follows the list's cursor.
		if signal, ok := s.current(); ok && p.beside() && p.inList {
			p.open(signal)
			p.inList = true
			p.focus()
		}
		return nil
	}
	return s
}

// refresh takes up the signals anew.
func (s *side) refresh() {
	s.folded = nil
	s.all, s.counts = ownSignals(s.page.session, s.owner)
	p := s.page.session.Look.Text
	s.headed = [inHand + 1]string{
		reports:  p.N("signals.heading.reports", s.counts[reports]),
		onCourse: p.N("signals.heading.on-course", s.counts[onCourse]),
		inHand:   p.N("signals.heading.in-hand", s.counts[inHand]),
	}
	switch {
	case len(s.all) > 0:
	case s.page.session.Mine:
		s.empty = s.page.session.Look.T("owner.mine.none")
	default:
		s.empty = nothingToDo(s.page.session, s.owner)
	}
	s.idle = s.idleLines()
	s.choose()
	s.layout()
	s.table.Refresh()
}

// choose picks what the filter lets through.
func (s *side) choose() {
	s.version++
	if s.page.byRep {
		defer s.groupByRep()
	}
	query := kit.NewQuery(s.page.filter)
	if query.Empty() {
		s.shown = s.all
		return
	}
	if s.folded == nil {
		s.folded = make([]kit.Folded, len(s.all))
		for i, signal := range s.all {
			s.folded[i] = kit.Fold(s.words(signal))
		}
	}
	s.shown = nil
	for i, signal := range s.all {
		if query.Contains(s.folded[i]) {
			s.shown = append(s.shown, signal)
		}
	}
}

// words is what the filter looks through.
func (s *side) words(signal model.Signal) string {
	session := s.page.session
	words := []string{session.AreaName(signal.Territory), signal.Territory, signal.Campaign}
	if signal.Campaign != "" {
		words = append(words, session.CampaignName(signal.Campaign))
	}
	if area := session.Book.Area(signal.Territory); area != nil {
		words = append(words, area.Region, session.Book.RepName(area.Rep))
	}
	return strings.Join(words, " ")
}

func (s *side) current() (model.Signal, bool) {
	s.table.Cursor()
	if i := s.table.CursorIndex(); i >= 0 && i < len(s.shown) {
		return s.shown[i], true
	}
	return model.Signal{}, false
}

// lines is the height that shows the whole list when it stands above or below the
// other one, in one line an entry.
func (s *side) lines(headings bool) int {
	lines := 1 + len(s.shown)
	if foot := s.foot(); foot > 0 {
		lines += foot + 1
	}
	if len(s.shown) == 0 {
		return lines + 3 // what is said of an empty list, wrapped
	}
	if s.page.byRep {
		return lines + 2*len(s.reps) - 1
	}
	if headings {
		for i, signal := range s.shown {
			switch g := groupOf(signal); {
			case g == open || i > 0 && g == groupOf(s.shown[i-1]):
			case i > 0:
				lines += 2
			default:
				lines++
			}
		}
	}
	return lines
}

// fits reports whether all entries can be seen at once.
func (s *side) fits() bool {
	each := 1
	switch {
	case s.stacked:
		return s.lines(!s.dense) <= s.height
	case s.height >= entryAir:
		each = 3
	default:
		each = 2
	}
	lines := s.headLines() + s.footRoom() + each*len(s.shown) - (each - 2)
	if s.page.byRep {
		lines += 2 * len(s.reps)
	}
	for g := reports; g <= inHand && !s.page.byRep; g++ {
		if s.counts[g] > 0 {
			lines += 2
		}
	}
	return lines <= s.height
}

// headLines is the height of the list's title.
func (s *side) headLines() int {
	if s.stacked || s.height < titleAir {
		return 1
	}
	return 2
}

func (s *side) setSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
	margin := 0
	if width > roomyFrom && !s.stacked {
		margin = 1 // in line with the title's right end
	}
	room := max(height-s.headLines()-s.footRoom(), 0)
	if len(s.shown) == 0 && s.footRoom() > 0 && len(s.idle) > 0 { // what lies idle stands right below the sentence
		room = min(room, emptyLines)
	}
	s.table.SetSize(width-margin, room)
}

// layout picks the form of the entries: one line when the lists are stacked, else
// two, with a blank line between where there is room.
func (s *side) layout() {
	s.stacked = s.page.detail == nil && !sideBySide.Wide(s.page.width)
	s.dense = s.stacked && s.page.dense
	options := kit.Options{NoHead: true, NoFoot: true, Empty: s.empty, TwoLines: !s.stacked}
	if !s.stacked && s.height >= entryAir {
		options.Gap = 1
	}
	var columns []kit.Column
	switch {
	case s.stacked:
		columns = []kit.Column{
			{Min: 1, Priority: 9},
			{Min: 15, Ideal: 24, Flex: 1, Priority: 9},
			{Min: 18, Ideal: 26, Flex: 1, Priority: 8},
			{Min: 17, Ideal: 19, Priority: 6},
			{Min: 9 + 1 + meterCells, Ideal: 10 + 1 + meterCells, Align: kit.AlignRight, Priority: 9},
			{Min: 20, Ideal: 24, Priority: 2},
		}
	case s.width < roomyFrom:
		columns = []kit.Column{
			{Min: 13, Ideal: 20, Flex: 1, Priority: 9},
			{Min: 17, Ideal: 20, Flex: 1, Priority: 8},
			{Min: 9, Ideal: 10, Align: kit.AlignRight, Priority: 7},
		}
	default:
		subject, why := 17, 22 // "10.0 a week, usual 2.1" beside a campaign's name
		if s.owner == model.RoleMarketing {
			subject, why = 19, 20 // "clear · 166 to call" beside "175 of 485 contacted"
		}
		columns = []kit.Column{
			{Min: 13, Ideal: 20, Flex: 2, Priority: 9},
			{Min: subject, Ideal: 24, Flex: 3, Priority: 8},
			{Min: why, Ideal: 23, Align: kit.AlignRight, Priority: 7},
		}
	}
	s.table.SetColumns(columns)
	s.table.SetOptions(options)
}

// row draws a signal.
func (s *side) row(i int) kit.Row {
	signal := s.shown[i]
	where := s.page.session
	brief := briefOf(where, signal)
	rep, repRole, uncovered := where.Look.T("signals.vacant"), kit.Dim, ""
	if area := where.Book.Area(signal.Territory); area != nil && area.Rep != "" {
		rep = where.Book.RepName(area.Rep)
		if away, open := words.AbsentMark(where.Look.Text, where.Book, area.Rep, where.Today); away != "" {
			if rep = away; open {
				repRole, uncovered = kit.Late, away
			}
		}
	}
	_, accent := tables.RoleMark(s.owner)
	subject, loud, glyph := brief.Subject, kit.Strong, kit.Cell{}
	switch groupOf(signal) {
	case reports:
		silent := "signals.silent"
		if s.unheaded() {
			silent, glyph = "signals.silent.line", kit.Cell{Text: words.ReportsGlyph, Role: accent}
		}
		subject = where.Look.Text.N(silent, int(where.Today-signal.Contact.LastReport))
	case onCourse:
		accent, loud = kit.Dim, kit.Text
		if s.unheaded() {
			glyph = kit.Cell{Text: words.CourseGlyph, Role: kit.Good}
		}
	case inHand:
		accent, loud = kit.Dim, kit.Text
		if s.unheaded() {
			glyph = kit.Cell{Text: words.DoneGlyph, Role: kit.Good}
		}
	}
	meter := kit.Meter(float64(signal.Urgency)/100, meterCells)
	filled := strings.TrimRight(meter, "▁")
	bar := []kit.Span{{Text: filled, Role: accent}, {Text: meter[len(filled):], Role: kit.Faint}}
	amount := kit.Span{Text: brief.Amount, Role: loud}
	when := kit.Cell{Text: brief.When, Role: kit.Dim}
	if answered, ok := caseCell(where, signal); ok {
		when = answered
	}
	territory := kit.Cell{Text: where.AreaName(signal.Territory), Role: loud}
	if glyph.Text != "" && !s.stacked { // there is no column for it
		territory = kit.Cell{Spans: []kit.Span{{Text: glyph.Text + " ", Role: glyph.Role}, {Text: territory.Text, Role: loud}}}
	}
	switch {
	case s.stacked:
		if uncovered != "" { // there is no room for the rep's name
			when = kit.Cell{Text: uncovered, Role: kit.Late}
		}
		return kit.Row{Cells: []kit.Cell{
			glyph, territory, {Text: subject}, when,
			{Spans: append([]kit.Span{amount, {Text: " "}}, bar...)},
			{Text: brief.Why, Role: kit.Dim},
		}}
	case s.width < roomyFrom:
		return kit.Row{
			Cells:  []kit.Cell{territory, {Text: subject}, {Spans: []kit.Span{amount}}},
			Second: []kit.Cell{{Text: rep, Role: repRole}, when, {Spans: bar}},
		}
	}
	return kit.Row{
		Cells:  []kit.Cell{territory, {Text: subject}, {Spans: append([]kit.Span{amount, {Text: " "}}, bar...)}},
		Second: []kit.Cell{{Text: rep, Role: repRole}, when, {Text: brief.Why, Role: kit.Dim}},
	}
}

// unheaded reports whether an entry itself has to say what kind it is.
func (s *side) unheaded() bool { return s.dense || s.page.byRep }

// heading stands above the first signal of each group but the first.
func (s *side) heading(i int) kit.Cell {
	if s.page.byRep {
		return s.repHeading(i)
	}
	g := groupOf(s.shown[i])
	if s.dense || g == open || i > 0 && groupOf(s.shown[i-1]) == g {
		return kit.Cell{}
	}
	glyph, role := words.ReportsGlyph, kit.Sales
	switch g {
	case onCourse:
		glyph, role = words.CourseGlyph, kit.Good
	case inHand:
		glyph, role = words.DoneGlyph, kit.Good
	}
	return kit.Cell{Spans: []kit.Span{{Text: glyph + " ", Role: role}, {Text: s.headed[g], Role: kit.Heading}}}
}

func (s *side) view() string {
	look := s.page.session.Look
	if s.width == 0 || s.height == 0 {
		return kit.Block(nil, s.width, s.height)
	}
	glyph, accent := tables.RoleMark(s.owner)
	name := look.T("signals.side." + string(s.owner))
	count := look.Text.N("signals.open", s.counts[open]+s.counts[reports])
	if s.counts[onCourse] > 0 { // none of these is marketing's, and none in hand sales'
		count = look.Text.N("signals.open.on-course", s.counts[onCourse], text.Args{"Open": look.Text.Int(s.counts[open] + s.counts[reports])})
	}
	if s.counts[inHand] > 0 {
		count = look.Text.N("signals.open.in-hand", s.counts[inHand], text.Args{"Open": look.Text.Int(s.counts[open] + s.counts[reports])})
	}
	if !s.fits() && len(s.shown) > 0 {
		count = look.T("kit.table.position", text.Args{
			"Row": look.Text.Int(s.table.CursorIndex() + 1), "Rows": look.Text.Int(len(s.shown))}) + " · " + count
	}
	if kit.Width(name)+kit.Width(count)+6 > s.width {
		name = look.T("signals.side." + string(s.owner) + ".short")
	}
	title := look.Paint(accent, glyph) + " " + look.Paint(kit.Heading, name)
	if s.page.session.Mine {
		title += look.Paint(kit.Strong, " · "+look.T("owner.mine.mark"))
	}
	lines := []string{kit.Sides(title, look.Paint(kit.Dim, count)+" ", s.width)}
	for len(lines) < s.headLines() {
		lines = append(lines, "")
	}
	lines = append(lines, strings.Split(s.table.View(), "\n")...)
	return kit.Block(append(lines, s.footView()...), s.width, s.height)
}

func (s *side) mouse(m tea.MouseMsg) tea.Cmd {
	m.Y -= s.headLines()
	if m.Y < 0 {
		return nil
	}
	return s.table.Update(m)
}
