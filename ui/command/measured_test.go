//go:build linux

package command

// The table of what is promised about speed and size, measured as whole processes beside
// DuckDB's and SQLite's on the same rows in the same run: what counts is the ratio.

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// cost is what a process took, in seconds and bytes.
type cost struct {
	wall, processor float64
	memory          int64 // the most it had at a time
}

func (c cost) String() string {
	return fmt.Sprintf("%.2f s, %.2f s CPU, %d MB", c.wall, c.processor, c.memory>>20)
}

// measure runs a process so many times and gives the run of median length.
func measure(b *testing.B, runs int, command func() *exec.Cmd) cost {
	b.Helper()
	costs := make([]cost, runs)
	for i := range costs {
		c, began := command(), time.Now()
		out, err := c.CombinedOutput()
		require.NoError(b, err, "%s: %s", c, out)
		costs[i] = costOf(c, time.Since(began))
	}
	slices.SortFunc(costs, func(x, y cost) int { return int(1e6 * (x.wall - y.wall)) })
	return costs[runs/2]
}

func costOf(c *exec.Cmd, wall time.Duration) cost {
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	return cost{wall.Seconds(), (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), usage.Maxrss << 10}
}

// firstScreen is how long the app takes to show its signals in a terminal that answers
// what it is asked, and what it holds of its own once it stands.
func firstScreen(b *testing.B, program, db, sought string) (seconds float64, atRest int64) {
	b.Helper()
	c := exec.Command(program, "--db", db, "--today", benchToday.String(), "--lang", "en")
	c.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "XDG_CONFIG_HOME="+b.TempDir())
	began := time.Now()
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 45, Cols: 160})
	require.NoError(b, err)
	defer terminal.Close()
	defer time.AfterFunc(time.Minute, func() { _ = c.Process.Kill() }).Stop()
	var shown []byte
	buffer := make([]byte, 1<<16)
	for !bytes.Contains(shown, []byte(sought)) {
		n, err := terminal.Read(buffer)
		require.NoError(b, err)
		shown = append(shown, buffer[:n]...)
		if bytes.Contains(buffer[:n], []byte("\x1b[c")) { // which terminal is this?
			_, _ = terminal.WriteString("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;22c")
		}
	}
	seconds = time.Since(began).Seconds()
	go func() { // what it goes on to show
		for _, err := terminal.Read(buffer); err == nil; _, err = terminal.Read(buffer) {
			continue
		}
	}()
	time.Sleep(4 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
	require.NoError(b, err)
	_, line, _ := strings.Cut(string(status), "RssAnon:")
	kilobytes, err := strconv.ParseInt(strings.Fields(line)[0], 10, 64)
	require.NoError(b, err)
	_ = c.Process.Kill()
	_ = c.Wait()
	return seconds, kilobytes << 10
}

var benchToday = model.NewDate(2026, 11, 24)

