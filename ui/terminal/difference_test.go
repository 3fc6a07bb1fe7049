package terminal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What a line lacks to be another one turns it into that: the same characters in the
// same colours, as if it had been written whole.
func TestADifferenceMakesOneLineTheOther(t *testing.T) {
	pens := []string{"", "\x1b[38;2;200;100;50m", "\x1b[1m", "\x1b[38;2;9;9;9;48;2;30;40;50m", "\x1b[7m", "\x1b[4m"}
	words := []string{"a", "Müller", " ", "   ", strings.Repeat(" ", 14), "│ ✓", "12 ", "○ überfällig", "日本"}
	line := rapid.Custom(func(t *rapid.T) string {
		out, room := "", 40
		for range rapid.IntRange(0, 6).Draw(t, "spans") {
			pen, word := rapid.SampledFrom(pens).Draw(t, "pen"), rapid.SampledFrom(words).Draw(t, "word")
			if room -= 14; room < 0 {
				break
			}
			if pen != "" {
				word = pen + word + "\x1b[0m"
			}
			out += word
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		shown, wanted := line.Draw(t, "shown"), line.Draw(t, "wanted")
		before := fmt.Sprintf("\x1b[2;1H%s\x1b[K", shown)
		out, ok := difference(shown, wanted, 1)
		if !ok {
			require.Contains(t, shown+wanted, "日")
			return
		}
		is := cells(before, string(squeeze(out)))
		require.Equal(t, cells("", fmt.Sprintf("\x1b[2;1H%s\x1b[K", wanted)), is, "%q", out)
		require.Equal(t, is, cells(before, string(squeeze(whole(wanted, 1, 40, width(wanted))))), "written whole")
	})
}

func width(line string) int {
	e := vt.NewEmulator(80, 1)
	_, _ = e.Write([]byte(line + "|"))
	for x := range 80 {
		if cell := e.CellAt(x, 0); cell != nil && cell.Content == "|" {
			return x
		}
	}
	return 0
}
