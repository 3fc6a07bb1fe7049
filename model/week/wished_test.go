package week

// Visits that customers wish stand in the week as they were told, to be confirmed.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
)

func wish(account string, due model.Date, hour, minute int) model.FollowUp {
	f := model.FollowUp{Account: account, Kind: model.FollowVisit, Date: planningDay - 1, Time: model.NewClock(10, 20), By: "Kim Weber", Due: due, At: model.NewClock(hour, minute)}
	f.ID = model.DeriveRowID(account, f.Date, f.Time, f.By, string(f.Kind), 0)
	return f
}

func called(account string) model.Call {
	return model.Call{Account: account, Date: planningDay - 1, Time: model.NewClock(10, 20), Agent: "Kim Weber", Outcome: model.CallAppointment}
}

func TestAWishedVisitStandsInTheWeekAndIsConfirmedWithIt(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, called("K04"), wish("K04", monday+2, 10, 15))
	d := draft(t, b)
	stop := d.Find("K04")
	day, position := d.Where(stop)
	require.Equal(t, 2, day)
	require.Equal(t, route.At(10, 15), d.Week.Days[day].Visits[position].Start)
	require.True(t, d.TimeFixed(stop))
	_, asks := d.Wished(stop)
	require.True(t, asks)

	improved(t, d, 1000) // the rest is planned around it
	day, position = d.Where(stop)
	require.Equal(t, 2, day)
	require.Equal(t, route.At(10, 15), d.Week.Days[day].Visits[position].Start)
	require.Zero(t, d.Week.Breaches())
	granted, elsewhere := d.Granted()
	require.Equal(t, []model.FollowUp{wish("K04", monday+2, 10, 15)}, granted)
	require.Empty(t, elsewhere)
	put0, _ := d.Confirmed(b)
	found := false
	for _, p := range put0 {
		found = found || p.Account == "K04" && p.Date == monday+2 && p.Time == model.NewClock(10, 15)
		put(b, p)
	}
	require.True(t, found)

	again := draft(t, b) // a plan for the day answers the wish
	_, asks = again.Wished(again.Find("K04"))
	require.False(t, asks)
	_, agreed := again.Agreed(again.Find("K04"))
	require.True(t, agreed)
}

func TestAWishThatIsMovedIsAgreedToElsewhereAndOneTakenOutWaitsOn(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, called("K04"), wish("K04", monday+2, 10, 15))
	d := draft(t, b)
	stop := d.Find("K04")
	require.NoError(t, d.Move(stop, 3, 0))
	asked, moved := d.Moved(stop)
	require.True(t, moved)
	require.Equal(t, monday+2, asked.Date)
	granted, elsewhere := d.Granted()
	require.Len(t, granted, 1)
	require.Equal(t, granted, elsewhere)
	require.NoError(t, d.Remove(stop))
	granted, _ = d.Granted()
	require.Empty(t, granted)

	renewed, err := NewDesk(b.On(planningDay), nil, DefaultRules()).Renew(d)
	require.NoError(t, err)
	at, _ := renewed.Where(renewed.Find("K04"))
	require.Equal(t, -1, at, "it was taken out by hand")
	kept, err := NewDesk(b.On(planningDay), nil, DefaultRules()).TakeUp(d.Keep())
	require.NoError(t, err)
	at, _ = kept.Where(kept.Find("K04"))
	require.Equal(t, -1, at)
}

func TestADraftTakesUpWishesThatComeAndLetsThoseGoThatAreAnswered(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	d := draft(t, b)
	improved(t, d, 1000)
	before, _ := d.Where(d.Find("K04"))
	put(b, called("K04"), wish("K04", monday+(model.Date(before)+1)%5, 10, 15))
	desk := func() *Desk { return NewDesk(b.On(planningDay), nil, DefaultRules()) }
	d, err := desk().Renew(d)
	require.NoError(t, err)
	at, _ := d.Where(d.Find("K04"))
	require.Equal(t, (before+1)%5, at, "it came while the week was being bent")
	visits := 0
	for _, day := range d.Week.Days {
		for _, v := range day.Visits {
			if d.Stops[v.Stop].Customer.Code == "K04" {
				visits++
			}
		}
	}
	require.Equal(t, 1, visits)

	asked := wish("K04", monday+(model.Date(before)+1)%5, 10, 15)
	declined := asked
	declined.State, declined.Answered, declined.Reply = model.FollowDeclined, planningDay, "on tour elsewhere"
	b.Apply(model.Change{Edits: []model.Edit{{Before: asked, After: declined}}})
	d, err = desk().Renew(d)
	require.NoError(t, err)
	at, _ = d.Where(d.Find("K04"))
	require.Equal(t, -1, at, "sales will not come")
}

func TestAWishIsOfItsWeekAndItsRep(t *testing.T) {
	b := book(t, planningDay)
	monday := planningDay.Monday() + 7
	put(b, called("K04"), wish("K04", monday+9, 10, 15), model.Rep{Code: "R2", Name: "B. Winter"})
	d := draft(t, b)
	require.Equal(t, -1, d.Find("K04"), "it is told for the week after")
	next, err := New(b.On(planningDay), "R1", monday+7, DefaultRules())
	require.NoError(t, err)
	at, _ := next.Where(next.Find("K04"))
	require.Equal(t, 2, at)

	// Away then, whoever stands in has it to confirm.
	put(b, model.Absence{Rep: "R1", From: monday + 7, To: monday + 11, Kind: "holiday", Cover: "R2"})
	next, err = New(b.On(planningDay), "R1", monday+7, DefaultRules())
	require.NoError(t, err)
	require.Empty(t, grantedBy(next))
	other, err := New(b.On(planningDay), "R2", monday+7, DefaultRules())
	require.NoError(t, err)
	require.Len(t, grantedBy(other), 1)

	// One whose day is over is no part of a week any more.
	put(b, wish("K05", planningDay-1, 9, 0))
	now, err := New(b.On(planningDay), "R1", planningDay.Monday(), DefaultRules())
	require.NoError(t, err)
	require.Empty(t, grantedBy(now))
}

func grantedBy(d *Draft) []model.FollowUp {
	granted, _ := d.Granted()
	return granted
}
