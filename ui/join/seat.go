package join

// The person's end: one terminal, or a script's streams, for as long as this process
// lives. The hosts may change.

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"doppelpass/store/faults"
	"doppelpass/ui/terminal"
)

// ErrGone says that the host ended before what it ran for us.
var ErrGone = errors.New("the process that held the store has ended")

// ErrYield says that the host lets go of the store: whoever joined may take it.
var ErrYield = errors.New("the process that held the store lets go of it")

// ErrSilent says that a process listens and does not answer: it is stopped.
var ErrSilent = errors.New("the process that holds the store does not answer")

// ErrDiffers says that a run that was begun again after its host had ended does not
// write what the first had written before: the two cannot be joined.
var ErrDiffers = errors.New("the output was begun by a process that has ended, and has changed since")

// answerWithin is how long a host may take to say who it is.
const answerWithin = 2 * time.Second

// patience is how long a host has to end what was told to end.
const patience = 3 * time.Second

// Seat is the person's end of the line.
type Seat struct {
	program string
	in      *os.File
	out     io.Writer
	err     io.Writer
	tty     *console

	input typed

	lock    sync.Mutex
	kept    []byte
	told    Signal // the latest signal
	written int64  // of standard output, so far
	digest  hash.Hash
	dirty   bool // the terminal is as a session has left it that did not end

	giveBack func() // while the terminal is a session's: it is given back whatever happens; nil else
}

// NewSeat takes the process's streams.
func NewSeat(program string, in *os.File, out, errors io.Writer) *Seat {
	s := &Seat{program: program, in: in, out: out, err: errors, digest: sha256.New()}
	s.tty = newConsole(in, out)
	s.input.source, s.input.pressed = in, make(chan struct{}, 1)
	return s
}

// Terminal says which streams are a terminal, and its size.
func (s *Seat) Terminal() Terminal {
	t := Terminal{Input: isTerminal(s.in), Output: isTerminal(s.out), Errors: isTerminal(s.err)}
	t.Width, t.Height = s.tty.size()
	return t
}

// Kept is what the session that ended would go on with; nil where there is nothing.
func (s *Seat) Kept() []byte {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.kept
}

// SetKept says what the first session is to go on with.
func (s *Seat) SetKept(kept []byte) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.kept = kept
}

// Told is the signal that ended the run; 0: none.
func (s *Seat) Told() Signal {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.told
}

// Close gives the terminal back.
func (s *Seat) Close() {
	if s.dirty {
		_, _ = io.WriteString(s.out, undress)
		s.dirty = false
	}
	s.tty.cooked()
	if s.giveBack != nil {
		s.giveBack()
		s.giveBack = nil
	}
}

// undress is what a session would have sent at its end: it leaves the alternate screen
// and what it has switched on there.
const undress = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l\x1b[23;2t"

// Run has a host run what hello says, and returns its exit code. ErrGone: the host
// ended before; ErrYield: it wants us to take the store.
func (s *Seat) Run(line net.Conn, hello Hello) (code int, err error) {
	defer line.Close()
	_ = line.SetDeadline(time.Now().Add(answerWithin))
	if err := greet(line, s.program); err != nil {
		return 0, silent(err)
	}
	in := bufio.NewReaderSize(line, atOnce)
	if err := greeted(in, s.program); err != nil {
		return 0, silent(err)
	}
	_ = line.SetDeadline(time.Time{})
	hello.Kept, hello.Terminal = s.Kept(), s.Terminal()
	run := &seatRun{seat: s, line: line, ended: make(chan struct{})}
	if run.send(kindHello, pack(hello)) != nil {
		return 0, ErrGone
	}
	s.input.again()
	s.lock.Lock()
	run.repeat = s.written
	if run.repeat > 0 {
		run.digest = sha256.New()
	}
	s.lock.Unlock()
	var beside sync.WaitGroup
	beside.Go(run.watchSize)
	beside.Go(run.watchSignals)
	defer beside.Wait()
	defer close(run.ended)
	return run.receive(in)
}

// silent tells a host that does not answer from one that is gone.
func silent(err error) error {
	var other OtherProgram
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return ErrSilent
	case errors.As(err, &other), errors.Is(err, errFrame):
		return err
	}
	return ErrGone
}

// seatRun is one run over one line.
type seatRun struct {
	seat   *Seat
	line   net.Conn
	ended  chan struct{}
	sends  sync.Mutex
	raw    atomic.Bool
	fresh  bool  // nothing of the new session has been shown
	repeat int64 // bytes of output that an earlier run wrote already
	digest hash.Hash
}

func (r *seatRun) send(k kind, payload []byte) error {
	r.sends.Lock()
	defer r.sends.Unlock()
	_, err := r.line.Write(frame(k, payload))
	return err
}

