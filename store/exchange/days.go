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
	zone    *time.Location // what the clock goes by, where the cell says it
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
	w = w.at(in.row.plan.zone)
	day := w.in(in.order)
	if day == 0 {
		return 0, faulty(ReasonNoDate, string(in.order))
	}
	if neverDays[day] && w.clock == 0 {
		return 0, faulty(reasonEmpty)
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
		ok = w.clockFrom(s[10:])
		return w, ok && w.day != 0
	}
	if w, ok = epochDay(s); ok {
		return w, true
	}
	if serialLike(s) {
		return serialDay(s)
	}
	if len(s) > 14 && s[8] == 'T' && digits(s[:8]) && digits(s[9:13]) { // as calendars write it
		w.day = dayOf(number(s[:4]), 4, number(s[4:6]), 2, number(s[6:8]), 2)
		ok = w.clockFrom(s[9:11] + ":" + s[11:13] + strings.TrimLeft(s[13:], "0123456789"))
		return w, ok && w.day != 0
	}
	if w.day, ok = weekDay(s); ok {
		return w, true
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
	if !w.clockFrom(s[i:]) {
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

// clockFrom reads the time of day that follows a day, and what zone it goes by.
// Midnight to the second is what databases add to a day without a time, and means
// none.
func (w *written) clockFrom(s string) bool {
	s = strings.TrimLeft(s, "T ,")
	if s == "" {
		return true
	}
	s, w.zone = zoneOfClock(s)
	c, ok := readClock(s, false)
	if ok && c.Minutes() == 0 {
		c, w.zone = 0, nil
	}
	w.clock = c
	return ok
}

// zoneOfClock parts a time of day from the zone behind it: Z, UTC, GMT, +01:00.
func zoneOfClock(s string) (clock string, zone *time.Location) {
	s = strings.TrimSpace(s)
	for _, name := range [...]string{"UTC", "GMT", "Z", "utc", "z"} {
		if rest, ok := strings.CutSuffix(s, name); ok && rest != "" {
			return strings.TrimSpace(rest), time.UTC
		}
	}
	at := strings.LastIndexAny(s, "+-")
	if at < 3 {
		return s, nil
	}
	figures := strings.ReplaceAll(s[at+1:], ":", "")
	if len(figures) != 2 && len(figures) != 4 || !digits(figures) {
		return s, nil
	}
	minutes := number(figures[:2]) * 60
	if len(figures) == 4 {
		minutes += number(figures[2:])
	}
	if s[at] == '-' {
		minutes = -minutes
	}
	clock = strings.TrimSpace(s[:at])
	for _, name := range [...]string{"UTC", "GMT"} {
		clock = strings.TrimSpace(strings.TrimSuffix(clock, name))
	}
	return clock, time.FixedZone("", minutes*60)
}

// at is the day and time as clocks show them in a place; nil is where we are.
func (w written) at(place *time.Location) written {
	if w.zone == nil || w.clock == 0 || w.day == 0 {
		return w
	}
	if place == nil {
		place = time.Local
	}
	d := w.day.Time()
	t := time.Date(d.Year(), d.Month(), d.Day(), 0, w.clock.Minutes(), 0, 0, w.zone).In(place)
	w.day, w.clock, w.zone = model.NewDate(t.Year(), t.Month(), t.Day()), model.NewClock(t.Hour(), t.Minute()), nil
	return w
}

// The seconds since 1970 that are taken for a moment: 9 September 2001 to 2096.
const (
	firstEpoch = 1_000_000_000
	lastEpoch  = 4_000_000_000
)

// epochDay reads a moment as programs store it, in seconds or milliseconds.
func epochDay(s string) (w written, ok bool) {
	whole, _, _ := strings.Cut(s, ".")
	if len(whole) != 10 && len(whole) != 13 || !digits(whole) {
		return w, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if len(whole) == 13 {
		n /= 1000
	}
	if err != nil || n < firstEpoch || n > lastEpoch {
		return w, false
	}
	t := time.Unix(n, 0).UTC()
	w.day = model.NewDate(t.Year(), t.Month(), t.Day())
	if n%(24*60*60) != 0 {
		w.clock, w.zone = model.NewClock(t.Hour(), t.Minute()), time.UTC
	}
	return w, true
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

// isNever reports the days that programs write where there is none: the first that
// they can.
func isNever(cell string) bool {
	w, ok := writtenDay(cell)
	if !ok {
		return false
	}
	for _, order := range [...]DateOrder{OrderUnknown, DayFirst, MonthFirst, YearFirst} {
		if day := w.in(order); day != 0 && neverDays[day] { // 0: not in this order
			return true
		}
	}
	return cell == "00.00.0000"
}

var neverDays = map[model.Date]bool{
	model.NewDate(1900, 1, 1): true, model.NewDate(1899, 12, 30): true, model.NewDate(1899, 12, 31): true, model.NewDate(1970, 1, 1): true,
}
