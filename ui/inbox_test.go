package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// What others answered stands in the inbox, at most seven lines and one for the rest,
// and enter leads to the signal.
func TestTheInboxLeadsToTheSignals(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	key := model.SignalKey{}
	for _, s := range st.Session.Signals() {
		if s.Kind == model.StepUpVisits && s.Open() {
			key = s.Key()
		}
	}
	require.NotEmpty(t, key.Territory)
	a := model.Answer{Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: uitest.Today - 1, Says: model.SaysDecline,
		Until: uitest.Today + 5, Reason: model.DeclinedNoRoom, By: "H. Lindner"}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "answer.decline", Puts: []store.Put{{Record: a}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	h := newHand(t, st, session.PageTerritories)
	h.press("I")
	require.Contains(t, ansi.Strip(h.root.View()), "H. Lindner declined until")
	h.press("enter")
	require.Equal(t, session.PageSignals, h.root.front)
}

// A visit that a customer wished stands above all else until sales plans it, at its
// time, or declines it: then whoever made the call reads why.
func TestAWishedVisitIsConfirmedOrItsCallerIsTold(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	wish := func(id byte, by string) model.FollowUp {
		return model.FollowUp{ID: model.RowID{id}, Account: "K10", Kind: model.FollowVisit, Date: uitest.Today, By: by, Due: uitest.Today + model.Date(id), At: model.Clock(10*60 + 1)}
	}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "call.log", Puts: []store.Put{{Record: wish(7, "Lea")}, {Record: wish(8, "Kim")}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	h := newHand(t, st, session.PageTerritories)
	h.press("I")
	require.Contains(t, ansi.Strip(h.root.View()), "wishes a visit")
	h.press("enter", "y")
	left := st.Session.Book.FollowUps("K10")
	require.Equal(t, model.FollowConfirmed, left[0].State)
	planned := st.Session.Book.Account("K10").Planned
	require.NotEmpty(t, planned)
	require.Equal(t, uitest.Today+7, planned[len(planned)-1].Date)
	require.Equal(t, model.Clock(10*60+1), planned[len(planned)-1].Time, "at the time the customer wished")

	h.press("I", "enter", "n")
	for _, letter := range "full" {
		h.press(string(letter))
	}
	h.press("ctrl+s")
	left = st.Session.Book.FollowUps("K10")
	require.Equal(t, model.FollowDeclined, left[1].State)
	require.Equal(t, "full", left[1].Reply)
	h.press("I")
	require.Contains(t, ansi.Strip(h.root.View()), "declined the visit")
}

// Who promised a visit on the telephone reads when it stands on another day than the
// customer was told, until the customer knows.
func TestACallerReadsThatAVisitIsNotWhereTheCustomerWasTold(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	told := model.FollowUp{ID: model.RowID{7}, Account: "K10", Kind: model.FollowVisit, Date: uitest.Today, By: "Lea", Due: uitest.Today + 7, At: model.NewClock(10, 0),
		State: model.FollowConfirmed, Answered: uitest.Today, Answerer: "R. Berg"}
	area := st.Session.Book.Area(st.Session.Book.Account("K10").Territory)
	planned := model.PlannedVisit{Rep: area.Rep, Account: "K10", Date: uitest.Today + 8, Time: model.NewClock(14, 0)}
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "call.log", Puts: []store.Put{{Record: told}, {Record: planned}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	h := newHand(t, st, session.PageTerritories)
	h.press("I")
	view := func() string {
		return strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(h.root.View()), "│", "")), " ")
	}
	require.Contains(t, view(), "comes "+text.New(text.English).WeekdayDay(planned.Date)+", 14:00, not ")
	h.press("enter", "y")
	left := st.Session.Book.FollowUps("K10")[0]
	require.Equal(t, planned.Date, left.Due)
	require.Equal(t, planned.Time, left.At)
	h.press("I")
	require.NotContains(t, view(), "14:00, not ")

	_, err = st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "plan.confirm", Deletes: []model.Key{planned.Key()}})
	require.NoError(t, err)
	st.Session.CatchUp()
	h.press("esc", "I")
	require.Contains(t, view(), "is in no plan any more")
}