// receive does what the host says until it has ended.
func (r *seatRun) receive(in io.Reader) (int, error) {
	s := r.seat
	for {
		k, payload, err := readFrame(in)
		if err != nil {
			s.dirty = s.dirty || r.shows() && !r.fresh
			return 0, ErrGone
		}
		switch k {
		case kindOutput:
			if err := r.show(payload); err != nil {
				return 0, err
			}
		case kindErrors:
			if _, err := s.err.Write(payload); err != nil {
				return 0, err
			}
		case kindWant:
			faults.Go(func() { r.enter(numberIn(payload)) })
		case kindRaw:
			r.setRaw(len(payload) == 1 && payload[0] == 1)
		case kindPause:
			s.tty.cooked()
			terminal.StopProcess()
			s.tty.makeRaw()
			if r.send(kindBack, nil) != nil {
				continue
			}
			r.tellSize()
		case kindKept:
			s.lock.Lock()
			s.kept = payload
			s.lock.Unlock()
		case kindYield:
			return 0, ErrYield
		case kindStands:
			r.repeat = 0
		case kindExit:
			if r.repeat > 0 { // less than before
				return 0, ErrDiffers
			}
			return numberIn(payload), nil
		}
	}
}

func (r *seatRun) setRaw(on bool) {
	r.raw.Store(on)
	if r.seat.giveBack != nil {
		r.seat.giveBack()
		r.seat.giveBack = nil
	}
	if on {
		s := r.seat
		s.giveBack = faults.Last(func() {
			_, _ = io.WriteString(s.out, undress)
			s.tty.cooked()
		})
		r.fresh = true
		r.seat.input.session()
		r.seat.tty.makeRaw()
		return
	}
	r.seat.tty.cooked()
}

// show writes output. What an earlier run has written already must come again as it
// was, and is not written twice.
func (r *seatRun) show(b []byte) error {
	s := r.seat
	if r.raw.Load() {
		if r.fresh && s.dirty {
			b = append([]byte(undress), b...)
		}
		r.fresh, s.dirty = false, false
		_, err := s.out.Write(b)
		return err
	}
	if r.repeat > 0 {
		n := min(r.repeat, int64(len(b)))
		_, _ = r.digest.Write(b[:n])
		b, r.repeat = b[n:], r.repeat-n
		if r.repeat == 0 && string(r.digest.Sum(nil)) != string(clone(s.digest).Sum(nil)) {
			return ErrDiffers
		}
		if len(b) == 0 {
			return nil
		}
	}
	n, err := s.out.Write(b)
	_, _ = s.digest.Write(b[:n])
	s.lock.Lock()
	s.written += int64(n)
	s.lock.Unlock()
	return err
}

// clone is a digest as it is now.
func clone(h hash.Hash) hash.Hash {
	state, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	c := sha256.New()
	if err == nil {
		_ = c.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	}
	return c
}

// enter sends what is typed next.
func (r *seatRun) enter(most int) {
	b, err := r.seat.input.take(most, r.ended)
	if err != nil && !errors.Is(err, errGone) {
		_ = r.send(kindInput, nil)
		return
	}
	if len(b) > 0 && r.send(kindInput, b) != nil {
		r.seat.input.back(b)
	}
}

func (r *seatRun) tellSize() {
	if width, height := r.seat.tty.size(); width > 0 {
		b := binary.BigEndian.AppendUint16(nil, uint16(width))
		_ = r.send(kindSize, binary.BigEndian.AppendUint16(b, uint16(height)))
	}
}

func (r *seatRun) watchSize() {
	ctx, end := context.WithCancel(context.Background())
	go func() {
		<-r.ended
		end()
	}()
	for range r.seat.tty.resizes(ctx) {
		r.tellSize()
	}
}

// watchSignals tells the host of signals. Whoever does not end then, or is told twice,
// is left.
func (r *seatRun) watchSignals() {
	signals, stop := notify(r.shows)
	defer stop()
	var late <-chan time.Time
	for {
		select {
		case <-r.ended:
			return
		case <-late:
			_ = r.line.Close()
		case signal := <-signals:
			s := r.seat
			if signal == pause {
				if s.input.press([]byte{0x1a}) { // a session does what it does for the key
					continue
				}
				terminal.StopProcess()
				continue
			}
			s.lock.Lock()
			twice := s.told != 0 && !r.shows()
			s.told = signal
			s.lock.Unlock()
			if twice || r.send(kindSignal, []byte{byte(signal)}) != nil {
				_ = r.line.Close()
			}
			if late == nil {
				late = time.After(patience)
			}
		}
	}
}

// shows reports whether a session has the terminal.
func (r *seatRun) shows() bool { return r.raw.Load() }

// Lost reports that standard input was read by a run that has ended, and was too much
// to be kept for another.
func (s *Seat) Lost() bool {
	s.input.lock.Lock()
	defer s.input.lock.Unlock()
	return s.input.lost
}
