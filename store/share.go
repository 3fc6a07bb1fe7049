package store

// Shares: a file that lies on another machine cannot be held by one process alone. The
// lock that keeps two writers apart is this machine's, or the share's word for it, and
// a page that one machine has changed is an old one in the memory of the other. So a
// store there is only read.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// OnShare says that a store lies on a share of another machine and is not opened for
// writing.
type OnShare struct {
	Path string
	Kind string // as the system calls it, such as nfs or cifs
}

// Error implements error.
func (e OnShare) Error() string {
	return fmt.Sprintf("%s lies on a network share (%s): two machines cannot keep out of each other's way there", e.Path, e.Kind)
}

// shareKind asks the system on which share a folder lies; "" for a disk of this
// machine, and where the system does not say. A variable for the tests.
var shareKind = kindOfShare

// refuseShare is an OnShare where path lies on one.
func refuseShare(path string) error {
	whole, err := filepath.Abs(path)
	if err != nil {
		return nil // opening it will say why
	}
	if followed, err := filepath.EvalSymlinks(whole); err == nil {
		whole = followed
	}
	for { // the folder may have to be made yet
		if _, err := os.Stat(whole); err == nil {
			break
		}
		above := filepath.Dir(whole)
		if above == whole {
			return nil
		}
		whole = above
	}
	if kind := shareKind(whole); kind != "" {
		return OnShare{path, kind}
	}
	return nil
}

// sharedFileSystems are file systems by their names that lie on another machine, or
// are seen by several. Those in user space come as "fuse." and the program's name. Not
// among them: what a virtual machine calls its own disk (virtiofs), and disks that a
// program in user space reads (fuseblk, fuse.ntfs, fuse.exfat …).
var sharedFileSystems = map[string]bool{
	"nfs": true, "nfs4": true, "cifs": true, "smb": true, "smb2": true, "smb3": true, "smbfs": true, "9p": true, "afs": true, "kafs": true, "coda": true, "ncpfs": true,
	"ceph": true, "lustre": true, "gfs2": true, "ocfs2": true, "gpfs": true, "beegfs": true, "orangefs": true, "pvfs2": true, "glusterfs": true, "moosefs": true,
	"vboxsf": true, "vmhgfs": true, "prl_fs": true, "afpfs": true, "webdav": true, "webdavfs": true, "davfs": true, "davfs2": true, "ftp": true, "acfs": true,
	"sshfs": true, "osxfuse": true, "macfuse": true, "rclone": true, "s3fs": true, "goofys": true, "gcsfuse": true, "curlftpfs": true, "gvfsd-fuse": true, "kio-fuse": true, "vmhgfs-fuse": true,
	"mfs": false, "encfs": false, "gocryptfs": false, // on a disk of this machine, as far as one can see
}

// isShare reports whether a file system of this name is a share.
func isShare(name string) bool {
	name = strings.ToLower(name)
	if program, ok := strings.CutPrefix(name, "fuse."); ok {
		name = program
	}
	return sharedFileSystems[name]
}
