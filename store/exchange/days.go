package exchange

// Days and times of day in the layouts of spreadsheets and CRMs. One order of
// day, month and year holds for a whole column; cells that can only be read in
// one way (a year first, dots, a month's name, a serial number) need no order.

import (
	"strconv"
	"strings"
	"time"

	"doppelpass/model"
)

// DateOrder says in which order a column writes day, month and year.
type DateOrder string

// The orders. The empty one means: find out.
const (
	OrderUnknown DateOrder = ""
	DayFirst     DateOrder = "dmy"
	MonthFirst   DateOrder = "mdy"
	YearFirst    DateOrder = "ymd"
)

// ParseDateOrder reads dmy, mdy, ymd or nothing.
func ParseDateOrder(s string) (DateOrder, error) {
	switch o := DateOrder(strings.ToLower(strings.TrimSpace(s))); o {
	case OrderUnknown, DayFirst, MonthFirst, YearFirst:
		return o, nil
	}
	return "", fileError("", ReasonBadOption, "--dates", s)
}

// orders is a set of orders.
type orders uint8

const (
	fitsDayFirst orders = 1 << iota
	fitsMonthFirst
	fitsYearFirst
	fitsAny = fitsDayFirst | fitsMonthFirst | fitsYearFirst
)

var orderBits = [...]struct {
	order DateOrder
	bit   orders
}{{DayFirst, fitsDayFirst}, {MonthFirst, fitsMonthFirst}, {YearFirst, fitsYearFirst}}

// written is a day as its cell writes it: three numbers to be put in order, or
// a day already when there is only one way to read it.
type written struct {
	day     model.Date
	part    [3]int
	figures [3]int // how many figures each part has
	mark    byte
	clock   model.Clock
}

// readDay reads a day in its column's order, and asks for the order when this
// cell is the first that needs it.
func readDay(in *input, cell string) (model.Date, fault) {
	if cell == in.lastCell && in.lastDay != 0 {
		in.row.clock = in.lastClock
		return in.lastDay, fault{}
	}
	w, ok := writtenDay(cell)
	if !ok {
		return 0, faulty(ReasonNoDate, string(in.order))
	}
	if w.day == 0 && w.mark != '.' && in.order == OrderUnknown {
		if wrong := in.row.plan.decide(in); wrong.reason != "" {
			return 0, wrong
		}
	}
	day := w.in(in.order)
	if day == 0 {
		return 0, faulty(ReasonNoDate, string(in.order))
	}
	if day < model.FirstDate || day > model.LastDate {
		return 0, faulty(ReasonDateRange)
	}
	if in.row.plan.epoch1904 && digits(cell[:1]) && serialLike(cell) {
		day += 1462 // days from 1 January 1900 to 1 January 1904, as workbooks count them
	}
	in.lastCell, in.lastDay, in.lastClock = cell, day, w.clock
	in.row.clock = w.clock
	return day, fault{}
}

// in is the day read in an order, 0 if it cannot be. Dots mean day first unless
// the order was said: nobody writes 03.25.2026.
func (w written) in(order DateOrder) model.Date {
	if w.day != 0 {
		return w.day
	}
	if order == OrderUnknown && w.mark == '.' {
		order = DayFirst
	}
	p, f := w.part, w.figures
	switch order {
	case DayFirst:
		return dayOf(p[2], f[2], p[1], f[1], p[0], f[0])
	case MonthFirst:
		return dayOf(p[2], f[2], p[0], f[0], p[1], f[1])
	case YearFirst:
		return dayOf(p[0], f[0], p[1], f[1], p[2], f[2])
	}
	return 0
}

// fits is the set of orders in which the cell is a day.
func (w written) fits() (set orders) {
	if w.day != 0 {
		return fitsAny
	}
	for _, o := range orderBits {
		if w.in(o.order) != 0 {
			set |= o.bit
		}
	}
	return set
}

