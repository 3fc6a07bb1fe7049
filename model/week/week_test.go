package week

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
)

func TestOpeningHoursAreThoseOfTheWeek(t *testing.T) {
	at := route.At
	open, read := openIn("Mo-Fr 08:00-12:00,13:00-17:00; 2.12. geschlossen; PH off", planningDay.Monday()+7, func(d model.Date) bool { return d == planningDay.Monday()+7 })
	require.True(t, read)
	require.Empty(t, open[time.Monday], "a public holiday")
	require.Equal(t, []route.Window{{From: at(8, 0), To: at(12, 0)}, {From: at(13, 0), To: at(17, 0)}}, open[time.Tuesday])
	require.Empty(t, open[time.Wednesday])
	require.Empty(t, open[time.Saturday])
	for _, always := range []string{"", "  "} {
		open, read := openIn(always, planningDay.Monday(), nil)
		require.True(t, read)
		require.Nil(t, open)
	}
	open, read = openIn("nach Vereinbarung", planningDay.Monday(), nil)
	require.False(t, read)
	require.NotNil(t, open, "unread is not always open")
	require.Empty(t, open[time.Saturday])
	require.Equal(t, at(16, 0), open[time.Monday][1].To)
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
			Code: code, Name: code, Territory: "T1", Class: [...]model.Class{"A", "B", "C"}[i%3], Hours: "Mo-Fr 08:00-12:00,13:00-17:00",
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
	d, err := New(b.On(today), "R1", monday, DefaultRules())
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
	again, err := New(b.On(today), "R1", monday, DefaultRules())
	require.NoError(t, err)
	put, remove = again.Confirmed(b)
	require.Empty(t, remove)
	require.Equal(t, d.Week.Visits, again.Week.Visits)
	require.LessOrEqual(t, len(put), d.Week.Visits)
	require.NoError(t, again.Remove(stop))
	_, remove = again.Confirmed(b)
	require.Len(t, remove, 1)
}
