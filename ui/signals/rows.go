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
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// list is one list of accounts of a signal.
type list struct {
	title   string
	empty   string // what stands there when it has no rows
	entries []model.Excluded
	reasons map[model.Exclusion]int               // how many entries for each reason; nil: a list without reasons
	calls   bool                                  // the list is for those who call
	same    map[*model.Customer][]*model.Customer // accounts whose number another one's row stands for
}

// listsNow are the signal's lists; the first one always exists.
func (d *detail) listsNow() []list {
	p, s := d.session.Look.Text, d.signal
	switch s.Kind {
	case model.StepUpVisits:
		lists := []list{{title: p.N("signals.list.visits", len(s.Readiness.Accounts)), empty: "signals.list.visits.empty", entries: entriesOf(s.Readiness.Accounts)}}
		if beyond := s.Readiness.BeyondAccounts; len(beyond) > 0 {
			lists = append(lists, d.callList("signals.list.beyond", "", beyond))
		}
		return lists
	case model.AddTelemarketing:
		lists := []list{d.callList("signals.list.calls", "signals.list.calls.empty", s.Contact.CallList)}
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

// callList is a list for those who call: each number stands in it once.
func (d *detail) callList(title, empty string, customers []*model.Customer) list {
	kept, same := tables.OncePerNumber(d.session.Book, customers)
	return list{title: d.session.Look.Text.N(title, len(customers)), empty: empty, entries: entriesOf(kept), calls: true, same: same}
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
		entry  model.Excluded
		word   string
		number float64
	}
	column, view := r.table().Column(r.sortBy), r.session.View()
	list := make([]keyed, len(r.shown))
	for i, e := range r.shown {
		list[i].entry = e
		if account := tables.AccountOn(view, e.Customer); column.Text != nil {
			list[i].word = forms.Fold(column.Text(view, account))
		} else {
			list[i].number = column.Number(view, account)
		}
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		if r.falling {
			a, b = b, a
		}
		return cmp.Or(strings.Compare(a.word, b.word), cmp.Compare(a.number, b.number))
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
		Fresh:   func(i int) string { return r.session.AccountChangedBy(r.shown[i].Customer.Code) },
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

// table is how the list's accounts are shown.
func (r *rows) table() tables.Table[tables.Account] {
	if r.list.calls {
		return tables.ToCall
	}
	return tables.ToVisit
}

func (r *rows) columns() []kit.Column { return r.table().Page() }

func (r *rows) row(i int) kit.Row {
	view := r.session.View()
	account := tables.AccountOn(view, r.shown[i].Customer)
	account.Same = r.list.same[account.Customer]
	return kit.Row{Cells: r.table().Cells(view, account)}
}

// all are the accounts that show, with those that another one's row stands for.
func (r *rows) all() (customers []*model.Customer) {
	for _, e := range r.shown {
		customers = append(append(customers, e.Customer), r.list.same[e.Customer]...)
	}
	return customers
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
		phone := l.Phone
		if r.session.Day().Refuses(l) { // nobody dials what does not stand there
			phone = "○ " + p.T("accounts.no-calls")
		}
		cells := []string{l.Code, l.Name, r.session.Book.ClassName(l.Class), standing.Last.String(), ratio, phone, l.Email,
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
