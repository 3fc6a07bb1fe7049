package command

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// plain answers the questions of the plain form, a line each.
func (d *desk) plain(language string, answers ...string) string {
	d.t.Helper()
	var out, errs bytes.Buffer
	d.vars["DOPPELPASS_DB"] = d.db
	code := Execute([]string{"--plain", "--lang", language}, Environment{
		Input: strings.NewReader(strings.Join(answers, "\n") + "\n"), Output: &out, Errors: &errs, Config: d.config,
		Getenv: func(name string) string { return d.vars[name] },
		Now:    func() time.Time { return time.Date(2026, time.November, 24, 9, 30, 0, 0, time.Local) },
	})
	require.Equal(d.t, codeDone, code, errs.String())
	return out.String()
}

func TestThePlainFormReadsSignalsAndLogsAVisitAndACall(t *testing.T) {
	d := withDemo(t)
	said := d.plain("de", "1", "1", "nein", "", "5")
	require.Contains(t, said, "1. Besuche verstärken, Allgäu, Herbstmailing, 26 fehlen")
	require.Contains(t, said, "Nötig sind 26 Besuche")
	require.Contains(t, said, "32 Kunden noch zu besuchen:")
	require.NotRegexp(t, "[▲◆○●▸✓▇─│\x1b]", said, "nothing that would be read out as a sign")

	said = d.plain("de", "2", "wird nicht gefunden", "K-0200", "gestern", "14:30", "1", "Auf", "1250", "will neue Muster", "ja", "5")
	require.Contains(t, said, "Kein Kunde hat die Nummer oder den Namen „wird nicht gefunden“.")
	require.Contains(t, said, "Besuch eingetragen: Spedition Thiele & Co. KG (K-0200), 23.11.2026.")
	visits := d.done("export", "visits", "--format", "json")
	require.Contains(t, visits, `"will neue Muster"`)
	require.Contains(t, visits, `1250`)
	require.Contains(t, visits, `"14:30"`)

	said = d.plain("en", "3", "K-0198", "reached", "", "friendly", "yes", "4", "yes", "5")
	require.Contains(t, said, "(K-0198), 24 Nov 2026.")
	require.Contains(t, said, "undo it?")
	require.NotContains(t, d.done("export", "calls", "--format", "json"), `"friendly"`, "the last step was undone")
	require.Contains(t, d.done("export", "visits", "--format", "json"), `"will neue Muster"`, "and only that")
}

func TestThePlainFormWritesNothingUnasked(t *testing.T) {
	d := withDemo(t)
	before := d.done("export", "visits", "--format", "json")
	d.plain("en", "2", "K-0200", "", "", "1", "order", "10", "a note", "", "2", "K-0200", "", "", "1", "order", "10", "a note") // the input ends
	require.Equal(t, before, d.done("export", "visits", "--format", "json"))
	require.Contains(t, d.plain("en", "9", "x", ""), "A number from 1 to 5, please.")
}

// Whoever listens hears their own department's signals first, as the pages show them.
func TestThePlainFormReadsOnesOwnSideFirst(t *testing.T) {
	d := withDemo(t)
	d.config = filepath.Join(t.TempDir(), "config")
	for role, first := range map[string]string{"marketing": ": 1. Add telemarketing", "sales": ": 1. Step up visits", "lead": ": 1. Step up visits"} {
		d.vars["DOPPELPASS_ROLE"] = role
		said := d.plain("en", "1", "1", "", "5")
		require.Contains(t, said, first, role)
	}
}
