package join

// The host's end: a Call for each process that has joined.

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"doppelpass/store/faults"
)

// greetWithin is how long a host waits for the first words of somebody who joins.
const greetWithin = 5 * time.Second

// Host answers those who join. It belongs to the process that holds the store.
type Host struct {
	program string
	run     func(*Call) int

	lock     sync.Mutex
	listener net.Listener
	lines    map[net.Conn]*Call // nil: not yet greeted
	closed   bool
	calls    sync.WaitGroup
}

// NewHost answers with run, which runs what a call asks for and returns the exit code.
// It is not reached by anybody before Listen.
func NewHost(program string, run func(*Call) int) *Host {
	return &Host{program: program, run: run, lines: map[net.Conn]*Call{}}
}

// Listen lets those join who want the store at path. Whoever calls it must hold the
// store: what an earlier host has left there is taken away.
func (h *Host) Listen(path string) error {
	socket, err := socketFor(path)
	if err != nil {
		return err
	}
	_ = os.Remove(socket)
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		_ = listener.Close()
		return err
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.closed {
		return listener.Close()
	}
	h.listener = listener
	faults.Go(func() { h.accept(listener) })
	return nil
}

func (h *Host) accept(listener net.Listener) {
	for {
		line, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // too many files are open: it may get better
			time.Sleep(100 * time.Millisecond)
			continue
		}
		if !ownProcess(line) {
			_ = line.Close()
			continue
		}
		faults.Go(func() { h.Answer(line) })
	}
}

// Answer serves one line until it ends.
func (h *Host) Answer(line net.Conn) {
	if !h.enter(line) {
		_ = line.Close()
		return
	}
	defer h.calls.Done()
	defer h.leave(line)
	_ = line.SetDeadline(time.Now().Add(greetWithin))
	in := bufio.NewReaderSize(line, atOnce)
	// Whoever joins speaks first; whoever speaks another language is told ours.
	if err := greeted(in, h.program); greet(line, h.program) != nil || err != nil {
		return
	}
	k, payload, err := readFrame(in)
	call := &Call{line: line, out: newOutbox(), Sizes: make(chan Terminal, 1), Signals: make(chan Signal, 4), back: make(chan struct{}, 1)}
	if err != nil || k != kindHello || json.Unmarshal(payload, &call.Hello) != nil {
		return
	}
	_ = line.SetDeadline(time.Time{})
	call.input.wake = sync.NewCond(&call.input.lock)
	call.input.call = call
	var end context.CancelFunc
	call.context, end = context.WithCancel(context.Background())
	defer end()
	h.lock.Lock()
	h.lines[line] = call
	h.lock.Unlock()

	written := make(chan struct{})
	faults.Go(func() {
		defer close(written)
		if call.out.drain(line) != nil {
			_ = line.Close()
		}
	})
	faults.Go(func() {
		call.listen(in)
		end()
		call.input.end(errGone)
		call.out.fail(errGone) // nobody is there who would take it
		_ = line.Close()
	})
	code := h.run(call)
	_ = call.out.put(frame(kindExit, number(code)), false)
	call.out.close()
	<-written
}

func (h *Host) enter(line net.Conn) bool {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.closed {
		return false
	}
	h.lines[line] = nil
	h.calls.Add(1)
	return true
}

func (h *Host) leave(line net.Conn) {
	_ = line.Close()
	h.lock.Lock()
	delete(h.lines, line)
	h.lock.Unlock()
}

// Calls is how many have joined.
func (h *Host) Calls() int {
	h.lock.Lock()
	defer h.lock.Unlock()
	return len(h.lines)
}

// Close lets nobody join any more and ends the lines of those who have: they go on by
// themselves. It waits for what runs for them, at most so long, and reports whether
// all has ended.
func (h *Host) Close(most time.Duration) bool {
	h.lock.Lock()
	h.closed = true
	if h.listener != nil {
		_ = h.listener.Close() // takes the socket away
	}
	for line := range h.lines {
		_ = line.Close()
	}
	h.lock.Unlock()
	ended := make(chan struct{})
	go func() {
		h.calls.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-time.After(most):
		return false
	}
}

// Call is one run for a process that has joined: a command, or a session of the app.
type Call struct {
	Hello
	Sizes   chan Terminal // the terminal has another size; only the latest counts
	Signals chan Signal

	context context.Context
	line    net.Conn
	out     *outbox
	input   inflow
	back    chan struct{}
}

