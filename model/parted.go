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
		slices.SortFunc(visits, byTime)
		all = append(all, Parted{From: who[0], To: who[1], Leaves: leaving[who[0]], Visits: visits})
	}
	slices.SortFunc(all, func(x, y Parted) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	return all
}

// PlansAnswer says what becomes of planned visits that are parted from their rep.
type PlansAnswer string

// The answers.
const (
	PlansHandOver PlansAnswer = "hand-over" // to who has the accounts then; day, time and length stay
	PlansFree     PlansAnswer = "free"      // the accounts are up for planning again
	PlansKeep     PlansAnswer = "keep"      // with the rep who has them
)

// PlansAnswers lists them.
var PlansAnswers = [...]PlansAnswer{PlansHandOver, PlansFree, PlansKeep}

// PartedVisits counts the visits of all.
func PartedVisits(all []Parted) (count int) {
	for _, p := range all {
		count += len(p.Visits)
	}
	return count
}

// AnswerParted are the edits that an answer makes of parted visits; taken says whether a
// planned visit stands under a key already. What is to be handed over and nobody takes
// stays, unless its rep goes: then it is freed, for a visit never belongs to nobody.
func AnswerParted(all []Parted, answer PlansAnswer, taken func(Key) bool) (edits []Edit) {
	given := map[Key]bool{}
	for _, p := range all {
		switch {
		case answer == PlansFree, p.Leaves && (answer == PlansKeep || p.To == ""):
			for _, visit := range p.Visits {
				edits = append(edits, Edit{Before: visit})
			}
		case answer == PlansHandOver && p.To != "":
			edits = append(edits, handedOver(p, func(key Key) bool { return given[key] || taken(key) }, given)...)
		}
	}
	return edits
}

// handedOver are the visits as who takes them over has them; given are the keys they get.
func handedOver(p Parted, taken func(Key) bool, given map[Key]bool) []Edit {
	edits := make([]Edit, 0, len(p.Visits))
	for _, before := range p.Visits {
		after := before
		after.Rep, after.Nth = p.To, 0
		for taken(after.Key()) {
			after.Nth++
		}
		given[after.Key()] = true
		edits = append(edits, Edit{Before: before, After: after})
	}
	return edits
}

// PlanTaken says under which keys a rep's planned visits stand.
func (b *Book) PlanTaken() func(Key) bool {
	of := map[string]map[Key]bool{}
	return func(key Key) bool {
		taken, known := of[key.By]
		if !known {
			taken = map[Key]bool{}
			for p := range b.Plan(key.By) {
				taken[p.Key()] = true
			}
			of[key.By] = taken
		}
		return taken[key]
	}
}

// HandedOver are the visits as who takes them over has them: day, time and length stay.
// Where that rep has a visit at the account on the day already, both stand.
func (b *Book) HandedOver(p Parted) []Edit {
	return AnswerParted([]Parted{p}, PlansHandOver, b.PlanTaken())
}

// Leaving are the reps whom a change leaves without anybody: whose record goes, or the last
// of whose people is let in no more. In order of their codes.
func (b *Book) Leaving(after []Record, gone []Key) (reps []string) {
	out := map[string]bool{} // people who are let in no more
	var were []string        // the reps they are
	people := map[string]Person{}
	for _, p := range b.People() {
		people[p.Code] = p
	}
	leave := func(code string) {
		if p, known := people[code]; known && !p.Inactive && p.Rep != "" {
			were = append(were, p.Rep)
		}
		out[code] = true
	}
	for _, key := range gone {
		switch key.Table {
		case TableReps:
			reps = append(reps, key.Code)
		case TablePeople:
			leave(key.Code)
		}
	}
	for _, record := range after {
		if p, ok := record.(Person); ok && p.Inactive {
			leave(p.Code)
		}
	}
	for _, rep := range were {
		if !slices.ContainsFunc(b.People(), func(p Person) bool { return p.Rep == rep && !p.Inactive && !out[p.Code] }) {
			reps = append(reps, rep)
		}
	}
	slices.Sort(reps)
	return slices.Compact(reps)
}

// Succeeded is what hands all that a rep has on to another: the territories, and the visits
// planned from a day on. To nobody the territories become vacant, and the visits free.
func (b *Book) Succeeded(rep, heir string, from Date) (edits []Edit) {
	for _, area := range b.areasOf(rep) {
		if area.Known {
			after := area.Territory
			after.Rep = heir
			edits = append(edits, Edit{Before: area.Territory, After: after})
		}
	}
	p := Parted{From: rep, To: heir, Leaves: true}
	for visit := range b.Plan(rep) {
		if visit.Date >= from {
			p.Visits = append(p.Visits, visit)
		}
	}
	slices.SortFunc(p.Visits, byTime)
	return append(edits, AnswerParted([]Parted{p}, PlansHandOver, b.PlanTaken())...)
}

// Ahead counts a rep's territories on record and the visits planned from a day on.
func (b *Book) Ahead(rep string, from Date) (territories, visits int) {
	for _, area := range b.areasOf(rep) {
		if area.Known {
			territories++
		}
	}
	for visit := range b.Plan(rep) {
		if visit.Date >= from {
			visits++
		}
	}
	return territories, visits
}

// byTime orders planned visits by day, time and account.
func byTime(x, y PlannedVisit) int {
	return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Time, y.Time), cmp.Compare(x.Account, y.Account), cmp.Compare(x.Nth, y.Nth))
}
