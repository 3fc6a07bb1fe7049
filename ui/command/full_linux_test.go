package command

// A disk that is full: whatever writes says so in a sentence, the data is as it was and
// sound, and nothing is left behind. A limit on the length of files stands for the disk:
// everybody may set one.

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
	"doppelpass/ui"
	"doppelpass/ui/uitest"
)

// The child's environment: how long files may become, and the arguments, parted by a separator.
const (
	childLength = "DOPPELPASS_TEST_FILES_UP_TO"
	childRun    = "DOPPELPASS_TEST_RUN"
	childConfig = "DOPPELPASS_TEST_CONFIG"
)

func TestMain(m *testing.M) {
	length, is := os.LookupEnv(childLength)
	if !is {
		os.Exit(uitest.WithOwnHabits(m))
	}
	n, err := strconv.ParseUint(length, 10, 64)
	if err != nil {
		panic(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		panic(err)
	}
	os.Exit(Execute(strings.Split(os.Getenv(childRun), "\x1f"), Environment{
		Input: strings.NewReader(""), Output: os.Stdout, Errors: os.Stderr, Config: os.Getenv(childConfig), Getenv: os.Getenv,
		Now: func() time.Time { return time.Date(2026, time.November, 24, 9, 30, 0, 0, time.Local) },
		App: func(ui.Options) error { return nil },
	}))
}

// runWithFilesUpTo runs the program in a process whose files may not grow beyond a length.
func (d *desk) runWithFilesUpTo(length uint64, args ...string) (o outcome) {
	d.t.Helper()
	var out, errs bytes.Buffer
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childLength+"="+strconv.FormatUint(length, 10), childRun+"="+strings.Join(args, "\x1f"), childConfig+"="+d.config,
		"DOPPELPASS_DB="+d.db, "LANG=en_GB.UTF-8")
	child.Stdout, child.Stderr = &out, &errs
	_ = child.Run()
	return outcome{code: child.ProcessState.ExitCode(), output: out.String(), errors: errs.String()}
}

// folderNow tells what lies in a folder, with the lengths of files.
func folderNow(t *testing.T, folder string) (lines []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			lines = append(lines, path)
			return err
		}
		info, err := entry.Info()
		lines = append(lines, fmt.Sprint(path, " ", info.Size()))
		return err
	}))
	return lines
}

func TestWhateverWritesIsWholeOrNotAtAllOnAFullDisk(t *testing.T) {
	if testing.Short() || cores.RaceDetector {
		t.Skip("some 250 runs of the program, one after the other")
	}
	d := withDemo(t)
	d.config = filepath.Join(filepath.Dir(d.db), "config")
	folder := filepath.Dir(d.db)
	out := func(name string) string { return filepath.Join(folder, name) }
	account := strings.SplitN(strings.SplitN(d.done("export", "accounts", "-o", "-"), "\n", 3)[1], ",", 2)[0]
	contact := strings.Split(strings.Split(d.done("export", "contacts", "-o", "-"), "\n")[1], ",")[1]
	rep := strings.SplitN(strings.SplitN(d.done("export", "reps", "-o", "-"), "\n", 3)[1], ",", 2)[0]
	var visits strings.Builder
	visits.WriteString("account,date,rep,outcome,id,note\n")
	for n := range 3000 {
		fmt.Fprintf(&visits, "%s,2026-%02d-%02d,%s,order,x%d,%s\n", account, 1+n%10, 1+n%28, rep, n, strings.Repeat("n", 40))
	}
	file := filepath.Join(t.TempDir(), "visits.csv")
	require.NoError(t, os.WriteFile(file, []byte(visits.String()), 0o600))
	d.done("visit", "add", account, "--rep", rep, "--date", "2026-11-20") // something to undo
	whole, err := os.ReadFile(d.db)
	require.NoError(t, err)
	told := func() string {
		return d.done("signals", "--json") + d.done("export", "visits", "-o", "-") + d.done("export", "accounts", "-o", "-") + d.done("history", "--json")
	}
	before := told()

	kinds := map[string][]string{
		"a change":         {"visit", "add", account, "--rep", rep, "--date", "2026-11-23"},
		"an undo":          {"undo"},
		"an opt-out":       {"optout", "add", "0711 12345678"},
		"an import":        {"import", file},
		"an export":        {"export", "visits", "-o", out("out.csv")},
		"a workbook":       {"export", "visits", "-o", out("out.xlsx")},
		"a backup":         {"backup", out("copy.db")},
		"a backup of many": {"backup", "--keep", "3", out("backups")},
		"compacting":       {"compact"},
		"a repair":         {"repair", d.db, "-o", out("new.db")},
		"an erasure":       {"person", "erase", contact, "--confirm", "--all"},
		"retention":        {"retention", "--apply"},
		"a demo":           {"demo", "--no-open", "--db", out("demo.db")},
		"settings":         {"config", "role", "sales"},
		"a week's files":   {"plan", "--rep", rep, "--week", "2026-W49", "--iterations", "100", "--ics", out("week.ics"), "--sheet", out("week.html"), "--confirm"},
		"a briefing":       {"briefing", "-o", out("sheet.html")},
		"templates":        {"template", out("tables")},
	}
	failed, done := 0, 0
	for name, args := range kinds {
		for _, room := range []int{-len(whole), 0, 32 << 10} {
			length := uint64(len(whole) + room)
			require.NoError(t, os.RemoveAll(d.config))
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			for _, e := range entries {
				require.NoError(t, os.RemoveAll(filepath.Join(folder, e.Name())))
			}
			require.NoError(t, os.WriteFile(d.db, whole, 0o600))
			lay := folderNow(t, folder)
			o := d.runWithFilesUpTo(length, args...)
			at := fmt.Sprintf("%s, files up to %d bytes: %d %s", name, length, o.code, o.errors)
			if o.code == codeDone {
				done++
				continue
			}
			failed++
			require.Equal(t, codeFailed, o.code, at)
			require.True(t, strings.HasPrefix(o.errors, "doppelpass: "), at)
			require.Contains(t, o.errors, folder, "where, %s", at)
			require.NotContains(t, o.errors, "did not work", "what to do, %s", at)
			if strings.Contains(o.errors, "Erased, now") { // the data has gone; only what lies beside it is missing
				require.Contains(t, d.done("check"), "All is well", at)
				require.FileExists(t, d.db+".erased", "the next opening has written it: %s", at)
				continue
			}
			now := folderNow(t, folder)
			for n := range now { // the file itself may have room that nothing is in
				now[n] = strings.SplitN(now[n], ".db ", 2)[0]
			}
			for n := range lay {
				lay[n] = strings.SplitN(lay[n], ".db ", 2)[0]
			}
			require.Equal(t, lay, now, at)
			require.Contains(t, d.done("check"), "All is well", at)
			require.Equal(t, before, told(), at)
		}
	}
	t.Logf("%d commands refused, %d done", failed, done)
	require.Greater(t, failed, len(kinds))
}
