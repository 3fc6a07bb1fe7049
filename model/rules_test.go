package model_test

// What the rules say of working days, of a rep's room that several campaigns want,
// of campaigns that come by themselves, and of telephone numbers: worked by hand.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// 24 November to 22 December 2026 are 21 working days; five of them are Wednesdays.
func TestPublicHolidaysAreNoWorkingDays(t *testing.T) {
	for _, test := range []struct {
		territory, setting string
		daysLeft, room     int
		pace               float64
		known              bool
	}{
		{"", "", 21, 105, 32 / (21.0 / 5), true},
		{"X-WED", "", 17, 85, 32 / (17.0 / 5), true}, // 25 Nov, 2, 9 and 16 Dec
		{"", "X-WED", 17, 85, 32 / (17.0 / 5), true},
		{"X-OTHER", "X-WED", 21, 105, 32 / (21.0 / 5), false}, // its own comes first, though nobody knows it
	} {
		w := territoryOf(40)
		w.put(mailing(date("2026-12-09"), date("2026-12-22")), model.Territory{Code: "T", Rep: "R1", Calendar: test.territory})
		settings := model.DefaultSettings()
		settings.Calendar = test.setting
		w.put(settings)
		b := w.book()
		r := mustSignal(t, b, today, model.StepUpVisits, "T").Readiness
		require.Equal(t, test.daysLeft, r.DaysLeft, "%+v", test)
		require.Equal(t, test.room, r.Room)
		require.InDelta(t, test.pace, r.RequiredPace, 1e-12)
		require.Equal(t, test.known, !r.CalendarUnknown)
		require.Equal(t, 21-test.daysLeft, len(r.Holidays))
		require.Equal(t, test.daysLeft, b.On(today).WorkingDays(b.Area("T").Territory, today, date("2026-12-22")))
	}
}

// The pace is that at the targets: visits elsewhere in the territory say nothing of
// how fast these are seen.
func TestOnCourseComparesLikeWithLike(t *testing.T) {
	// 10 targets of class A, 8 needed; 12 accounts of class C are visited weekly.
	world := func(visits int) world {
		w := territoryOf(10)
		campaign := mailing(today, ahead(20)) // 24 November … 14 December: 15 working days
		campaign.Classes = []model.Class{"A"}
		w.put(campaign)
		for i := range 12 {
			code := fmt.Sprintf("C%02d", i)
			w.put(model.Account{Code: code, Territory: "T", Class: "C"})
			for week := range 12 {
				w.put(met(code, ago(7*week+1)))
			}
		}
		for i := range visits { // at targets, before the window
			w.put(met(fmt.Sprintf("K%02d", i%10+1), ago(40+i/10)))
		}
		return w
	}
	// 8 visits in 15 days are 2.67 a week: 32 visits in 12 weeks.
	s := mustSignal(t, world(31).book(), today, model.StepUpVisits, "T")
	require.False(t, s.OnCourse)
	require.True(t, s.Open())
	require.InDelta(t, 31.0/12, s.Readiness.UsualPace, 1e-12)
	require.InDelta(t, 8.0/3, s.Readiness.RequiredPace, 1e-12)
	s = mustSignal(t, world(32).book(), today, model.StepUpVisits, "T")
	require.True(t, s.OnCourse, "exactly the usual pace is enough")
	require.Equal(t, "on-course", s.State().String())
	require.Zero(t, model.OpenCount([]model.Signal{s}))

	w := world(32)
	w.put(model.Territory{Code: "T"}) // vacant: nobody keeps the pace
	s = mustSignal(t, w.book(), today, model.StepUpVisits, "T")
	require.False(t, s.OnCourse)
	require.Zero(t, s.Readiness.Room)
	require.Equal(t, 8, s.Readiness.Beyond, "no visit can reach them")
	require.Len(t, s.Readiness.BeyondAccounts, 8)
}

