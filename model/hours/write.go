package hours

// Hours in OpenStreetMap's notation: one way to write what may have been written in
// many.

import (
	"fmt"
	"strings"
	"time"
)

var (
	dayNames   = [...]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}
	monthNames = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// String is the hours in OpenStreetMap's notation; "" when nothing is known. Parse reads
// it back as the same hours.
func (h *Hours) String() string {
	if h == nil {
		return ""
	}
	var b strings.Builder
	for i, r := range h.Rules {
		switch {
		case i == 0:
		case r.Otherwise:
			b.WriteString(" || ")
		case r.Adds:
			b.WriteString(", ")
		default:
			b.WriteString("; ")
		}
		if i > 0 && r.Days.Every() && len(r.Seasons) == 0 && len(r.Spans) > 0 {
			b.WriteString("Mo-Su ") // without days it would be taken for those of the rule before
		}
		b.WriteString(r.String())
	}
	return b.String()
}

// String is the rule in OpenStreetMap's notation.
func (r Rule) String() string {
	var parts []string
	if s := seasonsString(r.Seasons); s != "" {
		parts = append(parts, s)
	}
	if s := r.Days.String(); s != "" {
		parts = append(parts, s)
	}
	spans := make([]string, len(r.Spans))
	for i, s := range r.Spans {
		spans[i] = s.String()
	}
	if len(spans) > 0 {
		parts = append(parts, strings.Join(spans, ","))
	}
	switch {
	case r.State == Closed:
		parts = append(parts, "off")
	case r.State == Arranged && r.Comment == "":
		parts = append(parts, "unknown")
	case len(spans) == 0 && r.State == Open:
		parts = append(parts, "00:00-24:00")
	}
	if r.Comment != "" {
		if r.State == Arranged && len(spans) > 0 {
			parts = append(parts, "unknown")
		}
		parts = append(parts, `"`+r.Comment+`"`)
	}
	return strings.Join(parts, " ")
}

// String is the days in OpenStreetMap's notation: "Mo-Fr,PH"; "" for every day.
func (d Days) String() string {
	if d.Every() {
		return ""
	}
	var parts []string
	for _, run := range d.Runs() {
		switch first, last := dayNames[run[0]], dayNames[run[1]]; {
		case run[0] == run[1]:
			parts = append(parts, first)
		case (run[0]+1)%7 == run[1]:
			parts = append(parts, first, last)
		default:
			parts = append(parts, first+"-"+last)
		}
	}
	for _, n := range d.Nth {
		parts = append(parts, fmt.Sprintf("%s[%d]", dayNames[n.Weekday], n.N))
	}
	if d.Holidays {
		parts = append(parts, "PH")
	}
	if d.Schools {
		parts = append(parts, "SH")
	}
	return strings.Join(parts, ",")
}

// Names are the weekdays by OpenStreetMap's names, from Monday.
func (d Days) Names() (names []string) {
	for i := range 7 {
		if day := (i + 1) % 7; d.Week[day] {
			names = append(names, dayNames[day])
		}
	}
	return names
}

// Runs are the weekdays that follow one another, each as first and last, from Monday.
func (d Days) Runs() (runs [][2]time.Weekday) {
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		if !d.Week[day] {
			continue
		}
		if last := len(runs) - 1; i > 0 && last >= 0 && (runs[last][1]+1)%7 == day {
			runs[last][1] = day
		} else {
			runs = append(runs, [2]time.Weekday{day, day})
		}
	}
	return runs
}

// String is 08:00-12:00.
func (s Span) String() string {
	if s.OpenEnd && s.To == EndOfDay {
		return clock(s.From) + "+"
	}
	text := clock(s.From) + "-" + clock(s.To)
	if s.OpenEnd {
		text += "+"
	}
	return text
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func seasonsString(seasons []Season) string {
	var parts, weeks []string
	for _, s := range seasons {
		switch {
		case s.Weeks:
			week := fmt.Sprint(s.From.Week)
			if s.To.Week != s.From.Week {
				week += fmt.Sprintf("-%d", s.To.Week)
			}
			if s.Step > 0 {
				week += fmt.Sprintf("/%d", s.Step)
			}
			weeks = append(weeks, week)
		case s.From == s.To:
			parts = append(parts, s.From.String())
		default:
			from, to := s.edges()
			parts = append(parts, from.String()+"-"+to.String())
		}
	}
	if len(weeks) > 0 {
		parts = append(parts, "week "+strings.Join(weeks, ","))
	}
	return strings.Join(parts, ",")
}

// edges are the season's days as they are written: both with a day of the month, or neither. The
// day of "Nov-May 01" would be taken for an hour.
func (s Season) edges() (from, to Day) {
	from, to = s.From, s.To
	switch {
	case from.Day == 0 && !from.Easter && (to.Day != 0 || to.Easter):
		from.Day = 1
	case to.Day == 0 && !to.Easter && (from.Day != 0 || from.Easter):
		to.Day = monthLength(to.Month)
	}
	return from, to
}

// String is the day in OpenStreetMap's notation: "Dec 24", "easter -2 days".
func (d Day) String() string {
	text := ""
	if d.Year != 0 {
		text = fmt.Sprintf("%d ", d.Year)
	}
	switch {
	case d.Easter && d.Offset != 0:
		return fmt.Sprintf("%seaster %+d days", text, d.Offset)
	case d.Easter:
		return text + "easter"
	}
	text += monthNames[d.Month]
	if d.Day != 0 {
		text += fmt.Sprintf(" %02d", d.Day)
	}
	return text
}
