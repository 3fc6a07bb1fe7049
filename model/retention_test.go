package model

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAPeriodEndsWithTheSameDayOfTheMonth(t *testing.T) {
	day := func(s string) Date {
		d, err := ParseDate(s)
		require.NoError(t, err)
		return d
	}
	for _, c := range []struct {
		today  string
		months int
		last   string // that goes
	}{
		{"2026-11-27", 36, "2023-11-26"}, // of 27 November 2023 the period ends today
		{"2026-11-28", 36, "2023-11-27"},
		{"2026-11-27", 24, "2024-11-26"},
		{"2026-11-27", 6, "2026-05-26"},
		{"2026-03-01", 6, "2025-08-31"},  // the 29th to 31st of August end with 28 February
		{"2026-02-28", 6, "2025-08-27"},  // which is not over yet
		{"2024-02-29", 12, "2023-02-28"}, // that period ended on 28 February
		{"2024-03-01", 12, "2023-02-28"},
		{"2025-03-01", 12, "2024-02-29"},
		{"2026-12-31", 1, "2026-11-30"},
		{"2027-01-01", 1, "2026-11-30"},
		{"2027-01-02", 1, "2026-12-01"},
	} {
		require.Equal(t, c.last, lastGone(day(c.today), c.months).String(), "%s, %d months", c.today, c.months)
	}
	require.Empty(t, Settings{}.AgingOn(day("2026-11-27")), "0 months: for good")
	require.Equal(t, Aging{KeepingVisitNotes: day("2023-11-26"), KeepingCallNotes: day("2024-11-26"), KeepingTimes: day("2026-05-26")}, DefaultSettings().AgingOn(day("2026-11-27")))
}

func TestNothingYoungerThanItsPeriodGoesAndEverythingOlderDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := Date(rapid.IntRange(30000, 60000).Draw(t, "today"))
		months := rapid.IntRange(1, 240).Draw(t, "months")
		last := lastGone(today, months)
		require.Less(t, periodEnd(last, months), today)
		require.GreaterOrEqual(t, periodEnd(last+1, months), today)
		s := Settings{KeepVisitNotes: months, KeepTimes: months}
		d := Date(rapid.IntRange(29000, 60000).Draw(t, "day"))
		record, gone := s.AgingOn(today).Of(Visit{Date: d, Time: NewClock(9, 30), Minutes: 20, Note: "x", Outcome: "order", Value: 5})
		v := record.(Visit)
		old := periodEnd(d, months) < today
		require.Equal(t, Gone{old, old}, gone)
		require.Equal(t, old, v.Note == "" && v.Time == 0 && v.Minutes == 0)
		require.Equal(t, Visit{Date: d, Time: v.Time, Minutes: v.Minutes, Note: v.Note, Outcome: "order", Value: 5}, v, "all else stays")
		again, gone := s.AgingOn(today).Of(v)
		require.Equal(t, v, again)
		if old {
			require.Equal(t, Gone{}, gone, "what went is gone once")
		}
	})
}

func TestAgedLinesSayUpToWhichDayTheyWent(t *testing.T) {
	a := Aging{KeepingVisitNotes: 40000, KeepingTimes: 41000}
	line := Erasure{Kind: EraseAged, Names: a.Named()}
	require.Equal(t, a, line.Aged())
	require.Empty(t, Erasure{Kind: EraseContact, Names: a.Named()}.Aged())
	require.Equal(t, Aging{KeepingVisitNotes: 40000, KeepingTimes: 42000, KeepingCallNotes: 7}, a.Joined(Aging{KeepingTimes: 42000, KeepingCallNotes: 7}))
}

func TestWhatStandsAsideOfAVisitAgesToo(t *testing.T) {
	a := Aging{KeepingVisitNotes: 40000, KeepingTimes: 40000}
	values, err := FieldValues(Visit{Account: "K1", Note: "private", Time: NewClock(9, 0), Minutes: 30, Outcome: "order"}, nil)
	require.NoError(t, err)
	record, gone := a.Of(SetAside{Of: TableVisits, Date: 40000, Values: values})
	require.Equal(t, Gone{true, true}, gone)
	back, err := WithFieldValues(Visit{}, record.(SetAside).Values)
	require.NoError(t, err)
	require.Equal(t, Visit{Account: "K1", Outcome: "order"}, back)
	_, gone = a.Of(record)
	require.Equal(t, Gone{}, gone, "once")
	_, gone = a.Of(SetAside{Of: TableVisits, Date: 40001, Values: values})
	require.Equal(t, Gone{}, gone)
	_, gone = a.Of(SetAside{Of: TableCampaigns, Date: 1, Values: `{"note":"x"}`})
	require.Equal(t, Gone{}, gone)
}