// BenchmarkBesideOthers measures stores of 100,000 accounts and ten thousand visits and
// more, up to DOPPELPASS_BENCH_VISITS, and writes the table to the file that
// DOPPELPASS_MEASURED names. Where duckdb or sqlite3 is not installed its column is empty.
func BenchmarkBesideOthers(b *testing.B) {
	table := os.Getenv("DOPPELPASS_MEASURED")
	if table == "" {
		b.Skip("DOPPELPASS_MEASURED names no file for the table")
	}
	most := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_BENCH_VISITS")); err == nil {
		most = n
	}
	dir := b.TempDir()
	program := filepath.Join(dir, "doppelpass")
	measure(b, 1, func() *exec.Cmd { return exec.Command("go", "build", "-o", program, "doppelpass") })
	duckdb, _ := exec.LookPath("duckdb")
	sqlite, _ := exec.LookPath("sqlite3")
	accounts := filepath.Join(dir, "accounts.csv")
	writeLines(b, accounts, "account,name,territory,class", 100_000, func(i int) string { return fmt.Sprintf("K%d,Name %d,,%c", i, i, 'A'+i%3) })
	var rows []string
	add := func(visits int, work string, ours cost, beside ...string) {
		row := fmt.Sprintf("| %d | %s | %s |", visits, work, ours)
		for _, other := range beside {
			row += " " + other + " |"
		}
		rows = append(rows, row+strings.Repeat(" |", 2-len(beside)))
		b.Log(rows[len(rows)-1])
	}
	ratio := func(ours, other cost) string { return fmt.Sprintf("%s (%.2f)", other, ours.wall/other.wall) }
	for visits := 10_000; visits <= most; visits *= 10 {
		db, exported, duck := filepath.Join(dir, fmt.Sprint(visits, ".db")), filepath.Join(dir, "visits.csv"), filepath.Join(dir, fmt.Sprint(visits, ".duckdb"))
		doppelpass := func(args ...string) func() *exec.Cmd {
			return func() *exec.Cmd {
				return exec.Command(program, append(args, "--db", db, "--today", benchToday.String())...)
			}
		}
		query := func(sql string) func() *exec.Cmd {
			return func() *exec.Cmd { return exec.Command(duckdb, duck, "-c", sql) }
		}
		measure(b, 1, doppelpass("demo", "--accounts", "100000", "--visits", fmt.Sprint(visits), "--no-open"))

		export := measure(b, 1, func() *exec.Cmd { _ = os.Remove(exported); return doppelpass("export", "visits", "-o", exported)() })
		signals := measure(b, 7, doppelpass("signals", "--json"))
		if duckdb == "" {
			add(visits, "signals from a cold process", signals)
			add(visits, "export of visits", export)
		} else {
			measure(b, 1, query("create table visits as select * from read_csv('"+exported+"', header=true, all_varchar=true)"))
			measure(b, 1, query("alter table visits alter date type date using date::date"))
			grouped := measure(b, 7, query("select account, max(date), count(*), count(*) filter (where date > date '2026-08-26') from visits group by account"))
			copied := measure(b, 1, query("copy (select * from visits order by account, date) to '"+filepath.Join(dir, "copy.csv")+"' (header true)"))
			add(visits, "signals from a cold process; DuckDB: its bare GROUP BY", signals, ratio(signals, grouped))
			add(visits, "export of visits; DuckDB: COPY … ORDER BY", export, ratio(export, copied))
		}
		add(visits, "check", measure(b, 1, doppelpass("check")))
		seconds, atRest := firstScreen(b, program, db, "in contact")
		rows = append(rows, fmt.Sprintf("| %d | first screen of the app, and what it holds of its own at rest | %.2f s, %d MB | | |", visits, seconds, atRest>>20))

		file, into := filepath.Join(dir, "new.csv"), filepath.Join(dir, "into.db")
		start := model.NewDate(2025, 5, 1)
		writeLines(b, file, "id,account,date,rep,kind,outcome", visits, func(i int) string {
			account := (i * 7919) % 100_000
			return fmt.Sprintf("V%d,K%d,%s,R%d,met,order", i, account, start+model.Date((i*31)%540), account/500)
		})
		db = into
		imported := measure(b, 3, func() *exec.Cmd {
			_ = os.Remove(into)
			measure(b, 1, doppelpass("import", accounts))
			return doppelpass("import", file)()
		})
		var beside []string
		if duckdb != "" {
			duck = filepath.Join(dir, "import.duckdb")
			beside = append(beside, ratio(imported, measure(b, 3, func() *exec.Cmd {
				_ = os.Remove(duck)
				return query("create table visits(id text primary key, account text, date date, rep text, kind text, outcome text); insert into visits select * from read_csv('" + file +
					"', header=true, types={'id':'VARCHAR','account':'VARCHAR','date':'DATE','rep':'VARCHAR','kind':'VARCHAR','outcome':'VARCHAR'}); " +
					"create index by_account on visits(account, date); create index by_day on visits(date, rep)")()
			})))
		} else {
			beside = append(beside, "")
		}
		if sqlite != "" {
			other := filepath.Join(dir, "import.sqlite")
			beside = append(beside, ratio(imported, measure(b, 3, func() *exec.Cmd {
				_ = os.Remove(other)
				return exec.Command(sqlite, other, "-cmd", ".mode csv", "create table visits(id text primary key, account text, date text, rep text, kind text, outcome text)",
					".import --skip 1 "+file+" visits", "create index by_account on visits(account, date)", "create index by_day on visits(date, rep)")
			})))
		}
		add(visits, "import of new visits with identifiers, three indexes", imported, beside...)
		add(visits, "undo of that import", measure(b, 1, doppelpass("undo")))
		for _, path := range []string{exported, file, into, duck} {
			_ = os.Remove(path)
		}
	}
	head := fmt.Sprintf("# Measured\n\n%s, %d cores of %s. Whole processes, median; in brackets ours divided by theirs. Stores of 100,000 accounts.\nMade by `DOPPELPASS_MEASURED=%s go test -run '^$' -bench BesideOthers -timeout 1h ./ui/command`; a relative name lies beside the benchmarks.\n\n"+
		"| visits | work | Doppelpass | DuckDB | SQLite |\n|---:|---|---|---|---|\n", time.Now().Format("2006-01-02"), runtime.NumCPU(), processor(), filepath.Base(table))
	require.NoError(b, os.WriteFile(table, []byte(head+strings.Join(rows, "\n")+"\n"), 0o600))
}

// processor is what the machine says of its processor.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	_, name, _ := strings.Cut(string(info), "model name")
	name, _, _ = strings.Cut(strings.TrimLeft(name, "\t: "), "\n")
	return name
}
