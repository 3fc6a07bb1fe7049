package review

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// short is a campaign at 250 accounts: of class A there are 30, of B 100, of C 120. The rep
// has room for some 75 visits in the window and so does not come to most of them.
func short(t *testing.T) (*model.Book, model.Campaign, model.Date) {
	t.Helper()
	today := model.Date(20_000).Monday()
	b := model.NewBook()
	c := model.Campaign{Code: "C1", Name: "Fair", Kind: "fair", Territories: []string{"T1"}, Start: today + 14, End: today + 18, Status: model.CampaignPlanned}
	put(b, model.Rep{Code: "R1"}, model.Territory{Code: "T1", Rep: "R1"}, c)
	for i := range 250 {
		a := model.Account{Code: "K" + code(i), Territory: "T1", Class: "C", Phone: "+49711555" + code(i), Consent: model.ConsentGiven}
		switch {
		case i < 30:
			a.Class = "A"
		case i < 130:
			a.Class = "B"
		}
		a.DoNotCall = i == 129
		put(b, a)
	}
	return b, c, today
}

func roomOf(b *model.Book, c model.Campaign, today model.Date) int {
	return b.On(today).Readiness(c, b.Area("T1")).Room
}

func TestTheLotIsDrawnAmongEqualsBeyondTheRoom(t *testing.T) {
	b, c, today := short(t)
	room := roomOf(b, c, today)
	require.Greater(t, room, 30)
	require.Less(t, room, 130, "the room has to end among class B")
	draft := Prepare(b.On(today), c)
	require.Equal(t, 30, draft.Certain, "all of class A are visited in any case")
	require.Equal(t, 1, draft.Shut, "who may not be called is no equal")
	require.Equal(t, 219, draft.Among())
	require.Equal(t, room-30, draft.Visits())

	drawn := draft.Draw(c, 30, 7)
	require.Len(t, drawn.LotVisit, room-30)
	require.Len(t, drawn.LotCall, 30)
	require.Len(t, drawn.LotNeither, 219-30-(room-30))
	all := slices.Concat(drawn.LotVisit, drawn.LotCall, drawn.LotNeither)
	slices.Sort(all)
	require.Len(t, slices.Compact(all), 219, "each account is drawn once")
	for _, account := range drawn.LotVisit {
		require.Equal(t, model.Class("B"), b.Account(account).Class)
	}
	require.Equal(t, drawn, draft.Draw(drawn, 30, 7), "the same number draws the same")
	require.NotEqual(t, drawn.LotVisit, draft.Draw(c, 30, 8).LotVisit)
	calls := func(class model.Class) (called, of int) {
		for _, account := range slices.Concat(drawn.LotCall, drawn.LotNeither) {
			if b.Account(account).Class == class {
				of++
				if drawn.Drew(account) == model.LotCall {
					called++
				}
			}
		}
		return called, of
	}
	for _, class := range []model.Class{"B", "C"} {
		called, of := calls(class)
		require.InDelta(t, 30.0/float64(219-room+30), float64(called)/float64(of), 1.0/float64(of)+0.001, "the same share of every class")
	}
}

func TestWhereThereIsRoomForAllNothingIsDrawn(t *testing.T) {
	b, c, today := short(t)
	c.Classes = []model.Class{"A"}
	draft := Prepare(b.On(today), c)
	require.Zero(t, draft.Among())
	require.Equal(t, 30, draft.Certain)
	require.False(t, new(model.Campaign).HasLot())
}

// Accounts count where they were drawn to, whatever was done with them.
func TestALotIsReviewedAsDrawn(t *testing.T) {
	b, c, today := short(t)
	c = Prepare(b.On(today), c).Draw(c, 30, 7)
	var visits []model.Visit
	visit := func(account string, day model.Date, value model.Money) {
		v := model.Visit{Account: account, Date: day, Rep: "R1", Value: value}
		visits = append(visits, v)
		put(b, v)
	}
	for i, account := range c.LotVisit {
		if i > 0 { // the first was not visited after all
			visit(account, c.Start, 0)
		}
		if i%2 == 0 {
			visit(account, c.End+3, 100)
		}
	}
	visit(c.LotNeither[0], c.Start+1, 500) // the rep came all the same, and sold
	for _, account := range c.LotCall[:20] {
		put(b, model.Call{Account: account, Date: c.Start, Agent: "M", Outcome: model.CallReached})
	}
	r := Make(b.On(c.ReviewDay()+1), c, visits)
	require.Equal(t, 7, r.Lot.Seed)
	visited, called, alone := r.Lot.Arms[model.LotVisit], r.Lot.Arms[model.LotCall], r.Lot.Arms[model.LotNeither]
	require.Equal(t, len(c.LotVisit), visited.Accounts)
	require.Equal(t, len(c.LotVisit)-1, visited.Kept)
	require.Equal(t, (len(c.LotVisit)+1)/2, visited.Ordered)
	require.Equal(t, 30, called.Accounts)
	require.Equal(t, 20, called.Kept)
	require.Zero(t, called.Ordered)
	require.Equal(t, 1, alone.Ordered)
	require.Equal(t, model.Money(500), alone.Value)
	require.Equal(t, len(c.LotNeither)-1, alone.Kept)
	require.Len(t, r.Lot.Comparing, 2)
	require.Equal(t, Share{visited.Ordered, visited.Accounts}, r.Lot.Comparing[0].Now.First)

	c.Review = c.End + 1
	r = Make(b.On(c.End+2), c, visits)
	require.False(t, r.Running, "the day that was set holds")
	require.Zero(t, r.Lot.Arms[model.LotVisit].Ordered)
}

func TestTheReviewMovesWithTheCampaign(t *testing.T) {
	c := model.Campaign{Start: 100, End: 110}
	require.Equal(t, model.Date(138), c.ReviewDay())
	c.Review = 120
	require.Equal(t, model.Date(127), c.At(107, 117).ReviewDay())
	require.Equal(t, model.Date(110), model.Campaign{Start: 100, End: 110, Review: 110}.ReviewDay())
}
