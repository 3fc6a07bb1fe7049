//go:build unix

package ui

import (
	"os"
	"syscall"
	"time"
)

// caught are the signals the app answers itself. At the last two the runtime would write a trace
// into a terminal that nobody has given back.
var caught = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGTSTP, syscall.SIGQUIT, syscall.SIGABRT}

// suspends reports whether the app can be stopped and go on.
const suspends = true

// patience is how long the app has to end by itself after a signal: a terminal that
// is gone or stopped takes nothing any more.
const patience = 3 * time.Second

// watch passes signals on until the end.
func (d *device) watch() {
	codes := map[os.Signal]int{syscall.SIGINT: codeInterrupt, syscall.SIGTERM: codeTerminated, syscall.SIGHUP: codeHangUp, syscall.SIGQUIT: codeQuit, syscall.SIGABRT: codeAborted}
	for s := range d.signals {
		if s == syscall.SIGTSTP {
			go d.program.Send(stopping{})
			continue
		}
		go d.program.Send(told{codes[s]})
		time.AfterFunc(patience, d.program.Kill)
	}
}
