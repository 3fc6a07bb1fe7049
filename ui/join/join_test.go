package join

// Several processes on one store, here as goroutines: what a command reads and prints
// flows as if it ran in the process that asked, nobody waits for one who is stopped, and
// when the host ends, what was half done is known.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// listening is a host on a store's path that ends with the test.
func listening(t *testing.T, path string, run func(*Call) int) *Host {
	t.Helper()
	h := NewHost("v1", run)
	require.NoError(t, h.Listen(path))
	t.Cleanup(func() { h.Close(time.Second) })
	return h
}

// screen is a stream that a test reads.
type screen struct {
	lock sync.Mutex
	bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.Buffer.Write(b)
}

func (s *screen) text() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.String()
}

// seated is a seat with a pipe as its input.
func seated(t *testing.T) (seat *Seat, in *os.File, out, errs *screen) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	out, errs = &screen{}, &screen{}
	return NewSeat("v1", r, out, errs), w, out, errs
}

func dialled(t *testing.T, path string) net.Conn {
	t.Helper()
	line, err := Dial(path)
	require.NoError(t, err)
	return line
}

func TestACommandRunsInTheOtherProcessAndSpeaksHere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	_, err := Dial(path)
	require.ErrorIs(t, err, ErrNobody)
	listening(t, path, func(c *Call) int {
		typed, err := io.ReadAll(c.Input())
		if err != nil {
			return 1
		}
		fmt.Fprintf(c.Output(), "%v in %s with %s: %s", c.Args, c.Dir, c.Getenv("COLOUR"), typed)
		fmt.Fprint(c.Errors(), "careful")
		return 7
	})
	seat, in, out, errs := seated(t)
	go func() {
		_, _ = io.WriteString(in, strings.Repeat("a line\n", 20_000))
		_ = in.Close()
	}()
	code, err := seat.Run(dialled(t, path), Hello{Args: []string{"import", "-"}, Dir: "/there", Environ: []string{"COLOUR=red", "COLOUR=blue"}})
	require.NoError(t, err)
	require.Equal(t, 7, code)
	require.Equal(t, "[import -] in /there with blue: "+strings.Repeat("a line\n", 20_000), out.text())
	require.Equal(t, "careful", errs.text())
}

func TestWhatACommandDoesNotReadIsLeftForTheNext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	listening(t, path, func(*Call) int { return 0 })
	seat, in, _, _ := seated(t)
	_, err := io.WriteString(in, "the next line")
	require.NoError(t, err)
	_, err = seat.Run(dialled(t, path), Hello{})
	require.NoError(t, err)
	b := make([]byte, 100)
	n, err := seat.in.Read(b)
	require.NoError(t, err)
	require.Equal(t, "the next line", string(b[:n]))
}

func TestAnotherVersionOfTheProgramIsToldApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	listening(t, path, func(*Call) int { return 0 })
	seat, _, _, _ := seated(t)
	seat.program = "v2"
	_, err := seat.Run(dialled(t, path), Hello{})
	require.ErrorIs(t, err, OtherProgram{Theirs: "v1", Ours: "v2"})
	seat.program = "v1"
	_, err = seat.Run(dialled(t, path), Hello{})
	require.NoError(t, err, "the host goes on")
}

func TestAProcessThatDoesNotAnswerIsNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	socket, err := socketFor(path)
	require.NoError(t, err)
	stopped, err := net.Listen("unix", socket)
	require.NoError(t, err)
	defer stopped.Close()
	seat, _, _, _ := seated(t)
	_, err = seat.Run(dialled(t, path), Hello{})
	require.ErrorIs(t, err, ErrSilent)
}

