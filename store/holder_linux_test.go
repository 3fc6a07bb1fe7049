package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/temporary"
)

// Whatever lies where the word of who has a store open goes: nobody waits for it, nothing is
// written through it, and the store opens.
func TestWhatLiesInThePlaceOfTheHolderIsLeftAlone(t *testing.T) {
	folder := t.TempDir()
	path, precious := filepath.Join(folder, "data.db"), filepath.Join(folder, "precious.txt")
	word := holderPath(path)
	for name, lay := range map[string]func() error{
		"a pipe":            func() error { return syscall.Mkfifo(word, 0o600) },
		"a link":            func() error { return os.Symlink(precious, word) },
		"a link to nowhere": func() error { return os.Symlink(filepath.Join(folder, "nowhere.txt"), word) },
		"a link to itself":  func() error { return os.Symlink(word, word) },
		"a device":          func() error { return os.Symlink("/dev/zero", word) },
		"a large file":      func() error { return errors.Join(os.WriteFile(word, nil, 0o600), os.Truncate(word, 1<<40)) },
		"a folder":          func() error { return os.MkdirAll(filepath.Join(word, "within"), 0o700) },
	} {
		require.NoError(t, os.WriteFile(precious, []byte("precious"), 0o600))
		require.NoError(t, os.RemoveAll(word))
		require.NoError(t, lay(), name)
		require.Zero(t, HolderOf(path).PID, name)
		s, err := Open(path, Options{})
		require.NoError(t, err, name)
		if name != "a folder" {
			require.Equal(t, os.Getpid(), HolderOf(path).PID, name)
		}
		require.NoError(t, s.Close(), name)
		content, err := os.ReadFile(precious)
		require.NoError(t, err)
		require.Equal(t, "precious", string(content), name)
		require.NoFileExists(t, filepath.Join(folder, "nowhere.txt"))
	}
	require.NoError(t, os.RemoveAll(word))
	require.NoError(t, syscall.Mkfifo(word, 0o600))
	_, err := temporary.Read(word, 100)
	require.ErrorIs(t, err, temporary.ErrNoFile)
	_, err = temporary.Read(precious, 4)
	require.ErrorIs(t, err, temporary.ErrNoFile)
	_, err = temporary.Read(filepath.Join(folder, "none"), 4)
	require.ErrorIs(t, err, fs.ErrNotExist)
}
