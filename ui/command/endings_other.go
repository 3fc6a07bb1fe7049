//go:build !unix

package command

import (
	"os"
	"syscall"
)

// endings are the signals that end a process; traced are those of them at which Go's runtime
// writes a trace.
var (
	endings = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	traced  []os.Signal
)
