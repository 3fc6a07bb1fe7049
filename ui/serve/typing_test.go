package serve_test

// How soon a key is answered while many others type. Run by hand:
//
//	DOPPELPASS_TYPING=100 go test ./ui/serve -run TestAKeyIsAnsweredWhileManyType -v
//
// The figures are printed; what is held to is that every key is answered. The clients run
// in the test's process, on the same processors.

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"doppelpass/ui/terminal"
)

// typist is somebody whose frames are only waited for; their terminal answers, as real ones
// do, that a frame has arrived.
type typist struct {
	keys  io.Writer
	frame chan time.Time
	asked chan bool
}

func (y *typist) Write(p []byte) (int, error) {
	for range bytes.Count(p, []byte(terminal.Status)) {
		y.asked <- true
	}
	select {
	case y.frame <- time.Now():
	default:
	}
	return len(p), nil
}

func TestAKeyIsAnsweredWhileManyType(t *testing.T) {
	number, _ := strconv.Atoi(os.Getenv("DOPPELPASS_TYPING"))
	if number == 0 {
		t.Skip("set DOPPELPASS_TYPING to the number of sessions")
	}
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	come := func(name string) *typist {
		session, err := b.as(name).NewSession()
		require.NoError(t, err)
		require.NoError(t, session.RequestPty("xterm-256color", 30, 100, ssh.TerminalModes{}))
		y := &typist{frame: make(chan time.Time, 1), asked: make(chan bool, 64)}
		session.Stdout, session.Stderr = y, io.Discard
		y.keys, err = session.StdinPipe()
		require.NoError(t, err)
		require.NoError(t, session.Shell())
		go func() {
			for range y.asked {
				_, _ = io.WriteString(y.keys, "\x1b[0n")
			}
		}()
		<-y.frame
		return y
	}
	one := come("kim")
	time.Sleep(time.Second)
	measure := func() []time.Duration {
		var times []time.Duration
		for i := range 200 {
			time.Sleep(50 * time.Millisecond)
			select {
			case <-one.frame:
			default:
			}
			began := time.Now()
			_, err := io.WriteString(one.keys, "3412"[i%4:i%4+1]) // another page each time
			require.NoError(t, err)
			select {
			case at := <-one.frame:
				times = append(times, at.Sub(began))
			case <-time.After(patience):
				t.Fatal("a key was not answered")
			}
		}
		slices.Sort(times)
		return times
	}
	tell := func(when string, times []time.Duration) {
		t.Logf("%s: a key is answered after %v (median), %v (99th), %v (most)", when,
			times[len(times)/2].Round(time.Millisecond), times[len(times)*99/100].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond))
	}
	tell("alone", measure())
	others := make([]*typist, number)
	for i := range others {
		others[i] = come("anna")
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i, y := range others {
		all.Go(func() {
			time.Sleep(time.Duration(i) * 200 * time.Millisecond / time.Duration(number))
			for n := 0; ; n++ {
				_, _ = io.WriteString(y.keys, "jk"[n%2:n%2+1])
				select {
				case <-stop:
					return
				case <-time.After(200 * time.Millisecond):
				}
			}
		})
	}
	tell(strconv.Itoa(number)+" others type five keys a second", measure())
	close(stop)
	all.Wait()
}
