package model

import (
	"slices"
	"strings"
)

// Ownerless are planned visits of a code that is no rep on record and has no territory:
// nobody will make them.
type Ownerless struct {
	Rep         string
	Visits      int
	First, Last Date
}

// Ownerless are the visits, planned from a day on, that belong to nobody, in order of
// the rep's code.
func (b *Book) Ownerless(from Date) []Ownerless {
	var all []Ownerless
	for rep := range b.planned {
		if _, known := b.reps[rep]; known || rep != "" && len(b.areasOf(rep)) > 0 {
			continue
		}
		o := Ownerless{Rep: rep}
		for p := range b.Plan(rep) {
			if p.Date < from {
				continue
			}
			if o.Visits == 0 || p.Date < o.First {
				o.First = p.Date
			}
			o.Visits, o.Last = o.Visits+1, max(o.Last, p.Date)
		}
		if o.Visits > 0 {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(x, y Ownerless) int { return strings.Compare(x.Rep, y.Rep) })
	return all
}

// Planning are the codes under which visits are planned from a day on, in order.
func (b *Book) Planning(from Date) (reps []string) {
	for rep := range b.planned {
		for p := range b.Plan(rep) {
			if p.Date >= from {
				reps = append(reps, rep)
				break
			}
		}
	}
	slices.Sort(reps)
	return reps
}
