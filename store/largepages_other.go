//go:build !linux

package store

// largePages does nothing here: the system has no word for it.
func largePages[T any]([]T) {}

// inLargePages is memory for so many.
func inLargePages[T any](n int) []T { return make([]T, n) }
