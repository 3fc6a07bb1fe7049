package model

// Splitting a territory: a part of its accounts comes into a new one.

import (
	"slices"
)

// Split are the edits that make a new territory of accounts: the territory itself, the
// postcodes taken off those that had the very same, the accounts moved, and the new
// territory named by each campaign, not over on the day, that names one of the old ones
// by its code. What does not change is not among them.
func (b *Book) Split(part Territory, accounts []*Customer, today Date) (edits []Edit) {
	edits = append(edits, Edit{After: part})
	var old []string
	for _, l := range accounts {
		if l.Territory != "" && l.Territory != part.Code && !slices.Contains(old, l.Territory) {
			old = append(old, l.Territory)
		}
	}
	slices.Sort(old)
	for _, code := range old {
		area := b.Area(code)
		if area == nil || !area.Known {
			continue
		}
		after := area.Territory
		after.Postcodes = slices.DeleteFunc(slices.Clone(after.Postcodes), func(p string) bool { return slices.Contains(part.Postcodes, p) })
		if len(after.Postcodes) != len(area.Postcodes) {
			edits = append(edits, Edit{Before: area.Territory, After: after})
		}
	}
	for _, l := range accounts {
		if l.Territory != part.Code {
			after := l.Account
			after.Territory = part.Code
			edits = append(edits, Edit{Before: l.Account, After: after})
		}
	}
	for _, c := range b.Campaigns() {
		if c.End >= today && !c.Names(part) && slices.ContainsFunc(c.Territories, func(named string) bool { return slices.Contains(old, named) }) {
			after := c
			after.Territories = append(slices.Clone(c.Territories), part.Code)
			edits = append(edits, Edit{Before: c, After: after})
		}
	}
	return edits
}

// InPostcodes are a territory's accounts whose postcode begins with one of the prefixes, in
// order of their codes; begins says so of one.
func (b *Book) InPostcodes(territory string, begins func(postcode string) bool) (list []*Customer) {
	if area := b.Area(territory); area != nil {
		for _, l := range area.Accounts() {
			if begins(l.Address.Postcode) {
				list = append(list, l)
			}
		}
	}
	return list
}
