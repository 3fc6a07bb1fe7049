// Package hours reads opening hours: what OpenStreetMap's notation allows
// (wiki.openstreetmap.org/wiki/Key:opening_hours/specification) and what people write
// in German and English, "Montag bis Freitag 8–12 und 13–17 Uhr, Sa geschlossen".
//
// Whatever cannot be read is an Error that names the part in question. Nothing unread
// is ever taken for open.
package hours

import (
	"slices"
	"time"

	"doppelpass/model"
)

// Hours are opening hours as read: rules that are looked at one after the other.
// A nil *Hours says that nothing is known, which counts as always open.
type Hours struct {
	Rules []Rule
}

// State is what a rule says about its times.
type State uint8

// The states.
const (
	Open State = iota
	Closed
	Arranged // only by appointment: nobody stands there by himself
)

// Rule is one rule: on such days, in such seasons, at such times.
type Rule struct {
	State   State
	Seasons []Season // none: all year round
	Days    Days
	Spans   []Span // none: the whole day
	Comment string // as quoted in the text
	// Adds says that the rule's times come on top of what earlier rules give the day;
	// else they replace it. Closed times are always taken away from what is there. Times
	// that lie within the earlier ones replace them all the same: "täglich 8-18, So 10-12"
	// means no more than two hours on Sundays.
	Adds bool
	// Otherwise says that the rule holds only on days of which no earlier one speaks.
	Otherwise bool
}

// Days are the days of the week a rule is for.
type Days struct {
	Week     [7]bool // by time.Weekday; with no bit set and no other field, all days
	Nth      []Nth   // weekdays that count only so often a month
	Holidays bool    // public holidays
	Schools  bool    // school holidays: no calendar of them is known, such a rule never holds
}

// Nth is the n-th weekday of a month; counted from its end where N is negative.
type Nth struct {
	Weekday time.Weekday
	N       int
}

// Every reports whether the rule is for every day of the week.
func (d Days) Every() bool {
	return !d.Holidays && !d.Schools && len(d.Nth) == 0 && (d.Week == [7]bool{} || d.Week == [7]bool{true, true, true, true, true, true, true})
}

// Season is a part of the year: days, or weeks of the ISO calendar.
type Season struct {
	From, To Day  // both included; To before From runs over the turn of the year
	Weeks    bool // From.Week to To.Week instead
	Step     int  // every so many weeks; 0: every
}

// Day is a day of a season's edge.
type Day struct {
	Year   int // 0: every
	Month  time.Month
	Day    int  // 0: the month's first or last day
	Easter bool // Easter Sunday, Offset days later
	Offset int
	Week   int
}

// Span is a span of time within a day, in minutes after its midnight. To may exceed
// EndOfDay: the hours then run into the next day.
type Span struct {
	From, To int
	OpenEnd  bool // at least until To; how long is not known
}

// EndOfDay is midnight at a day's end, in minutes.
const EndOfDay = 24 * 60

// On gives the spans of a day in which it is open, in order and apart, those that began
// the day before included. holiday tells whether a day is a public holiday; nil: none is.
func (h *Hours) On(day model.Date, holiday func(model.Date) bool) []Span {
	if h == nil {
		return []Span{{From: 0, To: EndOfDay}}
	}
	if holiday == nil {
		holiday = func(model.Date) bool { return false }
	}
	var out []Span
	for _, s := range h.own(day-1, holiday(day-1)) {
		if s.To > EndOfDay {
			out = append(out, Span{From: max(0, s.From-EndOfDay), To: min(s.To-EndOfDay, EndOfDay)})
		}
	}
	for _, s := range h.own(day, holiday(day)) {
		if s.From < EndOfDay {
			out = append(out, Span{From: s.From, To: min(s.To, EndOfDay), OpenEnd: s.OpenEnd})
		}
	}
	return united(out)
}

