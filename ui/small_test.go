package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// In a window that has become too small q leaves, but not what is typed: it says so and
// waits for another key.
func TestLeavingATooSmallWindowAsksForWhatIsTyped(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageAccounts)
	h.press("n", "M", "u", "s")
	h.send(tea.WindowSizeMsg{Width: 40, Height: 10})
	h.press("q")
	require.False(t, h.quit)
	require.Contains(t, h.root.View(), "not saved")
	h.press("q", "x") // the same key is no answer, and another puts the question away
	require.False(t, h.quit)
	h.press("q", "y")
	require.True(t, h.quit)

	st = uitest.New(t, text.English, uitest.Company()...)
	h = newHand(t, st, session.PageAccounts)
	h.send(tea.WindowSizeMsg{Width: 40, Height: 10})
	h.press("q")
	require.True(t, h.quit, "nothing is lost")
}
