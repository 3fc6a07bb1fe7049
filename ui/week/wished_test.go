package week

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// A visit that a customer wished on the telephone stands in the rep's week to be confirmed;
// confirming the week says yes, and taking that back asks again.
func TestAWishedVisitIsConfirmedWithTheWeek(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, p := open(t, text.English, size[0], size[1])
		day := uitest.Today.Monday() + 7
		wish := model.FollowUp{Account: "K03", Kind: model.FollowVisit, Date: uitest.Today - 1, Time: model.NewClock(9, 30), By: "Lena Neumann",
			Due: day + 1, At: model.NewClock(10, 15), Note: "wants to see the samples"}
		wish.ID = model.DeriveRowID(wish.Account, wish.Date, wish.Time, wish.By, string(wish.Kind), 0)
		st.Apply("call.log", model.Call{Account: "K03", Date: wish.Date, Time: wish.Time, Agent: wish.By, Outcome: model.CallAppointment}, wish)
		p.focus(1)
		view := st.View()
		require.Contains(t, view, "Kunde K03")
		require.Contains(t, view, "confirm?")
		require.Contains(t, view, "1 wished visit to confirm (Tue)", "the head of the week says it, whatever day is in view")

		modal := func() string {
			require.NotEmpty(t, st.Modals)
			return strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(st.Modals[len(st.Modals)-1].View()), "│", " ")), " ")
		}
		st.Keys("enter") // what the customer wishes can be answered by itself
		require.Contains(t, modal(), "wants to see the samples")
		st.Keys("esc", "ctrl+s")
		require.Contains(t, modal(), "One visit that a customer wishes is agreed to with it.")
		st.Keys("y")
		follow := st.Session.Book.FollowUps("K03")
		require.Len(t, follow, 1)
		require.Equal(t, model.FollowConfirmed, follow[0].State)
		require.Equal(t, st.Session.Actor.Name, follow[0].Answerer)
		require.NotContains(t, st.View(), "confirm?")
		require.Empty(t, st.Session.Day().Wished(st.Session.Book.Account("K03")))
	}
}

// One that the rep moves is agreed to on the new day: it stands in the week once, and the
// question before it says that whoever took the call will read it.
func TestAWishedVisitThatIsMovedStandsInTheWeekOnce(t *testing.T) {
	st, p := open(t, text.English, 160, 45)
	day := uitest.Today.Monday() + 7
	wish := model.FollowUp{Account: "K03", Kind: model.FollowVisit, Date: uitest.Today - 1, Time: model.NewClock(9, 30), By: "Lena Neumann", Due: day + 1, At: model.NewClock(10, 15)}
	wish.ID = model.DeriveRowID(wish.Account, wish.Date, wish.Time, wish.By, string(wish.Kind), 0)
	st.Apply("call.log", model.Call{Account: "K03", Date: wish.Date, Time: wish.Time, Agent: wish.By, Outcome: model.CallAppointment}, wish)
	p.focus(1)
	st.Keys("L")
	require.Equal(t, 2, func() int { d, _ := p.draft().Where(p.draft().Find("K03")); return d }())
	st.Keys("ctrl+s")
	require.NotEmpty(t, st.Modals)
	question := strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(st.Modals[len(st.Modals)-1].View()), "│", " ")), " ")
	require.Contains(t, question, "another day or at another time than the customer was told; Lena Neumann will read it")
	st.Keys("y")
	visits := 0
	for _, stop := range p.draft().Stops {
		if stop.Customer.Code == "K03" {
			visits++
		}
	}
	require.Equal(t, 1, visits)
	planned := st.Session.Book.Account("K03").Planned
	require.Len(t, planned, 1)
	require.Equal(t, day+2, planned[0].Date)
	instead, elsewhere := st.Session.Day().Elsewhere(st.Session.Book.FollowUps("K03")[0])
	require.True(t, elsewhere)
	require.Equal(t, planned[0], instead)
}
