package kit

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

// luminance is the relative luminance of #rrggbb (WCAG 2.1).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	require.NoError(t, err, hex)
	channel := func(v uint64) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}

func contrast(t *testing.T, a, b string) float64 {
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// hexOf is the colour of a number of the 256-colour palette (16 … 255).
func hexOf(t *testing.T, number string) string {
	n, err := strconv.Atoi(number)
	require.NoError(t, err)
	require.GreaterOrEqual(t, n, 16, "the first sixteen differ from terminal to terminal")
	return termenv.ConvertToRGB(termenv.ANSI256Color(n)).Hex()
}

func TestTextCanBeReadOnEveryGround(t *testing.T) {
	backgrounds := map[string][]string{ // of usual terminals
		"dark":  {"#000000", "#0c0c0c", "#1e1e1e", "#282c34", "#002b36"},
		"light": {"#ffffff", "#fafafa", "#f5f5f5", "#fdf6e3"},
	}
	for role := range roleCount {
		if role == Faint || role == Caret {
			continue
		}
		for _, theme := range []string{"dark", "light"} {
			pick := func(i ink) shade {
				if theme == "dark" {
					return i.dark
				}
				return i.light
			}
			if fg := pick(inks[role]); fg.full != "" {
				for _, bg := range backgrounds[theme] {
					require.GreaterOrEqual(t, contrast(t, fg.full, bg), 4.5, "role %d %s on %s", role, theme, bg)
					require.GreaterOrEqual(t, contrast(t, hexOf(t, fg.of256), bg), 4.4, "role %d %s of 256 on %s", role, theme, bg)
				}
			}
			for ground := Selected; ground < groundCount; ground++ {
				fg := pick(inks[role])
				if fg.full == "" {
					fg = pick(on[ground])
				}
				bg := pick(grounds[ground])
				require.GreaterOrEqual(t, contrast(t, fg.full, bg.full), 4.5, "role %d %s on ground %d", role, theme, ground)
				require.GreaterOrEqual(t, contrast(t, hexOf(t, fg.of256), hexOf(t, bg.of256)), 4.4, "role %d %s of 256 on ground %d", role, theme, ground)
			}
		}
	}
}

// palettes are the sixteen colours of usual terminals, and their own background and
// foreground, dark and light.
var palettes = map[string][16]string{
	"xterm":         {"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5", "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"},
	"Linux console": {"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa", "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"},
	"Windows":       {"#0c0c0c", "#c50f1f", "#13a10e", "#c19c00", "#0037da", "#881798", "#3a96dd", "#cccccc", "#767676", "#e74856", "#16c60c", "#f9f1a5", "#3b78ff", "#b4009e", "#61d6d6", "#f2f2f2"},
	"GNOME":         {"#171421", "#c01c28", "#26a269", "#a2734c", "#12488b", "#a347ba", "#2aa1b3", "#d0cfcc", "#5e5c64", "#f66151", "#33da7a", "#e9ad0c", "#2a7bde", "#c061cb", "#33c7de", "#ffffff"},
}

// cellColours are the colours of the first cell of painted text: foreground and
// background as hex, the terminal's own where nothing is set.
func cellColours(t *testing.T, painted string, palette [16]string, ownFg, ownBg string) (fg, bg string) {
	fg, bg = ownFg, ownBg
	sequence, _, found := strings.Cut(strings.TrimPrefix(painted, "\x1b["), "m")
	if !strings.HasPrefix(painted, "\x1b[") || !found {
		return fg, bg
	}
	codes := strings.Split(sequence, ";")
	number := func(i int) int { n, err := strconv.Atoi(codes[i]); require.NoError(t, err); return n }
	reverse := false
	for i := 0; i < len(codes); i++ {
		code := number(i)
		into := &fg
		if code >= 40 && code < 50 || code >= 100 {
			into = &bg
			code -= 10
		}
		switch {
		case code == 38 && number(i+1) == 2:
			*into = fmt.Sprintf("#%02x%02x%02x", number(i+2), number(i+3), number(i+4))
			i += 4
		case code == 38:
			*into = hexOf(t, codes[i+2])
			i += 2
		case code >= 30 && code <= 37:
			*into = palette[code-30]
		case code >= 90 && code <= 97:
			*into = palette[code-90+8]
		case code == 7:
			reverse = true
		}
	}
	if reverse {
		fg, bg = bg, fg
	}
	return fg, bg
}

func TestRenderedCellsCanBeReadInEveryDepth(t *testing.T) {
	grounds := map[Mode]map[string][2]string{ // own foreground and background
		ModeDark:  {"black": {"#e5e5e5", "#000000"}, "near black": {"#cccccc", "#0c0c0c"}, "grey": {"#d4d4d4", "#1e1e1e"}},
		ModeLight: {"white": {"#000000", "#ffffff"}, "paper": {"#24292e", "#fafafa"}},
	}
	lowest := map[string]float64{}
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		for name, palette := range palettes {
			for mode, own := range grounds {
				look := testLook(text.English, profile, mode)
				for ground, colours := range own {
					if profile == termenv.ANSI && (ground == "grey" || ground == "paper") {
						continue // a terminal of 16 colours has its own black and white
					}
					for role := range roleCount {
						for g := range groundCount {
							fg, bg := cellColours(t, look.Theme.PaintOn(g, role, "x"), palette, colours[0], colours[1])
							least := 4.5
							if role == Faint {
								if least = 3; g != Plain {
									continue
								}
							}
							if profile == termenv.ANSI256 {
								least -= 0.1
							}
							c := contrast(t, fg, bg)
							require.GreaterOrEqual(t, c, least, "%s on %s, %s, depth %v, role %d, ground %d: %s on %s", name, ground, mode, profile, role, g, fg, bg)
							key := fmt.Sprint(mode, " ", profile, " faint ", role == Faint)
							if was, ok := lowest[key]; !ok || c < was {
								lowest[key] = c
							}
						}
					}
				}
			}
		}
	}
	t.Log("lowest contrasts:", lowest)
}

func TestAMonochromeTerminalGetsNoSequences(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	require.True(t, look.Theme.Monochrome())
	for role := range roleCount {
		for ground := range groundCount {
			require.Equal(t, "x", look.Theme.PaintOn(ground, role, "x"))
		}
	}
}

func TestEveryDepthOfColourPaints(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		look := testLook(text.German, profile, ModeLight)
		require.NotEqual(t, "x", look.Paint(Sales, "x"))
		require.NotEqual(t, look.Paint(Sales, "x"), look.Paint(Marketing, "x"))
		require.Empty(t, look.Paint(Sales, ""), "nothing stays nothing")
	}
}

func TestTwoSessionsKeepTheirOwnColours(t *testing.T) {
	dark, light := lipgloss.NewRenderer(io.Discard), lipgloss.NewRenderer(io.Discard)
	dark.SetColorProfile(termenv.TrueColor)
	light.SetColorProfile(termenv.TrueColor)
	a, b := NewTheme(dark, ModeDark), NewTheme(light, ModeLight)
	require.True(t, a.Dark())
	require.False(t, b.Dark())
	require.NotEqual(t, a.Paint(Late, "x"), b.Paint(Late, "x"))
}

func TestModesAreParsed(t *testing.T) {
	mode, err := ParseMode("")
	require.NoError(t, err)
	require.Equal(t, ModeAuto, mode)
	_, err = ParseMode("pink")
	require.ErrorContains(t, err, "pink")
}
