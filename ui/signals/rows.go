package signals

// The accounts behind an opened signal as rows of a table: who to visit, who to
// call, who must not be called and why. Rows are formatted only when they show, so
// that thousands cost nothing.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// list is one list of accounts of a signal.
type list struct {
	title   string
	empty   string // what stands there when it has no rows
	entries []model.Excluded
	reasons map[model.Exclusion]int // how many entries for each reason; nil: a list without reasons
	calls   bool                    // the list is for those who call
}

// listsNow are the signal's lists; the first one always exists.
func (d *detail) listsNow() []list {
	p, s := d.session.Look.Text, d.signal
	switch s.Kind {
	case model.StepUpVisits:
		lists := []list{{title: p.N("signals.list.visits", len(s.Readiness.Accounts)), empty: "signals.list.visits.empty", entries: entriesOf(s.Readiness.Accounts)}}
		if beyond := s.Readiness.BeyondAccounts; len(beyond) > 0 {
			lists = append(lists, list{title: p.N("signals.list.beyond", len(beyond)), entries: entriesOf(beyond), calls: true})
		}
		return lists
	case model.AddTelemarketing:
		lists := []list{{title: p.N("signals.list.calls", len(s.Contact.CallList)), empty: "signals.list.calls.empty", entries: entriesOf(s.Contact.CallList), calls: true}}
		if excluded := s.Contact.Excluded; len(excluded) > 0 {
			l := list{title: p.N("signals.list.excluded", len(excluded)), entries: slices.Clone(excluded), reasons: map[model.Exclusion]int{}, calls: true}
			slices.SortStableFunc(l.entries, func(a, b model.Excluded) int { return cmp.Compare(a.Reason, b.Reason) })
			for _, e := range excluded {
				l.reasons[e.Reason]++
			}
			lists = append(lists, l)
		}
		return lists
	}
	late := d.late()
	return []list{{title: p.N("signals.list.late", len(late)), empty: "signals.list.visits.empty", entries: entriesOf(late)}}
}

func entriesOf(customers []*model.Customer) []model.Excluded {
	entries := make([]model.Excluded, len(customers))
	for i, l := range customers {
		entries[i].Customer = l
	}
	return entries
}

// late are the territory's accounts that are out of contact on paper, in the order
// of the other lists.
func (d *detail) late() []*model.Customer {
	area := d.session.Book.Area(d.signal.Territory)
	if area == nil {
		return nil
	}
	type candidate struct {
		customer *model.Customer
		standing model.Standing
	}
	var late []candidate
	for _, l := range area.Accounts() {
		if l.Inactive {
			continue
		}
		if s := d.session.Day().Standing(l); s.State == model.StateOverdue || s.State == model.StateNever {
			late = append(late, candidate{l, s})
		}
	}
	slices.SortFunc(late, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(d.session.Book.Rank(&a.customer.Account), d.session.Book.Rank(&b.customer.Account)),
			byLateness(b.standing, a.standing), strings.Compare(a.customer.Code, b.customer.Code))
	})
	customers := make([]*model.Customer, len(late))
	for i, c := range late {
		customers[i] = c.customer
	}
	return customers
}

