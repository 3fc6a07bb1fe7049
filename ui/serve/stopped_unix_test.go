//go:build unix

package serve_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A server that was stopped itself, as a machine that slept, takes nobody for gone.
func TestAServerThatWasStoppedKeepsItsGuests(t *testing.T) {
	b := newBusiness(t, "kim")
	b.serve("impatient")
	kim := sit(t, b.as("kim"), 100, 30, "en_GB.UTF-8")
	kim.sees(`◆ Marketing`)
	require.NoError(t, b.process.Process.Signal(syscall.SIGSTOP))
	time.Sleep(5 * time.Second) // longer than it is patient
	require.NoError(t, b.process.Process.Signal(syscall.SIGCONT))
	kim.types("3")
	kim.sees(`900 accounts`)
	time.Sleep(time.Second)
	require.Zero(t, kim.quits())
	b.end()
}