// own are the spans that begin on a day, by its rules.
func (h *Hours) own(day model.Date, holiday bool) []Span {
	var spans []Span
	spoken := false
	for _, r := range h.Rules {
		if !r.on(day, holiday) || (r.Otherwise && spoken) {
			continue
		}
		whole := r.Spans
		if len(whole) == 0 {
			whole = []Span{{From: 0, To: EndOfDay}}
		}
		switch {
		case r.idle():
			continue
		case r.State == Closed && len(r.Spans) > 0:
			for _, s := range r.Spans {
				spans = without(spans, s)
			}
		case r.State != Open && len(r.Spans) == 0:
			spans = nil
		case r.Adds && !within(whole, spans):
			spans = append(slices.Clone(spans), whole...)
		default:
			spans = whole
		}
		spoken = true
	}
	return spans
}

// on reports whether the rule is about a day.
func (r Rule) on(day model.Date, holiday bool) bool {
	if len(r.Seasons) > 0 && !slices.ContainsFunc(r.Seasons, func(s Season) bool { return s.holds(day) }) {
		return false
	}
	d := r.Days
	weekday := day.Weekday()
	switch {
	case d.Every(), d.Week[weekday], d.Holidays && holiday:
		return true
	}
	_, month, dayOfMonth := day.Time().Date()
	for _, n := range d.Nth {
		if n.Weekday != weekday {
			continue
		}
		left := model.NewDate(day.Time().Year(), month+1, 0).Time().Day() - dayOfMonth
		if n.N == (dayOfMonth-1)/7+1 || n.N == -(left/7+1) {
			return true
		}
	}
	return false
}

// holds reports whether a day lies in the season.
func (s Season) holds(day model.Date) bool {
	year := day.Time().Year()
	if s.Weeks {
		_, week := day.ISOWeek()
		if s.From.Week <= s.To.Week {
			return week >= s.From.Week && week <= s.To.Week && (s.Step == 0 || (week-s.From.Week)%s.Step == 0)
		}
		return week >= s.From.Week || week <= s.To.Week
	}
	first, last := s.From.first(year), s.To.last(cmpYear(s.To.Year, s.From.Year, year))
	if s.From.Year != 0 && s.To.Year == 0 { // 2026 Dec 24-26
		last = s.To.last(s.From.Year)
	}
	if s.From.Year != 0 || last >= first {
		return day >= first && day <= last
	}
	return day >= first || day <= last // over the turn of the year
}

func cmpYear(years ...int) int {
	for _, y := range years {
		if y != 0 {
			return y
		}
	}
	return 0
}

func (d Day) first(year int) model.Date {
	if d.Year != 0 {
		year = d.Year
	}
	if d.Easter {
		return easter(year) + model.Date(d.Offset)
	}
	return model.NewDate(year, d.Month, max(d.Day, 1)) + model.Date(d.Offset)
}

func (d Day) last(year int) model.Date {
	switch {
	case d.Easter:
		return easter(year) + model.Date(d.Offset)
	case d.Day == 0:
		return model.NewDate(year, d.Month+1, 0)
	}
	// The 29th of February is the 28th where there is none.
	return min(model.NewDate(year, d.Month, d.Day), model.NewDate(year, d.Month+1, 0)) + model.Date(d.Offset)
}

// easter is Easter Sunday of a year (the anonymous Gregorian algorithm, Nature 1876).
func easter(year int) model.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return model.NewDate(year, time.Month(month), day)
}

// without takes a span away from others.
func without(spans []Span, away Span) []Span {
	var out []Span
	for _, s := range spans {
		if left := (Span{From: s.From, To: min(s.To, away.From)}); left.From < left.To {
			out = append(out, left)
		}
		if right := (Span{From: max(s.From, away.To), To: s.To, OpenEnd: s.OpenEnd}); right.From < right.To {
			out = append(out, right)
		}
	}
	return out
}

// united are the spans in order, those that touch or overlap made one.
func united(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.From*3*EndOfDay + a.To - b.From*3*EndOfDay - b.To })
	var out []Span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.From <= out[last].To {
			if s.To > out[last].To {
				out[last].To, out[last].OpenEnd = s.To, s.OpenEnd
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// within reports whether every span lies in one of the others.
func within(spans, others []Span) bool {
	for _, s := range spans {
		if !slices.ContainsFunc(others, func(o Span) bool { return s.From >= o.From && s.To <= o.To }) {
			return false
		}
	}
	return true
}
