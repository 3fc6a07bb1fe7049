package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestFairModeIsOnInGermanyAndAustriaUnlessTheLeadEndsIt(t *testing.T) {
	for _, c := range []struct {
		country, fair string
		on            bool
	}{
		{"DE", "", true}, {"AT", "", true}, {"CH", "", false}, {"FR", "", false}, {"", "", false},
		{"DE", model.FairOff, false}, {"FR", model.FairOn, true},
	} {
		settings := model.DefaultSettings()
		settings.Country, settings.Fair = c.country, c.fair
		require.Equal(t, c.on, settings.FairMode(), c)
		require.Equal(t, settings, model.SettingsOf(settings.Named()), "as a store keeps it")
	}
	settings := model.DefaultSettings()
	settings.Fair = "perhaps"
	field, reason := model.Describe(model.TableSettings).Check(settings)
	require.Equal(t, "fair", field)
	require.NotEmpty(t, reason)
}

func TestWhoMaySeeARepsFigures(t *testing.T) {
	people := []model.Person{
		{Code: "lena", Name: "Lena", Role: model.RoleLead}, {Code: "jens", Name: "Jens", Role: model.RoleSales, Rep: "R1"},
		{Code: "maike", Name: "Maike", Role: model.RoleSales, Rep: "R2"}, {Code: "mara", Name: "Mara", Role: model.RoleMarketing},
	}
	for fair, want := range map[string]map[string]bool{
		model.FairOn:  {"lena": true, "jens": true, "maike": false, "mara": false},
		model.FairOff: {"lena": true, "jens": true, "maike": true, "mara": true},
	} {
		b := model.NewBook()
		settings := model.DefaultSettings()
		settings.Fair = fair
		b.Apply(model.Change{Edits: []model.Edit{{After: settings}}})
		require.True(t, b.MaySeeFigures(model.Actor{Name: "me", Role: model.RoleSales}, "R1"), "who works alone sees all")
		for _, p := range people {
			b.Apply(model.Change{Edits: []model.Edit{{After: p}}})
		}
		require.Equal(t, fair != model.FairOn, b.ShowsPersons())
		for _, p := range people {
			require.Equal(t, want[p.Code], b.MaySeeFigures(p.Actor(""), "R1"), "%s, fair mode %s", p.Code, fair)
		}
	}
}
