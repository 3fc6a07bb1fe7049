package words

// The week on its way out: as an itinerary for calendars and maps, and to print.

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// Itinerary is the draft for calendars and maps.
func (w Week) Itinerary(d *week.Draft) exchange.Itinerary {
	it := exchange.Itinerary{Rep: d.Rep, Title: w.title(d), Start: w.Start(d), At: d.Home()}
	for day := range week.Days {
		for _, away := range d.Away(day) {
			out := exchange.ItineraryAway{Date: d.Date(day), Title: AbsenceKind(w.Text, away.Absence.Kind)}
			if away.Whole() && away.Absence.Cover != "" {
				out.Title = w.Text.T("cover.calendar.away", text.Args{"Kind": out.Title, "Cover": w.Book.RepName(away.Absence.Cover)})
			}
			if !away.Whole() {
				out.Start, out.End = model.NewClock(away.From/60, away.From%60), model.NewClock(min(away.To, 24*60-1)/60, min(away.To, 24*60-1)%60)
			}
			it.Away = append(it.Away, out)
		}
	}
	for _, c := range w.Book.Covers(d.Rep.Code, d.Monday, d.Monday+week.Workdays-1) {
		it.Covers = append(it.Covers, exchange.ItineraryCover{Rep: c.Rep, From: c.From, To: c.To, Title: w.Text.T("cover.calendar", text.Args{"Rep": w.Book.RepName(c.Rep)})})
	}
	for day, plan := range d.Week.Days {
		if len(plan.Visits) == 0 {
			continue
		}
		out := exchange.ItineraryDay{
			Date: d.Date(day), Title: w.Text.WeekdayDate(d.Date(day)), Leave: clock(plan.Leave), Return: clock(plan.Return),
			Driving: duration(plan.Drive.Time), Metres: int(plan.Drive.Metres),
		}
		for _, v := range plan.Visits {
			stop := d.Stops[v.Stop]
			account := stop.Customer.Account
			account.Class = model.Class(w.Book.ClassName(account.Class)) // as people call it
			out.Visits = append(out.Visits, exchange.ItineraryVisit{
				Account: account, People: w.people(stop.Customer), Again: d.Nth(v.Stop), Start: clock(v.Start), End: clock(v.End), Why: strings.Join(w.Reasons(stop), " · "),
				Drive: duration(v.Drive.Time), Metres: int(v.Drive.Metres),
			})
		}
		it.Days = append(it.Days, out)
	}
	return it
}

// people are whom to ask for at an account, with their numbers; "" where nobody is known.
func (w Week) people(l *model.Customer) string {
	people := AskFor(l)
	if people == "" {
		return ""
	}
	return w.Text.T("week.people", text.Args{"People": people})
}

func (w Week) title(d *week.Draft) string {
	return w.Text.T("week.title", text.Args{"Rep": cmp.Or(d.Rep.Name, d.Rep.Code), "Week": w.Text.Week(d.Monday)})
}

// Start is what the place is called where days start and end.
func (w Week) Start(d *week.Draft) string {
	if d.HomeKnown() {
		return w.Text.T("week.home")
	}
	return w.Text.T("week.middle")
}

func clock(s route.Seconds) model.Clock {
	minutes := min(max(s.Minutes(), 0), 24*60-1)
	return model.NewClock(minutes/60, minutes%60)
}

func duration(s route.Seconds) time.Duration { return time.Duration(s) * time.Second }

// WritePrintout writes every day as Markdown, good to read as plain text and
// to print: what to take along on the road when nothing works.
func (w Week) WritePrintout(out io.Writer, drafts ...*week.Draft) error {
	var b strings.Builder
	for _, d := range drafts {
		fmt.Fprintf(&b, "# %s\n\n%s · %s\n", line(w.title(d)), w.Days(d.Monday), w.Totals(d))
		for day, plan := range d.Week.Days {
			if len(plan.Visits) > 0 {
				w.printDay(&b, d, day, plan)
			}
		}
		b.WriteString("\n")
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("writing the week to print: %w", err)
	}
	return nil
}

func (w Week) printDay(b *strings.Builder, d *week.Draft, day int, plan route.DayPlan) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", w.Text.WeekdayDate(d.Date(day)), w.DayTotals(plan))
	fmt.Fprintf(b, "- %s %s\n", plan.Leave, w.Start(d))
	for _, breach := range plan.Breaches {
		fmt.Fprintf(b, "- ! %s\n", w.Breach(breach))
	}
	for _, v := range plan.Visits {
		stop := d.Stops[v.Stop]
		a := stop.Customer.Account
		fmt.Fprintf(b, "- [ ] **%s–%s %s** (%s)\n", v.Start, v.End, line(a.Name), w.Book.ClassName(a.Class))
		details := []string{strings.Join(w.Reasons(stop), " · ")}
		if place := strings.TrimSpace(strings.Join([]string{a.Address.Street, strings.TrimSpace(a.Address.Postcode + " " + a.Address.City)}, ", ")); place != "," {
			details = append(details, strings.Trim(place, ", "))
		}
		for _, detail := range []string{w.Phone(a, d.Date(day)), w.people(stop.Customer), w.Hours(a.Hours), a.Note} {
			if detail != "" {
				details = append(details, detail)
			}
		}
		for _, warning := range w.Warnings(d, v) {
			details = append(details, "! "+warning)
		}
		details = append(details, w.Text.T("week.sheet.drive", text.Args{"Driving": w.Duration(v.Drive.Time), "Kilometres": w.Kilometres(v.Drive.Metres)}))
		for _, detail := range details {
			fmt.Fprintf(b, "      %s\n", line(detail))
		}
	}
	fmt.Fprintf(b, "- %s %s\n", plan.Return, w.Start(d))
}

// line is text that stays within its line of Markdown.
func line(s string) string {
	return strings.NewReplacer("\r", " ", "\n", " ", "*", "\\*", "`", "\\`", "<", "\\<").Replace(s)
}
