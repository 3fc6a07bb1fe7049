//go:build unix

package laptop

import (
	"os/exec"
	"syscall"
)

// apart keeps ssh from the person's terminal, which shows the app, and from what is typed
// there: ctrl+c is not for it.
func apart(c *exec.Cmd, asks bool) {
	if !asks {
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	}
}
