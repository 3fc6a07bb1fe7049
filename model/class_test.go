package model_test

// Classes as a team sets them.

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// four are the first classes, one called otherwise, and a fourth.
func four() model.Settings {
	s := model.DefaultSettings()
	s.Classes[0].Name = "Gold"
	s.Classes[3] = model.ClassRule{Code: "D", Interval: 365, Weight: 40}
	return s
}

func TestClassesAreQuestionsToTheSettings(t *testing.T) {
	s := four()
	for _, test := range []struct {
		class                  model.Class
		name                   string
		rank, interval, weight int
	}{
		{"A", "Gold", 0, 30, 150}, {"B", "B", 1, 90, 100}, {"C", "C", 2, 180, 70}, {"D", "D", 3, 365, 40},
		{"", "", 3, 365, 40}, {"X", "X", 3, 365, 40}, // none, or none of these: the last
	} {
		require.Equal(t, test.name, s.ClassName(test.class), test.class)
		require.Equal(t, test.rank, s.Rank(test.class), test.class)
		require.Equal(t, test.interval, s.Interval(test.class), test.class)
		require.Equal(t, test.weight, s.ClassWeight(test.class), test.class)
	}
	for name, class := range map[string]model.Class{"gold": "A", "A": "A", "d": "D"} {
		got, ok := s.ClassNamed(name)
		require.True(t, ok, name)
		require.Equal(t, class, got)
	}
	_, ok := s.ClassNamed("silver")
	require.False(t, ok)
	require.True(t, s.AimsAt(model.Campaign{Classes: []model.Class{"D"}}, ""), "an account without a class counts as the last")
	require.False(t, s.AimsAt(model.Campaign{Classes: []model.Class{"C"}}, ""))
	require.Equal(t, model.Class("A2"), s.NewClass("A"), "the code of the class that was called A is taken")
	require.Equal(t, []model.Class{"Gold", "D"}, s.WithClassNames(model.Campaign{Classes: []model.Class{"A", "D"}}).(model.Campaign).Classes)
}

func TestTheFourthClassIsCountedAndComesLast(t *testing.T) {
	w := newWorld()
	w.put(model.Territory{Code: "T", Rep: "R1"}, mailing(ago(1), ahead(20)))
	for code, class := range map[string]model.Class{"K1": "D", "K2": "A", "K3": "", "K4": "C"} {
		w.put(model.Account{Code: code, Territory: "T", Class: class})
	}
	w.put(met("K1", ago(300)))
	b := w.book()
	b.Apply(model.Change{Edits: []model.Edit{{After: four()}}})
	n := b.On(today).Numbers(b.Area("T"))
	require.Equal(t, model.Coverage{Accounts: 2, Covered: 1, Contacted: 1}, n.ByClass[3], "300 days are less than 365")
	require.InDelta(t, 7.0/30+7.0/180+2*7.0/365, n.NeededPace, 1e-12)
	var order []string
	for _, l := range mustSignal(t, b, today, model.StepUpVisits, "T").Readiness.Accounts {
		order = append(order, l.Code)
	}
	require.Equal(t, []string{"K2", "K4", "K3", "K1"}, order)
}

// Whatever the classes and numbers, the settings come back from their names; those
// of a store that knew three intervals keep them.
func TestSettingsByName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := model.DefaultSettings()
		for _, setting := range model.SettingList {
			*setting.Value(&s) = rapid.IntRange(setting.Min, setting.Max).Draw(t, setting.Name)
		}
		s.Classes = model.ClassTable{}
		codes := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z0-9 ]{1,6}`), 1, model.MaximumClasses, rapid.ID[string]).Draw(t, "codes")
		for i, code := range codes {
			s.Classes[i] = model.ClassRule{Code: model.Class(code), Name: rapid.StringMatching(`[^\x00-\x1f]{0,8}`).Draw(t, "name"),
				Interval: rapid.IntRange(1, model.LongestInterval).Draw(t, "interval"), Weight: rapid.IntRange(1, model.HighestWeight).Draw(t, "weight")}
		}
		require.Empty(t, s.Classes.Check())
		require.Equal(t, s, model.SettingsOf(s.Named()))
	})
	old := model.SettingsOf([]model.Named{{Name: "interval-a", Value: 20}, {Name: "interval-b", Value: 60}, {Name: "interval-c", Value: 120}, {Name: "lead", Value: 10}})
	want := model.DefaultSettings()
	want.Lead, want.Classes[0].Interval, want.Classes[1].Interval, want.Classes[2].Interval = 10, 20, 60, 120
	require.Equal(t, want, old)
}
