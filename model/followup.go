package model

// What a call leaves to be done: to call again as promised, to confirm a visit that
// the customer wishes, to find the right number.

import (
	"bytes"
	"cmp"
	"slices"
)

// FollowUpKind says what is left to be done.
type FollowUpKind string

// The kinds.
const (
	FollowCall   FollowUpKind = "call"   // the customer was promised another call
	FollowVisit  FollowUpKind = "visit"  // the customer wishes a visit, which sales confirms
	FollowNumber FollowUpKind = "number" // the number reaches somebody else
)

// FollowUpState says what became of it.
type FollowUpState string

// The states; the empty one is open.
const (
	FollowOpen      FollowUpState = ""
	FollowDone      FollowUpState = "done"      // called as promised
	FollowConfirmed FollowUpState = "confirmed" // the visit is planned
	FollowDeclined  FollowUpState = "declined"  // sales will not come
)

// FollowUp is one thing that a call left to be done. Follow-ups are told apart by
// their identity alone.
type FollowUp struct {
	ID      RowID
	Account string
	Kind    FollowUpKind
	Date    Date // of the call
	Time    Clock
	By      string // who called, as calls name them
	Due     Date   // when the customer is to be called, or visited; 0: no day was named
	At      Clock
	// For is who will call, as calls name them; "": whoever is there. A visit is always
	// the territory's rep's.
	For      string
	Campaign string
	Number   string // the number that is wrong, as it stood on record
	Note     string
	State    FollowUpState
	Answered Date   // when it was done, confirmed or declined
	Answerer string // by whom
	Reply    string // why it was declined
}

// Key implements Record.
func (f FollowUp) Key() Key {
	return Key{Table: TableFollowUps, Code: f.Account, Date: f.Date, By: string(f.Kind), ID: f.ID}
}

// FollowUpFields describe a follow-up.
var FollowUpFields = Fields[FollowUp]{
	{Name: "row", At: func(f *FollowUp) any { return &f.ID }},
	{Name: "account", At: func(f *FollowUp) any { return &f.Account }},
	{Name: "kind", At: func(f *FollowUp) any { return &f.Kind }},
	{Name: "date", At: func(f *FollowUp) any { return &f.Date }},
	{Name: "time", At: func(f *FollowUp) any { return &f.Time }},
	{Name: "by", At: func(f *FollowUp) any { return &f.By }},
	{Name: "due", At: func(f *FollowUp) any { return &f.Due }},
	{Name: "at", At: func(f *FollowUp) any { return &f.At }},
	{Name: "for", At: func(f *FollowUp) any { return &f.For }},
	{Name: "campaign", At: func(f *FollowUp) any { return &f.Campaign }},
	{Name: "number", At: func(f *FollowUp) any { return &f.Number }},
	{Name: "note", At: func(f *FollowUp) any { return &f.Note }},
	{Name: "state", At: func(f *FollowUp) any { return &f.State }},
	{Name: "answered", At: func(f *FollowUp) any { return &f.Answered }},
	{Name: "answerer", At: func(f *FollowUp) any { return &f.Answerer }},
	{Name: "reply", At: func(f *FollowUp) any { return &f.Reply }},
}

func checkFollowUp(f FollowUp) (field, reason string) {
	switch {
	case !f.Date.inRange():
		return "date", "date"
	case f.Due != 0 && !f.Due.inRange():
		return "due", "date"
	case f.Due != 0 && f.Due < f.Date:
		return "due", "order"
	}
	switch f.Kind {
	case FollowCall:
		if f.Due == 0 {
			return "due", "empty"
		}
	case FollowVisit:
		if f.State == FollowDeclined && f.Reply == "" {
			return "reply", "empty"
		}
	case FollowNumber:
		if f.Number == "" {
			return "number", "empty"
		}
	default:
		return "kind", "range"
	}
	switch f.State {
	case FollowOpen, FollowDone, FollowConfirmed, FollowDeclined:
		return "", ""
	}
	return "state", "range"
}

// FollowUps is what calls at an account left to be done, in the order in which it
// came up, also what has been answered since. The caller must not change the slice.
func (b *Book) FollowUps(account string) []FollowUp { return b.followUps[account] }

// AllFollowUps are those of all accounts that are on record, by account code.
func (b *Book) AllFollowUps() (list []FollowUp) {
	for account, of := range b.followUps {
		if b.accounts.get(account) != nil {
			list = append(list, of...)
		}
	}
	slices.SortFunc(list, func(x, y FollowUp) int { return cmp.Or(cmp.Compare(x.Account, y.Account), orderOfFollowUps(x, y)) })
	return list
}

func orderOfFollowUps(x, y FollowUp) int {
	return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Time, y.Time), bytes.Compare(x.ID[:], y.ID[:]))
}

