package queue_test

// The numbers of a call list always add up to it, and what is owed to a customer
// stands above everything.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/queue"
)

var today = model.NewDate(2026, 11, 24) // a Tuesday

func book(records ...model.Record) *model.Book {
	b := model.NewBook()
	for _, r := range records {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return b
}

func customer(code string) model.Account {
	return model.Account{Code: code, Name: code, Territory: "T", Phone: "0711 5550" + code[1:], Consent: model.ConsentGiven}
}

func at(hour, minute int) model.Clock { return model.Clock(hour*60 + minute + 1) }

func view(b *model.Book, hour, minute int) *queue.View {
	return &queue.View{Day: b.On(today), Minute: hour*60 + minute, Me: "Ann"}
}

func promised(code, whose string, due model.Date, time model.Clock) model.FollowUp {
	return model.FollowUp{ID: model.RowID{byte(due), byte(time), code[1]}, Account: code, Kind: model.FollowCall, Date: due - 1, By: "Ann", Due: due, At: time, For: whose}
}

func TestAPromisedCallIsItsOwnersAndThenTheTeams(t *testing.T) {
	for name, test := range map[string]struct {
		promise      model.FollowUp
		hour, minute int
		want         queue.State
	}{
		"mine, before its time":      {promised("K1", "Ann", today, at(10, 0)), 9, 59, queue.Promised},
		"mine, at its time":          {promised("K1", "Ann", today, at(10, 0)), 10, 0, queue.Due},
		"anybody's":                  {promised("K1", "", today, at(10, 0)), 10, 0, queue.Due},
		"somebody else's":            {promised("K1", "Ben", today, at(10, 0)), 10, 29, queue.Promised},
		"somebody else's, forgotten": {promised("K1", "Ben", today, at(10, 0)), 10, 30, queue.Overdue},
		"of somebody who is away":    {promised("K1", "Cleo", today, at(10, 0)), 10, 0, queue.Due},
		"mine, forgotten":            {promised("K1", "Ann", today, at(10, 0)), 10, 30, queue.Overdue},
		"of yesterday":               {promised("K1", "Ben", today-1, at(17, 0)), 8, 0, queue.Overdue},
		"for some time today":        {promised("K1", "Ann", today, 0), 18, 0, queue.Due},
		"for tomorrow":               {promised("K1", "Ann", today+1, at(8, 0)), 18, 0, queue.Promised},
	} {
		t.Run(name, func(t *testing.T) {
			b := book(customer("K1"), model.Person{Code: "cleo", Name: "Cleo", Role: model.RoleMarketing, Inactive: true}, test.promise)
			require.Equal(t, test.want.String(), view(b, test.hour, test.minute).Of("K1").State.String())
		})
	}
}

// Whoever is closed by now was promised a call all the same.
func TestAPromiseIsOverdueAtAnyHour(t *testing.T) {
	promise := promised("K1", "", today, at(10, 0))
	l := customer("K1")
	l.Hours = "Mo-Su 08:00-18:00"
	evening := view(book(l, promise), 22, 0)
	require.Equal(t, queue.Closed, evening.Of("K1").State)
	require.True(t, evening.Overdue(promise))
	require.False(t, view(book(l, promise), 10, 29).Overdue(promise))
}

func TestAPromiseIsKeptByAnyCallSince(t *testing.T) {
	b := book(customer("K1"), promised("K1", "", today-1, at(9, 0)))
	require.Equal(t, queue.Overdue, view(b, 9, 0).Of("K1").State, "though it was called in vain the day before that")
	b.Apply(model.Change{Edits: []model.Edit{{After: model.Call{Account: "K1", Date: today, Outcome: model.CallReached}}}})
	require.Equal(t, queue.Today, view(b, 9, 0).Of("K1").State)
}

func TestWhatIsOwedStandsFirstWhicheverListItIsOn(t *testing.T) {
	b := book(customer("K1"), customer("K2"), customer("K3"), customer("K4"),
		promised("K3", "", today-1, at(9, 0)), promised("K4", "", today, at(8, 0)), promised("K2", "Ben", today, at(9, 0)))
	list := view(b, 9, 10).List([]string{"K1", "K2"})
	require.Equal(t, []string{"K3", "K4", "K1"}, slices.Collect(list.Ready()))
	require.Equal(t, 2, list.Extra)
	// Nobody is called who does not want to be, whatever was promised.
	account := customer("K3")
	account.DoNotCall = true
	b.Apply(model.Change{Edits: []model.Edit{{Before: customer("K3"), After: account}}})
	require.Equal(t, []string{"K4", "K1"}, slices.Collect(view(b, 9, 10).List([]string{"K1", "K2"}).Ready()))
}

func TestOpeningHoursAndHalvesOfTheDay(t *testing.T) {
	shop := customer("K1")
	shop.Hours = "Mo-Fr 08:00-12:00,13:00-17:00"
	b := book(shop, customer("K2"), model.Call{Account: "K2", Date: today - 5, Time: at(10, 0), Outcome: model.CallNotReached})
	require.Equal(t, queue.Now, view(b, 11, 59).Of("K1").State)
	closed := view(b, 12, 30).Of("K1")
	require.Equal(t, queue.Closed, closed.State)
	require.Equal(t, 13*60, closed.Until)
	require.Zero(t, view(b, 17, 0).Of("K1").Until, "not today any more")

	morning := view(b, 9, 0)
	morning.Last = map[string]queue.Attempt{"K2": {today - 5, at(10, 0)}}
	require.Equal(t, queue.HalfDay, morning.Of("K2").State)
	require.Equal(t, 12*60, morning.Of("K2").Until)
	morning.Minute = 12 * 60
	require.Equal(t, queue.Now, morning.Of("K2").State)
	settings := b.Settings()
	settings.OtherHalf = 0
	b.Apply(model.Change{Edits: []model.Edit{{After: settings}}})
	free := view(b, 9, 0)
	free.Last = morning.Last
	require.Equal(t, queue.Now, free.Of("K2").State)
}

func TestAWrongNumberWaitsForAnother(t *testing.T) {
	a := customer("K1")
	b := book(a, model.FollowUp{ID: model.RowID{1}, Account: "K1", Kind: model.FollowNumber, Date: today - 9, Number: a.Phone})
	require.Equal(t, queue.NoPhone, view(b, 9, 0).Of("K1").State)
	mended := a
	mended.Phone = "0711 999888"
	b.Apply(model.Change{Edits: []model.Edit{{Before: a, After: mended}}})
	require.Equal(t, queue.Now, view(b, 9, 0).Of("K1").State)
}

func TestTheNumbersAddUpToTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := model.NewBook()
		put := func(r model.Record) { b.Apply(model.Change{Edits: []model.Edit{{After: r}}}) }
		put(model.Territory{Code: "T", Rep: "R"})
		n := rapid.IntRange(0, 25).Draw(t, "accounts")
		var list []string
		last := map[string]queue.Attempt{}
		skipped, busy := map[string]bool{}, map[string]bool{}
		for i := range n {
			code := fmt.Sprintf("K%d", i)
			a := customer(code)
			a.Hours = rapid.SampledFrom([]string{"", "Mo-Fr 08:00-12:00", "gibberish", "Tu off", "Mo-Su 13:00-17:00"}).Draw(t, "hours")
			a.Consent = rapid.SampledFrom([]model.Consent{model.ConsentGiven, model.ConsentGiven, model.ConsentPresumed, model.ConsentNone}).Draw(t, "consent")
			a.Phone = rapid.SampledFrom([]string{a.Phone, a.Phone, "0711 123456", "-"}).Draw(t, "phone")
			a.Inactive = rapid.IntRange(0, 9).Draw(t, "inactive") == 0
			put(a)
			for range rapid.IntRange(0, 3).Draw(t, "calls") {
				put(model.Call{Account: code, Date: today - model.Date(rapid.IntRange(0, 20).Draw(t, "ago")), Outcome: model.CallOutcome(rapid.IntRange(0, 6).Draw(t, "outcome"))})
			}
			if rapid.Bool().Draw(t, "promised") {
				put(promised(code, rapid.SampledFrom([]string{"", "Ann", "Ben"}).Draw(t, "whose"), today+model.Date(rapid.IntRange(-2, 2).Draw(t, "due")), at(rapid.IntRange(0, 23).Draw(t, "hour"), 0)))
			}
			if rapid.IntRange(0, 3).Draw(t, "visit") == 0 {
				put(model.Visit{Account: code, Date: today - model.Date(rapid.IntRange(0, 30).Draw(t, "visited"))})
			}
			if rapid.IntRange(0, 3).Draw(t, "plan") == 0 {
				put(model.PlannedVisit{Account: code, Rep: "R", Date: today + model.Date(rapid.IntRange(0, 20).Draw(t, "planned"))})
			}
			if rapid.Bool().Draw(t, "tried") {
				last[code] = queue.Attempt{Date: today - 4, Time: at(rapid.IntRange(0, 23).Draw(t, "tried at"), 0)}
			}
			skipped[code], busy[code] = rapid.IntRange(0, 4).Draw(t, "skipped") == 0, rapid.IntRange(0, 4).Draw(t, "busy") == 0
			if rapid.IntRange(0, 3).Draw(t, "listed") > 0 {
				list = append(list, code)
			}
		}
		list = append(list, "gone", "gone") // named twice, and no account any more
		v := view(b, rapid.IntRange(0, 23).Draw(t, "now"), 0)
		v.Last, v.Skipped, v.Busy = last, skipped, func(code string) bool { return busy[code] }
		l := v.List(list)
		sum := 0
		for _, count := range l.Counts() {
			sum += count
		}
		different := len(list) - 1
		if sum != different+l.Extra || len(l.Entries) != sum {
			t.Fatalf("%d accounts and %d promised ones are counted as %d", different, l.Extra, sum)
		}
		for code := range l.Ready() {
			account := b.Account(code)
			switch e := b.On(today).Exclusion(account); e {
			case model.OptedOut, model.NoPhone, model.NoConsent, model.NoBasis:
				t.Fatalf("%s may be called though %s", code, e)
			}
			if busy[code] || skipped[code] {
				t.Fatalf("%s is handed out though it is with somebody else, or put back", code)
			}
		}
	})
}

