//go:build !linux

package store

// largePages does nothing here: the system has no word for it.
func largePages[T any]([]T) {}
