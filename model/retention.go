package model

// Retention: what of people's data goes by its age. Notes of visits and calls go after so
// many months; of what reps log and plan only the day is left. The rows themselves stay,
// so that no sum and no signal changes. What is held stays as it is.

import (
	"encoding/json"
	"strings"
	"time"
)

// Keeping is a kind of data that is kept for so long.
type Keeping string

// The kinds.
const (
	KeepingVisitNotes Keeping = "visit-notes"
	KeepingCallNotes  Keeping = "call-notes"
	KeepingTimes      Keeping = "times" // of day, and lengths, of reps' visits and plans
)

// Keepings lists them.
var Keepings = [...]Keeping{KeepingVisitNotes, KeepingCallNotes, KeepingTimes}

// Months is for how many months a kind is kept; 0: for good.
func (s Settings) Months(k Keeping) int {
	switch k {
	case KeepingVisitNotes:
		return s.KeepVisitNotes
	case KeepingCallNotes:
		return s.KeepCallNotes
	case KeepingTimes:
		return s.KeepTimes
	}
	return 0
}

// Aging says of each kind up to which day it goes, that day included; no day: nothing of
// it does.
type Aging map[Keeping]Date

// AgingOn is what goes by the settings on a day. A period ends with the day of the same
// number so many months later, or with the last of a month that has none; on the day after
// that its rows go.
func (s Settings) AgingOn(today Date) Aging {
	a := Aging{}
	for _, k := range Keepings {
		if months := s.Months(k); months > 0 {
			if last := lastGone(today, months); last >= FirstDate {
				a[k] = last
			}
		}
	}
	return a
}

// lastGone is the latest day whose period of so many months was over before a day.
func lastGone(today Date, months int) Date {
	t := today.Time()
	d := NewDate(t.Year(), t.Month()-time.Month(months), min(t.Day(), lastDay(t.Year(), t.Month()-time.Month(months))))
	for periodEnd(d+1, months) < today { // the 29th to 31st of a longer month
		d++
	}
	for periodEnd(d, months) >= today {
		d--
	}
	return d
}

// periodEnd is the last day of a period of so many months that begins with what happened
// on a day.
func periodEnd(d Date, months int) Date {
	t := d.Time()
	month := t.Month() + time.Month(months)
	return NewDate(t.Year(), month, min(t.Day(), lastDay(t.Year(), month)))
}

// lastDay is the number of the last day of a month, which may lie outside its year.
func lastDay(year int, month time.Month) int { return NewDate(year, month+1, 0).Time().Day() }

// Joined is what either lets go.
func (a Aging) Joined(b Aging) Aging {
	joined := Aging{}
	for _, k := range Keepings {
		if last := max(a[k], b[k]); last != 0 {
			joined[k] = last
		}
	}
	return joined
}

// Named are the kinds with their days, as the deletion book keeps them.
func (a Aging) Named() (names []string) {
	for _, k := range Keepings {
		if last := a[k]; last != 0 {
			names = append(names, string(k)+":"+last.String())
		}
	}
	return names
}

// Aged is what a line of the deletion book let go by its age; nothing for others.
func (e Erasure) Aged() Aging {
	a := Aging{}
	if e.Kind != EraseAged {
		return a
	}
	for _, name := range e.Names {
		kind, written, _ := strings.Cut(name, ":")
		if last, err := ParseDate(written); err == nil {
			a[Keeping(kind)] = last
		}
	}
	return a
}

// Gone are the kinds of what a record loses by its age.
type Gone struct{ Note, Time bool }

// Of is a record without what goes by its age, and what went. Whether its account is held
// is for the caller to know.
func (a Aging) Of(r Record) (Record, Gone) {
	switch v := r.(type) {
	case Visit:
		gone := Gone{v.Note != "" && v.Date <= a[KeepingVisitNotes], (v.Time != 0 || v.Minutes != 0) && v.Date <= a[KeepingTimes]}
		if gone.Note {
			v.Note = ""
		}
		if gone.Time {
			v.Time, v.Minutes = 0, 0
		}
		return v, gone
	case Call:
		gone := Gone{Note: v.Note != "" && v.Date <= a[KeepingCallNotes]}
		if gone.Note {
			v.Note = ""
		}
		return v, gone
	case PlannedVisit:
		gone := Gone{Time: (v.Time != 0 || v.Minutes != 0) && v.Date <= a[KeepingTimes]}
		if gone.Time {
			v.Time, v.Minutes = 0, 0
		}
		return v, gone
	case SettledVisit:
		gone := Gone{Time: (v.Time != 0 || v.Minutes != 0) && v.Date <= a[KeepingTimes]}
		if gone.Time {
			v.Time, v.Minutes = 0, 0
		}
		return v, gone
	case SetAside:
		return a.aside(v)
	}
	return r, Gone{}
}

// aside takes what goes out of values that stand aside. They are as old as the day on
// which they were set aside at least.
func (a Aging) aside(s SetAside) (SetAside, Gone) {
	var gone Gone
	without := func(last Date, names ...string) bool {
		if s.Date > last {
			return false
		}
		values, standing := withoutValues(s.Values, names), withoutValues(s.Standing, names)
		changed := values != s.Values || standing != s.Standing
		s.Values, s.Standing = values, standing
		return changed
	}
	switch s.Of {
	case TableVisits:
		gone.Note = without(a[KeepingVisitNotes], "note")
	case TableCalls:
		gone.Note = without(a[KeepingCallNotes], "note")
	}
	switch s.Of {
	case TableVisits, TablePlan, TableSettled:
		gone.Time = without(a[KeepingTimes], "time", "minutes")
	}
	return s, gone
}

// withoutValues empties fields of a record that is kept as JSON by their names.
func withoutValues(values string, names []string) string {
	var named map[string]json.RawMessage
	if json.Unmarshal([]byte(values), &named) != nil {
		return values
	}
	changed := false
	for _, name := range names {
		switch written := string(named[name]); written {
		case "", "null", "0", `""`:
		default:
			empty := json.RawMessage("0")
			if strings.HasPrefix(written, `"`) {
				empty = json.RawMessage(`""`)
			}
			named[name], changed = empty, true
		}
	}
	if !changed {
		return values
	}
	data, err := json.Marshal(named)
	if err != nil {
		return values
	}
	return string(data)
}
