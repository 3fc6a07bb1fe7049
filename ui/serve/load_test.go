package serve_test

// A thousand people at a time, over real connections, on the demo store: what the server
// then needs, and how soon one sees what another changes. Run by hand:
//
//	DOPPELPASS_SESSIONS=1000 go test ./ui/serve -run TestAThousandSessions -v -timeout 20m
//
// A tenth of them are stopped on the way. The figures are printed; what is held to is that
// all see what changes, and that nothing is left of them afterwards. The aim for a thousand
// is 150 MB and 2 % of a core at rest.

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
)

// watcher is a person who only looks: what comes is searched, not shown.
type watcher struct {
	client  *ssh.Client
	session *ssh.Session
	line    *frozen
	bytes   atomic.Int64

	lock   sync.Mutex
	wanted string
	tail   string
	seen   chan time.Time
}

func (w *watcher) Write(p []byte) (int, error) {
	now := time.Now()
	w.bytes.Add(int64(len(p)))
	w.lock.Lock()
	defer w.lock.Unlock()
	if w.wanted == "" {
		return len(p), nil
	}
	w.tail += string(p)
	if strings.Contains(w.tail, w.wanted) {
		w.wanted, w.tail = "", ""
		w.seen <- now
	}
	if len(w.tail) > 20_000 {
		w.tail = w.tail[len(w.tail)-5_000:]
	}
	return len(p), nil
}

func (w *watcher) want(text string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.wanted, w.tail, w.seen = text, "", make(chan time.Time, 1)
}

// ofProcess reads a process's memory in MB and the processor time it has used.
func ofProcess(t *testing.T, pid int) (megabytes float64, used time.Duration) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("only where /proc tells of processes")
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			require.NoError(t, err)
			megabytes = float64(kilobytes) / 1024
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	require.NoError(t, err)
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, field := range fields[11:13] { // user and system, in hundredths of a second
		ticks, err := strconv.Atoi(field)
		require.NoError(t, err)
		used += time.Duration(ticks) * 10 * time.Millisecond
	}
	return megabytes, used
}

// examine is what the server's process does for a question: "memory", or "PROFILE FILE" for
// one of its profiles as it is now; "cpu FILE" runs until the next "cpu".
func examine(question string) string {
	what, file, _ := strings.Cut(question, " ")
	switch what {
	case "memory":
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return fmt.Sprintf("heap %d MB in use of %d, %d MB free, stacks %d MB, runtime %d MB", m.HeapAlloc>>20, m.HeapInuse>>20,
			(m.HeapIdle-m.HeapReleased)>>20, m.StackInuse>>20, (m.GCSys+m.OtherSys+m.MSpanSys+m.MCacheSys+m.BuckHashSys)>>20)
	case "cpu":
		if file == "" {
			pprof.StopCPUProfile()
			return "ended"
		}
	}
	out, err := os.Create(file)
	if err != nil {
		return err.Error()
	}
	if what == "cpu" {
		return fmt.Sprint(pprof.StartCPUProfile(out))
	}
	defer out.Close()
	return fmt.Sprint(pprof.Lookup(what).WriteTo(out, 0))
}

// asked asks the server's process.
func (b *business) asked(question string) string {
	b.t.Helper()
	_, err := io.WriteString(b.ask, question+"\n")
	require.NoError(b.t, err)
	require.True(b.t, b.answers.Scan())
	return b.answers.Text()
}

func TestAThousandSessions(t *testing.T) {
	number, _ := strconv.Atoi(os.Getenv("DOPPELPASS_SESSIONS"))
	if number == 0 {
		t.Skip("set DOPPELPASS_SESSIONS to the number of sessions")
	}
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	pid := b.process.Process.Pid
	b.as("kim").Close()
	time.Sleep(time.Second)
	before := b.goroutines()
	alone, _ := ofProcess(t, pid)
	t.Logf("without sessions: %.1f MB, %d goroutines", alone, before)

	watchers := make([]*watcher, number)
	since := time.Now()
	room := make(chan struct{}, 50)
	var all sync.WaitGroup
	for i := range watchers {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			w := &watcher{}
			var err error
			w.client, err = b.dial(func(plain net.Conn) net.Conn { w.line = &frozen{Conn: plain}; return w.line }, "anna", b.keys["anna"])
			if err == nil {
				w.session, err = w.client.NewSession()
			}
			if err == nil {
				err = w.session.RequestPty("xterm-256color", 30, 100, ssh.TerminalModes{})
			}
			if err != nil {
				t.Error(err)
				return
			}
			w.session.Stdout, w.session.Stderr = w, io.Discard
			w.want("Marketing")
			_, err = w.session.StdinPipe()
			require.NoError(t, err)
			if err := w.session.Shell(); err != nil {
				t.Error(err)
				return
			}
			<-w.seen
			watchers[i] = w
		})
	}
	all.Wait()
	require.False(t, t.Failed())
	t.Logf("%d sessions in %v", number, time.Since(since).Round(time.Millisecond))

	time.Sleep(20 * time.Second)
	_, from := ofProcess(t, pid)
	const rest = 60 * time.Second
	time.Sleep(rest)
	memory, to := ofProcess(t, pid)
	share := float64(to-from) / float64(rest) * 100
	t.Logf("at rest: %.1f MB, %.2f %% of a core, %d goroutines; %s", memory, share, b.goroutines(), b.asked("memory"))
	profiles := os.Getenv("DOPPELPASS_PROFILES")
	if profiles != "" {
		b.asked("heap " + filepath.Join(profiles, "rest.heap"))
		b.asked("goroutine " + filepath.Join(profiles, "rest.goroutine"))
		b.asked("cpu " + filepath.Join(profiles, "changes.cpu"))
	}

	for _, w := range watchers[:number/10] {
		w.line.lock.Lock() // stopped
	}
	kim := sit(t, b.as("kim"), 100, 30, "en_GB.UTF-8")
	kim.sees(`◆ Marketing`)
	kim.types("2")
	kim.sees(`Allgäu`)
	kim.types("G") // the last one stays the last one
	var times []time.Duration
	for round := range 10 {
		name := fmt.Sprintf("Zone%02d", round)
		kim.types("e")
		kim.sees(`╭`) // the form
		kim.types("ctrl+u", name)
		kim.sees(name)
		for _, w := range watchers[number/10:] {
			w.want(name)
		}
		began := time.Now()
		kim.types("ctrl+s")
		for _, w := range watchers[number/10:] {
			select {
			case at := <-w.seen:
				times = append(times, at.Sub(began))
			case <-time.After(patience):
				t.Fatal("somebody never saw the change")
			}
		}
		time.Sleep(500 * time.Millisecond)
	}
	if profiles != "" {
		b.asked("cpu")
	}
	slices.Sort(times)
	t.Logf("from a change to the frame of another, %d stopped: median %v, 99th %v, most %v", number/10,
		times[len(times)/2].Round(time.Millisecond), times[len(times)*99/100].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond))
	most, _ := ofProcess(t, pid)
	time.Sleep(40 * time.Second)
	again, _ := ofProcess(t, pid)
	t.Logf("after that: %.1f MB, and %.1f MB after 40 s", most, again)

	for i, w := range watchers {
		if i < number/10 {
			w.line.Conn.Close()
			w.line.lock.Unlock()
		}
		w.client.Close()
	}
	kim.client.Close()
	b.settled(before)
	time.Sleep(20 * time.Second)
	left, _ := ofProcess(t, pid)
	t.Logf("when all have gone: %.1f MB, %d goroutines (%d before)", left, b.goroutines(), before)
	require.Less(t, b.end(), 5*time.Second)
}