func (b *Book) applyFollowUp(edit Edit) {
	if f, ok := edit.Before.(FollowUp); ok {
		b.followUps[f.Account] = slices.DeleteFunc(slices.Clone(b.followUps[f.Account]), func(o FollowUp) bool { return o.ID == f.ID })
		if len(b.followUps[f.Account]) == 0 {
			delete(b.followUps, f.Account)
		}
		b.followUpChanged(f)
	}
	if f, ok := edit.After.(FollowUp); ok {
		list := append(slices.Clone(b.followUps[f.Account]), f)
		slices.SortFunc(list, orderOfFollowUps)
		b.followUps[f.Account] = list
		b.followUpChanged(f)
	}
}

func (b *Book) followUpChanged(f FollowUp) {
	if customer := b.accounts.get(f.Account); customer != nil {
		b.touch(customer.Territory)
	}
}

// Promise is the call that the customer was promised and that is still owed on the
// day; of several the one that is due first.
func (d *Day) Promise(l *Customer) (promise FollowUp, owed bool) {
	for _, f := range d.Promises(l) {
		if !owed || f.Due < promise.Due || f.Due == promise.Due && f.At < promise.At {
			promise, owed = f, true
		}
	}
	return promise, owed
}

// Promises are the calls that the customer was promised and that are still owed on the
// day. A call that was made since, by whatever way it came in, keeps a promise; an
// account that is not active is owed none.
func (d *Day) Promises(l *Customer) (owed []FollowUp) {
	for _, f := range d.book.followUps[l.Code] {
		if f.Kind == FollowCall && f.State == FollowOpen && f.Date <= d.date && !l.Inactive && !d.calledAsPromised(l, f) {
			owed = append(owed, f)
		}
	}
	return owed
}

func (d *Day) calledAsPromised(l *Customer, f FollowUp) bool {
	for call := range l.Calls.All() {
		if call.Date <= d.date && call.Date > f.Date && call.Date >= f.Due {
			return true
		}
	}
	return false
}

// Wished are the visits that the customer wishes and that sales has not answered. A
// visit since the call, or a plan for the day, answers it, too.
func (d *Day) Wished(l *Customer) (wished []FollowUp) {
	for _, f := range d.book.followUps[l.Code] {
		if f.Kind != FollowVisit || f.State != FollowOpen || f.Date > d.date || l.Inactive || l.Visits.OnOrBefore(d.date) > f.Date {
			continue
		}
		if f.Due != 0 && slices.ContainsFunc(l.Planned, func(p PlannedVisit) bool { return p.Date == f.Due }) {
			continue
		}
		wished = append(wished, f)
	}
	return wished
}

// Confirmed is a wished visit that somebody has planned on a day.
func (f FollowUp) Confirmed(day Date, by string) FollowUp {
	f.State, f.Answered, f.Answerer = FollowConfirmed, day, by
	return f
}

// Elsewhere is what became of a visit that was agreed to and is not where the customer was
// told: the one that stands in the plan instead, on another day or at another time, the
// zero one where none stands there any more. It is over with the day that was told, and
// with a visit since the call.
func (d *Day) Elsewhere(f FollowUp) (instead PlannedVisit, elsewhere bool) {
	l := d.book.accounts.get(f.Account)
	if l == nil || f.Kind != FollowVisit || f.State != FollowConfirmed || f.Due < d.date || l.Inactive || l.Visits.OnOrBefore(d.date) > f.Date {
		return PlannedVisit{}, false
	}
	for _, p := range l.Planned {
		switch {
		case p.Date == f.Due && (p.Time == f.At || p.Time == 0 || f.At == 0):
			return PlannedVisit{}, false
		case p.Date >= d.date && (instead.Account == "" || apart(p.Date, f.Due) < apart(instead.Date, f.Due)):
			instead = p
		}
	}
	return instead, true
}

// NotAsTold are the customer's visits that were agreed to and stand Elsewhere.
func (d *Day) NotAsTold(l *Customer) (list []FollowUp) {
	for _, f := range d.book.followUps[l.Code] {
		if _, elsewhere := d.Elsewhere(f); elsewhere {
			list = append(list, f)
		}
	}
	return list
}

// apart is how many days lie between two.
func apart(a, b Date) Date { return max(a-b, b-a) }

// Told is a visit that was agreed to and of which the customer has been told that it
// takes place on another day or at another time.
func (f FollowUp) Told(instead PlannedVisit) FollowUp {
	f.Due, f.At = instead.Date, instead.Time
	return f
}

// WrongNumber reports whether a call found that the account's number, as it stands,
// reaches somebody else. Another number on record ends it.
func (b *Book) WrongNumber(l *Customer) bool {
	for _, f := range b.followUps[l.Code] {
		if f.Kind == FollowNumber && f.State == FollowOpen && f.Number == l.Phone {
			return true
		}
	}
	return false
}

// AwayPerson reports whether somebody, as calls name them, is not there on a day: let
// in no more, or away as the rep they are.
func (b *Book) AwayPerson(name string, day Date) bool {
	for _, p := range b.people {
		if p.Name != name && p.Code != name {
			continue
		}
		if p.Inactive {
			return true
		}
		if p.Rep != "" {
			_, gone := b.Gone(p.Rep, day)
			return gone
		}
	}
	return false
}