// dayOf is the day, 0 unless it exists in the calendar. Years of two figures
// lie between 1969 and 2068, as POSIX has it.
func dayOf(year, yearFigures, month, monthFigures, day, dayFigures int) model.Date {
	if monthFigures > 2 || dayFigures > 2 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0
	}
	switch yearFigures {
	case 2:
		if year >= 69 {
			year += 1900
		} else {
			year += 2000
		}
	case 4:
	default:
		return 0
	}
	d := model.NewDate(year, time.Month(month), day)
	if day > 28 && d.Time().Day() != day || d < model.FirstDate || d > model.LastDate {
		return 0
	}
	return d
}

// writtenDay takes a cell apart.
func writtenDay(s string) (w written, ok bool) {
	if len(s) > 64 || len(s) < 5 {
		return w, false
	}
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' && digits(s[:4]) && digits(s[5:7]) && digits(s[8:10]) {
		w.day = dayOf(number(s[:4]), 4, number(s[5:7]), 2, number(s[8:10]), 2)
		w.clock, ok = clockAfter(s[10:])
		return w, ok && w.day != 0
	}
	if serialLike(s) {
		return serialDay(s)
	}
	s = withoutWeekday(s)
	i := 0
	for n := range 3 {
		start := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == start || i-start > 4 {
			return namedMonth(s)
		}
		w.part[n], w.figures[n] = number(s[start:i]), i-start
		if n == 2 {
			break
		}
		if i == len(s) || s[i] != '.' && s[i] != '/' && s[i] != '-' || n == 1 && s[i] != w.mark {
			return namedMonth(s)
		}
		w.mark = s[i]
		for i++; i < len(s) && s[i] == ' '; {
			i++ // "4. 3. 2026"
		}
	}
	w.clock, ok = clockAfter(s[i:])
	if !ok {
		return w, false
	}
	if w.figures[0] == 4 { // the year comes first, and then nobody writes the day before the month
		w.day = w.in(YearFirst)
		return w, w.day != 0
	}
	return w, w.fits() != 0
}

// number is the value of a few digits.
func number(s string) (n int) {
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// serialLike reports digits with at most one point or comma: a day counted from
// 1900, or eight figures of year, month and day.
func serialLike(s string) bool {
	marks := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
		case (s[i] == '.' || s[i] == ',') && i == 5:
			marks++
		default:
			return false
		}
	}
	return len(s) >= 5 && marks <= 1
}

// The numbers that are taken for days: 18 May 1927 to 13 October 2173.
const (
	firstSerial = 10000
	lastSerial  = 99999
)

// serialDay reads what a spreadsheet stores for a day: days since the end of
// 1899, with a 29 February 1900 that never was; the fraction is the time of day.
// Only numbers of five figures are taken for days.
func serialDay(s string) (w written, ok bool) {
	if len(s) == 8 && digits(s) {
		w.day = dayOf(number(s[:4]), 4, number(s[4:6]), 2, number(s[6:]), 2)
		return w, w.day != 0
	}
	if len(s) > 5 && digits(s[5:6]) {
		return w, false
	}
	w.day = model.Date(number(s[:5]) - 1)
	if len(s) > 6 {
		x, err := strconv.ParseFloat("0."+s[6:], 64)
		if err != nil {
			return w, false
		}
		w.clock = clockOfFraction(x)
	}
	return w, w.day >= firstSerial-1
}

// clockOfFraction is the time of day of a fraction of it; midnight is what a
// day without a time has, and means none.
func clockOfFraction(x float64) model.Clock {
	minutes := int(x*24*60 + 0.5)
	if minutes <= 0 || minutes >= 24*60 {
		return 0
	}
	return model.NewClock(0, minutes)
}

// clockAfter reads the time of day that follows a day. Midnight to the second
// is what databases add to a day without a time, and means none.
func clockAfter(s string) (model.Clock, bool) {
	s = strings.TrimLeft(s, "T ,")
	if s == "" {
		return 0, true
	}
	c, ok := readClock(s, false)
	if ok && c.Minutes() == 0 {
		c = 0
	}
	return c, ok
}

