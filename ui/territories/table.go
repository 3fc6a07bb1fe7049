package territories

// The columns of the tree and how a row is written.

import (
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// columns are the tree's columns: between the coverage of all and what follows, one
// for each class.
func columns(classes []model.ClassRule) []kit.Column {
	list := []kit.Column{
		{Key: "name", Title: "territories.name", Min: 22, Ideal: 30, Flex: 2, Priority: 100, Sortable: true},
		{Key: "rep", Title: "territories.rep", Min: 11, Ideal: 15, Flex: 1, Priority: 82},
		{Key: "accounts", Title: "territories.accounts", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 80, Sortable: true, Falling: true},
		{Key: "covered", Title: "territories.covered", Align: kit.AlignRight, Min: 7, Ideal: 9, Priority: 88, Sortable: true},
	}
	for rank, class := range classes {
		title := kit.Clean(class.Label())
		width := min(max(kit.Width(title), 5), 10)
		list = append(list, kit.Column{Key: classKey(rank), Title: title, Align: kit.AlignRight, Min: width, Ideal: width, Priority: 50 - rank, Sortable: true})
	}
	return append(list,
		kit.Column{Key: "contact", Title: "territories.contact", Align: kit.AlignRight, Min: 7, Ideal: 9, Priority: 90, Sortable: true},
		kit.Column{Key: "pace", Title: "territories.pace", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 70, Sortable: true, Falling: true},
		kit.Column{Key: "needed", Title: "territories.needed", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 69, Sortable: true, Falling: true},
		kit.Column{Key: "last", Title: "territories.last", Align: kit.AlignRight, Min: 8, Ideal: 10, Priority: 60, Sortable: true, Falling: true},
		kit.Column{Key: "next", Title: "territories.next", Min: 24, Ideal: 32, Flex: 1, Priority: 55},
		kit.Column{Key: "signals", Title: "territories.signals", Min: 11, Ideal: 11, Priority: 98, Sortable: true, Falling: true},
	)
}

// classKey names the column of the class at a rank.
func classKey(rank int) string { return "class-" + strconv.Itoa(rank) }

// rankOf is the rank of the class whose column it is.
func rankOf(key string) (rank int, ok bool) {
	rest, ok := strings.CutPrefix(key, "class-")
	if !ok {
		return 0, false
	}
	rank, err := strconv.Atoi(rest)
	return rank, err == nil
}

// whenWidth is the room of a day before a campaign's name: "until 11 Dec".
const whenWidth = 12

// row writes a node.
func (t *tree) row(n *node) kit.Row {
	s := t.s
	p := s.Look.Text
	role := kit.Text
	r := kit.Row{Depth: n.depth}
	if n.area == nil {
		role = kit.Heading
		r.Branch = kit.Opened
		if t.folded[n.id] && t.query == "" {
			r.Branch = kit.Closed
		}
	}
	num := n.numbers
	name := kit.Cell{Text: n.name, Role: role}
	if n.id == areaID("") {
		name.Role = kit.Dim
	}
	rep := kit.Cell{}
	switch {
	case n.area != nil && n.area.Known:
		rep = kit.Cell{Text: s.Book.RepName(n.area.Rep)}
		if n.area.Rep == "" {
			rep = kit.Cell{Text: p.T("territories.vacant"), Role: kit.Dim}
		}
	case n.area == nil && len(n.reps) == 0:
		rep = kit.Cell{Text: p.T("territories.vacant"), Role: kit.Dim}
	case n.area == nil && len(n.reps) == 1:
		rep = kit.Cell{Text: s.Book.RepName(n.reps[0]), Role: kit.Dim}
	case n.area == nil:
		rep = kit.Cell{Text: p.N("territories.reps", len(n.reps)), Role: kit.Dim}
	}
	contact := kit.Cell{Text: percent(s, num.All.Accounts, num.All.ContactedShare())}
	if under(s, num) {
		contact.Role = kit.Late
	}
	next := kit.Cell{Text: "–", Role: kit.Dim}
	if n.next != nil {
		when := p.Day(n.next.Start)
		if n.next.Start <= s.Today {
			when = p.T("territories.until", text.Args{"Day": p.Day(n.next.End)})
		}
		next = kit.Cell{Spans: []kit.Span{{Text: kit.Fit(when, whenWidth, kit.AlignLeft) + " ", Role: kit.Dim}, {Text: n.next.Name}}}
	}
	r.Cells = []kit.Cell{
		name, rep, {Text: p.Int(num.Active)}, {Text: percent(s, num.All.Accounts, num.All.CoveredShare())},
	}
	for rank := range s.Book.Settings().ClassList() {
		r.Cells = append(r.Cells, classCell(s, num, rank))
	}
	r.Cells = append(r.Cells, contact,
		kit.Cell{Text: paceText(s, num.UsualPace())}, kit.Cell{Text: paceText(s, num.NeededPace), Role: kit.Dim},
		kit.Cell{Text: p.Recent(num.LastVisit, s.Today)}, next, signalsCell(n.open))
	return r
}

// paceText is visits a week; of very many the tenths do not matter.
func paceText(s *session.Session, pace float64) string {
	if pace >= 1000 {
		return s.Look.Text.Decimal(pace, 0)
	}
	return s.Look.Text.Decimal(pace, 1)
}

func percent(s *session.Session, accounts int, share float64) string {
	if accounts == 0 {
		return "–"
	}
	return s.Look.Text.Percent(share)
}

func classCell(s *session.Session, n model.Numbers, rank int) kit.Cell {
	return kit.Cell{Text: percent(s, n.ByClass[rank].Accounts, n.ByClass[rank].CoveredShare()), Role: kit.Dim}
}

// under reports a contact coverage below what the rules ask for.
func under(s *session.Session, n model.Numbers) bool {
	settings := s.Book.Settings()
	return n.All.Accounts >= settings.MinimumAccounts && n.All.Contacted*100 < settings.ContactThreshold*n.All.Accounts
}

// signalsCell counts the open signals: ▲3 ◆2 ○1, each in a place of its own.
func signalsCell(open session.OpenSignals) kit.Cell {
	slot := func(glyph string, count, width int, role kit.Role) kit.Span {
		if count == 0 {
			return kit.Span{Text: kit.Blank(width)}
		}
		return kit.Span{Text: kit.Fit(glyph+strconv.Itoa(count), width, kit.AlignLeft), Role: role}
	}
	return kit.Cell{Spans: []kit.Span{
		slot(words.SalesGlyph, open.Sales-open.Reports, 4, kit.Sales),
		slot(words.MarketingGlyph, open.Marketing, 4, kit.Marketing),
		slot(words.ReportsGlyph, open.Reports, 3, kit.Sales),
	}}
}
