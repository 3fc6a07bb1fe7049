package command

// The review of a campaign: what became of those who were visited, called, both or neither.

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/store"
	"doppelpass/ui/paper"
	written "doppelpass/ui/review"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) reviewCommand() *cobra.Command {
	var asJSON, asHTML bool
	var output string
	c := &cobra.Command{
		Use: "review CAMPAIGN", Short: "review.short", Long: "review.long", Args: r.oneArg("CAMPAIGN"),
		Example: "  doppelpass review MAIL-2611\n  doppelpass review MAIL-2611 --json\n  doppelpass review MAIL-2611 -o review.html",
		RunE: func(_ *cobra.Command, args []string) error {
			write, err := r.paperFormat(output)
			if err != nil {
				return err
			}
			if asHTML && output == "" {
				write = paper.HTML
			}
			return r.withDay(func(s *store.Store, day *model.Day) error {
				book := day.Book()
				campaign, err := r.campaignNamed(book, args[0])
				switch {
				case err != nil:
					return err
				case campaign.Status != model.CampaignPlanned:
					return plainError{r.t("review.not-planned", text.Args{"Campaign": words.CampaignName(book, campaign.Code)}), codeFailed}
				}
				visits, _, err := s.Visits(store.ReviewQuery(day, campaign))
				if err != nil {
					return err
				}
				made := review.Make(day, campaign, visits)
				if asJSON {
					return r.writeJSON(reviewJSON(made))
				}
				if write != nil {
					page := written.Write(r.words(), book, made, day.Date())
					return r.writeOut(output, func(w io.Writer) error { return write(w, page) })
				}
				return r.write(r.reviewLines(day, made))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().BoolVar(&asHTML, "html", false, "review.flag.html")
	c.Flags().StringVarP(&output, "output", "o", "", "review.flag.output")
	return c
}

func (r *run) reviewLines(day *model.Day, v review.Review) string {
	p, today := r.words(), day.Date()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.bold(r.Output)(words.CampaignName(day.Book(), v.Campaign.Code)+" · "+words.CampaignKind(p, v.Campaign.Kind)))
	for _, line := range words.ReviewFrame(p, day.Book(), v, today) {
		fmt.Fprintln(&b, line)
	}
	if v.Running {
		return b.String()
	}
	fmt.Fprintln(&b)
	g := grid{right: map[int]bool{}}
	titles := []string{""}
	for i, title := range []string{"accounts", "ordered", "share", "orders", "value", "appointments", "before"} {
		titles = append(titles, r.t("review.column."+title))
		g.right[i+1] = true
	}
	g.add(titles...)
	for group := range review.Group(review.Groups) {
		result := v.Results[group]
		name := words.ReviewGroup(p, group)
		switch {
		case result.Accounts == 0:
			g.add(name, "–")
		case !result.Shown():
			g.add(name, r.t("review.few"))
		default:
			g.add(name, p.Int(result.Accounts), p.Int(result.Ordered), p.Percent(review.Share{Count: result.Ordered, Of: result.Accounts}.Point()), p.Int(result.Orders),
				p.Money(result.Value), p.Int(result.Appointments), p.Int(result.Before))
		}
	}
	g.write(&b, "  ", g.widths(nil))
	fmt.Fprintf(&b, "\n%s\n", r.t("review.orders-at-visits"))
	if len(v.Comparing) == 0 {
		fmt.Fprintln(&b, r.t("review.no-comparison"))
	} else {
		fmt.Fprintln(&b, r.t("review.against"))
	}
	for _, c := range v.Comparing {
		fmt.Fprintln(&b, "  "+words.ReviewComparison(p, c))
	}
	if said := words.ReviewLot(p, v.Lot); len(said) > 0 {
		fmt.Fprintf(&b, "\n%s\n  %s\n", said[0], strings.Join(said[1:], "\n  "))
	}
	if len(v.Lot.Comparing) > 0 {
		fmt.Fprintln(&b, r.t("review.lot.against"))
	}
	for _, c := range v.Lot.Comparing {
		fmt.Fprintln(&b, "  "+words.LotComparison(p, c))
	}
	if len(v.Cards) > 0 {
		fmt.Fprintf(&b, "\n%s\n", r.t("review.cards"))
		for _, card := range v.Cards[:min(len(v.Cards), words.MostReviewCards)] {
			fmt.Fprintln(&b, "  "+words.ReviewCard(p, day.Book(), card, today))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.dim(r.Output)(r.t("review.legend")))
	return b.String()
}

// reviewScript is a review for scripts. Shares and differences are parts of one.
type reviewScript struct {
	Campaign string             `json:"campaign"`
	From     string             `json:"from"`
	To       string             `json:"to"`
	On       string             `json:"on"`
	Running  bool               `json:"running"`
	Targets  int                `json:"targets"`
	Visible  float64            `json:"visible"`
	Silent   []silentScript     `json:"silent"`
	Groups   []groupScript      `json:"groups"`
	Compared []comparisonScript `json:"compared"`
	Cards    []cardScript       `json:"cards"`
	Lot      *drawnScript       `json:"lot,omitempty"` // where one was drawn
}

// drawnScript is what became of a lot: accounts count where they were drawn to.
type drawnScript struct {
	Seed     int                `json:"seed"`
	Arms     []armScript        `json:"arms"`
	Compared []comparisonScript `json:"compared"`
}

type armScript struct {
	groupScript
	Kept int `json:"as_drawn"`
}

type silentScript struct {
	Territory  string `json:"territory"`
	LastReport string `json:"last_report"`
}

type groupScript struct {
	Group        string  `json:"group"`
	Accounts     int     `json:"accounts"`
	Shown        bool    `json:"shown"`
	Ordered      int     `json:"ordered,omitempty"`
	Orders       int     `json:"orders,omitempty"`
	Value        float64 `json:"value,omitempty"`
	Appointments int     `json:"appointments,omitempty"`
	Before       int     `json:"ordered_before,omitempty"`
}

type comparisonScript struct {
	Group   string           `json:"group"`
	With    string           `json:"with"`
	Verdict string           `json:"verdict"`
	Now     differenceScript `json:"now"`
	Before  differenceScript `json:"before"`
}

type differenceScript struct {
	Count    int     `json:"count"`
	Of       int     `json:"of"`
	Others   int     `json:"others"`
	OfOthers int     `json:"of_others"`
	Point    float64 `json:"point"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
}

type cardScript struct {
	Account string  `json:"account"`
	Visited string  `json:"visited"`
	Called  string  `json:"called"`
	Ordered string  `json:"ordered"`
	Value   float64 `json:"value"`
}

func reviewJSON(v review.Review) reviewScript {
	out := reviewScript{Campaign: v.Campaign.Code, From: v.From.String(), To: v.To.String(), On: v.On.String(), Running: v.Running, Targets: v.Targets, Visible: review.Visible(v.Targets),
		Silent: []silentScript{}, Groups: []groupScript{}, Compared: []comparisonScript{}, Cards: []cardScript{}}
	for _, s := range v.Silent {
		out.Silent = append(out.Silent, silentScript{s.Territory, s.LastReport.String()})
	}
	if v.Running {
		return out
	}
	for group := range review.Group(review.Groups) {
		g := v.Results[group]
		out.Groups = append(out.Groups, groupJSON(group.String(), g))
	}
	difference := func(d review.Difference) differenceScript {
		return differenceScript{d.First.Count, d.First.Of, d.Second.Count, d.Second.Of, d.Point, d.Low, d.High}
	}
	for _, c := range v.Comparing {
		out.Compared = append(out.Compared, comparisonScript{c.Group.String(), review.Neither.String(), string(c.Verdict), difference(c.Now), difference(c.Before)})
	}
	if v.Lot.Seed != 0 {
		lot := drawnScript{Seed: v.Lot.Seed, Arms: []armScript{}, Compared: []comparisonScript{}}
		for _, at := range [...]model.Lot{model.LotVisit, model.LotCall, model.LotNeither} {
			lot.Arms = append(lot.Arms, armScript{groupJSON(at.String(), v.Lot.Arms[at].Result), v.Lot.Arms[at].Kept})
		}
		for _, c := range v.Lot.Comparing {
			lot.Compared = append(lot.Compared, comparisonScript{c.Lot.String(), model.LotNeither.String(), string(c.Verdict), difference(c.Now), difference(c.Before)})
		}
		out.Lot = &lot
	}
	for _, c := range v.Cards {
		out.Cards = append(out.Cards, cardScript{c.Account, c.Visited.String(), c.Called.String(), c.Ordered.String(), float64(c.Value) / 100})
	}
	return out
}

func groupJSON(name string, g review.Result) groupScript {
	one := groupScript{Group: name, Accounts: g.Accounts, Shown: g.Shown()}
	if g.Shown() {
		one.Ordered, one.Orders, one.Value, one.Appointments, one.Before = g.Ordered, g.Orders, float64(g.Value)/100, g.Appointments, g.Before
	}
	return one
}
