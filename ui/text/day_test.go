package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// tuesday is 24 November 2026, in week 48.
var tuesday = model.NewDate(2026, 11, 24)

func TestDaysAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ input, ahead, back string }{
		{"24.11.", "2026-11-24", "2026-11-24"},
		{"24.11", "2026-11-24", "2026-11-24"},
		{"24.11.26", "2026-11-24", "2026-11-24"},
		{"24.11.2026", "2026-11-24", "2026-11-24"},
		{" 2026-11-24 ", "2026-11-24", "2026-11-24"},
		{"Di 24.11.2026", "2026-11-24", "2026-11-24"},
		{"24 Nov", "2026-11-24", "2026-11-24"},
		{"24. November 2026", "2026-11-24", "2026-11-24"},
		{"3. März", "2027-03-03", "2026-03-03"},
		{"3 mrz", "", ""},
		{"20.11.", "2026-11-20", "2026-11-20"}, // four days ago is nearer than next year
		{"1.12.", "2026-12-01", "2025-12-01"},
		{"10.1.", "2027-01-10", "2026-01-10"},
		{"29.2.", "2028-02-29", "2024-02-29"},
		{"today", "2026-11-24", "2026-11-24"},
		{"Heute", "2026-11-24", "2026-11-24"},
		{"h", "2026-11-24", "2026-11-24"},
		{"morgen", "2026-11-25", "2026-11-25"},
		{"tomorrow", "2026-11-25", "2026-11-25"},
		{"übermorgen", "2026-11-26", "2026-11-26"},
		{"gestern", "2026-11-23", "2026-11-23"},
		{"yesterday", "2026-11-23", "2026-11-23"},
		{"+3", "2026-11-27", "2026-11-27"},
		{"-2", "2026-11-22", "2026-11-22"},
		{"− 2", "2026-11-22", "2026-11-22"},
		{"+2w", "2026-12-08", "2026-12-08"},
		{"+2 Wochen", "2026-12-08", "2026-12-08"},
		{"-1m", "2026-10-24", "2026-10-24"},
		{"+1y", "2027-11-24", "2027-11-24"},
		{"Mo", "2026-11-30", "2026-11-23"},
		{"Montag", "2026-11-30", "2026-11-23"},
		{"Tue", "2026-11-24", "2026-11-24"},
		{"di", "2026-11-24", "2026-11-24"},
		{"Do", "2026-11-26", "2026-11-19"},
		{"KW 48", "2026-11-23", "2026-11-23"},
		{"kw48", "2026-11-23", "2026-11-23"},
		{"W49", "2026-11-30", "2025-12-01"},
		{"KW 2", "2027-01-11", "2026-01-05"},
		{"2026-W48", "2026-11-23", "2026-11-23"},
		{"KW 48/2025", "2025-11-24", "2025-11-24"},
		{"W53", "2026-12-28", "2020-12-28"}, // the year has 53 weeks
		{"31.2.", "", ""},
		{"32.1.2026", "", ""},
		{"2025-W53", "", ""},
		{"24.11.1066", "", ""},
		{"+999999", "", ""},
		{"", "", ""},
		{"bald", "", ""},
		{"11/24/2026", "", ""},
		{"24.11.2026 10:30", "", ""},
	} {
		for _, p := range []*Printer{New(German), New(English)} {
			for toward, want := range map[Toward]string{Ahead: c.ahead, Back: c.back} {
				got, err := p.ParseDayToward(c.input, tuesday, toward)
				if want == "" {
					require.Error(t, err, c.input)
					require.NotContains(t, err.Error(), "kit.day", "the error has no words")
					continue
				}
				require.NoError(t, err, c.input)
				require.Equal(t, want, got.String(), "%s toward %d", c.input, toward)
			}
		}
	}
}

func TestMonthsAreClampedToTheirEnd(t *testing.T) {
	got, err := New(German).ParseDay("+1m", model.NewDate(2027, 1, 31))
	require.NoError(t, err)
	require.Equal(t, "2027-02-28", got.String())
}

func TestADayThatIsWrittenIsReadAgain(t *testing.T) {
	printers := []*Printer{New(German), New(English)}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(printers).Draw(t, "printer")
		day := model.Date(rapid.IntRange(int(model.FirstDate), int(model.LastDate)).Draw(t, "day"))
		for _, written := range []string{p.Date(day), p.WeekdayDate(day), day.String()} {
			got, err := p.ParseDay(written, tuesday)
			require.NoError(t, err, written)
			require.Equal(t, day, got, written)
		}
		near := tuesday + model.Date(rapid.IntRange(-150, 150).Draw(t, "near"))
		for _, written := range []string{p.Day(near), p.WeekdayDay(near), p.DayLong(near)} {
			got, err := p.ParseDay(written, tuesday)
			require.NoError(t, err, written)
			require.Equal(t, near, got, written)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"24.11.", "2026-W48", "+2w", "-1m", "Mo", "KW 48", "24. November 2026", "İ", "+-3", "−99999999m"} {
		f.Add(seed, int32(tuesday), false)
	}
	p := New(German)
	f.Fuzz(func(t *testing.T, input string, day int32, back bool) {
		today := model.Date(day)
		if today < model.FirstDate || today > model.LastDate {
			today = tuesday
		}
		toward := Ahead
		if back {
			toward = Back
		}
		d, err := p.ParseDayToward(input, today, toward)
		if err != nil {
			require.Zero(t, d)
			require.NotEmpty(t, strings.TrimSpace(err.Error()))
			return
		}
		require.GreaterOrEqual(t, d, model.FirstDate)
		require.LessOrEqual(t, d, model.LastDate)
	})
}
