package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
)

// What is too old goes with --apply and with nothing else, twice is once, and no sum and no
// signal of any day changes.
func TestWhatIsTooOldGoesOnceAndNoSumChanges(t *testing.T) {
	d := withDemo(t)
	seen := func() (all []string) {
		for _, day := range []string{"2026-03-02", "2026-08-10", "2026-11-24", "2027-02-01"} {
			all = append(all, d.done("signals", "--json", "--today", day))
		}
		return append(all, d.done("figures", "--json", "--months", "24"), d.done("ledger", "--json"), d.done("ride-alongs", "--json"))
	}
	before, steps := seen(), d.done("history", "--json")
	var told retentionScript
	require.NoError(t, json.Unmarshal([]byte(d.done("retention", "--json")), &told))
	require.False(t, told.Applied)
	require.Equal(t, "times", string(told.Rows[2].Kind))
	require.Positive(t, told.Rows[2].Count)
	sum := 0
	for _, y := range told.Rows[2].Years {
		sum += y.Count
		require.LessOrEqual(t, y.Last, told.Rows[2].Until)
	}
	require.Equal(t, told.Rows[2].Count, sum)
	require.Contains(t, d.done("retention", "--dry-run", "--lang", "de"), "Noch ist nichts geschehen")
	require.Equal(t, steps, d.done("history", "--json"), "a dry run writes nothing")
	require.Contains(t, d.refused(codeUsage, "retention", "--dry-run", "--apply"), "not both")
	require.Contains(t, d.refused(codeFailed, "retention", "--apply", "--today", "2030-01-01"), "still to come")

	require.Contains(t, d.done("retention", "--apply"), "Gone for good")
	require.Contains(t, d.done("history", "-n", "1"), "times of day")
	require.Equal(t, before, seen())
	require.Contains(t, d.done("retention", "--apply"), "Nothing is older")
	require.Contains(t, d.refused(codeFailed, "undo"), "nothing to undo")
	d.done("check")
	d.done("compact")
	require.Equal(t, before, seen())

	anna := "anna-beck"
	d.done("people", "add", "Anna Beck", "--role", "sales")
	d.vars["DOPPELPASS_PERSON"] = anna
	require.NotEmpty(t, d.refused(codeFailed, "retention", "--apply", "--today", "2026-11-24"))
}

// Whoever was erased is not in the past either, however it is looked at, and neither an old
// export nor an older copy brings them back.
func TestWhoWasErasedIsInNoPastAndComesBackWithNothing(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("one goroutine: it is run without the race detector")
	}
	const name, part = "Zyxwolf Quirrelmann", "quirrelmann"
	d := withDemo(t)
	contacts := filepath.Join(t.TempDir(), "contacts.csv")
	require.NoError(t, os.WriteFile(contacts, []byte("account,name,phone,note\nK-0001,"+name+",030 1234567,a friend\n"), 0o600))
	d.done("import", contacts)
	d.done("visit", "add", "K-0001", "--date", "2026-11-20", "--note", "met "+name)
	d.done("call", "add", "K-0002", "--outcome", "reached", "--date", "2026-11-20", "--note", "sent on to "+name)
	old := map[string]string{}
	for _, table := range []string{"contacts", "visits", "calls", "accounts"} {
		old[table] = filepath.Join(t.TempDir(), table+".csv")
		d.done("export", table, "-o", old[table])
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	d.done("backup", copied)
	nowhere := func() {
		t.Helper()
		for _, args := range [][]string{
			{"signals", "--json", "--today", "2026-11-21"}, {"timeline", "K-0001"}, {"timeline", "K-0001", "--today", "2026-11-21"}, {"export", "visits"}, {"export", "calls"},
			{"export", "contacts"}, {"export", "accounts"}, {"history", "--json"}, {"history"}, {"briefing", "--json", "--today", "2026-11-21"}, {"figures", "--json"}, {"cases", "--json"},
		} {
			o := d.run(args...)
			require.NotContains(t, strings.ToLower(o.output+o.errors), part, args)
		}
	}
	told := d.done("person", "export", name, "--json")
	require.Contains(t, told, "met "+name)
	require.Contains(t, d.done("person", "erase", name), "Nothing has happened yet")
	require.Contains(t, d.done("person", "erase", name, "--confirm"), "Erased for good")
	nowhere()
	d.done("compact")
	inFile := func() int {
		content, err := os.ReadFile(d.db)
		require.NoError(t, err)
		return bytes.Count(bytes.ToLower(content), []byte(part))
	}
	require.Zero(t, inFile())

	report := d.done("import", old["contacts"], old["visits"], old["calls"], old["accounts"])
	require.Contains(t, report, "was erased here")
	require.NotContains(t, d.done("export", "contacts"), name)
	nowhere()
	d.done("compact")
	require.Zero(t, inFile())

	// An older copy in the file's place.
	content, err := os.ReadFile(copied)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(d.db, content, 0o600))
	o := d.run("person", "export", name)
	require.Equal(t, codeFailed, o.code)
	require.Contains(t, o.errors, "is an older copy")
	nowhere()
	d.done("compact")
	require.Zero(t, inFile())

	d.done("import", "--bring-back", old["contacts"])
	require.Contains(t, d.done("export", "contacts"), name, "whoever wants them says so")
}

// A rep's own figures: who may see them in fair mode, and that the history says who looked.
func TestLooksAtARepsOwnFiguresStandInTheHistory(t *testing.T) {
	d := withDemo(t)
	rep := aRep(t, d)
	d.done("figures", "--rep", rep.Code)
	require.NotContains(t, d.done("history"), "figures", "who works alone looks at nobody")
	d.done("people", "add", "Lena Lead", "--role", "lead")
	d.done("people", "add", "Anna Beck", "--role", "sales", "--rep", rep.Code)
	d.done("people", "add", "Mara Markt", "--role", "marketing")
	looks := func() int { return strings.Count(d.done("history"), "own figures") }

	d.vars["DOPPELPASS_PERSON"] = "anna-beck"
	d.done("figures", "--rep", rep.Code)
	require.Zero(t, looks(), "one's own")
	d.vars["DOPPELPASS_PERSON"] = "lena-lead"
	require.Contains(t, d.done("figures", "--rep", rep.Code, "--json"), "visits")
	require.Equal(t, 1, looks())
	require.Contains(t, d.done("history", "-n", "1"), "Lena Lead")
	require.Contains(t, d.done("history", "-n", "1"), rep.Name)
	d.vars["DOPPELPASS_PERSON"] = "mara-markt"
	require.Contains(t, d.refused(codeFailed, "figures", "--rep", rep.Code), "fair mode")
	d.done("figures")
	d.done("figures", "--by", "territory")
	require.Equal(t, 1, looks(), "all together are nobody's")
	require.Equal(t, codeUsage, d.run("figures", "--rep", rep.Code, "--territory", "T01").code)
	require.Equal(t, codeUsage, d.run("figures", "--rep", "nobody").code)
}
