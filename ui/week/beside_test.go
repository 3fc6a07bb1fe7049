package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Who plans a week sees at each visit, in the week's sums and before confirming that
// marketing is in contact with the customer as well.
func TestTheWeekSaysWhereMarketingIsInContactAsWell(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, p := open(t, text.English, size[0], size[1])
		monday := uitest.Today.Monday() + 7
		st.Apply("call.log", model.Call{Account: "K03", Date: uitest.Today - 2, Agent: "Lena Neumann", Outcome: model.CallReached})
		st.Apply("plan.confirm", model.PlannedVisit{Rep: "R1", Account: "K03", Date: monday, Time: model.NewClock(9, 0)},
			model.PlannedVisit{Rep: "R1", Account: "K04", Date: monday, Time: model.NewClock(10, 0)})
		require.Equal(t, monday, p.plan.key.monday)
		p.focus(0)
		st.Keys("down", "up")
		view := st.View()
		require.Contains(t, view, "◆ 1 of the visits is at a customer with whom marketing is in contact as well")
		require.Contains(t, view, "◆ called ")
		require.Contains(t, view, "◆ Lena Neumann spoke to this customer on the telephone on Sun 22 Nov.", "with who it was")
		st.Keys("down")
		require.NotContains(t, st.View(), "Lena Neumann", "nobody called the next one")
	}
}
