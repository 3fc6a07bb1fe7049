package ahead

import (
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"
)

const (
	expected = 320 << 20 // bytes that a large store and what is reckoned from it take at most
	quiet    = 16 << 20  // bytes beyond which the collector runs while the libraries make their tables
)

var (
	take    = sync.OnceFunc(inLargePages)
	ballast strings.Builder // never used, and so no memory: it only counts for the collector
	block   atomic.Uintptr  // where the heap lies in large pages; 0: nowhere
)

func init() {
	go func() { // on the other core
		if len(os.Args) > 0 && Fill(Likely(os.Args[1:], os.Getenv)...) {
			take()
		}
	}()
}

// Memory has the heap lie in large pages where the system has them; it returns once it does.
// Otherwise every 4 kB that are used for the first time cost a fault, and these a quarter of
// the time in which a large store is read.
func Memory() {
	take()
	ballast.Reset()
}

// Settle ends that, where what was to be read is read: what the heap has in large pages stays
// so, but the system no longer makes pages with holes large on its own, and the heap's
// memory does not come back that was given back.
func Settle() {
	if at := block.Swap(0); at != 0 {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, at, expected, syscall.MADV_NOHUGEPAGE) // a wish
	}
}

// inLargePages takes a block from the system, which the heap keeps when it is given up, and takes
// from it whatever is asked for later. What is not used of it takes no memory.
func inLargePages() {
	if !isRoomFor(expected + quiet) {
		return
	}
	var room strings.Builder // unlike make it does not fill with zeros what was in use before
	room.Grow(expected)
	_ = room.WriteByte(0)
	data := unsafe.StringData(room.String())
	if syscall.Madvise(unsafe.Slice(data, expected), syscall.MADV_HUGEPAGE) == nil { // a wish
		block.Store(uintptr(unsafe.Pointer(data)))
	}
	// It lies beyond the block, which is used first so.
	ballast.Grow(quiet)
	runtime.KeepAlive(&room)
	runtime.GC()
}

// isRoomFor reports whether the process may take so many bytes that it may not need: where
// it is held to some, it takes no more than it uses.
func isRoomFor(bytes int) bool {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &limit); err != nil || int64(limit.Cur) != syscall.RLIM_INFINITY {
		return false
	}
	tried, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	return err == nil && syscall.Munmap(tried) == nil
}
