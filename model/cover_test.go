package model_test

// Who stands in: the room that it gives, in worked numbers, and the visits it is asked about.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// As in TestRoomWithoutTheDaysTheRepIsAway: 21 working days, R1 makes 25 visits a week; R2,
// who stands in, makes 10.
func TestTheRoomOfWhoStandsIn(t *testing.T) {
	away := func(rep, from, to, cover string) model.Absence {
		return model.Absence{Rep: rep, From: date(from), To: date(to), Cover: cover}
	}
	week := away("R1", "2026-12-07", "2026-12-13", "R2")
	planned := func(rep, day string) model.PlannedVisit {
		return model.PlannedVisit{Rep: rep, Account: "K1", Date: date(day)}
	}
	for _, c := range []struct {
		name                  string
		records               []model.Record
		room, cover, halvesBy int
	}{
		{"nobody", []model.Record{away("R1", "2026-12-07", "2026-12-13", "")}, 80, 0, 0},
		{"a week of who makes 10", []model.Record{week}, 90, 10, 10},
		{"less what R2 has planned in these days, not in others", []model.Record{week, planned("R2", "2026-12-08"), planned("R2", "2026-12-15")}, 89, 9, 10},
		{"of R2's own holidays nothing is left", []model.Record{week, away("R2", "2026-12-09", "2026-12-20", "")}, 84, 4, 4},
		{"oneself is nobody", []model.Record{away("R1", "2026-12-07", "2026-12-13", "R1")}, 80, 0, 0},
	} {
		w := territoryOf(40)
		w.put(model.Territory{Code: "T", Rep: "R1"}, model.Rep{Code: "R1", Capacity: 25}, model.Rep{Code: "R2", Capacity: 10}, mailing(date("2026-12-09"), date("2026-12-22")))
		w.put(model.Account{Code: "K1", Territory: "U", Class: "C"}, model.Territory{Code: "U", Rep: "R2"})
		b := w.book()
		before := mustSignal(t, b, today, model.StepUpVisits, "T").Readiness
		require.Equal(t, 105, before.Room)
		var change model.Change
		for _, r := range c.records {
			change.Edits = append(change.Edits, model.Edit{After: r})
		}
		b.Apply(change) // the signals follow each change
		r := mustSignal(t, b, today, model.StepUpVisits, "T").Readiness
		require.Equal(t, [...]int{c.room, c.cover, c.halvesBy}, [...]int{r.Room, r.CoverRoom, r.CoverHalves}, c.name)
		require.Equal(t, before.RequiredPace, r.RequiredPace, "the pace is that of the territory's working days")
	}
}

func TestWhoStandsInIsKnownByDayAndGoesWithTheAbsence(t *testing.T) {
	b := model.NewBook()
	holiday := model.Absence{Rep: "R1", From: date("2026-12-21"), To: date("2027-01-08"), Cover: "R2"}
	put := func(edits ...model.Edit) { b.Apply(model.Change{Edits: edits}) }
	put(model.Edit{After: model.Rep{Code: "R1"}}, model.Edit{After: model.Rep{Code: "R2"}}, model.Edit{After: holiday})
	require.Equal(t, "R2", b.CoverOn("R1", date("2026-12-21")))
	require.Empty(t, b.CoverOn("R1", date("2026-12-18")))
	require.Equal(t, []string{"R1"}, b.CoveredOn("R2", date("2026-12-22")))
	require.Equal(t, []model.Cover{{Rep: "R1", By: "R2", From: date("2026-12-21"), To: date("2027-01-08")}}, b.Covers("R2", date("2026-12-01"), date("2027-02-01")))
	put(model.Edit{After: model.Absence{Rep: "R2", From: date("2026-12-24"), To: date("2026-12-24")}})
	require.Empty(t, b.CoverOn("R1", date("2026-12-24")), "who is away stands in for nobody")
	require.Len(t, b.Covers("R2", date("2026-12-01"), date("2027-02-01")), 2)
	put(model.Edit{Before: holiday})
	require.Empty(t, b.CoveredOn("R2", date("2026-12-22")))
}

func TestVisitsInAnAbsenceAreAskedAboutOnce(t *testing.T) {
	b := model.NewBook()
	put := func(records ...model.Record) {
		var c model.Change
		for _, r := range records {
			c.Edits = append(c.Edits, model.Edit{After: r})
		}
		b.Apply(c)
	}
	visit := func(day string, hour int) model.PlannedVisit {
		return model.PlannedVisit{Rep: "R1", Account: "K1", Date: date(day), Time: model.NewClock(hour, 0)}
	}
	first, second, outside := visit("2026-12-21", 9), visit("2026-12-23", 14), visit("2027-01-11", 9)
	put(model.Account{Code: "K1"}, first, second, outside)
	holiday := model.Absence{Rep: "R1", From: date("2026-12-21"), To: date("2027-01-08"), Cover: "R2"}
	asked := func(a model.Absence) []model.Parted { return b.NewlyAbsent([]model.Record{a}, date("2026-12-01")) }
	require.Equal(t, []model.Parted{{From: "R1", To: "R2", Visits: []model.PlannedVisit{first, second}}}, asked(holiday))
	afternoon := model.Absence{Rep: "R1", From: date("2026-12-23"), To: date("2026-12-23"), FromTime: model.NewClock(13, 0)}
	require.Equal(t, []model.PlannedVisit{second}, asked(afternoon)[0].Visits)
	put(holiday)
	note := holiday
	note.Note = "Ski"
	require.Empty(t, asked(note), "what stayed once stays")
	note.Cover = "R3"
	require.Len(t, asked(note), 1, "another stand-in may take them")
}
