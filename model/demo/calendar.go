package demo

// Which days people work: the demo's visits fall on no weekend and no holiday.

import (
	"slices"
	"time"

	"doppelpass/model"
)

// span is a run of days, both ends included.
type span struct{ first, last model.Date }

func (s span) has(d model.Date) bool { return d >= s.first && d <= s.last }

// calendar knows the working days from first to last.
type calendar struct {
	first, last model.Date
	days        []model.Date // working days in order
	upTo        []int32      // per day from first: how many working days lie before it
	quiet       []bool       // per day from first: summer holidays and the turn of the year
}

func newCalendar(first, last model.Date) *calendar {
	c := &calendar{first: first, last: last}
	off := map[model.Date]bool{}
	for year := first.Time().Year(); year <= last.Time().Year(); year++ {
		for _, d := range holidays(year) {
			off[d] = true
		}
	}
	c.upTo = make([]int32, 0, last-first+2)
	c.quiet = make([]bool, 0, last-first+1)
	for d := first; d <= last; d++ {
		c.upTo = append(c.upTo, int32(len(c.days)))
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday && !off[d] {
			c.days = append(c.days, d)
		}
		_, month, day := d.Time().Date()
		c.quiet = append(c.quiet, month == time.August && day < 25 || month == time.December && day > 20 || month == time.January && day < 7)
	}
	c.upTo = append(c.upTo, int32(len(c.days)))
	return c
}

// index is how many working days lie before d.
func (c *calendar) index(d model.Date) int {
	switch {
	case d <= c.first:
		return 0
	case d > c.last:
		return len(c.days)
	}
	return int(c.upTo[d-c.first])
}

// within are the working days of a span, as indexes into days: from ≤ i < to.
func (c *calendar) within(s span) (from, to int) { return c.index(s.first), c.index(s.last + 1) }

// before is the last working day on or before d; 0 when there is none.
func (c *calendar) before(d model.Date) model.Date {
	i := c.index(d + 1)
	if i == 0 {
		return 0
	}
	return c.days[i-1]
}

func (c *calendar) isQuiet(d model.Date) bool { return c.quiet[d-c.first] }

// holidays are the days on which nobody works anywhere in Germany, and the two
// half days at the year's end.
func holidays(year int) []model.Date {
	easter := easterSunday(year)
	list := []model.Date{easter - 2, easter + 1, easter + 39, easter + 50}
	for _, d := range [...]struct {
		month time.Month
		day   int
	}{{1, 1}, {5, 1}, {10, 3}, {12, 24}, {12, 25}, {12, 26}, {12, 31}} {
		list = append(list, model.NewDate(year, d.month, d.day))
	}
	slices.Sort(list)
	return list
}

// easterSunday by the anonymous Gregorian algorithm (Nature, 20 April 1876; J. Meeus,
// Astronomical Algorithms, chapter 8).
func easterSunday(year int) model.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return model.NewDate(year, time.Month(n/31), n%31+1)
}
