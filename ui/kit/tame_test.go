package kit

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestAScreenHoldsNoCommands(t *testing.T) {
	plain := "\x1b[1;38;2;1;2;3m▲ Sälé\x1b[0m │ 世界 12 %\n\x1b[m🙂 e\u0301"
	require.Equal(t, plain, Tame(plain))
	for in, want := range map[string]string{
		"a\x1b]0;PWN\x07b":              "ab",
		"a\x1b]52;c;UFdO\x1b\\b":        "ab",
		"a\x1b[2Jb\x1b[31mc\x1b[0m":     "ab\x1b[31mc\x1b[0m",
		"a\x1b[?1049lb\x1b[5nc\x1bcd":   "abcd",
		"a\rb\bc\x7fd\x00e\n\x07f":      "abcde\nf",
		"a\u009b2Jb\u202ec\u2066d":      "a2Jbcd",
		"a\x1b":                         "a",
		"a\x1b[38;5":                    "a",
		"a\x1bPq#0;2;0;0;0\x1b\\b\x1bX": "ab",
	} {
		require.Equal(t, want, Tame(in), "%q", in)
		require.Equal(t, ansi.StringWidth(strings.ReplaceAll(in, "\n", "")), ansi.StringWidth(strings.ReplaceAll(Tame(in), "\n", "")), "%q", in)
	}
}

func FuzzTame(f *testing.F) {
	for _, s := range []string{"\x1b[1mx\x1b[0m", "\x1b]0;x\x07", "\u202e", "\x9b2J", "\x1b\x1b[m", "世\x1b[", "\xe2\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tame := Tame(s)
		require.False(t, wild(tame), "%q: %q", s, tame)
		require.Equal(t, tame, Tame(tame))
	})
}

func BenchmarkTame(b *testing.B) {
	screen := strings.Repeat(strings.Repeat("\x1b[38;2;113;121;131m│\x1b[0m Metallbau Ostertag ", 8)+"\n", 50)
	for b.Loop() {
		Tame(screen)
	}
}
