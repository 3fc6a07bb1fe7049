package double_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/double"
)

var today = model.NewDate(2026, time.November, 24)

func book(records ...model.Record) *model.Book {
	b := model.NewBook()
	for _, r := range append([]model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Account{Code: "K1", Name: "Metallbau", Territory: "T1", Class: model.ClassA, Phone: "0711 5550142", Consent: model.ConsentGiven},
	}, records...) {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return b
}

func call(ago int, outcome model.CallOutcome) model.Call {
	return model.Call{ID: model.RowID{byte(ago + 100), byte(outcome)}, Account: "K1", Date: today - model.Date(ago), Agent: "Lena", Outcome: outcome}
}

func visit(ago int) model.Visit {
	return model.Visit{ID: model.RowID{byte(ago + 100)}, Account: "K1", Date: today - model.Date(ago), Rep: "R1"}
}

func plan(in int) model.PlannedVisit {
	return model.PlannedVisit{Rep: "R1", Account: "K1", Date: today + model.Date(in)}
}

func promise(in int) model.FollowUp {
	return model.FollowUp{ID: model.RowID{byte(in + 100), 1}, Account: "K1", Kind: model.FollowCall, Date: today - 1, Due: today + model.Date(in), By: "Lena"}
}

func phone(from, to int) model.Campaign {
	return model.Campaign{Code: "TEL", Name: "Phone round", Kind: model.KindTelemarketing, Territories: []string{"T1"}, Start: today + model.Date(from), End: today + model.Date(to), Status: model.CampaignPlanned}
}

func warned(b *model.Book, side model.Role, on int) (kinds []string) {
	for _, e := range double.Warning(b.On(today), b.Account("K1"), nil, side, today+model.Date(on)) {
		kinds = append(kinds, e.Kind.String())
	}
	return kinds
}

func TestWhatTheOtherDepartmentDoesIsSaidOnBothSides(t *testing.T) {
	sales, marketing := model.RoleSales, model.RoleMarketing
	for name, c := range map[string]struct {
		records []model.Record
		side    model.Role
		on      int
		want    []string
	}{
		"nothing":                                  {nil, sales, 0, nil},
		"called fourteen days ago":                 {[]model.Record{call(14, model.CallReached)}, sales, 0, []string{"call"}},
		"fifteen days are long ago":                {[]model.Record{call(15, model.CallReached)}, sales, 0, nil},
		"a visit planned later is further away":    {[]model.Record{call(10, model.CallReached)}, sales, 5, nil},
		"a call in vain is no contact":             {[]model.Record{call(2, model.CallNotReached)}, sales, 0, nil},
		"a wished visit is the call's fruit":       {[]model.Record{call(2, model.CallAppointment)}, sales, 0, nil},
		"a promised call":                          {[]model.Record{promise(14)}, sales, 0, []string{"promised"}},
		"promised for later":                       {[]model.Record{promise(15)}, sales, 0, nil},
		"the calls of a campaign":                  {[]model.Record{phone(10, 30)}, sales, 0, []string{"campaign"}},
		"calls that begin later":                   {[]model.Record{phone(15, 30)}, sales, 0, nil},
		"calls that are over":                      {[]model.Record{phone(-30, -1)}, sales, 0, nil},
		"one's own calls are no news to marketing": {[]model.Record{call(2, model.CallReached), promise(3), phone(0, 9)}, marketing, 0, nil},
		"visited":                                    {[]model.Record{visit(14)}, marketing, 0, []string{"visit"}},
		"planned":                                    {[]model.Record{plan(14)}, marketing, 0, []string{"planned"}},
		"planned for later":                          {[]model.Record{plan(15)}, marketing, 0, nil},
		"visited and planned, in order":              {[]model.Record{plan(3), visit(4)}, marketing, 0, []string{"visit", "planned"}},
		"one's own visits are no news to sales":      {[]model.Record{plan(3), visit(4)}, sales, 0, nil},
		"a mailing asks for the visit":               {[]model.Record{model.Campaign{Code: "M", Kind: "mailing", Territories: []string{"T1"}, Start: today, End: today + 9, Status: model.CampaignPlanned}}, sales, 0, nil},
		"a promise that was kept":                    {[]model.Record{promise(-1), call(0, model.CallReached)}, sales, 0, []string{"call"}},
		"a promise that is overdue is still to come": {[]model.Record{promise(0)}, sales, 0, []string{"promised"}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, warned(book(c.records...), c.side, c.on)) })
	}
}

