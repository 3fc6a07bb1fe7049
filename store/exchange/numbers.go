package exchange

// Numbers as people and spreadsheets write them: 20565.6, 1.234,50 €, 1'234.50.

import (
	"math"
	"strconv"
	"strings"

	"doppelpass/model"
)

// largestMoney bounds amounts: ten thousand billion, in hundredths.
const largestMoney = 1e15

// readMoney reads an amount to the hundredth, halves rounded up.
func readMoney(in *input, cell string) (model.Money, fault) {
	if m, ok := simpleMoney(cell); ok {
		return m, fault{}
	}
	if noAmount[cell] {
		return 0, faulty(reasonEmpty)
	}
	point := in.point
	if point == 0 {
		point = '.'
	}
	plain, ambiguous, ok := plainNumber(cell, point)
	if !ok {
		return 0, faulty(ReasonNoNumber)
	}
	if ambiguous && in.point == 0 {
		wrong := in.row.plan.decide(in)
		if wrong.reason == ReasonNumberAmbiguous {
			other, _, _ := plainNumber(cell, ',')
			wrong.args = []string{plain, other}
		}
		if wrong.reason != "" {
			return 0, wrong
		}
		plain, _, _ = plainNumber(cell, in.point)
	}
	m, ok := hundredths(plain)
	if !ok || m > largestMoney || m < -largestMoney {
		return 0, faulty(ReasonNumberRange, "-10000000000000", "10000000000000")
	}
	return m, fault{}
}

// noAmount is what people write where they have no amount.
var noAmount = map[string]bool{"-": true, "–": true, "—": true, "--": true}

// simpleMoney reads what needs no thought: digits with at most one "." or ","
// and one or two digits behind it.
func simpleMoney(s string) (model.Money, bool) {
	if len(s) == 0 || len(s) > 13 { // more could exceed largestMoney
		return 0, false
	}
	var n int64
	mark := -1
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n = n*10 + int64(c-'0')
		case (c == '.' || c == ',') && mark < 0 && i > 0:
			mark = i
		default:
			return 0, false
		}
	}
	if mark < 0 {
		return model.Money(n * 100), true
	}
	switch len(s) - mark {
	case 2:
		return model.Money(n * 10), true
	case 3:
		return model.Money(n), true
	}
	return 0, false
}

// plainNumber turns a number as people write it into one with an optional
// leading "-", digits, and at most one ".". Where a single mark may separate
// either decimals or thousands, point decides and ambiguous says so.
func plainNumber(s string, point byte) (plain string, ambiguous, ok bool) {
	if len(s) > 64 {
		return "", false, false
	}
	var b [64]byte
	kept := b[:0]
	negative, settled := false, false // settled: the number says itself which mark is which
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, s[1:len(s)-1]
	}
	s = strings.TrimSpace(withoutCurrency(s))
	s = strings.Replace(s, "−", "-", 1)
	switch { // the accountant's minus, but 1.234,- are no cents
	case strings.HasSuffix(s, ",-"), strings.HasSuffix(s, ",--"), strings.HasSuffix(s, ",–"):
		s, settled, point = s[:strings.LastIndexByte(s, ',')], true, ','
	case strings.HasSuffix(s, ".-"), strings.HasSuffix(s, ".--"), strings.HasSuffix(s, ".–"):
		s, settled, point = s[:strings.LastIndexByte(s, '.')], true, '.'
	case strings.HasSuffix(s, "-"):
		negative, s = !negative, strings.TrimSpace(s[:len(s)-1])
	}
	if strings.HasPrefix(s, "-") {
		negative, s = !negative, s[1:]
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s = strings.TrimSpace(withoutCurrency(s))
	commas, points := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == ',':
			commas++
		case c == '.':
			points++
		case c == ' ' || c == '\'' || c == '_':
			continue // thousands
		case (c == 'e' || c == 'E') && i > 0 && commas == 0:
			return scientific(s, negative)
		default:
			return "", false, false
		}
		kept = append(kept, s[i])
	}
	decimal := byte(0) // the mark that separates decimals
	last := strings.LastIndexAny(string(kept), ".,")
	switch {
	case commas+points == 0:
	case commas > 0 && points > 0:
		decimal = kept[last]
		if decimal == ',' && commas > 1 || decimal == '.' && points > 1 {
			return "", false, false
		}
	case commas+points > 1: // only thousands
	case len(kept)-last-1 == 3 && last > 0 && last <= 3 && kept[0] != '0':
		ambiguous = !settled
		if kept[last] == point {
			decimal = point
		}
	default:
		decimal = kept[last]
	}
	out := make([]byte, 0, len(kept)+1)
	if negative {
		out = append(out, '-')
	}
	figures := 0
	for i, c := range kept {
		switch {
		case c >= '0' && c <= '9':
			out = append(out, c)
			figures++
		case c == decimal && i == last:
			out = append(out, '.')
		}
	}
	return string(out), ambiguous, figures > 0
}

// scientific reads 1.5E+3, which spreadsheets write for large numbers.
func scientific(s string, negative bool) (string, bool, bool) {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.Abs(x) > largestMoney {
		return "", false, false
	}
	if negative {
		x = -x
	}
	return strconv.FormatFloat(x, 'f', -1, 64), false, true
}

var currencies = [...]string{"€", "EUR", "Euro", "$", "USD", "US$", "£", "GBP", "CHF", "Fr."}

func withoutCurrency(s string) string {
	for _, c := range currencies {
		if len(s) > len(c) && strings.EqualFold(s[:len(c)], c) {
			return strings.TrimSpace(s[len(c):])
		}
		if len(s) > len(c) && strings.EqualFold(s[len(s)-len(c):], c) {
			return strings.TrimSpace(s[:len(s)-len(c)])
		}
	}
	return s
}

// hundredths reads a plain number to the hundredth, halves rounded away from
// zero.
func hundredths(plain string) (model.Money, bool) {
	plain, negative := strings.CutPrefix(plain, "-")
	head, tail, _ := strings.Cut(plain, ".")
	head = strings.TrimLeft(head, "0")
	if len(head) > 15 {
		return 0, false
	}
	var n int64
	for i := 0; i < len(head); i++ {
		n = n*10 + int64(head[i]-'0')
	}
	for i := range 2 {
		n *= 10
		if i < len(tail) {
			n += int64(tail[i] - '0')
		}
	}
	if len(tail) > 2 && tail[2] >= '5' {
		n++
	}
	if negative {
		n = -n
	}
	return model.Money(n), true
}

// decimalEvidence says which decimal sign a cell proves: '.', ',' or 0 for none.
func decimalEvidence(s string) byte {
	if _, ok := simpleMoney(s); ok {
		if i := strings.IndexAny(s, ".,"); i >= 0 {
			return s[i]
		}
		return 0
	}
	asPoint, ambiguous, ok := plainNumber(s, '.')
	if !ok || ambiguous {
		return 0
	}
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return 0
	}
	if strings.Contains(asPoint, ".") {
		return s[last]
	}
	// Only thousands: the other sign is the decimal one.
	if s[last] == '.' {
		return ','
	}
	return '.'
}
