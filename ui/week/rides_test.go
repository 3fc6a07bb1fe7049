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

// Who wants to ride along sees where it is worth the way, who was out, and goes to the day.
func TestADayWorthJoiningIsFoundAndShown(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, p := open(t, text.English, size[0], size[1])
		st.Do(p.rides())
		require.Contains(t, st.Modals[0].View(), "No day with at least 3 confirmed visits.")
		require.Contains(t, st.Modals[0].View(), "Nobody: no visit names")

		day := uitest.Today.Monday() + 9 // Wednesday of the week after
		for i, code := range []string{"A0", "A1", "A2", "A3"} {
			st.Apply("plan.confirm", model.PlannedVisit{Rep: "R2", Account: code, Date: day, Time: model.NewClock(9+i, 0)})
		}
		st.Apply("visit.log", model.Visit{Account: "K01", Date: uitest.Today - 1, Rep: "R1", Guests: []string{"Lena Neumann", "Kim Vogt"}})
		st.Apply("people.add", model.Person{Code: "p", Name: "Paul Albrecht", Role: model.RoleMarketing})
		st.Apply("people.add", model.Person{Code: "k", Name: "Kim Vogt", Role: model.RoleMarketing})
		st.Modals = nil
		st.Do(p.rides())
		view := strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(st.Modals[0].View()), "│", " ")), " ")
		require.Contains(t, view, "Wed 2 Dec · T. Brandt")
		require.Contains(t, view, "4 visits")
		require.Contains(t, view, "Lena Neumann on 1 day")
		require.Contains(t, view, "Kim Vogt (marketing) on 1 day", "of each department, where the team knows the name")
		require.Contains(t, view, "Not out yet: Paul Albrecht")
		st.Keys("enter")
		require.Equal(t, weekKey{"R2", day.Monday()}, p.plan.key)
		require.Equal(t, 2, p.column)
	}
}