// Who made a contact is told where the rows were read, and never guessed.
func TestWhoItWasIsToldWhereItIsKnown(t *testing.T) {
	b := book(call(3, model.CallReached))
	l := b.Account("K1")
	require.Empty(t, double.Warning(b.On(today), l, nil, model.RoleSales, today)[0].Who)
	rows := &double.Rows{Calls: []model.Call{call(3, model.CallReached)}}
	require.Equal(t, "Lena", double.Warning(b.On(today), l, rows, model.RoleSales, today)[0].Who)
}

func TestNobodyIsCalledByACampaignWhoMayNotBeCalled(t *testing.T) {
	b := book(phone(0, 9), call(100, model.CallOptOut))
	require.Empty(t, warned(b, model.RoleSales, 0))
}

func TestTheLedgerHasBothDepartmentsNewestFirst(t *testing.T) {
	b := book(visit(4), call(3, model.CallReached), plan(5), promise(2), phone(-10, 10))
	var got []string
	for _, e := range double.Ledger(b.On(today), b.Account("K1"), nil) {
		got = append(got, fmt.Sprint(e.Kind, " ", e.Department(), " ", e.Ahead(today)))
	}
	require.Equal(t, []string{"planned sales true", "promised marketing true", "call marketing false", "visit sales false", "campaign marketing true"}, got)
}

// Whatever is on record: a warning only names the other department, only what lies
// within the days, and on both sides the same pairs: where sales is told of marketing on
// a day on which it has a visit, marketing is told of that visit on the other's day.
func TestWarningsAreMutualAndNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []model.Record
		days := rapid.SliceOfN(rapid.IntRange(-40, 40), 0, 8)
		for _, in := range slices.Compact(slices.Sorted(slices.Values(days.Draw(t, "plans")))) {
			if in >= 0 {
				records = append(records, plan(in))
			} else {
				records = append(records, visit(-in))
			}
		}
		outcomes := []model.CallOutcome{model.CallReached, model.CallNotReached, model.CallAppointment, model.CallDeclined}
		for _, in := range slices.Compact(slices.Sorted(slices.Values(days.Draw(t, "calls")))) {
			if in < 0 {
				records = append(records, call(-in, rapid.SampledFrom(outcomes).Draw(t, "outcome")))
			} else {
				records = append(records, promise(in))
			}
		}
		b := book(records...)
		d, l := b.On(today), b.Account("K1")
		for _, side := range []model.Role{model.RoleSales, model.RoleMarketing} {
			for on := today - 45; on <= today+45; on++ {
				for _, e := range double.Warning(d, l, nil, side, on) {
					if e.Department() == side || max(e.Date-on, on-e.Date) > double.Days {
						t.Fatalf("%s on %s is warned of %v", side, on, e)
					}
					mutual := slices.ContainsFunc(double.Warning(d, l, nil, e.Department(), e.Date), func(other double.Entry) bool { return other.Date == on })
					own := slices.ContainsFunc(double.Ledger(d, l, nil), func(other double.Entry) bool {
						return other.Date == on && other.Department() == side && (other.Kind != double.Call || other.Outcome.Reached() && other.Outcome != model.CallAppointment)
					})
					if own && !mutual {
						t.Fatalf("%s is told of %v on %s, the other is not told back", side, e, on)
					}
				}
			}
		}
	})
}

func TestTwoCampaignsAtTheSameAccountsClashAndMarketingPartsThem(t *testing.T) {
	mailing := model.Campaign{Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Start: today + 25, End: today + 30, Status: model.CampaignPlanned}
	b := book(phone(0, 9), mailing)
	list := double.Clashes(b.On(today))
	require.Len(t, list, 1)
	require.Equal(t, [2]string{"TEL", "MAIL"}, list[0].Campaigns)
	require.Equal(t, []string{"K1"}, list[0].Accounts)
	require.Equal(t, today, list[0].From, "the mailing wants its accounts 28 days before")
	require.Equal(t, today+9, list[0].To)
	require.Equal(t, model.RoleMarketing, list[0].Owner())

	for name, c := range map[string]model.Campaign{
		"other territory": {Code: "MAIL", Kind: "mailing", Territories: []string{"T2"}, Start: today + 1, End: today + 30, Status: model.CampaignPlanned},
		"other class":     {Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Classes: []model.Class{model.ClassC}, Start: today + 1, End: today + 30, Status: model.CampaignPlanned},
		"draft":           {Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Start: today + 1, End: today + 30, Status: model.CampaignDraft},
		"later":           {Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Start: today + 40, End: today + 50, Status: model.CampaignPlanned},
		"over":            {Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Start: today - 9, End: today - 1, Status: model.CampaignPlanned},
	} {
		require.Empty(t, double.Clashes(book(phone(0, 9), c).On(today)), name)
	}
}

