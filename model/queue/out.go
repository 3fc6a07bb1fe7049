package queue

// What may leave the house: a list for a call centre.

import (
	"slices"

	"doppelpass/model"
)

// HandOut parts the accounts of a list into those that may be handed out to a call centre
// on the day, in order, and the list of all with their states. Whether somebody is there at
// this hour does not matter; what is promised to a customer stays in the house, and so
// does who stands in front of somebody or is out already.
func (v *View) HandOut(accounts []string) (codes []string, all List) {
	seen := map[string]bool{}
	for _, account := range accounts {
		if seen[account] {
			continue
		}
		seen[account] = true
		e := v.Of(account)
		all.Entries = append(all.Entries, e)
		switch e.State {
		case Now, Skipped, Closed, HalfDay:
			if e.Promise.Kind == "" {
				codes = append(codes, account)
			}
		}
	}
	return codes, all
}

// Targets are the accounts that a campaign's calls are for, those in need first: those that
// are called in place of a visit and those that the lot drew to be called, else all that it
// aims at.
func Targets(d *model.Day, code string) (codes []string) {
	b := d.Book()
	c, ok := b.Campaign(code)
	if !ok {
		return nil
	}
	var customers []*model.Customer
	agreed := slices.Concat(c.ByPhone, c.LotCall)
	slices.Sort(agreed)
	for _, code := range slices.Compact(agreed) {
		if l := b.Account(code); l != nil {
			customers = append(customers, l)
		}
	}
	for _, area := range b.Areas() {
		if len(agreed) > 0 || !c.Names(area.Territory) {
			continue
		}
		for _, l := range area.Accounts() {
			if !l.Inactive && b.AimsAt(c, &l.Account) {
				customers = append(customers, l)
			}
		}
	}
	for _, l := range d.ByNeed(customers) {
		codes = append(codes, l.Code)
	}
	return codes
}
