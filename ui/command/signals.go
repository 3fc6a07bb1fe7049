package command

// The signals, as a table for people.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/model/double"
	"doppelpass/store"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) signalsCommand() *cobra.Command {
	var (
		asJSON, mine     bool
		owner, territory string
	)
	c := &cobra.Command{
		Use: "signals", Aliases: []string{"flags"}, Short: "command.signals.short", Long: "command.signals.long", Args: r.noArgs,
		Example: "  doppelpass signals\n  doppelpass signals --owner marketing --territory Süd\n  doppelpass signals --json --today 2026-11-24",
		RunE: func(*cobra.Command, []string) error {
			if owner != "" && owner != string(model.RoleSales) && owner != string(model.RoleMarketing) {
				return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--owner", "Values": "sales, marketing"})}
			}
			today, err := r.day()
			if err != nil {
				return err
			}
			return r.read(func(s *store.Store) error {
				if r.Brief != nil && r.Session == nil {
					r.Brief()
				}
				var out bytes.Buffer
				if err := s.Rules(func(book *model.Book) error {
					wanted, err := r.pick(book, model.Role(owner), territory)
					if err != nil {
						return err
					}
					day := book.On(today)
					own := r.own(day, mine)
					var clashes []double.Clash
					cores.Each(2, 1, func(piece int) { // both take time
						if piece == 0 {
							day.Signals()
						} else {
							clashes = double.Clashes(day)
						}
					})
					list := slices.DeleteFunc(slices.Clone(day.Signals()), func(s model.Signal) bool { return !wanted(s) || !own(taskOfSignal(day, s.Key())) })
					clashes = slices.DeleteFunc(clashes, func(c double.Clash) bool {
						return owner != "" && c.Owner() != model.Role(owner) || !wantedIn(wanted, c) || !own(taskOfClash(day, c))
					})
					if asJSON {
						return writeSignalsJSON(&out, day, list, clashes)
					}
					out.WriteString(r.signalsTable(day, list) + r.clashLines(day, clashes))
					return nil
				}); err != nil {
					return err
				}
				_, err := out.WriteTo(r.Output) // whoever reads may take their time
				return err
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().BoolVar(&mine, "mine", false, "owner.flag.mine")
	c.Flags().StringVar(&owner, "owner", "", "command.signals.flag.owner")
	c.Flags().StringVar(&territory, "territory", "", "command.signals.flag.territory")
	r.complete(c, "owner", "sales", "marketing")
	r.completeWith(c, "territory", r.completeTerritory)
	return c
}

// pick says which signals are asked for. The area is a territory's code or name,
// or a region's path.
func (r *run) pick(book *model.Book, owner model.Role, area string) (func(model.Signal) bool, error) {
	inside := map[string]bool{}
	for _, a := range book.Areas() {
		if area == "" || strings.EqualFold(a.Code, area) || strings.EqualFold(a.Name, area) ||
			model.InRegion(strings.ToLower(a.Region), strings.ToLower(strings.Trim(area, "/"))) {
			inside[a.Code] = true
		}
	}
	if area != "" && len(inside) == 0 {
		return nil, usageError{r.t("command.signals.no-territory", text.Args{"Territory": area})}
	}
	return func(s model.Signal) bool { return (owner == "" || s.Kind.Owner() == owner) && inside[s.Territory] }, nil
}

func (r *run) completeTerritory(*cobra.Command, []string, string) (values []string, _ cobra.ShellCompDirective) {
	_ = r.read(func(s *store.Store) error { // without a store there is nothing to offer
		for record, err := range s.Records(model.TableTerritories) {
			if err != nil {
				return err
			}
			t := record.(model.Territory)
			values = append(values, t.Code+"\t"+t.Name)
			if !slices.Contains(values, t.Region) {
				values = append(values, t.Region)
			}
		}
		return nil
	})
	return values, cobra.ShellCompDirectiveNoFileComp
}

// signalGroup is one heading of the table.
type signalGroup struct {
	heading string // key
	glyph   string
	kind    model.Kind
	state   model.SignalState
}

var signalGroups = [...]signalGroup{
	{"command.signals.group.visits", words.SalesGlyph, model.StepUpVisits, model.SignalOpen},
	{"command.signals.group.reports", words.ReportsGlyph, model.ReportsMissing, model.SignalOpen},
	{"command.signals.group.telemarketing", words.MarketingGlyph, model.AddTelemarketing, model.SignalOpen},
	{"command.signals.group.on-course", words.CourseGlyph, model.StepUpVisits, model.SignalOnCourse},
	{"command.signals.group.in-hand", words.DoneGlyph, model.AddTelemarketing, model.SignalInHand},
}

// signalsTable is the list grouped by who has to do what, most urgent first.
func (r *run) signalsTable(day *model.Day, list []model.Signal) string {
	p, head, dim := r.words(), r.bold(r.Output), r.dim(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", head(r.t("command.signals.title", text.Args{"Day": p.WeekdayDate(day.Date()), "Week": p.Week(day.Date())})))
	if len(list) == 0 {
		fmt.Fprintf(&b, "\n%s\n", r.t("command.signals.none"))
		return b.String()
	}
	view, table := tables.View{Text: p, Day: day}, tables.SignalsPrinted
	grids := make([]grid, len(signalGroups))
	var widths []int
	for i, group := range signalGroups {
		grids[i].right = table.Right()
		for _, s := range list {
			if s.Kind == group.kind && s.State() == group.state {
				grids[i].add(table.Printed(view, s)...)
			}
		}
		widths = grids[i].widths(widths)
	}
	for i, group := range signalGroups {
		if len(grids[i].rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s %s\n", head(group.glyph), head(p.N(group.heading, len(grids[i].rows))))
		grids[i].write(&b, "  ", widths)
	}
	var away []string
	for _, s := range list {
		if area := day.Book().Area(s.Territory); area != nil && area.Rep != "" {
			if said := words.Absent(p, day.Book(), area.Rep, day.Date()); said != "" && !slices.Contains(away, said) {
				away = append(away, said)
			}
		}
	}
	if len(away) > 0 {
		fmt.Fprintf(&b, "\n%s\n  %s\n", head(r.t("cover.away.heading")), strings.Join(away, "\n  "))
	}
	fmt.Fprintf(&b, "\n%s\n", dim(r.t("command.signals.legend")))
	return b.String()
}
