package kit

import (
	"io"
	"math"
	"strconv"
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
