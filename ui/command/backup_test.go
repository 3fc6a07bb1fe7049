package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestATimersBackupsAndARestoreThatIsTried(t *testing.T) {
	d := withDemo(t)
	folder := filepath.Join(t.TempDir(), "backups")
	backup := filepath.Join(folder, "data-backup-2026-11-24-093000.db")
	require.Contains(t, d.done("backup", "--keep", "14", folder), backup)
	require.Contains(t, d.refused(codeFailed, "backup", "--keep", "14", folder), "there already")
	require.Contains(t, d.refused(codeUsage, "backup", "--keep", "0", folder), "at least 1")

	t.Setenv("TMPDIR", t.TempDir())
	before, err := os.ReadFile(backup)
	require.NoError(t, err)
	sound := d.done("backup", "check", backup)
	require.Contains(t, sound, "can be restored: "+backup)
	require.Contains(t, sound, "Accounts: 900,")
	require.Contains(t, d.done("backup", "check", backup, "--lang", "de"), "lässt sich zurückholen")
	after, err := os.ReadFile(backup)
	require.NoError(t, err)
	require.Equal(t, before, after, "the backup stays as it is")

	require.Contains(t, d.refused(codeUsage, "backup", "check", d.db), "doppelpass check")
	require.Contains(t, d.refused(codeProblems, "backup", "check", file(t, "letter.txt", "Dear all")), "letter.txt")
	require.Contains(t, d.refused(codeProblems, "backup", "check", file(t, "empty.db", "")), "empty.db")
	d.refused(codeFailed, "backup", "check", filepath.Join(folder, "gone.db"))
	cut := file(t, "cut.db", string(before[:len(before)/2]))
	require.Contains(t, d.refused(codeProblems, "backup", "check", cut), cut)
	for i := len(before) / 2; i < len(before)/2+64*1024; i++ {
		before[i] = 0
	}
	holed := file(t, "holed.db", string(before))
	require.Equal(t, codeProblems, d.run("backup", "check", holed).code)
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	require.NoError(t, err)
	require.Empty(t, left, "nothing of what was tried stays")
}
