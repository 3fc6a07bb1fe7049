package model

// What became of planned visits. A plan that was ticked off leaves this behind, so that a
// past week goes on showing what was planned, and so that what was dropped can be counted
// by its reason.

import "strconv"

// What may become of a planned visit.
const (
	BecameMet     = "met"
	BecameNotMet  = "not-met"
	BecameDropped = "dropped"
)

// The reasons for which planned visits are dropped. A team may use words of its own.
const (
	DroppedByCustomer = "customer" // the customer called it off
	DroppedIll        = "ill"      // the rep was
	DroppedNoTime     = "no-time"
	DroppedOther      = "other"
)

// DroppedReasons lists them.
var DroppedReasons = [...]string{DroppedByCustomer, DroppedIll, DroppedNoTime, DroppedOther}

// SettledVisit is a planned visit that is over, with what became of it. It is no visit: one
// that took place is on record as such besides, and only that counts for the rules.
type SettledVisit struct {
	Rep     string
	Date    Date
	Account string
	Time    Clock
	Minutes int
	Nth     int    // as the planned visit's
	Became  string // BecameMet, BecameNotMet or BecameDropped
	Reason  string // why it was dropped; "": not said
}

// Key implements Record.
func (s SettledVisit) Key() Key {
	key := Key{Table: TableSettled, Code: s.Account, Date: s.Date, By: s.Rep}
	if s.Nth > 0 {
		key.Ref = strconv.Itoa(s.Nth)
	}
	return key
}

// Settle is what a planned visit leaves behind.
func (p PlannedVisit) Settle(became, reason string) SettledVisit {
	return SettledVisit{Rep: p.Rep, Date: p.Date, Account: p.Account, Time: p.Time, Minutes: p.Minutes, Nth: p.Nth, Became: became, Reason: reason}
}

// SettledFields describe a settled visit.
var SettledFields = Fields[SettledVisit]{
	{Name: "rep", At: func(s *SettledVisit) any { return &s.Rep }},
	{Name: "account", At: func(s *SettledVisit) any { return &s.Account }},
	{Name: "date", At: func(s *SettledVisit) any { return &s.Date }},
	{Name: "time", At: func(s *SettledVisit) any { return &s.Time }},
	{Name: "minutes", At: func(s *SettledVisit) any { return &s.Minutes }},
	{Name: "nth", At: func(s *SettledVisit) any { return &s.Nth }},
	{Name: "became", At: func(s *SettledVisit) any { return &s.Became }},
	{Name: "reason", At: func(s *SettledVisit) any { return &s.Reason }},
}

func checkSettled(s SettledVisit) (field, reason string) {
	switch {
	case s.Nth < 0 || s.Nth >= mostADay:
		return "nth", "range"
	case s.Became != BecameMet && s.Became != BecameNotMet && s.Became != BecameDropped:
		return "became", "range"
	case len(s.Reason) > MaximumName:
		return "reason", "range"
	}
	return checkRow(s.Date, s.Rep)
}
