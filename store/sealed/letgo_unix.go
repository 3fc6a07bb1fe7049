//go:build unix

package sealed

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// LetGo gives back the memory of what was read of the file: it comes again when it is
// read again. Whoever reads a whole file does not fill the memory with it.
func (tx *Tx) LetGo() {
	info := tx.DB().Info()
	data := *(*unsafe.Pointer)(unsafe.Pointer(&info.Data)) // where the file lies in memory, no object of Go's
	if data != nil {
		_ = unix.Madvise(unsafe.Slice((*byte)(data), tx.Size()), unix.MADV_DONTNEED)
	}
}
