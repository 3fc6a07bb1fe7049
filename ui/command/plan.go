package command

// Planning: a rep's week, or those of a region's reps, proposed and told, written
// into files, or confirmed.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/roads"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// planIterations is the length of a run without --iterations and --seconds: the same
// data then always give the same week.
const planIterations = 100_000

// planOptions are the flags of plan.
type planOptions struct {
	rep, region, week       string
	asJSON, confirm         bool
	calendar, maps          string
	gpx, sheet              string
	seconds                 float64
	iterations, weeks       int
	osrm                    string
	secondsGiven, iterGiven bool
}

func (r *run) planCommand() *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use: "plan", Short: "week.command.short", Long: "week.command.long", Args: r.noArgs,
		Example: "  doppelpass plan --rep R1 --week 2026-W49\n  doppelpass plan --rep R1 --ics week.ics --sheet week.html\n  doppelpass plan --rep R1 --weeks 8\n  doppelpass plan --region Süd --confirm",
		RunE: func(c *cobra.Command, _ []string) error {
			o.secondsGiven, o.iterGiven = c.Flags().Changed("seconds"), c.Flags().Changed("iterations")
			return r.plan(c.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.rep, "rep", "", "week.command.flag.rep")
	f.StringVar(&o.region, "region", "", "week.command.flag.region")
	f.StringVar(&o.week, "week", "", "week.command.flag.week")
	f.IntVar(&o.weeks, "weeks", 1, "month.command.flag.weeks")
	f.BoolVar(&o.asJSON, "json", false, "command.flag.json")
	f.StringVar(&o.calendar, "ics", "", "week.command.flag.ics")
	f.StringVar(&o.maps, "geojson", "", "week.command.flag.geojson")
	f.StringVar(&o.gpx, "gpx", "", "week.command.flag.gpx")
	f.StringVar(&o.sheet, "sheet", "", "week.command.flag.sheet")
	f.BoolVar(&o.confirm, "confirm", false, "week.command.flag.confirm")
	f.Float64Var(&o.seconds, "seconds", 0, "week.command.flag.seconds")
	f.IntVar(&o.iterations, "iterations", 0, "week.command.flag.iterations")
	f.StringVar(&o.osrm, "osrm", "", "week.command.flag.osrm")
	r.completeWith(c, "rep", r.completeRep)
	r.completeWith(c, "region", r.completeRegion)
	return c
}

func (r *run) completeRep(*cobra.Command, []string, string) (values []string, _ cobra.ShellCompDirective) {
	_ = r.read(func(s *store.Store) error { // without a store there is nothing to offer
		for record, err := range s.Records(model.TableReps) {
			if err != nil {
				return err
			}
			rep := record.(model.Rep)
			values = append(values, rep.Code+"\t"+rep.Name)
		}
		return nil
	})
	return values, cobra.ShellCompDirectiveNoFileComp
}

// completeRegion offers every region that a territory lies in, the wider ones too.
func (r *run) completeRegion(*cobra.Command, []string, string) (values []string, _ cobra.ShellCompDirective) {
	_ = r.read(func(s *store.Store) error { // without a store there is nothing to offer
		for record, err := range s.Records(model.TableTerritories) {
			if err != nil {
				return err
			}
			for path := record.(model.Territory).Region; path != ""; path = path[:max(strings.LastIndex(path, "/"), 0)] {
				if !slices.Contains(values, path) {
					values = append(values, path)
				}
			}
		}
		return nil
	})
	slices.Sort(values)
	return values, cobra.ShellCompDirectiveNoFileComp
}

func (r *run) plan(ctx context.Context, o planOptions) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	monday, err := r.weekOf(o.week, today)
	if err != nil {
		return err
	}
	switch {
	case o.secondsGiven && !(o.seconds > 0 && o.seconds <= 3600):
		return usageError{r.t("week.command.seconds")}
	case o.iterGiven && (o.iterations < 1 || o.iterations > 1_000_000_000):
		return usageError{r.t("week.command.iterations")}
	case o.weeks < 1 || o.weeks > week.MostWeeks:
		return usageError{r.t("month.command.weeks")}
	case (o.rep == "") == (o.region == ""):
		return usageError{r.t("week.command.whose")}
	case o.onStandardOutput() > 1:
		return usageError{r.t("command.stdout-once")}
	}
	if o.osrm != "" && r.Session != nil && r.Session.Remote {
		return plainError{r.t("session.remote.flag", text.Args{"Flag": "--osrm"}), codeUsage}
	}
	o.osrm = cmp.Or(o.osrm, r.Getenv("DOPPELPASS_OSRM"))
	s, err := r.planStore(o)
	if err != nil {
		return err
	}
	return errors.Join(r.planWith(ctx, s, o, monday, today), r.close(s))
}

