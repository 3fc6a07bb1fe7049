package ui

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// forgetful is a page that shows a name as it stands in the file.
type forgetful struct{ session.Page }

func (forgetful) View() string { return "by eve\x1b]0;PWN\x07\x1b[2J\u202e, today" }

func TestWhatAPageForgetsToCleanReachesNoTerminal(t *testing.T) {
	p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
	p.comes(nil)
	p.root.pages[p.root.front] = forgetful{p.root.pages[p.root.front]}
	screen := p.root.draw()
	require.Contains(t, screen, "by eve, today")
	require.NotContains(t, screen, "PWN")
}
