package model

// A day looked at: what the rules say of the Book's facts on it. What was worked
// out is kept by area and the area's revision, and shared by all who look at the
// day.

import (
	"slices"
	"sync"
)

// Day is what the rules say on one day. It follows its Book: once a change is
// applied it says what holds then. Several goroutines may use it at a time, as
// they may the Book. A Day may be kept as long as its Book.
type Day struct {
	book     *Book
	date     Date
	settings *Settings
	ranks    *classRanks // of the settings' classes
	// supposed are campaigns that stand in for the Book's; base is the day on which
	// the last of them was supposed. See WithCampaign.
	supposed []Campaign
	base     *Day

	lock  sync.Mutex // of all below
	areas map[*Area]*ofArea
	all   []Signal
	allAt uint64             // the Book's revision that all is of
	allOf []*Area            // the areas that all is of, as Areas gave them; nil: not known any more
	turns map[SignalKey]Turn // of those in all that have changed since somebody first looked

	hushed *silenced
}

// ofArea is what was worked out of an area, each with the area's revision it is of.
type ofArea struct {
	numbers   Numbers
	numbersAt uint64
	found     []Signal // but for what other territories of the rep make of them
	foundAt   uint64
	groundsAt uint64
	signals   []Signal
	base      []Signal // what was found when signals was made of it
	counted   []Signal // what was found when all signals were asked for last
	shown     []Signal // those that were among all signals last; what is in anybody's hands stays as it is
}

// Book is the facts.
func (d *Day) Book() *Book { return d.book }

// Date is the day itself.
func (d *Day) Date() Date { return d.date }

// Settings are the rules' numbers in force on this Day.
func (d *Day) Settings() Settings { return *d.settings }

// of is the area's place among what was worked out. The lock is held.
func (d *Day) of(area *Area) *ofArea {
	kept := d.areas[area]
	if kept == nil {
		if len(d.areas) > 2*len(d.book.areas)+16 { // many have gone since
			clear(d.areas)
			d.allOf = nil
		}
		kept = &ofArea{}
		d.areas[area] = kept
	}
	return kept
}

// numbers are the area's numbers. The lock is held.
func (d *Day) numbers(area *Area) Numbers {
	if d.base != nil { // no campaign changes them
		return d.base.Numbers(area)
	}
	kept := d.of(area)
	if kept.numbersAt != area.facts {
		kept.numbers, kept.numbersAt = d.count(area), area.facts
	}
	return kept.numbers
}

// found are the area's signals as the area's own facts give them. The lock is held.
func (d *Day) found(area *Area) []Signal {
	if d.same(area) {
		d.base.lock.Lock()
		defer d.base.lock.Unlock()
		return d.base.found(area)
	}
	kept := d.of(area)
	if kept.foundAt != area.findings {
		if kept.groundsAt != area.grounds || !d.asSilent(area, kept.found) {
			kept.found, kept.groundsAt = d.findSignals(area), area.grounds
		}
		kept.foundAt = area.findings
	}
	return kept.found
}

// areaSignals are the area's signals, with what the rep's other campaigns want. The
// lock is held.
func (d *Day) areaSignals(area *Area) []Signal {
	kept, found := d.of(area), d.found(area)
	if !sameList(kept.base, found) {
		kept.signals, kept.base = found, found
	}
	own := false // the list is not yet in anybody else's hands
	for i, s := range kept.signals {
		if s.Kind != StepUpVisits {
			continue
		}
		gaps, campaigns := d.contested(area, s.Campaign, s.Readiness)
		if s.Readiness.Contested == gaps && s.Readiness.ContestedBy == campaigns {
			continue
		}
		if !own {
			kept.signals, own = slices.Clone(kept.signals), true
		}
		kept.signals[i].Readiness.Contested, kept.signals[i].Readiness.ContestedBy = gaps, campaigns
	}
	return kept.signals
}

// sameList reports whether both are one list.
func sameList(a, b []Signal) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// shelf keeps the days that somebody looks at, the one asked for last at the end.
type shelf struct {
	lock sync.Mutex
	days []*Day
}

// daysKept is how many days a Book remembers. Who looks at a day keeps it; the
// shelf is only there so that others who look at the same day find it.
const daysKept = 8

// On is the day as the rules see it. All who ask for the same day share one.
func (b *Book) On(date Date) *Day {
	b.days.lock.Lock()
	defer b.days.lock.Unlock()
	days := b.days.days
	if i := slices.IndexFunc(days, func(d *Day) bool { return d.date == date }); i >= 0 {
		day := days[i]
		copy(days[i:], days[i+1:])
		days[len(days)-1] = day
		return day
	}
	day := &Day{book: b, date: date, settings: &b.settings, ranks: &b.ranks, areas: map[*Area]*ofArea{}}
	if len(days) == daysKept {
		copy(days, days[1:])
		days[daysKept-1] = day
	} else {
		b.days.days = append(days, day)
	}
	return day
}
