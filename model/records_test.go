package model_test

// Records' keys, the words files carry, and who may change what.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Who may change what: sales accounts, visits, plans and territories; marketing
// campaigns, calls and its own fields of a territory; the lead everything.
func TestRights(t *testing.T) {
	records := map[model.Table]model.Record{
		model.TableReps: model.Rep{Code: "R1"}, model.TableTerritories: model.Territory{Code: "T1", Name: "Ost"},
		model.TableAccounts: model.Account{Code: "K1"}, model.TableCampaigns: model.Campaign{Code: "C1"},
		model.TableVisits: model.Visit{Account: "K1", Date: today}, model.TableCalls: model.Call{Account: "K1", Date: today},
		model.TablePlan: model.PlannedVisit{Account: "K1", Date: today, Rep: "R1"}, model.TableSettings: model.DefaultSettings(),
	}
	allowed := map[model.Role]map[model.Table]bool{
		model.RoleSales:     {model.TableAccounts: true, model.TableVisits: true, model.TablePlan: true, model.TableTerritories: true},
		model.RoleMarketing: {model.TableCampaigns: true, model.TableCalls: true},
		model.RoleLead: {model.TableReps: true, model.TableTerritories: true, model.TableAccounts: true, model.TableCampaigns: true,
			model.TableVisits: true, model.TableCalls: true, model.TablePlan: true, model.TableSettings: true},
		"": {}, "guest": {},
	}
	for role, tables := range allowed {
		for table, r := range records {
			changed := r
			if territory, ok := r.(model.Territory); ok {
				territory.Name = "Ost 2" // not one of marketing's fields
				changed = territory
			}
			if account, ok := r.(model.Account); ok {
				account.Name = "Another" // not marketing's own note
				changed = account
			}
			for what, edit := range map[string]model.Edit{"add": {After: r}, "change": {Before: r, After: changed}, "delete": {Before: r}} {
				t.Run(fmt.Sprintf("%s %ss %s", role, what, table), func(t *testing.T) {
					err := role.May(edit)
					if tables[table] {
						require.NoError(t, err)
						return
					}
					var forbidden model.Forbidden
					require.ErrorAs(t, err, &forbidden)
					require.Equal(t, model.Forbidden{Role: role, Table: table, Who: forbidden.Who}, err)
					for _, other := range []model.Role{model.RoleSales, model.RoleMarketing} {
						require.Equal(t, other.May(edit) == nil, forbidden.Who.Has(other), "who may is said truly: %s", other)
					}
					require.Contains(t, err.Error(), string(table))
				})
			}
		}
	}
}

func TestRightsToTheFieldsOfATerritory(t *testing.T) {
	before := model.Territory{Code: "T1", Name: "Ost", Region: "Süd", Rep: "R1", Postcodes: []string{"70", "71"}, Marketing: "L. Meyer", Note: "n", MarketingNote: "m"}
	for _, test := range []struct {
		field            string
		change           func(*model.Territory)
		sales, marketing bool
	}{
		{"nothing", func(*model.Territory) {}, true, true},
		{"name", func(x *model.Territory) { x.Name = "?" }, true, false},
		{"region", func(x *model.Territory) { x.Region = "?" }, true, false},
		{"rep", func(x *model.Territory) { x.Rep = "?" }, true, false},
		{"postcodes", func(x *model.Territory) { x.Postcodes = []string{"70", "72"} }, true, false},
		{"fewer postcodes", func(x *model.Territory) { x.Postcodes = []string{"70"} }, true, false},
		{"sales' note", func(x *model.Territory) { x.Note = "?" }, true, false},
		{"marketing's contact", func(x *model.Territory) { x.Marketing = "?" }, true, true},
		{"marketing's note", func(x *model.Territory) { x.MarketingNote = "?" }, false, true},
		{"both notes", func(x *model.Territory) { x.Note, x.MarketingNote = "?", "?" }, false, false},
	} {
		after := before
		test.change(&after)
		edit := model.Edit{Before: before, After: after}
		require.Equal(t, test.sales, model.RoleSales.May(edit) == nil, test.field)
		require.Equal(t, test.marketing, model.RoleMarketing.May(edit) == nil, test.field)
		require.NoError(t, model.RoleLead.May(edit), test.field)
	}
	require.NoError(t, model.RoleSales.May(model.Edit{Before: before}), "a territory can be dissolved with its notes")
	require.Error(t, model.RoleSales.May(model.Edit{After: before}), "but not founded with marketing's note")
}

