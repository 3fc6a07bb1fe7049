package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	bolt "doppelpass/store/sealed"
)

// A copy that finds no room says so of the place it goes to: the store's own disk may have
// plenty.
func TestACopyThatFindsNoRoomNamesItsOwnPlace(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no device that is always full")
	}
	defer full.Close()
	s, err := Open(filepath.Join(t.TempDir(), "s.db"), Options{})
	require.NoError(t, err)
	defer s.Close()
	err = s.db.View(func(tx *bolt.Tx) error { return writeWhole(context.Background(), tx, full) })
	require.ErrorIs(t, err, syscall.ENOSPC)
	var at *fs.PathError
	require.ErrorAs(t, err, &at)
	require.Equal(t, "/dev/full", at.Path)

	stopped, stop := context.WithCancel(context.Background())
	stop()
	require.ErrorIs(t, s.BackupContext(stopped, filepath.Join(t.TempDir(), "copy.db")), context.Canceled)
}
