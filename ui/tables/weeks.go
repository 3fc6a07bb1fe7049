package tables

// Planned weeks as files: those of several reps side by side, and several of one.

import (
	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// PlannedWeek is a rep's week with what the page knows of it.
type PlannedWeek struct {
	Rep    string // code
	Monday model.Date
	Draft  *week.Draft // nil: not made yet
	Needed float64     // visits a week, for every account to be seen in time
	Held   float64     // how much of that the week holds, of 1
	State  string      // in the reader's words
}

// TeamWeeks are the weeks of several reps.
var TeamWeeks = Table[PlannedWeek]{
	Name: "page.week", Heads: "weeks.file.",
	Columns: []Column[PlannedWeek]{
		{Key: "rep", Value: func(v View, w PlannedWeek) exchange.Cell { return exchange.TextCell(v.Book().RepName(w.Rep)) }},
		{Key: "visits", Value: ofWeek(func(d *week.Draft) exchange.Cell { return exchange.IntCell(d.Week.Visits) })},
		{Key: "kilometres", Value: ofWeek(func(d *week.Draft) exchange.Cell { return kilometres(d.Week.Drive) })},
		{Key: "driving", Value: ofWeek(func(d *week.Draft) exchange.Cell { return drivingHours(d.Week.Drive) })},
		{Key: "needed", Value: func(_ View, w PlannedWeek) exchange.Cell { return exchange.DecimalCell(w.Needed, 1) }},
		{Key: "held", Value: func(_ View, w PlannedWeek) exchange.Cell { return exchange.DecimalCell(100*w.Held, 0) }},
		{Key: "left", Value: ofWeek(func(d *week.Draft) exchange.Cell { return exchange.IntCell(len(d.Week.LeftOut)) })},
		{Key: "overdue", Value: ofWeek(func(d *week.Draft) exchange.Cell { return exchange.IntCell(d.OverdueLeftOut()) })},
		{Key: "state", Value: func(_ View, w PlannedWeek) exchange.Cell { return exchange.TextCell(w.State) }},
	},
}

// MonthWeeks are several weeks of one rep.
var MonthWeeks = Table[PlannedWeek]{
	Name: "page.week", Heads: "weeks.file.",
	Columns: append(append([]Column[PlannedWeek]{
		{Key: "week", Value: func(v View, w PlannedWeek) exchange.Cell { return exchange.TextCell(v.Text.Week(w.Monday)) }},
		{Key: "monday", Value: func(_ View, w PlannedWeek) exchange.Cell { return exchange.DateCell(w.Monday) }},
	}, monthDays()...), []Column[PlannedWeek]{
		{Key: "visits", Value: ofBrief(func(b week.Brief) exchange.Cell { return exchange.IntCell(b.Visits) })},
		{Key: "room", Value: ofBrief(func(b week.Brief) exchange.Cell { return exchange.IntCell(b.Holds) })},
		{Key: "late", Value: ofBrief(func(b week.Brief) exchange.Cell { return exchange.IntCell(b.Late) })},
		{Key: "campaign", Value: ofBrief(func(b week.Brief) exchange.Cell { return exchange.IntCell(b.Campaign) })},
		{Key: "waiting", Value: ofBrief(func(b week.Brief) exchange.Cell { return exchange.IntCell(b.Waiting) })},
		{Key: "kilometres", Value: ofBrief(func(b week.Brief) exchange.Cell { return kilometres(b.Drive) })},
		{Key: "driving", Value: ofBrief(func(b week.Brief) exchange.Cell { return drivingHours(b.Drive) })},
		{Key: "state", Value: func(_ View, w PlannedWeek) exchange.Cell { return exchange.TextCell(w.State) }},
	}...),
}

// monthDays are the visits of each working day, or why there are none.
func monthDays() (columns []Column[PlannedWeek]) {
	for day := range week.Workdays {
		monday := model.NewDate(2026, 11, 23)
		columns = append(columns, Column[PlannedWeek]{
			Key: "day" + string(rune('1'+day)), Header: func(p *text.Printer) string { return p.Weekday(monday + model.Date(day)) },
			Value: func(v View, w PlannedWeek) exchange.Cell {
				switch {
				case w.Draft == nil:
					return exchange.Cell{}
				case len(w.Draft.Week.Days[day].Visits) == 0 && !w.Draft.Open(day):
					return exchange.TextCell(words.Week{Text: v.Text, Book: v.Book()}.MonthDay(w.Draft, day))
				}
				return exchange.IntCell(len(w.Draft.Week.Days[day].Visits))
			},
		})
	}
	return columns
}

func ofWeek(value func(*week.Draft) exchange.Cell) func(View, PlannedWeek) exchange.Cell {
	return func(_ View, w PlannedWeek) exchange.Cell {
		if w.Draft == nil {
			return exchange.Cell{}
		}
		return value(w.Draft)
	}
}

func ofBrief(value func(week.Brief) exchange.Cell) func(View, PlannedWeek) exchange.Cell {
	return ofWeek(func(d *week.Draft) exchange.Cell { return value(d.Brief()) })
}

func kilometres(drive route.Leg) exchange.Cell {
	return exchange.IntCell(int((drive.Metres + 500) / 1000))
}

func drivingHours(drive route.Leg) exchange.Cell {
	return exchange.DecimalCell(float64(drive.Time.Minutes())/60, 1)
}
