package ui

import (
	"strings"
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

// However small the window, what it needs and the way out are read whole.
func TestATinyWindowSaysWhatItNeeds(t *testing.T) {
	for _, language := range text.Languages {
		st := uitest.New(t, language, uitest.Company()...)
		h := newHand(t, st, session.PageSignals)
		h.send(tea.WindowSizeMsg{Width: 20, Height: 5})
		said := strings.Join(strings.Fields(h.root.View()), " ")
		require.Contains(t, said, "60 × 20")
		require.Contains(t, said, "20 × 5")
		require.True(t, strings.HasSuffix(said, "."), said)
		require.Contains(t, said, "q ")
	}
}
