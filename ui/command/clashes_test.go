package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// The demo's clashes are told to scripts with their owners, alone and beside the signals.
func TestClashesForScripts(t *testing.T) {
	d := withDemo(t)
	type clash struct {
		Kind, Owner, Whose     string
		Campaigns, Territories []string
		Accounts               []string
	}
	var alone, beside struct{ Clashes []clash }
	require.NoError(t, json.Unmarshal([]byte(d.done("clashes", "--json", "--today", "2026-11-24")), &alone))
	require.NoError(t, json.Unmarshal([]byte(d.done("signals", "--json", "--today", "2026-11-24")), &beside))
	require.Equal(t, alone, beside)
	owners := map[string]string{}
	for _, c := range alone.Clashes {
		require.NotEmpty(t, c.Accounts)
		require.NotEmpty(t, c.Whose)
		owners[c.Kind] = c.Owner
	}
	require.Equal(t, map[string]string{"campaigns": "marketing", "contacts": "sales"}, owners)
	require.Contains(t, d.done("clashes", "--lang", "de", "--today", "2026-11-24"), "Besuch und Anruf in Stuttgart")
	require.Contains(t, d.done("signals", "--today", "2026-11-24"), "✕ Clashes")
}

// "Mine" is what names whoever asks, and what of their department nobody is named for.
func TestOnlyMineOnTheCommandLine(t *testing.T) {
	d := withDemo(t)
	d.done("people", "add", "Katrin Sommer", "--role", "sales")
	var list []personJSON
	require.NoError(t, json.Unmarshal([]byte(d.done("people", "list", "--json")), &list))
	d.vars["DOPPELPASS_PERSON"] = list[0].Code
	require.Contains(t, d.done("clashes", "--mine", "--today", "2026-11-24"), "Stuttgart", "the rep of the name")
	require.NotContains(t, d.done("clashes", "--mine", "--today", "2026-11-24"), "Fachmesse")
	require.NotContains(t, d.done("signals", "--mine", "--today", "2026-11-24"), "Hamburg")
	require.NotContains(t, d.done("cases", "--mine", "--today", "2026-11-24"), "Hamburg")
	require.NotContains(t, d.done("inbox", "--mine", "--today", "2026-11-24"), "Hamburg")
}
