package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// answered is the demo with one answer to a signal that is open on 24 November 2026.
func answered(t *testing.T) (*desk, model.Answer) {
	d := withDemo(t)
	day := model.NewDate(2026, 11, 24)
	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	book, err := s.RulesBook()
	require.NoError(t, err)
	a := model.Answer{Date: day - 1, Says: model.SaysDecline, By: "K. Sommer", Until: day + 6, Reason: model.DeclinedNoRoom, Short: 20, Worse: 50}
	for _, signal := range book.On(day).Signals() {
		if signal.Kind == model.StepUpVisits && signal.Open() {
			a.Kind, a.Territory, a.Campaign = signal.Kind, signal.Territory, signal.Campaign
		}
	}
	require.NotEmpty(t, a.Territory)
	_, err = s.Apply(model.Actor{Role: model.RoleSales}, store.Request{Action: "answer.decline", Puts: []store.Put{{Record: a}}})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return d, a
}

func TestCasesForPeopleAndScripts(t *testing.T) {
	d, a := answered(t)
	var parsed struct {
		Today string
		Cases []struct {
			Kind, Owner, Territory, Campaign string
			Case                             struct{ State, By, Department, At, Reason, Reopens string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(d.done("cases", "--json", "--today", "2026-11-24")), &parsed))
	require.Equal(t, "2026-11-24", parsed.Today)
	declined := 0
	for _, c := range parsed.Cases {
		if c.Case.By == a.By {
			declined++
			require.Equal(t, a.Territory, c.Territory)
			require.Equal(t, a.Campaign, c.Campaign)
			require.Equal(t, "declined", c.Case.State)
			require.Equal(t, "sales", c.Case.Department)
			require.Equal(t, "2026-11-23", c.Case.At)
			require.Equal(t, "no-room", c.Case.Reason)
			require.Equal(t, "2026-11-30", c.Case.Reopens)
		}
	}
	require.Equal(t, 1, declined)
	require.Contains(t, d.done("cases", "--lang", "en", "--today", "2026-11-24"), "Declined by K. Sommer on 23 Nov until 30 Nov: no room.")
	require.Contains(t, d.done("signals", "--lang", "de", "--today", "2026-11-24"), "· abgelehnt")

	// Before it was given there is no answer, and after its last day the signal is open again.
	require.NotContains(t, d.done("cases", "--json", "--today", "2026-11-22"), a.By)
	require.Contains(t, d.done("cases", "--lang", "en", "--today", "2026-12-01"), "Declined on 23 Nov because: no room; then 20 short")
}

func TestInboxTellsWhatOthersDid(t *testing.T) {
	d, _ := answered(t)
	require.Contains(t, d.done("inbox", "--lang", "en", "--today", "2026-11-24"), "K. Sommer declined ")
	require.NotContains(t, d.done("inbox", "--lang", "en", "--today", "2026-11-24", "--since", "2026-11-24"), "K. Sommer declined ")
	var parsed struct {
		Since string
		Inbox []struct{ On, Event, Says, By string }
	}
	require.NoError(t, json.Unmarshal([]byte(d.done("inbox", "--json", "--today", "2026-11-24", "--since", "2026-11-20")), &parsed))
	require.Equal(t, "2026-11-20", parsed.Since)
	for _, item := range parsed.Inbox {
		require.GreaterOrEqual(t, item.On, "2026-11-20")
		require.LessOrEqual(t, item.On, "2026-11-24")
	}
	d.refused(codeUsage, "inbox", "--role", "boss")
	d.refused(codeUsage, "inbox", "--since", "soon")
}

func TestLedgerOfAStoreAddsUp(t *testing.T) {
	d, _ := answered(t)
	type row struct {
		Month, Territory, To                                                               string
		Given, Taken, Declined, Countered, Unanswered, Scored, Missed, Gone, Running, Held int
	}
	var parsed struct{ Ledger []row }
	output := d.done("ledger", "--json", "--months", "3", "--today", "2026-11-24")
	require.NotContains(t, output, "Sommer", "no persons")
	require.NoError(t, json.Unmarshal([]byte(output), &parsed))
	require.NotEmpty(t, parsed.Ledger)
	declined := 0
	for _, r := range parsed.Ledger {
		require.Equal(t, r.Given, r.Taken+r.Declined+r.Countered+r.Unanswered, r)
		require.Equal(t, r.Taken, r.Scored+r.Missed+r.Gone+r.Running, r)
		declined += r.Declined
	}
	require.Positive(t, declined)
	require.Contains(t, d.done("ledger", "--lang", "de"), "gegeben")
	d.refused(codeUsage, "ledger", "--months", "0")
}
