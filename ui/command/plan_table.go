package command

// A planned week for people, on standard output.

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// tellPlan says the weeks on standard output, unless a file has it. Settled are each
// rep's visits that were planned and are over.
func (r *run) tellPlan(o planOptions, desk *week.Desk, say words.Week, drafts []*week.Draft, settled map[string][]model.SettledVisit) error {
	switch {
	case o.asJSON && o.weeks > 1:
		return writeMonthJSON(r.Output, desk, say, drafts)
	case o.asJSON:
		return writePlanJSON(r.Output, desk, say, drafts, settled)
	case o.calendar == "-" || o.maps == "-" || o.gpx == "-" || o.sheet == "-":
		return nil // standard output is the file's
	}
	today, err := r.day()
	if err != nil {
		return err
	}
	var b strings.Builder
	for i, weeks := range perRep(drafts) {
		if i > 0 {
			b.WriteString("\n")
		}
		if o.weeks > 1 {
			r.monthTable(&b, desk, say, weeks)
		} else {
			r.planTable(&b, say.Book.On(today), desk, say, weeks[0], settled[weeks[0].Rep.Code])
		}
	}
	if o.weeks > 1 {
		fmt.Fprintf(&b, "\n%s\n", r.dim(r.Output)(r.t("month.command.legend")))
	}
	if o.confirm {
		visits := 0
		for _, d := range drafts {
			visits += d.Week.Visits
		}
		fmt.Fprintf(&b, "\n%s\n", r.words().N("week.command.confirmed", visits))
	}
	_, err = io.WriteString(r.Output, b.String())
	return err
}

// planTable is a week for people.
func (r *run) planTable(b *strings.Builder, on *model.Day, desk *week.Desk, say words.Week, d *week.Draft, settled []model.SettledVisit) {
	p, head, dim := r.words(), r.bold(r.Output), r.dim(r.Output)
	sentence, _ := say.Capacity(d, desk.Needed(d.Rep.Code, d.Monday), math.MaxInt)
	fmt.Fprintf(b, "%s\n%s\n%s\n", head(say.Itinerary(d).Title+"  "+say.Days(d.Monday)), say.Totals(d), sentence)
	if sum := words.SettledSum(p, settled); sum != "" {
		fmt.Fprintf(b, "%s\n", sum)
	}
	for _, note := range say.Notes(d) {
		fmt.Fprintln(b, note)
	}
	if n := words.MarketingVisits(on, d); n > 0 {
		fmt.Fprintln(b, p.N("double.week", n))
	}
	var grids []*grid
	var widths []int
	for day, plan := range d.Week.Days[:d.Shown()] {
		g := &grid{}
		for _, s := range settled {
			if s.Date == d.Date(day) {
				clock := ""
				if s.Time != 0 {
					clock = s.Time.String()
				}
				g.add(clock, accountName(say.Book, s.Account), "", words.SettledWords(p, s))
			}
		}
		if len(plan.Visits) > 0 {
			g.add(plan.Leave.String(), dim(say.Start(d)), "", "")
		}
		for _, v := range plan.Visits {
			stop := d.Stops[v.Stop]
			notes := strings.Join(say.Reasons(stop), " · ")
			if also := words.MarketingAt(on, d, stop.Customer, day, nil); len(also) > 0 {
				notes = words.MarketingGlyph + " " + words.DoubleBrief(p, say.Book, also[0], on.Date()) + " · " + notes
			}
			if _, wished := d.Wished(v.Stop); wished {
				notes = say.TimeMark(d, v.Stop) + " · " + notes
			}
			for _, warning := range say.Warnings(d, v) {
				notes += "  ! " + warning
			}
			g.add(v.Start.String()+"–"+v.End.String(), stop.Customer.Name, say.Book.ClassName(stop.Customer.Class), notes)
		}
		if len(plan.Visits) > 0 {
			g.add(plan.Return.String(), dim(say.Start(d)), "", "")
		}
		grids = append(grids, g)
		widths = g.widths(widths)
	}
	for day, plan := range d.Week.Days[:d.Shown()] {
		title := p.WeekdayDay(d.Date(day))
		if len(plan.Visits) > 0 {
			title = r.t("week.day.title", text.Args{"Day": title, "Totals": say.DayTotals(plan)})
		}
		fmt.Fprintf(b, "\n%s\n", head(title))
		if rest := say.Rest(d, day); rest != "" && len(plan.Visits) == 0 && len(grids[day].rows) == 0 {
			fmt.Fprintf(b, "  %s\n", dim(rest))
		}
		if hours := say.AwayHours(d, day); hours != "" {
			fmt.Fprintf(b, "  %s\n", dim(hours))
		}
		for _, breach := range plan.Breaches {
			fmt.Fprintf(b, "  ! %s\n", say.Breach(breach))
		}
		grids[day].write(b, "  ", widths)
	}
	if !d.Past(d.Shown() - 1) {
		r.leftOutLines(b, say, d)
	}
}

// accountName is the name of an account, its code where it is gone.
func accountName(book *model.Book, code string) string {
	if l := book.Account(code); l != nil && l.Name != "" {
		return l.Name
	}
	return code
}

// leftOutShown is how many of those left out are listed.
const leftOutShown = 10

func (r *run) leftOutLines(b *strings.Builder, say words.Week, d *week.Draft) {
	left := slices.Clone(d.Week.LeftOut)
	if len(left) == 0 {
		return
	}
	slices.SortStableFunc(left, func(x, y route.LeftOut) int {
		return cmp.Compare(d.Stops[y.Stop].Prize.Points, d.Stops[x.Stop].Prize.Points)
	})
	fmt.Fprintf(b, "\n%s\n", r.bold(r.Output)(r.words().N("week.command.left", len(left))))
	g := &grid{}
	for _, l := range left[:min(len(left), leftOutShown)] {
		stop := d.Stops[l.Stop]
		g.add(stop.Customer.Name, say.Book.ClassName(stop.Customer.Class), strings.Join(say.Reasons(stop), " · "), say.LeftOut(d, l))
	}
	g.write(b, "  ", g.widths(nil))
	if more := len(left) - leftOutShown; more > 0 {
		fmt.Fprintf(b, "  %s\n", r.words().N("week.command.more", more))
	}
}
