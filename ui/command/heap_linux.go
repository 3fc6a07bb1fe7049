package command

import (
	"runtime"
	"runtime/debug"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// heapInLargePages has the heap lie in large pages where the system has them. Otherwise every
// 4 kB that are used for the first time cost a fault, and these a quarter of the time in which
// a large store is read. The heap takes such a block from the system whole, keeps it when it is
// given up, and takes from it whatever is asked for later. What is not used of it takes no memory.
func heapInLargePages() {
	const expected = 320 << 20 // bytes
	if !isRoomFor(expected) {
		return
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var room strings.Builder // unlike make it does not fill with zeros what was in use before
	room.Grow(expected)
	_ = room.WriteByte(0)
	_ = unix.Madvise(unsafe.Slice(unsafe.StringData(room.String()), expected), unix.MADV_HUGEPAGE) // a wish
	runtime.KeepAlive(&room)
	runtime.GC()
}

// isRoomFor reports whether the process may take so many bytes that it may not need: where
// it is held to some, it takes no more than it uses.
func isRoomFor(bytes int) bool {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &limit); err != nil || limit.Cur != unix.RLIM_INFINITY {
		return false
	}
	tried, err := unix.Mmap(-1, 0, bytes, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	return err == nil && unix.Munmap(tried) == nil
}
