package ride

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

var today = model.NewDate(2026, 11, 24) // a Tuesday

// book is a rep with twelve accounts, six of them of class A, at which a mailing of January
// aims, and another rep with three.
func book(records ...model.Record) *model.Book {
	b := model.NewBook()
	all := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"}, model.Rep{Code: "R2", Name: "T. Brandt"},
		model.Territory{Code: "T1", Region: "Süd", Rep: "R1", Marketing: "Eva Kunz"}, model.Territory{Code: "T2", Region: "Süd", Rep: "R2"},
		model.Campaign{Code: "C1", Kind: "mailing", Territories: []string{"T1"}, Classes: []model.Class{"A"}, Start: today + 10, End: today + 20, Status: model.CampaignPlanned},
	}
	for i := range 12 {
		all = append(all, model.Account{Code: fmt.Sprintf("K%02d", i), Territory: "T1", Class: [...]model.Class{"A", "B"}[i%2]})
	}
	for i := range 3 {
		all = append(all, model.Account{Code: fmt.Sprintf("A%d", i), Territory: "T2", Class: "A"})
	}
	for _, r := range append(all, records...) {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return b
}

func planned(rep string, day model.Date, accounts ...string) (records []model.Record) {
	for _, code := range accounts {
		records = append(records, model.PlannedVisit{Rep: rep, Date: day, Account: code})
	}
	return records
}

// Four visits, two of them at customers of the mailing, are worth more than five at nobody's.
func TestADayIsWorthJoiningByItsVisitsAndItsCampaigns(t *testing.T) {
	plan := planned("R1", today+1, "K00", "K01", "K02", "K03")
	plan = append(plan, planned("R1", today+2, "K01", "K03", "K05", "K07", "K09")...)
	plan = append(plan, planned("R1", today+3, "K04", "K05")...)                // two: for them nobody travels
	plan = append(plan, planned("R2", today+1, "A0", "A1", "A2")...)            // class A, but the mailing is not in T2
	plan = append(plan, planned("R1", today+40, "K00", "K02", "K04", "K06")...) // later than asked for
	b := book(plan...)
	require.Equal(t, []Day{
		{Rep: "R1", Date: today + 1, Visits: 4, Aimed: 2, Campaigns: []InPlan{{"C1", 2}}},
		{Rep: "R1", Date: today + 2, Visits: 5},
		{Rep: "R2", Date: today + 1, Visits: 3},
	}, Days(b.On(today), today, today+27))

	b = book(append(plan, model.Absence{Rep: "R1", From: today + 1, To: today + 1})...)
	require.Equal(t, []string{"R1", "R2"}, reps(Days(b.On(today), today, today+27)), "nobody is joined on a day off")
	require.Equal(t, today+2, Days(b.On(today), today, today+27)[0].Date)
	require.Empty(t, Days(book().On(today), today, today+27))
}

func reps(days []Day) (list []string) {
	for _, day := range days {
		list = append(list, day.Rep)
	}
	return list
}

func TestWhoWasOutIsOnePersonHoweverTheNameIsWritten(t *testing.T) {
	b := book(model.Person{Code: "lena", Name: "Lena Neumann", Role: model.RoleMarketing}, model.Person{Code: "paul", Name: "Paul Albrecht", Role: model.RoleLead},
		model.Person{Code: "ks", Name: "K. Sommer", Role: model.RoleSales, Rep: "R1"}, model.Person{Code: "gone", Name: "Ida Alt", Role: model.RoleMarketing, Inactive: true})
	visits := []model.Visit{
		{Account: "K00", Date: today - 9, Rep: "R1", Guests: []string{"L. Neumann (Marketing)", "l. neumann"}}, // once along
		{Account: "K01", Date: today - 9, Rep: "R1", Guests: []string{"L.  Neumann (Marketing)"}},
		{Account: "A0", Date: today - 2, Rep: "R2", Guests: []string{"Lena Neumann", "D. Hartmann (Technik)"}},
		{Account: "A1", Date: today - 1, Rep: "R2", Guests: []string{"Lena Neumann"}, Kind: model.VisitNotMet},
		{Account: "A2", Date: today - 1, Rep: "R2", Guests: []string{" "}},
	}
	out := Out(b, visits, nil)
	require.Equal(t, []Guest{
		{Name: "L. Neumann (Marketing)", Person: "lena", Department: model.RoleMarketing, Visits: 3, Days: 2, Reps: []string{"R1", "R2"}, Last: today - 2},
		{Name: "D. Hartmann (Technik)", Visits: 1, Days: 1, Reps: []string{"R2"}, Last: today - 2},
	}, out)
	not := NotOut(b, out)
	require.Len(t, not, 1, "neither who has left nor a rep, who is out every day")
	require.Equal(t, "paul", not[0].Code)
}

func TestWhoListenedInOnCallsCountsBesideWhoWasOut(t *testing.T) {
	b := book(model.Person{Code: "karl", Name: "Karl Sommer", Role: model.RoleSales, Rep: "R1"}, model.Person{Code: "lena", Name: "Lena Neumann", Role: model.RoleMarketing})
	visits := []model.Visit{{Account: "K00", Date: today - 9, Rep: "R1", Guests: []string{"Lena Neumann"}}}
	calls := []model.Call{
		{Account: "K00", Date: today - 9, Outcome: model.CallReached, Guests: []string{"Karl Sommer", "Lena Neumann"}},
		{Account: "K01", Date: today - 8, Outcome: model.CallBack, Guests: []string{"K. Sommer"}},
		{Account: "K02", Date: today - 7, Outcome: model.CallNotReached, Guests: []string{"Karl Sommer"}}, // nothing was to be heard
	}
	require.Equal(t, []Guest{
		{Name: "K. Sommer", Person: "karl", Department: model.RoleSales, Calls: 2, Days: 2, Reps: []string{}, Last: today - 8},
		{Name: "Lena Neumann", Person: "lena", Department: model.RoleMarketing, Visits: 1, Calls: 1, Days: 1, Reps: []string{"R1"}, Last: today - 9},
	}, Out(b, visits, calls))
}

func TestTwoPeopleOfOneShortNameAreNotMixedUp(t *testing.T) {
	b := book(model.Person{Code: "lena", Name: "Lena Neumann", Role: model.RoleMarketing}, model.Person{Code: "lars", Name: "Lars Neumann", Role: model.RoleSales})
	out := Out(b, []model.Visit{{Account: "K00", Date: today, Guests: []string{"L. Neumann"}}, {Account: "K01", Date: today, Guests: []string{"Lars Neumann"}}}, nil)
	require.Len(t, out, 2)
	require.Equal(t, "lars", out[1].Person+out[0].Person, "L. Neumann may be either")
}

func TestNamesToOfferBeginWithWhoComesAlongMost(t *testing.T) {
	b := book(model.Person{Code: "lena", Name: "Lena Neumann", Role: model.RoleMarketing})
	visits := []model.Visit{
		{Account: "K00", Date: today - 9, Guests: []string{"Eva Kunz (Marketing)"}}, {Account: "K00", Date: today - 8, Guests: []string{"Jan Weber"}},
		{Account: "K01", Date: today - 9, Guests: []string{"Jan Weber"}},
	}
	require.Equal(t, []string{"Jan Weber", "Eva Kunz (Marketing)", "Lena Neumann", "K. Sommer", "T. Brandt"}, Names(b, visits))
}
