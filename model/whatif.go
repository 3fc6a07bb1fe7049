package model

// What would be: the day under other settings or with a campaign changed, before
// anybody has saved it.

import "slices"

// WithSettings is the day under other settings. It follows the facts as the day
// itself does; nothing of the Book or of the day changes by it.
func (d *Day) WithSettings(settings Settings) *Day {
	ranks := settings.Classes.ranks()
	return &Day{book: d.book, date: d.date, settings: &settings, ranks: &ranks, supposed: d.supposed, areas: map[*Area]*ofArea{}}
}

// WithCampaign is the day if the campaign were as given. It follows the facts as
// the day itself does; nothing of the Book or of the day changes by it.
func (d *Day) WithCampaign(c Campaign) *Day {
	return &Day{
		book: d.book, date: d.date, settings: d.settings, ranks: d.ranks, areas: map[*Area]*ofArea{},
		supposed: append(slices.Clip(d.supposed), c), base: d,
	}
}

// same reports whether the campaign supposed cannot matter to the area, so that
// the day it was supposed on says the same.
func (d *Day) same(area *Area) bool {
	if d.base == nil {
		return false
	}
	c := d.supposed[len(d.supposed)-1]
	for _, before := range d.base.campaigns() {
		if before.Code == c.Code && before.Names(area.Territory) {
			return false
		}
	}
	return !c.Names(area.Territory)
}

// campaigns are the campaigns by start, then code, with those supposed.
func (d *Day) campaigns() []Campaign {
	list := d.book.Campaigns()
	for _, c := range d.supposed {
		list = slices.DeleteFunc(slices.Clone(list), func(other Campaign) bool { return other.Code == c.Code })
		at, _ := slices.BinarySearchFunc(list, c, orderOfCampaigns)
		list = slices.Insert(list, at, c)
	}
	return list
}

// SignalKey tells signals of two days or two pictures of the business apart.
type SignalKey struct {
	Kind                Kind
	Territory, Campaign string
}

// Key identifies the signal: what it asks, where and for which campaign.
func (s Signal) Key() SignalKey {
	key := SignalKey{s.Kind, s.Territory, s.Campaign}
	if s.Kind != StepUpVisits {
		key.Campaign = ""
	}
	return key
}

// OpenCount is the number of signals that ask for something.
func OpenCount(signals []Signal) int {
	count := 0
	for _, s := range signals {
		if s.Open() {
			count++
		}
	}
	return count
}

// Compare tells what changes between two lists of signals: those that are open
// only before, and those open only after.
func Compare(before, after []Signal) (vanish, appear []Signal) {
	return openOnlyIn(before, after), openOnlyIn(after, before)
}

func openOnlyIn(list, other []Signal) []Signal {
	open := map[SignalKey]bool{}
	for _, s := range other {
		open[s.Key()] = s.Open()
	}
	var only []Signal
	for _, s := range list {
		if s.Open() && !open[s.Key()] {
			only = append(only, s)
		}
	}
	return only
}
