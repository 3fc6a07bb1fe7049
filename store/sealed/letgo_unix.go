//go:build unix

package sealed

import "golang.org/x/sys/unix"

// LetGo gives back the memory of what was read of the file: it comes again when it is
// read again. Whoever reads a whole file does not fill the memory with it.
func (tx *Tx) LetGo() {
	if memory := tx.Memory(); memory != nil {
		_ = unix.Madvise(memory, unix.MADV_DONTNEED)
	}
}
