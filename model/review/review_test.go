package review

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// The examples of Newcombe's paper (method 10, table II) and one that tells nothing.
func TestDifferencesHaveNewcombesIntervals(t *testing.T) {
	for name, c := range map[string]struct {
		first, second    Share
		point, low, high float64
	}{
		"56/70 – 48/80":       {Share{56, 70}, Share{48, 80}, 0.2000, 0.0524, 0.3339},
		"9/10 – 3/10":         {Share{9, 10}, Share{3, 10}, 0.6000, 0.1705, 0.8090},
		"10/10 – 0/20":        {Share{10, 10}, Share{0, 20}, 1.0000, 0.6791, 1.0000},
		"too few: 18/60–9/58": {Share{18, 60}, Share{9, 58}, 0.1448, -0.0076, 0.2888},
	} {
		d := Between(c.first, c.second)
		require.InDelta(t, c.point, d.Point, 0.00005, name)
		require.InDelta(t, c.low, d.Low, 0.00005, name)
		require.InDelta(t, c.high, d.High, 0.00005, name)
	}
}

func TestAVerdictNeedsEnoughAccountsAndAnHonestBefore(t *testing.T) {
	none := Between(Share{10, 50}, Share{10, 50})
	for name, c := range map[string]struct {
		now, before Difference
		want        Verdict
	}{
		"clearly more":                     {Between(Share{56, 70}, Share{48, 80}), Between(Share{20, 70}, Share{23, 80}), ClearlyMore},
		"they ordered more before as well": {Between(Share{56, 70}, Share{48, 80}), Between(Share{50, 70}, Share{30, 80}), DifferentBefore},
		"somewhat more before":             {Between(Share{56, 70}, Share{48, 80}), Between(Share{30, 70}, Share{29, 80}), DifferentBefore},
		"clearly fewer":                    {Between(Share{48, 80}, Share{56, 70}), none, ClearlyFewer},
		"about the same":                   {Between(Share{400, 2000}, Share{398, 2000}), none, AboutTheSame},
		"too few to tell":                  {Between(Share{18, 60}, Share{9, 58}), none, TooFew},
		"four orders tell nothing":         {Between(Share{60, 70}, Share{4, 80}), none, TooFew},
		"four without tell nothing":        {Between(Share{66, 70}, Share{20, 80}), none, TooFew},
	} {
		require.Equal(t, c.want, Judge(c.now, c.before), name)
	}
}

func TestAnIntervalHoldsItsPointAndTurnsAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := func(name string) Share {
			of := rapid.IntRange(1, 500).Draw(t, name)
			return Share{rapid.IntRange(0, of).Draw(t, name+" count"), of}
		}
		a, b := share("first"), share("second")
		d, back := Between(a, b), Between(b, a)
		if d.Low > d.Point || d.High < d.Point || d.Low < -1.0001 || d.High > 1.0001 {
			t.Fatalf("%+v", d)
		}
		if diff := d.Low + back.High; diff > 1e-9 || diff < -1e-9 {
			t.Fatalf("%+v %+v", d, back)
		}
	})
}

// campaign is one without or with an effect: good customers order more at any time.
func campaign(random *rand.Rand, targets int, byLot bool, effect float64) (now, before Difference) {
	var visited, others, visitedBefore, othersBefore Share
	for range targets {
		chance, chosen := 0.2, 0.22
		if random.Float64() < 0.5 { // a good customer
			chance, chosen = 0.6, 0.78
		}
		if byLot {
			chosen = 0.5
		}
		count := func(s *Share, p float64) {
			s.Of++
			if random.Float64() < p {
				s.Count++
			}
		}
		if random.Float64() < chosen {
			count(&visited, min(chance+effect, 1))
			count(&visitedBefore, chance)
		} else {
			count(&others, chance)
			count(&othersBefore, chance)
		}
	}
	return Between(visited, others), Between(visitedBefore, othersBefore)
}

// Reps visit the better customers: of a thousand campaigns without any effect the plain
// comparison calls most a success, the review hardly any.
func TestCampaignsWithoutEffectAreNotPraised(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	praised, plain := 0, 0
	for range 1000 {
		now, before := campaign(random, 120, false, 0)
		if Judge(now, before) == ClearlyMore {
			praised++
		}
		if now.Low > 0 {
			plain++
		}
	}
	t.Logf("clearly more: %.1f %%, by the plain comparison %.1f %%", float64(praised)/10, float64(plain)/10)
	require.LessOrEqual(t, praised, 80)
	require.Greater(t, plain, 650)
}

// Drawn by lot, an effect of 15 points among 400 targets shows in most campaigns.
func TestAnEffectShowsWhereTheLotDrew(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	seen := 0
	for range 1000 {
		now, before := campaign(random, 400, true, 0.15)
		if Judge(now, before) == ClearlyMore {
			seen++
		}
	}
	t.Logf("clearly more: %.1f %%", float64(seen)/10)
	require.GreaterOrEqual(t, seen, 700)
}

func TestWhatASizeCanShow(t *testing.T) {
	require.InDelta(t, 0.32, Visible(60), 0.005)
	require.InDelta(t, 0.12, Visible(400), 0.005)
	require.Equal(t, 1.0, Visible(1))
}

const end = model.Date(20_000)

