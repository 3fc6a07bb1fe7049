package terminal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheBackgroundIsReadFromWhatTheTerminalAnswers(t *testing.T) {
	for answer, want := range map[string][2]bool{
		"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?62c": {true, true},
		"\x1b]11;rgb:ffff/fdfd/e3e3\x07":            {false, true},
		"\x1b]11;rgb:00/00/00\x07":                  {true, true},
		"\x1b[?62c":                                 {false, false},
		"\x1b]11;rgb:1e1e/1e1e":                     {false, false},
		"":                                          {false, false},
	} {
		dark, known := readBackground(answer)
		require.Equal(t, want, [2]bool{dark, known}, "%q", answer)
	}
	for hint, want := range map[string][2]bool{"15;0": {true, true}, "0;default;15": {false, true}, "": {false, false}, "0;7": {false, true}} {
		dark, known := Hinted(hint)
		require.Equal(t, want, [2]bool{dark, known}, "%q", hint)
	}
}
