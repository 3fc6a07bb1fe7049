package text

// Opening hours in the reader's language.

import (
	"fmt"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/hours"
)

// Hours are opening hours as people read them: "Mon–Thu 8:00–16:00; Fri 8:00–13:00";
// "" where nothing is known.
func (p *Printer) Hours(h *hours.Hours) string {
	if h == nil {
		return ""
	}
	rules := make([]string, 0, len(h.Rules))
	for _, r := range h.Rules {
		rules = append(rules, p.hoursRule(r))
	}
	return strings.Join(rules, "; ")
}

// HoursWritten are opening hours as they were written, in the reader's language where
// they can be read, else as they stand; ok says which.
func (p *Printer) HoursWritten(written string) (said string, ok bool) {
	h, err := hours.Parse(written)
	if err != nil {
		return written, false
	}
	return p.Hours(h), true
}

func (p *Printer) hoursRule(r hours.Rule) string {
	var parts []string
	for i, s := range r.Seasons {
		season := p.season(s)
		if i < len(r.Seasons)-1 {
			season += ","
		}
		parts = append(parts, season)
	}
	days := p.hoursDays(r.Days)
	if days == "" && len(r.Seasons) == 0 {
		days = p.T("hours.daily")
	}
	if r.Otherwise {
		days = strings.TrimSpace(p.T("hours.otherwise") + " " + p.hoursDays(r.Days))
	}
	if days != "" {
		parts = append(parts, days)
	}
	spans := make([]string, len(r.Spans))
	for i, s := range r.Spans {
		spans[i] = p.span(s)
	}
	if len(spans) > 0 {
		parts = append(parts, strings.Join(spans, ", "))
	}
	switch {
	case r.State == hours.Closed:
		parts = append(parts, p.T("hours.closed"))
	case r.State == hours.Arranged && r.Comment == "":
		parts = append(parts, p.T("hours.arranged"))
	case r.State == hours.Open && len(spans) == 0:
		parts = append(parts, p.T("hours.always"))
	}
	if r.Comment != "" {
		parts = append(parts, "("+r.Comment+")")
	}
	return strings.Join(parts, " ")
}

func (p *Printer) span(s hours.Span) string {
	switch {
	case s.From == 0 && s.To == hours.EndOfDay && !s.OpenEnd:
		return p.T("hours.always")
	case s.OpenEnd && s.To == hours.EndOfDay:
		return p.T("hours.from", Args{"Time": clock(s.From)})
	}
	return clock(s.From) + "–" + clock(s.To)
}

// clock is 8:00; hours of the next day count from there.
func clock(minutes int) string {
	if minutes > hours.EndOfDay {
		minutes -= hours.EndOfDay
	}
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

func (p *Printer) hoursDays(d hours.Days) string {
	if d.Every() {
		return ""
	}
	name := func(day time.Weekday) string { return p.T(weekdayKey(day)) }
	var parts []string
	for _, run := range d.Runs() {
		switch first, last := run[0], run[1]; {
		case first == last:
			parts = append(parts, name(first))
		case (first+1)%7 == last:
			parts = append(parts, name(first), name(last))
		default:
			parts = append(parts, name(first)+"–"+name(last))
		}
	}
	for _, n := range d.Nth {
		key, number := "hours.nth", n.N
		if number < 0 {
			key, number = "hours.nth.last", -number
		}
		parts = append(parts, p.T(key, Args{"Number": p.Int(number), "Weekday": name(n.Weekday)}))
	}
	if d.Holidays {
		parts = append(parts, p.T("hours.holidays"))
	}
	if d.Schools {
		parts = append(parts, p.T("hours.school-holidays"))
	}
	return strings.Join(parts, ", ")
}

func (p *Printer) season(s hours.Season) string {
	if s.Weeks {
		weeks := p.Int(s.From.Week)
		if s.To.Week != s.From.Week {
			weeks += "–" + p.Int(s.To.Week)
		}
		if s.Step > 1 {
			return p.T("hours.weeks.step", Args{"Weeks": weeks, "Step": p.Int(s.Step)})
		}
		return p.T("hours.weeks", Args{"Weeks": weeks})
	}
	if s.From == s.To {
		return p.seasonDay(s.From)
	}
	return p.seasonDay(s.From) + "–" + p.seasonDay(s.To)
}

func (p *Printer) seasonDay(d hours.Day) string {
	switch {
	case d.Easter && d.Offset != 0:
		return p.T("hours.easter.days", Args{"Days": fmt.Sprintf("%+d", d.Offset)})
	case d.Easter:
		return p.T("hours.easter")
	case d.Day == 0:
		return strings.TrimSpace(p.Month(d.Month) + " " + yearOf(d.Year))
	case d.Year != 0:
		return p.Date(model.NewDate(d.Year, d.Month, d.Day))
	}
	return p.Day(model.NewDate(2024, d.Month, d.Day)) // a leap year has every day
}

func yearOf(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprint(year)
}
