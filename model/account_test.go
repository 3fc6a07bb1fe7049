package model_test

// The numbers of one account on a day, at every boundary of the rules.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestStandingOfAnAccount(t *testing.T) {
	const (
		isNew   = model.StateNew
		onTrack = model.StateOnTrack
		due     = model.StateDue
		overdue = model.StateOverdue
		never   = model.StateNever
	)
	for _, test := range []struct {
		name     string
		class    model.Class
		interval int // the account's own; 0: the class's
		since    int // days ago; 0: unknown, below 0: to come
		lastMet  int // days ago; -1: never
		want     model.State
		ratio    float64
	}{
		// ratio = age / interval; due from 0.70 up to and including 1.
		{"A on the day of the visit", "A", 0, 0, 0, onTrack, 0},
		{"A 20/30 = 0.67", "A", 0, 0, 20, onTrack, 20.0 / 30},
		{"A 21/30 = 0.70 exactly", "A", 0, 0, 21, due, 0.7},
		{"A 30/30 = 1 exactly", "A", 0, 0, 30, due, 1},
		{"A 31/30", "A", 0, 0, 31, overdue, 31.0 / 30},
		{"B 62/90 = 0.69", "B", 0, 0, 62, onTrack, 62.0 / 90},
		{"B 63/90 = 0.70 exactly", "B", 0, 0, 63, due, 0.7},
		{"B 90/90 = 1 exactly", "B", 0, 0, 90, due, 1},
		{"B 91/90", "B", 0, 0, 91, overdue, 91.0 / 90},
		{"C 125/180", "C", 0, 0, 125, onTrack, 125.0 / 180},
		{"C 126/180 = 0.70 exactly", "C", 0, 0, 126, due, 0.7},
		{"C 180/180 = 1 exactly", "C", 0, 0, 180, due, 1},
		{"C 181/180", "C", 0, 0, 181, overdue, 181.0 / 180},
		{"no class counts as C", "", 0, 0, 180, due, 1},
		// An interval of its own goes before the class's.
		{"own interval 4/7 = 0.57", "A", 7, 0, 4, onTrack, 4.0 / 7},
		{"own interval 5/7 = 0.71", "A", 7, 0, 5, due, 5.0 / 7},
		{"own interval 7/10 = 0.70 exactly", "A", 10, 0, 7, due, 0.7},
		{"own interval 10/10 = 1 exactly", "A", 10, 0, 10, due, 1},
		{"own interval longer than the class's", "A", 100, 0, 31, onTrack, 0.31},
		{"an interval of a day, today", "A", 1, 0, 0, onTrack, 0},
		{"an interval of a day, yesterday", "A", 1, 0, 1, due, 1},
		{"an interval of a day, two days ago", "A", 1, 0, 2, overdue, 2},
		// Never visited: new while the day is less than interval days after since.
		{"customer since today", "A", 0, 1, -1, isNew, 0},
		{"customer for 29 of 30 days", "A", 0, 29, -1, isNew, 0},
		{"customer for 30 of 30 days", "A", 0, 30, -1, never, 0},
		{"customer for 89 of 90 days", "B", 0, 89, -1, isNew, 0},
		{"customer for 90 of 90 days", "B", 0, 90, -1, never, 0},
		{"own interval decides about new, too", "A", 7, 7, -1, never, 0},
		{"customer from next week on", "A", 0, -7, -1, isNew, 0},
		{"since unknown", "A", 0, 0, -1, never, 0},
		{"visited, since does not matter", "A", 0, 3, 31, overdue, 31.0 / 30},
	} {
		t.Run(test.name, func(t *testing.T) {
			account := model.Account{Code: "K", Territory: "T", Class: test.class, Interval: test.interval}
			if test.since != 0 {
				account.Since = ago(test.since)
			}
			w := newWorld(account)
			if test.lastMet >= 0 {
				w.put(met("K", ago(test.lastMet)))
			}
			b := w.book()
			s := b.On(today).Standing(b.Account("K"))
			require.Equal(t, test.want, s.State)
			require.InDelta(t, test.ratio, s.Ratio(), 1e-12)
			covered := test.want == onTrack || test.want == due
			require.Equal(t, covered, s.Covered())
			require.Equal(t, covered, s.Contacted, "without calls, contacted is covered")
		})
	}
}

