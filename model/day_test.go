package model_test

// Days: shared by all who look at one, kept apart from one another, right as the
// facts change, and read by many at a time (this is what the race detector is for).

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

func TestWhoLooksAtADaySharesIt(t *testing.T) {
	b := thin(10, 0).book()
	day := b.On(today)
	require.Same(t, day, b.On(today))
	require.NotSame(t, day, b.On(ago(1)))
	signals := day.Signals()
	require.NotEmpty(t, signals)
	b.On(ago(30)).Signals()
	b.On(ago(30)).WithSettings(model.DefaultSettings()).Signals()
	require.Same(t, &signals[0], &b.On(today).Signals()[0], "looking at another day leaves this one as it is")
	require.Equal(t, today, day.Date())
	require.Same(t, b, day.Book())
}

func TestDaysNotLookedAtAreForgotten(t *testing.T) {
	w := thin(10, 0)
	b := w.book()
	kept := b.On(today)
	kept.Signals()
	for back := range 400 {
		b.On(ago(back + 1))
		b.On(ago(1))
	}
	require.NotSame(t, kept, b.On(today), "a Book remembers a few days only")
	require.Same(t, b.On(ago(1)), b.On(ago(1)))

	visit := met("K01", ago(1))
	b.Apply(model.Change{Edits: []model.Edit{{After: visit}}})
	w.put(visit)
	require.Equal(t, plainSignals(w.book().On(today).Signals()), plainSignals(kept.Signals()), "who kept one may go on with it")
}

// A Day, and one that supposes something, may be kept while the facts change.
func TestADayFollowsTheFacts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, 40)
		b := w.book()
		date := rapid.SampledFrom(theDays).Draw(rt, "day")
		record, _ := drawRecord(rt, w, model.TableCampaigns)
		campaign, settings := record.(model.Campaign), drawSettings(rt)
		day := b.On(date)
		withCampaign, withBoth := day.WithCampaign(campaign), day.WithCampaign(campaign).WithSettings(settings)
		bothAgain := day.WithSettings(settings).WithCampaign(campaign)
		check := func() {
			require.Equal(rt, plainSignals(w.book().On(date).Signals()), plainSignals(day.Signals()))
			would := w.clone()
			would.put(campaign)
			require.Equal(rt, plainSignals(would.book().On(date).Signals()), plainSignals(withCampaign.Signals()))
			would.put(settings)
			both := plainSignals(would.book().On(date).Signals())
			require.Equal(rt, both, plainSignals(withBoth.Signals()))
			require.Equal(rt, both, plainSignals(bothAgain.Signals()))
		}
		check()
		for range rapid.IntRange(1, 8).Draw(rt, "changes") {
			b.Apply(drawChange(rt, w))
			check()
		}
	})
}

func TestManyReadABookAtATime(t *testing.T) {
	before := mailing(ahead(10), ahead(20))
	w := thin(20, 5)
	w.put(before, model.Rep{Code: "R1"})
	b := w.book()
	days := []model.Date{today, ago(7), ago(90)}
	want := map[model.Date][]plainSignal{}
	for _, day := range days {
		want[day] = plainSignals(w.book().On(day).Signals())
	}
	require.NotEmpty(t, want[today])

	read := func(date model.Date) []plainSignal {
		day := b.On(date)
		day.WithCampaign(mailing(ahead(1), ahead(2))).Signals()
		day.RegionNumbers("")
		for l := range b.Accounts {
			day.Standing(l)
			day.Exclusion(l)
		}
		for _, area := range b.Areas() {
			day.Numbers(area)
			day.AreaSignals(area)
			for _, c := range b.Campaigns() {
				day.Readiness(c, area)
			}
		}
		return plainSignals(day.Signals())
	}
	many := func(times int, read func(model.Date), beside func()) {
		var all sync.WaitGroup
		for reader := range 8 {
			all.Go(func() {
				for i := range times {
					read(days[(i+reader)%len(days)])
				}
			})
		}
		all.Go(beside)
		all.Wait()
	}
	// Nobody writes: no lock is needed, from the first look at a new Book on.
	many(20, func(day model.Date) {
		if got := read(day); len(got) != len(want[day]) {
			t.Errorf("on %s: %d signals, not %d", day, len(got), len(want[day]))
		}
	}, func() {})
	// Somebody writes, and nobody reads meanwhile.
	var turn sync.RWMutex
	many(20, func(day model.Date) {
		turn.RLock()
		defer turn.RUnlock()
		read(day)
	}, func() {
		for i := range 20 {
			change := model.Change{Edits: []model.Edit{{After: met("K01", ago(i))}, {Before: before, After: mailing(ahead(30), ahead(40))}}}
			for _, c := range []model.Change{change, back(change)} {
				turn.Lock()
				b.Apply(c)
				turn.Unlock()
			}
		}
	})
	for _, day := range days {
		require.Equal(t, want[day], plainSignals(b.On(day).Signals()))
	}
}
