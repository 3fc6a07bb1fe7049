//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// StopProcess stops the process, and all that the shell started with it, until it is
// told to go on. SIGTSTP, once it was caught, does not stop a Go program any more.
func StopProcess() {
	if os.Getppid() == 1 {
		return // nobody is left who could let it go on
	}
	goOn := make(chan os.Signal, 1)
	signal.Notify(goOn, syscall.SIGCONT)
	defer signal.Stop(goOn)
	if err := syscall.Kill(0, syscall.SIGSTOP); err == nil {
		<-goOn
	}
}
