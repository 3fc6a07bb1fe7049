// Package figures sums up what sales did: what it lays beside marketing's analyses. It
// knows territories, classes and months, and no persons.
package figures

import (
	"iter"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/review"
)

// By is what the rows of a table of figures are.
type By string

// The ways to sum up.
const (
	ByMonth     By = "month"
	ByTerritory By = "territory"
	ByClass     By = "class"
)

// Ways lists them in the order in which they are offered.
var Ways = [...]By{ByMonth, ByTerritory, ByClass}

// Row is one month, territory or class.
type Row struct {
	Month     model.Date // its first day; of rows by month
	Territory string     // its code; of rows by territory
	Class     model.Class
	Sums
}

// Sums are the figures. Accounts are the active ones as they are today; what is no count of
// visits is of them.
type Sums struct {
	Accounts int
	Visits   int // at which the customer was met
	Reached  int // accounts visited at least once
	Rhythmic int // accounts that were no new ones on the last day
	InRhythm int // of them, those whose last visit was not longer ago than their interval
	Agreed   int // planned visits that were ticked off in any way
	Kept     int // of them, those that took place and met the customer
	Orders   int // visits that brought an order
	Value    model.Money
}

// Add adds another row's figures, of other accounts.
func (s *Sums) Add(o Sums) {
	s.Accounts, s.Visits, s.Reached = s.Accounts+o.Accounts, s.Visits+o.Visits, s.Reached+o.Reached
	s.Rhythmic, s.InRhythm = s.Rhythmic+o.Rhythmic, s.InRhythm+o.InRhythm
	s.Agreed, s.Kept, s.Orders, s.Value = s.Agreed+o.Agreed, s.Kept+o.Kept, s.Orders+o.Orders, s.Value+o.Value
}

// Frame is what figures are made of.
type Frame struct {
	First, Last model.Date             // both included; Last not after the day
	By          By                     //
	Wanted      func(*model.Area) bool // which territories count
	Visits      iter.Seq[model.Visit]  // of these days at least
	Settled     iter.Seq[model.SettledVisit]
}

// Make sums up: rows by month in order, by territory by name, by class by rank; and all in
// one. A month that is not over is looked at on the day.
func Make(d *model.Day, f Frame) (rows []Row, all Sums) {
	b := d.Book()
	at := map[string]int{} // of an account: its row where rows are territories or classes
	spans := [][2]model.Date{{f.First, f.Last}}
	if f.By == ByMonth {
		spans = months(f.First, f.Last)
		for _, span := range spans {
			rows = append(rows, Row{Month: span[0]})
		}
	}
	row := func(l *model.Customer, area *model.Area) int {
		i := slices.IndexFunc(rows, func(r Row) bool {
			return f.By == ByTerritory && r.Territory == area.Code || f.By == ByClass && r.Class == l.Class
		})
		if i < 0 {
			i = len(rows)
			r := Row{Territory: area.Code}
			if f.By == ByClass {
				r = Row{Class: l.Class}
			}
			rows = append(rows, r)
		}
		return i
	}
	for _, area := range b.Areas() {
		if !area.Known || !f.Wanted(area) {
			continue
		}
		for _, l := range area.Accounts() {
			if l.Inactive {
				continue
			}
			first := 0
			if f.By != ByMonth {
				first = row(l, area)
			}
			at[l.Code] = first
			for i, span := range spans {
				rows[first+i].take(d, l, span[0], span[1])
			}
			all.take(d, l, f.First, f.Last)
		}
	}
	of := func(account string, day model.Date) *Sums {
		i, counts := at[account]
		if !counts || day < f.First || day > f.Last {
			return nil
		}
		if f.By == ByMonth {
			i = slices.IndexFunc(spans, func(span [2]model.Date) bool { return day >= span[0] && day <= span[1] })
		}
		return &rows[i].Sums
	}
	for v := range f.Visits {
		if s := of(v.Account, v.Date); s != nil && review.Ordered(v) {
			s.Orders, s.Value = s.Orders+1, s.Value+v.Value
			all.Orders, all.Value = all.Orders+1, all.Value+v.Value
		}
	}
	for v := range f.Settled {
		if s := of(v.Account, v.Date); s != nil {
			s.Agreed++
			all.Agreed++
			if v.Became == model.BecameMet {
				s.Kept++
				all.Kept++
			}
		}
	}
	slices.SortStableFunc(rows, func(x, y Row) int {
		switch f.By {
		case ByTerritory:
			return strings.Compare(name(b, x.Territory), name(b, y.Territory))
		case ByClass:
			return b.Rank(&model.Account{Class: x.Class}) - b.Rank(&model.Account{Class: y.Class})
		}
		return int(x.Month - y.Month)
	})
	return rows, all
}

func name(b *model.Book, territory string) string {
	if area := b.Area(territory); area != nil && area.Name != "" {
		return area.Name
	}
	return territory
}

// take counts one account on the days from first to last.
func (s *Sums) take(d *model.Day, l *model.Customer, first, last model.Date) {
	s.Accounts++
	if visits := l.Visits.Between(first, last); visits > 0 {
		s.Visits += visits
		s.Reached++
	}
	if standing := d.StandingOn(l, last); standing.State != model.StateNew {
		s.Rhythmic++
		if standing.Covered() {
			s.InRhythm++
		}
	}
}

// months are the months from first to last, the first and last of them cut.
func months(first, last model.Date) (spans [][2]model.Date) {
	for day := first; day <= last; {
		t := day.Time()
		next := model.NewDate(t.Year(), t.Month()+1, 1)
		spans = append(spans, [2]model.Date{day, min(next-1, last)})
		day = next
	}
	return spans
}
