//go:build unix

package terminal

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// readable reports whether the file has something to read within a time.
func readable(file *os.File, wait time.Duration) bool {
	fd := int(file.Fd())
	limit := time.Now().Add(wait)
	for {
		var set unix.FdSet
		set.Set(fd)
		left := unix.NsecToTimeval(max(time.Until(limit), 0).Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &left)
		if err == unix.EINTR {
			continue
		}
		return err == nil && n > 0
	}
}

// Asks reports whether the terminal may be asked: its answers come as bytes.
const Asks = true