// byLateness orders standings, the never visited last.
func byLateness(a, b model.Standing) int {
	if never := b2i(a.Last == 0) - b2i(b.Last == 0); never != 0 {
		return never
	}
	return cmp.Compare(a.Ratio(), b.Ratio())
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// rows is what the table of a list shows: filtered and sorted.
type rows struct {
	session *session.Session
	list    list
	shown   []model.Excluded
	folded  []string // of the list's entries, what a filter looks through; made for the first one
	words   []string // of the filter: an entry must have them all
	sortBy  string
	falling bool
	version int
}

// take makes l the list, under the filter and order in force.
func (r *rows) take(l list) {
	r.list, r.folded = l, nil
	r.arrange()
}

func (r *rows) arrange() {
	r.version++
	r.shown = r.list.entries
	if len(r.words) > 0 {
		if r.folded == nil {
			r.folded = make([]string, len(r.list.entries))
			for i, e := range r.list.entries {
				l := e.Customer
				r.folded[i] = forms.Fold(l.Name + " " + l.Code + " " + l.Address.Postcode + " " + l.Address.City)
			}
		}
		r.shown = nil
		for i, line := range r.folded {
			if !slices.ContainsFunc(r.words, func(word string) bool { return !strings.Contains(line, word) }) {
				r.shown = append(r.shown, r.list.entries[i])
			}
		}
	}
	if r.sortBy != "" {
		r.shown = slices.Clone(r.shown)
		r.sort()
	}
}

// sort puts what shows in the order of a column. What is compared is computed once
// for each row.
func (r *rows) sort() {
	type keyed struct {
		entry    model.Excluded
		word     string
		standing model.Standing
	}
	list := make([]keyed, len(r.shown))
	for i, e := range r.shown {
		list[i] = keyed{entry: e}
		switch l := e.Customer; r.sortBy {
		case "name":
			list[i].word = forms.Fold(l.Name)
		case "city":
			list[i].word = forms.Fold(l.Address.City)
		default:
			list[i].standing = r.session.Day().Standing(l)
		}
	}
	compare := map[string]func(a, b keyed) int{
		"name": func(a, b keyed) int { return strings.Compare(a.word, b.word) },
		"city": func(a, b keyed) int { return strings.Compare(a.word, b.word) },
		"class": func(a, b keyed) int {
			return cmp.Compare(r.session.Book.Rank(&a.entry.Customer.Account), r.session.Book.Rank(&b.entry.Customer.Account))
		},
		"last":  func(a, b keyed) int { return cmp.Compare(a.standing.Last, b.standing.Last) },
		"ratio": func(a, b keyed) int { return byLateness(a.standing, b.standing) },
	}[r.sortBy]
	slices.SortStableFunc(list, func(a, b keyed) int {
		if r.falling {
			return compare(b, a)
		}
		return compare(a, b)
	})
	for i, k := range list {
		r.shown[i] = k.entry
	}
}

// source is the table's view of the rows.
func (r *rows) source() kit.Source {
	return kit.Source{
		Len:     func() int { return len(r.shown) },
		ID:      func(i int) string { return r.shown[i].Customer.Code },
		Row:     r.row,
		Heading: r.heading,
		Version: func() int { return r.version },
		Total:   func() int { return len(r.list.entries) },
		Filter: func(query string) {
			r.words = strings.Fields(forms.Fold(query))
			r.arrange()
		},
		Sort: func(column string, descending bool) {
			r.sortBy, r.falling = column, descending
			r.arrange()
		},
	}
}

func (r *rows) columns() []kit.Column {
	// Who visits wants the town first, who calls the number.
	phone, city := 3, 5
	if r.list.calls {
		phone, city = 5, 3
	}
	columns := []kit.Column{
		{Key: "name", Title: "signals.column.account", Min: 22, Ideal: 34, Flex: 1, Priority: 9, Sortable: true},
		{Key: "class", Title: "signals.column.class", Min: 6, Ideal: 6, Align: kit.AlignCenter, Priority: 8, Sortable: true},
		{Key: "last", Title: "signals.column.last", Min: 13, Ideal: 13, Align: kit.AlignRight, Priority: 7, Sortable: true},
		{Key: "ratio", Title: "signals.column.ratio", Min: 6, Ideal: 7, Align: kit.AlignRight, Priority: 6, Sortable: true, Falling: true},
		{Key: "phone", Title: "signals.column.phone", Min: 14, Ideal: 18, Priority: phone},
		{Key: "city", Title: "signals.column.city", Min: 12, Ideal: 20, Priority: city, Sortable: true},
	}
	if r.list.calls {
		columns = append(columns, kit.Column{Title: "signals.column.call", Min: 11, Ideal: 12, Align: kit.AlignRight, Priority: 2})
	}
	return columns
}

func (r *rows) row(i int) kit.Row {
	s, l := r.session, r.shown[i].Customer
	standing := s.Day().Standing(l)
	last, role := s.Look.Text.Recent(standing.Last, s.Today), kit.Text
	switch {
	case standing.State == model.StateNew:
		last = s.Look.T("state.new")
	case standing.Last == 0:
		last = s.Look.T("state.never")
	}
	if standing.State == model.StateOverdue || standing.State == model.StateNever {
		role = kit.Late
	}
	name := l.Name
	if name == "" {
		name = l.Code
	}
	cells := []kit.Cell{
		{Text: name}, {Text: s.Book.ClassName(l.Class)}, {Text: last}, {Text: s.RatioText(standing), Role: role},
		{Text: orDash(l.Phone)}, {Text: orDash(l.Address.City), Role: kit.Dim},
	}
	if r.list.calls {
		cells = append(cells, kit.Cell{Text: s.Look.Text.Recent(lastCall(l, s.Today), s.Today), Role: kit.Dim})
	}
	return kit.Row{Cells: cells}
}

// heading stands above the first account of each reason.
func (r *rows) heading(i int) kit.Cell {
	reason := r.shown[i].Reason
	if reason == model.NotExcluded || r.sortBy != "" || i > 0 && r.shown[i-1].Reason == reason {
		return kit.Cell{}
	}
	p := r.session.Look.Text
	return kit.Cell{Role: kit.Dim, Text: kit.Blank(indent) + p.T("signals.reason", text.Args{
		"Reason": words.Exclusion(p, r.session.Book.Settings(), reason), "Count": p.Int(r.list.reasons[reason])})}
}

func lastCall(l *model.Customer, today model.Date) model.Date {
	for call := range l.Calls.All() {
		if call.Date <= today {
			return call.Date // newest first
		}
	}
	return 0
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// tabbed is what shows as text for a spreadsheet: a header, then a line an account.
func (r *rows) tabbed() string {
	p := r.session.Look.Text
	var b strings.Builder
	header := []string{"code", "account", "class", "last", "ratio", "phone", "email", "street", "postcode", "city"}
	if r.list.reasons != nil {
		header = append(header, "reason")
	}
	for i, column := range header {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(p.T("signals.column." + column))
	}
	b.WriteByte('\n')
	for _, e := range r.shown {
		l := e.Customer
		standing := r.session.Day().Standing(l)
		ratio := ""
		if standing.Last != 0 {
			ratio = p.Decimal(standing.Ratio(), 1)
		}
		cells := []string{l.Code, l.Name, r.session.Book.ClassName(l.Class), standing.Last.String(), ratio, l.Phone, l.Email,
			l.Address.Street, l.Address.Postcode, l.Address.City}
		if r.list.reasons != nil {
			cells = append(cells, words.Exclusion(p, r.session.Book.Settings(), e.Reason))
		}
		for i, cell := range cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(kit.Clean(cell))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
