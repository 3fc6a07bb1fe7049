package model

// Standing in: who has a rep's accounts while the rep is away.

import (
	"slices"
	"strings"
	"time"
)

// CoverOn is who stands in for a rep on a day, "" for nobody: named by an absence that
// takes the whole day, and there on that day.
func (b *Book) CoverOn(rep string, day Date) string {
	for _, away := range b.Away(rep, day) {
		if c := away.Absence.Cover; away.Whole() && c != "" && c != rep {
			if _, gone := b.Gone(c, day); !gone {
				return c
			}
		}
	}
	return ""
}

// CoveredOn are the reps for whom a rep stands in on a day, in order of their codes.
func (b *Book) CoveredOn(rep string, day Date) (reps []string) {
	for _, absent := range b.covered[rep] {
		if b.CoverOn(absent, day) == rep {
			reps = append(reps, absent)
		}
	}
	return reps
}

// Cover is a stretch of days in which one rep stands in for another.
type Cover struct {
	Rep, By  string // who is away, who stands in
	From, To Date
	Kind     string // of the absence
}

// Covers are the stretches of working days in which a rep stands in for others, of the
// days from first to last; by the first day.
func (b *Book) Covers(rep string, first, last Date) (list []Cover) {
	for _, absent := range b.covered[rep] {
		running := -1
		for day := first; day <= last; day++ {
			if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
				continue
			}
			if b.CoverOn(absent, day) != rep {
				running = -1
				continue
			}
			if running < 0 {
				a, _ := b.Gone(absent, day)
				list, running = append(list, Cover{Rep: absent, By: rep, From: day, Kind: a.Kind}), len(list)
			}
			list[running].To = day
		}
	}
	slices.SortStableFunc(list, func(x, y Cover) int { return int(x.From - y.From) })
	return list
}

// StandingIn are the reps who stand in for somebody on a day or later, in order of their
// codes: also those who have no territory of their own.
func (b *Book) StandingIn(from Date) (reps []string) {
	for rep, absent := range b.covered {
		if slices.ContainsFunc(absent, func(other string) bool {
			return slices.ContainsFunc(b.absences[other], func(a Absence) bool { return a.Cover == rep && a.last() >= from })
		}) {
			reps = append(reps, rep)
		}
	}
	slices.Sort(reps)
	return reps
}

// coverRoom is the room that those have who stand in for a rep, from first to last, of the
// days that works tells to be working days: what they can visit in a week, for the days on
// which they stand in, less what they have planned on these days. halves are the half days
// for which somebody stands in.
func (d *Day) coverRoom(rep string, first, last Date, works func(Date) bool) (room, halves int) {
	b := d.book
	if !b.hasCover(rep) {
		return 0, 0
	}
	there, planned := map[string]int{}, map[string]int{}
	for day := first; day <= last; day++ {
		if !works(day) {
			continue
		}
		if c := b.CoverOn(rep, day); c != "" {
			there[c] += 2 - b.HalvesAway(c, day, day, works)
			planned[c] += d.plannedVisits(c, day, day)
		}
	}
	for c, n := range there {
		halves += n
		room += max(0, d.Capacity(c)*n/10-planned[c])
	}
	return room, halves
}

// hasCover reports whether any absence of a rep names somebody who stands in.
func (b *Book) hasCover(rep string) bool {
	return slices.ContainsFunc(b.absences[rep], func(a Absence) bool { return a.Cover != "" && a.Cover != rep })
}

// sharing are the reps whose campaigns want room of one and the same: the rep, who stands
// in for the rep, and for whom the rep stands in, from a day to another.
func (b *Book) sharing(rep string, first, last Date) []string {
	reps := []string{rep}
	add := func(other string, stands bool) {
		if stands && other != "" && !slices.Contains(reps, other) {
			reps = append(reps, other)
		}
	}
	if b.hasCover(rep) {
		for day := first; day <= last; day++ {
			add(b.CoverOn(rep, day), true)
		}
	}
	for _, absent := range b.covered[rep] {
		for day := first; day <= last; day++ {
			if b.CoverOn(absent, day) == rep {
				add(absent, true)
				break
			}
		}
	}
	return reps
}

// coverChanged keeps whom a rep stands in for, after an absence has come or gone.
func (b *Book) coverChanged(a Absence) {
	if a.Cover == "" || a.Cover == a.Rep {
		return
	}
	list := slices.DeleteFunc(slices.Clone(b.covered[a.Cover]), func(rep string) bool { return rep == a.Rep })
	if slices.ContainsFunc(b.absences[a.Rep], func(o Absence) bool { return o.Cover == a.Cover }) {
		list = append(list, a.Rep)
		slices.SortFunc(list, strings.Compare)
	}
	if len(list) == 0 {
		delete(b.covered, a.Cover)
	} else {
		b.covered[a.Cover] = list
	}
	b.touchRep(a.Cover)
}

// PlannedDuring are a rep's planned visits from a day on that fall into an absence, by time.
func (b *Book) PlannedDuring(a Absence, from Date) (list []PlannedVisit) {
	for p := range b.Plan(a.Rep) {
		if p.Date < from {
			continue
		}
		if away, ok := a.on(p.Date); ok && (away.Whole() || p.Time.Minutes() >= away.From && p.Time.Minutes() < away.To) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, byTime)
	return list
}

// NewlyAbsent are the planned visits, from a day on, that records to be put make fall into
// an absence, parted from who is away to who stands in. Visits that fell into the absence
// before, with the same stand-in, are not among them.
func (b *Book) NewlyAbsent(after []Record, from Date) (all []Parted) {
	seen := map[Key]bool{}
	for _, record := range after {
		a, ok := record.(Absence)
		if !ok {
			continue
		}
		p := Parted{From: a.Rep, To: a.Cover}
		for _, visit := range b.PlannedDuring(a, from) {
			known := slices.ContainsFunc(b.absences[a.Rep], func(o Absence) bool {
				away, gone := o.on(visit.Date)
				same := o.Cover == a.Cover || a.Cover == ""
				return gone && same && (away.Whole() || visit.Time.Minutes() >= away.From && visit.Time.Minutes() < away.To)
			})
			if !known && !seen[visit.Key()] {
				seen[visit.Key()] = true
				p.Visits = append(p.Visits, visit)
			}
		}
		if len(p.Visits) > 0 {
			all = append(all, p)
		}
	}
	return all
}
