//go:build unix

package laptop

import (
	"os"
	"os/exec"
	"syscall"
)

// unasked keeps ssh from asking for what nobody can answer. It has no terminal (see apart),
// so that more need not be forbidden: whose key the server does not know is still told so by
// the server itself.
var unasked = []string{"-o", "PasswordAuthentication=no"}

// apart keeps ssh from the person's terminal, which shows the app, and from what is typed
// there: ctrl+c is not for it.
func apart(c *exec.Cmd, asks bool) {
	if !asks {
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		c.Env = append(os.Environ(), "SSH_ASKPASS_REQUIRE=never")
	}
}
