package store

// A store on a network share is only read: two machines cannot lock it safely.

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// shared has the tests see the folders below dir as a share.
func shared(t *testing.T, kind string) {
	t.Helper()
	before := shareKind
	shareKind = func(string) string { return kind }
	t.Cleanup(func() { shareKind = before })
}

func TestAStoreOnAShareIsOnlyRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(path, Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())

	shared(t, "cifs")
	_, err = Open(path, Options{})
	require.ErrorIs(t, err, OnShare{path, "cifs"})
	require.Contains(t, err.Error(), path)
	reader, err := Open(path, Options{ReadOnly: true})
	require.NoError(t, err, "reading harms nothing")
	require.NoError(t, reader.Close())

	fresh := filepath.Join(t.TempDir(), "a", "b", "s.db")
	_, err = Open(fresh, Options{})
	require.ErrorIs(t, err, OnShare{fresh, "cifs"})
	require.NoDirExists(t, filepath.Dir(fresh), "nothing is made there")
}

func TestWhichFileSystemsAreShares(t *testing.T) {
	for _, name := range []string{"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.rclone", "ceph", "vboxsf", "afpfs", "FUSE.SSHFS"} {
		require.True(t, isShare(name), name)
	}
	for _, name := range []string{"ext4", "btrfs", "xfs", "zfs", "apfs", "hfs", "ntfs", "ntfs3", "fuseblk", "fuse.ntfs", "exfat", "tmpfs", "overlay", "virtiofs", "fuse.gocryptfs", ""} {
		require.False(t, isShare(name), name)
	}
	require.Empty(t, kindOfShare(t.TempDir()), "the tests run on a disk of this machine")
}
