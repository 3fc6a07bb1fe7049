package campaigns

// The rows: which campaigns in which order, and how far each has come.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// progress is how far a campaign has come, in all and in each territory.
type progress struct {
	areas                                 []areaProgress
	targets, served, booked, needed, gap  int
	called, reached, ready, beyond, signs int
	daysLeft                              int
}

// areaProgress is how far a campaign has come in one territory.
type areaProgress struct {
	area            *model.Area
	readiness       model.Readiness
	called, reached int  // targets called, and reached, while the campaign runs
	signal          bool // an open signal is about it
}

// countBudget is how many accounts are looked at before the next key is listened
// to: some milliseconds' worth.
const countBudget = 20_000

// countMore asks to go on counting.
type countMore struct{ revision int }

// count computes the progress of the campaigns, the one under the cursor first,
// and asks to go on once the budget is used up.
func (p *Page) count() tea.Cmd {
	budget := countBudget
	do := func(c model.Campaign) {
		if _, done := p.found[c.Code]; !done {
			progress, cost := p.measure(c)
			p.found[c.Code] = progress
			budget -= cost
		}
	}
	if c, ok := p.s.Book.Campaign(p.list.Cursor()); ok {
		do(c)
	}
	for _, c := range p.rows {
		if budget <= 0 {
			revision := p.seen.revision
			p.list.Refresh()
			return func() tea.Msg { return countMore{revision} }
		}
		do(c)
	}
	if p.column != "" {
		p.arrange() // by numbers that were not known before
	}
	p.list.Refresh()
	return nil
}

// measure computes a campaign's progress; cost is the number of accounts looked at.
func (p *Page) measure(c model.Campaign) (all progress, cost int) {
	open := map[string]bool{}
	for _, signal := range p.s.Signals() {
		if signal.Campaign == c.Code && signal.Open() {
			open[signal.Territory] = true
		}
	}
	for _, area := range p.s.Book.CampaignAreas(c) {
		cost += len(area.Accounts())
		a := areaProgress{area: area, signal: open[area.Code], readiness: p.s.Day().Readiness(c, area)}
		if c.IsTelemarketing() {
			a.called, a.reached = p.calls(c, area)
		}
		r := &a.readiness
		r.Accounts, r.BeyondAccounts = nil, nil
		all.targets, all.served, all.booked = all.targets+r.Targets, all.served+r.Served, all.booked+r.Booked
		all.needed, all.gap, all.beyond = all.needed+r.Needed, all.gap+r.Gap, all.beyond+r.Beyond
		all.called, all.reached = all.called+a.called, all.reached+a.reached
		all.daysLeft = r.DaysLeft
		if r.Gap == 0 {
			all.ready++
		}
		if a.signal {
			all.signs++
		}
		all.areas = append(all.areas, a)
	}
	slices.SortStableFunc(all.areas, func(a, b areaProgress) int {
		return cmp.Compare(b.readiness.Gap, a.readiness.Gap)
	})
	return all, cost
}

// calls counts the targets called while the campaign runs, and those reached.
func (p *Page) calls(c model.Campaign, area *model.Area) (called, reached int) {
	for _, customer := range area.Accounts() {
		if customer.Inactive || !p.s.Book.AimsAt(c, &customer.Account) {
			continue
		}
		tried, spoken := false, false
		for call := range customer.Calls.All() {
			if call.Date >= c.Start && call.Date <= min(c.End, p.s.Today) {
				tried, spoken = true, spoken || call.Outcome.Reached()
			}
		}
		if tried {
			called++
		}
		if spoken {
			reached++
		}
	}
	return called, reached
}

// arrange filters and sorts the campaigns.
func (p *Page) arrange() {
	all := p.s.Book.Campaigns()
	p.total = len(all)
	query := kit.NewQuery(p.query)
	p.rows = p.rows[:0]
	for _, c := range all {
		if query.Empty() || query.Contains(kit.Fold(p.words(c))) {
			p.rows = append(p.rows, c)
		}
	}
	p.past = len(p.rows)
	if p.column != "" {
		p.order()
		return
	}
	// What is to come or running by its start, then what is over, latest first.
	slices.SortStableFunc(p.rows, func(a, b model.Campaign) int {
		overA, overB := a.End < p.s.Today, b.End < p.s.Today
		switch {
		case overA != overB && overA:
			return 1
		case overA != overB:
			return -1
		case overA:
			return cmp.Compare(b.End, a.End)
		}
		return cmp.Compare(a.Start, b.Start)
	})
	for i, c := range p.rows {
		if c.End < p.s.Today {
			p.past = i
			break
		}
	}
}

// words is what the filter looks through.
func (p *Page) words(c model.Campaign) string {
	said := []string{c.Name, c.Code, words.CampaignKind(p.s.Look.Text, c.Kind), c.Owner, c.Goal, c.Note, words.CampaignStatus(p.s.Look.Text, c, p.s.Today)}
	said = append(said, c.Territories...)
	for _, area := range p.s.Book.CampaignAreas(c) {
		said = append(said, area.Name)
	}
	return strings.Join(said, " ")
}

func (p *Page) filter(query string) {
	p.query = query
	p.arrange()
}

func (p *Page) sort(column string, descending bool) {
	p.column, p.falling = column, descending
	p.arrange()
}

// order sorts the rows by the chosen column.
func (p *Page) order() {
	column, view := p.table().Column(p.column), p.s.View()
	slices.SortStableFunc(p.rows, func(a, b model.Campaign) int {
		x, y := described(a, p.found), described(b, p.found)
		var by int
		if column.Text != nil {
			by = strings.Compare(column.Text(view, x), column.Text(view, y))
		} else if column.Number != nil {
			by = cmp.Compare(column.Number(view, x), column.Number(view, y))
		}
		if p.falling {
			return -by
		}
		return by
	})
}

func (p *Page) heading(i int) kit.Cell {
	if i == p.past {
		return kit.Cell{Text: "   " + p.s.Look.T("campaigns.past"), Role: kit.Dim}
	}
	return kit.Cell{}
}