func TestSomebodyWhoIsStoppedHoldsUpNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	most := 64 << 20
	if testing.Short() {
		most = 12 << 20 // beyond what is kept in memory
	}
	finished := make(chan bool, 1)
	h := listening(t, path, func(c *Call) int {
		if c.Args[0] == "print" {
			line := []byte(strings.Repeat("x", 1023) + "\n")
			for range most / len(line) {
				if _, err := c.Output().Write(line); err != nil {
					return 1
				}
			}
			finished <- true
		}
		return 0
	})
	stopped := dialled(t, path)
	require.NoError(t, greet(stopped, "v1"))
	require.NoError(t, greeted(stopped, "v1"))
	_, err := stopped.Write(frame(kindHello, pack(Hello{Args: []string{"print"}})))
	require.NoError(t, err)
	require.True(t, <-finished, "the command ends although nobody reads what it prints")
	seat, _, _, _ := seated(t)
	code, err := seat.Run(dialled(t, path), Hello{Args: []string{"other"}})
	require.NoError(t, err)
	require.Zero(t, code)

	total := 0 // and whoever goes on reading finds all of it
	for {
		k, payload, err := readFrame(stopped)
		require.NoError(t, err)
		if k == kindExit {
			break
		}
		total += len(payload)
	}
	require.Equal(t, most, total)
	require.NoError(t, stopped.Close())
	require.True(t, h.Close(20*time.Second))
}

func TestAScreenThatIsStoppedMakesItsOwnSessionWaitUntilItGoes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	before := runtime.NumGoroutine()
	ended := make(chan error, 1)
	waits := make(chan bool)
	h := listening(t, path, func(c *Call) int {
		c.Screen(true)
		for n := 0; ; n++ {
			if _, err := c.Output().Write(make([]byte, 8<<10)); err != nil {
				ended <- err
				return 1
			}
			if n == 2 {
				close(waits)
			}
		}
	})
	stopped := dialled(t, path)
	require.NoError(t, greet(stopped, "v1"))
	_, err := stopped.Write(frame(kindHello, pack(Hello{})))
	require.NoError(t, err)
	<-waits
	require.True(t, h.Close(20*time.Second), "the first leaves at once")
	require.Error(t, <-ended)
	require.NoError(t, stopped.Close())
	for runtime.NumGoroutine() > before {
		time.Sleep(time.Millisecond)
	}
}

func TestARunThatWasCutOffBeginsAgainWhereItsOutputEnded(t *testing.T) {
	first, second := filepath.Join(t.TempDir(), "a.db"), filepath.Join(t.TempDir(), "b.db")
	changed := false
	listening(t, first, func(c *Call) int {
		typed := make([]byte, 6)
		_, _ = io.ReadFull(c.Input(), typed)
		fmt.Fprint(c.Output(), "one\ntwo\nthr")
		for c.out.waits() { // it has gone out
			time.Sleep(time.Millisecond)
		}
		_ = c.line.Close() // as if the process were gone
		<-c.Context().Done()
		return 0
	})
	listening(t, second, func(c *Call) int {
		typed, _ := io.ReadAll(c.Input())
		if changed {
			fmt.Fprint(c.Output(), "one\nTWO\nthree\n")
			return 0
		}
		fmt.Fprintf(c.Output(), "one\ntwo\nthree\n%s", typed)
		return 0
	})
	seat, in, out, _ := seated(t)
	_, err := io.WriteString(in, "typed in")
	require.NoError(t, err)
	require.NoError(t, in.Close())
	_, err = seat.Run(dialled(t, first), Hello{})
	require.ErrorIs(t, err, ErrGone)
	code, err := seat.Run(dialled(t, second), Hello{})
	require.NoError(t, err)
	require.Zero(t, code)
	require.Equal(t, "one\ntwo\nthree\ntyped in", out.text(), "nothing twice, nothing missing, and what was read is read again")

	changed = true
	seat, in, out, _ = seated(t)
	_, _ = io.WriteString(in, "typed in")
	_ = in.Close()
	_, err = seat.Run(dialled(t, first), Hello{})
	require.ErrorIs(t, err, ErrGone)
	_, err = seat.Run(dialled(t, second), Hello{})
	require.ErrorIs(t, err, ErrDiffers, "two halves that do not belong together are not joined")
	require.Equal(t, "one\ntwo\nthr", out.text())
}