// R1 has two territories and three campaigns, short of 8, 8 and 4 visits.
func TestTheRoomIsTheReps(t *testing.T) {
	w := territoryOf(10)
	w.put(model.Territory{Code: "U", Rep: "R1"}, model.Territory{Code: "V", Rep: "R2"})
	for i := range 5 {
		w.put(model.Account{Code: fmt.Sprintf("U%02d", i), Territory: "U", Class: "A"}, model.Account{Code: fmt.Sprintf("V%02d", i), Territory: "V", Class: "A"})
	}
	campaign := func(code string, territories ...string) {
		w.put(model.Campaign{Code: code, Territories: territories, Start: today, End: ahead(20), Status: model.CampaignPlanned})
	}
	campaign("C1", "T")
	campaign("C2", "T", "U")
	campaign("C3", "V")
	b := w.book()
	contested := map[string][2]int{}
	for _, s := range b.On(today).Signals() {
		if s.Kind != model.StepUpVisits {
			continue
		}
		contested[s.Territory+" "+s.Campaign] = [2]int{s.Readiness.Contested, s.Readiness.ContestedBy}
	}
	want := map[string][2]int{"T C1": {12, 1}, "T C2": {12, 2}, "U C2": {16, 2}, "V C3": {0, 0}}
	require.Equal(t, want, contested)
	c1, _ := b.Campaign("C1")
	require.Equal(t, 12, b.On(today).Readiness(c1, b.Area("T")).Contested)

	// A visit in U is seen in T at once, and so is a territory that changes its rep.
	b.Apply(model.Change{Edits: []model.Edit{{After: met("U00", today)}}})
	require.Equal(t, 11, b.On(today).Readiness(c1, b.Area("T")).Contested)
	b.Apply(model.Change{Edits: []model.Edit{{Before: model.Territory{Code: "U", Rep: "R1"}, After: model.Territory{Code: "U", Rep: "R2"}}}})
	require.Equal(t, 8, mustSignalOf(t, b, "T", "C1").Readiness.Contested)
	require.Equal(t, 3, mustSignalOf(t, b, "V", "C3").Readiness.Contested)
	gone := c1
	gone.Status = model.CampaignCancelled
	require.Zero(t, campaignSignal(t, b.On(today).WithCampaign(gone).Signals(), "T", "C2").Readiness.Contested, "also in what would be")
}

func mustSignalOf(t *testing.T, b *model.Book, territory, campaign string) model.Signal {
	return campaignSignal(t, b.On(today).Signals(), territory, campaign)
}

func campaignSignal(t *testing.T, list []model.Signal, territory, campaign string) model.Signal {
	t.Helper()
	for _, s := range list {
		if s.Kind == model.StepUpVisits && s.Territory == territory && s.Campaign == campaign {
			return s
		}
	}
	require.Fail(t, "no signal", "%s %s", territory, campaign)
	return model.Signal{}
}

