package model

// How a change reaches the Book. Each record's change touches the smallest part
// of the picture that depends on it; applying changes in any order, or loading
// the outcome afresh, gives the same Book.

import "slices"

// Apply brings the Book up to date with a change that has happened. A change
// with Reload set cannot be applied; the caller takes a new Book instead.
func (b *Book) Apply(change Change) {
	b.revision++
	for _, edit := range change.Edits {
		record := edit.After
		if record == nil {
			record = edit.Before
		}
		switch record.(type) {
		case Visit:
			b.applyVisit(edit)
		case Call:
			b.applyCall(edit)
		case PlannedVisit:
			b.applyPlanned(edit)
		case Account:
			b.applyAccount(edit)
		case Answer:
			b.applyAnswer(edit)
		case FollowUp:
			b.applyFollowUp(edit)
		case OutList:
			b.applyOutList(edit)
		case Contact:
			b.applyContact(edit)
		case OptOut:
			b.applyOptOut(edit)
		case Territory:
			b.applyTerritory(edit)
		case Rep:
			b.applyRep(edit)
		case Campaign:
			b.applyCampaign(edit)
		case Person:
			b.applyPerson(edit)
		case Absence:
			b.applyAbsence(edit)
		case Settings:
			b.applySettings(edit)
		}
	}
}

func (b *Book) applyVisit(edit Edit) {
	if v, ok := edit.Before.(Visit); ok {
		b.countVisit(v, Days.Remove)
	}
	if v, ok := edit.After.(Visit); ok {
		b.countVisit(v, Days.Add)
	}
}

func (b *Book) countVisit(v Visit, count func(Days, Date) Days) {
	if v.Rep != "" {
		b.setReports(v.Rep, count(b.reports[v.Rep], v.Date))
	}
	if customer := b.accounts.get(v.Account); customer != nil && v.Kind == VisitMet {
		customer.Visits = count(customer.Visits, v.Date)
		b.touch(customer.Territory)
	}
}

// setReports also refreshes the rep's territories: reports that are missing
// depend on them.
func (b *Book) setReports(rep string, days Days) {
	if len(days) == 0 {
		delete(b.reports, rep)
	} else {
		b.reports[rep] = days
	}
	b.revision++
	for _, area := range b.areasOf(rep) {
		area.findings = b.revision
	}
}

func (b *Book) applyCall(edit Edit) {
	if c, ok := edit.Before.(Call); ok {
		if customer := b.accounts.get(c.Account); customer != nil {
			customer.Calls = customer.Calls.Remove(CallMark{c.Date, c.Outcome})
			b.touch(customer.Territory)
			b.callChanged(c)
		}
	}
	if c, ok := edit.After.(Call); ok {
		if customer := b.accounts.get(c.Account); customer != nil {
			customer.Calls = customer.Calls.Add(CallMark{c.Date, c.Outcome})
			b.touch(customer.Territory)
			b.callChanged(c)
		}
	}
}

func (b *Book) applyPlanned(edit Edit) {
	if p, ok := edit.Before.(PlannedVisit); ok {
		key := p.Key()
		delete(b.planned[p.Rep], p.at())
		if len(b.planned[p.Rep]) == 0 {
			delete(b.planned, p.Rep)
		}
		if customer := b.accounts.get(p.Account); customer != nil {
			customer.Planned = slices.DeleteFunc(slices.Clone(customer.Planned), func(q PlannedVisit) bool { return q.Key() == key })
			b.touch(customer.Territory)
		}
		b.touchRep(p.Rep)
	}
	if p, ok := edit.After.(PlannedVisit); ok {
		b.LoadPlanned(p)
		if customer := b.accounts.get(p.Account); customer != nil {
			b.touch(customer.Territory)
		}
		b.touchRep(p.Rep)
	}
}

// LoadPlanned adds a planned visit. It may be used on its own for a Book that is
// being built, once the accounts are loaded.
func (b *Book) LoadPlanned(p PlannedVisit) {
	of := b.planned[p.Rep]
	if of == nil {
		of = plan{}
		b.planned[p.Rep] = of
	}
	of[p.at()] = plannedHow{p.Time, p.Minutes}
	if customer := b.accounts.get(p.Account); customer != nil {
		customer.Planned = append(slices.Clip(customer.Planned), p)
	}
}

// LoadContact adds a person at an account. It may be used on its own for a Book
// that is being built, once the accounts are loaded.
func (b *Book) LoadContact(c Contact) {
	if customer := b.accounts.get(c.Account); customer != nil {
		customer.Contacts = append(slices.Clip(customer.Contacts), c)
	}
}

func (b *Book) applyContact(edit Edit) {
	if c, ok := edit.Before.(Contact); ok {
		if customer := b.accounts.get(c.Account); customer != nil {
			customer.Contacts = slices.DeleteFunc(slices.Clone(customer.Contacts), func(other Contact) bool { return other.Name == c.Name })
			if len(customer.Contacts) == 0 {
				customer.Contacts = nil
			}
		}
	}
	if c, ok := edit.After.(Contact); ok {
		b.LoadContact(c)
	}
}

