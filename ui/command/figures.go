package command

// Sales' own figures: visits, reach, rhythm, appointments kept and orders at visits.

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/figures"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// figureMonths is how many months figures are of unless told otherwise.
const figureMonths = 6

// figureOptions are the flags of figures, as typed.
type figureOptions struct {
	by, territory, output string
	rep                   string
	months                int
	asJSON, aboutPeople   bool
}

func (r *run) figuresCommand() *cobra.Command {
	o := figureOptions{months: figureMonths}
	c := &cobra.Command{
		Use: "figures", Short: "figures.short", Long: "figures.long", Args: r.noArgs,
		Example: "  doppelpass figures\n  doppelpass figures --by class --months 12\n  doppelpass figures --by territory --territory Süd -o figures.xlsx\n  doppelpass figures --about-people",
		RunE:    func(*cobra.Command, []string) error { return r.figures(o) },
	}
	f := c.Flags()
	f.StringVar(&o.by, "by", string(figures.ByMonth), "figures.flag.by")
	f.IntVar(&o.months, "months", figureMonths, "figures.flag.months")
	f.StringVar(&o.territory, "territory", "", "command.signals.flag.territory")
	f.StringVar(&o.rep, "rep", "", "figures.flag.rep")
	f.StringVarP(&o.output, "output", "o", "", "figures.flag.output")
	f.BoolVar(&o.asJSON, "json", false, "command.flag.json")
	f.BoolVar(&o.aboutPeople, "about-people", false, "figures.flag.about-people")
	r.complete(c, "by", "month", "territory", "class")
	r.completeWith(c, "territory", r.completeTerritory)
	r.completeWith(c, "rep", r.completeRep)
	return c
}

func (r *run) figures(o figureOptions) error {
	if o.aboutPeople {
		return r.aboutPeople(o.asJSON)
	}
	if !slices.Contains(figures.Ways[:], figures.By(o.by)) {
		return r.oneOf("by", []string{"month", "territory", "class"})
	}
	if o.months < 1 || o.months > mostMonths {
		return r.outOfRange("months", 1, mostMonths, o.months)
	}
	format := exchange.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), "."))
	if o.output != "" && format != exchange.CSV && format != exchange.XLSX {
		return usageError{r.t("figures.needs-file")}
	}
	if o.rep != "" && o.territory != "" {
		return usageError{r.t("figures.both")}
	}
	looked := "" // the rep at whose own figures it was
	err := r.withDay(func(s *store.Store, day *model.Day) error {
		wanted, err := r.pick(day.Book(), "", o.territory)
		if err != nil {
			return err
		}
		if o.rep != "" {
			if o.rep, err = r.repNamed(day.Book(), o.rep); err != nil {
				return err
			}
			if !day.Book().MaySeeFigures(r.actorIn(day.Book()), o.rep) {
				return model.Unseen{Rep: o.rep}
			}
		}
		frame := figures.Frame{First: firstOfMonths(day.Date(), o.months), Last: day.Date(), By: figures.By(o.by),
			Wanted: func(area *model.Area) bool {
				return (o.rep == "" || area.Rep == o.rep) && wanted(model.Signal{Kind: model.StepUpVisits, Territory: area.Code})
			}}
		if looked, err = r.look(s, day.Book(), frame.Wanted); err != nil {
			return err
		}
		var failed error
		frame.Visits, frame.Settled = rowsOf[model.Visit](s, model.TableVisits, &failed), rowsOf[model.SettledVisit](s, model.TableSettled, &failed)
		rows, all := figures.Make(day, frame)
		if failed != nil {
			return failed
		}
		view := tables.View{Text: r.words(), Day: day}
		switch {
		case o.output != "":
			return r.writeOut(o.output, func(w io.Writer) error {
				return exchange.Write(w, format, tables.Locale(r.language), tables.Figures.Sheet(view, tables.FigureRows(rows)))
			})
		case o.asJSON:
			return r.writeJSON(figuresJSON(view, frame, rows, all))
		}
		return r.write(r.figureLines(view, frame, rows, all, o.rep))
	})
	if err != nil || looked == "" {
		return err
	}
	s, err := r.changing()
	if err != nil {
		return err
	}
	return errors.Join(s.NoteLook(r.actor(), "figures.look", looked), r.close(s))
}

