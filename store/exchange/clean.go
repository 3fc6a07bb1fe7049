package exchange

// The gate for text: what comes out of it is safe on any terminal and in any
// file, whatever went in.

import (
	"strings"
	"unicode/utf8"
)

// Clean takes out of s everything that a terminal or a reader could be misled
// by: control characters (C0, DEL, C1), whole escape sequences, marks that turn
// the direction of writing, invisible characters and invalid UTF-8. Tabs, line
// breaks and unusual blanks become plain blanks. Text that is clean already is
// returned as it is. Clean is idempotent.
func Clean(s string) string { return clean(s, false) }

// clean is Clean, or with lines its form for notes: line breaks stay, as "\n".
func clean(s string, lines bool) string {
	i := firstUnclean(s, lines)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		if n := escapeLength(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			// Invalid: dropped, so that no two halves can meet and become valid.
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			// The "\n" that follows stands for both.
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			if lines {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		case r == '\t' || r == '\v' || r == '\f' || oddBlank(r):
			b.WriteByte(' ')
		case unwanted(r):
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// firstUnclean is the index of the first byte that clean would change, or
// len(s).
func firstUnclean(s string, lines bool) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			if c == '\n' && lines {
				i++
				continue
			}
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size <= 1 || unwanted(r) || oddBlank(r) || r == '\u2028' || r == '\u2029' {
			return i
		}
		i += size
	}
	return len(s)
}

// oddBlank reports blanks of unusual width: a code typed with one of them would
// never be found again.
func oddBlank(r rune) bool {
	return r == '\u00a0' || r == '\u1680' || r >= '\u2000' && r <= '\u200a' || r == '\u202f' || r == '\u205f' || r == '\u3000'
}

// unwanted reports runes that are dropped.
func unwanted(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f: // C0, DEL, C1
	case r == '\u00ad', r == '\u034f', r == '\u061c', r == '\u180e': // soft hyphen, joiners, direction
	case r >= '\u200b' && r <= '\u200f': // zero width, direction marks
	case r >= '\u202a' && r <= '\u202e': // embeddings and overrides of direction
	case r >= '\u2060' && r <= '\u206f': // invisible operators, isolates
	case r == '\ufeff', r >= '\ufff9' && r <= '\ufffb': // byte order mark, annotations
	case r >= '\ufe00' && r <= '\ufe0f': // variation selectors: they change a glyph's width
	case r >= 0xe0000 && r <= 0xe0fff: // tags, further selectors
	default:
		return r&0xfffe == 0xfffe // noncharacters
	}
	return true
}

// longestEscape bounds the search for the end of a string sequence: without it,
// a cell of nothing but openings would be searched to its end for each.
const longestEscape = 4096

// escapeLength is the length of the escape sequence at the start of s, 0 if
// there is none. Forms after ECMA-48: CSI (parameters, intermediates, final
// byte), strings (OSC, DCS, SOS, PM, APC up to BEL or ST), and two- or
// three-byte escapes. A string that never ends loses only its opening, so that
// a stray byte cannot swallow the rest of a note.
func escapeLength(s string) int {
	var kind byte
	var head int
	switch {
	case s[0] == 0x1b:
		if len(s) == 1 {
			return 1
		}
		kind, head = s[1], 2
	case len(s) >= 2 && s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f:
		kind, head = s[1]-0x40, 2 // the eight-bit form of ESC and that letter
	default:
		return 0
	}
	switch {
	case kind == '[':
		i := head
		for i < len(s) && s[i] >= 0x30 && s[i] <= 0x3f {
			i++
		}
		for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
			i++
		}
		if i < len(s) && s[i] >= 0x40 && s[i] <= 0x7e {
			i++
		}
		return i
	case kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_':
		for i := head; i < min(len(s), longestEscape); i++ {
			switch {
			case s[i] == 0x07:
				return i + 1
			case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\',
				s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
				return i + 2
			}
		}
		return head
	case s[0] != 0x1b:
		return head
	case kind >= 0x20 && kind <= 0x2f:
		i := head
		for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
			i++
		}
		if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
			i++
		}
		return i
	case kind >= 0x30 && kind <= 0x7e:
		return head
	}
	return 1
}
