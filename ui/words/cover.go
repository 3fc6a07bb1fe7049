package words

// Who is away and who stands in, where it concerns a territory, a signal or a week.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// Absent says that a rep is away, or will be soon for some time, and who stands in; "" when
// there is nothing to say.
func Absent(p *text.Printer, b *model.Book, rep string, day model.Date) string {
	if len(b.Absences(rep)) == 0 {
		return ""
	}
	if said := AwayNow(p, b, rep, day); said != "" {
		return said
	}
	return AwaySoon(p, b, rep, day)
}

// AbsentShort is the same in a few words, for cells: "away until 8 Jan: T. Brandt", "from 21
// Dec: who covers?"; open says that nobody stands in.
func AbsentShort(p *text.Printer, b *model.Book, rep string, day model.Date) (said string, open bool) {
	if len(b.Absences(rep)) == 0 {
		return "", false
	}
	first, last, a, away := AbsentSpell(b, rep, day)
	if !away {
		return "", false
	}
	key := "cover.short.now"
	if first > day {
		key = "cover.short.soon"
	}
	args := text.Args{"From": p.Day(first), "Day": p.Day(last), "Cover": b.RepName(a.Cover)}
	if a.Cover == "" {
		return p.T(key+".nobody", args), true
	}
	return p.T(key, args), false
}

// AbsentMark is the same in the fewest words: "away until 8 Jan"; open says that nobody
// stands in.
func AbsentMark(p *text.Printer, b *model.Book, rep string, day model.Date) (said string, open bool) {
	if len(b.Absences(rep)) == 0 {
		return "", false
	}
	first, last, a, away := AbsentSpell(b, rep, day)
	switch {
	case !away:
		return "", false
	case first > day:
		return p.T("cover.mark.soon", text.Args{"Day": p.Day(first)}), a.Cover == ""
	}
	return p.T("cover.mark.now", text.Args{"Day": p.Day(last)}), a.Cover == ""
}

// thereSentences say on how much of the days left somebody is there, and what the pace is
// on these days; none where nobody is away.
func thereSentences(p *text.Printer, r model.Readiness) []string {
	if r.HalvesAway == 0 || r.Vacant || r.DaysLeft == 0 {
		return nil
	}
	there := 2*r.DaysLeft - r.HalvesAway + r.CoverHalves
	args := text.Args{"There": p.Decimal(float64(there)/2, there%2), "Days": p.N("wording.rule.in-days", r.DaysLeft), "Cover": p.Decimal(float64(r.CoverHalves)/2, r.CoverHalves%2)}
	if there <= 0 {
		return []string{p.N("cover.there.none", r.DaysLeft)}
	}
	args["Needed"] = p.Decimal(float64(10*r.Gap)/float64(there), 1)
	switch {
	case there >= 2*r.DaysLeft:
		return []string{p.T("cover.there.full", args)}
	case r.CoverHalves > 0:
		return []string{p.T("cover.there.cover", args)}
	}
	return []string{p.T("cover.there", args)}
}

// Covers are for whom a rep stands in, in the days of a week: "stands in for K. Sommer (Ulm)
// 21–24 Dec"; "" for nobody.
func (w Week) Covers(d *week.Draft) string {
	var said []string
	for _, c := range w.Book.Covers(d.Rep.Code, d.Monday, d.Monday+week.Workdays-1) {
		args := text.Args{"Rep": w.Book.RepName(c.Rep), "From": w.Text.WeekdayDay(c.From), "To": w.Text.WeekdayDay(c.To), "Territories": territoriesOf(w.Text, w.Book, c.Rep)}
		if c.From == c.To {
			said = append(said, w.Text.T("cover.week.day", args))
		} else {
			said = append(said, w.Text.T("cover.week", args))
		}
	}
	return strings.Join(said, " ")
}

// territoriesOf are the names of a rep's territories.
func territoriesOf(p *text.Printer, b *model.Book, rep string) string {
	var names []string
	for _, area := range b.Areas() {
		if area.Rep == rep {
			names = append(names, AreaName(p, b, area.Code))
		}
	}
	if len(names) == 0 {
		return "–"
	}
	return strings.Join(names, ", ")
}

// Absence says that the rep of a week is away on a day of it, who stands in, and how many
// agreed visits still stand in these days; "" where the rep is there.
func (w Week) Absence(d *week.Draft) string {
	for i := range week.Workdays {
		day := d.Date(i)
		last, a, away := w.Book.Spell(d.Rep.Code, day)
		if !away || d.Past(i) {
			continue
		}
		first := day
		for _, gone := w.Book.Gone(d.Rep.Code, first-1); gone && first > d.Monday-200; _, gone = w.Book.Gone(d.Rep.Code, first-1) {
			first--
		}
		args := text.Args{"Rep": w.Book.RepName(d.Rep.Code), "From": w.Text.Day(first), "Day": w.Text.Day(last), "Kind": AbsenceKind(w.Text, a.Kind), "Cover": w.Book.RepName(a.Cover)}
		key := "cover.week.away"
		switch {
		case last == day && first == day && a.Cover == "":
			continue // a single day is told at the day
		case a.Cover == "":
			key += ".nobody"
		}
		said := w.Text.T(key, args)
		standing := 0
		for p := range w.Book.Plan(d.Rep.Code) {
			if p.Date >= first && p.Date <= last {
				standing++
			}
		}
		if standing > 0 {
			said += " " + w.Text.N("cover.week.standing", standing)
		}
		return said
	}
	return ""
}

// Notes are what is to be said of a week as a whole: who is away, for whom the rep stands in.
func (w Week) Notes(d *week.Draft) (notes []string) {
	for _, said := range []string{w.Absence(d), w.Covers(d)} {
		if said != "" {
			notes = append(notes, said)
		}
	}
	return notes
}

// AbsentSpell is the time a rep is away on a day, or will be soon for a working week or more.
func AbsentSpell(b *model.Book, rep string, day model.Date) (first, last model.Date, a model.Absence, away bool) {
	if last, a, away = b.Spell(rep, day); away {
		return day, last, a, true
	}
	if first, last, a, away = b.NextSpell(rep, day, aheadOfAbsence); away && last-first < 4 {
		away = false
	}
	return first, last, a, away
}
