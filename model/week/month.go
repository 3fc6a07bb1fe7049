package week

// Several weeks at once: which account in which week, so that each is seen near its due
// day, campaigns within their windows, and the days of a week lie close together. What
// comes out are drafts, a week each, which the planner improves and a person bends and
// confirms like any other.

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"doppelpass/model"
	"doppelpass/model/route"
)

// MonthSteps is how many steps of dealing a month out takes: a second or less for some
// hundred accounts.
const MonthSteps = 20_000

// MostWeeks is how many weeks can be planned at once.
const MostWeeks = 26

// Month are several weeks of a rep, planned together. Make it with Desk.Month.
type Month struct {
	Rep    model.Rep
	Monday model.Date // of the first week
	Weeks  int

	desk   *Desk
	stands []*Draft       // the weeks with nothing but what is agreed
	ready  []*Draft       // the weeks that were planned, as Took; nil before
	kept   []bool         // the weeks that stay as they were bent
	calls  [][Days][]call // by week and day, in the order of the tours
}

// call is one visit of the month: an account on a day.
type call struct {
	account *model.Customer
	fixed   bool // agreed
}

// Month sets up so many weeks of a rep from a Monday on, with what is agreed in place.
// Nothing is dealt out yet; see Deal.
func (k *Desk) Month(rep string, monday model.Date, weeks int) (*Month, error) {
	m := &Month{Monday: monday, Weeks: min(max(weeks, 1), MostWeeks)}
	m.desk = k.ahead(rep, monday, m.MondayOf(m.Weeks)-1)
	bare := *m.desk
	bare.bare = true
	for week := range m.Weeks {
		d, err := bare.Draft(rep, m.MondayOf(week))
		if err != nil {
			return nil, fmt.Errorf("setting up %d weeks: %w", weeks, err)
		}
		m.stands = append(m.stands, d)
	}
	m.Rep = m.stands[0].Rep
	m.ready, m.kept, m.calls = make([]*Draft, m.Weeks), make([]bool, m.Weeks), make([][Days][]call, m.Weeks)
	return m, nil
}

// MondayOf is the Monday of a week by its number from 0.
func (m *Month) MondayOf(week int) model.Date { return m.Monday + 7*model.Date(week) }

// Keep leaves a week as a draft has it: nothing more is dealt out to it, and nothing moved.
func (m *Month) Keep(week int, d *Draft) { m.stands[week], m.ready[week], m.kept[week] = d, d, true }

// Dealing is the search for which account to see in which week.
type Dealing struct{ search *monthSearch }

// Dealing prepares the search. It reads the Book; Run does not and may go on beside it.
func (m *Month) Dealing() Dealing { return Dealing{m.search()} }

// Run searches for so many steps: the same number with the same Book gives the same month.
// stop ends it early; nil: never.
func (d Dealing) Run(steps int, stop func() bool) Dealing {
	d.search.run(steps, stop)
	return d
}

// Deal takes over what was found.
func (m *Month) Deal(d Dealing) {
	for week := range m.Weeks {
		m.calls[week] = [Days][]call{}
		if !m.kept[week] {
			m.ready[week] = nil
		}
	}
	for _, t := range d.search.best {
		for _, v := range t.visits {
			m.calls[t.week][t.day] = append(m.calls[t.week][t.day], call{d.search.accounts[v.account].customer, v.fixed})
		}
	}
}

// Besides are the visits that the month has in the other weeks and the Book does not.
func (m *Month) Besides(week int) []model.PlannedVisit {
	var list []model.PlannedVisit
	for other := range m.Weeks {
		switch {
		case other == week:
		case m.ready[other] != nil:
			list = append(list, m.ready[other].Proposed()...)
		default:
			for day, calls := range m.calls[other] {
				for _, c := range calls {
					if !c.fixed {
						list = append(list, model.PlannedVisit{Rep: m.Rep.Code, Date: m.MondayOf(other) + model.Date(day), Account: c.account.Code})
					}
				}
			}
		}
	}
	return list
}

// Draft is a week as it was dealt: a start for the planner. What was planned in the other
// weeks counts as planned.
func (m *Month) Draft(week int) (*Draft, error) {
	k := m.desk.Besides(m.Besides(week))
	for _, calls := range m.calls[week] {
		for _, c := range calls {
			k.dealt[c.account.Code] = true
		}
	}
	d, err := k.Draft(m.Rep.Code, m.MondayOf(week))
	if err != nil {
		return nil, err
	}
	for day, calls := range m.calls[week] {
		for _, c := range calls {
			stop := d.Find(c.account.Code)
			if stop < 0 || c.fixed {
				continue
			}
			d.dealt[stop] = true
			d.start[day] = append(d.start[day], stop)
		}
	}
	return d, nil
}

