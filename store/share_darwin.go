package store

import "golang.org/x/sys/unix"

// kindOfShare: macOS names the file system, and says which are not local.
func kindOfShare(path string) string {
	var stat unix.Statfs_t
	if unix.Statfs(path, &stat) != nil {
		return ""
	}
	name := unix.ByteSliceToString(stat.Fstypename[:])
	if stat.Flags&unix.MNT_LOCAL == 0 || isShare(name) {
		return name
	}
	return ""
}
