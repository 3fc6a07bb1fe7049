package exchange

// The kinds of values that columns hold, each with its reading and its showing.

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"doppelpass/model"
)

// Longest texts taken, in characters. They are far beyond what people write and
// keep a damaged file from filling the store.
const (
	longestCode = 200
	longestText = 1000
	longestNote = 20000
	longCell    = 4 * longestText // bytes of a cell that is taken apart
)

func tooLong(limit int) fault { return faulty(ReasonTooLong, strconv.Itoa(limit)) }

// exceeds reports whether s has more than limit characters.
func exceeds(s string, limit int) bool {
	return len(s) > limit && utf8.RuneCountInString(s) > limit
}

// code is a code of the people's own, in its own table or where another refers
// to it. Zoho puts "zcrm_" before its ids, and not always.
var code = form[string]{width: 12, show: TextCell, read: func(in *input, cell string) (string, fault) {
	cell = strings.TrimPrefix(cell, "zcrm_")
	if in.row.plan.workbook {
		// A number in a workbook may carry a decimal it was never given.
		if whole, ok := strings.CutSuffix(cell, ".0"); ok && digits(whole) {
			cell = whole
		}
	}
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return in.row.texts.keep(cell), fault{}
}}

// repeated is short text that many rows share.
var repeated = form[string]{width: 16, show: TextCell, read: func(in *input, cell string) (string, fault) {
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return in.row.texts.keep(cell), fault{}
}}

// text is text of up to so many characters.
func text(limit, width int) form[string] {
	return form[string]{width: width, show: TextCell, read: func(_ *input, cell string) (string, fault) {
		if exceeds(cell, limit) {
			return "", tooLong(limit)
		}
		return strings.Clone(cell), fault{}
	}}
}

var (
	line = text(longestText, 24)
	note = text(longestNote, 40)
)

// borrowed is text that shares the memory of the piece of the file it was read
// from: for the many rows of which nothing stays in memory.
func borrowed(limit, width int) form[string] {
	return form[string]{width: width, show: TextCell, read: func(_ *input, cell string) (string, fault) {
		if exceeds(cell, limit) {
			return "", tooLong(limit)
		}
		return cell, fault{}
	}}
}

var rowNote = borrowed(longestNote, 40)

// ownID identifies a row in the system that it comes from; no two rows share it.
var ownID = form[string]{width: 14, show: TextCell, read: func(_ *input, cell string) (string, fault) {
	cell = strings.TrimPrefix(cell, "zcrm_")
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return cell, fault{}
}}

// whole is a whole number from 0 to highest; 0 is an empty cell.
func whole(highest int) form[int] {
	return form[int]{
		sort: measured, width: 10,
		show: func(n int) Cell {
			if n == 0 {
				return Cell{}
			}
			return IntCell(n)
		},
		read: func(_ *input, cell string) (int, fault) {
			n, err := strconv.Atoi(cell)
			if err != nil {
				plain, _, ok := plainNumber(cell, '.')
				if !ok {
					return 0, faulty(ReasonNoNumber)
				}
				head, tail, _ := strings.Cut(plain, ".")
				n, err = strconv.Atoi(head)
				if err != nil || strings.Trim(tail, "0") != "" {
					return 0, faulty(ReasonNoWhole)
				}
			}
			if n < 0 || n > highest {
				return 0, faulty(ReasonNumberRange, "0", strconv.Itoa(highest))
			}
			return n, fault{}
		},
	}
}

// money is an amount; 0 is an empty cell.
var money = form[model.Money]{sort: ofAmounts, width: 12, read: readMoney, show: func(m model.Money) Cell {
	if m == 0 {
		return Cell{}
	}
	return MoneyCell(m)
}}

// degrees is a latitude or longitude, kept to seven decimals, which are a
// centimetre: more would not survive a workbook.
func degrees(limit float64) form[float64] {
	return form[float64]{sort: measured, width: 11,
		show: func(x float64) Cell { return DecimalCell(toCentimetre(x), -1) },
		read: func(_ *input, cell string) (float64, fault) {
			x, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
			if err != nil || math.IsNaN(x) {
				return 0, faulty(ReasonNoNumber)
			}
			if x < -limit || x > limit {
				bound := strconv.FormatFloat(limit, 'f', 0, 64)
				return 0, faulty(ReasonNumberRange, "-"+bound, bound)
			}
			return toCentimetre(x), fault{}
		}}
}

func toCentimetre(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }

var day = form[model.Date]{sort: ofDays, width: 12, read: readDay, show: DateCell}

var clock = form[model.Clock]{sort: measured, width: 8, show: ClockCell, read: func(in *input, cell string) (model.Clock, fault) {
	c, ok := readClock(cell, in.row.plan.workbook)
	if !ok {
		return 0, faulty(ReasonNoTime)
	}
	return c, fault{}
}}

// flag is yes or no; no is an empty cell.
var flag = form[bool]{sort: measured, width: 8, read: readFlag, show: func(b bool) Cell {
	if !b {
		return Cell{}
	}
	return BoolCell(true)
}}

// flagOpposite is flag whose record holds the opposite; both are shown.
var flagOpposite = form[bool]{sort: measured, width: 8,
	show: func(b bool) Cell { return BoolCell(!b) },
	read: func(in *input, cell string) (bool, fault) {
		b, wrong := readFlag(in, cell)
		return !b, wrong
	}}

var flagWords = map[string]bool{
	"yes": true, "y": true, "ja": true, "j": true, "true": true, "wahr": true, "1": true, "x": true, "1.0": true,
	"active": true, "aktiv": true, "on": true, "✓": true,
	"no": false, "n": false, "nein": false, "false": false, "falsch": false, "0": false, "-": false, "0.0": false,
	"inactive": false, "inaktiv": false, "off": false,
}

func readFlag(_ *input, cell string) (bool, fault) {
	if len(cell) > 16 {
		return false, faulty(ReasonNoFlag)
	}
	b, ok := flagWords[strings.ToLower(cell)]
	if !ok {
		return false, faulty(ReasonNoFlag)
	}
	return b, fault{}
}

// word is one of the words of an enumeration: words maps every folded spelling
// to its value, and stable lists the canonical words for the report.
func word[T comparable](words map[string]T, stable string, show func(T) string) form[T] {
	return form[T]{width: 14,
		show: func(v T) Cell { return TextCell(show(v)) },
		read: func(_ *input, cell string) (v T, wrong fault) {
			if v, ok := words[cell]; ok { // canonical words need no folding
				return v, fault{}
			}
			if len(cell) <= longestCode {
				if v, ok := words[fold(cell)]; ok {
					return v, fault{}
				}
			}
			return v, faulty(ReasonNoWord, stable)
		}}
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
