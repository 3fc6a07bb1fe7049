package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsLackingIsSaidAndMendedByCommand(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "kunden.csv")
	require.NoError(t, os.WriteFile(path, []byte("Kd-Nr.;Firma;PLZ;Ort;Betreuer;Umsatz\n1;Eins;70173;Stuttgart;Kim;5000\n2;Zwei;70173;Stuttgart;Kim;4000\n3;Drei;89073;Ulm;Adler;3000\n4;Vier;89073;Ulm;Adler;2000\n5;Fünf;89073;Ulm;Adler;1000\n"), 0o600))
	d := newDesk(t)
	require.Contains(t, d.done("import", path), "Signals still lack 3 things that can be mended: doppelpass ready")
	list := d.done("ready")
	for _, want := range []string{
		"5 of 5 accounts are in no territory", "A territory for each person in charge: doppelpass ready owners", "5 of 5 accounts were never visited",
		"doppelpass ready rank --shares 20,30", "No campaign is planned",
	} {
		require.Contains(t, list, want)
	}
	require.Contains(t, d.done("ready", "owners", "--dry-run"), "2 new territories · 5 accounts: Adler (new, 3 accounts) and Kim (new, 2 accounts).")
	require.Contains(t, d.done("ready"), "in no territory", "a dry run changes nothing")
	d.done("ready", "owners")
	require.NotContains(t, d.done("ready"), "in no territory")
	require.Contains(t, d.done("ready", "rank", "--lang", "de"), "A (1 Kunde, ab 5.000 €)")
	require.Contains(t, d.done("ready", "last-visits", "--day", "A=2026-10-01", "--day", "B=2026-09-01"), "3 visits")
	require.Contains(t, d.done("export", "visits"), "assumed: last visit of class A")
	d.done("undo")
	require.NotContains(t, d.done("export", "visits"), "assumed")
	d.refused(codeUsage, "ready", "nonsense")
	d.refused(codeUsage, "ready", "rank", "--shares", "80,30")
	d.refused(codeUsage, "ready", "last-visits", "--day", "A=2036-10-01")
	d.refused(codeUsage, "ready", "reps", "--rep", "nowhere=Kim")
	require.Contains(t, d.refused(codeFailed, "ready", "owners"), "nothing that this would change")
}
