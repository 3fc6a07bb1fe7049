package ui

// Every cell of every page can be read: in both themes, with 16 million colours and with
// sixteen as usual terminals draw them.

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// sixteen are the first colours of usual terminals.
var sixteen = map[string][16]uint32{
	"xterm":         {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff},
	"Linux console": {0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
	"Windows":       {0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2},
	"GNOME":         {0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc, 0x5e5c64, 0xf66151, 0x33da7a, 0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff},
}

// light is the relative luminance of a colour (WCAG 2.1).
func light(c uint32) float64 {
	channel := func(v uint32) float64 {
		x := float64(v&0xff) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c>>16) + 0.7152*channel(c>>8) + 0.0722*channel(c)
}

// drawnAs is a cell's colour on a terminal.
func drawnAs(c color.Color, own uint32, palette [16]uint32) uint32 {
	switch c := c.(type) {
	case nil:
		return own
	case ansi.BasicColor:
		return palette[c]
	case ansi.IndexedColor:
		if c < 16 {
			return palette[c]
		}
	}
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}

// reversedCell is the bit of a cell in reverse.
const reversedCell = 1 << 5

func TestEveryCellOfEveryPageCanBeRead(t *testing.T) {
	const width, height = 120, 36
	lowest := map[string]float64{}
	for _, theme := range []struct {
		mode   kit.Mode
		fg, bg uint32
	}{{kit.ModeDark, 0xe5e5e5, 0x000000}, {kit.ModeLight, 0x000000, 0xffffff}} {
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI} {
			if cores.RaceDetector && (profile == termenv.TrueColor || theme.mode == kit.ModeLight) {
				continue // without it: one goroutine has no races
			}
			st := uitest.New(t, text.German, uitest.Company()...)
			for _, listed := range pages {
				for _, way := range append(slices.Clone(states[listed.name]), further[listed.name]...) {
					h := newHand(t, st, listed.name)
					r := lipgloss.NewRenderer(io.Discard)
					r.SetColorProfile(profile)
					st.Session.Look.SetTheme(kit.NewTheme(r, theme.mode))
					h.send(tea.WindowSizeMsg{Width: width, Height: height})
					h.press(way...)
					screen := vt.NewEmulator(width, height)
					_, _ = screen.Write([]byte(strings.ReplaceAll(h.root.View(), "\n", "\r\n")))
					for name, palette := range sixteen {
						if profile == termenv.TrueColor && name != "xterm" {
							continue // no colour depends on the terminal
						}
						for y := range height {
							for x := range width {
								cell := screen.CellAt(x, y)
								if cell == nil || strings.TrimSpace(cell.Content) == "" {
									continue
								}
								fg, bg := drawnAs(cell.Style.Fg, theme.fg, palette), drawnAs(cell.Style.Bg, theme.bg, palette)
								if cell.Style.Attrs&reversedCell != 0 {
									fg, bg = bg, fg
								}
								a, b := light(fg), light(bg)
								ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05)
								kind, least := "text", 4.5
								if letter := []rune(cell.Content)[0]; !unicode.IsLetter(letter) && !unicode.IsDigit(letter) {
									kind, least = "drawn", 3
								}
								require.GreaterOrEqual(t, ratio, least, "%q at %d,%d: %06x on %06x, %s, %s, %v, %s after %v", cell.Content, x, y, fg, bg, name, theme.mode, profile, listed.name, way)
								key := fmt.Sprint(theme.mode, " ", map[termenv.Profile]string{termenv.TrueColor: "16 million", termenv.ANSI: "16"}[profile], " colours, ", kind)
								if was, seen := lowest[key]; !seen || ratio < was {
									lowest[key] = ratio
								}
							}
						}
					}
				}
			}
		}
	}
	for key, ratio := range lowest {
		t.Logf("%s: %.2f at least", key, ratio)
	}
}
