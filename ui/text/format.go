package text

// Numbers, days and weeks in the language's form.

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"doppelpass/model"
)

// Int writes a whole number with the language's thousands separator: 1.234 or 1,234.
func (p *Printer) Int(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	separator := ","
	if p.Language == German {
		separator = "."
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return sign + s
}

// Decimal writes a number with that many decimals: 6,4 or 6.4.
func (p *Printer) Decimal(value float64, decimals int) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(model.Rounded(value, decimals), 'f', decimals, 64), ".")
	negative := strings.HasPrefix(whole, "-")
	n, err := strconv.Atoi(strings.TrimPrefix(whole, "-"))
	if err != nil {
		return "–" // not a number, or unbounded
	}
	s := p.Int(n)
	if fraction != "" {
		point := "."
		if p.Language == German {
			point = ","
		}
		s += point + fraction
	}
	if negative {
		s = "−" + s
	}
	return s
}

// Percent writes a share of 1 as whole percent: 29 %.
func (p *Printer) Percent(share float64) string {
	return p.Decimal(model.Rounded(share, 2)*100, 0) + " %"
}

// Share writes a part of a whole as whole percent, or with as many decimals as it
// takes to stand on the right side of an aim in percent: 59.5 % below 60 %.
func (p *Printer) Share(part, whole, aim int) string {
	share, decimals := model.RoundedShare(part, whole, aim)
	return p.Decimal(share*100, decimals-2) + " %"
}

// Money writes an amount without its hundredths: 1.234 €.
func (p *Printer) Money(m model.Money) string {
	n := int(m) / 100
	if rest := int(m) % 100; rest >= 50 {
		n++
	} else if rest <= -50 {
		n--
	}
	return p.Int(n) + " €"
}

// Amount writes an amount as it is, with its hundredths where it has any: 1.250,50 €.
func (p *Printer) Amount(m model.Money) string {
	if m%100 == 0 {
		return p.Money(m)
	}
	return p.Decimal(float64(m)/100, 2) + " €"
}

// monthKeys and weekdayKeys name the messages of months and weekdays.
func monthKey(m time.Month) string     { return fmt.Sprintf("month.%d", int(m)) }
func weekdayKey(w time.Weekday) string { return fmt.Sprintf("weekday.%d", int(w)) }

// Weekday is the weekday's short name: Di or Tue.
func (p *Printer) Weekday(d model.Date) string { return p.T(weekdayKey(d.Weekday())) }

// WeekdayLong is the weekday's full name: Dienstag or Tuesday.
func (p *Printer) WeekdayLong(d model.Date) string { return p.T(weekdayKey(d.Weekday()) + ".long") }

// Month is the month's short name: Nov.
func (p *Printer) Month(m time.Month) string { return p.T(monthKey(m)) }

// Date is the day with its year, for columns: 24.11.2026 or 24 Nov 2026; "–" for none.
func (p *Printer) Date(d model.Date) string {
	if d == 0 {
		return "–"
	}
	t := d.Time()
	if p.Language == German {
		return t.Format("02.01.2006")
	}
	return strconv.Itoa(t.Day()) + " " + p.Month(t.Month()) + " " + strconv.Itoa(t.Year())
}

// Day is the day without its year, for columns: 24.11. or 24 Nov; "–" for none.
func (p *Printer) Day(d model.Date) string {
	if d == 0 {
		return "–"
	}
	t := d.Time()
	if p.Language == German {
		return t.Format("02.01.")
	}
	return strconv.Itoa(t.Day()) + " " + p.Month(t.Month())
}

// DayOf is the day seen from today, for columns: with its year when that is another.
func (p *Printer) DayOf(d, today model.Date) string {
	if d != 0 && d.Time().Year() != today.Time().Year() {
		return p.Date(d)
	}
	return p.Day(d)
}

// DayLong is the day within a sentence: 24. November or 24 November.
func (p *Printer) DayLong(d model.Date) string {
	t := d.Time()
	month := p.T(monthKey(t.Month()) + ".long")
	if p.Language == German {
		return strconv.Itoa(t.Day()) + ". " + month
	}
	return strconv.Itoa(t.Day()) + " " + month
}

// Recent is the day as people say it seen from today: today, yesterday, then the
// day without its year, and with it when the year is another.
func (p *Printer) Recent(d, today model.Date) string {
	switch {
	case d == 0:
		return "–"
	case d == today:
		return p.T("day.today")
	case d == today-1:
		return p.T("day.yesterday")
	case d == today+1:
		return p.T("day.tomorrow")
	case d.Time().Year() != today.Time().Year():
		return p.Date(d)
	}
	return p.Day(d)
}

// WeekdayDay is the weekday with the day: Di 24.11. or Tue 24 Nov.
func (p *Printer) WeekdayDay(d model.Date) string { return p.Weekday(d) + " " + p.Day(d) }

// WeekdayDate is the weekday with the full day: Di 24.11.2026 or Tue 24 Nov 2026.
func (p *Printer) WeekdayDate(d model.Date) string { return p.Weekday(d) + " " + p.Date(d) }

// Week is the ISO week's number: KW 48 or W48.
func (p *Printer) Week(d model.Date) string {
	_, week := d.ISOWeek()
	return p.T("week", Args{"Week": fmt.Sprintf("%02d", week)})
}
