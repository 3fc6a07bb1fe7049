package store

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// sharesByNumber are what statfs calls file systems of other machines. Source:
// linux/magic.h, and the file systems' own headers for those outside of it.
var sharesByNumber = map[uint32]string{
	0x6969: "nfs", 0x517B: "smb", 0xFF534D42: "cifs", 0xFE534D42: "smb3", 0x01021997: "9p", 0x5346414F: "afs", 0x6B414653: "kafs", 0x73757245: "coda", 0x564C: "ncpfs",
	0x00C36400: "ceph", 0x0BD00BD0: "lustre", 0x01161970: "gfs2", 0x7461636F: "ocfs2", 0x47504653: "gpfs", 0x19830326: "beegfs", 0x20030528: "orangefs",
	0x786F4256: "vboxsf", 0xBACBACBC: "vmhgfs", 0x7C7C6673: "prl_fs",
}

// inUserSpace is what statfs calls all file systems that a program gives.
const inUserSpace = 0x65735546

func kindOfShare(path string) string {
	var stat unix.Statfs_t
	if unix.Statfs(path, &stat) != nil {
		return ""
	}
	number := uint32(stat.Type)
	if number != inUserSpace {
		return sharesByNumber[number]
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	if name := mountedAt(string(mounts), path); isShare(name) {
		return strings.TrimPrefix(name, "fuse.")
	}
	return ""
}

// mountedAt is the name of the file system that a path lies on, as mountinfo has it. Of
// several at one place the last is seen.
func mountedAt(mountinfo, path string) (name string) {
	unescape := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
	longest := -1
	for line := range strings.Lines(mountinfo) {
		before, after, ok := strings.Cut(line, " - ")
		fields, kind := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(kind) == 0 {
			continue
		}
		at := unescape.Replace(fields[4])
		if relative, err := filepath.Rel(at, path); err != nil || relative == ".." || strings.HasPrefix(relative, "../") {
			continue
		}
		if len(at) >= longest {
			longest, name = len(at), kind[0]
		}
	}
	return name
}
