package terminal

// What a line that is shown lacks to be another one: over a slow line only the cells
// that differ are sent. Lines of which a terminal might take a character for wider or
// narrower than others do are sent whole, so that nothing ever stands beside its place.

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// unchangedFrom is how many cells that stay are cheaper skipped than written.
const unchangedFrom = 5

// cell is a character with the colours it is drawn in.
type cell struct {
	letter rune
	style  string // as sequences; "" for none
}

// cellsOf takes a line of the screen apart; false for one that is not made of
// characters which every terminal gives one cell. Blanks at its end are left out.
func cellsOf(line string) (cells []cell, ok bool) {
	style := ""
	for i := 0; i < len(line); {
		c := line[i]
		switch {
		case c == escape:
			n, whole := sequence([]byte(line[i:min(len(line), i+64)]))
			if !whole || n < 3 {
				return nil, false
			}
			code := line[i : i+n]
			if !isStyle([]byte(code)) {
				return nil, false
			}
			if len(code) == 3 || code == "\x1b[0m" {
				style = ""
			} else {
				style += code
			}
			i += n
		case c == ' ' && blind([]byte(style)):
			cells = append(cells, cell{letter: ' '})
			i++
		case c >= 0x20 && c < 0x7f:
			cells = append(cells, cell{rune(c), style})
			i++
		default:
			r, n := utf8.DecodeRuneInString(line[i:])
			if !certain(r) {
				return nil, false
			}
			cells = append(cells, cell{r, style})
			i += n
		}
	}
	for len(cells) > 0 && cells[len(cells)-1] == (cell{letter: ' '}) {
		cells = cells[:len(cells)-1]
	}
	return cells, true
}

// certain reports a character beyond ASCII that takes one cell.
func certain(r rune) bool {
	return r >= 0xA0 && r < 0x300 && r != 0xAD || r >= 0x2010 && r <= 0x2026 || r >= 0x2190 && r < 0x2200 || r >= 0x2500 && r <= 0x25FC || r == '✓'
}

// difference is what turns the line y, which shows the one, into the other; false where
// it has to be written whole.
func difference(shown, wanted string, y int) (out []byte, ok bool) {
	was, ok := cellsOf(shown)
	if !ok {
		return nil, false
	}
	is, ok := cellsOf(wanted)
	if !ok {
		return nil, false
	}
	blank := cell{letter: ' '}
	at := func(cells []cell, x int) cell {
		if x < len(cells) {
			return cells[x]
		}
		return blank
	}
	style, column := "", -1 // where the terminal's cursor stands; -1: elsewhere
	for x := 0; x < len(is); x++ {
		if at(was, x) == is[x] {
			same := 1
			for x+same < len(is) && at(was, x+same) == is[x+same] {
				same++
			}
			if column < 0 || same >= unchangedFrom || x+same == len(is) {
				x += same - 1
				continue
			}
		}
		switch {
		case column < 0:
			out = append(out, "\x1b["...)
			out = append(append(strconv.AppendInt(out, int64(y+1), 10), ';'), strconv.Itoa(x+1)...)
			out = append(out, 'H')
		case column < x:
			out = append(append(append(out, "\x1b["...), strconv.Itoa(x-column)...), 'C')
		}
		if style != is[x].style {
			if style != "" {
				out = append(out, "\x1b[0m"...)
			}
			style = is[x].style
			out = append(out, style...)
		}
		out = utf8.AppendRune(out, is[x].letter)
		column = x + 1
	}
	if style != "" {
		out = append(out, "\x1b[0m"...)
	}
	if len(was) > len(is) {
		if column != len(is) {
			out = append(out, "\x1b["...)
			out = append(append(strconv.AppendInt(out, int64(y+1), 10), ';'), strconv.Itoa(len(is)+1)...)
			out = append(out, 'H')
		}
		out = append(out, eraseRest...)
	}
	return out, true
}

// whole is the line y written anew; cells is how many it takes.
func whole(line string, y, width, cells int) []byte {
	out := append(strconv.AppendInt([]byte("\x1b["), int64(y+1), 10), 'H')
	if cells > width {
		return append(out, ansi.Truncate(line, width, "")...)
	}
	short := strings.TrimRight(line, " ")
	if begin := strings.LastIndexByte(short, escape); begin >= 0 && !strings.HasPrefix(short[begin:], "\x1b[0m") && !strings.HasPrefix(short[begin:], "\x1b[m") {
		short = line // the blanks are coloured
	}
	if cells < width || len(line)-len(short) >= len(eraseRest) {
		return append(append(out, short...), eraseRest...)
	}
	return append(out, line...)
}

// eraseRest erases the line from the cursor on.
const eraseRest = "\x1b[K"

// MayBeWide reports an environment in which terminals may draw lines, dots and accented
// letters two cells wide: Chinese, Japanese, Korean.
func MayBeWide(getenv func(string) string) bool {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG"))
	return strings.HasPrefix(locale, "zh") || strings.HasPrefix(locale, "ja") || strings.HasPrefix(locale, "ko")
}
