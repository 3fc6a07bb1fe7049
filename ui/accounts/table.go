package accounts

// The table of accounts: its columns and how a row is written.

import (
	"cmp"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

var columns = []kit.Column{
	{Key: "name", Title: "accounts.name", Min: 18, Ideal: 30, Flex: 3, Priority: 100, Sortable: true},
	{Key: "code", Title: "accounts.code", Min: 7, Ideal: 8, Priority: 40, Sortable: true},
	{Key: "class", Title: "accounts.class", Min: 6, Ideal: 8, Priority: 90, Sortable: true},
	{Key: "territory", Title: "accounts.territory", Min: 10, Ideal: 18, Flex: 1, Priority: 60, Sortable: true},
	{Key: "city", Title: "accounts.city", Min: 10, Ideal: 16, Flex: 1, Priority: 70, Sortable: true},
	{Key: "state", Title: "accounts.state", Min: 15, Ideal: 15, Priority: 95, Sortable: true, Falling: true},
	{Key: "last", Title: "accounts.last", Align: kit.AlignRight, Min: 11, Ideal: 14, Priority: 80, Sortable: true},
	{Key: "ratio", Title: "accounts.ratio", Align: kit.AlignRight, Min: 8, Ideal: 8, Priority: 92, Sortable: true, Falling: true},
	{Key: "next", Title: "accounts.next", Align: kit.AlignRight, Min: 8, Ideal: 9, Priority: 50, Sortable: true},
	{Key: "phone", Title: "accounts.phone", Min: 14, Ideal: 16, Priority: 30, Sortable: true},
	{Key: "potential", Title: "accounts.potential", Align: kit.AlignRight, Min: 11, Ideal: 12, Priority: 20, Sortable: true, Falling: true},
}

// row writes an entry.
func row(s *session.Session, e *entry) kit.Row {
	l, p := e.customer, s.Look.Text
	state := stateCell(s, e)
	dim := kit.Text
	if l.Inactive {
		dim = kit.Dim
	}
	ratio := kit.Cell{Text: s.RatioText(e.standing), Role: dim}
	if e.standing.State == model.StateOverdue && !l.Inactive {
		ratio.Role = kit.Late
	}
	next := kit.Cell{Text: "", Role: kit.Dim}
	if e.next != 0 {
		next = kit.Cell{Text: p.Recent(e.next, s.Today)}
	}
	potential := ""
	if l.Potential != 0 {
		potential = p.Money(l.Potential)
	}
	last := kit.Cell{Text: p.Recent(e.standing.Last, s.Today), Role: dim}
	territory := kit.Cell{Text: s.AreaName(l.Territory), Role: dim}
	if l.Territory == "" {
		territory.Role = kit.Dim
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: cmp.Or(l.Name, l.Code), Role: dim}, {Text: l.Code, Role: kit.Dim}, {Text: s.Book.ClassName(l.Class), Role: dim},
		territory, {Text: l.Address.City, Role: dim}, state, last, ratio, next,
		{Text: l.Phone, Role: dim}, {Text: potential, Role: dim},
	}}
}

// stateCell is the account's state, which counts only while it is active.
func stateCell(s *session.Session, e *entry) kit.Cell {
	if e.customer.Inactive {
		return kit.Cell{Text: "  " + s.Look.T("accounts.inactive"), Role: kit.Dim}
	}
	return s.StateCell(e.standing)
}
