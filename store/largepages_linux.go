package store

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// largePage is the size of a large page of memory.
const largePage = 2 << 20

// largePages has the system give memory that is about to be filled in large pages, where it
// can: of a hundred megabytes taken page by page most of the time would go into the taking.
func largePages[T any](memory []T) {
	first := uintptr(unsafe.Pointer(unsafe.SliceData(memory)))
	size := uintptr(len(memory)) * unsafe.Sizeof(*new(T))
	skip := -first & (largePage - 1)
	if size < skip+largePage { // none fits in
		return
	}
	inner := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(memory)), skip)), (size-skip)&^(largePage-1))
	_ = unix.Madvise(inner, unix.MADV_HUGEPAGE) // a wish
}

// inLargePages is memory for so many, in large pages from its first to its last byte where
// the system has them.
func inLargePages[T any](n int) []T {
	size := unsafe.Sizeof(*new(T))
	if uintptr(n)*size < largePage {
		return make([]T, n)
	}
	memory := make([]T, n+int(2*(largePage/size+1))) // what is not touched is not taken
	largePages(memory)
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(memory))) & (largePage - 1)
	first := int((skip + size - 1) / size)
	return memory[first : first+n : first+n]
}