func TestKeysThatWereTypedWhileTheHostEndedReachTheNext(t *testing.T) {
	first, second := filepath.Join(t.TempDir(), "a.db"), filepath.Join(t.TempDir(), "b.db")
	seat, in, out, _ := seated(t)
	listening(t, first, func(c *Call) int {
		c.Screen(true)
		_, _ = c.Input().Read(make([]byte, 1))
		c.Keep([]byte("page 3"))
		fmt.Fprint(c.Output(), "frame")
		for c.out.waits() {
			time.Sleep(time.Millisecond)
		}
		_ = c.line.Close() // as if the process were gone
		<-c.Context().Done()
		return 0
	})
	listening(t, second, func(c *Call) int {
		c.Screen(true)
		b := make([]byte, 2)
		_, err := io.ReadFull(c.Input(), b)
		fmt.Fprintf(c.Output(), "%s went on with %s", b, c.Kept)
		c.Screen(false)
		return map[bool]int{true: 0, false: 1}[err == nil]
	})
	_, err := io.WriteString(in, "j")
	require.NoError(t, err)
	_, err = seat.Run(dialled(t, first), Hello{})
	require.ErrorIs(t, err, ErrGone)
	_, err = io.WriteString(in, "kl")
	require.NoError(t, err)
	code, err := seat.Run(dialled(t, second), Hello{})
	require.NoError(t, err)
	require.Zero(t, code)
	require.Equal(t, "frame"+undress+"kl went on with page 3", out.text(), "the terminal is put in order before the next session shows")
}

func TestAPlaceForTheSocketOfAStoreThatLiesDeep(t *testing.T) {
	deep := t.TempDir()
	for len(deep) < 150 {
		deep = filepath.Join(deep, "a folder with a long name")
	}
	require.NoError(t, os.MkdirAll(deep, 0o700))
	path := filepath.Join(deep, "s.db")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	socket, err := socketFor(path)
	require.NoError(t, err)
	require.LessOrEqual(t, len(socket), longest)
	listening(t, path, func(*Call) int { return 3 })

	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(path, link))
	seat, _, _, _ := seated(t)
	code, err := seat.Run(dialled(t, link), Hello{})
	require.NoError(t, err, "by whatever name the store is called")
	require.Equal(t, 3, code)
	info, err := os.Stat(socket)
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		require.EqualValues(t, 0o600, info.Mode().Perm())
	}
}

func TestASocketThatADeadHostLeftIsInNobodysWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	socket, err := socketFor(path)
	require.NoError(t, err)
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
	require.NoError(t, err)
	left.SetUnlinkOnClose(false)
	require.NoError(t, left.Close())
	_, err = Dial(path)
	require.ErrorIs(t, err, ErrNobody)
	h := listening(t, path, func(*Call) int { return 0 })
	_ = dialled(t, path).Close()
	require.True(t, h.Close(20*time.Second))
	require.NoFileExists(t, socket, "a host that ends takes it away")
}

// Whatever is written into an outbox comes out in order, however it is taken.
func TestAnOutboxKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOutbox()
		var in, out bytes.Buffer
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "put") {
				b := bytes.Repeat([]byte{byte(in.Len())}, rapid.IntRange(1, 3<<20).Draw(t, "bytes"))
				in.Write(b)
				require.NoError(t, o.put(b, false))
			} else if out.Len() < in.Len() {
				b, err := o.take()
				require.NoError(t, err)
				out.Write(b)
			}
		}
		o.close()
		require.NoError(t, o.drain(&out))
		require.True(t, bytes.Equal(in.Bytes(), out.Bytes()))
		o.fail(errors.New("ended"))
	})
}

// Bytes that are no frames end the line, whatever they are.
func TestNonsenseOnTheLineHarmsNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	listening(t, path, func(*Call) int { return 0 })
	for _, nonsense := range []string{"", "GET / HTTP/1.1\r\n\r\n", "doppelpass", "doppelpass\x00\x01\x02v1\x01\xff\xff\xff\xff", "doppelpass\x00\x01\x02v1\x01\x00\x00\x00\x02{]", "doppelpass\x00\x01\x02v1\x09\x00\x00\x00\x00"} {
		line := dialled(t, path)
		_, err := io.WriteString(line, nonsense)
		require.NoError(t, err)
		_ = line.(*net.UnixConn).CloseWrite()
		_, _ = io.Copy(io.Discard, line)
		_ = line.Close()
	}
	seat, _, _, _ := seated(t)
	_, err := seat.Run(dialled(t, path), Hello{})
	require.NoError(t, err)
}

// waits reports whether something is still on its way out.
func (o *outbox) waits() bool {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.err == nil && (o.busy || len(o.first)+len(o.last) > 0 || o.read < o.written)
}