// LoadOptOut adds a line of the book of opt-outs. It may be used on its own for a
// Book that is being built.
func (b *Book) LoadOptOut(o OptOut) {
	for _, who := range []string{o.Account, o.Number} {
		if who != "" {
			b.optedOut[who] = append(b.optedOut[who], o)
		}
	}
}

// applyOptOut takes in a line of the book of opt-outs; lines are never taken out.
func (b *Book) applyOptOut(edit Edit) {
	o, ok := edit.After.(OptOut)
	if !ok {
		return
	}
	if edit.Before == nil {
		b.LoadOptOut(o)
	} else {
		for _, who := range []string{o.Account, o.Number} {
			lines := slices.Clone(b.optedOut[who])
			if i := slices.IndexFunc(lines, func(other OptOut) bool { return other.Account == o.Account && other.Number == o.Number }); i >= 0 {
				lines[i] = o
				b.optedOut[who] = lines
			}
		}
	}
	b.touchRefusals()
}

// OptedOut reports whether on a day the book of opt-outs holds an account, by its
// code, or a telephone number, in its hashed form.
func (b *Book) OptedOut(accountOrNumber string, on Date) bool {
	for _, o := range b.optedOut[accountOrNumber] {
		if o.Since <= on && (o.Lifted == 0 || on < o.Lifted) {
			return true
		}
	}
	return false
}

func (b *Book) applyAccount(edit Edit) {
	before, existed := edit.Before.(Account)
	after, exists := edit.After.(Account)
	var customer *Customer
	if existed {
		if customer = b.accounts.get(before.Code); customer != nil {
			b.leave(customer)
			b.accounts.remove(before.Code)
			if b.mayRefuse(customer) {
				b.touchRefusals()
			}
		}
	}
	if !exists {
		return
	}
	// The customer is made anew, since signals shown on a screen may still hold the
	// old one.
	fresh := &Customer{Account: after}
	if customer != nil {
		fresh.Visits, fresh.Calls, fresh.Planned, fresh.Contacts = customer.Visits, customer.Calls, customer.Planned, customer.Contacts
	}
	b.Load(fresh)
	if b.mayRefuse(fresh) {
		b.touchRefusals()
	}
}

func (b *Book) applyTerritory(edit Edit) {
	b.sorted.Store(nil)
	b.byRep.Store(nil)
	t, ok := edit.After.(Territory)
	if before, was := edit.Before.(Territory); was && before.Country != t.Country || !was && t.Country != "" {
		b.touchRefusals() // telephone numbers may be of another country
	}
	if ok {
		area := b.area(t.Code)
		area.Territory, area.Known = t, true
		b.touched(area)
		return
	}
	t = edit.Before.(Territory)
	if area := b.areas[t.Code]; area != nil {
		area.Territory, area.Known = Territory{Code: t.Code}, false
		b.touched(area)
		b.drop(area)
	}
}

func (b *Book) applyRep(edit Edit) {
	if r, ok := edit.After.(Rep); ok {
		b.reps[r.Code] = r
		b.touchRep(r.Code)
		return
	}
	r := edit.Before.(Rep)
	delete(b.reps, r.Code)
	b.touchRep(r.Code)
}

func (b *Book) applyCampaign(edit Edit) {
	b.ordered.Store(nil)
	if c, ok := edit.Before.(Campaign); ok {
		delete(b.campaigns, c.Code)
		b.touchCampaign(c)
	}
	if c, ok := edit.After.(Campaign); ok {
		b.campaigns[c.Code] = c
		b.touchCampaign(c)
	}
}

func (b *Book) applySettings(edit Edit) {
	s, ok := edit.After.(Settings)
	if !ok {
		s = DefaultSettings()
	}
	if s == b.settings {
		return
	}
	b.settings, b.ranks = s, s.Classes.ranks()
	b.touchAll()
	b.touchRefusals()
}

// touched marks what was computed of an area as out of date.
func (b *Book) touched(area *Area) {
	b.revision++
	area.facts, area.findings, area.grounds = b.revision, b.revision, b.revision
}

func (b *Book) touch(territory string) {
	if area := b.areas[territory]; area != nil {
		b.touched(area)
	}
}

// callChanged sees to the opt-outs among calls.
func (b *Book) callChanged(c Call) {
	if c.Outcome == CallOptOut {
		b.refusing[c.Account] = true
		b.touchRefusals()
	}
}

// touchAllFindings marks the signals, not the numbers, of all territories.
func (b *Book) touchAllFindings() {
	b.revision++
	for _, area := range b.areas {
		area.findings, area.grounds = b.revision, b.revision
	}
}

func (b *Book) touchAll() {
	for _, area := range b.areas {
		b.touched(area)
	}
}

// touchRep marks the signals, not the numbers, of a rep's territories, and of those for
// whose rep the rep stands in.
func (b *Book) touchRep(rep string) {
	b.revision++
	b.touchAreasOf(rep)
	for _, covered := range b.covered[rep] {
		b.touchAreasOf(covered)
	}
}

func (b *Book) touchAreasOf(rep string) {
	for _, area := range b.areasOf(rep) {
		area.findings, area.grounds = b.revision, b.revision
	}
}

func (b *Book) touchCampaign(c Campaign) {
	b.revision++
	for _, area := range b.areas {
		if area.Known && c.Names(area.Territory) {
			area.findings, area.grounds = b.revision, b.revision
		}
	}
}
