package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Only what fills memory is prepared for, and only where the process is the run's.
func TestMuchIsExpectedOfLargeFilesOnly(t *testing.T) {
	dir, told := t.TempDir(), 0
	file := func(name string, size int64) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Truncate(path, size))
		return path
	}
	r := &run{Environment: Environment{Large: func() { told++ }}}
	r.expect(file("small.db", 1<<20), filepath.Join(dir, "missing"))
	require.Zero(t, told)
	r.expect(file("large.db", muchInFiles))
	require.Equal(t, 1, told)
	r.expect(file("one.csv", muchInFiles/2), file("other.csv", muchInFiles/2))
	require.Equal(t, 2, told)
	r.Session = &Session{}
	r.expect(filepath.Join(dir, "large.db"))
	require.Equal(t, 2, told)
	heapInLargePages() // wherever it runs
}
