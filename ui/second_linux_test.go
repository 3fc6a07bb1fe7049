package ui_test

// A second window: another process of the same person on the same data, on a
// pseudo-terminal of its own. The first may end in whatever way, the second goes on.

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store"
)

// window opens the app in a process of its own.
func window(t *testing.T, db string, args ...string) *line {
	t.Helper()
	l := startOn(t, 100, 30, 0, false, append([]string{"--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "en"}, args...)...)
	l.sees(`Signals`)
	return l
}

// shell runs a command in a process of its own.
func shell(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = []string{runsTheApp + "=1", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "USER=sommer", "LANG=en_GB.UTF-8", "DOPPELPASS_ROLE=lead"}
	return c
}

// in runs a command that must succeed and gives what it prints.
func in(t *testing.T, args ...string) string {
	t.Helper()
	c := shell(t, args...)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	require.NoError(t, err, "%v: %s", args, errs.String())
	return string(out)
}

// insists presses keys until the screen shows a pattern, as a person does who does not
// know what became of the keys before. Keys that come at once would be others, or a text.
func (l *line) insists(pattern string, keys ...string) {
	l.t.Helper()
	for range 20 {
		for _, key := range keys {
			l.types(key)
			l.waits()
			l.waits()
		}
		for range 20 {
			if regexp.MustCompile(pattern).MatchString(l.text()) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	l.sees(pattern)
}

func (l *line) kill() {
	l.t.Helper()
	require.NoError(l.t, syscall.Kill(l.program(), syscall.SIGKILL))
}

func TestASecondWindowSeesWhatTheFirstDoes(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	second := window(t, db)
	for _, w := range []*line{first, second} {
		w.types("8")
		w.sees(`Demo data made`)
	}
	in(t, "visit", "add", "K-0001", "--db", db, "--note", "from a command")
	for _, w := range []*line{first, second} {
		w.sees(`Visit logged`)
	}
	first.types("z")
	second.sees(`(?i)undone`)

	first.types("q") // a clean end
	require.Equal(t, 0, first.code())
	second.types("3")
	second.sees(`K-0|Account`)
	second.types("1")
	second.sees(`▲ Sales`)
	require.Contains(t, in(t, "history", "--db", db), "Visit logged", "commands join the second window now")
	second.types("q")
	require.Equal(t, 0, second.code())
	_, err := os.Stat(db + ".join")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestASecondWindowHasItsOwnSizeAndEndsAlone(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	second := startOn(t, 80, 24, 0, false, "--db", db, "--today", "2026-11-24", "--theme", "dark", "--lang", "de")
	second.sees(`Vertrieb`)
	first.sees(`Sales`)
	require.NoError(t, syscall.Kill(second.program(), syscall.SIGTERM))
	require.Equal(t, 143, second.code())
	third := window(t, db)
	third.types("\x03")
	require.Equal(t, 130, third.code())
	first.types("3")
	first.sees(`/900`)
	first.types("q")
	require.Equal(t, 0, first.code())
}

// Ctrl+Z stops the second window only, and whoever is stopped holds up nobody.
func TestASecondWindowThatIsStoppedHoldsUpNobody(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	second := window(t, db)
	second.types("\x1a")
	require.Eventually(t, second.stopped, patience, 10*time.Millisecond, "it stops")
	first.types("3")
	first.sees(`/900`)
	require.Eventually(t, func() bool { return !second.stopped() }, patience, 10*time.Millisecond, "it goes on")
	second.types("3")
	second.sees(`/900`)

	pid := second.program()
	require.NoError(t, syscall.Kill(pid, syscall.SIGSTOP))
	for i := range 40 {
		first.types("1")
		first.sees(`▲ Sales`)
		first.types("3")
		first.sees(`/900`)
		if i%10 == 0 {
			in(t, "visit", "add", "K-0001", "--time", fmt.Sprintf("12:%02d", i), "--db", db)
		}
	}
	first.types("q")
	require.Equal(t, 0, first.code(), "the first leaves at once")
}

// Whoever goes on after another has ended is where it was, with what was half typed.
func TestASecondWindowGoesOnWhereItWas(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	second := window(t, db)
	second.types("3")
	second.sees(`Last visit`)
	second.types("/", "K-0007", "enter", "enter")
	second.sees(`· K-0007`)
	second.types("v")
	second.sees(`Log a visit`)
	second.tabTo("Outcome")
	second.types("interest")
	second.sees(`Outcome +interest`)
	first.kill()
	second.sees(`your typing is here again`)
	second.sees(`Outcome +interest`)
	second.types("\x13")
	second.sees(`Visit logged`)
	second.sees(`· K-0007`)
	require.Equal(t, 1, strings.Count(in(t, "history", "--db", db), "Visit logged"))
}

// A first window that is stopped with ctrl+z lets go of the data meanwhile, and joins
// when it comes back.
func TestAFirstWindowThatIsStoppedIsInNobodysWay(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	first.types("3")
	first.sees(`/900`)
	second := window(t, db)
	first.types("\x1a")
	second.sees(`Another window ended`)
	in(t, "visit", "add", "K-0001", "--db", db)
	second.types("8")
	second.sees(`Visit logged`)
	require.Eventually(t, func() bool { return !first.stopped() }, patience, 10*time.Millisecond, "it goes on")
	first.sees(`/900`) // where it was
	first.types("8")
	first.sees(`Visit logged`)
	first.types("q")
	require.Equal(t, 0, first.code())
	second.types("1", "q")
	require.Equal(t, 0, second.code())
}

// A window that only reads lets go of the data for one that writes, and joins it.
func TestAWindowThatOnlyReadsIsInNobodysWay(t *testing.T) {
	db := demo(t)
	reads := window(t, db, "--read-only")
	reads.sees(`read only`)
	in(t, "visit", "add", "K-0001", "--db", db)
	reads.types("8")
	reads.sees(`Visit logged`)
	writes := window(t, db)
	writes.types("z")
	writes.sees(`Undo this step`)
	writes.waits()
	writes.types("y")
	writes.sees(`Undone`)
	reads.types("8")
	reads.sees(`(?i)undone`)
	reads.sees(`read only`)
	writes.types("q")
	require.Equal(t, 0, writes.code())
	reads.types("1")
	reads.sees(`▲ Sales`)
	reads.types("q")
	require.Equal(t, 0, reads.code())
}

// Ctrl+C in a command ends that command and nothing else, and what it had begun is not
// saved.
func TestAnImportThatIsStoppedBesideAWindowLeavesNothing(t *testing.T) {
	db := demo(t)
	first := window(t, db)
	folder := t.TempDir()
	fifo := filepath.Join(folder, "visits.csv")
	var rows strings.Builder
	rows.WriteString("account;date;rep;note\n")
	for i := range 400_000 {
		fmt.Fprintf(&rows, "K-%04d;%02d.11.2025;R01;row %d\n", 1+i%900, 1+i%28, i)
	}
	require.NoError(t, os.WriteFile(fifo, []byte(rows.String()), 0o600))
	c := shell(t, "import", fifo, "--db", db)
	require.NoError(t, c.Start())
	time.Sleep(200 * time.Millisecond)
	require.NoError(t, c.Process.Signal(syscall.SIGINT))
	_ = c.Wait()
	require.Contains(t, []int{130, -1}, c.ProcessState.ExitCode()) // -1: it had not even begun to listen
	first.types("8")
	first.sees(`Demo data made`)
	require.NotContains(t, in(t, "history", "--db", db), "import")
	first.types("q")
	require.Equal(t, 0, first.code())
}

// However a window was started, it ends with its terminal: one that nobody sees would go on for ever.
func TestAWindowWithoutItsTerminalEnds(t *testing.T) {
	signal.Ignore(syscall.SIGHUP) // as with nohup; what is started then has it so
	t.Cleanup(func() { signal.Reset(syscall.SIGHUP) })
	db := demo(t)
	first, second := window(t, db), window(t, db)
	for _, w := range []*line{second, first} {
		program := w.program()
		require.NoError(t, w.process.Process.Kill()) // the shell, and with it the terminal
		require.Eventually(t, func() bool { return syscall.Kill(program, 0) != nil }, patience, 10*time.Millisecond, "it ends")
	}
}

// What was started with nohup outlives its terminal, and no signal ends in a trace of the program.
func TestACommandAnswersSignalsAsItWasStarted(t *testing.T) {
	hangUps := make(chan os.Signal, 1) // caught here: what is started does not ignore them, however this was started
	signal.Notify(hangUps, syscall.SIGHUP)
	defer signal.Stop(hangUps)
	for _, c := range []struct {
		before string
		signal syscall.Signal
		lives  bool
	}{{`trap "" HUP;`, syscall.SIGHUP, true}, {"", syscall.SIGHUP, false}, {"", syscall.SIGQUIT, false}, {"", syscall.SIGABRT, false}} {
		args := []string{"serve", "--listen", "127.0.0.1:0", "--db", demo(t)}
		command := exec.Command("/bin/sh", append([]string{"-c", c.before + ` exec "$0" "$@"`, os.Args[0]}, args...)...)
		command.Env = shell(t).Env
		said, err := command.StderrPipe()
		require.NoError(t, err)
		require.NoError(t, command.Start())
		_, err = said.Read(make([]byte, 10)) // it stands
		require.NoError(t, err)
		var rest bytes.Buffer
		ended := make(chan error, 1)
		go func() {
			_, _ = io.Copy(&rest, said)
			ended <- command.Wait()
		}()
		require.NoError(t, command.Process.Signal(c.signal))
		if c.lives {
			select {
			case <-ended:
				t.Error("it ended at a signal that it was told to ignore")
				continue
			case <-time.After(time.Second):
			}
			require.NoError(t, command.Process.Signal(syscall.SIGTERM))
		}
		<-ended
		require.NotContains(t, rest.String(), "goroutine", c.signal)
	}
}

// rounds is how often the first window is killed. DOPPELPASS_KILLS sets another number:
// the proof is a hundred.
func rounds(t *testing.T) int {
	n := 6
	if testing.Short() || cores.RaceDetector { // whole without it
		n = 3
	}
	if s := os.Getenv("DOPPELPASS_KILLS"); s != "" {
		_, err := fmt.Sscan(s, &n)
		require.NoError(t, err)
	}
	return n
}

// Killed at any moment while others write, the first window takes nothing along that
// was acknowledged, and the second goes on, with every command that was under way.
func TestTheFirstWindowIsKilledWhileTheSecondWrites(t *testing.T) {
	db := demo(t)
	var lock sync.Mutex
	acknowledged := map[string]bool{}
	stop := make(chan bool)
	var writers sync.WaitGroup
	failed := make(chan string, 10)
	for writer := range 2 {
		writers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				note := fmt.Sprintf("w%d-%d", writer, n)
				c := shell(t, "visit", "add", fmt.Sprintf("K-%04d", 101+writer*300+n%300), "--time", fmt.Sprintf("%02d:%02d", 6+n/300/60, n/300%60), "--note", note, "--db", db)
				out, err := c.CombinedOutput()
				if err != nil {
					failed <- fmt.Sprintf("%s: %v: %s", note, err, out)
					return
				}
				lock.Lock()
				acknowledged[note] = true
				lock.Unlock()
			}
		})
	}
	first := window(t, db)
	second := window(t, db)
	var typed []string // accounts whose visit the second window has said to be saved
	chance := rand.New(rand.NewPCG(1, 2))
	for round := range rounds(t) {
		// The second logs a visit, too; it counts once its screen has said so.
		account := fmt.Sprintf("K-%04d", 1+round)
		second.types("3")
		second.sees(`Last visit`)
		second.types("/", account, "enter")
		second.sees(account)
		second.waits()
		second.insists(`Log a visit`, "v")
		second.types("\x13") // saved at once: who, when and by whom are filled in
		time.Sleep(time.Duration(chance.IntN(60)) * time.Millisecond)
		if strings.Contains(second.text(), "✓ Visit logged") {
			typed = append(typed, account)
		}
		first.kill()
		require.Equal(t, 137, first.code())
		second.insists(`▲ Sales`, "esc", "1")
		second.waits()
		second.types("2")
		second.sees(`▸ *Süd|Region`)
		first, second = second, window(t, db)
		select {
		case message := <-failed:
			t.Fatal(message)
		default:
		}
	}
	close(stop)
	writers.Wait()
	second.types("q")
	require.Equal(t, 0, second.code())
	first.types("q")
	require.Equal(t, 0, first.code())
	require.Empty(t, failed)

	s, err := store.Open(db, store.Options{})
	require.NoError(t, err)
	defer s.Close()
	times, today := map[string]int{}, map[string]bool{}
	for record, err := range s.Records(model.TableVisits) {
		require.NoError(t, err)
		visit := record.(model.Visit)
		times[visit.Note]++
		if visit.Date == model.NewDate(2026, 11, 24) {
			today[visit.Account] = true
		}
	}
	for _, account := range typed {
		require.True(t, today[account], account)
	}
	for note := range acknowledged {
		require.Equal(t, 1, times[note], "%s: neither lost nor doubled", note)
	}
	problems, err := s.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
	t.Logf("%d rounds; acknowledged: %d commands, %d typed visits", rounds(t), len(acknowledged), len(typed))
}
