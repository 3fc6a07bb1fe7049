package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheMountThatAPathLiesOn(t *testing.T) {
	const mountinfo = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /home/anna/Team\040Data rw,nosuid shared:20 - fuse.sshfs anna@host:/data rw,user_id=1000
41 22 8:1 / /media/stick rw - fuseblk /dev/sda1 rw
42 40 0:36 / /home/anna/Team\040Data/own rw - ext4 /dev/sdb rw
43 22 0:37 / /srv rw - autofs systemd-1 rw
44 43 0:38 / /srv rw - nfs4 host:/srv rw
broken
`
	for path, want := range map[string]string{
		"/home/anna":                         "ext4",
		"/home/anna/Team Data":               "fuse.sshfs",
		"/home/anna/Team Data/x/s.db":        "fuse.sshfs",
		"/home/anna/Team Database":           "ext4",
		"/home/anna/Team Data/own/x":         "ext4",
		"/media/stick/s.db":                  "fuseblk",
		"/srv/doppelpass":                    "nfs4",
		"/srv2":                              "ext4",
		"/home/anna/Team Data/..name/hidden": "fuse.sshfs",
	} {
		require.Equal(t, want, mountedAt(mountinfo, path), path)
	}
	for number, name := range sharesByNumber {
		require.True(t, isShare(name), "%#x %s", number, name)
	}
}
