package tables

// Accounts: on their own page, in a territory, behind a signal, and on the call list
// that telemarketing takes along.

import (
	"cmp"
	"iter"
	"math"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Account is an account with its numbers on the day.
type Account struct {
	*model.Customer
	Standing model.Standing
	Next     model.Date // next planned visit; 0: none
	// Same are the accounts that the same number reaches; on call lists only.
	Same []*model.Customer
}

// AccountOn is an account with its numbers on the view's day.
func AccountOn(v View, l *model.Customer) Account {
	a := Account{Customer: l, Standing: v.Day.Standing(l)}
	for _, p := range l.Planned {
		if p.Date >= v.Today() && (a.Next == 0 || p.Date < a.Next) {
			a.Next = p.Date
		}
	}
	return a
}

// AccountsOn are customers with their numbers on the view's day.
func AccountsOn(v View, customers []*model.Customer) iter.Seq[Account] {
	return func(yield func(Account) bool) {
		for _, l := range customers {
			if !yield(AccountOn(v, l)) {
				return
			}
		}
	}
}

// rest is the colour of what an account says while it is active.
func (a Account) rest() kit.Role {
	if a.Inactive {
		return kit.Dim
	}
	return kit.Text
}

// Accounts is the table of accounts.
var Accounts = Table[Account]{
	Name: "sheet.accounts", Heads: "sheet.",
	First: []string{"code", "name", "phone", "class", "territory", "territory_name", "rep", "state", "last_visit", "ratio",
		"last_call", "consent", "street", "postcode", "city", "email", "note", "ask_for"},
	Columns: []Column[Account]{
		{
			Key: "name", Title: "accounts.name", Min: 18, Ideal: 30, Flex: 3, Priority: 100, Sortable: true, // as the accounts come
			Cell:  func(_ View, a Account) kit.Cell { return kit.Cell{Text: cmp.Or(a.Name, a.Code), Role: a.rest()} },
			Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Name) },
		},
		{
			Key: "code", Title: "accounts.code", Min: 7, Ideal: 8, Priority: 40, Sortable: true,
			Cell:  func(_ View, a Account) kit.Cell { return kit.Cell{Text: a.Code, Role: kit.Dim} },
			Text:  func(_ View, a Account) string { return a.Code },
			Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Code) },
		},
		{
			Key: "class", Title: "accounts.class", Min: 6, Ideal: 8, Priority: 90, Sortable: true,
			Cell: func(v View, a Account) kit.Cell {
				return kit.Cell{Text: v.Book().ClassName(a.Class), Role: a.rest()}
			},
			Number: func(v View, a Account) float64 { return float64(v.Book().Rank(&a.Account)) },
			Value:  func(v View, a Account) exchange.Cell { return exchange.TextCell(v.Book().ClassName(a.Class)) },
		},
		{
			Key:   "territory", // the code: a person reads the name
			Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Territory) },
		},
		{
			Key: "territory_name", Title: "accounts.territory", Min: 10, Ideal: 18, Flex: 1, Priority: 60, Sortable: true,
			Cell: func(v View, a Account) kit.Cell {
				cell := kit.Cell{Text: words.AreaName(v.Text, v.Book(), a.Territory), Role: a.rest()}
				if a.Territory == "" {
					cell.Role = kit.Dim
				}
				return cell
			},
			Text:  func(v View, a Account) string { return words.AreaName(v.Text, v.Book(), a.Territory) },
			Value: func(v View, a Account) exchange.Cell { return exchange.TextCell(territoryName(v.Book(), a.Territory)) },
		},
		{
			Key: "city", Title: "accounts.city", Min: 10, Ideal: 16, Flex: 1, Priority: 70, Sortable: true,
			Cell:  func(_ View, a Account) kit.Cell { return kit.Cell{Text: a.Address.City, Role: a.rest()} },
			Text:  func(_ View, a Account) string { return a.Address.City },
			Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Address.City) },
		},
		{
			Key: "state", Title: "accounts.state", Min: 15, Ideal: 15, Priority: 95, Sortable: true, Falling: true,
			Cell: func(v View, a Account) kit.Cell {
				if a.Inactive { // how far behind it is counts only while it is active
					return kit.Cell{Text: "  " + v.Text.T("accounts.inactive"), Role: kit.Dim}
				}
				return StateCell(v.Text, a.Standing)
			},
			Number: func(_ View, a Account) float64 {
				if a.Inactive {
					return -1
				}
				return float64(a.Standing.State)
			},
			Value: func(v View, a Account) exchange.Cell { return exchange.TextCell(words.State(v.Text, a.Standing.State)) },
		},
		{
			Key: "last_visit", Title: "accounts.last", Align: kit.AlignRight, Min: 11, Ideal: 14, Priority: 80, Sortable: true,
			Cell: func(v View, a Account) kit.Cell {
				return kit.Cell{Text: v.Text.Recent(a.Standing.Last, v.Today()), Role: a.rest()}
			},
			Number: func(_ View, a Account) float64 { return float64(a.Standing.Last) },
			Value:  func(_ View, a Account) exchange.Cell { return exchange.DateCell(a.Standing.Last) },
		},
		{
			Key: "ratio", Title: "accounts.ratio", Align: kit.AlignRight, Min: 8, Ideal: 8, Priority: 92, Sortable: true, Falling: true,
			Cell: func(v View, a Account) kit.Cell {
				cell := kit.Cell{Text: words.Ratio(v.Text, a.Standing), Role: a.rest()}
				if a.Standing.State == model.StateOverdue && !a.Inactive {
					cell.Role = kit.Late
				}
				return cell
			},
			Number: func(_ View, a Account) float64 { return a.Lateness() },
			Value: func(_ View, a Account) exchange.Cell {
				if a.Standing.Last == 0 {
					return exchange.Cell{}
				}
				return exchange.DecimalCell(a.Standing.Ratio(), 2)
			},
		},
		{
			Key: "next", Title: "accounts.next", Align: kit.AlignRight, Min: 8, Ideal: 9, Priority: 50, Sortable: true,
			Cell: func(v View, a Account) kit.Cell {
				if a.Next == 0 {
					return kit.Cell{Role: kit.Dim}
				}
				return kit.Cell{Text: v.Text.Recent(a.Next, v.Today())}
			},
			Number: func(_ View, a Account) float64 {
				if a.Next == 0 {
					return math.MaxInt32
				}
				return float64(a.Next)
			},
		},
		{
			Key: "phone", Title: "accounts.phone", Min: 14, Ideal: 16, Priority: 30, Sortable: true,
			Cell: func(v View, a Account) kit.Cell {
				if v.Day.Refuses(a.Customer) { // nobody dials what does not stand there
					return kit.Cell{Text: "○ " + v.Text.T("accounts.no-calls"), Role: kit.Late}
				}
				return kit.Cell{Text: a.Phone, Role: a.rest()}
			},
			Text:  func(_ View, a Account) string { return a.Phone },
			Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Phone) },
		},
		{
			Key: "potential", Title: "accounts.potential", Align: kit.AlignRight, Min: 11, Ideal: 12, Priority: 20, Sortable: true, Falling: true,
			Cell: func(v View, a Account) kit.Cell {
				if a.Potential == 0 {
					return kit.Cell{Role: a.rest()}
				}
				return kit.Cell{Text: v.Text.Money(a.Potential), Role: a.rest()}
			},
			Number: func(_ View, a Account) float64 { return float64(a.Potential) },
		},
		{Key: "rep", Value: func(v View, a Account) exchange.Cell {
			if area := v.Book().Area(a.Territory); area != nil {
				return exchange.TextCell(v.Book().RepName(area.Rep))
			}
			return exchange.Cell{}
		}},
		{Key: "last_call", Value: func(v View, a Account) exchange.Cell { return exchange.DateCell(a.lastCall(v.Today())) }},
		{Key: "consent", Value: func(v View, a Account) exchange.Cell {
			if v.Day.Refuses(a.Customer) {
				return exchange.TextCell(v.Text.T("accounts.opted-out"))
			}
			if a.Consent == model.ConsentNone {
				return exchange.Cell{}
			}
			return exchange.TextCell(v.Text.T("consent." + string(a.Consent)))
		}},
		{Key: "street", Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Address.Street) }},
		{Key: "postcode", Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Address.Postcode) }},
		{Key: "email", Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Email) }},
		{Key: "note", Header: func(p *text.Printer) string { return p.T("sheet.account_note") }, Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(a.Note) }},
		{Key: "ask_for", Value: func(_ View, a Account) exchange.Cell { return exchange.TextCell(words.AskFor(a.Customer)) }},
	},
}

