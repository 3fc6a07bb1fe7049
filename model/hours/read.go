package hours

// From text to tokens: numbers, words with a meaning, signs and comments.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error says which part of opening hours cannot be read. It is no sentence for people:
// those make their own of Part.
type Error struct {
	Part string // as far as known, of the text
	Why  string
}

func (e *Error) Error() string { return fmt.Sprintf("opening hours: %q: %s", e.Part, e.Why) }

// kind of a token.
type kind uint8

const (
	endOfText kind = iota
	number
	named   // a word with a meaning
	comment // quoted
	date    // 2026-12-24
	sign    // one of - , ; : + / [ ] ( ) | &
)

type token struct {
	kind
	word
	text string
	sign rune

	// Of a number: 8, 8:30, 0830; sep is what parts hours and minutes, 0 for none.
	hour, minute int
	sep          rune
	zero         bool // written with a leading zero, or four digits
	digits       int
	dot          bool // a dot follows at once
	date         Day
}

// scan splits a text into tokens. Words that say nothing are left out.
func scan(text string) ([]token, error) {
	text, comments := cutComments(text)
	rest := fold(text)
	var out []token
	for rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == ' ' || r == '.' || r == '\'':
			rest = rest[size:]
		case r == 1: // a comment's place
			out = append(out, token{kind: comment, text: comments[0]})
			comments, rest = comments[1:], rest[size:]
		case r >= '0' && r <= '9':
			t, n := scanNumber(rest)
			if n == 0 {
				return nil, &Error{Part: firstWord(rest), Why: "no such number"}
			}
			out, rest = append(out, t), rest[n:]
		case unicode.IsLetter(r) || r == '§':
			name := rest[:size+wordLength(rest[size:])]
			w, ok := words()[name]
			if !ok {
				return nil, &Error{Part: name, Why: "unknown word"}
			}
			if w.meaning == am && (len(out) == 0 || out[len(out)-1].kind != number) {
				w.meaning = filler // German: am Wochenende
			}
			if w.meaning != filler {
				out = append(out, token{kind: named, word: w, text: name})
			}
			rest = rest[len(name):]
		case r == '(':
			inner, after, ok := strings.Cut(rest[1:], ")")
			if !ok || !plain(inner) {
				out, rest = append(out, token{kind: sign, sign: '(', text: "("}), rest[1:]
				continue
			}
			out, rest = append(out, token{kind: comment, text: strings.TrimSpace(inner)}), after
		case strings.ContainsRune("-,;:+/[])|&", r):
			if r == '|' {
				if !strings.HasPrefix(rest, "||") {
					r = ';' // as people part lines
				} else {
					rest = rest[1:]
				}
			}
			out, rest = append(out, token{kind: sign, sign: r, text: string(r)}), rest[size:]
		default:
			return nil, &Error{Part: firstWord(rest), Why: "unknown sign"}
		}
	}
	return append(out, token{kind: endOfText}), nil
}

// cutComments takes what is quoted out of a text and puts a mark in its place.
func cutComments(text string) (string, []string) {
	text = strings.NewReplacer("\x01", " ", "„", `"`, "“", `"`, "”", `"`, "»", `"`, "«", `"`).Replace(strings.ToValidUTF8(text, "?"))
	var b strings.Builder
	var comments []string
	for {
		before, rest, ok := strings.Cut(text, `"`)
		b.WriteString(before)
		if !ok {
			return b.String(), comments
		}
		said, after, closed := strings.Cut(rest, `"`)
		if !closed {
			b.WriteString(`"` + rest) // an unknown sign
			return b.String(), comments
		}
		comments = append(comments, strings.TrimSpace(said))
		b.WriteString(" \x01 ")
		text = after
	}
}

// plain reports whether what stands in brackets says nothing of times or days.
func plain(inner string) bool {
	for _, w := range strings.FieldsFunc(inner, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '§' && r != 1 }) {
		known, ok := words()[w]
		if (ok && known.meaning != filler) || strings.ContainsFunc(w, unicode.IsDigit) || strings.ContainsRune(w, 1) {
			return false
		}
	}
	return true
}

func wordLength(rest string) int {
	n := 0
	for _, r := range rest {
		if !unicode.IsLetter(r) {
			break
		}
		n += utf8.RuneLen(r)
	}
	return n
}

func firstWord(rest string) string {
	if i := strings.IndexAny(rest, " ,;"); i > 0 {
		return rest[:i]
	}
	return rest
}

// scanNumber reads a number or a time; n is how long it is, 0 when it is neither.
func scanNumber(rest string) (t token, n int) {
	digits := func(at int) int {
		i := at
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		return i - at
	}
	value := func(from, to int) int { v, _ := strconv.Atoi(rest[from:to]); return v }
	t = token{kind: number, digits: digits(0)}
	n = t.digits
	switch n {
	case 1, 2:
		t.hour, t.zero = value(0, n), n == 2 && rest[0] == '0'
		if n < len(rest) && strings.ContainsRune(":.h", rune(rest[n])) && digits(n+1) == 2 {
			t.sep, t.minute = rune(rest[n]), value(n+1, n+3)
			n += 3
			if n < len(rest) && rest[n] == ':' && digits(n+1) == 2 { // seconds
				n += 3
			}
		} else if n < len(rest) && rest[n] == '.' && digits(n+1) == 1 { // 24.1.
			t.sep, t.minute = '.', value(n+1, n+2)
			n += 2
		}
	case 4:
		if len(rest) >= 10 && rest[4] == '-' && digits(5) == 2 && rest[7] == '-' && digits(8) == 2 {
			t.kind, t.date = date, Day{Year: value(0, 4), Month: monthOf(value(5, 7)), Day: value(8, 10)}
			t.text = rest[:10]
			if t.date.Month == 0 || t.date.Day < 1 || t.date.Day > 31 {
				return t, 0
			}
			return t, 10
		}
		t.hour, t.minute, t.zero = value(0, 2), value(2, 4), true
	default:
		return t, 0
	}
	t.text = rest[:n]
	if n < len(rest) && rest[n] == '.' {
		t.dot = true
		n++
		if t.sep == '.' && digits(n) == 4 { // 24.12.2026
			t.date.Year = value(n, n+4)
			n += 4
		}
	}
	return t, n
}
