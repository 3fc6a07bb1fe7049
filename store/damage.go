package store

// A file that is damaged: bbolt trusts its pages, so that a flipped bit or a cut end
// lets it panic or read where there is nothing. At this one place that becomes an
// error. A fault of the program itself stays one.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	bolt "doppelpass/store/sealed"
)

// Damaged says that the file holds what no program wrote into it. Records in it may
// be lost; a backup copy, or what can be read of the file, is the way on.
type Damaged struct {
	Path   string
	Detail string // what was found and where, in bbolt's words
	cause  error  // nil: there is no more to it
}

// Error implements error.
func (e Damaged) Error() string { return fmt.Sprintf("the store %s is damaged: %s", e.Path, e.Detail) }

// Unwrap is what was found, where that is an error of its own.
func (e Damaged) Unwrap() error { return e.cause }

// refusals are what a file system says of a file that may not grow.
var refusals = [...]syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EIO}

// told is an error of a record that cannot be read as damage of the file.
func (d *database) told(err error) error {
	if err == nil {
		return nil
	}
	for _, refusal := range refusals { // bbolt tells some of what the system says by words alone
		if strings.HasSuffix(err.Error(), ": "+refusal.Error()) && !errors.Is(err, refusal) {
			return &fs.PathError{Op: "write", Path: d.path, Err: refusal}
		}
	}
	if !errors.Is(err, errDamaged) && !errors.As(err, &bolt.Broken{}) || errors.As(err, &Damaged{}) {
		return err
	}
	return Damaged{d.path, err.Error(), err}
}

// guard begins a stretch in which the file is read; what it returns is deferred and
// ends it. It serves the goroutine that it is called in.
func guard(path string, err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		p := recover()
		if p == nil {
			return
		}
		if broken, ok := p.(bolt.Broken); ok {
			*err = Damaged{path, broken.Error(), broken}
			return
		}
		if !comesFromTheFile(p) {
			panic(p)
		}
		detail := strings.TrimSpace(fmt.Sprint(p))
		if _, fault := p.(runtime.Error); fault {
			detail = "a page leads where nothing is"
		}
		*err = Damaged{Path: path, Detail: detail}
	}
}

// comesFromTheFile reports whether a panic is due to what the file holds: a fault in
// its mapped memory, or a panic in bbolt. It is called by the function deferred.
func comesFromTheFile(p any) bool {
	if _, fault := p.(interface{ Addr() uintptr }); fault || p == errShort || p == errNumber {
		return true
	}
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)]) // who panicked comes behind the runtime
	for inRuntime := false; ; {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			inRuntime = true
		case inRuntime:
			return strings.HasPrefix(frame.Function, "go.etcd.io/bbolt")
		}
		if !more {
			return false
		}
	}
}

// errShort says that a key or a number in the file is shorter than any that is
// written.
var errShort = errors.New("a key is too short")

// errNumber says that no account has a number in the file: what counts by it would take all memory.
var errNumber = errors.New("an account's number is too high")

// uint16At, uint32At and uint64At are numbers in keys and values of the file, which
// may be damaged: then they end what is being read, see guard.
func uint16At(b []byte, at int) uint16 { return binary.BigEndian.Uint16(sliceAt(b, at, 2)) }
func uint32At(b []byte, at int) uint32 { return binary.BigEndian.Uint32(sliceAt(b, at, 4)) }
func uint64At(b []byte, at int) uint64 { return binary.BigEndian.Uint64(sliceAt(b, at, 8)) }

func sliceAt(b []byte, at, n int) []byte {
	if len(b) < at+n {
		panic(errShort)
	}
	return b[at:]
}

// largestValue is beyond what any value of a store comes to, in bytes.
const largestValue = 256 << 20

// copied is a value as it may be copied: one whose length is damaged reaches behind
// the end of the file.
func copied(value []byte) []byte {
	if len(value) > largestValue {
		panic(errShort)
	}
	return value
}

// The beginning of a bbolt file: two meta pages, each a header and what is below.
// Source: bbolt's internal/common/meta.go.
const (
	boltMagic      = 0xED0CDAED
	boltPageHeader = 16
	boltMetaSize   = 64
)

// boltMeta is what a meta page says.
type boltMeta struct{ pageSize, freelist, pages, transaction uint64 }

// readMetas are the meta pages of a file that are in order.
func readMetas(file *os.File) (metas []boltMeta, err error) {
	for _, at := range [...]int64{0, 4096, 8192, 16384, 32768, 65536} { // the second stands a page behind the first
		b := make([]byte, boltMetaSize)
		if _, err := file.ReadAt(b, at+boltPageHeader); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return nil, err
		}
		sum := fnv.New64a()
		_, _ = sum.Write(b[:boltMetaSize-8])
		if binary.NativeEndian.Uint32(b) != boltMagic || sum.Sum64() != binary.NativeEndian.Uint64(b[boltMetaSize-8:]) {
			continue
		}
		m := boltMeta{
			uint64(binary.NativeEndian.Uint32(b[8:])), binary.NativeEndian.Uint64(b[32:]),
			binary.NativeEndian.Uint64(b[40:]), binary.NativeEndian.Uint64(b[48:]),
		}
		if at == 0 || uint64(at) == m.pageSize {
			metas = append(metas, m)
		}
	}
	return metas, nil
}

// checkLength holds the file's length to what its newer meta page says. bbolt maps
// the file as it is, and reading behind its end kills the process. Of two meta pages
// one that cannot be read is damage: bbolt would take the other, and if it is the older
// the change made last would be gone without a word. They are written in turn: two that are
// further apart than a copy's first change leaves them are damage for the same reason. What a loss of power leaves is
// whole, since what counts in a meta page lies in one sector.
func checkLength(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	metas, err := readMetas(file)
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	var newest boltMeta
	for _, m := range metas {
		if m.transaction >= newest.transaction {
			newest = m
		}
	}
	if len(metas) == 1 {
		return Damaged{Path: path, Detail: "one of the two pages at its beginning cannot be read"}
	}
	if len(metas) == 2 && max(metas[0].transaction, metas[1].transaction)-min(metas[0].transaction, metas[1].transaction) > 2 {
		return Damaged{Path: path, Detail: "one of the two pages at its beginning is of an earlier time"}
	}
	if needed := newest.pages * newest.pageSize; needed > uint64(info.Size()) {
		return Damaged{Path: path, Detail: fmt.Sprintf("%d of its %d bytes are missing", needed-uint64(info.Size()), needed)}
	}
	return nil
}
