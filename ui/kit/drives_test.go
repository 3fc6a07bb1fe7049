package kit

import (
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

func TestAboveTheRootOfADriveStandTheDrives(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	root := filepath.VolumeName(t.TempDir()) + string(filepath.Separator)
	p := NewFilePicker(look, root, ".csv")
	p.SetSize(80, 24)
	p.drives = func() []string { return []string{root, `D:\`} }
	run := func(cmd tea.Cmd) { drain(p.Update, cmd) }
	run(p.Init())
	require.Equal(t, root, p.Folder())
	require.Contains(t, p.View(), "eine Ebene höher", "above a drive are the others")
	run(p.up())
	require.Contains(t, p.View(), "Laufwerke")
	require.Contains(t, p.View(), `D:\`)
	run(p.open())
	require.Equal(t, root, p.Folder(), "the cursor stands on the drive one came from")
	require.True(t, isDrive("d:"))
	require.False(t, isDrive("1:"))
	require.False(t, isDrive("d:x"))
}
