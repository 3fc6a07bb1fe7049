package terminal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// reversed is the bit of a cell in reverse.
const reversed = 1 << 5

// cells is what a terminal shows after a frame: characters with their style, blanks
// with their ground.
func cells(before, frame string) (shown []string) {
	screen := vt.NewEmulator(40, 4)
	_, _ = screen.Write([]byte(before + frame))
	for y := range 4 {
		for x := range 40 {
			cell := screen.CellAt(x, y)
			switch {
			case cell == nil || cell.Content == "" || cell.Content == " ":
				ground, reverse := "", false
				if cell != nil {
					ground, reverse = fmt.Sprint(cell.Style.Bg), cell.Style.Attrs&reversed != 0
				}
				shown = append(shown, fmt.Sprint(ground, reverse))
			default:
				shown = append(shown, fmt.Sprint(cell.Content, cell.Style))
			}
		}
	}
	return shown
}

// A squeezed frame shows the same cells, whatever stood there before.
func TestASqueezedFrameShowsTheSame(t *testing.T) {
	pens := []string{"", "\x1b[38;2;200;100;50m", "\x1b[1m", "\x1b[1;38;2;1;2;3m", "\x1b[38;2;9;9;9;48;2;30;40;50m", "\x1b[31m", "\x1b[7m", "\x1b[48;5;4m"}
	words := []string{"a", "Müller", " ", "   ", strings.Repeat(" ", 14), "│", "12 ", "日"}
	rapid.Check(t, func(t *rapid.T) {
		frame := frameBegins
		for line := range 4 {
			if line > 0 {
				frame += "\r\n"
			}
			room := 40
			for range rapid.IntRange(0, 5).Draw(t, "spans") {
				pen, word := rapid.SampledFrom(pens).Draw(t, "pen"), rapid.SampledFrom(words).Draw(t, "word")
				if room -= len(word); room < 0 {
					break
				}
				if pen == "" {
					frame += word
				} else {
					frame += pen + word + "\x1b[0m"
				}
			}
			if room > 0 {
				frame += "\x1b[K"
			}
		}
		before := "\x1b[H" + strings.Repeat("x", 40) + "\r\n" + strings.Repeat("y", 40)
		require.Equal(t, cells(before, frame), cells(before, string(squeeze([]byte(frame)))), "%q became %q", frame, squeeze([]byte(frame)))
	})
}
