//go:build darwin || freebsd

package join

import (
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// ownProcess reports whether the process at the other end is this person's: macOS tells
// it by LOCAL_PEERCRED.
func ownProcess(line net.Conn) bool {
	socket, ok := line.(*net.UnixConn)
	if !ok {
		return true
	}
	connection, err := socket.SyscallConn()
	if err != nil {
		return false
	}
	own := false
	err = connection.Control(func(fd uintptr) {
		who, err := unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
		own = err == nil && int(who.Uid) == os.Geteuid()
	})
	return err == nil && own
}
