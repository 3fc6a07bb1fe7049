//go:build !linux

package command

// heapInLargePages does nothing here: the system has no word for it.
func heapInLargePages() {}
