package accounts

// The accounts in the order and choice in which the table shows them. A hundred
// thousand are counted anew when the Book changes, and then only looked up.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

// entry is an account with its numbers today.
type entry struct {
	customer *model.Customer
	standing model.Standing
	next     model.Date // next planned visit; 0: none
	// copied from the customer, so that filters need not go and look there
	rank     int8
	inactive bool
}

// entryOf is an account with its numbers today.
func entryOf(s *session.Session, l *model.Customer) entry {
	a := tables.AccountOn(s.View(), l)
	return entry{customer: l, standing: a.Standing, next: a.Next, rank: int8(s.Book.Rank(&l.Account)), inactive: l.Inactive}
}

// account is the entry as the table describes it.
func (e *entry) account() tables.Account {
	return tables.Account{Customer: e.customer, Standing: e.standing, Next: e.next}
}

// list is what the table looks at.
type list struct {
	s       *session.Session
	index   *forms.AccountIndex
	entries []entry            // as in the index: by name
	orders  map[string][]int32 // places in entries by sort column, ascending
	shown   []int32            // places in entries, filtered and sorted
	at      []int32            // where an entry stands in shown; -1: nowhere
	asides  []folded           // by place in entries: notes and numbers, as far as they were asked for
	version int

	filter     filter
	column     string
	descending bool
}

func newList(s *session.Session) *list {
	return &list{s: s, index: forms.NewAccountIndex(nil), orders: map[string][]int32{}, filter: parseFilter("")}
}

// refresh takes up the Book anew; the command, if any, brings forms.IndexReady.
func (l *list) refresh() tea.Cmd {
	index, cmd := forms.Accounts(l.s)
	l.index = index
	if len(l.entries) != len(index.Customers) {
		l.entries = make([]entry, len(index.Customers))
	}
	for i, customer := range index.Customers {
		l.entries[i] = entryOf(l.s, customer)
	}
	l.orders = map[string][]int32{}
	l.choose()
	return cmd
}

func (l *list) setFilter(typed string) {
	before := l.filter
	l.filter = parseFilter(typed)
	if l.filter.narrows(before) {
		l.narrow()
		return
	}
	l.choose()
}

// narrow takes out of shown what a longer filter no longer lets through.
func (l *list) narrow() {
	l.version++
	keep, sought := l.filter.test(l.s), l.newSearch(l.filter.words)
	left := l.shown[:0]
	for _, i := range l.shown {
		if keep(&l.entries[i]) && l.match(sought, int(i)) {
			l.at[i] = int32(len(left))
			left = append(left, i)
		} else {
			l.at[i] = -1
		}
	}
	l.shown = left
}

func (l *list) setSort(column string, descending bool) {
	l.column, l.descending = column, descending
	l.choose()
}

// choose fills shown: the entries that pass the filter, in the order chosen.
func (l *list) choose() {
	l.version++
	n := len(l.entries)
	if len(l.at) != n {
		l.at = make([]int32, n)
		l.shown = make([]int32, 0, n)
	}
	const in, out = 0, -1
	keep := l.filter.test(l.s)
	sought := l.newSearch(l.filter.words)
	if sought.all() && len(l.filter.values) == 0 {
		for i := range l.at {
			l.at[i] = in
		}
	} else {
		for i := range l.at {
			l.at[i] = out
			if keep(&l.entries[i]) && l.match(sought, i) {
				l.at[i] = in
			}
		}
	}
	order := l.order()
	l.shown = l.shown[:0]
	take := func(i int32) {
		if l.at[i] != out {
			l.at[i] = int32(len(l.shown))
			l.shown = append(l.shown, i)
		}
	}
	switch {
	case order == nil && !l.descending:
		for i := range n {
			take(int32(i))
		}
	case order == nil:
		for i := n - 1; i >= 0; i-- {
			take(int32(i))
		}
	case !l.descending:
		for _, i := range order {
			take(i)
		}
	default:
		for k := n - 1; k >= 0; k-- {
			take(order[k])
		}
	}
}

// order is the places of the entries by the column, nil for their own order. It
// is kept until the Book changes.
func (l *list) order() []int32 {
	if order, ok := l.orders[l.column]; ok {
		return order
	}
	var order []int32
	switch column := tables.Accounts.Column(l.column); {
	case column.Text != nil:
		order = l.byText(column.Text)
	case column.Number != nil:
		order = l.byNumber(column.Number)
	}
	l.orders[l.column] = order
	return order
}

func (l *list) byNumber(key func(tables.View, tables.Account) float64) []int32 {
	type keyed struct {
		key float64
		at  int32
	}
	keys, view := make([]keyed, len(l.entries)), l.s.View()
	for i := range l.entries {
		keys[i] = keyed{key(view, l.entries[i].account()), int32(i)}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	order := make([]int32, len(keys))
	for k := range keys {
		order[k] = keys[k].at
	}
	return order
}

// byText folds each text once: of cities and territories there are few.
func (l *list) byText(key func(tables.View, tables.Account) string) []int32 {
	folded, view := map[string]string{}, l.s.View()
	keys := make([]string, len(l.entries))
	for i := range l.entries {
		raw := key(view, l.entries[i].account())
		f, ok := folded[raw]
		if !ok {
			f = forms.Fold(raw)
			folded[raw] = f
		}
		keys[i] = f
	}
	order := make([]int32, len(keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(strings.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	return order
}

// place is where an account stands in the table, -1 if nowhere.
func (l *list) place(code string) int {
	if i, ok := l.index.At(code); ok && i < len(l.at) {
		return int(l.at[i])
	}
	return -1
}

// entry is the entry at a place of the table.
func (l *list) entry(row int) *entry { return &l.entries[l.shown[row]] }

// find is the entry of a code, nil if there is none.
func (l *list) find(code string) *entry {
	if i, ok := l.index.At(code); ok && i < len(l.entries) {
		return &l.entries[i]
	}
	return nil
}
