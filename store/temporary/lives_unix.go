//go:build !windows

package temporary

import (
	"errors"
	"os"
	"syscall"
)

// lives reports whether there is a process with that number.
func lives(process int) bool {
	p, err := os.FindProcess(process)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}
