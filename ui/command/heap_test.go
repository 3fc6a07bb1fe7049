package command

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/ui/ahead"
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
	r.expect(file("large.db", ahead.Much))
	require.Equal(t, 1, told)
	r.expect(file("one.csv", ahead.Much/2), file("other.csv", ahead.Much/2))
	require.Equal(t, 2, told)
	r.Session = &Session{}
	r.expect(filepath.Join(dir, "large.db"))
	require.Equal(t, 2, told)
	ahead.Memory() // wherever it runs
}

// What is guessed before the program begins is what the program takes then.
func TestTheStoreIsGuessedWhereItLies(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is got ready on Linux only")
	}
	env := map[string]string{"HOME": os.Getenv("HOME"), "XDG_DATA_HOME": os.Getenv("XDG_DATA_HOME")}
	r := &run{Environment: Environment{Getenv: func(name string) string { return env[name] }}}
	require.Equal(t, []string{r.path()}, ahead.Likely(nil, r.Getenv))
	env["DOPPELPASS_DB"] = "/srv/team.db"
	require.Equal(t, []string{"signals", "--json", "/srv/team.db"}, ahead.Likely([]string{"signals", "--json"}, r.Getenv))
	require.Equal(t, []string{"--db", "own.db"}, ahead.Likely([]string{"--db", "own.db"}, r.Getenv))
	require.Equal(t, []string{"import", "own.db", "visits.csv"}, ahead.Likely([]string{"import", "--db=own.db", "visits.csv"}, r.Getenv))
}

// It helps only if it begins before the libraries make their tables.
func TestMemoryIsGotReadyBeforeTheLibrariesAre(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is got ready on Linux only")
	}
	program, err := os.Executable()
	require.NoError(t, err)
	c := exec.Command(program, "-test.run=^$")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := c.CombinedOutput()
	require.NoError(t, err)
	ready, tables := strings.Index(string(trace), "init doppelpass/ui/ahead "), strings.Index(string(trace), "init github.com/nyaruka/phonenumbers ")
	require.Positive(t, ready, "%s", trace)
	require.Greater(t, tables, ready)
}

// What the heap has given back must not come back: the system takes the more memory for
// itself the longer it may make large pages of pages with holes.
func TestWhatIsGivenBackStaysSo(t *testing.T) {
	large := func() int { // how many parts as large as what is got ready are to lie in large pages
		parts, err := os.ReadFile("/proc/self/smaps")
		if err != nil {
			t.Skip("the system does not tell:", err)
		}
		count, size := 0, 0 // kB
		for line := range strings.Lines(string(parts)) {
			_, _ = fmt.Sscanf(line, "Size: %d kB", &size)
			if strings.HasPrefix(line, "VmFlags:") && slices.Contains(strings.Fields(line), "hg") && size > 100<<10 {
				count++
			}
		}
		return count
	}
	ahead.Memory()
	if large() == 0 {
		t.Skip("the system has no large pages")
	}
	ahead.Settle()
	require.Zero(t, large())
}
