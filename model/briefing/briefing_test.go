package briefing

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/answer"
)

// today is a Tuesday.
var today = model.NewDate(2026, 11, 24)

// company is four territories of two regions; two of three reps have one each, and one
// territory has nobody. The demand for visits of the campaign is forty.
func company() *model.Book {
	b := model.NewBook()
	put(b, model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 20}, model.Rep{Code: "R2", Name: "M. Adler", Capacity: 20})
	for i, t := range []model.Territory{
		{Code: "T1", Region: "Süd/Bayern", Rep: "R1"}, {Code: "T2", Region: "Süd/Bayern", Rep: "R2"}, {Code: "T3", Region: "Nord/Hamburg", Rep: "R1"}, {Code: "T4", Region: "Nord/Hamburg"},
	} {
		put(b, t)
		for n := range 10 {
			put(b, model.Account{Code: fmt.Sprintf("K%d%d", i+1, n), Territory: t.Code, Class: model.ClassA, Since: today - 900, At: model.Coordinates{Lat: 48, Lon: 10}})
		}
	}
	put(b, model.Campaign{Code: "C1", Name: "Mailing", Kind: "mailing", Territories: []string{"Süd"}, Start: today + 15, End: today + 24, Status: model.CampaignPlanned})
	return b
}

func put(b *model.Book, records ...model.Record) {
	for _, r := range records {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
}

func visit(account string, day model.Date, rep string) model.Visit {
	return model.Visit{Account: account, Date: day, Rep: rep}
}

func TestDecisionsComeBackTheWeekAfter(t *testing.T) {
	b := company()
	key := model.SignalKey{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1"}
	_, raised := answer.Of(b.On(today), key)
	require.True(t, raised)
	put(b, model.Answer{ID: model.RowID{1}, Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: today, Says: model.SaysAccept, Until: today + 14, By: "Sommer"})

	find := func(day, since model.Date) (found []Decision) {
		for _, c := range Make(b.On(day), Frame{Since: since}).Decisions {
			if c.Signal == key {
				found = append(found, c)
			}
		}
		return found
	}
	next := find(today+Week, today)
	require.Len(t, next, 1)
	require.Equal(t, answer.Accepted, next[0].State)
	require.True(t, next[0].Quiet, "a week without a visit or a booking")
	require.Equal(t, model.RoleSales, next[0].Whose)
	require.Equal(t, today+14, next[0].Day)

	require.Len(t, find(today+2*Week, today+Week), 1, "it stands there until it has ended")
	missed := find(today+3*Week, today+2*Week)
	require.NotEmpty(t, missed, "nothing dies silently")
	require.Equal(t, answer.Missed, missed[0].State)
	require.Equal(t, today+15, missed[0].Day)
	for _, c := range find(today+5*Week, today+4*Week) {
		require.NotEqual(t, missed[0].Raised, c.Raised, "what has ended is told once")
	}
}

func TestWhatNobodyAnsweredStandsThereWhenItIsOver(t *testing.T) {
	b := company()
	end := today + 24
	made := Make(b.On(end+3), Frame{Since: end - 4})
	forgotten := 0
	for _, c := range made.Decisions {
		if c.Forgotten {
			forgotten++
			require.Equal(t, answer.Missed, c.State)
			require.Equal(t, "C1", c.Signal.Campaign)
		}
	}
	require.Equal(t, 2, forgotten, "of both territories")
	require.Equal(t, 2, made.Passes[0].Unanswered)
}

func TestASignalSaysWhoseTurnItIs(t *testing.T) {
	b := company()
	made := Make(b.On(today), Frame{Since: today - Week})
	require.NotEmpty(t, made.Signals)
	for _, s := range made.Signals {
		require.Equal(t, s.Kind.Owner(), s.Whose)
		require.NotZero(t, s.Day)
	}
}

func TestACampaignSaysWhetherSalesCanCarryIt(t *testing.T) {
	ahead := func(b *model.Book, code string) Ahead {
		for _, c := range Make(b.On(today), Frame{}).Campaigns {
			if c.Campaign.Code == code {
				return c
			}
		}
		t.Fatal("no campaign " + code)
		return Ahead{}
	}
	b := company()
	c := ahead(b, "C1")
	require.Equal(t, CarryStepUp, c.Carry)
	require.Equal(t, []string{"T1", "T2"}, c.Tight)
	require.Equal(t, []int{20, 16, 0, 16}, []int{c.Targets, c.Needed, c.Served, c.Gap})

	put(b, model.Rep{Code: "R2", Name: "M. Adler", Capacity: 1})
	c = ahead(b, "C1")
	require.Equal(t, CarryBeyond, c.Carry, "one visit a week is not enough for eight")
	require.Equal(t, []string{"T2"}, c.Tight)
	require.Positive(t, c.Beyond)

	b = company()
	put(b, model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 3},
		model.Campaign{Code: "C2", Kind: "fair", Territories: []string{"T1"}, Start: today + 16, End: today + 20, Status: model.CampaignPlanned})
	require.Equal(t, CarryContested, ahead(b, "C1").Carry, "eight for one and eight for the other are more than thirteen")

	b = company()
	for n := range 8 {
		put(b, visit(fmt.Sprintf("K1%d", n), today-1, "R1"), visit(fmt.Sprintf("K2%d", n), today-1, "R2"))
	}
	require.Equal(t, CarryDone, ahead(b, "C1").Carry)

	put(b, model.Campaign{Code: "C3", Kind: model.KindTelemarketing, Territories: []string{"T1"}, Start: today - 3, End: today + 3, Status: model.CampaignPlanned},
		model.Call{Account: "K10", Date: today - 1, Agent: "M"})
	c = ahead(b, "C3")
	require.Equal(t, CarryCalls, c.Carry)
	require.Equal(t, 1, c.Served)
}

func TestWhatIsNotKnownIsSaid(t *testing.T) {
	b := company()
	put(b, visit("K20", today-40, "R2"), visit("K10", today-1, "R1"), model.Account{Code: "X1", Class: model.ClassA}, model.Account{Code: "X2", Territory: "T1", Class: model.ClassA})
	u := Make(b.On(today), Frame{}).Unknown
	require.Equal(t, []Silent{{"T2", today - 40}}, u.Silent)
	require.Equal(t, []string{"T4"}, u.Vacant)
	require.Equal(t, 41, u.Accounts)
	require.Equal(t, 1, u.Unplaced)
	require.Equal(t, 1, u.Homeless)

	south := Make(b.On(today), Frame{Wanted: func(a *model.Area) bool { return model.InRegion(a.Region, "Süd") }})
	require.Equal(t, 2, south.Territories)
	require.Empty(t, south.Unknown.Vacant)
	require.Zero(t, south.Unknown.Homeless, "who is in no territory is in no region")
}

func TestAPaceThatIsOnePersonsIsNotShownUnlessPersonsAre(t *testing.T) {
	b := company()
	put(b, visit("K10", today-1, "R1"), visit("K20", today-40, "R2"))
	made := Make(b.On(today), Frame{})
	require.Len(t, made.Regions, 3)
	require.Equal(t, []string{"Nord/Hamburg", "Süd/Bayern", ""}, []string{made.Regions[0].Path, made.Regions[1].Path, made.Regions[2].Path})
	require.True(t, made.Regions[0].Alone)
	require.False(t, made.Regions[1].Alone)
	require.False(t, Make(b.On(today), Frame{Persons: true}).Regions[0].Alone)
	require.Equal(t, model.Coverage{Accounts: 20, Covered: 1, Contacted: 1}, made.Regions[1].Before, "four weeks ago the other one was covered")
	require.Equal(t, 1, made.Regions[1].All.Covered)
}

// Sums of the regions are those of all, and the passes add up, whatever happened.
func TestTheSheetAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := company()
		for range rapid.IntRange(0, 30).Draw(t, "visits") {
			area := rapid.IntRange(1, 3).Draw(t, "area")
			put(b, visit(fmt.Sprintf("K%d%d", area, rapid.IntRange(0, 9).Draw(t, "account")), today-model.Date(rapid.IntRange(0, 120).Draw(t, "ago")), []string{"R1", "R2", "R1"}[area-1]))
		}
		made := Make(b.On(today), Frame{Since: today - Week})
		var sum model.Numbers
		for _, r := range made.Regions[:len(made.Regions)-1] {
			sum.Add(r.Numbers)
		}
		all := made.Regions[len(made.Regions)-1].Numbers
		if sum.All != all.All || sum.Weeks != all.Weeks || sum.Active != all.Active {
			t.Fatalf("%+v\n%+v", sum, all)
		}
		for _, p := range made.Passes {
			if p.Given != p.Taken+p.Declined+p.Countered+p.Unanswered || p.Lately > p.Given {
				t.Fatalf("%+v", p)
			}
		}
	})
}