func TestAVisitAndACallAtOneCustomerClashAndSalesPartsThem(t *testing.T) {
	for name, c := range map[string]struct {
		records []model.Record
		clash   bool
	}{
		"visit and call ahead":         {[]model.Record{plan(3), promise(5)}, true},
		"visit ahead, called":          {[]model.Record{plan(3), call(2, model.CallReached)}, true},
		"call ahead, visited":          {[]model.Record{promise(3), visit(2)}, true},
		"both over":                    {[]model.Record{visit(3), call(2, model.CallReached)}, false},
		"far apart":                    {[]model.Record{plan(10), call(5, model.CallReached)}, false},
		"wished on the telephone":      {[]model.Record{plan(3), call(2, model.CallAppointment)}, false},
		"not reached":                  {[]model.Record{plan(3), call(2, model.CallNotReached)}, false},
		"a round that leaves them out": {[]model.Record{plan(3), phone(0, 9)}, false},
	} {
		list := double.Clashes(book(c.records...).On(today))
		require.Equal(t, c.clash, len(list) == 1, name)
		if c.clash {
			require.Equal(t, double.ClashContacts, list[0].Kind)
			require.Equal(t, model.RoleSales, list[0].Owner())
			require.Equal(t, []string{"K1"}, list[0].Accounts)
		}
	}
}

func TestWhatACampaignWouldMeetIsCounted(t *testing.T) {
	k2 := model.Account{Code: "K2", Territory: "T1", Class: model.ClassA}
	b := book(k2, visit(3), model.PlannedVisit{Rep: "R1", Account: "K2", Date: today + 8}, model.Campaign{Code: "MAIL", Kind: "mailing", Territories: []string{"T1"}, Start: today + 5, End: today + 30, Status: model.CampaignPlanned})
	p := double.Planning(b.On(today), phone(0, 9))
	require.Equal(t, 2, p.Targets)
	require.Equal(t, 1, p.Visited)
	require.Equal(t, 1, p.Planned)
	require.Len(t, p.Clashes, 1)
	require.Equal(t, "MAIL", p.Clashes[0].Other("TEL"))
	cancelled := phone(0, 9)
	cancelled.Status = model.CampaignCancelled
	require.Zero(t, double.Planning(b.On(today), cancelled).Targets)
}

// Whatever is planned, called and promised: the accounts that clash are those of a plain
// reading of the rule, found one by one; and no clash is told twice.
func TestClashesAreThoseOfAPlainReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []model.Record
		type day struct{ visits, calls []int }
		accounts := map[string]day{}
		for n := range 6 {
			code := fmt.Sprintf("A%d", n)
			territory := rapid.SampledFrom([]string{"T1", "T2"}).Draw(t, "territory")
			inactive := rapid.IntRange(0, 5).Draw(t, "inactive") == 0
			records = append(records, model.Account{Code: code, Territory: territory, Class: model.ClassA, Inactive: inactive})
			var of day
			for _, in := range rapid.SliceOfNDistinct(rapid.IntRange(-20, 20), 0, 3, rapid.ID).Draw(t, "visits") {
				of.visits = append(of.visits, in)
				if in >= 0 {
					records = append(records, model.PlannedVisit{Rep: "R1", Account: code, Date: today + model.Date(in)})
				} else {
					records = append(records, model.Visit{ID: model.RowID{byte(n), byte(in + 100)}, Account: code, Date: today + model.Date(in), Rep: "R1"})
				}
			}
			// One call is promised, so that no other one keeps it; or some were made.
			if in := rapid.IntRange(-20, 20).Draw(t, "call"); in >= 0 {
				of.calls = []int{in}
				records = append(records, model.FollowUp{ID: model.RowID{byte(n), 1}, Account: code, Kind: model.FollowCall, Date: today - 1, Due: today + model.Date(in)})
			} else {
				of.calls = []int{in}
				records = append(records, model.Call{ID: model.RowID{byte(n), 2}, Account: code, Date: today + model.Date(in), Outcome: model.CallDeclined})
			}
			if !inactive {
				accounts[code] = of
			}
		}
		want := map[string]bool{}
		for code, of := range accounts {
			for _, v := range of.visits {
				for _, c := range of.calls {
					// One of them is still to come, within the days.
					soon := v >= 0 && v <= double.Days || c >= 0 && c <= double.Days
					if max(v-c, c-v) <= double.Days && soon {
						want[code] = true
					}
				}
			}
		}
		got := map[string]bool{}
		for _, clash := range double.Contacts(book(append(records, model.Territory{Code: "T2"})...).On(today)) {
			for _, code := range clash.Accounts {
				if got[code] {
					t.Fatalf("%s twice", code)
				}
				got[code] = true
			}
			if clash.From > clash.To || clash.From < today || clash.To > today+double.Days {
				t.Fatalf("%s – %s", clash.From, clash.To)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
