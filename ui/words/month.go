package words

// Several weeks of a rep, planned together.

import (
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// MonthTotals is the sum of some weeks, against what the rep's accounts need in them.
func (w Week) MonthTotals(drafts []*week.Draft, needed float64) string {
	var sum week.Brief
	for _, d := range drafts {
		sum = sum.Add(d.Brief())
	}
	return w.Text.N("month.totals", sum.Visits, text.Args{
		"Weeks": w.Text.N("month.weeks", len(drafts)), "Kilometres": w.Kilometres(sum.Drive.Metres), "Driving": w.Duration(sum.Drive.Time),
		"Needed": w.Text.Decimal(needed*float64(len(drafts)), 0),
	})
}

// Load is a week's visits against what it holds: "21 of 25".
func (w Week) Load(b week.Brief) string {
	return w.Text.T("month.load", text.Args{"Visits": w.Text.Int(b.Visits), "Holds": w.Text.Int(b.Holds)})
}

// MonthDay is a day in a month: the number of its visits, or why there is none.
func (w Week) MonthDay(d *week.Draft, day int) string {
	count := len(d.Week.Days[day].Visits)
	if count == 0 && !d.Open(day) {
		if d.Past(day) {
			return "·"
		}
		return w.Text.T("month.off")
	}
	return w.Text.Int(count)
}
