package model

// What the rules need of the world outside: how telephone numbers are written the
// same, and which days are public holidays. The model asks for it in plain
// functions, so that it needs nobody's code.

import "strings"

// Outside answers what the facts alone do not say. Its functions may be called by
// several goroutines at a time and always give the same for the same; nil ones know
// nothing.
type Outside struct {
	// Holidays lists the public holidays of a calendar such as DE-BY in a year, in
	// order; known is false for a calendar that nobody knows.
	Holidays func(calendar string, year int) (days []Date, known bool)
	// Number is a telephone number in one form (E.164: +4930123456); "" for what is
	// none. Country is a code or a name, for numbers that say none.
	Number func(phone, country string) string
	// Hash is the form in which the book of opt-outs keeps such a number; "" where
	// the book has no numbers.
	Hash func(number string) string
}

// Use tells the Book how to look outside. Only for a Book that nobody reads yet.
func (b *Book) Use(outside Outside) { b.outside = outside }

// Calendar is the code of the calendar in force in a territory, "" for none, and
// whether it is known.
func (d *Day) Calendar(t Territory) (code string, known bool) {
	code = t.Calendar
	if code == "" {
		code = d.settings.Calendar
	}
	if code == "" || d.book.outside.Holidays == nil {
		return code, code == ""
	}
	_, known = d.book.outside.Holidays(code, d.date.Time().Year())
	return code, known
}

// Holidays are the public holidays of a territory that fall on Monday to Friday,
// from first to last, both included.
func (d *Day) Holidays(t Territory, first, last Date) (days []Date) {
	code, known := d.Calendar(t)
	if code == "" || !known || last < first || d.book.outside.Holidays == nil {
		return nil
	}
	for year := first.Time().Year(); year <= last.Time().Year(); year++ {
		list, _ := d.book.outside.Holidays(code, year)
		for _, day := range list {
			if day >= first && day <= last && WorkingDays(day, day) == 1 {
				days = append(days, day)
			}
		}
	}
	return days
}

// WorkingDays counts the days from first to last, both included, on which the
// territory's rep works: Monday to Friday without public holidays.
func (d *Day) WorkingDays(t Territory, first, last Date) int {
	return WorkingDays(first, last) - len(d.Holidays(t, first, last))
}

// number is the account's telephone number in one form; "" for none.
func (d *Day) number(l *Customer) string {
	if !IsPhone(l.Phone) {
		return ""
	}
	country := l.Address.Country
	if country == "" {
		if area := l.area; area != nil {
			country = area.Country
		}
	}
	if country == "" {
		country = d.settings.Country
	}
	if d.book.outside.Number != nil {
		return d.book.outside.Number(l.Phone, country)
	}
	return strings.TrimSpace(l.Phone)
}

// fewestDigits is what a telephone number has at least; "-", "keine" and "n/a" have
// none.
const fewestDigits = 5

// IsPhone reports whether the text can be a telephone number.
func IsPhone(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	return digits >= fewestDigits
}
