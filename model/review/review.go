package review

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
)

// Result is what became of the accounts of a group.
type Result struct {
	Accounts     int
	Ordered      int // accounts that ordered, those in contact after their first contact
	Orders       int
	Value        model.Money
	Appointments int // calls in which a visit was wished
	Before       int // accounts that ordered in as many days before the campaign
}

// Shown reports whether the group is large enough to be looked at.
func (r Result) Shown() bool { return r.Accounts >= leastAccounts }

// Comparison holds a group against those with whom nobody had contact.
type Comparison struct {
	Group   Group
	Now     Difference
	Before  Difference // the same accounts, as many days before the campaign
	Verdict Verdict
}

// Silent is a territory that is left out, since nobody knows what was done there.
type Silent struct {
	Territory  string
	LastReport model.Date // 0: never
}

// Card is an account where campaign, contact and order follow one another: its first order
// that was not before the campaign's start.
type Card struct {
	Account string
	Visited model.Date // 0: not
	Called  model.Date // 0: not
	Ordered model.Date
	Value   model.Money
}

// Review is a campaign looked back at. It does not change once its day has come, as long as
// the records of its days do not.
type Review struct {
	Campaign   model.Campaign
	From, To   model.Date // the window in which a contact counts
	On         model.Date // the last day on which an order counts: the review's own
	BeforeFrom model.Date // as many days before From begin here
	Running    bool       // its day has not come
	Targets    int        // those left out not counted
	Silent     []Silent
	Results    [Groups]Result
	Comparing  []Comparison // of the groups that are large enough
	Cards      []Card       // by value, the highest first
	Lot        Drawn        // where a lot was drawn
}

// Days are the days of which a review looks at visits: from the first before the campaign
// to its own.
func Days(d *model.Day, c model.Campaign) (first, last model.Date) {
	r := frame(d, c)
	return r.BeforeFrom, r.On
}

func frame(d *model.Day, c model.Campaign) Review {
	r := Review{Campaign: c, From: c.Start - model.Date(d.Settings().Lead), To: c.End, On: c.ReviewDay()}
	r.BeforeFrom = r.From - (r.On - r.From + 1)
	r.Running = d.Date() <= r.On
	return r
}

// Targets are the accounts that a review looks at; those of territories whose reps stopped
// reporting are not among them.
func Targets(d *model.Day, c model.Campaign) (targets []*model.Customer, silent []Silent) {
	b := d.Book()
	for _, area := range b.Areas() {
		if !area.Known || !c.Names(area.Territory) {
			continue
		}
		if area.Rep != "" {
			on := min(c.End, d.Date())
			if last := b.Reports(area.Rep).OnOrBefore(on); last != 0 && int(on-last) >= d.Settings().SilentDays {
				silent = append(silent, Silent{area.Code, last})
				continue
			}
		}
		for _, l := range area.Accounts() {
			if !l.Inactive && b.AimsAt(c, &l.Account) {
				targets = append(targets, l)
			}
		}
	}
	return targets, silent
}

// contact is what was done about an account within the window.
type contact struct {
	visited, called model.Date
	told            bool // has its card
}

func (c contact) first() model.Date {
	switch {
	case c.visited == 0:
		return c.called
	case c.called == 0:
		return c.visited
	}
	return min(c.visited, c.called)
}

func (c contact) group() Group {
	switch {
	case c.visited != 0 && c.called != 0:
		return VisitAndCall
	case c.visited != 0:
		return Visit
	case c.called != 0:
		return Call
	}
	return Neither
}

// Ordered reports whether a visit brought an order.
func Ordered(v model.Visit) bool {
	if v.Kind != model.VisitMet {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(v.Outcome)) {
	case "order", "auftrag", "bestellung":
		return true
	}
	return v.Value > 0
}

// Make looks back at a campaign. Visits are those of Targets on Days, in any order. Before
// the review's day it holds nothing but that the campaign still runs.
func Make(d *model.Day, c model.Campaign, visits []model.Visit) Review {
	r := frame(d, c)
	targets, silent := Targets(d, c)
	r.Targets, r.Silent = len(targets), silent
	if r.Running {
		return r
	}
	contacts := make(map[string]*contact, len(targets))
	for _, l := range targets {
		contacts[l.Code] = &contact{}
	}
	visits = slices.Clone(visits)
	slices.SortStableFunc(visits, func(a, b model.Visit) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time)) })
	for _, v := range visits {
		if at := contacts[v.Account]; at != nil && v.Kind == model.VisitMet && at.visited == 0 && v.Date >= r.From && v.Date <= r.To {
			at.visited = v.Date
		}
	}
	for _, l := range targets {
		at := contacts[l.Code]
		for call := range l.Calls.All() {
			if call.Date >= r.From && call.Date <= r.To && call.Outcome.Reached() && (at.called == 0 || call.Date < at.called) {
				at.called = call.Date
			}
		}
		group := &r.Results[at.group()]
		group.Accounts++
		for call := range l.Calls.All() {
			if call.Date >= r.From && call.Date <= r.To && call.Outcome == model.CallAppointment {
				group.Appointments++
			}
		}
	}
	r.count(visits, func(account string) (*Result, model.Date) {
		if at := contacts[account]; at != nil {
			return &r.Results[at.group()], at.first()
		}
		return nil, 0
	}, func(v model.Visit) {
		// Visits before the start prepare the campaign and count above; a story to show begins with it.
		if at := contacts[v.Account]; at.first() != 0 && v.Date >= c.Start && !at.told {
			at.told = true
			r.Cards = append(r.Cards, Card{v.Account, at.visited, at.called, v.Date, v.Value})
		}
	})
	slices.SortStableFunc(r.Cards, func(a, b Card) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Ordered, b.Ordered), cmp.Compare(a.Account, b.Account))
	})
	r.compare()
	r.Lot = asDrawn(r, c, contacts, visits)
	return r
}

// count adds the orders of visits, the oldest first, to the results of their accounts, which
// count from a day on if that is later than the window's first; counted is told of each
// order within the window.
func (r *Review) count(visits []model.Visit, of func(account string) (*Result, model.Date), counted func(model.Visit)) {
	ordered, before := map[string]bool{}, map[string]bool{}
	for _, v := range visits {
		result, since := of(v.Account)
		if result == nil || !Ordered(v) {
			continue
		}
		switch {
		case v.Date >= r.BeforeFrom && v.Date < r.From:
			if !before[v.Account] {
				before[v.Account] = true
				result.Before++
			}
		case v.Date >= max(r.From, since) && v.Date <= r.On:
			result.Orders++
			result.Value += v.Value
			if !ordered[v.Account] {
				ordered[v.Account] = true
				result.Ordered++
			}
			counted(v)
		}
	}
}

// compare holds the groups in contact against those in none.
func (r *Review) compare() {
	for group := range Neither {
		if c, ok := against(r.Results[group], r.Results[Neither]); ok {
			c.Group = group
			r.Comparing = append(r.Comparing, c)
		}
	}
}

// against holds accounts against others, where both are enough to be looked at.
func against(some, others Result) (c Comparison, ok bool) {
	if !some.Shown() || !others.Shown() {
		return c, false
	}
	c.Now = Between(Share{some.Ordered, some.Accounts}, Share{others.Ordered, others.Accounts})
	c.Before = Between(Share{some.Before, some.Accounts}, Share{others.Before, others.Accounts})
	c.Verdict = Judge(c.Now, c.Before)
	return c, true
}