// planStore opens the store: for writing only where something is to be kept.
func (r *run) planStore(o planOptions) (*store.Store, error) {
	if o.confirm {
		return r.changing()
	}
	if o.osrm != "" {
		// Drives from the server are worth keeping, but a store that somebody else has
		// open is no reason not to plan.
		if s, err := r.changing(); err == nil {
			return s, nil
		}
	}
	return r.reading()
}

// weekOf reads a week as people write it; without one it is the coming week, or this
// one on its Monday.
func (r *run) weekOf(typed string, today model.Date) (model.Date, error) {
	if typed == "" {
		if monday := today.Monday(); monday < today {
			return monday + 7, nil
		}
		return today, nil
	}
	d, err := r.words().ParseDay(typed, today)
	if err != nil {
		return 0, usageError{r.t("command.flag.bad", text.Args{"Flag": "--week", "Detail": err.Error()})}
	}
	return d.Monday(), nil
}

func (r *run) planWith(ctx context.Context, s *store.Store, o planOptions, monday, today model.Date) error {
	book, err := s.Book()
	if err != nil {
		return err
	}
	reps, err := r.planReps(book, today, o)
	if err != nil {
		return err
	}
	desk := week.NewDesk(book.On(today), book.On(today).Signals(), week.DefaultRules())
	var drafts []*week.Draft
	var proposed []model.PlannedVisit
	bar := r.newBar("week.command.progress")
	defer bar.clear()
	for i, rep := range reps {
		bar.name = book.RepName(rep)
		if o.weeks > 1 {
			weeks, err := r.together(ctx, s, o, desk.Besides(proposed), rep, monday, bar)
			if err != nil {
				return err
			}
			drafts = append(drafts, weeks...)
			for _, d := range weeks {
				proposed = append(proposed, d.Proposed()...)
			}
			continue
		}
		bar.show(int64(i), int64(len(reps)))
		d, err := desk.Besides(proposed).Draft(rep, monday) // who stands in is not sent where the rep goes
		if err != nil {
			return err
		}
		if o.osrm != "" {
			r.byRoad(ctx, s, o.osrm, d)
		}
		if err := r.improve(ctx, o, d); err != nil {
			return err
		}
		drafts, proposed = append(drafts, d), append(proposed, d.Proposed()...)
	}
	bar.clear()
	say := words.Week{Text: r.words(), Book: book}
	if err := r.writePlans(s, today, o, say, drafts); err != nil { // a week is not confirmed that nobody gets on paper
		return err
	}
	if o.confirm {
		if err := r.confirmPlan(s, book, today, drafts); err != nil {
			return err
		}
	}
	settled := map[string][]model.SettledVisit{}
	for _, d := range drafts {
		if _, known := settled[d.Rep.Code]; known || d.Monday > today {
			continue
		}
		if settled[d.Rep.Code], err = s.Settled(d.Rep.Code, d.Monday, d.Monday+week.Days-1); err != nil {
			return err
		}
	}
	return r.tellPlan(o, desk, say, drafts, settled)
}

// planReps are the codes of those whose weeks are asked for.
func (r *run) planReps(book *model.Book, today model.Date, o planOptions) ([]string, error) {
	var reps []string
	for _, area := range book.Areas() {
		wanted := strings.EqualFold(area.Rep, o.rep) || strings.EqualFold(book.RepName(area.Rep), o.rep)
		if o.region != "" {
			wanted = model.InRegion(strings.ToLower(area.Region), strings.ToLower(strings.Trim(o.region, "/")))
		}
		if area.Rep != "" && wanted && !slices.Contains(reps, area.Rep) {
			reps = append(reps, area.Rep)
		}
	}
	if o.region == "" { // who has no territory may stand in for somebody, or have visits
		for _, rep := range append(book.StandingIn(today.Monday()), book.Planning(today.Monday())...) {
			if (strings.EqualFold(rep, o.rep) || strings.EqualFold(book.RepName(rep), o.rep)) && !slices.Contains(reps, rep) {
				reps = append(reps, rep)
			}
		}
	}
	switch {
	case len(reps) > 0:
		slices.Sort(reps)
		return reps, nil
	case o.region != "":
		return nil, usageError{r.t("week.command.no-region", text.Args{"Region": o.region})}
	}
	return nil, usageError{r.t("week.command.no-rep", text.Args{"Rep": o.rep})}
}

