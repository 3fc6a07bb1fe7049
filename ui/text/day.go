package text

// Days as people type them.

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"doppelpass/model"
)

// Toward says which way a day that could lie on either side of today is meant.
type Toward int

// The directions.
const (
	Ahead Toward = iota // plans: Mo is the next Monday, today included; 24.11. is the one nearest to today
	Back                // reports: Mo is the last Monday, today included; 24.11. is the last one, never in the future
)

// ParseDay reads a day as people type it, looking Ahead. It understands, in
// either language whatever the printer's:
//
//	24.11.  24.11.26  24.11.2026  24 Nov  24. November 2026  2026-11-24
//	today heute h   tomorrow morgen m   yesterday gestern g
//	+3 -2 (days)  +2w  -1m  +1y
//	Mo Montag Tue   KW 48  W48  2026-W48 (the Monday of that week)
//
// and everything Printer.Date, Day, WeekdayDay and WeekdayDate write. The error
// is a sentence in the printer's language.
func (p *Printer) ParseDay(input string, today model.Date) (model.Date, error) {
	return p.ParseDayToward(input, today, Ahead)
}

// ParseDayToward is ParseDay looking ahead or back.
func (p *Printer) ParseDayToward(input string, today model.Date, toward Toward) (model.Date, error) {
	fields := dayFields(input)
	if len(fields) > 1 {
		if _, ok := weekdayNamed(fields[0]); ok {
			fields = fields[1:] // Di 24.11.2026: the day says it all
		}
	}
	readers := [...]func([]string, model.Date, Toward) (model.Date, verdict){
		dayFromWord, dayFromOffset, dayFromISO, dayFromWeek, dayFromNumbers,
	}
	for _, read := range readers {
		d, v := read(fields, today, toward)
		switch {
		case v == notMine:
			continue
		case v == noSuchDay:
			return 0, p.dayError("kit.day.missing", input)
		case d < model.FirstDate || d > model.LastDate:
			return 0, p.dayError("kit.day.range", input)
		}
		return d, nil
	}
	return 0, p.dayError("kit.day.unknown", input)
}

func (p *Printer) dayError(key, input string) error {
	return errors.New(p.T(key, Args{"Input": strings.TrimSpace(input)}))
}

// verdict is what a reader thinks of the input.
type verdict uint8

const (
	notMine    verdict = iota // another form
	understood                // a day, perhaps out of range
	noSuchDay                 // this form, but no such day (31.2.)
)

// dayFields splits the input at blanks, dots and commas, and between digits and
// letters, in lower case without umlauts. Signs and hyphens stay.
func dayFields(input string) []string {
	var fields []string
	var field []rune
	kind := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r):
			return 2
		case r == '+' || r == '-' || r == '−':
			return 3
		}
		return 0
	}
	end := func() {
		if len(field) > 0 {
			fields = append(fields, string(field))
			field = field[:0]
		}
	}
	lower := strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "−", "-").Replace(strings.ToLower(input))
	for _, r := range lower {
		k := kind(r)
		if k == 0 || len(field) > 0 && kind(field[0]) != k {
			end()
		}
		if k == 0 {
			if r != ' ' && r != '.' && r != ',' && r != '\t' {
				fields = append(fields, string(r)) // nothing understands it
			}
			continue
		}
		field = append(field, r)
	}
	end()
	return fields
}

var dayWords = map[string]int{
	"heute": 0, "today": 0, "h": 0, "t": 0,
	"morgen": 1, "tomorrow": 1, "m": 1, "ubermorgen": 2, "uebermorgen": 2,
	"gestern": -1, "yesterday": -1, "g": -1, "y": -1, "vorgestern": -2,
}

var weekdayNames = [...][2]string{
	{"sonntag", "sunday"}, {"montag", "monday"}, {"dienstag", "tuesday"}, {"mittwoch", "wednesday"},
	{"donnerstag", "thursday"}, {"freitag", "friday"}, {"samstag", "saturday"},
}

var monthNames = [...][2]string{
	{"januar", "january"}, {"februar", "february"}, {"marz", "march"}, {"april", "april"}, {"mai", "may"},
	{"juni", "june"}, {"juli", "july"}, {"august", "august"}, {"september", "september"},
	{"oktober", "october"}, {"november", "november"}, {"dezember", "december"},
}

// weekdayNamed is the weekday a word of at least two letters begins.
func weekdayNamed(word string) (time.Weekday, bool) {
	i, ok := named(word, 2, weekdayNames[:])
	return time.Weekday(i), ok
}

// monthNamed is the month a word of at least three letters begins.
func monthNamed(word string) (time.Month, bool) {
	if strings.HasPrefix(word, "mae") {
		word = "ma" + word[3:]
	}
	i, ok := named(word, 3, monthNames[:])
	return time.Month(i + 1), ok
}

func named(word string, least int, names [][2]string) (int, bool) {
	if len(word) < least {
		return 0, false
	}
	for i, pair := range names {
		if strings.HasPrefix(pair[0], word) || strings.HasPrefix(pair[1], word) {
			return i, true
		}
	}
	return 0, false
}

// dayFromWord reads heute, tomorrow, Mo.
func dayFromWord(fields []string, today model.Date, toward Toward) (model.Date, verdict) {
	if len(fields) != 1 {
		return 0, notMine
	}
	if days, ok := dayWords[fields[0]]; ok {
		return today + model.Date(days), understood
	}
	weekday, ok := weekdayNamed(fields[0])
	if !ok {
		return 0, notMine
	}
	ahead := model.Date((int(weekday) - int(today.Weekday()) + 7) % 7)
	if toward == Back && ahead > 0 {
		ahead -= 7
	}
	return today + ahead, understood
}

