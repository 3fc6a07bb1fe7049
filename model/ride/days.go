// Package ride is about colleagues who ride along with a field rep: which days are worth
// joining, and who was out with whom.
package ride

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
)

// Least is how many visits a day needs to be worth joining: for fewer nobody travels.
const Least = 3

// Day is a day of a rep with visits that somebody could join.
type Day struct {
	Rep       string
	Date      model.Date
	Visits    int
	Aimed     int      // of them at customers of a campaign that runs or is prepared on that day
	Campaigns []InPlan // by visits, the most first
}

// InPlan is how many visits of a day are at customers of a campaign. A customer of two
// campaigns counts for both.
type InPlan struct {
	Campaign string
	Visits   int
}

// Days are the days from first to last with at least Least confirmed visits, the most worth
// joining first: a visit at a campaign's customer counts twice. A day on which the rep is
// away is none, whatever is still planned on it.
func Days(d *model.Day, first, last model.Date) []Day {
	b := d.Book()
	var days []Day
	for _, rep := range b.Planning(first) {
		at := map[model.Date]int{}
		from := len(days)
		for p := range b.Plan(rep) {
			if p.Date < first || p.Date > last {
				continue
			}
			i, known := at[p.Date]
			if !known {
				i = len(days)
				at[p.Date] = i
				days = append(days, Day{Rep: rep, Date: p.Date})
			}
			days[i].add(d, p)
		}
		kept := days[:from]
		for _, day := range days[from:] {
			if _, gone := b.Gone(rep, day.Date); !gone && day.Visits >= Least {
				kept = append(kept, day)
			}
		}
		days = kept
	}
	for _, day := range days {
		slices.SortFunc(day.Campaigns, func(x, y InPlan) int {
			return cmp.Or(cmp.Compare(y.Visits, x.Visits), strings.Compare(x.Campaign, y.Campaign))
		})
	}
	slices.SortFunc(days, func(x, y Day) int {
		return cmp.Or(cmp.Compare(y.Visits+y.Aimed, x.Visits+x.Aimed), cmp.Compare(x.Date, y.Date), strings.Compare(x.Rep, y.Rep))
	})
	return days
}

// add counts a planned visit.
func (day *Day) add(d *model.Day, p model.PlannedVisit) {
	day.Visits++
	b := d.Book()
	l := b.Account(p.Account)
	if l == nil {
		return
	}
	area := b.Area(l.Territory)
	aimed := false
	for _, c := range b.Campaigns() {
		if !c.NeedsVisits() || p.Date < c.Start-model.Date(d.Settings().Lead) || p.Date > c.End || area == nil || !c.Names(area.Territory) || !b.AimsAt(c, &l.Account) {
			continue
		}
		aimed = true
		i := slices.IndexFunc(day.Campaigns, func(in InPlan) bool { return in.Campaign == c.Code })
		if i < 0 {
			i = len(day.Campaigns)
			day.Campaigns = append(day.Campaigns, InPlan{Campaign: c.Code})
		}
		day.Campaigns[i].Visits++
	}
	if aimed {
		day.Aimed++
	}
}