// AccountsOfArea are the columns beside a territory: its accounts, those furthest
// behind first.
var AccountsOfArea = Accounts.Show(
	Shown{"name", 18, 26, 2, 100}, Shown{"class", 6, 6, 0, 90}, Shown{Key: "state"}, Shown{Key: "last_visit"},
	Shown{"ratio", 8, 8, 0, 92}, Shown{"city", 10, 16, 1, 60}, Shown{"phone", 14, 16, 0, 50},
).Unsorted()

// Lateness puts those never visited above every ratio, new and inactive accounts
// below.
func (a Account) Lateness() float64 {
	switch {
	case a.Inactive:
		return -2
	case a.Standing.State == model.StateNew:
		return -1
	case a.Standing.Last == 0:
		return math.MaxInt64
	}
	return float64(int64(a.Standing.Age) << 20 / int64(max(a.Standing.Interval, 1)))
}

// lastCall is the day of the latest call up to a day; 0: none.
func (a Account) lastCall(day model.Date) model.Date {
	for call := range a.Calls.All() {
		if call.Date <= day {
			return call.Date // newest first
		}
	}
	return 0
}

// territoryName is the territory's name, else its code.
func territoryName(b *model.Book, code string) string {
	if area := b.Area(code); area != nil && area.Name != "" {
		return area.Name
	}
	return code
}
