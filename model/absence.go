package model

// When a rep is not there: holidays, illness, the Friday afternoon that is always free.

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The kinds of absence. A team may use words of its own.
const (
	AwayHoliday  = "holiday"
	AwaySick     = "sick"
	AwayTraining = "training"
	AwayOther    = "other"
)

// AbsenceKinds lists them.
var AbsenceKinds = [...]string{AwayHoliday, AwaySick, AwayTraining, AwayOther}

// Absence is a time in which a rep makes no visits.
//
// Without weekdays it is one stretch: from FromTime of the first day to ToTime of the
// last; without times the days are whole. With weekdays it comes back every week on those
// days, from FromTime to ToTime, between the first day and the last; without a last day,
// for good.
type Absence struct {
	Rep      string
	From, To Date
	FromTime Clock
	ToTime   Clock
	Weekdays []string // names as in Weekdays; none: one stretch
	Kind     string
	Cover    string // code of the rep who stands in; "": nobody
	Note     string
	Ref      string // of the calendar it comes from
}

// WeekdayNames are the names by which records call weekdays, by time.Weekday.
var WeekdayNames = [...]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}

// Key implements Record.
func (a Absence) Key() Key {
	return Key{Table: TableAbsences, Code: a.Rep, Date: a.From, Time: a.FromTime, By: strings.Join(a.Weekdays, ",")}
}

// AbsenceFields describe an absence.
var AbsenceFields = Fields[Absence]{
	{Name: "rep", At: func(a *Absence) any { return &a.Rep }},
	{Name: "from", At: func(a *Absence) any { return &a.From }},
	{Name: "to", At: func(a *Absence) any { return &a.To }},
	{Name: "from_time", At: func(a *Absence) any { return &a.FromTime }},
	{Name: "to_time", At: func(a *Absence) any { return &a.ToTime }},
	{Name: "weekdays", At: func(a *Absence) any { return &a.Weekdays }},
	{Name: "kind", At: func(a *Absence) any { return &a.Kind }},
	{Name: "cover", At: func(a *Absence) any { return &a.Cover }},
	{Name: "note", At: func(a *Absence) any { return &a.Note }},
	{Name: "id", At: func(a *Absence) any { return &a.Ref }},
}

// last is the last day of the absence.
func (a Absence) last() Date {
	switch {
	case a.To != 0:
		return a.To
	case len(a.Weekdays) > 0:
		return LastDate
	}
	return a.From
}

// Away is a stretch of one day in which a rep is not there, in minutes of the day.
type Away struct {
	From, To int
	Absence  Absence
}

// wholeDay is a day in minutes.
const wholeDay = 24 * 60

// Whole reports whether the whole day is taken.
func (a Away) Whole() bool { return a.From == 0 && a.To == wholeDay }

// on is the stretch of a day that the absence takes; false where it takes none.
func (a Absence) on(day Date) (Away, bool) {
	if day < a.From || day > a.last() {
		return Away{}, false
	}
	away := Away{From: 0, To: wholeDay, Absence: a}
	weekly := len(a.Weekdays) > 0
	if weekly && !slices.Contains(a.Weekdays, WeekdayNames[day.Weekday()]) {
		return Away{}, false
	}
	if a.FromTime != 0 && (weekly || day == a.From) {
		away.From = a.FromTime.Minutes()
	}
	if a.ToTime != 0 && (weekly || day == a.last()) {
		away.To = a.ToTime.Minutes()
	}
	return away, away.From < away.To
}

// Absences are a rep's absences by their first day.
func (b *Book) Absences(rep string) []Absence { return b.absences[rep] }

// Away are the stretches of a day in which a rep is not there, in order.
func (b *Book) Away(rep string, day Date) (list []Away) {
	for _, a := range b.absences[rep] {
		if away, ok := a.on(day); ok {
			list = append(list, away)
		}
	}
	slices.SortStableFunc(list, func(x, y Away) int { // what is out of the ordinary before what comes back every week
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(y.To, x.To), cmp.Compare(len(x.Absence.Weekdays), len(y.Absence.Weekdays)))
	})
	return list
}

// Gone reports whether a rep is away for a whole working day, whatever the day's length
// is, and by which absence.
func (b *Book) Gone(rep string, day Date) (Absence, bool) {
	for _, away := range b.Away(rep, day) {
		if away.Whole() {
			return away.Absence, true
		}
	}
	return Absence{}, false
}

// longestSpell bounds how far ahead a spell of absence is followed.
const longestSpell = 400

// Spell is the stretch of days from a day on for which a rep is away without a working
// day between; false when the rep is there on that day. Weekends on either side do not
// count as being there.
func (b *Book) Spell(rep string, day Date) (last Date, absence Absence, away bool) {
	for d := day; d < day+longestSpell; d++ {
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		}
		a, gone := b.Gone(rep, d)
		if !gone {
			break
		}
		if !away {
			absence, away = a, true
		}
		last = d
	}
	return last, absence, away
}

// NextSpell is the next time a rep is away for a working day or more, that begins within
// so many days after a day.
func (b *Book) NextSpell(rep string, day Date, within int) (first, last Date, absence Absence, ok bool) {
	for d := day + 1; d <= day+Date(within); d++ {
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		}
		if last, absence, ok = b.Spell(rep, d); ok {
			return d, last, absence, true
		}
	}
	return 0, 0, Absence{}, false
}

// halfDay is from how many minutes of the working day on an absence takes half of it; a
// day has eight hours here.
const (
	halfDay   = 2 * 60
	mostOfDay = 6 * 60
	dayBegins = 8 * 60
	dayEnds   = 17 * 60
)

// HalvesAway counts the half working days from first to last on which a rep is away, of
// the days that works tells to be working days.
func (b *Book) HalvesAway(rep string, first, last Date, works func(Date) bool) (halves int) {
	if len(b.absences[rep]) == 0 {
		return 0
	}
	for day := first; day <= last; day++ {
		if !works(day) {
			continue
		}
		minutes, reached := 0, 0
		for _, away := range b.Away(rep, day) {
			from, to := max(away.From, dayBegins, reached), min(away.To, dayEnds)
			minutes += max(0, to-from)
			reached = max(reached, to)
		}
		switch {
		case minutes >= mostOfDay:
			halves += 2
		case minutes >= halfDay:
			halves++
		}
	}
	return halves
}

func (b *Book) applyAbsence(edit Edit) {
	if a, ok := edit.Before.(Absence); ok {
		key := a.Key()
		b.absences[a.Rep] = slices.DeleteFunc(slices.Clone(b.absences[a.Rep]), func(o Absence) bool { return o.Key() == key })
		if len(b.absences[a.Rep]) == 0 {
			delete(b.absences, a.Rep)
		}
		b.touchRep(a.Rep)
		b.coverChanged(a)
	}
	if a, ok := edit.After.(Absence); ok {
		list := append(slices.Clone(b.absences[a.Rep]), a)
		slices.SortFunc(list, func(x, y Absence) int {
			return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.FromTime, y.FromTime), slices.Compare(x.Weekdays, y.Weekdays))
		})
		b.absences[a.Rep] = list
		b.touchRep(a.Rep)
		b.coverChanged(a)
	}
}
