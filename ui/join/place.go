package join

// Where the socket lies: beside the store, under its name; where that is too long for
// the name of a socket, in a folder of this person's that all their processes find.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// longest is how many bytes the name of a socket may have. Linux takes 107 and Windows
// as many, macOS 103.
const longest = 103

// ErrNobody says that nobody listens beside a store.
var ErrNobody = errors.New("nobody listens")

// real is a store's path without links, so that all find the same socket.
func real(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	whole := filepath.Join(folder, filepath.Base(path))
	if followed, err := filepath.EvalSymlinks(whole); err == nil {
		whole = followed
	}
	return whole, nil
}

// socketFor is where the socket for the store at path lies; the folder is made where it
// has to be.
func socketFor(path string) (string, error) {
	path, err := real(path)
	if err != nil {
		return "", err
	}
	if beside := path + ".join"; len(beside) <= longest {
		return beside, nil
	}
	sum := sha256.Sum256([]byte(path))
	folder, err := ownFolder()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, hex.EncodeToString(sum[:12])), nil
}

// ownFolder is a folder of this person's for sockets. It hangs on the person only, not
// on how the process was started: XDG_RUNTIME_DIR is set in one and not in another, so
// that it counts only where it is the one that the system makes.
func ownFolder() (string, error) {
	id := strconv.Itoa(os.Getuid())
	parent := filepath.Join("/run/user", id)
	if !ownedFolder(parent) {
		parent = os.TempDir()
		if os.Getuid() >= 0 { // temporary folders differ between a person's sessions, too
			parent = "/tmp"
		}
	}
	folder := filepath.Join(parent, "doppelpass-"+id)
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	if !ownedFolder(folder) {
		return "", fmt.Errorf("%s belongs to somebody else", folder)
	}
	return folder, nil
}

// dialWithin is how long reaching a socket may take: it is on this machine.
const dialWithin = time.Second

// Dial reaches the process that holds the store at path. ErrNobody: there is none that
// listens.
func Dial(path string) (net.Conn, error) {
	socket, err := socketFor(path)
	if err != nil {
		return nil, ErrNobody // where nothing is, nobody listens
	}
	line, err := net.DialTimeout("unix", socket, dialWithin)
	if err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, ErrSilent
		}
		return nil, ErrNobody
	}
	if !ownProcess(line) { // somebody else lies in wait there
		_ = line.Close()
		return nil, ErrNobody
	}
	return line, nil
}
