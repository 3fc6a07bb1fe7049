package week

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
)

func TestOpeningHoursInBothLanguagesNotation(t *testing.T) {
	at := route.At
	for _, c := range []struct {
		text string
		day  time.Weekday
		want []route.Window
	}{
		{"Mo-Fr 08:00-12:00,13:00-17:00", time.Wednesday, []route.Window{{From: at(8, 0), To: at(12, 0)}, {From: at(13, 0), To: at(17, 0)}}},
		{"Mo-Fr 08:00-12:00,13:00-17:00", time.Saturday, nil},
		{"Mo-Fr 08:00-17:00; We off", time.Wednesday, nil},
		{"Mo,Th 9-12", time.Thursday, []route.Window{{From: at(9, 0), To: at(12, 0)}}},
		{"Di, Do 9.30-12", time.Tuesday, nil}, // the blank parts the days from their hours
		{"Di,Do 9.30-12", time.Thursday, []route.Window{{From: at(9, 30), To: at(12, 0)}}},
		{"Fr-Mo 10:00+", time.Sunday, []route.Window{{From: at(10, 0), To: endOfDay}}},
		{"08:00-18:00; PH off", time.Monday, []route.Window{{From: at(8, 0), To: at(18, 0)}}},
		{"Mo-Fr 22:00-02:00", time.Monday, []route.Window{{From: at(22, 0), To: endOfDay}}},
	} {
		hours, err := ParseHours(c.text)
		if c.want == nil && err != nil {
			continue
		}
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, hours[c.day], "%s on %s", c.text, c.day)
	}
	for _, always := range []string{"", "24/7"} {
		hours, err := ParseHours(always)
		require.NoError(t, err)
		require.Nil(t, hours)
	}
	for _, wrong := range []string{"Mo-Xx 8-12", "Mo 8", "Mo 25:00-26:00", "nach Vereinbarung"} {
		_, err := ParseHours(wrong)
		require.Error(t, err, wrong)
	}
}

func FuzzParseHours(f *testing.F) {
	f.Add("Mo-Fr 08:00-12:00,13:00-17:00; Sa off")
	f.Fuzz(func(t *testing.T, text string) { _, _ = ParseHours(text) })
}

// book is a rep with twenty overdue accounts around Stuttgart.
func book(t *testing.T, today model.Date) *model.Book {
	b := model.NewBook()
	apply := func(records ...model.Record) {
		for _, r := range records {
			b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
		}
	}
	apply(model.Rep{Code: "R1", Name: "K. Sommer", HomeAt: model.Coordinates{Lat: 48.78, Lon: 9.18}}, model.Territory{Code: "T1", Name: "Ost", Rep: "R1"})
	for i := range 20 {
		code := fmt.Sprintf("K%02d", i)
		apply(model.Account{
			Code: code, Name: code, Territory: "T1", Class: model.Classes[i%3], Hours: "Mo-Fr 08:00-12:00,13:00-17:00",
			At: model.Coordinates{Lat: 48.7 + float64(i%5)*0.04, Lon: 9.0 + float64(i/5)*0.1},
		}, model.Visit{Account: code, Date: today - 300 - model.Date(i), Rep: "R1"})
	}
	return b
}

func TestAWeekIsProposedBentImprovedAndConfirmed(t *testing.T) {
	today, err := model.ParseDate("2026-11-24")
	require.NoError(t, err)
	monday := today.Monday() + 7
	b := book(t, today)
	d, err := New(b, "R1", monday, today, DefaultRules())
	require.NoError(t, err)
	require.Len(t, d.Stops, 20)

	solved, err := d.Improve().Run(route.Options{Iterations: 5000})
	require.NoError(t, err)
	_, err = d.Take(solved)
	require.NoError(t, err)
	require.Equal(t, 20, d.Week.Visits, "twenty visits fit a week")
	require.Zero(t, d.Week.Breaches())

	stop := d.Find("K07")
	require.NoError(t, d.Move(stop, 4, 0))
	require.NoError(t, d.SetOff(2, true))
	solved, err = d.Improve().Run(route.Options{Iterations: 5000})
	require.NoError(t, err)
	_, err = d.Take(solved)
	require.NoError(t, err)
	day, _ := d.Where(stop)
	require.Equal(t, 4, day, "what was moved by hand stays")
	require.Empty(t, d.Week.Days[2].Visits)

	put, remove := d.Confirmed(b)
	require.Len(t, put, d.Week.Visits)
	require.Empty(t, remove)
	for _, p := range put {
		b.Apply(model.Change{Edits: []model.Edit{{After: p}}})
	}
	again, err := New(b, "R1", monday, today, DefaultRules())
	require.NoError(t, err)
	put, remove = again.Confirmed(b)
	require.Empty(t, remove)
	require.Equal(t, d.Week.Visits, again.Week.Visits)
	require.LessOrEqual(t, len(put), d.Week.Visits)
	require.NoError(t, again.Remove(stop))
	_, remove = again.Confirmed(b)
	require.Len(t, remove, 1)
}
