package terminal

// The screen: frames go out no faster than the line takes them, so that what one
// sees is never far behind the keys. Where the terminal answers, its answer says
// when a frame, or a piece of one, has arrived; where it does not, the pace of a slow
// line is presumed while keys stream in.

import (
	"io"
	"math"
	"strconv"
	"sync"
	"time"
)

// Status asks the terminal whether all is well: it answers once it has worked
// through everything before.
const Status = "\x1b[5n"

const (
	// slowLine is the pace that is presumed of a line that tells nothing, in bytes a
	// second.
	slowLine = 2000
	// atMost is how long a frame waits for the ones before it.
	atMost = 1500 * time.Millisecond
	// lost is how long an answer may take before the terminal is taken for one that
	// gives none.
	lost = 3 * time.Second
	// pieceTime is how long a piece of a frame takes that goes out over a slow line.
	pieceTime = 60 * time.Millisecond
	// quickRoom is what a line takes in that time, in bytes, that gets frames whole.
	quickRoom = 2400
	// pieceRoom is what a slow line takes in that time.
	pieceRoom = slowLine * 6 / 100
	// pieceLeast is worth a piece of its own, in bytes.
	pieceLeast = 100
)

// frameBegins is how Bubble Tea begins a frame on the alternate screen.
const frameBegins = "\x1b[H"

// Screen is a terminal that several goroutines write to, each Write whole: the
// program its frames, others what is no text.
type Screen struct {
	out      io.Writer
	keyboard *Keyboard // that the answers come by; nil: none come

	lock    sync.Mutex
	wake    *sync.Cond
	asks    bool
	closing bool
	flights []flight      // frames whose answer is awaited
	window  int           // frames that may be on their way
	quick   time.Duration // the line's way there and back, as far as is known
	last    time.Duration // the latest answer took so long
	room    int           // bytes that the line takes in pieceTime, 0 while unknown
	ever    bool          // the terminal has answered

	presumed time.Time // when what was sent has arrived, at the pace of a slow line
	caret    string
	cursor   bool // it shows
}

// flight is a frame on its way.
type flight struct {
	sent  time.Time
	bytes int
}

// NewScreen paces what is written to a terminal. With a keyboard, and where the
// terminal may be asked, answers set the pace.
func NewScreen(out io.Writer, keyboard *Keyboard, ask bool) *Screen {
	s := &Screen{out: out, keyboard: keyboard, asks: ask && keyboard != nil, window: 1}
	s.wake = sync.NewCond(&s.lock)
	if keyboard != nil {
		keyboard.answer, keyboard.delay = s.answered, s.Delay
	}
	return s
}

// Write sends p as a whole, at once.
func (s *Screen) Write(p []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.out.Write(p)
}

// frame sends a frame or a piece of one, once it may be sent; last says that none follows.
func (s *Screen) frame(p []byte, last bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.wait()
	frame := squeeze(p)
	if last {
		frame = append(frame, s.caret...)
	}
	now := time.Now()
	if s.asks && !s.closing {
		frame = append(frame, Status...)
		s.flights = append(s.flights, flight{now, len(frame)})
	}
	if s.presumed.Before(now) {
		s.presumed = now
	}
	s.presumed = s.presumed.Add(time.Duration(len(frame)) * time.Second / slowLine)
	_, _ = s.out.Write(frame)
}

// await returns once a piece may be sent.
func (s *Screen) await() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.wait()
}

// piece is how many bytes may be sent at once before it is asked what is the newest,
// and whether the line is so slow that each of them counts, or even more so. Where nothing
// is known of the line, it may be slow; lean says that it is not presumed.
func (s *Screen) piece(lean bool) (bytes int, slow, verySlow bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	switch {
	case s.ever && s.room >= quickRoom:
		return math.MaxInt, false, false
	case s.ever:
		return s.room, true, s.room < 2*pieceRoom
	case s.keyboard != nil && s.keyboard.streamed(aMoment):
		return pieceRoom, true, true
	}
	return math.MaxInt, !lean, false
}

// aMoment is how long after keys streamed in a line is still presumed to be slow.
const aMoment = 2 * time.Second

// WriteString sends text as a whole, at once.
func (s *Screen) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// wait holds a frame back while too many are on their way.
func (s *Screen) wait() {
	limit := time.Now().Add(atMost)
	for !s.closing {
		if len(s.flights) > 0 && time.Since(s.flights[0].sent) > lost {
			s.flights = nil // it does not answer, or has lost the question
			s.asks = s.ever
		}
		var hold time.Duration
		switch {
		case s.ever && len(s.flights) >= s.window:
			hold = time.Until(limit)
		case !s.ever && s.keyboard != nil && s.keyboard.streamed(0):
			hold = min(time.Until(s.presumed), time.Until(limit))
		}
		if hold <= 0 {
			return
		}
		timer := time.AfterFunc(hold, s.wake.Broadcast)
		s.wake.Wait()
		timer.Stop()
	}
}

// answered notes that the oldest frame on its way has arrived: one that took longer
// than the quickest so far stood in a queue, and fewer may be on their way.
func (s *Screen) answered() {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.flights) == 0 {
		return
	}
	now := time.Now()
	flown := s.flights[0]
	took := now.Sub(flown.sent)
	s.flights = s.flights[1:]
	if s.quick == 0 || took < s.quick {
		s.quick = took
	}
	under := max(took-s.quick, time.Millisecond) // beyond the line's way there and back
	switch fitting := int(float64(flown.bytes) * pieceTime.Seconds() / max(took, time.Millisecond).Seconds()); {
	case s.room == 0:
		s.room = fitting
	case under > pieceTime*3/2:
		s.room = min(s.room, int(float64(flown.bytes)*pieceTime.Seconds()/under.Seconds()))
	case under < pieceTime/3 && flown.bytes >= s.room/2:
		s.room = min(max(s.room*2, fitting), quickRoom)
	}
	s.room = max(s.room, pieceLeast)
	s.last, s.ever = took, true
	if took > s.quick+s.quick/2+50*time.Millisecond {
		s.window = 1
	} else {
		s.window = min(s.window+1, 8)
	}
	s.wake.Broadcast()
}

// Delay is how long the latest frame took to arrive and be answered for, 0 while
// unknown.
func (s *Screen) Delay() time.Duration {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.last
}

// Point says where the terminal's cursor rests between frames: the cell where the
// focus is, for screen readers and input methods.
func (s *Screen) Point(x, y int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.caret = "\x1b[" + strconv.Itoa(y+1) + ";" + strconv.Itoa(x+1) + "H"
	if s.cursor {
		s.caret += "\x1b[?25h"
	}
}

// ShowCursor says whether the terminal's own cursor shows where it rests.
func (s *Screen) ShowCursor(show bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.cursor = show
}

// Settle stops asking and waits for the answers that are on their way, so that none
// of them lands in the shell once the program has ended; at most for so long.
func (s *Screen) Settle(most time.Duration) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.closing = true
	s.wake.Broadcast()
	if !s.ever {
		most = min(most, 100*time.Millisecond)
	}
	limit := time.Now().Add(most)
	for len(s.flights) > 0 {
		left := time.Until(limit)
		if left <= 0 {
			return
		}
		timer := time.AfterFunc(left, s.wake.Broadcast)
		s.wake.Wait()
		timer.Stop()
	}
}

// Resume asks again, after the program was stopped and goes on.
func (s *Screen) Resume() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.closing, s.flights = false, nil
}
