package exchange

// How the cells of a column look, whatever its header says: a header may promise a
// day and hold words, and a column without a telling name may still be one of
// identifiers.

import (
	"strings"
	"unicode"

	"doppelpass/model"
)

// looks is what the cells of one column look like, as shares of those filled.
type looks struct {
	filled  int // cells
	rows    int // rows with more than one cell filled
	days    float64
	numbers float64
	phones  float64
	emails  float64
	codes   float64 // short, without blanks, with a figure
	calls   float64 // outcomes of calls
	vain    bool    // some cell is an outcome that only calls have
	flags   float64 // yes and no
	clocks  float64 // times of day
	plus    float64 // begin with a plus
	above   float64 // whole numbers above 1
	unique  bool
}

// lookAtColumn looks at a column of the sample, which may be that of a workbook.
func lookAtColumn(rows [][]string, at int, workbook bool) (l looks) {
	seen := make(map[string]bool, len(rows))
	l.unique = true
	for _, row := range rows {
		if countFilled(row) > 1 {
			l.rows++
		}
		if at >= len(row) {
			continue
		}
		cell := tidied(row[at], true, false)
		if cell == "" {
			continue
		}
		l.filled++
		l.unique = l.unique && !seen[cell]
		seen[cell] = true
		if _, ok := writtenDay(cell); ok {
			l.days++
		}
		if _, _, ok := plainNumber(cell, '.'); ok {
			l.numbers++
		}
		if n := len(cell); n < 6 && digits(cell) && number(cell) > 1 {
			l.above++
		}
		if _, wrong := readFlag(nil, cell); wrong.reason == "" && !digits(cell) {
			l.flags++
		}
		if looksLikePhone(cell) {
			l.phones++
		}
		if _, err := model.ParseClock(cell); err == nil && strings.Contains(cell, ":") {
			l.clocks++
		} else if _, ok := readClock(cell, workbook); ok && workbook && strings.HasPrefix(cell, "0.") {
			l.clocks++ // as it is stored
		}
		if cell[0] == '+' {
			l.plus++
		}
		if looksLikeEmail(cell) {
			l.emails++
		}
		if looksLikeCode(cell) {
			l.codes++
		}
		if _, only, ok := callWordOf(cell); ok {
			l.calls++
			l.vain = l.vain || only
		}
	}
	if n := float64(l.filled); n > 0 {
		for _, share := range []*float64{&l.days, &l.numbers, &l.phones, &l.emails, &l.codes, &l.calls, &l.flags, &l.clocks, &l.plus, &l.above} {
			*share /= n
		}
	}
	return l
}

func looksLikeEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.IndexByte(s[at:], '.') > 1 && !strings.ContainsAny(s, " ,;") && len(s) < longestCode
}

// looksLikePhone reports figures enough, and what stands between them in numbers.
func looksLikePhone(s string) bool {
	figures := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			figures++
		case strings.IndexByte(" +-/().", c) >= 0:
		default:
			return false
		}
	}
	return figures >= 5 && figures <= 16 && (s[0] == '0' || s[0] == '+' || s[0] == '(' || figures >= 7)
}

func looksLikeCode(s string) bool {
	if len(s) > 40 || strings.ContainsAny(s, " @") {
		return false
	}
	return strings.ContainsAny(s, "0123456789")
}

// looksLikeValue reports cells that no column is called by: numbers, days,
// addresses of e-mail and web, yes and no.
func looksLikeValue(s string) bool {
	if s == "" {
		return false
	}
	if _, ok := writtenDay(s); ok {
		return true
	}
	if _, _, ok := plainNumber(s, '.'); ok {
		return true
	}
	if looksLikeEmail(s) || looksLikePhone(s) || strings.Contains(s, "://") {
		return true
	}
	figures := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			figures++
		}
	}
	return figures > 2 && 2*figures >= len(s) // K-1001, 80331
}
