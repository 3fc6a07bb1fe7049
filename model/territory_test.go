package model_test

// The numbers of a territory and of a region on a day.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestNumbersOfATerritory(t *testing.T) {
	w := newWorld(
		model.Territory{Code: "T", Rep: "R1"},
		model.Account{Code: "A-ontrack", Territory: "T", Class: "A"}, met("A-ontrack", ago(3)),
		model.Account{Code: "A-due", Territory: "T", Class: "A"}, met("A-due", ago(30)),
		model.Account{Code: "A-overdue", Territory: "T", Class: "A"}, met("A-overdue", ago(31)),
		model.Account{Code: "A-called", Territory: "T", Class: "A"}, met("A-called", ago(50)), telephoned("A-called", ago(15), model.CallReached),
		model.Account{Code: "B-never", Territory: "T", Class: "B"},
		model.Account{Code: "B-called", Territory: "T", Class: "B"}, telephoned("B-called", ago(45), model.CallDeclined),
		model.Account{Code: "C-new", Territory: "T", Class: "C", Since: ago(10)},
		model.Account{Code: "C-own", Territory: "T", Class: "C", Interval: 14}, met("C-own", ago(14)),
		model.Account{Code: "C-gone", Territory: "T", Class: "C", Inactive: true}, met("C-gone", ago(1)), telephoned("C-gone", ago(1), model.CallReached),
		model.Account{Code: "elsewhere", Territory: "T2", Class: "A"}, met("elsewhere", ago(1)),
	)
	b := w.book()
	n := b.On(today).Numbers(b.Area("T"))
	require.Equal(t, 8, n.Active, "the inactive one does not count, the new one does")
	require.Equal(t, model.Coverage{Accounts: 7, Covered: 3, Contacted: 5}, n.All, "the new one does not count towards coverage")
	require.Equal(t, model.Coverage{Accounts: 4, Covered: 2, Contacted: 3}, n.ByClass[0])
	require.Equal(t, model.Coverage{Accounts: 2, Covered: 0, Contacted: 1}, n.ByClass[1])
	require.Equal(t, model.Coverage{Accounts: 1, Covered: 1, Contacted: 1}, n.ByClass[2])
	require.Equal(t, [...]int{model.StateNew: 1, model.StateOnTrack: 1, model.StateDue: 2, model.StateOverdue: 2, model.StateNever: 2}, n.ByState)
	require.InDelta(t, 3.0/7, n.All.CoveredShare(), 1e-12)
	require.InDelta(t, 5.0/7, n.All.ContactedShare(), 1e-12)
	// 4 × 7/30 (A) + 2 × 7/90 (B) + 7/180 (the new C) + 7/14 (own interval)
	require.InDelta(t, 28.0/30+14.0/90+7.0/180+0.5, n.NeededPace, 1e-12)
	require.Equal(t, 5.0/12, n.UsualPace(), "5 visits on active accounts in 84 days")
	require.Equal(t, ago(3), n.LastVisit, "the inactive account's visit does not count")
}

func TestUsualPaceCountsEightyFourDays(t *testing.T) {
	w := newWorld(model.Territory{Code: "T"}, model.Account{Code: "K", Territory: "T", Class: "A"},
		met("K", ahead(1)), // not yet
		met("K", today),
		model.Visit{Account: "K", Date: today, Rep: "R2"}, // two on one day are two
		met("K", ago(6)), met("K", ago(7)), met("K", ago(83)),
		met("K", ago(84)), // too long ago
		model.Visit{Account: "K", Date: ago(2), Kind: model.VisitNotMet, Rep: "R1"},
		model.Visit{Account: "K", Date: ago(2), Kind: model.VisitOther, Rep: "R2"},
	)
	b := w.book()
	n := b.On(today).Numbers(b.Area("T"))
	require.Equal(t, 5.0/12, n.UsualPace())
	require.Equal(t, [model.PaceWeeks]int{0: 1, 10: 1, 11: 3}, n.Weeks, "weeks of seven days that end today, oldest first")
	require.Equal(t, 5.0/12, b.On(ahead(1)).Numbers(b.Area("T")).UsualPace(), "a day later one more is in and one is out")
}

func TestATerritoryWithoutAccountsHasNoNumbers(t *testing.T) {
	b := newWorld(model.Territory{Code: "T"}, model.Account{Code: "K", Territory: "T", Inactive: true}).book()
	require.Equal(t, model.Numbers{}, b.On(today).Numbers(b.Area("T")))
	require.Zero(t, b.On(today).Numbers(b.Area("T")).All.CoveredShare())
	require.Empty(t, b.On(today).Signals())
}

func TestRegionsSumWhatLiesBelow(t *testing.T) {
	w := newWorld()
	for _, territory := range []struct {
		code, region string
		accounts     int
	}{{"T1", "Süd/Baden-Württemberg", 3}, {"T2", "Süd/Bayern", 5}, {"T3", "Süd", 7}, {"T4", "Südwest", 11}, {"T5", "", 13}} {
		w.put(model.Territory{Code: territory.code, Region: territory.region})
		for i := range territory.accounts {
			code := territory.code + string(rune('a'+i))
			w.put(model.Account{Code: code, Territory: territory.code, Class: "B"}, met(code, ago(i)))
		}
	}
	b := w.book()
	for region, want := range map[string]int{
		"Süd/Baden-Württemberg": 3, "Süd/Bayern": 5, "Süd": 15, "Südwest": 11, "Sü": 0, "Süd/Baden": 0, "Nord": 0, "": 39,
	} {
		n := b.On(today).RegionNumbers(region)
		require.Equal(t, want, n.Active, region)
		require.Equal(t, want, n.All.Covered, region)
		require.InDelta(t, float64(want)*7/90, n.NeededPace, 1e-9, region)
		require.InDelta(t, float64(want)/12, n.UsualPace(), 1e-12, region)
	}
}
