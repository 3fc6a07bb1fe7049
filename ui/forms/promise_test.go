package forms

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Whoever notes an appointment learns before the customer hangs up that nobody could come.
func TestAnAppointmentThatNobodyCanKeepIsSaid(t *testing.T) {
	day := uitest.Today + 6
	var account model.Account
	for _, r := range uitest.Company() {
		if a, ok := r.(model.Account); ok && a.Code == "K10" {
			account = a
		}
	}
	nobody := account
	nobody.Code, nobody.Territory = "KX", ""
	const rep = "R1"
	s := uitest.New(t, text.English, append(uitest.Company(), nobody,
		model.PlannedVisit{Rep: rep, Account: "K11", Date: day, Time: model.NewClock(10, 0), Minutes: 45},
		model.Absence{Rep: rep, From: day + 1, To: day + 1})...).Session
	require.Equal(t, rep, usualRep(s, "K10"))

	require.Contains(t, nobodyComes(s, "KX", day), "no rep")
	require.Empty(t, nobodyComes(s, "K10", day))
	require.Contains(t, nobodyComes(s, "K10", day+1), "is away")

	for at, busy := range map[model.Clock]bool{
		model.NewClock(9, 30): false, model.NewClock(9, 31): true, model.NewClock(10, 44): true, model.NewClock(10, 45): false,
	} {
		require.Equal(t, busy, elsewhere(s, "K10", day, at) != "", at)
	}
	require.Contains(t, elsewhere(s, "K10", day, model.NewClock(10, 15)), s.AccountName("K11")+" at 10:00")
	require.Empty(t, elsewhere(s, "K11", day, model.NewClock(10, 15)), "that visit is its own")
	require.Empty(t, elsewhere(s, "K10", day+2, model.NewClock(10, 15)))
}
