package ui_test

// The program as a process of its own on a real pseudo-terminal: slow lines, signals,
// and what is left behind.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"doppelpass/ui/command"
	"doppelpass/ui/week"
)

// runsTheApp makes this test binary the program.
const runsTheApp = "DOPPELPASS_TEST_RUNS_THE_APP"

// hasty is how many times shorter weeks are searched here: these tests ask what is done
// with a week, not how good it is.
const hasty = 50

func TestMain(m *testing.M) {
	if os.Getenv(runsTheApp) != "" {
		week.Hasten(hasty)
		faultWhenTold()
		os.Exit(command.Execute(os.Args[1:], command.System()))
	}
	week.Hasten(hasty)
	os.Exit(m.Run())
}

// line is a terminal at the end of a line of some speed.
type line struct {
	*terminal
	master  *os.File
	process *exec.Cmd
	ended   chan error
	rate    int // bytes a second; 0: as fast as they come
	mute    bool
	sent    int
	first   []byte        // the first bytes the program has written
	last    []byte        // the latest
	before  *unix.Termios // what the terminal was set to before the program had it
	temp    string
}

// startOn starts the program on a pseudo-terminal.
func startOn(t *testing.T, width, height, rate int, mute bool, args ...string) *line {
	t.Helper()
	return startAt(t, t.TempDir(), width, height, rate, mute, args...)
}

// startAt is startOn for somebody whose files lie in home.
func startAt(t *testing.T, home string, width, height, rate int, mute bool, args ...string) *line {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	var number int
	connection, err := master.SyscallConn()
	require.NoError(t, err)
	require.NoError(t, connection.Control(func(fd uintptr) {
		require.NoError(t, unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0))
		number, err = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		require.NoError(t, err)
	}))
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetWinsize(int(slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(height), Col: uint16(width)}))
	l := &line{master: master, rate: rate, mute: mute, ended: make(chan error, 1), temp: home}
	input, keys := io.Pipe()
	go func() { _, _ = io.Copy(master, input) }()
	l.terminal = &terminal{t: t, screen: vt.NewEmulator(width, height), keys: keys, done: make(chan int, 1), width: width, height: height}
	if mute {
		go func() { _, _ = io.Copy(io.Discard, l.screen) }()
	} else {
		go l.answer()
	}
	// A shell with job control starts it, and lets it go on a moment after it stopped.
	l.process = exec.Command("/bin/sh", append([]string{"-c", `set -m; "$0" "$@"; code=$?; while jobs %1 >/dev/null 2>&1 && [ $code -gt 145 ]; do sleep 0.3; fg >/dev/null; code=$?; done; exit $code`, os.Args[0]}, args...)...)
	if len(args) > 0 && args[0] == "demo" { // what is told by signals is told to the program itself
		l.process = exec.Command(os.Args[0], args...)
	}
	l.process.Env = []string{runsTheApp + "=1", "TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + l.temp, "TMPDIR=" + l.temp, "PATH=" + os.Getenv("PATH"), "USER=sommer", "DOPPELPASS_ROLE=lead"}
	l.process.Stdin, l.process.Stdout, l.process.Stderr = slave, slave, slave
	l.process.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	l.before = l.settings()
	require.NoError(t, l.process.Start())
	require.NoError(t, slave.Close())
	go l.receive()
	go func() { l.ended <- l.process.Wait() }()
	t.Cleanup(func() {
		_ = l.process.Process.Kill()
		_ = keys.Close()
		_ = master.Close()
	})
	return l
}

// receive takes what the program writes, at the line's rate.
func (l *line) receive() {
	for {
		size := 64 << 10
		if l.rate > 0 {
			size = max(l.rate/50, 1)
		}
		b := make([]byte, size)
		n, err := l.master.Read(b)
		if n > 0 && l.rate > 0 {
			time.Sleep(time.Duration(n) * time.Second / time.Duration(l.rate))
		}
		_, _ = l.Write(b[:n])
		l.lock.Lock()
		l.sent += n
		if len(l.first) < 4096 {
			l.first = append(l.first, b[:n]...)
		}
		if l.last = append(l.last, b[:n]...); len(l.last) > 1<<20 {
			l.last = slices.Clone(l.last[1<<19:])
		}
		l.lock.Unlock()
		if err != nil {
			return
		}
	}
}

// bytes is how much the program has written.
func (l *line) bytes() int {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.sent
}

// code is the exit code of the process, once it has ended.
func (l *line) code() int {
	l.t.Helper()
	select {
	case <-l.ended:
	case <-time.After(patience):
		l.t.Fatalf("the program does not end:\n%s", l.text())
	}
	return l.process.ProcessState.ExitCode()
}

