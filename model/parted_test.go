package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// TestAChangeOfRepPartsTheComingVisits works the question "what becomes of them?" by hand:
// R1 has T1 (K1, K2), R2 has T2 (K3); today is the tenth.
func TestAChangeOfRepPartsTheComingVisits(t *testing.T) {
	today := model.NewDate(2026, 11, 10)
	visit := func(rep, account string, day int) model.PlannedVisit {
		return model.PlannedVisit{Rep: rep, Account: account, Date: today + model.Date(day), Time: model.NewClock(9, 0)}
	}
	past, now, next, foreign := visit("R1", "K1", -1), visit("R1", "K1", 0), visit("R1", "K2", 7), visit("R1", "K3", 8)
	book := model.NewBook()
	t1, t2 := model.Territory{Code: "T1", Rep: "R1"}, model.Territory{Code: "T2", Rep: "R2"}
	k1, k2 := model.Account{Code: "K1", Territory: "T1"}, model.Account{Code: "K2", Territory: "T1"}
	change := model.Change{}
	for _, r := range []model.Record{
		model.Rep{Code: "R1"}, model.Rep{Code: "R2"}, t1, t2, k1, k2, model.Account{Code: "K3", Territory: "T2"},
		past, now, next, foreign, visit("R2", "K2", 7),
	} {
		change.Edits = append(change.Edits, model.Edit{After: r})
	}
	book.Apply(change)

	handed, vacant, moved := t1, t1, k2
	handed.Rep, vacant.Rep, moved.Territory = "R2", "", "T2"
	renamed := t1
	renamed.Name = "Ulm"
	rep := func(code string) []model.Key { return []model.Key{{Table: model.TableReps, Code: code}} }
	for _, c := range []struct {
		name  string
		after []model.Record
		gone  []model.Key
		want  []model.Parted
	}{
		{"another rep", []model.Record{handed}, nil, []model.Parted{{From: "R1", To: "R2", Visits: []model.PlannedVisit{now, next}}}},
		{"nobody", []model.Record{vacant}, nil, []model.Parted{{From: "R1", Visits: []model.PlannedVisit{now, next}}}},
		{"the territory goes", nil, []model.Key{t1.Key()}, []model.Parted{{From: "R1", Visits: []model.PlannedVisit{now, next}}}},
		{"one account moves", []model.Record{moved}, nil, []model.Parted{{From: "R1", To: "R2", Visits: []model.PlannedVisit{next}}}},
		{"the rep goes", []model.Record{vacant}, rep("R1"), []model.Parted{{From: "R1", Leaves: true, Visits: []model.PlannedVisit{now, next, foreign}}}},
		{"another name", []model.Record{renamed, k1}, nil, nil},
		{"the account goes", nil, []model.Key{k1.Key(), k2.Key()}, nil},
		{"moved, and the old territory handed on", []model.Record{handed, moved}, nil, []model.Parted{{From: "R1", To: "R2", Visits: []model.PlannedVisit{now, next}}}},
	} {
		require.Equal(t, c.want, book.Parted(c.after, c.gone, today), c.name)
	}

	edits := book.HandedOver(book.Parted([]model.Record{handed}, nil, today)[0])
	first, second := now, next
	first.Rep, second.Rep, second.Nth = "R2", "R2", 1 // R2 is at K2 on that day already: both stand
	require.Equal(t, []model.Edit{{Before: now, After: first}, {Before: next, After: second}}, edits)
}
