//go:build unix

package ui

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// caught are the signals the app answers itself.
var caught = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGTSTP}

// suspends reports whether the app can be stopped and go on.
const suspends = true

// stopProcess stops the process, and all that the shell started with it, until it is
// told to go on. SIGTSTP, once it was caught, does not stop a Go program any more.
func stopProcess() {
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

// patience is how long the app has to end by itself after a signal: a terminal that
// is gone or stopped takes nothing any more.
const patience = 3 * time.Second

// watch passes signals on until the end.
func (d *device) watch() {
	codes := map[os.Signal]int{syscall.SIGINT: codeInterrupt, syscall.SIGTERM: codeTerminated, syscall.SIGHUP: codeHangUp}
	for s := range d.signals {
		if s == syscall.SIGTSTP {
			go d.program.Send(stopping{})
			continue
		}
		go d.program.Send(told{codes[s]})
		time.AfterFunc(patience, d.program.Kill)
	}
}
