//go:build unix

package join

import (
	"os"
	"syscall"
)

// ownedFolder reports a folder that only this person can look into.
func ownedFolder(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
