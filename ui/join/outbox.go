package join

// What a host sends is put into an outbox and goes out beside: whoever is stopped, or
// reads slowly, makes nobody wait. A command's output is kept until it is taken, in
// memory and then in a passing file; a session's screen makes only its own session
// wait.

import (
	"errors"
	"io"
	"os"
	"sync"

	"doppelpass/store/temporary"
)

const (
	// inMemory is how much output waits in memory before it goes to a file.
	inMemory = 4 << 20
	// inLine is how much of a screen may wait to be taken.
	inLine = 128 << 10
)

var errGone = errors.New("nobody listens any more")

// outbox is a queue of bytes between those who write and one line.
type outbox struct {
	lock  sync.Mutex
	wake  *sync.Cond
	first []byte // waits, oldest
	last  []byte // waits behind what is in the file
	spill *os.File
	// The file holds what was written from read to written.
	read, written int64
	screen        bool // who writes waits when there is too much
	closed        bool // nothing more comes
	busy          bool // what was taken is being written
	err           error
}

func newOutbox() *outbox {
	o := &outbox{}
	o.wake = sync.NewCond(&o.lock)
	return o
}

// put queues bytes. It waits only where they are a screen's and too many are before
// them.
func (o *outbox) put(b []byte, wait bool) error {
	o.lock.Lock()
	defer o.lock.Unlock()
	for wait && o.screen && o.err == nil && len(o.first)+len(o.last) > inLine {
		o.wake.Wait()
	}
	if o.err != nil {
		return o.err
	}
	if o.closed {
		return errGone
	}
	defer o.wake.Broadcast()
	if len(o.last) == 0 && o.written == o.read && len(o.first)+len(b) <= inMemory {
		o.first = append(o.first, b...)
		return nil
	}
	o.last = append(o.last, b...)
	if len(o.last) < inMemory {
		return nil
	}
	return o.store()
}

// store moves what came last to the file.
func (o *outbox) store() error {
	if o.spill == nil {
		file, err := temporary.File("", ".doppelpass-output-")
		if err != nil {
			return err
		}
		_ = os.Remove(file.Name()) // where the system lets go of names that are in use; else close does
		o.spill = file
	}
	n, err := o.spill.WriteAt(o.last, o.written)
	o.written += int64(n)
	o.last = append(o.last[:0], o.last[n:]...)
	return err
}

// take gives the bytes that go out next; none: nothing more comes.
func (o *outbox) take() ([]byte, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	for {
		switch {
		case o.err != nil:
			return nil, o.err
		case len(o.first) > 0:
			b := o.first
			o.first, o.busy = nil, true
			o.wake.Broadcast()
			return b, nil
		case o.read < o.written:
			b := make([]byte, min(o.written-o.read, inMemory))
			n, err := o.spill.ReadAt(b, o.read)
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			o.read, o.busy = o.read+int64(n), true
			if o.read == o.written {
				o.read, o.written = 0, 0
				_ = o.spill.Truncate(0)
			}
			return b[:n], nil
		case len(o.last) > 0:
			o.first, o.last = o.last, nil
		case o.closed:
			return nil, nil
		default:
			o.wake.Wait()
		}
	}
}

// close says that nothing more comes; what is there still goes out.
func (o *outbox) close() {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.closed = true
	o.wake.Broadcast()
}

// fail ends it at once: who writes gets the error.
func (o *outbox) fail(err error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	if o.err == nil {
		o.err = err
	}
	if o.spill != nil {
		_ = o.spill.Close()
		_ = os.Remove(o.spill.Name())
		o.spill, o.read, o.written = nil, 0, 0
	}
	o.first, o.last = nil, nil
	o.wake.Broadcast()
}

// drain writes all that is put into the outbox to w, until it is closed and empty.
func (o *outbox) drain(w io.Writer) error {
	for {
		b, err := o.take()
		if err != nil || b == nil {
			return err
		}
		_, err = w.Write(b)
		o.lock.Lock()
		o.busy = false
		o.lock.Unlock()
		if err != nil {
			o.fail(err)
			return err
		}
	}
}

// Spool passes on to a writer beside those who write to it, who never wait for it.
type Spool struct {
	out  *outbox
	done chan struct{}
	err  error
}

// NewSpool passes on to w.
func NewSpool(w io.Writer) *Spool {
	s := &Spool{out: newOutbox(), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.err = s.out.drain(w)
	}()
	return s
}

// Write implements io.Writer. An error is that of an earlier write.
func (s *Spool) Write(b []byte) (int, error) {
	if err := s.out.put(b, false); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Close returns when all has been passed on.
func (s *Spool) Close() error {
	s.out.close()
	<-s.done
	return s.err
}
