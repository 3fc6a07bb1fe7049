package ui

// Letters that come together, and text that was pasted into a terminal that does not
// mark it.

import (
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// burst is letters as a Keyboard hands them on.
func burst(typed bool, letters string) tea.KeyMsg {
	mark := "\U0010fffc"
	if typed {
		mark = "\U0010fffd"
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(mark + letters), Paste: true}
}

func TestLettersThatArriveTogetherAreAllTaken(t *testing.T) {
	st := uitest.New(t, text.German, uitest.Company()...)
	h := newHand(t, st, session.PageAccounts)
	h.send(burst(true, "jjjjj"))
	require.Contains(t, h.root.View(), "6/30 Kunden")
	h.send(burst(true, "gg"))
	require.Contains(t, h.root.View(), "1/30 Kunden")
	h.send(burst(true, "/3-0\r"))
	require.Contains(t, h.root.View(), "Kunde 3-0")
	require.NotContains(t, h.root.View(), "Kunde 1-1")
	require.False(t, h.root.page().Capturing())
	before := h.steps()
	h.send(burst(true, "dy"))
	require.Len(t, h.root.modals, 1, "the question waits for an answer of its own")
	require.Equal(t, before, h.steps())
}

func TestPastedTextIsNeverACommand(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageAccounts)
	before := h.steps()
	for _, paste := range []tea.KeyMsg{
		burst(false, "delete all\ryy4qq"), burst(false, "4"), {Type: tea.KeyRunes, Runes: []rune("d\ry4q"), Paste: true},
	} {
		h.send(paste)
		require.Equal(t, session.PageAccounts, h.root.front)
		require.Empty(t, h.root.modals)
		require.False(t, h.quit)
		require.Contains(t, h.root.View(), "Pasted text is no command")
	}
	h.send(burst(false, "/Kunde 3-1\r"))
	require.Contains(t, h.root.View(), "Kunde 3-1")
	require.NotContains(t, h.root.View(), "Kunde 1-1")
	require.Equal(t, before, h.steps())
	h.press("esc", "n")
	h.send(burst(false, "Muster GmbH\r"))
	require.Contains(t, h.root.View(), "Muster GmbH")
	require.Len(t, h.root.modals, 1)
	h.press("ctrl+c")
	require.False(t, h.quit, "what is typed is not lost without a question")
	h.press("ctrl+c")
	require.True(t, h.quit, "but whoever insists leaves")
	require.Equal(t, codeInterrupt, h.root.left)
}

// Whoever leaves while the file is gone from its place is told what that loses.
func TestNobodyLeavesAFileThatIsGoneWithoutAWord(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	h := newHand(t, st, session.PageAccounts)
	path := st.Session.Store.Path()
	require.NoError(t, os.Rename(path, path+".away"))
	h.press("q")
	require.False(t, h.quit)
	require.Contains(t, strings.Join(strings.Fields(ansi.Strip(h.root.View())), " "), "backup FILE")
	h.press("esc")
	require.NoError(t, os.Rename(path+".away", path))
	h.press("q")
	require.True(t, h.quit)
}
