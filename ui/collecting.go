package ui

// The garbage collector waits while the app starts: next to nothing of what is read then
// is garbage, and looking for some would take a third of the time. Once the app stands it
// gives back what starting took.

import (
	"math"
	"runtime/debug"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/ahead"
)

const (
	// startingMemory is how much starting may hold before it is collected all the same, in bytes.
	startingMemory = 1 << 30
	// standing is how long after its start the app stands.
	standing = time.Second
)

// collectLater lets the collector wait until the function returned is called, which is
// to be called beside the app: it takes a moment.
func collectLater() (collect func()) {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		debug.SetMemoryLimit(startingMemory)
	}
	percent := debug.SetGCPercent(-1)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
		ahead.Settle()
		debug.FreeOSMemory()
	}
}

// collectWhenStanding collects what starting has left, once the app stands.
func (r *root) collectWhenStanding() tea.Cmd {
	if r.collect == nil {
		return nil
	}
	collect := r.collect
	return tea.Tick(standing, func(time.Time) tea.Msg {
		collect()
		return nil
	})
}
