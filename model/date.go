package model

// Calendar days and times of day. The rules know no clock and no time zone: a
// day is a number, so that ages and windows are subtractions.

import (
	"errors"
	"fmt"
	"time"
)

// Date is a calendar day: 1 is 1 January 1900, and 0 means "no date".
type Date int32

// FirstDate and LastDate bound the days a record may carry; anything outside is
// a typing error in a file, not a visit.
const (
	FirstDate Date = 1
	LastDate  Date = 109573 // 31 December 2199
)

// epoch is the day before 1 January 1900, counted in days from 1 January 1970.
const epoch = -25568

const secondsPerDay = 24 * 60 * 60

// ErrDateRange says that a day lies outside FirstDate … LastDate.
var ErrDateRange = errors.New("the year must lie between 1900 and 2199")

// NewDate is the day with that year, month and day of the month. Values outside
// their usual range carry over, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay - epoch)
}

// DateOf is the calendar day of t in t's own location.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate reads an ISO 8601 calendar day such as 2026-11-24.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, fmt.Errorf("%q is no date such as 2026-11-24", s)
	}
	d := DateOf(t)
	if d < FirstDate || d > LastDate {
		return 0, fmt.Errorf("%q: %w", s, ErrDateRange)
	}
	return d, nil
}

// Time is midnight UTC at the start of the day.
func (d Date) Time() time.Time { return time.Unix((int64(d)+epoch)*secondsPerDay, 0).UTC() }

// String is the ISO form, or "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Time().Date()
	if year < 0 || year > 9999 {
		return d.Time().Format("2006-01-02")
	}
	// Written by hand: an export has millions of them.
	return string([]byte{digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', digit(int(month) / 10), digit(int(month)), '-', digit(day / 10), digit(day)})
}

// digit is the last digit of a number.
func digit(n int) byte { return byte('0' + n%10) }

// Weekday of the day.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((int(d) % 7) + 7) % 7) // 1 January 1900 was a Monday
}

// ISOWeek is the ISO 8601 year and week number.
func (d Date) ISOWeek() (year, week int) { return d.Time().ISOWeek() }

// Monday is the first day of the day's ISO week.
func (d Date) Monday() Date { return d - Date((int(d.Weekday())+6)%7) }

// WeekStart is the Monday of an ISO week.
func WeekStart(year, week int) Date {
	// 4 January always lies in week 1.
	return NewDate(year, time.January, 4).Monday() + Date(7*(week-1))
}

// WorkingDays counts Monday to Friday from first to last, both included; 0 when
// last comes before first.
func WorkingDays(first, last Date) int {
	if last < first {
		return 0
	}
	days := int(last-first) + 1
	count := days / 7 * 5
	for d := first + Date(days/7*7); d <= last; d++ {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			count++
		}
	}
	return count
}

// Clock is a time of day in minutes, stored as minutes after midnight plus one
// so that the zero value means "not given".
type Clock uint16

// NewClock is the time hour:minute.
func NewClock(hour, minute int) Clock { return Clock(hour*60 + minute + 1) }

// ParseClock reads 8:30, 08:30 or 08:30:00; the empty string is "not given".
func ParseClock(s string) (Clock, error) {
	if s == "" {
		return 0, nil
	}
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return NewClock(t.Hour(), t.Minute()), nil
		}
	}
	return 0, fmt.Errorf("%q is no time of day such as 14:30", s)
}

// Minutes after midnight; only meaningful when the clock is given.
func (c Clock) Minutes() int { return int(c) - 1 }

// String is 08:30, or "" when not given.
func (c Clock) String() string {
	if c == 0 {
		return ""
	}
	if c.Minutes() < 0 || c.Minutes() >= 100*60 {
		return fmt.Sprintf("%02d:%02d", c.Minutes()/60, c.Minutes()%60)
	}
	hours, minutes := c.Minutes()/60, c.Minutes()%60
	return string([]byte{digit(hours / 10), digit(hours), ':', digit(minutes / 10), digit(minutes)})
}
