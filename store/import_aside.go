package store

// Parts of a long run of visits or calls, put aside in a file: each part lies there by account, and
// all are read side by side, so that an account's rows come together again in the order of
// the file that is imported. An external merge sort (Knuth, The Art of Computer
// Programming, volume 3, section 5.4).

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"doppelpass/store/temporary"
)

// partsPrefix begins the names of such files.
const partsPrefix = ".doppelpass-import-"

const (
	// partBuffer is how much of each part is read at a time, in bytes.
	partBuffer = 128 << 10
	// gatheredBytes is about how much of all parts is gathered at a time.
	gatheredBytes = 2 << 20
)

// rowsAside is the file. It has no name any more where the system allows that, so that nothing
// is left of it whatever happens to the process.
type rowsAside struct {
	file  *os.File
	out   *bufio.Writer
	at    int64
	begun int64 // where the part that is being written begins
	ends  [][2]int64
	rows  int
	head  []byte
}

func newRowsAside(folder string) (*rowsAside, error) {
	file, err := temporary.File(folder, partsPrefix)
	if err != nil {
		return nil, fmt.Errorf("putting rows aside: %w", err)
	}
	_ = os.Remove(file.Name()) // Windows does so once it is closed
	return &rowsAside{file: file, out: bufio.NewWriterSize(file, partBuffer)}, nil
}

// add writes a row: account, columns, length and the packed row.
func (p *rowsAside) add(account accountNumber, present uint32, packed []byte) error {
	p.head = binary.AppendUvarint(p.head[:0], uint64(account))
	p.head = binary.AppendUvarint(p.head, uint64(present))
	p.head = binary.AppendUvarint(p.head, uint64(len(packed)))
	for _, b := range [...][]byte{p.head, packed} {
		if _, err := p.out.Write(b); err != nil {
			return fmt.Errorf("putting rows aside in %s: %w", p.file.Name(), err)
		}
		p.at += int64(len(b))
	}
	p.rows++
	return nil
}

// end ends a part.
func (p *rowsAside) end() error {
	if err := p.out.Flush(); err != nil {
		return fmt.Errorf("putting rows aside in %s: %w", p.file.Name(), err)
	}
	p.ends = append(p.ends, [2]int64{p.begun, p.at})
	p.begun = p.at
	return nil
}

// close lets go of the file. That it could not be taken away harms nobody: the next
// import does.
func (p *rowsAside) close() {
	_ = p.file.Close()
	_ = os.Remove(p.file.Name())
}

// partReader reads a part, a row at a time.
type partReader struct {
	in      *bufio.Reader
	account accountNumber
	present uint32
	packed  []byte
	over    bool
}

func (r *partReader) next() error {
	account, err := binary.ReadUvarint(r.in)
	if errors.Is(err, io.EOF) {
		r.over = true
		return nil
	}
	var present, size uint64
	if err == nil {
		present, err = binary.ReadUvarint(r.in)
	}
	if err == nil {
		size, err = binary.ReadUvarint(r.in)
	}
	if err == nil && size > largestValue {
		err = errDamaged
	}
	if err == nil {
		r.account, r.present = accountNumber(account), uint32(present)
		if uint64(cap(r.packed)) < size {
			r.packed = make([]byte, size)
		}
		r.packed = r.packed[:size]
		_, err = io.ReadFull(r.in, r.packed)
	}
	if err != nil {
		return fmt.Errorf("reading rows that were put aside: %w", err)
	}
	return nil
}

// merged yields the rows of all parts by account, those of an account in the order of the
// parts and of their rows.
func (p *rowsAside) merged() iter.Seq2[packedRows, error] {
	return func(yield func(packedRows, error) bool) {
		readers := make([]*partReader, len(p.ends))
		for i, of := range p.ends {
			readers[i] = &partReader{in: bufio.NewReaderSize(io.NewSectionReader(p.file, of[0], of[1]-of[0]), partBuffer)}
			if err := readers[i].next(); err != nil {
				yield(packedRows{}, err)
				return
			}
		}
		var packed packedRows
		for {
			account, more := accountNumber(0), false
			for _, r := range readers {
				if !r.over && (!more || r.account < account) {
					account, more = r.account, true
				}
			}
			if !more || len(packed.rows) >= gatheredRows || len(packed.together) >= gatheredBytes {
				if len(packed.rows) > 0 && !yield(packed, nil) || !more {
					return
				}
				packed = packedRows{}
			}
			for _, r := range readers {
				for !r.over && r.account == account {
					packed.add(account, r.present, r.packed)
					if err := r.next(); err != nil {
						yield(packedRows{}, err)
						return
					}
				}
			}
		}
	}
}
