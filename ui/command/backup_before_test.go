package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Who asks for it gets a backup before every large import, of the state before it; where
// that cannot be written, nothing is imported.
func TestABackupComesBeforeALargeImport(t *testing.T) {
	d := newDesk(t)
	d.config = filepath.Join(t.TempDir(), "config")
	folder := filepath.Join(t.TempDir(), "backups")
	d.done("config", "backup", folder)
	require.Equal(t, folder+"\n", d.done("config", "backup"))
	d.refused(codeUsage, "config", "theme", folder)
	file := filepath.Join(t.TempDir(), "accounts.csv")
	accounts := func(from, to int) {
		t.Helper()
		var b strings.Builder
		b.WriteString("code,name\n")
		for n := from; n < to; n++ {
			fmt.Fprintf(&b, "K%d,Customer %d\n", n, n)
		}
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	}

	accounts(0, 1000)
	require.NotContains(t, d.done("import", file), "backup")
	require.NoDirExists(t, folder, "1,000 changes are no large import")

	accounts(1000, 2001)
	d.done("import", file, "--dry-run")
	require.NoDirExists(t, folder)
	said := d.done("import", file)
	require.Contains(t, said, "A backup copy from before the import lies here: "+folder)
	backups, err := filepath.Glob(filepath.Join(folder, "*.db"))
	require.NoError(t, err)
	require.Len(t, backups, 1)
	require.Contains(t, d.done("backup", "check", backups[0]), "Accounts: 1,000,")

	d.now = time.Date(2026, time.November, 25, 9, 30, 0, 0, time.Local)
	accounts(2001, 4000)
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	d.done("config", "backup", blocked)
	require.Contains(t, d.refused(codeFailed, "import", file), "cannot be written to "+blocked+", so nothing was imported")
	require.Equal(t, 2001, strings.Count(d.done("export", "accounts"), "Customer"))

	d.done("config", "backup", "")
	require.NotContains(t, d.done("import", file), "backup")
}
