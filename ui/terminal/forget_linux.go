package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// Forget drops what the terminal has sent and nobody read: answers that came late.
func Forget(file *os.File) { _ = unix.IoctlSetInt(int(file.Fd()), unix.TCFLSH, unix.TCIFLUSH) }
