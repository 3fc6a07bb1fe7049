// Package terminal is the person's terminal as bytes: what it sends is put
// together to whole keys, and what is sent to it is paced to what it can take.
package terminal

// The keyboard: terminals send letters in bursts, sequences in pieces, and answers
// to questions long after they were asked. Bubble Tea takes every read for whole
// keys; so this reads before it, and hands on only what is whole.

import (
	"io"
	"sync"
	"time"
)

const (
	// aloneAfter is how long an escape waits for the rest of a sequence before it is
	// the key; over a slow line, twice the line's way there and back.
	aloneAfter  = 100 * time.Millisecond
	aloneAtMost = 500 * time.Millisecond
	// wholeWithin is how long any other beginning of a sequence waits for its end.
	wholeWithin = time.Second
	// together is the pause within which letters belong to one burst.
	together = 2 * time.Millisecond
	// atOnce is how many bytes are taken in one read: few enough that they fit Bubble
	// Tea's buffer with all that is put around them.
	atOnce = 60
)

// Keyboard reads keys from a terminal. It is a reader for Bubble Tea: what it hands
// on are whole keys and sequences, and bursts of letters (see Burst).
type Keyboard struct {
	read func([]byte) (int, error)
	more func(time.Duration) bool // reports whether there is something to read within the time

	sift  sift
	ready []byte
	left  time.Time // when the last Read returned

	lock    sync.Mutex
	presses []time.Time // of the latest keys
	// Answer is told of every answer of the terminal to Status; may be nil.
	answer func()
	// Delay is the line's way there and back, 0 if unknown; may be nil.
	delay func() time.Duration
}

// Read implements io.Reader.
func (k *Keyboard) Read(p []byte) (int, error) {
	if len(k.ready) == 0 {
		if err := k.take(); err != nil {
			return 0, err
		}
	}
	n := copy(p, k.ready)
	k.ready = k.ready[n:]
	k.left = time.Now()
	return n, nil
}

// take reads a burst and sifts it; a beginning without its end is waited for.
func (k *Keyboard) take() error {
	blocked := time.Duration(0)
	if !k.left.IsZero() {
		blocked = time.Since(k.left)
	}
	var buffer [atOnce]byte
	n, err := k.read(buffer[:])
	if err != nil {
		return err
	}
	if buffer[0] != escape {
		for n < len(buffer) && k.more(together) {
			m, err := k.read(buffer[n:])
			if err != nil {
				break // it comes again
			}
			n += m
		}
	}
	k.ready = k.feed(buffer[:n], blocked)
	for k.sift.holds() {
		if !k.more(k.patience()) {
			k.ready = append(k.ready, k.sift.giveUp(time.Now())...)
			break
		}
		n, err := k.read(buffer[:])
		if err != nil {
			return err
		}
		k.ready = append(k.ready, k.feed(buffer[:n], 0)...)
	}
	return nil
}

// patience is how long what is held waits for its end.
func (k *Keyboard) patience() time.Duration {
	if !k.sift.alone() {
		return wholeWithin
	}
	if k.delay != nil {
		return min(max(aloneAfter, 2*k.delay()), aloneAtMost)
	}
	return aloneAfter
}

// feed sifts bytes and counts keys and answers.
func (k *Keyboard) feed(b []byte, blocked time.Duration) []byte {
	now := time.Now()
	out, keys, answers := k.sift.feed(b, now, blocked)
	k.lock.Lock()
	for range keys {
		k.presses = append(k.presses, now)
	}
	k.presses = k.presses[max(len(k.presses)-8, 0):]
	k.lock.Unlock()
	for range answers {
		if k.answer != nil {
			k.answer()
		}
	}
	return out
}

// streamed reports a key that is held down, or a burst, or was no longer ago than that:
// three keys within a moment.
func (k *Keyboard) streamed(ago time.Duration) bool {
	k.lock.Lock()
	defer k.lock.Unlock()
	n := len(k.presses)
	return n >= 3 && time.Since(k.presses[n-3]) < 250*time.Millisecond+ago && k.presses[n-1].Sub(k.presses[n-3]) < 250*time.Millisecond
}

// NewKeyboard reads from what is no file: a pipe, a connection. Its goroutine ends
// with the source.
func NewKeyboard(source io.Reader) *Keyboard {
	p := &pump{chunks: make(chan []byte, 8)}
	go p.run(source)
	return &Keyboard{read: p.read, more: p.more}
}

// pump reads ahead by one chunk, so that one can wait for it with a limit.
type pump struct {
	chunks chan []byte // closed once the source has failed
	err    error
	kept   []byte
}

func (p *pump) run(source io.Reader) {
	for {
		b := make([]byte, 256)
		n, err := source.Read(b)
		if n > 0 {
			p.chunks <- b[:n]
		}
		if err != nil {
			p.err = err
			close(p.chunks)
			return
		}
	}
}

func (p *pump) read(b []byte) (int, error) {
	if len(p.kept) == 0 {
		more := false
		if p.kept, more = <-p.chunks; !more { // no select: most of the time a thousand wait here
			return 0, p.err
		}
	}
	n := copy(b, p.kept)
	p.kept = p.kept[n:]
	return n, nil
}

func (p *pump) more(wait time.Duration) bool {
	if len(p.kept) > 0 {
		return true
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case b, more := <-p.chunks:
		p.kept = b
		return more
	case <-timer.C:
		return false
	}
}