func TestNoLetterIsLostOnASlowLine(t *testing.T) {
	if testing.Short() {
		t.Skip("a key held down for three seconds of the clock")
	}
	db := demo(t)
	for _, c := range []struct {
		rate int
		mute bool
	}{{2000, false}, {2000, true}, {50_000, false}, {50_000, true}} {
		if os.Getenv("DOPPELPASS_SLOW_LINES") == "" && (c.rate < 10_000 || c.mute) {
			continue // they take their time: set DOPPELPASS_SLOW_LINES=1
		}
		t.Run(fmt.Sprintf("%d bytes a second, mute %v", c.rate, c.mute), func(t *testing.T) {
			l := startOn(t, 80, 24, c.rate, c.mute, "--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "en", "--read-only")
			l.sees(`▲`)
			l.types("3")
			l.sees(` 1/900`)
			time.Sleep(time.Second)
			const keys = 90 // three seconds of a key held down
			before := l.bytes()
			for range keys {
				_, err := io.WriteString(l.keys, "j")
				require.NoError(t, err)
				time.Sleep(time.Second / 30)
			}
			released, sent := time.Now(), l.bytes()
			l.sees(fmt.Sprintf(` %d/900`, keys+1))
			late := time.Since(released).Round(10 * time.Millisecond)
			t.Logf("late by %v, %d bytes while held, %d since", late, sent-before, l.bytes()-sent)
			if os.Getenv("DOPPELPASS_SLOW_LINES") != "" { // else others are at work beside it
				require.LessOrEqual(t, late, time.Second)
			}
			time.Sleep(100 * time.Millisecond) // the line that was seen may have come in parts
			shown := l.text()
			time.Sleep(time.Second)
			require.Equal(t, shown, l.text(), "the rest of the screen is that of the last key as well")
			released = time.Now()
			_, err := io.WriteString(l.keys, "/mü")
			require.NoError(t, err)
			l.sees(`/ mü`)
			t.Logf("a filter typed at once shows after %v", time.Since(released).Round(10*time.Millisecond))
		})
	}
}

// A command that prints asks the terminal nothing, and the app does not wait for one
// that does not answer.
func TestNothingIsAskedBeforeItIsNeededAndNothingWaits(t *testing.T) {
	db := demo(t)
	for _, args := range [][]string{{"version"}, {"signals", "--db", db, "--today", "2026-11-24", "--lang", "en"}} {
		l := startOn(t, 80, 24, 0, true, args...)
		require.Equal(t, 0, l.code())
		l.lock.Lock()
		require.NotContains(t, string(l.first), "\x1b]11;?", "%v asks for the background", args)
		require.NotContains(t, string(l.first), "\x1b[6n", "%v asks where the cursor is", args)
		require.NotContains(t, string(l.first), "\x1b[c", "%v asks what the terminal is", args)
		l.lock.Unlock()
	}
	shown := func(mute bool) (l *line, after time.Duration) {
		begun := time.Now()
		l = startOn(t, 80, 24, 0, mute, "--db", db, "--today", "2026-11-24", "--lang", "en")
		l.sees(`▲`)
		return l, time.Since(begun)
	}
	l, took := shown(true)
	_, answered := shown(false)
	t.Logf("the first screen of a terminal that answers nothing shows after %v, of one that answers after %v", took.Round(10*time.Millisecond), answered.Round(10*time.Millisecond))
	require.Less(t, took, answered+4*time.Second, "Bubble Tea alone would have waited for five")
	l.lock.Lock()
	defer l.lock.Unlock()
	require.Contains(t, string(l.first), "\x1b]11;?", "where nothing is known of the background, it is asked for")
}

// demoFolders are the folders of passing demos.
func (l *line) demoFolders() []string {
	found, err := filepath.Glob(filepath.Join(l.temp, "doppelpass-demo-*"))
	require.NoError(l.t, err)
	return found
}

func TestSignalsLeaveNothingBehind(t *testing.T) {
	for _, c := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGHUP, 129}, {syscall.SIGTERM, 143}, {syscall.SIGINT, 130}, {syscall.SIGQUIT, 131}, {syscall.SIGABRT, 134}} {
		l := startOn(t, 80, 24, 0, false, "demo", "--today", "2026-11-24", "--lang", "en", "--theme", "dark")
		l.sees(`▲`)
		require.Len(t, l.demoFolders(), 1)
		require.NoError(t, l.process.Process.Signal(c.signal))
		require.Equal(t, c.code, l.code(), c.signal)
		require.Empty(t, l.demoFolders(), c.signal)
	}
}

func TestTheTerminalGoneEndsTheProgram(t *testing.T) {
	l := startOn(t, 80, 24, 0, false, "demo", "--today", "2026-11-24", "--lang", "en", "--theme", "dark")
	l.sees(`▲`)
	require.NoError(t, l.master.Close())
	l.code()
	require.Empty(t, l.demoFolders())
}

// program is the process that the shell started.
func (l *line) program() int {
	shell := l.process.Process.Pid
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", shell, shell))
	require.NoError(l.t, err)
	child := 0
	_, _ = fmt.Sscan(string(children), &child)
	return child
}

// stopped reports whether the program is stopped.
func (l *line) stopped() bool {
	state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", l.program()))
	require.NoError(l.t, err)
	_, rest, _ := bytes.Cut(state, []byte(") "))
	return rest[0] == 'T'
}

func TestItStopsAndGoesOn(t *testing.T) {
	db := demo(t)
	l := startOn(t, 80, 24, 0, false, "--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "en")
	l.sees(`▲`)
	for _, stop := range []func(){
		func() { l.types("\x1a") },
		func() { require.NoError(t, syscall.Kill(l.program(), syscall.SIGTSTP)) },
		func() { l.types("\x1a") },
	} {
		stop()
		require.Eventually(t, l.stopped, patience, 10*time.Millisecond, "it stops")
		require.Eventually(t, func() bool { return !l.stopped() }, patience, 10*time.Millisecond, "it goes on")
		l.types("3")
		l.sees(`/900`)
		l.types("1")
		l.sees(`▲ Sales`)
	}
	l.types("q")
	require.Equal(t, 0, l.code())
}

func TestCtrlCAsksOnceBeforeItLosesWhatIsTyped(t *testing.T) {
	db := demo(t)
	l := startOn(t, 80, 24, 0, false, "--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "en")
	l.sees(`▲`)
	l.types("3")
	l.sees(`/900`)
	l.types("n")
	l.sees(`New account`)
	l.types("Muster")
	l.sees(`Muster`)
	l.types("\x03")
	l.sees(`not saved`)
	l.types("\x03")
	require.Equal(t, 130, l.code())
}
