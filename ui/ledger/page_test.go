package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// What marketing gave sales stands in its month, and the sums add up.
func TestPassesStandInTheirMonth(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	p := New(st.Session)
	st.Show(p, 120, 36)
	require.NotEmpty(t, p.ledger)
	require.True(t, p.rows[0].Sum)
	for i, r := range p.rows {
		if r.Sum && i > 0 {
			require.Less(t, r.Month, p.rows[0].Month, "the newest month stands first")
		}
	}
	sum := p.sum()
	require.Equal(t, sum.Given, sum.Taken+sum.Declined+sum.Countered+sum.Unanswered)
	require.Equal(t, sum.Taken, sum.Scored+sum.Missed+sum.Gone+sum.Running)
	require.Contains(t, st.View(), "given =")

	before := sum.Unanswered
	signals := st.Session.Signals()
	require.NotEmpty(t, signals)
	s := signals[0]
	st.Apply("answer.accept", model.Answer{ID: model.RowID{1}, Territory: s.Territory, Campaign: s.Campaign, Kind: s.Kind, Date: uitest.Today, Says: model.SaysAccept, Until: uitest.Today + 7})
	st.Send(nil)
	require.Equal(t, before-1, p.sum().Unanswered)
	sheet, name := p.Sheet()
	require.Equal(t, "ledger", name)
	rows := 0
	for range sheet.Rows {
		rows++
	}
	require.Equal(t, len(p.ledger), rows)
}
