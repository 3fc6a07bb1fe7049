package tables

// Territories and the regions above them.

import (
	"strconv"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Area is a territory, or a region with the numbers of its territories.
type Area struct {
	Name    string
	Region  string      // the path that a territory lies in
	Area    *model.Area // nil: a region
	Numbers model.Numbers
	Next    *model.Campaign // the one that runs or starts next; nil: none
	Reps    []string        // codes
	// Open signals by whose turn it is; Reports are among Sales'.
	Sales, Marketing, Reports int
}

// whenWidth is the room of a day before a campaign's name: "until 11 Dec".
const whenWidth = 12

// Territories is the table of territories where there are such classes: between the
// coverage of all and what follows stands one column for each. In fair mode nothing sorts
// by pace: that would rank the reps.
func Territories(settings model.Settings) Table[*Area] {
	t, classes := territories, settings.ClassList()
	t.Columns = nil
	for _, c := range territories.Columns {
		if c.Key == "contact" {
			for rank, class := range classes {
				t.Columns = append(t.Columns, classColumn(rank, class))
			}
		}
		c.Sortable = c.Sortable && !(c.Key == "pace" && settings.FairMode())
		t.Columns = append(t.Columns, c)
	}
	return t
}

// classColumn is the coverage of one class.
func classColumn(rank int, class model.ClassRule) Column[*Area] {
	title := kit.Clean(class.Label())
	width := min(max(kit.Width(title), 5), 10)
	return Column[*Area]{
		Key: "class-" + strconv.Itoa(rank), FileKey: string(class.Code), Title: title, Align: kit.AlignRight,
		Min: width, Ideal: width, Priority: 50 - rank, Sortable: true,
		Cell:   func(v View, a *Area) kit.Cell { return dim(CoveredText(v, a.Numbers.ByClass[rank])) },
		Number: func(_ View, a *Area) float64 { return a.Numbers.ByClass[rank].CoveredShare() },
		Header: func(p *text.Printer) string {
			return p.T("territories.sheet.class", text.Args{"Class": class.Label()})
		},
		Value: func(_ View, a *Area) exchange.Cell {
			return share(a.Numbers.ByClass[rank], a.Numbers.ByClass[rank].Covered)
		},
	}
}

var territories = Table[*Area]{
	Name: "page.territories", Heads: "territories.sheet.",
	Columns: []Column[*Area]{
		{Key: "region", Value: func(_ View, a *Area) exchange.Cell { return exchange.TextCell(a.Region) }},
		{Key: "code", Value: func(_ View, a *Area) exchange.Cell { return exchange.TextCell(a.Area.Code) }},
		{
			Key: "name", Title: "territories.name", Min: 20, Ideal: 30, Flex: 2, Priority: 100, Sortable: true,
			Cell: func(v View, a *Area) kit.Cell {
				switch {
				case a.Area == nil:
					return kit.Cell{Text: a.Name, Role: kit.Heading}
				case a.Area.Code == "":
					return dim(a.Name)
				}
				return kit.Cell{Text: a.Name}
			},
			Text:  func(_ View, a *Area) string { return a.Name },
			Value: func(_ View, a *Area) exchange.Cell { return exchange.TextCell(a.Name) },
		},
		{
			Key: "rep", Title: "territories.rep", Min: 16, Ideal: 17, Flex: 1, Priority: 82, Cell: repCell,
			Value: func(v View, a *Area) exchange.Cell { return exchange.TextCell(v.Book().RepName(a.Area.Rep)) },
		},
		{
			Key: "accounts", Title: "territories.accounts", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 80, Sortable: true, Falling: true,
			Cell:   func(v View, a *Area) kit.Cell { return kit.Cell{Text: v.Text.Int(a.Numbers.Active)} },
			Number: func(_ View, a *Area) float64 { return float64(a.Numbers.Active) },
			Value:  func(_ View, a *Area) exchange.Cell { return exchange.IntCell(a.Numbers.Active) },
		},
		{
			Key: "covered", Title: "territories.covered", Align: kit.AlignRight, Min: 7, Ideal: 9, Priority: 88, Sortable: true,
			Cell:   func(v View, a *Area) kit.Cell { return kit.Cell{Text: CoveredText(v, a.Numbers.All)} },
			Number: func(_ View, a *Area) float64 { return a.Numbers.All.CoveredShare() },
			Value:  func(_ View, a *Area) exchange.Cell { return share(a.Numbers.All, a.Numbers.All.Covered) },
		},
		// … here one for each class …
		{
			Key: "contact", Title: "territories.contact", Align: kit.AlignRight, Min: 7, Ideal: 9, Priority: 90, Sortable: true,
			Cell: func(v View, a *Area) kit.Cell {
				cell := kit.Cell{Text: ContactedText(v, a.Numbers.All)}
				if UnderContact(v, a.Numbers) {
					cell.Role = kit.Late
				}
				return cell
			},
			Number: func(_ View, a *Area) float64 { return a.Numbers.All.ContactedShare() },
			Value:  func(v View, a *Area) exchange.Cell { return contactShare(v, a.Numbers.All) },
		},
		{
			Key: "pace", Title: "territories.pace", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 70, Sortable: true, Falling: true,
			Cell:   func(v View, a *Area) kit.Cell { return kit.Cell{Text: PaceText(v, a.Numbers.UsualPace())} },
			Number: func(_ View, a *Area) float64 { return a.Numbers.UsualPace() },
			Value:  func(_ View, a *Area) exchange.Cell { return exchange.DecimalCell(a.Numbers.UsualPace(), 2) },
		},
		{
			Key: "needed", Title: "territories.needed", Align: kit.AlignRight, Min: 6, Ideal: 6, Priority: 69, Sortable: true, Falling: true,
			Cell:   func(v View, a *Area) kit.Cell { return dim(PaceText(v, a.Numbers.NeededPace)) },
			Number: func(_ View, a *Area) float64 { return a.Numbers.NeededPace },
			Value:  func(_ View, a *Area) exchange.Cell { return exchange.DecimalCell(a.Numbers.NeededPace, 2) },
		},
		{
			Key: "last", Title: "territories.last", Align: kit.AlignRight, Min: 10, Ideal: 10, Priority: 60, Sortable: true, Falling: true,
			Cell:   func(v View, a *Area) kit.Cell { return kit.Cell{Text: v.Text.Recent(a.Numbers.LastVisit, v.Today())} },
			Number: func(_ View, a *Area) float64 { return float64(a.Numbers.LastVisit) },
			Value:  func(_ View, a *Area) exchange.Cell { return exchange.DateCell(a.Numbers.LastVisit) },
		},
		{Key: "next", Title: "territories.next", Min: 24, Ideal: 32, Flex: 1, Priority: 55, Cell: nextCell},
		{Key: "campaign", Value: func(_ View, a *Area) exchange.Cell {
			if a.Next == nil {
				return exchange.Cell{}
			}
			return exchange.TextCell(a.Next.Name)
		}},
		{Key: "start", Value: func(_ View, a *Area) exchange.Cell {
			if a.Next == nil {
				return exchange.Cell{}
			}
			return exchange.DateCell(a.Next.Start)
		}},
		{
			Key: "signals", Title: "territories.signals", Min: 11, Ideal: 11, Priority: 98, Sortable: true, Falling: true, Cell: openCell,
			Number: func(_ View, a *Area) float64 { return float64(a.Sales + a.Marketing) },
		},
		{Key: "sales", Value: func(_ View, a *Area) exchange.Cell { return exchange.IntCell(a.Sales - a.Reports) }},
		{Key: "marketing", Value: func(_ View, a *Area) exchange.Cell { return exchange.IntCell(a.Marketing) }},
		{Key: "reports", Value: func(_ View, a *Area) exchange.Cell { return exchange.IntCell(a.Reports) }},
	},
}

// awayCell says in place of the rep's name that they are away; what is known of it besides
// stands in the detail. False where they are there.
func awayCell(v View, rep string) (kit.Cell, bool) {
	away, open := words.AbsentMark(v.Text, v.Book(), rep, v.Today())
	switch {
	case away == "":
		return kit.Cell{}, false
	case open:
		return kit.Cell{Text: "! " + away, Role: kit.Late}, true
	}
	return kit.Cell{Text: away, Role: kit.Dim}, true
}

func repCell(v View, a *Area) kit.Cell {
	switch {
	case a.Area != nil && !a.Area.Known:
		return kit.Cell{}
	case a.Area != nil && a.Area.Rep != "":
		if cell, away := awayCell(v, a.Area.Rep); away {
			return cell
		}
		return kit.Cell{Text: v.Book().RepName(a.Area.Rep)}
	case a.Area != nil || len(a.Reps) == 0:
		return dim(v.Text.T("territories.vacant"))
	case len(a.Reps) == 1:
		return dim(v.Book().RepName(a.Reps[0]))
	}
	return dim(v.Text.N("territories.reps", len(a.Reps)))
}

// nextCell is the next campaign with when it starts or ends.
func nextCell(v View, a *Area) kit.Cell {
	if a.Next == nil {
		return dim("–")
	}
	when := v.Text.DayOf(a.Next.Start, v.Today())
	if a.Next.Start <= v.Today() {
		when = v.Text.T("territories.until", text.Args{"Day": v.Text.DayOf(a.Next.End, v.Today())})
	}
	return kit.Cell{Spans: []kit.Span{{Text: kit.Fit(when, max(whenWidth, kit.Width(when)), kit.AlignLeft) + " ", Role: kit.Dim}, {Text: a.Next.Name}}}
}

// openCell counts the open signals: ▲3 ◆2 ○1, each in a place of its own.
func openCell(_ View, a *Area) kit.Cell {
	slot := func(glyph string, count, width int, role kit.Role) kit.Span {
		if count == 0 {
			return kit.Span{Text: kit.Blank(width)}
		}
		return kit.Span{Text: kit.Fit(glyph+strconv.Itoa(count), width, kit.AlignLeft), Role: role}
	}
	return kit.Cell{Spans: []kit.Span{
		slot(words.SalesGlyph, a.Sales-a.Reports, 4, kit.Sales),
		slot(words.MarketingGlyph, a.Marketing, 4, kit.Marketing),
		slot(words.ReportsGlyph, a.Reports, 3, kit.Sales),
	}}
}

// PaceText is visits a week; of very many the tenths do not matter.
func PaceText(v View, pace float64) string {
	if pace >= 1000 {
		return v.Text.Decimal(pace, 0)
	}
	return v.Text.Decimal(pace, 1)
}

// UnderContact reports a contact coverage below what the rules ask for.
func UnderContact(v View, n model.Numbers) bool {
	settings := v.Book().Settings()
	return settings.UnderContacted(n.All)
}

// CoveredText is the part of the accounts that is covered: "62 %".
func CoveredText(v View, c model.Coverage) string { return shareText(v, c.Accounts, c.CoveredShare()) }

// ContactedText is the part of the accounts that is in contact, on the right side of
// what it should be: "59.5 %".
func ContactedText(v View, c model.Coverage) string {
	if c.Accounts == 0 {
		return "–"
	}
	return words.ContactShare(v.Text, v.Day, c)
}

// contactShare is that for a file; none of none.
func contactShare(v View, c model.Coverage) exchange.Cell {
	if c.Accounts == 0 {
		return exchange.Cell{}
	}
	return exchange.DecimalCell(model.RoundedShare(c.Contacted, c.Accounts, v.Day.Settings().ContactThreshold))
}

func shareText(v View, accounts int, part float64) string {
	if accounts == 0 {
		return "–"
	}
	return v.Text.Percent(part)
}

// share is a part of the accounts that count, for a file; none of none.
func share(c model.Coverage, part int) exchange.Cell {
	if c.Accounts == 0 {
		return exchange.Cell{}
	}
	return exchange.DecimalCell(model.RoundedShare(part, c.Accounts, 0))
}