// readClock reads 8:30, 08:30:00, 08:30:00.000Z, 2:30 PM, 14.30 Uhr; of a
// workbook also the fraction of a day that it stores.
func readClock(s string, workbook bool) (model.Clock, bool) {
	if workbook && (s == "0" || strings.HasPrefix(s, "0.")) {
		x, err := strconv.ParseFloat(s, 64)
		minutes := int(x*24*60 + 0.5)
		return model.NewClock(0, minutes), err == nil && minutes < 24*60
	}
	if len(s) < 3 || len(s) > 40 {
		if len(s) > 0 && len(s) <= 2 && digits(s) && number(s) < 24 {
			return model.NewClock(number(s), 0), true
		}
		return 0, false
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i > 2 || i == len(s) {
		return 0, false
	}
	hour, mark := number(s[:i]), s[i]
	rest := s[i+1:]
	if mark != ':' && mark != '.' && mark != 'h' || len(rest) < 2 || !digits(rest[:2]) {
		return 0, false
	}
	minute := number(rest[:2])
	rest = rest[2:]
	if len(rest) >= 3 && rest[0] == ':' && digits(rest[1:3]) { // seconds, which nobody plans by
		rest = rest[3:]
		if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
			for rest = rest[1:]; len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9'; {
				rest = rest[1:]
			}
		}
	}
	switch half := strings.ToLower(strings.TrimSpace(rest)); half {
	case "am", "a.m.", "pm", "p.m.":
		if hour < 1 || hour > 12 {
			return 0, false
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	case "", "uhr", "z", "h":
	default:
		if half[0] != '+' && half[0] != '-' || !digits(strings.ReplaceAll(half[1:], ":", "")) {
			return 0, false
		}
	}
	if hour > 23 || minute > 59 {
		return 0, false
	}
	return model.NewClock(hour, minute), true
}

// months are the first letters of the months' names, folded, in both languages.
var months = map[string]int{
	"jan": 1, "jän": 1, "feb": 2, "mar": 3, "mär": 3, "mae": 3, "mrz": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}

// namedMonth reads 15. März 2026, 15-Jan-2024 and Jan 15, 2024.
func namedMonth(s string) (w written, ok bool) {
	const marks = " .,-/"
	var token [3]string
	rest := strings.TrimLeft(s, marks)
	for n := range token {
		end := strings.IndexAny(rest, marks)
		if end < 0 {
			end = len(rest)
		}
		token[n], rest = rest[:end], strings.TrimLeft(rest[end:], marks)
	}
	if rest != "" {
		if w.clock, ok = clockAfter(rest); !ok {
			return w, false
		}
	}
	if !digits(token[0]) {
		token[0], token[1] = token[1], token[0]
	}
	if !digits(token[0]) || !digits(token[2]) || len(token[0]) > 2 {
		return w, false
	}
	name := []rune(strings.ToLower(token[1]))
	if len(name) < 3 || len(name) > 9 {
		return w, false
	}
	month := months[string(name[:3])]
	w.day = dayOf(number(token[2]), len(token[2]), month, 2, number(token[0]), 2)
	return w, w.day != 0
}

// withoutWeekday takes "Mo, " and "Tue " off.
func withoutWeekday(s string) string {
	if s[0] >= '0' && s[0] <= '9' {
		return s
	}
	i := strings.IndexAny(s, " ")
	if i < 2 || i > 12 || i+1 >= len(s) {
		return s
	}
	switch strings.ToLower(s[:2]) {
	case "mo", "di", "mi", "do", "fr", "sa", "so", "tu", "we", "th", "su":
		if rest := strings.TrimLeft(s[i:], " "); len(rest) >= 5 && rest[0] >= '0' && rest[0] <= '9' {
			return rest
		}
	}
	return s
}
