package terminal

// Sifting what a terminal sends: keys and sequences go on whole, answers to
// questions are taken out, and letters that came together are marked as a burst,
// typed or pasted.

import (
	"bytes"
	"slices"
	"time"
	"unicode/utf8"
)

const escape = 0x1b

// The marks around pasted text, as terminals write them.
const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// escapeAlone is the escape key before other keys: Bubble Tea would take it and the
// next letter for alt.
const escapeAlone = pasteBegins + string(typedMark) + "\x1b" + pasteEnds

// A burst goes on as pasted text that begins with one of these; they are no
// characters, so that no pasted text begins with them.
const (
	typedMark  = '\U0010fffd'
	pastedMark = '\U0010fffc'
)

const (
	// A person whose keys waited has typed at most so many a second (a key held down),
	// and so many come together on the way.
	typedPerSecond = 40
	typedAtOnce    = 3
	// pasteGoesOn is the pause within which letters belong to what was pasted; a long
	// paste comes in packets that a slow line sets further apart.
	pasteGoesOn     = 10 * time.Millisecond
	longPasteGoesOn = time.Second
	longPaste       = 200
	// tailWithin is how long the rest of a sequence may lag behind an escape that was
	// given up waiting for.
	tailWithin = 4 * time.Second
	// longest is the length from which on a sequence is none.
	longest = 4096
)

// sift is the state between two reads.
type sift struct {
	held      []byte    // the beginning of a sequence or of a character
	inPaste   bool      // between the marks around pasted text
	broken    []byte    // the beginning that was given up waiting for
	gaveUp    time.Time // and when
	pasted    time.Time // the latest letters of a paste without marks
	length    int       // of that paste so far
	allowance int       // letters that may still come as typed
	allowedAt time.Time
}

func (s *sift) holds() bool { return len(s.held) > 0 }

// alone reports that what is held may be a whole key: escape, or alt and a letter.
func (s *sift) alone() bool {
	return len(s.held) > 0 && s.held[0] == escape && (len(s.held) == 1 || len(s.held) == 2 && s.held[1] != '[')
}

// giveUp ends the wait: an escape is the key, an unfinished sequence nothing.
func (s *sift) giveUp(now time.Time) []byte {
	held := s.held
	s.held, s.broken, s.gaveUp = nil, held, now
	switch {
	case len(held) == 1 && held[0] == escape:
		return held
	case len(held) == 2 && held[0] == escape && held[1] != '[': // alt and a letter
		return held
	}
	return nil
}

// feed sifts bytes that came after the reader was held up for a while. It returns
// what goes on, how many keys are in it, and how many answers were taken out.
func (s *sift) feed(b []byte, now time.Time, blocked time.Duration) (out []byte, keys, answers int) {
	waited := s.alone() && len(s.held) == 1
	if b = b[s.tail(b, now):]; len(b) == 0 {
		return nil, 0, 0
	}
	b = append(s.held, b...)
	s.held = nil
	var runs [][]byte // text at even places, sequences at odd ones
	text := []byte{}
	for i := 0; i < len(b); {
		rest := b[i:]
		if s.inPaste {
			end := bytes.Index(rest, []byte(pasteEnds))
			if end < 0 {
				keep := partOf(rest, pasteEnds)
				runs = append(runs, text, rest[:len(rest)-keep])
				text = nil
				s.held = slices.Clone(rest[len(rest)-keep:])
				break
			}
			end += len(pasteEnds)
			runs = append(runs, text, rest[:end])
			text, s.inPaste = nil, false
			i += end
			continue
		}
		if rest[0] != escape {
			n := 1
			if rest[0] >= utf8.RuneSelf {
				if !utf8.FullRune(rest) {
					s.held = slices.Clone(rest)
					break
				}
				var r rune
				if r, n = utf8.DecodeRune(rest); r == utf8.RuneError && n == 1 {
					i++ // half a character
					continue
				}
			}
			text = append(text, rest[:n]...)
			i += n
			continue
		}
		length, whole := sequence(rest)
		switch {
		case !whole && len(rest) > longest:
			i = len(b)
		case !whole:
			s.held = slices.Clone(rest)
			i = len(b)
		case length == 1 || waited && i == 0 && !begins(rest): // the key by itself
			runs = append(runs, text, []byte(escapeAlone))
			text = nil
			keys++
			i++
		case string(rest[:length]) == pasteBegins:
			runs = append(runs, text, rest[:length])
			text, s.inPaste = nil, true
			i += length
		case isAnswer(rest[:length]):
			if isStatus(rest[:length]) {
				answers++
			}
			i += length
		case isBroken(rest[:length]):
			i += length
		default:
			runs = append(runs, text, rest[:length])
			text = nil
			if rest[1] != '[' || rest[2] != '<' && rest[2] != 'M' { // the mouse is no key
				keys++
			}
			i += length
		}
	}
	runs = append(runs, text)
	letters := 0
	var all []byte
	for i := 0; i < len(runs); i += 2 {
		letters += utf8.RuneCount(runs[i])
		all = append(all, runs[i]...)
	}
	typed := s.typed(all, letters, now, blocked)
	for i, run := range runs {
		if i%2 == 0 {
			run = mark(run, typed)
		}
		out = append(out, run...)
	}
	return out, keys + letters, answers
}

