//go:build unix && !linux && !darwin && !freebsd

package join

import "net"

// ownProcess: the socket's folder and its mode, 0600, are all there is to go by.
func ownProcess(net.Conn) bool { return true }
