//go:build !unix

package ui

import (
	"os"
)

// caught are the signals the app answers itself.
var caught = []os.Signal{os.Interrupt}

// suspends reports whether the app can be stopped and go on.
const suspends = false

// watch passes signals on until the end.
func (d *device) watch() {
	for range d.signals {
		go d.program.Send(told{codeInterrupt})
	}
}
