package figures

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

func put(b *model.Book, records ...model.Record) {
	for _, r := range records {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
}

func day(month time.Month, day int) model.Date { return model.NewDate(2026, month, day) }

func everywhere(*model.Area) bool { return true }

// Two territories, four accounts, three months: every figure by hand.
func TestFiguresAreCountedOnce(t *testing.T) {
	b := model.NewBook()
	put(b, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"}, model.Territory{Code: "T2", Name: "Allgäu", Rep: "R2"},
		model.Account{Code: "K1", Territory: "T1", Class: model.ClassA, Interval: 30}, model.Account{Code: "K2", Territory: "T1", Class: model.ClassB, Interval: 60},
		model.Account{Code: "K3", Territory: "T2", Class: model.ClassA, Interval: 30}, model.Account{Code: "K4", Territory: "T2", Class: model.ClassA, Interval: 30, Inactive: true})
	visits := []model.Visit{
		{Account: "K1", Date: day(9, 3), Rep: "R1", Outcome: "order", Value: 50_000}, {Account: "K1", Date: day(9, 25), Rep: "R1"}, {Account: "K1", Date: day(11, 10), Rep: "R1", Value: 1_000},
		{Account: "K2", Date: day(10, 5), Rep: "R1", Kind: model.VisitNotMet}, {Account: "K3", Date: day(8, 31), Rep: "R2", Outcome: "order"}, {Account: "K4", Date: day(10, 1), Rep: "R2", Outcome: "order"},
	}
	for _, v := range visits {
		put(b, v)
	}
	settled := []model.SettledVisit{
		model.PlannedVisit{Account: "K1", Date: day(9, 3), Rep: "R1"}.Settle(model.BecameMet, ""), model.PlannedVisit{Account: "K2", Date: day(10, 5), Rep: "R1"}.Settle(model.BecameNotMet, ""),
		model.PlannedVisit{Account: "K2", Date: day(10, 20), Rep: "R1"}.Settle(model.BecameDropped, model.DroppedIll),
	}
	make := func(by By) ([]Row, Sums) {
		return Make(b.On(day(11, 24)), Frame{First: day(9, 1), Last: day(11, 24), By: by, Wanted: everywhere, Visits: slices.Values(visits), Settled: slices.Values(settled)})
	}
	want := Sums{Accounts: 3, Visits: 3, Reached: 1, Rhythmic: 3, InRhythm: 1, Agreed: 3, Kept: 1, Orders: 2, Value: 51_000}
	rows, all := make(ByMonth)
	require.Equal(t, want, all)
	require.Len(t, rows, 3)
	require.Equal(t, Sums{Accounts: 3, Visits: 2, Reached: 1, Rhythmic: 3, InRhythm: 2, Agreed: 1, Kept: 1, Orders: 1, Value: 50_000}, rows[0].Sums, "September: K1 and K3 are in rhythm on the 30th")
	require.Equal(t, Sums{Accounts: 3, Rhythmic: 3, Agreed: 2}, rows[1].Sums, "October: nobody was met")
	rows, all = make(ByTerritory)
	require.Equal(t, want, all)
	require.Equal(t, []string{"T2", "T1"}, []string{rows[0].Territory, rows[1].Territory}, "by name")
	require.Equal(t, Sums{Accounts: 1, Rhythmic: 1}, rows[0].Sums)
	rows, all = make(ByClass)
	require.Equal(t, want, all)
	require.Equal(t, 2, rows[0].Accounts, "A: K1 and K3")
}

// By whatever they are summed up, visits, orders and appointments are those of the whole,
// and so are accounts where each stands in one row.
func TestRowsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := model.NewBook()
		first, last := day(3, 10), day(8, 20)
		var visits []model.Visit
		var settled []model.SettledVisit
		for i := range rapid.IntRange(1, 8).Draw(t, "accounts") {
			code := string(rune('A' + i))
			territory := rapid.SampledFrom([]string{"T1", "T2"}).Draw(t, "territory")
			put(b, model.Territory{Code: territory, Name: territory, Rep: "R1"}, model.Account{Code: code, Territory: territory,
				Class: rapid.SampledFrom([]model.Class{model.ClassA, model.ClassB, ""}).Draw(t, "class")})
			for range rapid.IntRange(0, 6).Draw(t, "visits") {
				v := model.Visit{Account: code, Date: first + model.Date(rapid.IntRange(-40, 200).Draw(t, "day")), Rep: "R1", Value: model.Money(rapid.IntRange(0, 2).Draw(t, "value"))}
				visits = append(visits, v)
				put(b, v)
				settled = append(settled, model.PlannedVisit{Account: code, Date: v.Date, Rep: "R1"}.Settle(rapid.SampledFrom([]string{model.BecameMet, model.BecameDropped}).Draw(t, "became"), ""))
			}
		}
		for _, by := range Ways {
			rows, all := Make(b.On(last), Frame{First: first, Last: last, By: by, Wanted: everywhere, Visits: slices.Values(visits), Settled: slices.Values(settled)})
			var sum Sums
			for _, r := range rows {
				sum.Add(r.Sums)
			}
			if by == ByMonth { // an account is in every month
				sum.Accounts, sum.Reached, sum.Rhythmic, sum.InRhythm = all.Accounts, all.Reached, all.Rhythmic, all.InRhythm
			}
			if sum != all {
				t.Fatalf("by %s: %+v, in all %+v", by, sum, all)
			}
		}
	})
}
