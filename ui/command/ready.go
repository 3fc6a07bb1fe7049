package command

// What signals still lack, and the mends, as the page offers them.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// readyFlags are the flags as they were typed.
type readyFlags struct {
	figures int
	name    string
	shares  []int
	days    map[string]string
	reps    map[string]string
	dry     bool
}

// mends are the ways of mending, with what to type for each.
var mends = []struct {
	way  ready.Way
	line string
}{
	{ready.WayOwners, "owners"}, {ready.WayPostcodes, "postcodes"}, {ready.WayAreas, "areas --figures 1"}, {ready.WayOne, "one"},
	{ready.WayReps, "reps --rep CODE=NAME"}, {ready.WayHolidays, "holidays"}, {ready.WayRank, "rank --shares 20,30"}, {ready.WayLast, "last-visits --day A=2026-10-01"},
}

func (r *run) readyCommand() *cobra.Command {
	var f readyFlags
	var names []string
	for _, mend := range mends {
		names = append(names, string(mend.way))
	}
	c := &cobra.Command{
		Use: "ready [WAY]", Short: "command.ready.short", Long: "command.ready.long", ValidArgs: names,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return usageError{r.t("command.no-arguments", text.Args{"Argument": args[1]})}
			case len(args) == 1 && !slices.Contains(names, args[0]):
				return usageError{r.t("command.flag.one-of", text.Args{"Flag": r.placeholders("WAY"), "Values": strings.Join(names, ", ")})}
			}
			return nil
		},
		Example: "  doppelpass ready\n  doppelpass ready owners --dry-run\n  doppelpass ready rank --shares 20,30\n  doppelpass ready last-visits --day A=2026-10-01 --day B=2026-07-01",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return r.listGaps()
			}
			return r.mend(ready.Way(args[0]), f)
		},
	}
	flags := c.Flags()
	flags.IntVar(&f.figures, "figures", 1, "command.ready.flag.figures")
	flags.StringVar(&f.name, "name", "", "command.ready.flag.name")
	flags.IntSliceVar(&f.shares, "shares", nil, "command.ready.flag.shares")
	flags.StringToStringVar(&f.days, "day", nil, "command.ready.flag.day")
	flags.StringToStringVar(&f.reps, "rep", nil, "command.ready.flag.rep")
	flags.BoolVar(&f.dry, "dry-run", false, "command.ready.flag.dry-run")
	return c
}

func (r *run) listGaps() error {
	return r.withDay(func(s *store.Store, day *model.Day) error {
		owners, err := s.Owners()
		if err != nil {
			return err
		}
		p := r.words()
		var b strings.Builder
		for _, gap := range ready.Gaps(day, owners) {
			fmt.Fprintf(&b, "%s\n  %s\n", words.Gap(p, gap), words.GapWhy(p, gap.Kind))
			for _, way := range gap.Ways {
				at := slices.IndexFunc(mends, func(m struct {
					way  ready.Way
					line string
				}) bool {
					return m.way == way
				})
				fmt.Fprintf(&b, "  %s: doppelpass ready %s\n", words.Way(p, way), mends[at].line)
			}
		}
		if b.Len() == 0 {
			fmt.Fprintln(&b, p.T("command.ready.none"))
		}
		_, err = fmt.Fprint(r.Output, b.String())
		return err
	})
}

// mend works a mend out, says what it changes, and makes it unless it is only tried.
func (r *run) mend(way ready.Way, f readyFlags) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	open := r.changing
	if f.dry {
		open = r.reading
	}
	s, err := open()
	if err != nil {
		return err
	}
	defer r.close(s)
	book, err := s.Book()
	if err != nil {
		return err
	}
	owners, err := s.Owners()
	if err != nil {
		return err
	}
	plan, err := r.mendPlan(way, f, book.On(today), owners)
	if err != nil {
		return err
	}
	p := r.words()
	if len(plan.Edits) == 0 {
		return plainError{p.T("command.ready.nothing"), codeFailed}
	}
	if !f.dry {
		if _, err := s.Apply(r.actor(), words.MendRequest(way, plan)); err != nil {
			return err
		}
	}
	fmt.Fprintln(r.Output, words.MendQuestion(p, way, plan))
	if f.dry {
		fmt.Fprintln(r.Output, p.T("command.import.dry"))
	}
	return nil
}

func (r *run) mendPlan(way ready.Way, f readyFlags, day *model.Day, owners map[string]string) (plan ready.Plan, err error) {
	p, book := r.words(), day.Book()
	settings := book.Settings()
	bad := func(flag, value string) error {
		return usageError{p.T("command.flag.invalid", text.Args{"Flag": flag, "Value": value})}
	}
	switch way {
	case ready.WayOwners:
		return ready.ByOwner(book, owners), nil
	case ready.WayPostcodes:
		return ready.ByPostcode(book), nil
	case ready.WayAreas:
		if f.figures < 1 || f.figures > ready.MostFigures {
			return plan, bad("--figures", strconv.Itoa(f.figures))
		}
		return ready.ByArea(book, f.figures, words.AreaTitle(p)), nil
	case ready.WayOne:
		name := f.name
		if name == "" {
			name = p.T("ready.all")
		}
		return ready.InOne(book, name), nil
	case ready.WayReps:
		vacant := ready.Vacant(book)
		for _, code := range slices.Sorted(maps.Keys(f.reps)) {
			if !slices.ContainsFunc(vacant, func(area *model.Area) bool { return area.Code == code }) {
				return plan, bad("--rep", code+"="+f.reps[code])
			}
		}
		return ready.Staff(book, f.reps), nil
	case ready.WayHolidays:
		return ready.ByLand(book), nil
	case ready.WayRank:
		shares, sum := f.shares, 0
		if shares == nil {
			shares = ready.Shares(settings)
		}
		for _, share := range shares {
			if sum += share; share < 0 || sum > 100 || len(shares) >= len(settings.ClassList()) {
				return plan, bad("--shares", strings.Trim(fmt.Sprint(shares), "[]"))
			}
		}
		return ready.ByRank(book, shares), nil
	}
	days := map[model.Class]model.Date{}
	for _, name := range slices.Sorted(maps.Keys(f.days)) {
		class, known := settings.ClassNamed(name)
		on, err := p.ParseDayToward(f.days[name], day.Date(), text.Back)
		if err != nil || !known || on > day.Date() {
			return plan, bad("--day", name+"="+f.days[name])
		}
		days[class] = on
	}
	return ready.Visited(day, days, words.AssumedNote(p)), nil
}

// fewAdded bounds the accounts up to which an import looks at what signals lack: who
// brings more has other things to see to than to wait for it.
const fewAdded = 20_000

// sayLacking points to what signals still lack once an import has brought accounts.
func (r *run) sayLacking(s *store.Store, reports []store.FileReport) error {
	added := 0
	for _, report := range reports {
		if report.Mapping.Table == model.TableAccounts {
			added += report.Tally.Added
		}
	}
	if added == 0 || added > fewAdded {
		return nil
	}
	today, err := r.day()
	if err != nil {
		return err
	}
	book, err := s.Book()
	if err != nil {
		return err
	}
	lacking := 0
	for _, gap := range ready.Gaps(book.On(today), nil) {
		if len(gap.Ways) > 0 {
			lacking++
		}
	}
	if lacking > 0 {
		_, err = fmt.Fprintln(r.Output, r.words().N("command.ready.hint", lacking))
	}
	return err
}