func TestTheBestHalfDayNeedsCallsEnough(t *testing.T) {
	var h queue.Halves
	add := func(n int, day model.Date, time model.Clock, outcome model.CallOutcome) {
		for range n {
			h.Add(model.Call{Date: day, Time: time, Outcome: outcome})
		}
	}
	add(19, today, at(9, 0), model.CallReached)
	add(50, today, 0, model.CallReached)
	_, ok := h.Best()
	require.False(t, ok, "19 are too few to tell, and calls without a time say nothing")
	add(1, today, at(9, 0), model.CallNotReached)
	add(30, today+1, at(14, 0), model.CallNotReached)
	best, ok := h.Best()
	require.True(t, ok)
	require.Equal(t, queue.Best{Weekday: today.Weekday(), Calls: 20, Reached: 19, Low: best.Low, High: best.High}, best)
	require.InDelta(t, 0.7639, best.Low, 1e-3)
	require.InDelta(t, 0.9911, best.High, 1e-3)
}

// A customer that is closed opens again after the weekend and the holidays of its territory.
func TestWhatIsClosedOpensAfterWeekendAndHolidays(t *testing.T) {
	k := customer("K1")
	k.Hours = "Mo-Fr 09:00-12:00,13:00-17:00; PH off"
	never := customer("K2")
	never.Hours = "Tu off"
	b := book(model.Territory{Code: "T", Name: "T", Calendar: "DE-BY"}, k, never, customer("K3"))
	holidays := map[int][]model.Date{2026: {model.NewDate(2026, 12, 25)}, 2027: {model.NewDate(2027, 1, 1), model.NewDate(2027, 1, 6)}}
	b.Use(model.Outside{Holidays: func(_ string, year int) ([]model.Date, bool) { return holidays[year], true }})
	for name, test := range map[string]struct {
		day    model.Date
		minute int
		opens  model.Date
		at     int
	}{
		"before it opens":       {today, 8 * 60, today, 9 * 60},
		"at noon":               {today, 12*60 + 30, today, 13 * 60},
		"in the evening":        {today, 18 * 60, today + 1, 9 * 60},
		"on Friday evening":     {today + 3, 18 * 60, today + 6, 9 * 60},
		"on Saturday":           {today + 4, 10 * 60, today + 6, 9 * 60},
		"before Christmas":      {model.NewDate(2026, 12, 24), 18 * 60, model.NewDate(2026, 12, 28), 9 * 60},
		"over Epiphany's day":   {model.NewDate(2027, 1, 5), 18 * 60, model.NewDate(2027, 1, 7), 9 * 60},
		"on New Year's morning": {model.NewDate(2027, 1, 1), 7 * 60, model.NewDate(2027, 1, 4), 9 * 60},
	} {
		v := &queue.View{Day: b.On(test.day), Minute: test.minute, Me: "Ann"}
		day, minute, ok := v.Opens(b.Account("K1"))
		require.True(t, ok, name)
		require.Equal(t, test.opens, day, name)
		require.Equal(t, test.at, minute, name)
		for _, code := range []string{"K2", "K3"} { // never open, or no hours on record
			_, _, ok = v.Opens(b.Account(code))
			require.False(t, ok, name+" "+code)
		}
	}
}