func TestWordsReadBack(t *testing.T) {
	for _, kind := range []model.VisitKind{model.VisitMet, model.VisitNotMet, model.VisitOther} {
		got, err := model.ParseVisitKind(kind.String())
		require.NoError(t, err)
		require.Equal(t, kind, got)
	}
	for outcome := model.CallReached; outcome <= model.CallWrongNumber; outcome++ {
		got, err := model.ParseCallOutcome(outcome.String())
		require.NoError(t, err)
		require.Equal(t, outcome, got)
		require.Equal(t, !slices.Contains([]string{"not-reached", "callback", "wrong-number"}, outcome.String()), outcome.Reached())
	}
	kind, err := model.ParseVisitKind("")
	require.NoError(t, err)
	require.Equal(t, model.VisitMet, kind, "empty: met")
	for _, wrong := range []string{"Met", "reached", "x"} {
		_, err := model.ParseVisitKind(wrong)
		require.Error(t, err)
	}
	_, err = model.ParseCallOutcome("")
	require.Error(t, err)
	require.Equal(t, "unknown (9)", model.CallOutcome(9).String())
	require.Equal(t, []string{"step-up-visits", "add-telemarketing", "reports-missing"},
		[]string{model.StepUpVisits.String(), model.AddTelemarketing.String(), model.ReportsMissing.String()})
	require.Equal(t, []model.Role{model.RoleSales, model.RoleMarketing, model.RoleSales},
		[]model.Role{model.StepUpVisits.Owner(), model.AddTelemarketing.Owner(), model.ReportsMissing.Owner()})
}

func TestCoordinatesThatSayAPlace(t *testing.T) {
	for c, valid := range map[model.Coordinates]bool{
		{}: false, {Lat: 48.7, Lon: 9.1}: true, {Lat: 0, Lon: 9.1}: true, {Lat: 48, Lon: 0}: true, {Lat: -90, Lon: 180}: true,
		{Lat: 90.1, Lon: 9}: false, {Lat: 48, Lon: -180.5}: false,
	} {
		require.Equal(t, valid, c.Valid(), "%v", c)
	}
}

func TestWhatTheBookKnows(t *testing.T) {
	w := newWorld(
		model.Rep{Code: "R2"}, model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 30},
		model.Territory{Code: "T2", Region: "Nord"}, model.Territory{Code: "T1", Region: "Süd", Rep: "R1"}, model.Territory{Code: "T0", Region: "Süd"},
		model.Account{Code: "K1", Territory: "T1"}, model.Account{Code: "K2", Territory: "T9"}, model.Account{Code: "K3"},
		model.Campaign{Code: "C2", Start: today, End: today}, model.Campaign{Code: "C1", Start: today, End: today}, model.Campaign{Code: "C3", Start: today - 1, End: today},
		met("K1", ago(3)),
	)
	b := w.book()
	require.Equal(t, 3, b.AccountCount())
	require.Equal(t, "K. Sommer", b.RepName("R1"))
	require.Equal(t, "R2", b.RepName("R2"))
	require.Equal(t, "R9", b.RepName("R9"))
	require.Equal(t, [...]int{30, 25, 25}, [...]int{b.On(today).Capacity("R1"), b.On(today).Capacity("R2"), b.On(today).Capacity("R9")})
	require.Equal(t, []model.Rep{{Code: "R1", Name: "K. Sommer", Capacity: 30}, {Code: "R2"}}, b.Reps())
	var areas, campaigns []string
	for _, area := range b.Areas() {
		areas = append(areas, area.Code)
	}
	for _, c := range b.Campaigns() {
		campaigns = append(campaigns, c.Code)
	}
	require.Equal(t, []string{"T2", "T0", "T1"}, areas, "by region, then code; unknown ones are not among them")
	require.Equal(t, []string{"C3", "C1", "C2"}, campaigns, "by start, then code")
	require.False(t, b.Area("T9").Known)
	require.Nil(t, b.Area("T8"))
	require.Nil(t, b.Account("K9"))
	_, known := b.Rep("R9")
	require.False(t, known)
	_, known = b.Campaign("C9")
	require.False(t, known)
	require.Equal(t, ago(3), b.Reports("R1").OnOrBefore(today))
	found := 0
	for range b.Accounts {
		found++
		break // stopping early is fine
	}
	require.Equal(t, 1, found)

	gone := w[model.Account{Code: "K2"}.Key()]
	b.Apply(model.Change{Edits: []model.Edit{{Before: gone}}})
	require.Nil(t, b.Area("T9"), "a territory that nobody names is forgotten")
}
