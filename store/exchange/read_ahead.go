package exchange

// Workbooks are read in three steps that share the processors: what is packed is unpacked
// ahead of whoever takes its XML apart, and that is done ahead of whoever understands the
// cells.

import (
	"io"
	"sync"

	"doppelpass/store/faults"
)

// aheadPiece is how much is unpacked at a time, bytes, and aheadPieces how many of these are
// ahead; what is smaller than aheadFrom is not worth it.
const (
	aheadPiece  = 64 << 10
	aheadPieces = 4
	aheadFrom   = 1 << 20
)

// aheadReader reads ahead of whoever reads it. It must be closed before what it reads.
type aheadReader struct {
	pieces chan aheadBytes
	used   chan []byte
	stop   chan struct{}
	close  sync.Once
	fault  any
	now    aheadBytes
	rest   []byte // of it
}

type aheadBytes struct {
	bytes []byte
	err   error // behind the bytes
}

func newAheadReader(in io.Reader) *aheadReader {
	a := &aheadReader{pieces: make(chan aheadBytes, aheadPieces), used: make(chan []byte, aheadPieces+2), stop: make(chan struct{})}
	go a.read(in)
	return a
}

func (a *aheadReader) read(in io.Reader) {
	defer close(a.pieces)
	defer faults.Keep(&a.fault)
	for {
		var piece []byte
		select {
		case piece = <-a.used:
		default:
			piece = make([]byte, aheadPiece)
		}
		n, err := 0, error(nil)
		for n < len(piece) && err == nil {
			var more int
			more, err = in.Read(piece[n:])
			n += more
		}
		select {
		case a.pieces <- aheadBytes{piece[:n], err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read implements io.Reader.
func (a *aheadReader) Read(b []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if cap(a.now.bytes) > 0 {
			select {
			case a.used <- a.now.bytes[:aheadPiece]:
			default:
			}
		}
		next, more := <-a.pieces
		if !more {
			faults.Raise(a.fault)
			return 0, io.ErrUnexpectedEOF // closed
		}
		a.now, a.rest = next, next.bytes
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close waits until nothing is read any more.
func (a *aheadReader) Close() error {
	a.close.Do(func() { close(a.stop) })
	for range a.pieces {
		continue
	}
	return nil
}

// aheadRows is how many rows are handed over at a time, and aheadBatches how many times that
// are ahead.
const (
	aheadRows    = 128
	aheadBatches = 4
)

// sourceAhead is a source of which rows are read ahead, from the first that is asked for on.
// Its rows must not share memory.
type sourceAhead struct {
	source
	batches    chan rowsAhead // nil: nobody has asked yet
	stop       chan struct{}
	ended      sync.Once
	fault      any
	now        rowsAhead
	at         int
	read, size int64
}

type rowsAhead struct {
	rows       []row
	err        error // behind the rows
	read, size int64
}

func newSourceAhead(s source) *sourceAhead {
	a := &sourceAhead{source: s, stop: make(chan struct{})}
	a.read, a.size = s.progress()
	return a
}

func (a *sourceAhead) fetch() {
	defer close(a.batches)
	defer faults.Keep(&a.fault)
	for {
		batch := rowsAhead{rows: make([]row, 0, aheadRows)}
		for len(batch.rows) < aheadRows && batch.err == nil {
			var r row
			if r, batch.err = a.source.next(); batch.err == nil {
				batch.rows = append(batch.rows, r)
			}
		}
		batch.read, batch.size = a.source.progress()
		select {
		case a.batches <- batch:
		case <-a.stop:
			return
		}
		if batch.err != nil {
			return
		}
	}
}

func (a *sourceAhead) next() (row, error) {
	if a.batches == nil {
		a.batches = make(chan rowsAhead, aheadBatches)
		go a.fetch()
	}
	for a.at == len(a.now.rows) {
		if a.now.err != nil {
			return row{}, a.now.err
		}
		next, more := <-a.batches
		if !more {
			faults.Raise(a.fault)
			return row{}, io.ErrUnexpectedEOF // closed
		}
		a.now, a.at, a.read, a.size = next, 0, next.read, next.size
	}
	a.at++
	return a.now.rows[a.at-1], nil
}

func (a *sourceAhead) progress() (read, size int64) { return a.read, a.size }

func (a *sourceAhead) close() error {
	a.ended.Do(func() { close(a.stop) })
	if a.batches != nil {
		for range a.batches {
			continue
		}
	}
	return a.source.close()
}
