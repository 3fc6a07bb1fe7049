package command

// How long a long import takes, as a whole process, beside SQLite's in the same
// run: what counts is the ratio.

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// BenchmarkImportBesideSQLite imports 1,000,000 visits into a store of 100,000
// accounts. SQLite gets the same file by .import and the two indexes that answer
// the same questions: an account's visits by day, and a day's visits by rep.
func BenchmarkImportBesideSQLite(b *testing.B) {
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("sqlite3 is not installed")
	}
	dir := b.TempDir()
	program := filepath.Join(dir, "doppelpass")
	timed(b, exec.Command("go", "build", "-o", program, "doppelpass"))
	accounts, visits := filepath.Join(dir, "accounts.csv"), filepath.Join(dir, "visits.csv")
	writeLines(b, accounts, "code,name,territory,class", 100_000, func(i int) string {
		return fmt.Sprintf("K%d,Name %d,,%c", i, i, 'A'+i%3)
	})
	start := model.NewDate(2025, 5, 1)
	writeLines(b, visits, "id,account,date,rep,kind,outcome", 1_000_000, func(i int) string {
		account := (i * 7919) % 100_000
		return fmt.Sprintf("V%d,K%d,%s,R%d,met,order", i, account, start+model.Date((i*31)%540), account/500)
	})
	for n := range b.N {
		db, other := filepath.Join(dir, fmt.Sprintf("%d.db", n)), filepath.Join(dir, fmt.Sprintf("%d.sqlite", n))
		timed(b, exec.Command(program, "import", accounts, "--db", db))
		ours := timed(b, exec.Command(program, "import", visits, "--db", db))
		theirs := timed(b, exec.Command(sqlite, other, "-cmd", ".mode csv",
			"create table visits(id text primary key, account text, date text, rep text, kind text, outcome text)",
			".import --skip 1 "+visits+" visits",
			"create index by_account on visits(account, date)", "create index by_day on visits(date, rep)"))
		b.ReportMetric(ours.Seconds(), "doppelpass-s")
		b.ReportMetric(theirs.Seconds(), "sqlite-s")
		b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
	}
}

func timed(b *testing.B, c *exec.Cmd) time.Duration {
	b.Helper()
	began := time.Now()
	out, err := c.CombinedOutput()
	require.NoError(b, err, string(out))
	return time.Since(began)
}

func writeLines(b *testing.B, path, header string, n int, line func(int) string) {
	b.Helper()
	file, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, header)
	for i := range n {
		fmt.Fprintln(w, line(i))
	}
	require.NoError(b, w.Flush())
	require.NoError(b, file.Close())
}
