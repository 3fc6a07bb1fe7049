//go:build !linux

package ahead

// Memory does nothing here: the system has no word for large pages.
func Memory() {}

// Settle does nothing here either.
func Settle() {}
