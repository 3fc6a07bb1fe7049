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
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var room strings.Builder // unlike make it does not fill with zeros what was in use before
	room.Grow(expected)
	_ = room.WriteByte(0)
	_ = unix.Madvise(unsafe.Slice(unsafe.StringData(room.String()), expected), unix.MADV_HUGEPAGE) // a wish
	runtime.KeepAlive(&room)
	runtime.GC()
}
