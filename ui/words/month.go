package words

// Several weeks of a rep, planned together.

import (
	"slices"
	"strings"

	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// MonthTotals is the sum of some weeks, against what the rep's accounts need in them.
func (w Week) MonthTotals(desk *week.Desk, drafts []*week.Draft) string {
	var sum week.Brief
	needed := 0.0
	for _, d := range drafts {
		sum = sum.Add(d.Brief())
		needed += desk.Needed(d.Rep.Code, d.Monday)
	}
	return w.Text.N("month.totals", sum.Visits, text.Args{
		"Weeks": w.Text.N("month.weeks", len(drafts)), "Kilometres": w.Kilometres(sum.Drive.Metres), "Driving": w.Duration(sum.Drive.Time),
		"Needed": w.Text.Decimal(needed, 0),
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

// MonthWeek is what a week of a month is for, in two lines: its visits, and who has to wait.
func (w Week) MonthWeek(d *week.Draft) [2]string {
	b := d.Brief()
	first := w.Text.T("month.week.none")
	if b.Visits > 0 {
		parts := []string{w.Text.N("month.week.visits", b.Visits)}
		if b.Late > 0 {
			parts = append(parts, w.Text.N("month.week.late", b.Late))
		}
		if b.Campaign > 0 {
			parts = append(parts, w.Text.N("month.week.campaign", b.Campaign, text.Args{"Campaigns": List(w.Text, w.campaigns(d), campaignsNamed)}))
		}
		first = strings.Join(parts, " · ")
	}
	if b.Waiting == 0 {
		return [2]string{first, w.Text.T("month.week.kept")}
	}
	return [2]string{first, w.Text.N("month.week.waiting", b.Waiting)}
}

// campaignsNamed is how many campaigns a line names.
const campaignsNamed = 3

// campaigns are the names of those that a week's visits serve.
func (w Week) campaigns(d *week.Draft) (names []string) {
	for _, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			for _, code := range d.Stops[v.Stop].Campaigns {
				if name := CampaignName(w.Book, code); !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}
