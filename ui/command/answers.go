package command

// Cases, inbox and ledger: how signals were answered, and what came of it.

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/owner"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) casesCommand() *cobra.Command {
	var asJSON, mine bool
	var territory string
	c := &cobra.Command{
		Use: "cases", Short: "command.cases.short", Long: "command.cases.long", Args: r.noArgs,
		Example: "  doppelpass cases\n  doppelpass cases --territory Süd --json",
		RunE: func(*cobra.Command, []string) error {
			return r.onDay(territory, func(day *model.Day, wanted func(model.SignalKey) bool) error {
				cases := slices.DeleteFunc(answer.Running(day), func(c answer.Case) bool { return !wanted(c.Signal) || !r.own(day, mine)(owner.OfCase(day, c)) })
				if asJSON {
					return r.writeJSON(casesJSON(day, cases))
				}
				return r.write(r.casesTable(day, cases))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().BoolVar(&mine, "mine", false, "owner.flag.mine")
	c.Flags().StringVar(&territory, "territory", "", "command.signals.flag.territory")
	r.completeWith(c, "territory", r.completeTerritory)
	return c
}

// inboxDays is how far back an inbox looks unless a day is named.
const inboxDays = 7

func (r *run) inboxCommand() *cobra.Command {
	var asJSON, mine bool
	var role, since string
	c := &cobra.Command{
		Use: "inbox", Short: "command.inbox.short", Long: "command.inbox.long", Args: r.noArgs,
		Example: "  doppelpass inbox\n  doppelpass inbox --role marketing --since 2026-11-20 --json",
		RunE: func(*cobra.Command, []string) error {
			reader := answer.Reader{Name: r.actor().Name, Role: model.Role(role)}
			if role != "" && !slices.Contains(model.Roles[:], reader.Role) {
				return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--role", "Values": "lead, sales, marketing"})}
			}
			if role == "" {
				reader.Role = model.RoleLead
			}
			return r.onDay("", func(day *model.Day, _ func(model.SignalKey) bool) error {
				after := day.Date() - inboxDays
				if since != "" {
					first, err := r.words().ParseDayToward(since, day.Date(), text.Back)
					if err != nil {
						return usageError{r.t("command.flag.bad", text.Args{"Flag": "--since", "Detail": err.Error()})}
					}
					after = first - 1
				}
				own := r.own(day, mine)
				items := slices.DeleteFunc(answer.Inbox(day, after, reader), func(i answer.Item) bool { return !own(owner.OfCase(day, i.Case)) })
				left := leftOf(day, func(o owner.Owner) bool {
					return (role == "" || reader.Role == model.RoleLead || reader.Role == o.Department) && own(o)
				})
				if asJSON {
					return r.writeJSON(inboxJSON(day, after+1, items, left))
				}
				return r.write(r.inboxLines(day, after+1, items) + r.leftLines(day, left))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().BoolVar(&mine, "mine", false, "owner.flag.mine")
	c.Flags().StringVar(&role, "role", "", "command.inbox.flag.role")
	c.Flags().StringVar(&since, "since", "", "command.inbox.flag.since")
	r.complete(c, "role", "lead", "sales", "marketing")
	return c
}

// ledgerMonths is how many months a ledger has unless told otherwise, mostMonths how
// many it has at most: each of their days is looked at.
const (
	ledgerMonths = 6
	mostMonths   = 36
)

func (r *run) ledgerCommand() *cobra.Command {
	var asJSON bool
	var territory string
	months := ledgerMonths
	c := &cobra.Command{
		Use: "ledger", Short: "command.ledger.short", Long: "command.ledger.long", Args: r.noArgs,
		Example: "  doppelpass ledger\n  doppelpass ledger --months 12 --json",
		RunE: func(*cobra.Command, []string) error {
			if months < 1 || months > mostMonths {
				return r.outOfRange("months", 1, mostMonths, months)
			}
			return r.onDay(territory, func(day *model.Day, wanted func(model.SignalKey) bool) error {
				first := firstOfMonths(day.Date(), months)
				var cases []answer.Case
				for _, area := range day.Book().Areas() {
					if wanted(model.SignalKey{Territory: area.Code}) {
						cases = append(cases, answer.Raised(day, area.Code, first)...)
					}
				}
				rows := answer.Ledger(cases)
				if asJSON {
					return r.writeJSON(ledgerJSON(day, first, rows))
				}
				return r.write(r.ledgerTable(day, rows))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().IntVar(&months, "months", ledgerMonths, "command.ledger.flag.months")
	c.Flags().StringVar(&territory, "territory", "", "command.signals.flag.territory")
	r.completeWith(c, "territory", r.completeTerritory)
	return c
}

// firstOfMonths is the first day of so many months, the day's own among them.
func firstOfMonths(day model.Date, months int) model.Date {
	t := day.Time()
	return max(model.NewDate(t.Year(), t.Month()-time.Month(months-1), 1), model.FirstDate)
}

// onDay looks at the day that is asked for, in an area: a territory's code or name, or
// a region's path.
func (r *run) onDay(area string, look func(*model.Day, func(model.SignalKey) bool) error) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	return r.read(func(s *store.Store) error {
		book, err := s.RulesBook()
		if err != nil {
			return err
		}
		wanted, err := r.pick(book, "", area)
		if err != nil {
			return err
		}
		return look(book.On(today), func(key model.SignalKey) bool { return wanted(model.Signal{Kind: key.Kind, Territory: key.Territory}) })
	})
}

func (r *run) write(said string) error {
	_, err := fmt.Fprint(r.Output, said)
	return err
}

func (r *run) writeJSON(value any) error {
	e := json.NewEncoder(r.Output)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// caseHead names a case for scripts.
type caseHead struct {
	Kind      string `json:"kind"`
	Owner     string `json:"owner"`
	Territory string `json:"territory"`
	Campaign  string `json:"campaign"`
	// Turn is the department that the case waits for, else whose signal it is; Whose who
	// of it is named, "" for nobody.
	Turn  string    `json:"turn"`
	Whose string    `json:"whose"`
	Case  *caseJSON `json:"case"`
}

func headOf(day *model.Day, c answer.Case) caseHead {
	o := owner.OfCase(day, c)
	return caseHead{c.Signal.Kind.String(), string(c.Signal.Kind.Owner()), c.Signal.Territory, c.Signal.Campaign, string(o.Department), words.OwnerName(day.Book(), o), caseAsJSON(c)}
}

func casesJSON(day *model.Day, cases []answer.Case) any {
	list := make([]caseHead, len(cases))
	for i, c := range cases {
		list[i] = headOf(day, c)
	}
	return struct {
		Today string     `json:"today"`
		Cases []caseHead `json:"cases"`
	}{day.Date().String(), list}
}

func (r *run) casesTable(day *model.Day, cases []answer.Case) string {
	p, head := r.words(), r.bold(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", head(r.t("command.cases.title", text.Args{"Day": p.WeekdayDate(day.Date())})))
	if len(cases) == 0 {
		fmt.Fprintf(&b, "\n%s\n", r.t("command.cases.none"))
		return b.String()
	}
	b.WriteString("\n")
	var g grid
	for _, c := range cases {
		word := words.CaseWord(p, c)
		if word == "" {
			word = words.CaseState(p, c.State)
		}
		g.add(words.RoleGlyph(c.Signal.Kind.Owner()), words.CaseSubject(p, day.Book(), c.Signal), words.CaseGlyph(c), word, words.Owner(p, day.Book(), owner.OfCase(day, c)),
			strings.Join(words.Case(p, day.Book(), c, day.Date()), " "))
	}
	g.write(&b, "  ", g.widths(nil))
	return b.String()
}

func inboxJSON(day *model.Day, since model.Date, items []answer.Item, left []model.FollowUp) any {
	type itemJSON struct {
		On    string `json:"on"`
		Event string `json:"event"`
		Says  string `json:"says"`
		By    string `json:"by"`
		caseHead
	}
	list := make([]itemJSON, len(items))
	for i, item := range items {
		list[i] = itemJSON{item.On.String(), string(item.Event), string(item.Answer.Says), item.Answer.By, headOf(day, item.Case)}
	}
	return struct {
		Today string     `json:"today"`
		Since string     `json:"since"`
		Inbox []itemJSON `json:"inbox"`
		Left  []leftJSON `json:"left"`
	}{day.Date().String(), since.String(), list, leftAsJSON(day, left)}
}

func (r *run) inboxLines(day *model.Day, since model.Date, items []answer.Item) string {
	p, head := r.words(), r.bold(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", head(r.t("command.inbox.title", text.Args{"Day": p.WeekdayDate(since)})))
	if len(items) == 0 {
		fmt.Fprintf(&b, "\n%s\n", r.t("command.inbox.none"))
		return b.String()
	}
	b.WriteString("\n")
	g := grid{right: map[int]bool{0: true}}
	for _, item := range items {
		g.add(p.Day(item.On), words.InboxLine(p, day.Book(), item, day.Date()))
	}
	g.write(&b, "  ", g.widths(nil))
	return b.String()
}

func ledgerJSON(day *model.Day, first model.Date, rows []answer.Row) any {
	type rowJSON struct {
		Month      string `json:"month"`
		Territory  string `json:"territory"`
		To         string `json:"to"`
		Given      int    `json:"given"`
		Taken      int    `json:"taken"`
		Declined   int    `json:"declined"`
		Countered  int    `json:"countered"`
		Unanswered int    `json:"unanswered"`
		Scored     int    `json:"scored"`
		Missed     int    `json:"missed"`
		Gone       int    `json:"gone"`
		Running    int    `json:"running"`
	}
	list := make([]rowJSON, len(rows))
	for i, row := range rows {
		t := row.Tally
		list[i] = rowJSON{row.Month.String()[:len("2026-11")], row.Territory, string(row.To),
			t.Given, t.Taken, t.Declined, t.Countered, t.Unanswered, t.Scored, t.Missed, t.Gone, t.Running}
	}
	return struct {
		Today string    `json:"today"`
		Since string    `json:"since"`
		Rows  []rowJSON `json:"ledger"`
	}{day.Date().String(), first.String(), list}
}

// ledgerTable has a block a month, a line a territory and department, and their sum.
func (r *run) ledgerTable(day *model.Day, rows []answer.Row) string {
	p, head := r.words(), r.bold(r.Output)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", head(r.t("command.ledger.title")))
	if len(rows) == 0 {
		fmt.Fprintf(&b, "\n%s\n", r.t("command.ledger.none"))
		return b.String()
	}
	figures := func(t answer.Tally) (cells []string) {
		for _, n := range []int{t.Given, t.Taken, t.Declined, t.Countered, t.Unanswered, t.Scored, t.Missed, t.Gone, t.Running} {
			cells = append(cells, p.Int(n))
		}
		return cells
	}
	g := grid{right: map[int]bool{}}
	titles := []string{"", ""}
	for i, title := range []string{"given", "taken", "declined", "countered", "unanswered", "scored", "missed", "gone", "running"} {
		titles = append(titles, r.t("ledger."+title))
		g.right[i+2] = true
	}
	g.add(titles...)
	var all answer.Tally
	for i, row := range rows {
		if i == 0 || rows[i-1].Month != row.Month {
			g.add("")
			g.add(p.T("ledger.month", text.Args{"Month": p.Month(row.Month.Time().Month()), "Year": fmt.Sprint(row.Month.Time().Year())}))
		}
		g.add(append([]string{"  " + words.AreaName(p, day.Book(), row.Territory), words.RoleGlyph(row.To) + " " + words.Role(p, row.To)}, figures(row.Tally)...)...)
		all.Sum(row.Tally)
	}
	g.add("")
	g.add(append([]string{r.t("ledger.sum"), ""}, figures(all)...)...)
	g.write(&b, "  ", g.widths(nil))
	fmt.Fprintf(&b, "\n%s\n", r.dim(r.Output)(r.t("ledger.legend")))
	return b.String()
}