// byRoad puts a routing server's drives in place of estimates; where that fails, the
// estimates stay and the person is told.
func (r *run) byRoad(ctx context.Context, s *store.Store, address string, d *week.Draft) {
	travel, err := roads.Server{URL: address, Store: s}.Travel(ctx, d.Places(), d.Worthwhile(roads.MostPlaces))
	if err == nil {
		err = d.SetTravel(travel)
	}
	if err != nil {
		r.complain(words.Roads(r.words(), err))
	}
}

// improve runs the planner on a draft: for a number of iterations, which always gives
// the same week, or for some seconds.
func (r *run) improve(ctx context.Context, o planOptions, d *week.Draft) error {
	options := route.Options{Seed: 1, Iterations: o.iterations, Stop: func() bool { return ctx.Err() != nil }}
	switch {
	case o.secondsGiven:
		until := time.Now().Add(time.Duration(o.seconds * float64(time.Second)))
		options.Stop = func() bool { return ctx.Err() != nil || time.Now().After(until) }
	case o.iterations == 0:
		options.Iterations = planIterations
	}
	solved, err := d.Improve().Run(options)
	if err != nil {
		return fmt.Errorf("planning the week of %s: %w", d.Rep.Code, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err = d.Take(solved)
	return err
}

// confirmPlan writes all weeks as one step of the history.
func (r *run) confirmPlan(s *store.Store, book *model.Book, today model.Date, drafts []*week.Draft) error {
	request := store.Request{Action: "plan.confirm"}
	var subjects []string
	for _, weeks := range perRep(drafts) {
		for _, d := range weeks {
			put, remove := d.Confirmed(book)
			for _, planned := range put {
				request.Puts = append(request.Puts, store.Put{Record: planned})
			}
			granted, _ := d.Granted()
			for _, wish := range granted {
				request.Puts = append(request.Puts, store.Put{Record: wish.Confirmed(today, r.actor().Name), Before: wish})
			}
			request.Deletes = append(request.Deletes, remove...)
		}
		subjects = append(subjects, words.WeeksSubject(cmp.Or(weeks[0].Rep.Name, weeks[0].Rep.Code), weeks[0].Monday, weeks[len(weeks)-1].Monday))
	}
	request.Subject = strings.Join(subjects, words.SubjectSeparator)
	if len(request.Puts)+len(request.Deletes) == 0 {
		return nil
	}
	_, err := s.Apply(r.actor(), request)
	return err
}

// onStandardOutput counts the files that are to go to standard output, which is one.
func (o planOptions) onStandardOutput() (n int) {
	for _, path := range [...]string{o.calendar, o.maps, o.gpx, o.sheet} {
		if path == "-" {
			n++
		}
	}
	if o.asJSON {
		n++
	}
	return n
}

// writePlans writes the files that the weeks are asked for as.
func (r *run) writePlans(s *store.Store, today model.Date, o planOptions, say words.Week, drafts []*week.Draft) error {
	itineraries := make([]exchange.Itinerary, len(drafts))
	for i, d := range drafts {
		itineraries[i] = say.Itinerary(d)
	}
	for _, form := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{o.calendar, func(w io.Writer) error { return exchange.WriteCalendar(w, r.Now(), time.Local, itineraries...) }},
		{o.maps, func(w io.Writer) error { return exchange.WriteGeoJSON(w, itineraries...) }},
		{o.gpx, func(w io.Writer) error { return exchange.WriteGPX(w, itineraries...) }},
		{o.sheet, func(w io.Writer) error {
			last, err := store.LastVisits(s, words.DaySheetNeeds(drafts...))
			if err != nil {
				return err
			}
			return say.WriteDaySheets(w, last, today, drafts...)
		}},
	} {
		if form.path == "" {
			continue
		}
		if err := r.writeOut(form.path, form.write); err != nil {
			return err
		}
	}
	return nil
}
