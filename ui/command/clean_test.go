package command

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the program prints moves no cursor, sets no title and fills no clipboard, in
// whatever pieces it is written.
func TestWhatIsPrintedIsNoCommandToTheTerminal(t *testing.T) {
	for in, want := range map[string]string{
		"Müller & Söhne · 12 %\n\tzwei":        "Müller & Söhne · 12 %\n\tzwei",
		"\x1b[1mhead\x1b[0m \x1b[2mdim\x1b[0m": "\x1b[1mhead\x1b[0m \x1b[2mdim\x1b[0m",
		"a\x1b]0;PWN\x07b":                     "a]0;PWNb",
		"a\x1b]52;c;UFdO\x07b":                 "a]52;c;UFdOb",
		"a\x1b[2Jb\x1b[1;31mc":                 "a[2Jb[1;31mc",
		"a\rb\bc\x7fd":                         "abcd",
		"a\u009b2Jb\u202ec":                    "a2Jbc",
		"a\xffb":                               "ab",
	} {
		for size := 1; size <= len(in); size++ {
			var out bytes.Buffer
			c := &cleaning{Writer: &out}
			for at := 0; at < len(in); at += size {
				n, err := c.Write([]byte(in[at:min(at+size, len(in))]))
				require.NoError(t, err)
				require.Equal(t, min(size, len(in)-at), n)
			}
			require.Equal(t, want, out.String())
		}
	}
}

func TestNamesAndArgumentsReachTheTerminalClean(t *testing.T) {
	d := withDemo(t)
	o := d.run("signals", "--territory", "\x1b]0;PWN\x07Nirgends")
	require.NotContains(t, o.errors+o.output, "\x1b")
	require.Contains(t, o.errors, "Nirgends")
	o = d.run("signals", "--db", t.TempDir()+"/\x1b]0;PWN\x07.db")
	require.NotContains(t, o.errors+o.output, "\x1b")
}
