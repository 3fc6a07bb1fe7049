//go:build unix

package exchange

// Things in a file system that only Unix has.

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPipesDoNotBlock(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	_, err := Open(pipe, Options{})
	require.Equal(t, ReasonNotRegular, reasonOf(t, err))
	files, err := Files(filepath.Dir(pipe))
	require.Equal(t, ReasonFolderEmpty, reasonOf(t, err))
	require.Empty(t, files)
}

func TestNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	path := inFile(t, "secret.csv", "account,date\n")
	require.NoError(t, os.Chmod(path, 0))
	_, err := Open(path, Options{})
	require.Equal(t, ReasonNoPermission, reasonOf(t, err))
}
