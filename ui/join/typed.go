package join

import (
	"io"
	"sync"

	"doppelpass/store/faults"
)

// remembered is how much of standard input is kept, so that a run that has to begin
// again finds it.
const remembered = 32 << 20

// typed is standard input. Only what was asked for is read; what a run that ended had
// taken comes again for the next, but for keys.
type typed struct {
	source io.Reader

	lock    sync.Mutex
	reading bool
	arrived chan struct{} // closed when the read that goes on has ended
	ready   []byte
	taken   []byte // what a run has had
	err     error
	lost    bool // more was taken than is remembered
	keys    bool
	pressed chan struct{} // a key was pressed in its place
}

// take waits for bytes, until done.
func (t *typed) take(most int, done <-chan struct{}) ([]byte, error) {
	for {
		t.lock.Lock()
		if len(t.ready) > 0 {
			n := min(most, len(t.ready))
			b := append([]byte(nil), t.ready[:n]...)
			t.ready = t.ready[n:]
			switch {
			case t.keys:
			case len(t.taken)+n > remembered:
				t.taken, t.lost = nil, true
			case !t.lost:
				t.taken = append(t.taken, b...)
			}
			t.lock.Unlock()
			return b, nil
		}
		if t.err != nil {
			defer t.lock.Unlock()
			return nil, t.err
		}
		if !t.reading {
			t.reading, t.arrived = true, make(chan struct{})
			faults.Go(func() { t.read(most) })
		}
		arrived := t.arrived
		t.lock.Unlock()
		select {
		case <-arrived:
		case <-t.pressed:
		case <-done:
			return nil, errGone
		}
	}
}

func (t *typed) read(most int) {
	b := make([]byte, most)
	n, err := t.source.Read(b)
	t.lock.Lock()
	defer t.lock.Unlock()
	t.ready = append(t.ready, b[:n]...)
	t.err = err
	t.reading = false
	close(t.arrived)
}

// press has a session get a key that was not typed. It reports false where there is no
// session.
func (t *typed) press(key []byte) bool {
	t.lock.Lock()
	defer t.lock.Unlock()
	if !t.keys {
		return false
	}
	t.ready = append(t.ready, key...)
	select {
	case t.pressed <- struct{}{}:
	default:
	}
	return true
}

// back puts bytes back that did not arrive.
func (t *typed) back(b []byte) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.keys {
		t.ready = append(append([]byte(nil), b...), t.ready...)
	}
}

// again puts back what an earlier run had.
func (t *typed) again() {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.ready, t.taken = append(t.taken, t.ready...), nil
}

// session says that what is typed are keys: nobody wants those again.
func (t *typed) session() {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.keys, t.taken, t.lost = true, nil, false
}
