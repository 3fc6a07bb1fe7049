package week

// The accounts that the week leaves out, with why to go and why not.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model/route"
	"doppelpass/ui/kit"
)

// leftOut is the table of them.
type leftOut struct {
	p       *Page
	table   *kit.Table
	rows    []route.LeftOut
	total   int
	query   string
	column  string
	falling bool
	folded  bool // one entry takes two lines
}

func newLeftOut(p *Page) *leftOut {
	l := &leftOut{p: p, column: "worth", falling: true}
	l.table = kit.NewTable(p.s.Look, nil, kit.Source{
		Len: func() int { return len(l.rows) },
		ID:  func(i int) string { return p.draft().Stops[l.rows[i].Stop].Customer.Code },
		Row: l.row, Total: func() int { return l.total },
		Filter: func(query string) { l.query = query; l.sortRows() },
		Sort:   func(column string, falling bool) { l.column, l.falling = column, falling; l.sortRows() },
	}, kit.Options{})
	l.table.OnOpen = func(code string) tea.Cmd { return p.offer(code) }
	l.table.Focus(false)
	return l
}

// arrange takes up the draft's list.
func (l *leftOut) arrange() {
	l.sortRows()
	l.table.Refresh()
}

func (l *leftOut) sortRows() {
	d := l.p.draft()
	l.total = len(d.Week.LeftOut)
	l.rows = slices.Clone(d.Week.LeftOut)
	if query := kit.NewQuery(l.query); !query.Empty() {
		l.rows = slices.DeleteFunc(l.rows, func(left route.LeftOut) bool {
			a := d.Stops[left.Stop].Customer.Account
			return !query.Contains(kit.Fold(strings.Join([]string{a.Name, a.Code, a.Address.Postcode, a.Address.City, l.p.s.Book.ClassName(a.Class)}, " ")))
		})
	}
	slices.SortStableFunc(l.rows, func(a, b route.LeftOut) int {
		left, right := d.Stops[a.Stop], d.Stops[b.Stop]
		order := 0
		switch l.column {
		case "name":
			order = strings.Compare(left.Customer.Name, right.Customer.Name)
		case "class":
			order = cmp.Compare(l.p.s.Book.Rank(&left.Customer.Account), l.p.s.Book.Rank(&right.Customer.Account))
		case "city":
			order = strings.Compare(left.Customer.Address.City, right.Customer.Address.City)
		default:
			order = cmp.Compare(left.Prize.Points, right.Prize.Points)
		}
		if l.falling {
			order = -order
		}
		return cmp.Or(order, strings.Compare(left.Customer.Code, right.Customer.Code))
	})
}

// setSize lays the table out: folded in a narrow pane, with all columns in a page.
func (l *leftOut) setSize(width, height int) {
	l.folded = width < 60
	columns := []kit.Column{
		{Key: "name", Title: "week.column.account", Min: 14, Ideal: 28, Flex: 2, Priority: 9, Sortable: true},
		{Key: "class", Title: "week.column.class", Min: 6, Ideal: 6, Priority: 8, Sortable: true},
		{Title: "week.column.why", Min: 26, Ideal: 30, Flex: 3, Priority: 7},
		{Title: "week.column.why-not", Min: 16, Ideal: 24, Flex: 1, Priority: 6},
		{Key: "city", Title: "week.column.city", Min: 10, Ideal: 16, Priority: 4, Sortable: true},
		{Key: "worth", Title: "week.column.worth", Min: 5, Ideal: 6, Align: kit.AlignRight, Priority: 5, Sortable: true, Falling: true},
	}
	options := kit.Options{NoFoot: true, Empty: "week.left.none"}
	if l.folded {
		columns = []kit.Column{
			{Key: "name", Title: "week.column.account", Min: 10, Ideal: width, Priority: 9, Sortable: true},
			{Key: "class", Title: "week.column.class.short", Min: 1, Ideal: 1, Priority: 8, Sortable: true},
		}
		options.TwoLines, options.NoHead = true, true
	}
	l.table.SetOptions(options)
	l.table.SetColumns(columns)
	l.table.SetSize(width, height)
}

func (l *leftOut) row(i int) kit.Row {
	d, say := l.p.draft(), l.p.say()
	left := l.rows[i]
	stop := d.Stops[left.Stop]
	a := stop.Customer.Account
	reasons, why := strings.Join(say.Reasons(stop), " · "), say.LeftOut(d, left)
	if l.folded {
		second := say.Reasons(stop)[0]
		if (left.Reason != route.DoesNotFit && left.Reason != route.NotConsidered) || d.Removed(left.Stop) {
			second = why + " · " + second // that the week is full goes without saying
		}
		return kit.Row{
			Cells:  []kit.Cell{{Text: a.Name}, {Text: l.p.s.Book.ClassName(a.Class), Role: kit.Strong}},
			Second: []kit.Cell{{Text: second, Role: kit.Dim}},
		}
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: a.Name}, {Text: l.p.s.Book.ClassName(a.Class)}, {Text: reasons}, {Text: why, Role: kit.Dim}, {Text: a.Address.City, Role: kit.Dim},
		{Text: l.p.s.Look.Text.Int(stop.Prize.Points)},
	}}
}
