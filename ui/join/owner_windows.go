package join

import "net"

// ownedFolder: the temporary folder of a person's profile is closed to others.
func ownedFolder(string) bool { return true }

// ownProcess: Windows does not tell who is at the other end of a socket. Its file lies
// beside the store and can be opened by whoever may write there, as the store can.
func ownProcess(net.Conn) bool { return true }
