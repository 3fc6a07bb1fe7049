package uitest

import (
	"os"
	"testing"
)

// WithOwnHabits runs the tests of a package with an empty configuration folder: what somebody
// has set on the machine, such as their role, is not theirs. It gives the exit code.
func WithOwnHabits(m *testing.M) int {
	folder, err := os.MkdirTemp("", "doppelpass-test-config-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	if err := os.Setenv("XDG_CONFIG_HOME", folder); err != nil {
		panic(err)
	}
	return m.Run()
}