// look writes into the history that figures are those of one rep alone, where somebody
// else looks at them. What the store, which is open for reading, cannot be told it gives
// back.
func (r *run) look(s *store.Store, book *model.Book, wanted func(*model.Area) bool) (later string, err error) {
	var areas []*model.Area
	for _, area := range book.Areas() {
		if area.Known && wanted(area) {
			areas = append(areas, area)
		}
	}
	rep, actor := model.OneRep(areas), r.actorIn(book)
	if !book.Noted(actor, rep) {
		return "", nil
	}
	name := book.RepName(rep)
	if s.ReadOnly() {
		if r.Session != nil && r.Session.Store != nil { // it is only read there
			return "", nil
		}
		return name, nil
	}
	return "", s.NoteLook(actor, "figures.look", name)
}

// rowsOf are the records of a table, one after the other; failed is the error that ended
// them.
func rowsOf[R model.Record](s *store.Store, table model.Table, failed *error) iter.Seq[R] {
	return func(yield func(R) bool) {
		for record, err := range s.Records(table) {
			if err != nil {
				*failed = err
				return
			}
			if !yield(record.(R)) {
				return
			}
		}
	}
}

func (r *run) figureLines(v tables.View, f figures.Frame, rows []figures.Row, all figures.Sums, rep string) string {
	p := v.Text
	var b strings.Builder
	title := "figures.title"
	if rep != "" {
		title += ".rep"
	}
	fmt.Fprintf(&b, "%s\n\n", r.bold(r.Output)(p.T(title, text.Args{"Rep": v.Day.Book().RepName(rep), "From": p.DayOf(f.First, v.Today()), "To": p.DayOf(f.Last, v.Today())})))
	if all.Accounts == 0 {
		fmt.Fprintln(&b, p.T("figures.none"))
		return b.String()
	}
	share := func(n, of int) string { return tables.FigureShare(p, n, of) }
	g := grid{right: map[int]bool{}}
	titles := []string{""}
	for i, title := range []string{"accounts", "visits", "reach", "rhythm", "agreed", "kept", "orders", "value"} {
		titles = append(titles, p.T("figures.column."+title))
		g.right[i+1] = true
	}
	g.add(titles...)
	line := func(name string, s figures.Sums) {
		g.add(name, p.Int(s.Accounts), p.Int(s.Visits), share(s.Reached, s.Accounts), share(s.InRhythm, s.Rhythmic), p.Int(s.Agreed), share(s.Kept, s.Agreed), p.Int(s.Orders), p.Money(s.Value))
	}
	for _, row := range rows {
		line(tables.FigureRow(v, row), row.Sums)
	}
	g.add("")
	line(p.T("figures.all"), all)
	g.write(&b, "  ", g.widths(nil))
	if f.By == figures.ByMonth && len(rows) > 1 {
		fmt.Fprintln(&b)
		g := grid{}
		for _, t := range tables.FigureTrends(p, rows) {
			last := len(t.Says) - 1
			g.add(t.Title, kit.SparklineTo(t.Values, t.Top, len(rows)), t.Says[0]+" → "+t.Says[last-1], p.T("figures.trend.now", text.Args{"Now": t.Says[last]}))
		}
		g.write(&b, "  ", g.widths(nil))
	}
	fmt.Fprintf(&b, "\n%s\n", r.dim(r.Output)(p.T("figures.legend")))
	return b.String()
}

type figureScript struct {
	Row      string  `json:"row"`
	Accounts int     `json:"accounts"`
	Visits   int     `json:"visits"`
	Reached  int     `json:"reached"`
	Rhythmic int     `json:"rhythmic"`
	InRhythm int     `json:"in_rhythm"`
	Agreed   int     `json:"agreed"`
	Kept     int     `json:"kept"`
	Orders   int     `json:"orders"`
	Value    float64 `json:"value"`
}

func figuresJSON(v tables.View, f figures.Frame, rows []figures.Row, all figures.Sums) any {
	one := func(name string, s figures.Sums) figureScript {
		return figureScript{name, s.Accounts, s.Visits, s.Reached, s.Rhythmic, s.InRhythm, s.Agreed, s.Kept, s.Orders, float64(s.Value) / 100}
	}
	list := []figureScript{}
	for _, row := range rows {
		name := row.Territory + string(row.Class)
		if row.Month != 0 {
			name = row.Month.String()[:7]
		}
		list = append(list, one(name, row.Sums))
	}
	return struct {
		From string         `json:"from"`
		To   string         `json:"to"`
		By   string         `json:"by"`
		Rows []figureScript `json:"rows"`
		All  figureScript   `json:"all"`
	}{f.First.String(), f.Last.String(), string(f.By), list, one("", all)}
}
