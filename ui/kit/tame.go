package kit

// The last edge before the terminal.

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Tame leaves of a drawn screen what a screen is made of: characters, ends of lines and
// colours. Text is cleaned where it is drawn, and this is for what was forgotten there:
// nothing that stands in a file sets a title, fills a clipboard or moves the cursor. What is
// taken out was taken for as wide as nothing, so that no line changes its width.
func Tame(screen string) string {
	if !wild(screen) {
		return screen
	}
	var out strings.Builder
	out.Grow(len(screen))
	state := byte(0)
	for rest := screen; len(rest) > 0; {
		piece, width, n, next := ansi.DecodeSequence(rest, state, nil)
		if n == 0 {
			break
		}
		rest, state = rest[n:], next
		if piece == "\n" || !wild(piece) && (width > 0 || piece[0] == '\x1b') {
			out.WriteString(piece)
		} else if width > 0 {
			out.WriteString(strings.Repeat(" ", width))
		}
	}
	return out.String()
}

// wild reports whether a screen holds anything but characters, ends of lines and colours.
func wild(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f || c == '\n':
		case c == '\x1b':
			end := i + 1
			if end < len(s) && s[end] == '[' {
				for end++; end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == ';' || s[end] == ':'); end++ {
				}
			}
			if end >= len(s) || s[end] != 'm' || s[i+1] != '[' {
				return true
			}
			i = end
		case c < ' ' || c == 0x7f:
			return true
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if harmful(r) || r == utf8.RuneError && n == 1 {
				return true
			}
			i += n - 1
		}
	}
	return false
}
