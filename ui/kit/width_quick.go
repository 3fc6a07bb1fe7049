package kit

// Measuring what nearly all lines are made of: letters, lines and colours. Anything else
// is measured grapheme by grapheme, which takes ten times as long.

import "unicode/utf8"

// single are the characters beyond ASCII that are one cell each, whatever stands beside
// them: they join nothing, and only what is not among them could join them.
var single = [...]struct{ first, last rune }{
	{0xA0, 0xAC}, {0xAE, 0x2FF}, {0x370, 0x482}, {0x1E00, 0x1EFF}, {0x2010, 0x2027}, {0x2030, 0x205F}, {0x2190, 0x21FF}, {0x2500, 0x25FC},
}

func isSingle(r rune) bool {
	for _, s := range single {
		if r <= s.last {
			return r >= s.first
		}
	}
	return false
}

// quickWidth is the width of text that has only such characters, and colours; false for
// any other.
func quickWidth(s string) (width int, ok bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0x20 && c < 0x7f:
			width++
			i++
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !isSingle(r) {
				return 0, false
			}
			width++
			i += n
		case c == 0x1b:
			n := colouring(s[i:])
			if n == 0 {
				return 0, false
			}
			i += n
		default:
			return 0, false
		}
	}
	return width, true
}

// colouring is the length of the sequence that s begins with, if it is one that colours.
func colouring(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && c != ':' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}
