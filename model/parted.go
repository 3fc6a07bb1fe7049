package model

// Planned visits that a change parts from their rep: a territory gets another rep, an
// account comes into another territory, a rep goes.

import (
	"cmp"
	"slices"
)

// Parted are planned visits that would stay with a rep who no longer has their accounts.
type Parted struct {
	From, To string // rep codes; To is who has the accounts then, "": nobody
	Leaves   bool   // From goes altogether: the visits cannot stay
	Visits   []PlannedVisit
}

// Parted says which planned visits, from a day on, a change would part from their rep:
// after is what the records would be, gone what would no longer be there. Visits that a
// rep has at other reps' accounts already stay out of it, unless the rep goes. In order
// of From, To, and within them of day, time and account.
func (b *Book) Parted(after []Record, gone []Key, from Date) []Parted {
	reps := map[string]string{} // territory → who has it then
	moved := map[string]string{}
	leaving := map[string]bool{}
	for _, key := range gone {
		switch key.Table {
		case TableTerritories:
			reps[key.Code] = ""
		case TableReps:
			leaving[key.Code] = true
		}
	}
	for _, record := range after {
		switch r := record.(type) {
		case Territory:
			reps[r.Code] = r.Rep
		case Account:
			moved[r.Code] = r.Territory
		}
	}
	deleted := func(account string) bool {
		return slices.Contains(gone, Key{Table: TableAccounts, Code: account})
	}
	has := func(territory string) string { // today
		if area := b.Area(territory); area != nil {
			return area.Rep
		}
		return ""
	}
	will := func(territory string) string {
		rep, changes := reps[territory]
		if !changes {
			rep = has(territory)
		}
		if leaving[rep] {
			return ""
		}
		return rep
	}
	found := map[[2]string][]PlannedVisit{}
	look := func(l *Customer, territory string) {
		old, next := has(l.Territory), will(territory)
		if old == "" || old == next || deleted(l.Code) {
			return
		}
		for _, p := range l.Planned {
			if p.Rep == old && p.Date >= from && !leaving[old] {
				found[[2]string{old, next}] = append(found[[2]string{old, next}], p)
			}
		}
	}
	for territory := range reps {
		area := b.Area(territory)
		if area == nil {
			continue
		}
		for _, l := range area.Accounts() {
			if _, elsewhere := moved[l.Code]; !elsewhere {
				look(l, territory)
			}
		}
	}
	for account, territory := range moved {
		if l := b.Account(account); l != nil {
			look(l, territory)
		}
	}
	for rep := range leaving {
		for p := range b.Plan(rep) {
			if p.Date >= from && !deleted(p.Account) {
				found[[2]string{rep, ""}] = append(found[[2]string{rep, ""}], p)
			}
		}
	}
	var all []Parted
	for who, visits := range found {
		slices.SortFunc(visits, func(x, y PlannedVisit) int {
			return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Time, y.Time), cmp.Compare(x.Account, y.Account), cmp.Compare(x.Nth, y.Nth))
		})
		all = append(all, Parted{From: who[0], To: who[1], Leaves: leaving[who[0]], Visits: visits})
	}
	slices.SortFunc(all, func(x, y Parted) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	return all
}

// HandedOver are the visits as who takes them over has them: day, time and length stay.
// Where that rep has a visit at the account on the day already, both stand.
func (b *Book) HandedOver(p Parted) []Edit {
	taken := map[Key]bool{}
	for of := range b.Plan(p.To) {
		taken[of.Key()] = true
	}
	edits := make([]Edit, 0, len(p.Visits))
	for _, before := range p.Visits {
		after := before
		after.Rep, after.Nth = p.To, 0
		for taken[after.Key()] {
			after.Nth++
		}
		taken[after.Key()] = true
		edits = append(edits, Edit{Before: before, After: after})
	}
	return edits
}
