package command

// Clashes, and what is one's own: the filter of the commands that list tasks.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/owner"
	"doppelpass/ui/words"
)

// own says which tasks are asked for: all, or those of whoever asks.
func (r *run) own(day *model.Day, mine bool) func(owner.Owner) bool {
	if !mine {
		return func(owner.Owner) bool { return true }
	}
	return owner.MeOf(day.Book(), r.whoAsks(day.Book())).Has
}

// whoAsks is the person as the people's table knows them; who is not in it has the role
// that they have chosen for the app.
func (r *run) whoAsks(b *model.Book) model.Actor {
	a := r.actor()
	if p, ok := b.Person(a.Person); ok {
		return p.Actor(a.Device)
	}
	return a
}

// taskOfSignal is whose a signal is, taskOfClash whose it is to part a clash.
func taskOfSignal(day *model.Day, key model.SignalKey) owner.Owner { return owner.OfSignal(day, key) }

func taskOfClash(day *model.Day, c double.Clash) owner.Owner { return owner.OfClash(day, c) }

// wantedIn reports whether a clash is in one of the territories that are asked for.
func wantedIn(wanted func(model.Signal) bool, c double.Clash) bool {
	kind := model.StepUpVisits
	if c.Owner() == model.RoleMarketing {
		kind = model.AddTelemarketing
	}
	return slices.ContainsFunc(c.Territories, func(code string) bool { return wanted(model.Signal{Kind: kind, Territory: code}) })
}

func (r *run) clashesCommand() *cobra.Command {
	var asJSON, mine bool
	var territory string
	c := &cobra.Command{
		Use: "clashes", Short: "command.clashes.short", Long: "command.clashes.long", Args: r.noArgs,
		Example: "  doppelpass clashes\n  doppelpass clashes --mine\n  doppelpass clashes --territory Süd --json",
		RunE: func(*cobra.Command, []string) error {
			return r.onDay(territory, func(day *model.Day, wanted func(model.SignalKey) bool) error {
				own := r.own(day, mine)
				list := slices.DeleteFunc(double.Clashes(day), func(c double.Clash) bool {
					return !own(owner.OfClash(day, c)) || !slices.ContainsFunc(c.Territories, func(code string) bool { return wanted(model.SignalKey{Territory: code}) })
				})
				if asJSON {
					return r.writeJSON(clashesJSON(day, list))
				}
				if len(list) == 0 {
					return r.write(r.t("command.clashes.none") + "\n")
				}
				return r.write(strings.TrimPrefix(r.clashLines(day, list), "\n"))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().BoolVar(&mine, "mine", false, "owner.flag.mine")
	c.Flags().StringVar(&territory, "territory", "", "command.signals.flag.territory")
	r.completeWith(c, "territory", r.completeTerritory)
	return c
}

// clashLines are clashes under their heading; "" for none.
func (r *run) clashLines(day *model.Day, list []double.Clash) string {
	if len(list) == 0 {
		return ""
	}
	p, head := r.words(), r.bold(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s %s\n", head(words.ClashGlyph), head(p.N("command.signals.group.clashes", len(list))))
	var g grid
	for _, c := range list {
		g.add(words.RoleGlyph(c.Owner()), words.ClashSubject(p, day.Book(), c), words.ClashBrief(p, c, day.Date()), words.Owner(p, day.Book(), owner.OfClash(day, c)))
	}
	g.write(&b, "  ", g.widths(nil))
	return b.String()
}

// clashJSON is one clash for scripts.
type clashJSON struct {
	Kind        string   `json:"kind"`
	Owner       string   `json:"owner"`
	Whose       string   `json:"whose"`
	Campaigns   []string `json:"campaigns"`
	Territories []string `json:"territories"`
	From        string   `json:"from"`
	To          string   `json:"to"`
	Accounts    []string `json:"accounts"`
}

func clashAsJSON(day *model.Day, c double.Clash) clashJSON {
	j := clashJSON{string(c.Kind), string(c.Owner()), words.OwnerName(day.Book(), owner.OfClash(day, c)), []string{}, c.Territories, c.From.String(), c.To.String(), c.Accounts}
	if c.Kind == double.ClashCampaigns {
		j.Campaigns = c.Campaigns[:]
	}
	return j
}

func clashesJSON(day *model.Day, list []double.Clash) any {
	all := make([]clashJSON, len(list))
	for i, c := range list {
		all[i] = clashAsJSON(day, c)
	}
	return struct {
		Today   string      `json:"today"`
		Clashes []clashJSON `json:"clashes"`
	}{day.Date().String(), all}
}