// fair is a campaign of ten days at forty accounts of one territory.
func fair(t *testing.T) (*model.Book, model.Campaign) {
	t.Helper()
	b := model.NewBook()
	c := model.Campaign{Code: "C1", Name: "Fair", Kind: "fair", Territories: []string{"T1"}, Start: end - 9, End: end, Status: model.CampaignPlanned}
	put(b, model.Rep{Code: "R1"}, model.Territory{Code: "T1", Rep: "R1"}, c)
	for i := range 40 {
		put(b, model.Account{Code: code(i), Territory: "T1"})
	}
	return b, c
}

func code(i int) string { return string(rune('A'+i/10)) + string(rune('0'+i%10)) }

func put(b *model.Book, records ...model.Record) {
	for _, r := range records {
		b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
}

func TestGroupsCountWhatFollowedTheContact(t *testing.T) {
	b, c := fair(t)
	var visits []model.Visit
	visit := func(i int, day model.Date, outcome string) {
		v := model.Visit{Account: code(i), Date: day, Rep: "R1", Outcome: outcome}
		if outcome == "order" {
			v.Value = 10_000
		}
		visits = append(visits, v)
		put(b, v)
	}
	for i := range 12 { // visited; eight order at the visit or later
		visit(i, end-3, "none")
		if i < 8 {
			visit(i, end+5, "order")
		}
	}
	visit(0, end+6, "order")  // once more: one account, two orders
	visit(11, end-5, "order") // before the others' visits, and the first contact itself
	visit(9, end-200, "order")
	for i := 12; i < 20; i++ { // called, one of them in vain
		outcome := model.CallReached
		if i == 12 {
			outcome = model.CallNotReached
		}
		put(b, model.Call{Account: code(i), Date: end - 4, Agent: "M", Outcome: outcome})
	}
	visit(13, end+3, "order") // after the window: still called only
	visit(14, end-6, "none")  // visit and call
	visit(20, end+model.ReviewAfter+1, "order")
	visit(21, end+model.ReviewAfter, "order") // nobody had contact: on the last day

	r := Make(b.On(end+model.ReviewAfter+1), c, visits)
	require.False(t, r.Running)
	require.Equal(t, [Groups]int{1, 12, 6, 21}, [Groups]int{r.Results[0].Accounts, r.Results[1].Accounts, r.Results[2].Accounts, r.Results[3].Accounts})
	require.Equal(t, 9, r.Results[Visit].Ordered)
	require.Equal(t, 10, r.Results[Visit].Orders)
	require.Equal(t, model.Money(100_000), r.Results[Visit].Value)
	require.Equal(t, 0, r.Results[VisitAndCall].Ordered)
	require.Equal(t, 1, r.Results[Call].Ordered)
	require.Equal(t, 1, r.Results[Neither].Ordered)
	require.Len(t, r.Comparing, 2, "one account is no group")
	require.Equal(t, Share{9, 12}, r.Comparing[0].Now.First)
	require.Equal(t, Share{1, 21}, r.Comparing[0].Now.Second)
	require.Equal(t, TooFew, r.Comparing[0].Verdict, "one order of 21 tells nothing")
	require.Len(t, r.Cards, 10)
	require.Equal(t, Make(b.On(end+900), c, visits).Results, r.Results, "it stays as it is")

	early := Make(b.On(end+model.ReviewAfter), c, visits)
	require.True(t, early.Running)
	require.Zero(t, early.Results)
}

// A story to show begins with the campaign: an order at a visit that prepared it is none, one
// after it is, and each account has one card.
func TestACardTellsWhatCameAfterTheCampaignsStart(t *testing.T) {
	b, c := fair(t)
	var visits []model.Visit
	for _, v := range []model.Visit{
		{Account: "A0", Date: c.Start - 6, Value: 10_000}, // before the start only
		{Account: "A1", Date: c.Start - 6, Value: 10_000}, {Account: "A1", Date: c.Start + 2, Value: 500}, {Account: "A1", Date: c.Start + 3, Value: 700},
		{Account: "A2", Date: c.Start, Value: 300},                                     // on its first day
		{Account: "A3", Date: c.Start - 6}, {Account: "A3", Date: end + 2, Value: 900}, // prepared, ordered afterwards
		{Account: "A4", Date: end + 2, Value: 400}, // no contact in the window
	} {
		v.Rep = "R1"
		visits = append(visits, v)
		put(b, v)
	}
	r := Make(b.On(end+model.ReviewAfter+1), c, visits)
	require.Equal(t, []Card{
		{Account: "A3", Visited: c.Start - 6, Ordered: end + 2, Value: 900},
		{Account: "A1", Visited: c.Start - 6, Ordered: c.Start + 2, Value: 500},
		{Account: "A2", Visited: c.Start, Ordered: c.Start, Value: 300},
	}, r.Cards)
	require.Equal(t, 4, r.Results[Visit].Ordered, "what a visit before the start brought counts all the same")
}

func TestATerritoryThatStoppedReportingIsLeftOutAndNamed(t *testing.T) {
	b, c := fair(t)
	put(b, model.Rep{Code: "R2"}, model.Territory{Code: "T2", Rep: "R2"}, model.Account{Code: "Z1", Territory: "T2"}, model.Visit{Account: "A0", Date: end, Rep: "R1"},
		model.Visit{Account: "Z1", Date: end - 60, Rep: "R2"})
	c.Territories = append(c.Territories, "T2")
	r := Make(b.On(end+model.ReviewAfter+1), c, nil)
	require.Equal(t, []Silent{{"T2", end - 60}}, r.Silent)
	require.Equal(t, 40, r.Targets)
}
