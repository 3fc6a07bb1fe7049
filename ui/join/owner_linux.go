package join

import (
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// ownProcess reports whether the process at the other end is this person's: a socket in
// a folder that several may write to can be anybody's.
func ownProcess(line net.Conn) bool {
	return peer(line, func(fd int) (int, error) {
		who, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
		if err != nil {
			return 0, err
		}
		return int(who.Uid), nil
	})
}

// peer asks a line who is at the other end. One within this process is no socket.
func peer(line net.Conn, user func(fd int) (int, error)) bool {
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
		id, err := user(int(fd))
		own = err == nil && id == os.Geteuid()
	})
	return err == nil && own
}
