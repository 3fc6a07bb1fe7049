package exchange

// What a table hands to a writer: typed cells, so that numbers stay numbers and
// days stay days in whatever form the file has.

import (
	"cmp"
	"math"
	"strconv"

	"doppelpass/model"
)

type cellKind uint8

const (
	emptyCell cellKind = iota
	textCell
	intCell
	decimalCell
	dateCell
	clockCell
	boolCell
)

// Cell is one typed value on its way out. The zero value is an empty cell.
type Cell struct {
	kind     cellKind
	text     string
	said     string // the text in the reader's language; "": as it stands
	number   float64
	whole    int64
	decimals int // fixed decimals; -1: as many as the number needs
}

// TextCell is text; it is guarded against being run as a formula.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: textCell, text: s}
}

// saidCell is a stable word, which scripts read, that a person reads as another.
func saidCell(word, said string) Cell {
	c := TextCell(word)
	if said != word {
		c.said = said
	}
	return c
}

// IntCell is a whole number.
func IntCell(n int) Cell { return Cell{kind: intCell, whole: int64(n)} }

// DecimalCell is a number with so many decimals, as many as it needs when
// negative. NaN and infinities are empty cells.
func DecimalCell(x float64, decimals int) Cell {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Cell{}
	}
	if decimals >= 0 {
		x = model.Rounded(x, decimals)
	}
	return Cell{kind: decimalCell, number: x, decimals: max(decimals, -1)}
}

// MoneyCell is an amount with two decimals.
func MoneyCell(m model.Money) Cell {
	return Cell{kind: decimalCell, number: float64(m) / 100, whole: int64(m), decimals: 2}
}

// DateCell is a day; no date is an empty cell.
func DateCell(d model.Date) Cell {
	if d == 0 {
		return Cell{}
	}
	return Cell{kind: dateCell, whole: int64(d)}
}

// ClockCell is a time of day; none is an empty cell.
func ClockCell(c model.Clock) Cell {
	if c == 0 {
		return Cell{}
	}
	return Cell{kind: clockCell, whole: int64(c)}
}

// BoolCell is yes or no.
func BoolCell(b bool) Cell {
	c := Cell{kind: boolCell}
	if b {
		c.whole = 1
	}
	return c
}

// Locale is the language a file is written for.
type Locale string

// The locales. German files have ";" and a byte order mark, decimal commas and
// days such as 24.11.2026; English ones "," and ISO days.
const (
	English Locale = "en"
	German  Locale = "de"
)

// String is how the cell reads in a text file, unguarded.
func (c Cell) String(locale Locale) string {
	switch c.kind {
	case textCell:
		return cmp.Or(c.said, c.text)
	case intCell:
		return strconv.FormatInt(c.whole, 10)
	case decimalCell:
		b := strconv.AppendFloat(nil, c.number, 'f', c.decimals, 64)
		if locale == German {
			for i := range b {
				if b[i] == '.' {
					b[i] = ','
				}
			}
		}
		return string(b)
	case dateCell:
		if locale == German {
			return model.Date(c.whole).Time().Format("02.01.2006")
		}
		return model.Date(c.whole).String()
	case clockCell:
		return model.Clock(c.whole).String()
	case boolCell:
		switch {
		case locale == German && c.whole == 1:
			return "ja"
		case locale == German:
			return "nein"
		case c.whole == 1:
			return "yes"
		}
		return "no"
	}
	return ""
}
