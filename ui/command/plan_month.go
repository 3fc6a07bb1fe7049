package command

// Several weeks planned at once, for people and for scripts. Each week on its own is told
// as by plan for one week, with --json.

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// together plans several weeks of a rep: who is seen in which, and then each as one week
// is planned.
func (r *run) together(ctx context.Context, s *store.Store, o planOptions, desk *week.Desk, rep string, monday model.Date, bar *bar) (drafts []*week.Draft, err error) {
	m, err := desk.Month(rep, monday, o.weeks)
	if err != nil {
		return nil, err
	}
	m.Deal(m.Dealing().Run(week.MonthSteps, func() bool { return ctx.Err() != nil }))
	for w := range m.Weeks {
		bar.show(int64(w), int64(m.Weeks))
		d, err := m.Draft(w)
		if err != nil {
			return nil, err
		}
		if o.osrm != "" {
			r.byRoad(ctx, s, o.osrm, d)
		}
		if err := r.improve(ctx, o, d); err != nil {
			return nil, err
		}
		m.Took(w, d)
	}
	if err := m.Settle(); err != nil {
		return nil, err
	}
	for w := range m.Weeks {
		drafts = append(drafts, m.Week(w))
	}
	return drafts, nil
}

// perRep are the drafts of each rep, in their order.
func perRep(drafts []*week.Draft) (reps [][]*week.Draft) {
	for _, d := range drafts {
		if last := len(reps) - 1; last >= 0 && reps[last][0].Rep.Code == d.Rep.Code {
			reps[last] = append(reps[last], d)
		} else {
			reps = append(reps, []*week.Draft{d})
		}
	}
	return reps
}

// monthTable is a rep's weeks for people, a line each.
func (r *run) monthTable(b *strings.Builder, desk *week.Desk, say words.Week, drafts []*week.Draft) {
	p, head, dim := r.words(), r.bold(r.Output), r.dim(r.Output)
	first, last := drafts[0], drafts[len(drafts)-1]
	fmt.Fprintf(b, "%s\n%s\n\n", head(r.t("month.title", text.Args{
		"Rep": cmp.Or(first.Rep.Name, first.Rep.Code), "First": p.Week(first.Monday), "Last": p.Week(last.Monday),
	})), say.MonthTotals(desk, drafts))
	g := &grid{right: map[int]bool{}}
	titles := []string{r.t("month.column.week"), ""}
	for day := range week.Workdays {
		titles = append(titles, p.Weekday(first.Date(day)))
	}
	titles = append(titles, r.t("month.column.visits"), r.t("month.column.load"), r.t("month.column.late"), r.t("month.column.campaign"), r.t("month.column.waiting"), r.t("month.column.driving"))
	for i, title := range titles {
		g.right[i] = i > 1
		titles[i] = dim(title)
	}
	g.add(titles...)
	for _, d := range drafts {
		brief := d.Brief()
		cells := []string{p.Week(d.Monday), say.Days(d.Monday)}
		for day := range week.Workdays {
			cells = append(cells, say.MonthDay(d, day))
		}
		g.add(append(cells, p.Int(brief.Visits), say.Load(brief), p.Int(brief.Late), p.Int(brief.Campaign), p.Int(brief.Waiting), say.Duration(brief.Drive.Time))...)
	}
	g.write(b, "  ", g.widths(nil))
}

type monthJSON struct {
	From  string         `json:"from"`
	Weeks int            `json:"weeks"`
	Reps  []monthRepJSON `json:"reps"`
}

type monthRepJSON struct {
	Rep            string          `json:"rep"`
	Name           string          `json:"name"`
	Visits         int             `json:"visits"`
	Kilometres     float64         `json:"kilometres"`
	DrivingMinutes int             `json:"driving_minutes"`
	Weeks          []monthWeekJSON `json:"weeks"`
}

type monthWeekJSON struct {
	Week     string `json:"week"`
	Holds    int    `json:"holds"`
	Late     int    `json:"late"`
	Campaign int    `json:"campaign"`
	planRepJSON
}

func isoWeek(monday model.Date) string {
	year, number := monday.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, number)
}

func writeMonthJSON(w io.Writer, desk *week.Desk, say words.Week, drafts []*week.Draft) error {
	say.Text = text.New(text.English)
	out := monthJSON{Reps: []monthRepJSON{}}
	for _, weeks := range perRep(drafts) {
		rep := monthRepJSON{Rep: weeks[0].Rep.Code, Name: weeks[0].Rep.Name}
		var sum week.Brief
		for _, d := range weeks {
			brief := d.Brief()
			sum = sum.Add(brief)
			rep.Weeks = append(rep.Weeks, monthWeekJSON{isoWeek(d.Monday), brief.Holds, brief.Late, brief.Campaign, planOfRep(desk, say, d)})
		}
		rep.Visits, rep.Kilometres, rep.DrivingMinutes = sum.Visits, kilometres(sum.Drive.Metres), sum.Drive.Time.Minutes()
		out.From, out.Weeks = isoWeek(weeks[0].Monday), len(weeks)
		out.Reps = append(out.Reps, rep)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}
