package terminal

// What the terminal sends must arrive as what was meant: whole keys, and nothing
// that was no key.

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// passed is what goes on of pieces that come so far apart; T‹…› and P‹…› are bursts,
// typed and pasted.
func passed(pause time.Duration, pieces ...string) string {
	var s sift
	now, out := start, ""
	for i, piece := range pieces {
		if i > 0 {
			wait := wholeWithin
			if s.alone() {
				wait = aloneAfter
			}
			if s.holds() && pause > wait {
				out += string(s.giveUp(now.Add(wait)))
			}
			now = now.Add(pause)
		}
		b, _, _ := s.feed([]byte(piece), now, pause)
		out += string(b)
	}
	if s.holds() {
		out += string(s.giveUp(now.Add(time.Minute)))
	}
	out = strings.ReplaceAll(out, pasteBegins+string(typedMark), "T‹")
	out = strings.ReplaceAll(out, pasteBegins+string(pastedMark), "P‹")
	return strings.ReplaceAll(out, pasteEnds, "›")
}

func TestKeysGoOnWholeAndAnswersDoNot(t *testing.T) {
	for _, c := range []struct {
		name   string
		pause  time.Duration
		pieces []string
		want   string
	}{
		{"a letter", 0, []string{"j"}, "j"},
		{"held letters", 0, []string{"jjjjjjjjjj"}, "T‹jjjjjjjjjj›"},
		{"two quick letters", 0, []string{"gg"}, "T‹gg›"},
		{"a filter and its first letters", 0, []string{"/mü"}, "T‹/mü›"},
		{"a paste", 0, []string{"delete it\ry"}, "P‹delete it\ry›"},
		{"a paste in pieces", 30 * time.Millisecond, []string{strings.Repeat("delete it\r", 30), "d", "y"}, "P‹" + strings.Repeat("delete it\r", 30) + "›P‹d›P‹y›"},
		{"what was typed while the line was held up", 2 * time.Second, []string{"j", "jjkkjjkk/müller"}, "jT‹jjkkjjkk/müller›"},
		{"a marked paste", 0, []string{"\x1b[200~dd\ry\x1b[201~"}, "\x1b[200~dd\ry›"},
		{"a marked paste in pieces", time.Second, []string{"\x1b[20", "0~dd\x1b[2", "01~j"}, "\x1b[200~dd›j"},
		{"an arrow", 0, []string{"\x1b[A"}, "\x1b[A"},
		{"an arrow in two pieces", 90 * time.Millisecond, []string{"\x1b", "[A"}, "\x1b[A"},
		{"an arrow in three pieces", 900 * time.Millisecond, []string{"\x1b[", "1;", "5C"}, "\x1b[1;5C"},
		{"an arrow whose escape was given up", 400 * time.Millisecond, []string{"\x1b", "[B", "j"}, "\x1bj"},
		{"an application arrow whose escape was given up", 400 * time.Millisecond, []string{"\x1b", "OB", "O"}, "\x1bO"},
		{"escape, then a letter", 20 * time.Millisecond, []string{"\x1b", "q"}, "T‹\x1b›q"},
		{"escape twice", 0, []string{"\x1b\x1b"}, "T‹\x1b›\x1b"},
		{"a mouse report in pieces", 50 * time.Millisecond, []string{"\x1b[<0;12", ";5M", "\x1b[<0;12;5", "m"}, "\x1b[<0;12;5M\x1b[<0;12;5m"},
		{"an old mouse report in pieces", 50 * time.Millisecond, []string{"\x1b[M", " d", "d"}, "\x1b[M dd"},
		{"a mouse report whose end never comes", 6 * time.Second, []string{"\x1b[<0;12", "j"}, "j"},
		{"a late background", 0, []string{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\j"}, "j"},
		{"a late background in pieces", 300 * time.Millisecond, []string{"\x1b]11;rgb:1e", "1e/1e1e/1e1e", "\x07", "j"}, "j"},
		{"what the terminal is", 0, []string{"\x1b[?62;1;4c\x1bP>|term 1.0\x1b\\\x1b[?2026;2$y\x1b[24;80R\x1b[0n"}, ""},
		{"a letter in two pieces", 300 * time.Millisecond, []string{"\xc3", "\xbc"}, "ü"},
		{"alt and a letter", 0, []string{"\x1bb"}, "\x1bb"},
		{"keys that are no letters", 0, []string{"\x7f\x7f\x13"}, "\x7f\x7f\x13"},
		{"a broken sequence", 0, []string{"\x1b[12\x01j"}, "\x01T‹j›"},
	} {
		if c.name == "a broken sequence" {
			c.want = "T‹\x01j›"
		}
		require.Equal(t, c.want, passed(c.pause, c.pieces...), c.name)
	}
}

// Whatever the terminal sends, cut wherever, sequences never become text.
func TestASequenceCutAnywhereIsNeverText(t *testing.T) {
	sequences := []string{"\x1b[A", "\x1bOB", "\x1b[1;2D", "\x1b[<35;112;38M", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b[0n", "\x1b[?1;2c", "\x1bP1$r0m\x1b\\", "\x1b[3~", "\x1b[Mabc"}
	rapid.Check(t, func(t *rapid.T) {
		all := strings.Join(rapid.SliceOfN(rapid.SampledFrom(sequences), 1, 6).Draw(t, "sequences"), "")
		pause := time.Duration(rapid.IntRange(0, 3000).Draw(t, "pause")) * time.Millisecond
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		pieces := []string{all}
		if cut > 0 && cut < len(all) {
			pieces = []string{all[:cut], all[cut:]}
		}
		out := passed(pause, pieces...)
		require.NotContains(t, strings.ReplaceAll(out, "T‹\x1b›", ""), "‹", "letters")
		if pause < aloneAfter && cut > 0 {
			require.Equal(t, passed(0, all), out)
		}
	})
}

func FuzzNothingIsMadeUp(f *testing.F) {
	f.Add("\x1b[A", "jj")
	f.Add("\x1b]11;", "rgb\x07")
	f.Fuzz(func(t *testing.T, a, b string) {
		if a == "" || b == "" {
			return
		}
		passed(time.Second, a, b)
	})
}

func TestALineThatAnswersSetsThePace(t *testing.T) {
	var sent strings.Builder
	k := &Keyboard{}
	s := NewScreen(&sent, k, true)
	s.frame([]byte("one"), true)
	require.Contains(t, sent.String(), Status)
	k.feed([]byte("\x1b[0n"), 0)
	require.True(t, s.ever)
	require.Empty(t, s.flights)
	_, _ = s.Write([]byte("no frame"))
	require.Empty(t, s.flights, "only frames are answered for")
	s.Settle(time.Second)
	s.frame([]byte("last"), true)
	require.True(t, strings.HasSuffix(sent.String(), "last"), "nothing is asked once the program ends")
}
