//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// Forget drops what the terminal has sent and nobody read: answers that came late.
func Forget(file *os.File) {
	const input = 1
	_ = unix.IoctlSetPointerInt(int(file.Fd()), unix.TIOCFLUSH, input)
}
