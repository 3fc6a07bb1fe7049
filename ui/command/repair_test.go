package command

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// A damaged file is told with its name and the way out, and what can be read of it goes
// into a new one; what cannot is named.
func TestRepairSavesWhatCanBeRead(t *testing.T) {
	d := withDemo(t)
	folder := t.TempDir()
	saved := filepath.Join(folder, "saved.db")
	require.Contains(t, d.done("repair", d.db, "-o", saved), "Saved to "+saved)
	require.Contains(t, d.done("check", "--db", saved), "All is well")
	require.Contains(t, d.refused(codeFailed, "repair", d.db, "-o", saved), "overwrites nothing")
	require.Contains(t, d.refused(codeUsage, "repair", d.db), "-o NEW")
	require.Contains(t, d.refused(codeUsage, "repair"), "Missing: FILE")
	require.Contains(t, d.refused(codeUsage, "repair", "--db", d.db), "-o NEW", "FILE as every other command takes it")
	again := filepath.Join(folder, "again.db")
	require.Contains(t, d.done("repair", "--db", d.db, "-o", again), "Saved to "+again)
	require.Contains(t, d.refused(codeFailed, "repair", file(t, "letter.txt", "Dear all"), "-o", filepath.Join(folder, "l.db")), "letter.txt")

	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	_, err = s.Apply(model.Actor{Name: "Anna", Role: model.RoleLead}, store.Request{Action: "account.add", Puts: []store.Put{{Record: model.Account{Code: "K-9999", Name: "Unverwechselbar & Söhne"}, New: true}}})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	data, err := os.ReadFile(d.db)
	require.NoError(t, err)
	data = bytes.ReplaceAll(data, []byte("Unverwechselbar"), []byte("Unverwechselbbr"))
	damaged := filepath.Join(folder, "damaged.db")
	require.NoError(t, os.WriteFile(damaged, data, 0o600))
	told := d.refused(codeFailed, "signals", "--db", damaged)
	require.Contains(t, told, damaged)
	require.Contains(t, told, "doppelpass repair")
	o := d.run("repair", damaged, "-o", filepath.Join(folder, "rest.db"))
	require.Equal(t, codeProblems, o.code, o.errors)
	require.Contains(t, o.output, "Lost: Account K-9999")
	require.Contains(t, d.run("repair", damaged, "-o", filepath.Join(folder, "rest-de.db"), "--lang", "de").output, "Verloren: Kunde K-9999")
	require.Contains(t, d.done("check", "--db", filepath.Join(folder, "rest.db")), "All is well")
	require.NotEmpty(t, d.done("signals", "--db", filepath.Join(folder, "rest.db")))
}
