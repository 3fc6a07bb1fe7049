package words

// Who is away, and until when.

import (
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// AbsenceKind is a kind of absence; a team's own word stands as it is.
func AbsenceKind(p *text.Printer, kind string) string {
	if key := "absence.kind." + kind; kind != "" && p.Has(key) {
		return p.T(key)
	}
	if kind == "" {
		return p.T("absence.kind.other")
	}
	return kind
}

// AbsenceTime is when an absence is: "21 Dec – 8 Jan", "Tue 24 Nov, 10:00–11:00",
// "Fri from 13:00".
func AbsenceTime(p *text.Printer, a model.Absence) string {
	clocks := times(p, a)
	if len(a.Weekdays) > 0 {
		var days []string
		for i := range 7 {
			if name := model.WeekdayNames[(i+1)%7]; slices.Contains(a.Weekdays, name) {
				days = append(days, p.Weekday(weekdayDate(i)))
			}
		}
		said := joined(" ", strings.Join(days, ", "), clocks)
		switch {
		case a.To != 0:
			return joined(", ", said, p.Day(a.From)+" – "+p.Day(a.To))
		default:
			return joined(", ", said, p.T("absence.since", text.Args{"Day": p.Day(a.From)}))
		}
	}
	if a.To == 0 || a.To == a.From {
		return joined(", ", p.WeekdayDay(a.From), clocks)
	}
	first, last := p.Day(a.From), p.Day(a.To)
	if a.FromTime != 0 {
		first += " " + a.FromTime.String()
	}
	if a.ToTime != 0 {
		last += " " + a.ToTime.String()
	}
	return first + " – " + last
}

// weekdayDate is a day with that weekday, counted from Monday.
func weekdayDate(i int) model.Date { return model.FirstDate + model.Date(i) } // 1 January 1900 was a Monday

// Absence is an absence in a line: "holiday, 21 Dec – 8 Jan, covered by T. Brandt".
func Absence(p *text.Printer, b *model.Book, a model.Absence) string {
	cover := ""
	if a.Cover != "" {
		cover = p.T("absence.cover", text.Args{"Rep": b.RepName(a.Cover)})
	}
	return joined(", ", AbsenceKind(p, a.Kind), AbsenceTime(p, a), cover, a.Note)
}

// AwayNow says that a rep is away on a day, until when and who stands in; "" when the rep
// is there, or away for less than a day.
func AwayNow(p *text.Printer, b *model.Book, rep string, day model.Date) string {
	last, a, away := b.Spell(rep, day)
	if !away {
		return ""
	}
	args := text.Args{"Rep": b.RepName(rep), "Day": p.Day(last), "Kind": AbsenceKind(p, a.Kind), "Cover": b.RepName(a.Cover)}
	if a.Cover == "" {
		return p.T("absence.away.nobody", args)
	}
	return p.T("absence.away.cover", args)
}

// aheadOfAbsence is how many days before an absence it is spoken of.
const aheadOfAbsence = 14

// AwaySoon says that a rep will be away soon for a working week or more; "" otherwise.
func AwaySoon(p *text.Printer, b *model.Book, rep string, day model.Date) string {
	first, last, a, ok := b.NextSpell(rep, day, aheadOfAbsence)
	if !ok || last-first < 4 {
		return ""
	}
	key := "absence.soon.cover"
	if a.Cover == "" {
		key = "absence.soon.nobody"
	}
	return p.T(key, text.Args{"Rep": b.RepName(rep), "From": p.Day(first), "Day": p.Day(last), "Kind": AbsenceKind(p, a.Kind), "Cover": b.RepName(a.Cover)})
}

// AwayHours are the hours of a day on which the rep is away for a part: "away
// 10:00–11:00, training"; "" where the day is whole or off.
func (w Week) AwayHours(d *week.Draft, day int) string {
	if d.Off(day) {
		return ""
	}
	var said []string
	for _, away := range d.Away(day) {
		if away.Whole() {
			continue
		}
		a := model.Absence{}
		from, to := model.NewClock(away.From/60, away.From%60), model.NewClock(away.To/60%24, away.To%60)
		switch {
		case away.From == 0:
			a.ToTime = to
		case away.To == 24*60:
			a.FromTime = from
		default:
			a.FromTime, a.ToTime = from, to
		}
		said = append(said, w.Text.T("absence.hours", text.Args{"Times": times(w.Text, a), "Kind": AbsenceKind(w.Text, away.Absence.Kind)}))
	}
	return strings.Join(said, "; ")
}

func times(p *text.Printer, a model.Absence) string {
	switch {
	case a.FromTime != 0 && a.ToTime != 0:
		return a.FromTime.String() + "–" + a.ToTime.String()
	case a.FromTime != 0:
		return p.T("absence.from-time", text.Args{"Time": a.FromTime.String()})
	case a.ToTime != 0:
		return p.T("absence.to-time", text.Args{"Time": a.ToTime.String()})
	}
	return ""
}

// dayOff is why a day is off.
func (w Week) dayOff(d *week.Draft, day int) string {
	for _, away := range d.Away(day) {
		if !away.Whole() {
			continue
		}
		a := away.Absence
		if last := a.To; len(a.Weekdays) == 0 && last > d.Date(day) {
			return w.Text.T("absence.until", text.Args{"Kind": AbsenceKind(w.Text, a.Kind), "Day": w.Text.Day(last)})
		}
		if a.Kind != model.AwayOther && a.Kind != "" {
			return AbsenceKind(w.Text, a.Kind)
		}
	}
	return w.Text.T("week.day.off")
}
