package kit

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever is measured quickly is as wide as it is when it is measured with care.
func TestQuickMeasuresAreTrue(t *testing.T) {
	for _, s := range single {
		for r := s.first; r <= s.last; r++ {
			require.Equal(t, 1, ansi.StringWidth(string(r)), "%U", r)
			require.Equal(t, 4, ansi.StringWidth("a"+string(r)+string(r)+"b"), "%U", r)
		}
	}
	parts := []string{"a", "Z", " ", "7", "ä", "ß", "Ω", "ж", "…", "“", "─", "│", "▇", "●", "◂", "→", "\x1b[1m", "\x1b[38;2;1;22;255m", "\x1b[0m", "\x1b[m", "\x1b[38:5:3m",
		"\x1b[2J", "\x1b]0;x\x07", "\x1b", "\x1b[", "\x1b[1", "́", "\u200d", "\ufe0f", "🇩", "👩", "한", "中", "\u00ad", "⌚", "\x00", "\x7f", "\x9b", "\xc3", "\n"}
	rapid.Check(t, func(rt *rapid.T) {
		s := ""
		for range rapid.IntRange(0, 12).Draw(rt, "length") {
			if rapid.Bool().Draw(rt, "any") {
				s += string(rapid.Rune().Draw(rt, "rune"))
			} else {
				s += rapid.SampledFrom(parts).Draw(rt, "part")
			}
		}
		require.Equal(rt, max(ansi.StringWidth(s), ansi.StringWidthWc(s)), Width(s), "%q", s)
	})
}

// What terminals draw of different widths is taken at its widest: a line is never wider
// than the program thinks, whether a terminal draws joined characters as one or as many.
func TestWidthsAreTakenAtTheirLargest(t *testing.T) {
	for _, s := range []string{"Anna 👍🏽 Beck", "👨\u200d👩\u200d👧 Familie", "👩🏾\u200d🔧", "क्षि", "நிறுவனம்", "한국", "🇩🇪", "é", "①Ω·▸…"} {
		for width := 1; width < 24; width++ {
			line := Fit(s, width, AlignLeft)
			require.Equal(t, width, Width(line), "%q", line)
			require.LessOrEqual(t, ansi.StringWidth(line), width, "drawn as one: %q", line)
			require.LessOrEqual(t, ansi.StringWidthWc(line), width, "drawn as many: %q", line)
		}
	}
	require.Equal(t, "👍", Clean("👍🏽"), "a colour that some terminals draw beside it")
	require.Equal(t, "👨👩👧", Clean("👨\u200d👩\u200d👧"))
	require.Equal(t, "क्\u200dष", Clean("क्\u200dष"), "letters stay joined")
}

func BenchmarkWidthOfALine(b *testing.B) {
	line := "\x1b[38;2;200;200;200m Oldenburg\x1b[0m  \x1b[1;38;2;9;9;9mFrühjahrsaktion für Häuser\x1b[0m   27 fehlen \x1b[38;2;1;2;3m▇▇▇\x1b[0m▁▁ │ 6,4 je Woche, üblich 2,1"
	for b.Loop() {
		Width(line)
	}
}
