package kit

// Text in cells: how wide it is, cutting and filling it to an exact width. Every
// line a component draws goes through here, so that nothing ever runs over.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Align says where text stands in a wider room.
type Align uint8

// The alignments; AlignDefault leaves the choice to the column.
const (
	AlignDefault Align = iota
	AlignLeft
	AlignRight
	AlignCenter
)

const ellipsis = "…"

const blanks = "                                                                                                                                "

// Blank is a run of n spaces.
func Blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// printableASCII reports whether every byte is one cell wide and harmless.
func printableASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Width is the number of cells s takes; escape sequences take none.
func Width(s string) int {
	if width, ok := quickWidth(s); ok {
		return width
	}
	// Terminals disagree about joined characters: some draw one, others each for itself.
	return max(ansi.StringWidth(s), ansi.StringWidthWc(s))
}

// Clean makes text harmless to the terminal: line breaks and tabs become spaces,
// control characters (escape among them) and bidirectional overrides go.
func Clean(s string) string {
	if printableASCII(s) {
		return s
	}
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return harmful(r) || r == joiner || skinTone(r) }) < 0 {
		return s
	}
	before := rune(0)
	return strings.Map(func(r rune) rune {
		was := before
		before = r
		switch {
		case skinTone(r) && pictured(was), r == joiner && !unicode.IsLetter(was) && !unicode.IsMark(was):
			return -1 // each picture for itself is as wide on every terminal
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case harmful(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

// joiner joins pictures into one, and letters of some scripts, which need it.
const joiner = 0x200D

// skinTone reports a character that colours the picture before it.
func skinTone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// pictured reports what a skin tone may follow.
func pictured(r rune) bool { return r >= 0x2600 && !unicode.IsLetter(r) }

// harmful reports characters that move the cursor, start a sequence, turn the
// direction of writing or change their neighbours' width: controls, format
// characters but the joiners that words of some scripts need, and variation
// selectors.
func harmful(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0xad && (r == 0x2028 || r == 0x2029 || r >= 0xFE00 && r <= 0xFE0F ||
		r != 0x200C && r != 0x200D && unicode.Is(unicode.Cf, r))
}

// Fit makes plain text exactly width cells wide: cleaned, cut with an ellipsis,
// or filled with spaces on the side the alignment asks for.
func Fit(s string, width int, align Align) string {
	if width <= 0 {
		return ""
	}
	s = Clean(s)
	w := Width(s)
	if w > width {
		s = Truncate(s, width)
		w = Width(s)
	}
	gap := width - w
	if gap == 0 {
		return s
	}
	switch align {
	case AlignRight:
		return FitLine(Blank(gap)+s, width)
	case AlignCenter:
		return FitLine(Blank(gap/2)+s+Blank(gap-gap/2), width)
	}
	return FitLine(s+Blank(gap), width)
}

// Truncate cuts text, styled or not, to at most width cells, with an ellipsis
// where something was cut.
func Truncate(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if Width(s) <= width {
		return s
	}
	if printableASCII(s) {
		return wholeNumbers(s[:width-1]+ellipsis, s)
	}
	return cut(s, width, ellipsis)
}

// wholeNumbers takes what is left of a number out of text that was cut: half of an
// amount, a day or a telephone number is another one. Before a blank it stays, unless
// the number goes on behind it.
func wholeNumbers(short, uncut string) string {
	at := strings.LastIndex(short, ellipsis)
	if at <= 0 {
		return short
	}
	head := short[:at]
	plain := ansi.Strip(head)
	keep := plain
	if strings.HasSuffix(plain, " ") {
		if rest := strings.TrimPrefix(ansi.Strip(uncut), plain); rest == "" || rest[0] < '0' || rest[0] > '9' {
			return short
		}
	}
	for {
		word := strings.TrimRight(keep, " ")
		from := strings.LastIndexByte(word, ' ') + 1
		if !strings.ContainsAny(word[from:], "0123456789") {
			break
		}
		keep = word[:from]
	}
	if keep == plain {
		return short
	}
	return ansi.Truncate(head, Width(keep), "") + short[at:]
}

// cut is ansi.Truncate held to its word: beside a character that joins the tail
// it can come out too wide.
func cut(s string, width int, tail string) string {
	for limit := width; limit > 0; limit-- {
		if short := ansi.Truncate(s, limit, tail); Width(short) <= width {
			if tail == ellipsis {
				short = wholeNumbers(short, s)
			}
			return short
		}
	}
	return ""
}

// FitLine makes one already styled line exactly width cells wide.
func FitLine(line string, width int) string {
	if width <= 0 {
		return ""
	}
	w := Width(line)
	if w > width {
		line = cut(line, width, ellipsis)
		w = Width(line)
	}
	for range 4 { // more than once where a blank joins what stands before it
		if w >= width {
			return line
		}
		line += Blank(width - w)
		w = Width(line)
	}
	if w == width {
		return line
	}
	return Blank(width) // an unfinished sequence swallows whatever follows it
}

// Sides puts left at the left and right at the right edge of a line of width
// cells; where both do not fit, left is shortened first.
func Sides(left, right string, width int) string {
	r := Width(right)
	if r >= width {
		return FitLine(right, width)
	}
	if r == 0 {
		return FitLine(left, width)
	}
	if Width(left) > width-r { // what is cut ends before what follows
		return FitLine(Truncate(left, max(width-r-1, 0)), width-r) + right
	}
	return FitLine(left, width-r) + right
}

// Block makes styled lines exactly width cells wide and height lines high, from
// the top.
func Block(lines []string, width, height int) string {
	var b strings.Builder
	b.Grow(height * (width + 16))
	for i := range height {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			b.WriteString(FitLine(lines[i], width))
		} else {
			b.WriteString(Blank(width))
		}
	}
	return b.String()
}

// Beside puts blocks of equal height side by side.
func Beside(blocks ...string) string {
	var columns [][]string
	height := 0
	for _, block := range blocks {
		lines := strings.Split(block, "\n")
		columns = append(columns, lines)
		height = max(height, len(lines))
	}
	var b strings.Builder
	for i := range height {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, lines := range columns {
			if i < len(lines) {
				b.WriteString(lines[i])
			} else if len(lines) > 0 {
				b.WriteString(Blank(Width(lines[0])))
			}
		}
	}
	return b.String()
}

// bound keeps a unit with its number, unbound lets go of it once the lines are made.
var (
	bound   = strings.NewReplacer(" €", "\u00a0€", " %", "\u00a0%")
	unbound = strings.NewReplacer("\u00a0", " ")
)

// Wrap breaks plain text into lines of at most width cells, between words where
// that is possible; line breaks in the text are kept.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		paragraph = bound.Replace(Clean(paragraph))
		lines = append(lines, strings.Split(unbound.Replace(ansi.Wrap(paragraph, width, " ")), "\n")...)
	}
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		if Width(line) > width {
			line = cut(line, width, "")
		}
		lines[i] = line
	}
	return lines
}
