package model

// How numbers are rounded when they are told: half up, by their decimal digits, the
// same in files, on screens and for scripts.

import (
	"math"
	"strconv"
	"strings"
)

// Rounded is x with that many decimals, halves away from zero. What counts is the
// shortest decimal number that x stands for: 0.595 is a half, though no binary
// number is exactly that.
func Rounded(x float64, decimals int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	digits := strconv.FormatFloat(math.Abs(x), 'f', -1, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(fraction) <= decimals {
		return x
	}
	up := fraction[decimals] >= '5'
	kept, err := strconv.ParseFloat(whole+"."+fraction[:decimals]+"0", 64)
	if err != nil {
		return x
	}
	if up {
		// one more in the last place kept, by decimal digits again
		kept, _ = strconv.ParseFloat(strconv.FormatFloat(kept+math.Pow10(-decimals), 'f', decimals, 64), 64)
	}
	return math.Copysign(kept, x)
}

// mostDecimals is as many as a share is ever told with.
const mostDecimals = 6

// RoundedShare is part / whole for people: with two decimals, halves up, or with as
// many more as it takes to stand on the right side of an aim of so many percent.
// 119 of 200 is 0.595 below an aim of 60, and 0.60 without one (an aim of 0).
func RoundedShare(part, whole, aim int) (share float64, decimals int) {
	if whole <= 0 {
		return 0, 2
	}
	below := 100*part < aim*whole
	scale := 100
	for decimals = 2; ; decimals++ {
		rounded := roundHalfUp(part*scale, whole)
		if below && 100*rounded >= aim*scale && decimals == mostDecimals {
			rounded = part * scale / whole // so near that only cutting off tells
		}
		if !below || 100*rounded < aim*scale {
			return float64(rounded) / float64(scale), decimals
		}
		scale *= 10
	}
}

// roundHalfUp is part / of, both not negative, rounded to the nearest whole
// number, halves up.
func roundHalfUp(part, of int) int { return (2*part + of) / (2 * of) }

func ceilDiv(part, of int) int { return (part + of - 1) / of }
