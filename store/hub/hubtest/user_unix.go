//go:build unix

package hubtest

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// unprivileged is who runs PostgreSQL where the test is root's; the zero value is whoever runs
// the test.
type unprivileged struct{ uid, gid uint32 }

// somebody is the first of those who may be there.
func somebody() (*unprivileged, error) {
	if os.Getuid() != 0 {
		return &unprivileged{}, nil
	}
	var err error
	for _, name := range []string{"postgres", "nobody"} {
		uid, gid, missing := lookUp(name)
		if missing == nil {
			return &unprivileged{uid, gid}, nil
		}
		err = errors.Join(err, missing)
	}
	return nil, err
}

func (u *unprivileged) own(path string) error {
	if u.uid == 0 {
		return nil
	}
	return os.Chown(path, int(u.uid), int(u.gid))
}

func (u *unprivileged) become(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{} // in the group of the test: who stops that by a key stops it, too
	if u.uid != 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: u.uid, Gid: u.gid}
	}
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}
