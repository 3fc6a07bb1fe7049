package uitest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Kept is a file that a package's tests make once and that each has a copy of: a demo store
// takes longer to make than most tests take with it.
type Kept struct {
	lock    sync.Mutex
	content []byte
}

// Copy lays the file at a path. The first call has it made there.
func (k *Kept) Copy(t testing.TB, path string, make func(path string)) {
	t.Helper()
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.content != nil {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, k.content, 0o600))
		return
	}
	make(path)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	k.content = content
}