// Took makes a draft, planned and perhaps bent, the month's week: what it leaves out is
// there again for the weeks after it.
func (m *Month) Took(week int, d *Draft) { m.ready[week] = d }

// Settle looks at every week again now that all are planned: who is left out of one may
// have found a place in a later one.
func (m *Month) Settle() error {
	for week, d := range m.ready {
		if d == nil {
			continue
		}
		renewed, err := m.desk.Besides(m.Besides(week)).Renew(d)
		if err != nil {
			return err
		}
		m.ready[week] = renewed
	}
	return nil
}

// Week is what the month has for a week: the draft that was planned, or what is agreed.
func (m *Month) Week(week int) *Draft {
	if d := m.ready[week]; d != nil {
		return d
	}
	return m.stands[week]
}

// Proposed are the draft's visits that are not agreed.
func (d *Draft) Proposed() []model.PlannedVisit {
	var list []model.PlannedVisit
	planned := d.Planned()
	for _, stops := range d.Week.Stops() {
		for _, stop := range stops {
			if _, agreed := d.base[stop]; !agreed {
				list = append(list, planned[0])
			}
			planned = planned[1:]
		}
	}
	return list
}

// Besides is the desk with further visits counted as planned: those of drafts of other
// weeks that nobody has confirmed yet.
func (k *Desk) Besides(visits []model.PlannedVisit) *Desk {
	other := *k
	other.besides, other.dealt = maps.Clone(k.besides), map[string]bool{}
	if other.besides == nil {
		other.besides = map[string][]model.PlannedVisit{}
	}
	for _, p := range visits {
		other.besides[p.Account] = append(slices.Clip(other.besides[p.Account]), p)
	}
	return &other
}

// ahead is the desk with the campaigns whose windows open within some days, though no
// signal asks for visits yet.
func (k *Desk) ahead(rep string, first, last model.Date) *Desk {
	other := *k
	other.support = maps.Clone(k.support)
	cared := append(k.covering(rep, first, last), rep)
	for _, area := range k.book.Areas() {
		if !slices.Contains(cared, area.Rep) {
			continue
		}
		for _, c := range k.book.Campaigns() {
			if !c.NeedsVisits() || !c.Names(area.Territory) {
				continue
			}
			r := k.day.Readiness(c, area)
			if r.Gap == 0 || r.WindowStart > last || r.WindowEnd < first {
				continue
			}
			for _, l := range r.Accounts {
				if c.LeavesOut(l.Code) {
					continue
				}
				if list := other.support[l.Code]; !slices.ContainsFunc(list, func(s support) bool { return s.Name == c.Code }) {
					other.support[l.Code] = append(slices.Clip(list), support{route.Support{Name: c.Code}, r.WindowStart, r.WindowEnd})
				}
			}
		}
	}
	return &other
}

// planned are an account's planned visits, those in drafts of other weeks, and those that
// the customer wishes on a day to come.
func (k *Desk) planned(l *model.Customer) []model.PlannedVisit {
	list := l.Planned
	if more := k.besides[l.Code]; len(more) > 0 {
		list = append(slices.Clip(list), more...)
	}
	for _, f := range k.day.Wished(l) {
		if area := k.book.Area(l.Territory); f.Due >= k.today && area != nil {
			rep := cmp.Or(k.book.CoverOn(area.Rep, f.Due), area.Rep)
			list = append(slices.Clip(list), model.PlannedVisit{Rep: rep, Account: l.Code, Date: f.Due, Time: f.At})
		}
	}
	return list
}

// room is how long a day's visits and drives may take together; 0: nothing is planned on
// it. Some of the day goes by waiting for customers to open.
func (d *Draft) room(day int) route.Seconds {
	if !d.Proposes(day) {
		return 0
	}
	p := d.problem.Days[day]
	free := p.End - p.Start - waiting
	if p.Lunch.Length > 0 && p.Start < p.Lunch.To && p.End > p.Lunch.From {
		free -= p.Lunch.Length
	}
	for _, b := range p.Busy {
		free -= max(0, min(b.To, p.End)-max(b.From, p.Start))
	}
	return max(free, 0)
}

// waiting is what a day loses on average until customers open.
const waiting = 30 * 60