func TestLatestCountedVisit(t *testing.T) {
	with := func(day model.Date, kind model.VisitKind) model.Visit {
		return model.Visit{Account: "K", Date: day, Kind: kind, Rep: "R1"}
	}
	for _, test := range []struct {
		name   string
		visits []model.Record
		last   model.Date
		state  model.State
	}{
		{"nobody there does not count", []model.Record{with(ago(40), model.VisitMet), with(ago(1), model.VisitNotMet)}, ago(40), model.StateOverdue},
		{"another report does not count", []model.Record{with(ago(40), model.VisitMet), with(ago(1), model.VisitOther)}, ago(40), model.StateOverdue},
		{"only such rows: never", []model.Record{with(ago(3), model.VisitNotMet), with(ago(1), model.VisitOther)}, 0, model.StateNever},
		{"today counts", []model.Record{with(today, model.VisitMet)}, today, model.StateOnTrack},
		{"tomorrow does not exist", []model.Record{with(ago(40), model.VisitMet), with(ahead(1), model.VisitMet)}, ago(40), model.StateOverdue},
		{"only tomorrow: never", []model.Record{with(ahead(1), model.VisitMet)}, 0, model.StateNever},
		{"the latest of several", []model.Record{with(ago(90), model.VisitMet), with(ago(20), model.VisitMet), with(ago(200), model.VisitMet)}, ago(20), model.StateOnTrack},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(model.Account{Code: "K", Territory: "T", Class: "A"})
			w.put(test.visits...)
			b := w.book()
			s := b.On(today).Standing(b.Account("K"))
			require.Equal(t, test.last, s.Last)
			require.Equal(t, test.state, s.State)
		})
	}
}

// A call is worth half a visit: an account reached within half its interval is
// contacted, but neither visited nor covered.
func TestCallsThatReachAnAccount(t *testing.T) {
	type calls []model.Record
	at := func(daysAgo int, outcome model.CallOutcome) model.Record {
		return telephoned("K", ago(daysAgo), outcome)
	}
	for _, test := range []struct {
		name      string
		interval  int
		calls     calls
		contacted bool
	}{
		{"15 = 0.5 × 30 days ago", 30, calls{at(15, model.CallReached)}, true},
		{"16 days ago", 30, calls{at(16, model.CallReached)}, false},
		{"15 of 31 days: half is 15.5", 31, calls{at(15, model.CallReached)}, true},
		{"16 of 31 days", 31, calls{at(16, model.CallReached)}, false},
		{"90 of 180 days", 180, calls{at(90, model.CallReached)}, true},
		{"91 of 180 days", 180, calls{at(91, model.CallReached)}, false},
		{"today, interval of a day", 1, calls{at(0, model.CallReached)}, true},
		{"yesterday, interval of a day: half is 0.5", 1, calls{at(1, model.CallReached)}, false},
		{"yesterday, interval of two days", 2, calls{at(1, model.CallReached)}, true},
		{"an appointment reached", 30, calls{at(5, model.CallAppointment)}, true},
		{"declined reached", 30, calls{at(5, model.CallDeclined)}, true},
		{"opt-out is no contact", 30, calls{at(5, model.CallOptOut)}, false},
		{"opt-out ends the contact", 30, calls{at(5, model.CallOptOut), at(8, model.CallReached)}, false},
		{"opt-out on the day of a call", 30, calls{at(5, model.CallReached), at(5, model.CallOptOut)}, false},
		{"spoken to again after an opt-out", 30, calls{at(5, model.CallOptOut), at(3, model.CallReached)}, true},
		{"not reached", 30, calls{at(5, model.CallNotReached)}, false},
		{"reached before an attempt in vain", 30, calls{at(10, model.CallReached), at(5, model.CallNotReached)}, true},
		{"reached too long ago, then in vain", 30, calls{at(16, model.CallReached), at(5, model.CallNotReached)}, false},
		{"tomorrow does not exist", 30, calls{at(-1, model.CallReached)}, false},
		{"tomorrow, and long ago", 30, calls{at(-1, model.CallReached), at(16, model.CallReached)}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(model.Account{Code: "K", Territory: "T", Class: "A", Interval: test.interval}, met("K", ago(1000)))
			w.put(test.calls...)
			b := w.book()
			s := b.On(today).Standing(b.Account("K"))
			require.Equal(t, test.contacted, s.Contacted)
			require.Equal(t, model.StateOverdue, s.State, "a call never resets the latest visit")
			require.False(t, s.Covered())
			require.Equal(t, 1000, s.Age)
		})
	}
}
