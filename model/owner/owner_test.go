package owner_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
	"doppelpass/model/owner"
)

var today = model.NewDate(2026, time.November, 24)

func book(records ...model.Record) *model.Day {
	b := model.NewBook()
	for _, r := range append([]model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"}, model.Rep{Code: "R2", Name: "T. Brandt"},
		model.Territory{Code: "T1", Name: "Ulm", Rep: "R1", Marketing: "Lena Neumann"}, model.Territory{Code: "T2", Name: "Allgäu"},
		model.Account{Code: "K1", Territory: "T1"}, model.Account{Code: "K2", Territory: "T2"},
		model.Campaign{Code: "C1", Owner: "Oliver Brehm"}, model.Campaign{Code: "C2", Owner: "Lena Neumann"},
	}, records...) {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return b.On(today)
}

// One question decides: one customer in person is sales', a market, a target group or
// the access to it marketing's.
func TestEveryTaskHasOneOwner(t *testing.T) {
	d := book()
	sales, marketing := model.RoleSales, model.RoleMarketing
	signal := func(kind model.Kind, territory, campaign string) model.SignalKey {
		return model.SignalKey{Kind: kind, Territory: territory, Campaign: campaign}
	}
	for name, c := range map[string]struct{ got, want owner.Owner }{
		"visits":                {owner.OfSignal(d, signal(model.StepUpVisits, "T1", "C1")), owner.Owner{Department: sales, Rep: "R1"}},
		"no rep":                {owner.OfSignal(d, signal(model.StepUpVisits, "T2", "C1")), owner.Owner{Department: sales}},
		"calls":                 {owner.OfSignal(d, signal(model.AddTelemarketing, "T1", "")), owner.Owner{Department: marketing, Names: []string{"Lena Neumann"}}},
		"reports":               {owner.OfSignal(d, signal(model.ReportsMissing, "T1", "")), owner.Owner{Department: sales, Rep: "R1"}},
		"a proposal to reply":   {owner.OfCase(d, answer.Case{Signal: signal(model.StepUpVisits, "T1", "C1"), Turn: marketing}), owner.Owner{Department: marketing, Names: []string{"Oliver Brehm"}}},
		"a case to answer":      {owner.OfCase(d, answer.Case{Signal: signal(model.StepUpVisits, "T1", "C1"), Turn: sales}), owner.Owner{Department: sales, Rep: "R1"}},
		"promised by oneself":   {owner.OfFollowUp(d, model.FollowUp{Account: "K1", Kind: model.FollowCall, For: "Fatih"}), owner.Owner{Department: marketing, Names: []string{"Fatih"}}},
		"promised by the team":  {owner.OfFollowUp(d, model.FollowUp{Account: "K1", Kind: model.FollowCall}), owner.Owner{Department: marketing}},
		"a visit that's wished": {owner.OfFollowUp(d, model.FollowUp{Account: "K1", Kind: model.FollowVisit}), owner.Owner{Department: sales, Rep: "R1"}},
		"two campaigns":         {owner.OfClash(d, double.Clash{Kind: double.ClashCampaigns, Campaigns: [2]string{"C1", "C2"}}), owner.Owner{Department: marketing, Names: []string{"Oliver Brehm", "Lena Neumann"}}},
		"one customer twice":    {owner.OfClash(d, double.Clash{Kind: double.ClashContacts, Territories: []string{"T1"}}), owner.Owner{Department: sales, Rep: "R1"}},
	} {
		require.Equal(t, c.want, c.got, name)
	}
}

func TestWhoStandsInHasTheTaskMeanwhile(t *testing.T) {
	d := book(model.Absence{Rep: "R1", From: today - 1, To: today + 3, Cover: "R2", Kind: "holiday"})
	require.Equal(t, "R2", owner.OfSignal(d, model.SignalKey{Kind: model.StepUpVisits, Territory: "T1"}).Rep)
}

func TestWhatIsMineNamesMeOrNobody(t *testing.T) {
	d := book(model.Person{Code: "kim", Name: "Kim Sommer", Role: model.RoleSales, Rep: "R1"})
	rep := owner.MeOf(d.Book(), model.Actor{Name: "kim", Person: "kim", Role: model.RoleSales})
	require.Equal(t, "R1", rep.Rep)
	named := owner.MeOf(d.Book(), model.Actor{Name: "T. Brandt", Role: model.RoleSales})
	require.Equal(t, "R2", named.Rep, "who works alone under the rep's name")
	caller := owner.Me{Name: "lena neumann", Role: model.RoleMarketing}
	lead := owner.Me{Name: "Heike", Role: model.RoleLead}
	visits, calls := owner.Owner{Department: model.RoleSales, Rep: "R1"}, owner.Owner{Department: model.RoleMarketing, Names: []string{"Lena Neumann"}}
	vacant := owner.Owner{Department: model.RoleSales}
	require.True(t, rep.Has(visits))
	require.False(t, named.Has(visits))
	require.True(t, caller.Has(calls))
	require.False(t, caller.Has(vacant), "another department's")
	require.True(t, rep.Has(vacant))
	require.True(t, lead.Has(vacant), "nobody's is the lead's as well")
	require.False(t, lead.Has(calls))
}

// Nothing falls between two people: every task is somebody's, by name or as their
// department's, whoever works here.
func TestEveryTaskIsSomebodys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := owner.Owner{Department: rapid.SampledFrom([]model.Role{model.RoleSales, model.RoleMarketing}).Draw(t, "department")}
		if o.Department == model.RoleSales {
			o.Rep = rapid.SampledFrom([]string{"", "R1", "R2"}).Draw(t, "rep")
		} else {
			o.Names = rapid.SliceOfN(rapid.SampledFrom([]string{"Lena", "Oliver"}), 0, 2).Draw(t, "names")
		}
		team := []owner.Me{{Name: "K", Role: model.RoleSales, Rep: "R1"}, {Name: "T", Role: model.RoleSales, Rep: "R2"}, {Name: "Lena", Role: model.RoleMarketing}, {Name: "Oliver", Role: model.RoleMarketing}}
		n := 0
		for _, me := range team {
			if me.Has(o) {
				n++
				if me.Role != o.Department {
					t.Fatalf("%v has %v", me, o)
				}
			}
		}
		if n == 0 || o.Rep != "" && n != 1 {
			t.Fatalf("%d have %v", n, o)
		}
	})
}