// An opt-out is by number, wherever the number stands.
func TestNobodyIsCalledUnderANumberThatWantsNoCalls(t *testing.T) {
	base := func() world {
		w := thin(5, 0)
		w.put(model.Account{Code: "K", Territory: "T", Class: "C", Phone: "+49 30 123456", Consent: model.ConsentGiven},
			model.Territory{Code: "T2", Country: "AT"})
		return w
	}
	reason := func(b *model.Book, day model.Date) model.Exclusion { return b.On(day).Exclusion(b.Account("K")) }
	other := model.Account{Code: "O", Territory: "T2", Phone: "030/12 34 56", Address: model.Address{Country: "DE"}}
	for _, test := range []struct {
		name   string
		change func(w world)
		want   model.Exclusion
	}{
		{"another account says nothing", func(w world) { w.put(other) }, model.NotExcluded},
		{"marked", func(w world) { a := other; a.DoNotCall = true; w.put(a) }, model.OptedOut},
		{"marked and inactive", func(w world) { a := other; a.DoNotCall, a.Inactive = true, true; w.put(a) }, model.OptedOut},
		{"opted out", func(w world) { w.put(other, telephoned("O", ago(5), model.CallOptOut)) }, model.OptedOut},
		{"opts out tomorrow", func(w world) { w.put(other, telephoned("O", ahead(1), model.CallOptOut)) }, model.NotExcluded},
		{"the same digits in Austria", func(w world) { a := other; a.DoNotCall, a.Address.Country = true, ""; w.put(a) }, model.NotExcluded},
		{"another number", func(w world) { a := other; a.DoNotCall, a.Phone = true, "030 123457"; w.put(a) }, model.NotExcluded},
	} {
		w := base()
		test.change(w)
		require.Equal(t, test.want, reason(w.book(), today), test.name)
	}

	// An account that is gone is still in the book of opt-outs.
	b := base().book()
	line := model.OptOut{Account: "GONE", Number: "#+4930123456", Since: ago(100)}
	b.Apply(model.Change{Edits: []model.Edit{{After: line}}})
	require.Equal(t, model.OptedOut, reason(b, today))
	require.Equal(t, model.NotExcluded, reason(b, ago(101)), "on a day before it nothing was known")
	lifted := line
	lifted.Lifted = ago(1)
	b.Apply(model.Change{Edits: []model.Edit{{Before: line, After: lifted}}})
	require.Equal(t, model.NotExcluded, reason(b, today), "a new consent")

	// What happens at the one account is seen at the other at once.
	w := base()
	w.put(other)
	b = w.book()
	require.Len(t, mustSignal(t, b, today, model.AddTelemarketing, "T").Contact.CallList, 6)
	b.Apply(model.Change{Edits: []model.Edit{{After: telephoned("O", today, model.CallOptOut)}}})
	require.Len(t, mustSignal(t, b, today, model.AddTelemarketing, "T").Contact.CallList, 5)
	require.True(t, b.On(today).Refuses(b.Account("K")))
}

func TestRounding(t *testing.T) {
	for _, test := range []struct {
		x        float64
		decimals int
		want     float64
	}{
		{0.595, 2, 0.6}, {0.594, 2, 0.59}, {0.125, 2, 0.13}, {-0.125, 2, -0.13}, {2.5, 0, 3}, {0.5, 0, 1}, {1.005, 2, 1.01}, {2, 2, 2},
		{27 / (21.0 / 5), 2, 6.43}, {25.0 / 12, 2, 2.08}, {0.999, 2, 1}, {9.995, 2, 10}, {1e-9, 2, 0}, {0.025, 2, 0.03},
	} {
		require.Equal(t, test.want, model.Rounded(test.x, test.decimals), "%v", test.x)
	}
	for _, test := range []struct {
		part, whole, aim int
		want             float64
		decimals         int
	}{
		{119, 200, 60, 0.595, 3},
		{119, 200, 0, 0.6, 2},
		{599, 1000, 60, 0.599, 3},
		{5999, 10000, 60, 0.5999, 4},
		{59999999, 100000000, 60, 0.599999, 6}, // so near that it is cut off
		{9, 31, 60, 0.29, 2},
		{3, 5, 60, 0.6, 2},
		{2, 3, 60, 0.67, 2},
		{0, 0, 60, 0, 2},
	} {
		share, decimals := model.RoundedShare(test.part, test.whole, test.aim)
		require.Equal(t, test.want, share, "%d of %d", test.part, test.whole)
		require.Equal(t, test.decimals, decimals)
	}
}

// A rounded share never stands on the wrong side of its aim, and is off by no more
// than half of its last place unless it was cut off.
func TestARoundedShareTellsTheSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.IntRange(1, 5_000_000).Draw(t, "whole")
		part := rapid.IntRange(0, whole).Draw(t, "part")
		aim := rapid.IntRange(0, 100).Draw(t, "aim")
		share, decimals := model.RoundedShare(part, whole, aim)
		require.Equal(t, 100*part < aim*whole, share < float64(aim)/100)
		require.InDelta(t, float64(part)/float64(whole), share, 0.0050000001)
		require.LessOrEqual(t, decimals, 6)
	})
}
