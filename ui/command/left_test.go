package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// What was promised on the telephone stands in the inbox with whose it is.
func TestTheInboxSaysWhosePromisesAre(t *testing.T) {
	d := withDemo(t)
	var parsed struct {
		Left []struct{ Kind, Account, Due, Owner, Whose string }
	}
	require.NoError(t, json.Unmarshal([]byte(d.done("inbox", "--json", "--today", "2026-11-24")), &parsed))
	calls := 0
	for _, l := range parsed.Left {
		require.Equal(t, map[string]string{"call": "marketing", "visit": "sales"}[l.Kind], l.Owner)
		if l.Kind == "call" && l.Whose == "Fatih Kaya" {
			calls++
			require.Contains(t, d.done("inbox", "--lang", "de", "--today", "2026-11-24"), "Anruf zugesagt")
		}
	}
	require.Positive(t, calls, "the demo's promise before a visit")
	require.NotContains(t, d.done("inbox", "--role", "sales", "--today", "2026-11-24"), "Fatih Kaya")
}