// dayFromOffset reads +3, -2, +2w, -1m, +1y, with the units of both languages.
func dayFromOffset(fields []string, today model.Date, _ Toward) (model.Date, verdict) {
	if len(fields) < 2 || len(fields) > 3 || fields[0] != "+" && fields[0] != "-" {
		return 0, notMine
	}
	n, err := strconv.Atoi(fields[1])
	if err != nil || n > 200_000 {
		return 0, notMine
	}
	if fields[0] == "-" {
		n = -n
	}
	unit := "d"
	if len(fields) == 3 {
		unit = fields[2]
	}
	switch unit {
	case "d", "t", "day", "days", "tag", "tage":
		return today + model.Date(n), understood
	case "w", "week", "weeks", "woche", "wochen":
		return today + model.Date(7*n), understood
	case "m", "month", "months", "monat", "monate":
		return addMonths(today, n), understood
	case "y", "j", "year", "years", "jahr", "jahre":
		return addMonths(today, 12*n), understood
	}
	return 0, notMine
}

// addMonths is the same day of a later month, or that month's last day.
func addMonths(d model.Date, months int) model.Date {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return model.NewDate(first.Year(), first.Month(), min(t.Day(), last))
}

// dayFromISO reads 2026-11-24.
func dayFromISO(fields []string, _ model.Date, _ Toward) (model.Date, verdict) {
	if len(fields) != 5 || len(fields[0]) != 4 || fields[1] != "-" || fields[3] != "-" {
		return 0, notMine
	}
	year, ok1 := number(fields[0])
	month, ok2 := number(fields[2])
	day, ok3 := number(fields[4])
	if !ok1 || !ok2 || !ok3 {
		return 0, notMine
	}
	return calendarDay(year, month, day)
}

// dayFromWeek reads KW 48, W48, 2026-W48, KW 48 2026 and KW 48/2026.
func dayFromWeek(fields []string, today model.Date, toward Toward) (model.Date, verdict) {
	year := 0
	if len(fields) > 2 && len(fields[0]) == 4 {
		y, ok := number(fields[0])
		if !ok {
			return 0, notMine
		}
		year, fields = y, fields[1:]
		if fields[0] == "-" {
			fields = fields[1:]
		}
	}
	if len(fields) < 2 || fields[0] != "kw" && fields[0] != "w" && fields[0] != "week" && fields[0] != "woche" {
		return 0, notMine
	}
	week, ok := number(fields[1])
	if !ok {
		return 0, notMine
	}
	if rest := fields[2:]; year == 0 && len(rest) > 0 {
		if rest[0] == "/" {
			rest = rest[1:]
		}
		y, ok := 0, false
		if len(rest) == 1 {
			y, ok = number(rest[0])
		}
		if !ok {
			return 0, notMine
		}
		year = fullYear(y, len(rest[0]))
	} else if len(rest) > 0 {
		return 0, notMine
	}
	if year != 0 {
		return weekOf(year, week)
	}
	thisYear, _ := today.ISOWeek()
	return nearest(today, toward, thisYear, func(year int) (model.Date, verdict) { return weekOf(year, week) })
}

// weekOf is the Monday of an ISO week, if the year has it.
func weekOf(year, week int) (model.Date, verdict) {
	if week < 1 || week > 53 {
		return 0, noSuchDay
	}
	d := model.WeekStart(year, week)
	if y, w := d.ISOWeek(); y != year || w != week {
		return 0, noSuchDay
	}
	return d, understood
}

// dayFromNumbers reads 24.11., 24.11.26, 24.11.2026, 24 Nov, 24. November 2026.
func dayFromNumbers(fields []string, today model.Date, toward Toward) (model.Date, verdict) {
	if len(fields) != 2 && len(fields) != 3 {
		return 0, notMine
	}
	day, ok := number(fields[0])
	if !ok {
		return 0, notMine
	}
	month, ok := number(fields[1])
	if !ok {
		m, isName := monthNamed(fields[1])
		if !isName {
			return 0, notMine
		}
		month = int(m)
	}
	if len(fields) == 3 {
		year, ok := number(fields[2])
		if !ok {
			return 0, notMine
		}
		return calendarDay(fullYear(year, len(fields[2])), month, day)
	}
	return nearest(today, toward, today.Time().Year(), func(year int) (model.Date, verdict) {
		return calendarDay(year, month, day)
	})
}

// nearest is the day nearest to today among those of neighbouring years; looking
// back, the last one that is not in the future. Eight years either side hold a
// leap day, or a 53rd week, whatever today is.
func nearest(today model.Date, toward Toward, year int, in func(year int) (model.Date, verdict)) (model.Date, verdict) {
	best, distance := model.Date(0), model.Date(0)
	for y := year - 8; y <= year+8; y++ {
		d, v := in(y)
		if v != understood || toward == Back && d > today {
			continue
		}
		away := max(d-today, today-d)
		if best == 0 || away < distance || away == distance && d > today {
			best, distance = d, away
		}
	}
	if best == 0 {
		return 0, noSuchDay
	}
	return best, understood
}

// number reads at most four digits.
func number(s string) (int, bool) {
	if len(s) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}

// fullYear reads a year of two digits as one of this century.
func fullYear(year, digits int) int {
	if digits <= 2 {
		return 2000 + year
	}
	return year
}

// calendarDay is the day, if the month has it.
func calendarDay(year, month, day int) (model.Date, verdict) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, noSuchDay
	}
	d := model.NewDate(year, time.Month(month), day)
	if d.Time().Day() != day {
		return 0, noSuchDay
	}
	return d, understood
}
