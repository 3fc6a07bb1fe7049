package model_test

// Calendar days and times of day against the standard library's.

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

func anyDay() *rapid.Generator[model.Date] {
	return rapid.Map(rapid.IntRange(int(model.FirstDate), int(model.LastDate)), func(n int) model.Date { return model.Date(n) })
}

func TestDatesAreThoseOfTheCalendar(t *testing.T) {
	require.Equal(t, "1900-01-01", model.FirstDate.String())
	require.Equal(t, "2199-12-31", model.LastDate.String())
	require.Equal(t, "", model.Date(0).String())
	require.Equal(t, time.Tuesday, today.Weekday())

	calendar := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := model.FirstDate; d <= model.LastDate; d++ {
		if d.Time() != calendar || d.Weekday() != calendar.Weekday() || model.DateOf(calendar) != d {
			require.Equal(t, calendar, d.Time())
			require.Equal(t, calendar.Weekday(), d.Weekday())
			require.Equal(t, d, model.DateOf(calendar))
		}
		if d.String() != calendar.Format(time.DateOnly) {
			require.Equal(t, calendar.Format(time.DateOnly), d.String())
		}
		calendar = calendar.AddDate(0, 0, 1)
	}
}

func TestTimesOfDayAreWrittenWithFourFigures(t *testing.T) {
	for hours := range 24 {
		for minutes := range 60 {
			require.Equal(t, fmt.Sprintf("%02d:%02d", hours, minutes), model.NewClock(hours, minutes).String())
		}
	}
}

func TestDateOfIsTheDayWhereTheClockStands(t *testing.T) {
	east, west := time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)
	moment := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	require.Equal(t, today+1, model.DateOf(moment.In(east)), "01:00 on the 25th")
	require.Equal(t, today-1, model.DateOf(moment.In(west)), "23:00 on the 23rd")
	require.Equal(t, today, model.DateOf(moment))
}

func TestDatesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "day")
		got, err := model.ParseDate(d.String())
		require.NoError(t, err)
		require.Equal(t, d, got)

		year, week := d.ISOWeek()
		monday := d.Monday()
		require.Equal(t, time.Monday, monday.Weekday())
		require.True(t, monday <= d && d < monday+7)
		require.Equal(t, monday, model.WeekStart(year, week))
		wantYear, wantWeek := d.Time().ISOWeek()
		require.Equal(t, [...]int{wantYear, wantWeek}, [...]int{year, week})
	})
}

func TestParseDate(t *testing.T) {
	for _, wrong := range []string{"", "2026-11-31", "2026-02-29", "2026-13-01", "1899-12-31", "2200-01-01", "24.11.2026", "2026-1-2", "2026-11-24 ", " 2026-11-24", "2026-11-24T00:00:00Z", "0000-00-00"} {
		_, err := model.ParseDate(wrong)
		require.Error(t, err, wrong)
	}
	_, err := model.ParseDate("1899-12-31")
	require.ErrorIs(t, err, model.ErrDateRange)
	d, err := model.ParseDate("2024-02-29")
	require.NoError(t, err)
	require.Equal(t, model.NewDate(2024, 2, 29), d)
}

func TestWorkingDaysAgainstCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := anyDay().Draw(t, "first")
		last := first + model.Date(rapid.IntRange(-20, 400).Draw(t, "length"))
		require.Equal(t, naiveWorkingDays(first, last), model.WorkingDays(first, last))
	})
	saturday := date("2026-11-28")
	require.Zero(t, model.WorkingDays(saturday, saturday+1))
	require.Equal(t, 1, model.WorkingDays(saturday, saturday+2))
	require.Equal(t, 5, model.WorkingDays(saturday-5, saturday))
	require.Zero(t, model.WorkingDays(saturday, saturday-1))
}

func TestClocks(t *testing.T) {
	for text, want := range map[string]model.Clock{
		"": 0, "0:00": model.NewClock(0, 0), "00:00": model.NewClock(0, 0), "8:30": model.NewClock(8, 30), "08:30": model.NewClock(8, 30),
		"08:30:59": model.NewClock(8, 30), "23:59": model.NewClock(23, 59),
	} {
		got, err := model.ParseClock(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	require.NotZero(t, model.NewClock(0, 0), "midnight is a time")
	require.Equal(t, "", model.Clock(0).String())
	require.Equal(t, "00:00", model.NewClock(0, 0).String())
	require.Equal(t, 510, model.NewClock(8, 30).Minutes())
	for _, wrong := range []string{"24:00", "8", "8.30", "08:60", "-1:00", "noon", "8:30 pm"} {
		_, err := model.ParseClock(wrong)
		require.Error(t, err, wrong)
	}
	for minutes := range 24 * 60 {
		clock := model.NewClock(0, minutes)
		got, err := model.ParseClock(clock.String())
		require.NoError(t, err)
		require.Equal(t, clock, got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-24", "", "1900-01-01", "2199-12-31", "2200-01-01", "99999-01-01", "2026-02-30", "٢٠٢٦-11-24"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := model.ParseDate(s)
		if err != nil {
			require.Zero(t, d)
			return
		}
		require.True(t, d >= model.FirstDate && d <= model.LastDate)
		require.Equal(t, s, d.String())
	})
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"8:30", "08:30", "08:30:00", "", "24:00", "08:30:00.5", "::"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := model.ParseClock(s)
		if err != nil || c == 0 {
			require.Zero(t, c)
			return
		}
		require.True(t, c.Minutes() >= 0 && c.Minutes() < 24*60)
		again, err := model.ParseClock(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}