// Context ends when nobody is there any more, or is to be.
func (c *Call) Context() context.Context { return c.context }

// Getenv looks into the caller's environment.
func (c *Call) Getenv(name string) string {
	for i := len(c.Environ) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(c.Environ[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// Input is the caller's standard input. Nothing is read there before somebody reads
// here.
func (c *Call) Input() io.Reader { return &c.input }

// Output and Errors are the caller's streams.
func (c *Call) Output() io.Writer { return stream{c, kindOutput} }

// Errors is the caller's standard error.
func (c *Call) Errors() io.Writer { return stream{c, kindErrors} }

// EndInput has whoever reads the caller's standard input wait no longer.
func (c *Call) EndInput() { c.input.end(errGone) }

// Screen says that a session begins or ends: keys come one by one, and output waits
// for the terminal to take it.
func (c *Call) Screen(begins bool) {
	on := byte(0)
	if begins {
		on = 1
	}
	c.out.lock.Lock()
	c.out.screen = begins
	c.out.lock.Unlock()
	_ = c.out.put(frame(kindRaw, []byte{on}), false)
}

// Keep says what the session would go on with if this process ended now.
func (c *Call) Keep(kept []byte) {
	if len(kept) < most {
		_ = c.out.put(frame(kindKept, kept), false)
	}
}

// Pause stops the caller's process, as ctrl+z does, until its shell lets it go on.
func (c *Call) Pause() {
	_ = c.out.put(frame(kindPause, nil), false)
	select {
	case <-c.back:
	case <-c.context.Done():
	}
}

// Vanish breaks the line without a word, as it breaks when the process is killed.
func (c *Call) Vanish() { _ = c.line.Close() }

// Within is a line within this process: what is written to one end is read at the other.
func Within() (ours, theirs net.Conn) { return net.Pipe() }

// Stands says that the run does not begin again, but stands as an earlier one left it.
func (c *Call) Stands() { _ = c.out.put(frame(kindStands, nil), false) }

// Yield asks the caller to do by itself what this process cannot: it lets go of the
// store.
func (c *Call) Yield() { _ = c.out.put(frame(kindYield, nil), false) }

// listen takes what the caller sends until the line ends.
func (c *Call) listen(in io.Reader) {
	for {
		k, payload, err := readFrame(in)
		if err != nil {
			return
		}
		switch k {
		case kindInput:
			if len(payload) == 0 {
				c.input.end(io.EOF)
			} else {
				c.input.add(payload)
			}
		case kindSize:
			if len(payload) == 4 {
				t := c.Terminal
				t.Width, t.Height = int(binary.BigEndian.Uint16(payload)), int(binary.BigEndian.Uint16(payload[2:]))
				select {
				case <-c.Sizes:
				default:
				}
				c.Sizes <- t
			}
		case kindSignal:
			if len(payload) == 1 {
				select {
				case c.Signals <- Signal(payload[0]):
				default: // it has been told often enough
				}
			}
		case kindBack:
			select {
			case c.back <- struct{}{}:
			default:
			}
		}
	}
}

// stream is one of the caller's streams.
type stream struct {
	call *Call
	kind kind
}

// Write implements io.Writer.
func (s stream) Write(b []byte) (int, error) {
	for done := 0; done < len(b); {
		n := min(len(b)-done, atOnce)
		if err := s.call.out.put(frame(s.kind, b[done:done+n]), true); err != nil {
			return done, err
		}
		done += n
	}
	return len(b), nil
}

// inflow is the caller's standard input: it is asked for when it is wanted, so that
// what a command does not read is left for the next.
type inflow struct {
	call  *Call
	lock  sync.Mutex
	wake  *sync.Cond
	bytes []byte
	asked bool
	err   error
}

// Read implements io.Reader.
func (f *inflow) Read(p []byte) (int, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for len(f.bytes) == 0 {
		if f.err != nil {
			return 0, f.err
		}
		if !f.asked {
			f.asked = true
			if err := f.call.out.put(frame(kindWant, number(atOnce)), false); err != nil {
				return 0, err
			}
		}
		f.wake.Wait()
	}
	n := copy(p, f.bytes)
	f.bytes = f.bytes[n:]
	return n, nil
}

func (f *inflow) add(b []byte) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.bytes, f.asked = append(f.bytes, b...), false
	f.wake.Broadcast()
}

func (f *inflow) end(err error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.err == nil {
		f.err = err
	}
	f.wake.Broadcast()
}