// tail is how many bytes are the rest of a sequence whose beginning was given up
// waiting for.
func (s *sift) tail(b []byte, now time.Time) int {
	begun := s.broken
	s.broken = nil
	if len(begun) == 0 || begun[0] != escape || now.Sub(s.gaveUp) > tailWithin {
		return 0
	}
	length, whole := sequence(append(slices.Clone(begun), b...))
	length -= len(begun)
	switch {
	case !whole || length <= 0:
		return 0
	case len(begun) == 1 && b[0] == 'O' && len(b) != 2 && b[2] != escape: // a letter after the key
		return 0
	case len(begun) == 1 && b[0] != 'O' && b[0] != '[' && (len(b) < 2 || !isString(b[0], b[1])):
		return 0
	}
	return length
}

// typed reports whether letters that came together were typed: a person can have
// typed them while they waited, or it is one key held down.
func (s *sift) typed(text []byte, letters int, now time.Time, blocked time.Duration) bool {
	if letters == 0 {
		return true
	}
	if pause := now.Sub(s.pasted); pause < pasteGoesOn || s.length > longPaste && pause < longPasteGoesOn {
		s.pasted = now
		s.length += letters
		return false
	}
	allowed := typedAtOnce + int(typedPerSecond*min(blocked, 30*time.Second).Seconds())
	if blocked > time.Second && letters <= typedAtOnce+2 {
		allowed = letters
	}
	if now.Sub(s.allowedAt) < 10*time.Millisecond {
		allowed = max(allowed, s.allowance)
	}
	first, size := utf8.DecodeRune(text)
	if letters <= allowed || bytes.Count(text, text[:size]) == letters && first != '\n' {
		s.allowance, s.allowedAt = allowed-letters, now
		return true
	}
	s.pasted, s.length = now, letters
	return false
}

// mark marks a run of letters as a burst; a single letter that was typed goes on as
// it is, and so do keys without a letter.
func mark(run []byte, typed bool) []byte {
	if typed && (utf8.RuneCount(run) <= 1 || !hasLetter(run)) || len(run) == 0 {
		return run
	}
	sign := typedMark
	if !typed {
		sign = pastedMark
	}
	marked := append([]byte(pasteBegins), string(sign)...)
	marked = append(marked, run...)
	return append(marked, pasteEnds...)
}

func hasLetter(run []byte) bool {
	return slices.ContainsFunc(run, func(b byte) bool { return b >= 0x20 && b != 0x7f })
}

// isStatus reports an answer to Status: ESC [ 0 n, of some ESC [ ? 0 n.
func isStatus(b []byte) bool { return b[1] == '[' && b[len(b)-1] == 'n' }

// sequence is the length of the sequence at the beginning of b; whole is false while
// its end is not there yet.
func sequence(b []byte) (length int, whole bool) {
	if len(b) == 1 {
		return 1, false
	}
	switch b[1] {
	case '[':
		return control(b)
	case 'O':
		if len(b) < 3 {
			return 0, false
		}
		return 3, true
	case ']', 'P', '_', '^', 'X':
		if len(b) < 3 {
			return 0, false
		}
		if !isString(b[1], b[2]) {
			return 2, true
		}
		for i := 2; i < len(b); i++ {
			switch {
			case b[i] == 0x07:
				return i + 1, true
			case b[i] == escape && i+1 < len(b) && b[i+1] == '\\':
				return i + 2, true
			}
		}
		return 0, false
	case escape:
		return 1, true
	}
	if !utf8.FullRune(b[1:]) {
		return 0, false
	}
	_, n := utf8.DecodeRune(b[1:])
	return 1 + n, true // alt and a letter
}

// begins reports that what follows an escape that stood by itself belongs to it.
func begins(b []byte) bool {
	return b[1] == '[' || b[1] == 'O' || len(b) > 2 && isString(b[1], b[2])
}

// isString reports the beginnings of strings that terminals send: OSC 4;…, DCS
// >|…, 1$r…, APC G….
func isString(kind, first byte) bool {
	digit := first >= '0' && first <= '9'
	switch kind {
	case ']':
		return digit
	case 'P':
		return digit || bytes.IndexByte([]byte(">!+$=?"), first) >= 0
	case '_':
		return first == 'G'
	}
	return false
}

// control is the length of a control sequence (ESC [ …).
func control(b []byte) (length int, whole bool) {
	for i := 2; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '[' && i == 2: // the function keys of the Linux console
			if len(b) < 4 {
				return 0, false
			}
			return 4, true
		case c == 'M' && i == 2: // the mouse as X10 reported it: three bytes follow
			if len(b) < 6 {
				return 0, false
			}
			return 6, true
		case c >= 0x40 && c <= 0x7e:
			return i + 1, true
		case c < 0x20 || c > 0x7e:
			return i, true // broken off: what came so far is no text either
		}
	}
	return 0, false
}

// isAnswer reports what terminals send when asked, never by a key.
func isAnswer(b []byte) bool {
	last := b[len(b)-1]
	switch b[1] {
	case ']', 'P', '_':
		return len(b) > 2
	case '[':
		if len(b) < 3 {
			return false
		}
		private := b[2] == '?' || b[2] == '>' || b[2] == '='
		return private || bytes.IndexByte([]byte("ncty"), last) >= 0 || last == 'R' && bytes.IndexByte(b, ';') > 0
	}
	return false
}

// isBroken reports a control sequence without its end, or with bytes that no key
// has.
func isBroken(b []byte) bool {
	if b[1] != '[' {
		return false
	}
	last := b[len(b)-1]
	return len(b) < 3 || (last < 0x40 || last > 0x7e) && b[2] != 'M'
}

// partOf is how many bytes at the end of b are the beginning of what.
func partOf(b []byte, what string) int {
	for n := min(len(b), len(what)-1); n > 0; n-- {
		if string(b[len(b)-n:]) == what[:n] {
			return n
		}
	}
	return 0
}
