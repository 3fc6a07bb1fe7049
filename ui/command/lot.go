package command

// A campaign's lot: tried, and drawn with --confirm.

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

type lotOptions struct {
	calls, seed     int
	confirm, asJSON bool
}

func (r *run) lotCommand() *cobra.Command {
	o := lotOptions{calls: -1}
	c := &cobra.Command{
		Use: "lot CAMPAIGN", Short: "lot.short", Long: "lot.long", Args: r.oneArg("CAMPAIGN"),
		Example: "  doppelpass lot MAIL-2611\n  doppelpass lot MAIL-2611 --calls 20 --seed 4711 --confirm",
		RunE: func(_ *cobra.Command, args []string) error {
			if o.confirm {
				return r.withBook(func(s *store.Store, book *model.Book) error {
					today, err := r.day()
					if err != nil {
						return err
					}
					return r.lot(s, book.On(today), args[0], o)
				})
			}
			return r.withDay(func(s *store.Store, day *model.Day) error { return r.lot(s, day, args[0], o) })
		},
	}
	f := c.Flags()
	f.IntVar(&o.calls, "calls", -1, "lot.flag.calls")
	f.IntVar(&o.seed, "seed", 0, "lot.flag.seed")
	f.BoolVar(&o.confirm, "confirm", false, "lot.flag.confirm")
	f.BoolVar(&o.asJSON, "json", false, "command.flag.json")
	f.Lookup("calls").DefValue = "" // half is said in its text
	return c
}

// campaignNamed is a campaign by its code.
func (r *run) campaignNamed(book *model.Book, code string) (model.Campaign, error) {
	c, known := book.Campaign(code)
	if !known {
		c, known = book.Campaign(strings.ToUpper(code))
	}
	if !known {
		return c, usageError{r.t("log.no-campaign", text.Args{"Campaign": code})}
	}
	return c, nil
}

func (r *run) lot(s *store.Store, day *model.Day, code string, o lotOptions) error {
	p, book := r.words(), day.Book()
	before, err := r.campaignNamed(book, code)
	if err != nil {
		return err
	}
	if why := words.NoLot(p, book, before, day.Date()); why != "" {
		return plainError{why, codeFailed}
	}
	draft := review.Prepare(day, before)
	rest := draft.Among() - draft.Visits()
	switch {
	case draft.Among() == 0:
		return plainError{words.NobodyToDraw(p, book, before), codeFailed}
	case o.calls > rest:
		return usageError{r.t("lot.calls.most", text.Args{"Most": p.Int(rest)})}
	case o.calls < 0:
		o.calls = rest / 2
	}
	if o.seed < 0 || o.seed > forms.MostLotSeed {
		return usageError{r.t("lot.seed.wrong", text.Args{"Most": p.Int(forms.MostLotSeed)})}
	}
	if o.seed == 0 {
		o.seed = forms.LotSeed(rand.IntN)
	}
	after := draft.Draw(before, o.calls, o.seed)
	if o.confirm {
		if _, err := s.Apply(r.actor(), forms.LotRequest(before, after)); err != nil {
			return err
		}
	}
	if o.asJSON {
		return r.writeJSON(lotScript{after.Code, after.LotSeed, after.LotVisit, after.LotCall, after.LotNeither, draft.Certain, draft.Shut, review.Visible(draft.Among()), o.confirm}.filled())
	}
	lines := words.LotDrawn(p, draft, after)
	if o.confirm {
		lines = append([]string{p.N("lot.done", draft.Among(), words.LotCounts(p, after))}, lines...)
	} else {
		lines = append(lines, r.t("lot.dry", words.LotCounts(p, after)))
	}
	_, err = fmt.Fprintln(r.Output, strings.Join(lines, "\n"))
	return err
}

// lotScript is a lot for scripts: account codes, counts, and the least difference of shares
// (parts of one) that so many accounts usually show.
type lotScript struct {
	Campaign string   `json:"campaign"`
	Seed     int      `json:"seed"`
	Visit    []string `json:"visit"`
	Call     []string `json:"call"`
	Neither  []string `json:"neither"`
	Certain  int      `json:"certain"`
	Shut     int      `json:"not_callable"`
	Visible  float64  `json:"visible"`
	Saved    bool     `json:"saved"`
}

// filled has empty lists where there were none.
func (l lotScript) filled() lotScript {
	for _, list := range []*[]string{&l.Visit, &l.Call, &l.Neither} {
		*list = append([]string{}, *list...)
	}
	return l
}
