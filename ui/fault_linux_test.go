package ui_test

import (
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"doppelpass/store/faults"
)

// customer is of the demo, and of nobody's business where a fault is reported.
const customer = "Malerbetrieb Hofstetter"

// faultWhenTold lets one of the program's goroutines run into a fault at a signal: one of
// those that nobody waits for, which no caller can catch.
func faultWhenTold() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGUSR1)
	faults.Go(func() {
		<-told
		panic("no more is known of " + customer)
	})
}

// settings are what a terminal is set to: cooked or raw.
func (l *line) settings() *unix.Termios {
	l.t.Helper()
	connection, err := l.master.SyscallConn()
	require.NoError(l.t, err)
	var set *unix.Termios
	require.NoError(l.t, connection.Control(func(fd uintptr) { set, err = unix.IoctlGetTermios(int(fd), unix.TCGETS) }))
	require.NoError(l.t, err)
	return set
}

// switched is what a mode of the terminal was set to last.
func (l *line) switched(mode string) string {
	l.lock.Lock()
	defer l.lock.Unlock()
	all := regexp.MustCompile(`\x1b\[\?(?:\d+;)*`+mode+`(?:;\d+)*([hl])`).FindAllSubmatch(l.last, -1)
	if len(all) == 0 {
		return ""
	}
	return string(all[len(all)-1][1])
}

// A fault in a goroutine of the program's own gives the terminal back as it was, keeps what
// was half typed, and leaves a report in which nothing of the company stands.
func TestAFaultBesideTheAppGivesTheTerminalBackAndKeepsWhatIsTyped(t *testing.T) {
	db, home := demo(t), t.TempDir()
	args := []string{"--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "en"}
	l := startAt(t, home, 100, 30, 0, false, args...)
	l.sees(`▲ Sales`)
	require.NotEqual(t, l.before.Lflag, l.settings().Lflag, "raw while the app has it")
	l.insists(`Last visit`, "3")
	l.types("/", "K-0247", "enter", "enter")
	l.sees(`· K-0247`)
	l.types("v")
	l.sees(`Log a visit`)
	l.tabTo("Outcome")
	l.types("complaint")
	l.sees(`Outcome +complaint`)

	require.NoError(t, syscall.Kill(l.program(), syscall.SIGUSR1))
	require.Equal(t, faults.Code, l.code())
	l.sees(`has run into a fault of its own`)
	require.Equal(t, l.before, l.settings())
	for _, mode := range []string{"1049", "2004"} {
		require.Equal(t, "l", l.switched(mode), mode)
	}
	for _, mode := range []string{"1000", "1002", "1003", "1006"} {
		require.NotEqual(t, "h", l.switched(mode), mode)
	}
	require.NotEqual(t, "l", l.switched("25"), "the cursor shows")
	require.False(t, l.screen.IsAltScreen())

	reports, err := filepath.Glob(filepath.Join(home, ".config", "doppelpass", "*.fault-*.txt"))
	require.NoError(t, err)
	require.Len(t, reports, 1)
	report, err := os.ReadFile(reports[0])
	require.NoError(t, err)
	require.Contains(t, string(report), "fault_linux_test.go", "where it was")
	for _, theirs := range []string{customer, "K-0247", "complaint", "sommer", db} {
		require.NotContains(t, string(report), theirs)
	}
	info, err := os.Stat(reports[0])
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	again := startAt(t, home, 100, 30, 0, false, args...)
	again.sees(`▲ Sales`)
	again.insists(`Last visit`, "3")
	again.types("/", "K-0247", "enter", "enter")
	again.sees(`· K-0247`)
	again.types("v")
	again.sees(`Outcome +complaint`)
	again.kill()
	again.code()
}
