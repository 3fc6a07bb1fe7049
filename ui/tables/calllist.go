package tables

// The accounts behind a signal: who to visit, who to call, who must not be called. To
// take along it is the call list.

import (
	"math"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// CallList is the table of accounts as those see it who act on a signal. In files it
// has the columns of Accounts.
var CallList = withSameNumber(redrawn(Accounts, "sheet.call-list",
	Column[Account]{
		Key: "name", Title: "accounts.name", Min: 22, Ideal: 34, Flex: 1, Priority: 9, Sortable: true,
		Cell: func(v View, a Account) kit.Cell {
			cell := Accounts.Column("name").Cell(v, a)
			if len(a.Same) > 0 {
				cell = kit.Cell{Spans: []kit.Span{{Text: cell.Text, Role: cell.Role}, {Text: "  " + v.Text.T("sheet.same_number.also", text.Args{"Names": a.sameNames()}), Role: kit.Dim}}}
			}
			return cell
		},
		Text: func(_ View, a Account) string { return a.Name },
	},
	Column[Account]{
		Key: "class", Title: "accounts.class", Min: 6, Ideal: 6, Align: kit.AlignCenter, Priority: 8, Sortable: true,
		Cell: Accounts.Column("class").Cell, Number: Accounts.Column("class").Number,
	},
	Column[Account]{
		Key: "last_visit", Title: "accounts.last", Min: 13, Ideal: 13, Align: kit.AlignRight, Priority: 7, Sortable: true,
		Cell: func(v View, a Account) kit.Cell {
			if a.Standing.State == model.StateNew || a.Standing.Last == 0 {
				state := a.Standing.State
				if state != model.StateNew {
					state = model.StateNever
				}
				return kit.Cell{Text: words.State(v.Text, state)}
			}
			return kit.Cell{Text: v.Text.Recent(a.Standing.Last, v.Today())}
		},
		Number: func(_ View, a Account) float64 { return float64(a.Standing.Last) },
	},
	Column[Account]{
		Key: "ratio", Title: "accounts.ratio", Min: 6, Ideal: 7, Align: kit.AlignRight, Priority: 6, Sortable: true, Falling: true,
		Cell: func(v View, a Account) kit.Cell {
			cell := kit.Cell{Text: words.Ratio(v.Text, a.Standing), Role: kit.Text}
			if a.Standing.State == model.StateOverdue || a.Standing.State == model.StateNever {
				cell.Role = kit.Late
			}
			return cell
		},
		Number: func(_ View, a Account) float64 {
			if a.Standing.Last == 0 {
				return math.MaxFloat64
			}
			return a.Standing.Ratio()
		},
	},
	Column[Account]{
		Key: "phone", Title: "accounts.phone", Min: 14, Ideal: 18,
		Cell: func(v View, a Account) kit.Cell {
			if v.Day != nil && a.Phone != "" && v.Day.Refuses(a.Customer) { // nobody dials what does not stand there
				return kit.Cell{Text: "○ " + v.Text.T("accounts.no-calls"), Role: kit.Late}
			}
			return kit.Cell{Text: orDash(a.Phone)}
		},
	},
	Column[Account]{
		Key: "city", Title: "signals.column.city", Min: 12, Ideal: 20, Sortable: true,
		Cell: func(_ View, a Account) kit.Cell { return kit.Cell{Text: orDash(a.Address.City), Role: kit.Dim} },
		Text: func(_ View, a Account) string { return a.Address.City },
	},
	Column[Account]{
		Key: "last_call", Title: "signals.column.call", Min: 11, Ideal: 12, Align: kit.AlignRight, Priority: 2,
		Cell: func(v View, a Account) kit.Cell {
			return kit.Cell{Text: v.Text.Recent(a.lastCall(v.Today()), v.Today()), Role: kit.Dim}
		},
	},
))

// withSameNumber is a call list that names in files which other accounts a number
// reaches.
func withSameNumber(t Table[Account]) Table[Account] {
	t.First = append(slices.Clone(t.First), "same_number")
	t.Columns = append(t.Columns, Column[Account]{
		Key: "same_number", Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.sameNames()) },
	})
	return t
}

// ToVisit and ToCall are the columns for a rep and for telemarketing: who visits wants
// the town first, who calls the number.
var (
	ToVisit = CallList.Show(Shown{Key: "name"}, Shown{Key: "class"}, Shown{Key: "last_visit"}, Shown{Key: "ratio"},
		Shown{"phone", 14, 18, 0, 3}, Shown{"city", 12, 20, 0, 5})
	ToCall = CallList.Show(Shown{Key: "name"}, Shown{Key: "class"}, Shown{Key: "last_visit"}, Shown{Key: "ratio"},
		Shown{"phone", 14, 18, 0, 5}, Shown{"city", 12, 20, 0, 3}, Shown{Key: "last_call"})
)

// ToCallNow are the accounts that telemarketing can call for the signals: their call
// lists after one another, and those that a campaign's visits do not reach. An account
// stands in it once.
func ToCallNow(v View, signals []model.Signal) []*model.Customer {
	var customers []*model.Customer
	seen := map[*model.Customer]bool{}
	take := func(list []*model.Customer) {
		for _, l := range list {
			if !seen[l] {
				seen[l] = true
				customers = append(customers, l)
			}
		}
	}
	for _, s := range signals {
		take(s.Contact.CallList)
		for _, l := range s.Readiness.BeyondAccounts { // telemarketing in support of the campaign
			if v.Day.Exclusion(l) == model.NotExcluded {
				take([]*model.Customer{l})
			}
		}
	}
	return customers
}

// redrawn is a table under another name that shows some of its columns, and only
// those, in another way. In files it stays as it is.
func redrawn[R any](t Table[R], name string, columns ...Column[R]) Table[R] {
	t.Name, t.Columns = name, slices.Clone(t.Columns)
	for i, c := range t.Columns {
		t.Columns[i] = Column[R]{Key: c.Key, FileKey: c.FileKey, Header: c.Header, Value: c.Value}
		if at := slices.IndexFunc(columns, func(other Column[R]) bool { return other.Key == c.Key }); at >= 0 {
			t.Columns[i] = columns[at]
			t.Columns[i].FileKey, t.Columns[i].Header, t.Columns[i].Value = c.FileKey, c.Header, c.Value
		}
	}
	t.Columns = slices.DeleteFunc(t.Columns, func(c Column[R]) bool { return c.Cell == nil && c.Value == nil })
	return t
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
