package command

// Call lists for a call centre: out of the house, how they stand, and back.

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// handOutOptions are the flags of call hand-out, as typed.
type handOutOptions struct{ territory, campaign, until, centre, output string }

func (r *run) handOutCommand() *cobra.Command {
	var o handOutOptions
	c := &cobra.Command{
		Use: "hand-out", Short: "calllist.out.short", Long: "calllist.out.long", Args: r.noArgs,
		Example: "  doppelpass call hand-out --campaign TEL-1 --centre \"Callcenter Nord\" -o list.xlsx\n  doppelpass call hand-out --territory Süd --until 18.12. --lang de -o anrufe.csv\n  doppelpass import results.csv",
		RunE:    func(*cobra.Command, []string) error { return r.handOut(o) },
	}
	f := c.Flags()
	f.StringVar(&o.territory, "territory", "", "command.signals.flag.territory")
	f.StringVar(&o.campaign, "campaign", "", "calllist.flag.campaign")
	f.StringVar(&o.until, "until", "", "calllist.flag.until")
	f.StringVar(&o.centre, "centre", "", "calllist.flag.centre")
	f.StringVarP(&o.output, "output", "o", "", "calllist.flag.output")
	r.completeWith(c, "territory", r.completeTerritory)
	return c
}

func (r *run) handOut(o handOutOptions) error {
	format := exchange.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), "."))
	if format != exchange.CSV && format != exchange.XLSX {
		return usageError{r.t("calllist.needs-file")}
	}
	if o.territory != "" && o.campaign != "" {
		return usageError{r.t("calllist.one-of")}
	}
	today, err := r.day()
	if err != nil {
		return err
	}
	until := today + model.UsualOutList
	if o.until != "" {
		if until, err = r.words().ParseDayToward(o.until, today, text.Ahead); err != nil {
			return usageError{r.t("command.flag.bad", text.Args{"Flag": "--until", "Detail": err.Error()})}
		}
	}
	if until < today || until > today+model.LongestOutList {
		return usageError{r.t("calllist.until.wrong", text.Args{"Day": r.words().DayOf(today+model.LongestOutList, today)})}
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		day := book.On(today)
		accounts, err := r.toCall(day, &o)
		if err != nil {
			return err
		}
		view := queue.View{Day: day}
		list := model.OutList{Code: store.NewListCode(today), Date: today, Until: until, By: r.actor().Name, Centre: strings.TrimSpace(o.centre), Campaign: o.campaign}
		var all queue.List
		list.Accounts, all = view.HandOut(accounts)
		stays := r.staying(all, list.Accounts, today)
		if len(list.Accounts) == 0 {
			if len(accounts) == 0 {
				return plainError{r.t("calllist.empty"), codeFailed}
			}
			return plainError{r.t("calllist.nobody", text.Args{"Reasons": stays}), codeFailed}
		}
		if err := r.leaveHouse(s, book, day, list, format, o.output); err != nil {
			return err
		}
		p := r.words()
		said := p.N("calllist.out.done", len(list.Accounts), text.Args{"List": list.Code, "Centre": r.centre(list), "Until": p.DayOf(until, today), "File": words.FileName(o.output)})
		if stays != "" {
			said += "\n" + p.T("calllist.out.stays", text.Args{"Reasons": stays})
		}
		return r.write(said + "\n")
	})
}

// toCall are the accounts that a list is made of: those of a campaign, of a territory's or
// region's signals, or of all signals.
func (r *run) toCall(day *model.Day, o *handOutOptions) ([]string, error) {
	if o.campaign != "" {
		campaign, known := day.Book().Campaign(o.campaign)
		if !known {
			return nil, usageError{r.t("log.no-campaign", text.Args{"Campaign": o.campaign})}
		}
		o.campaign = campaign.Code
		return queue.Targets(day, campaign.Code), nil
	}
	wanted, err := r.pick(day.Book(), "", o.territory)
	if err != nil {
		return nil, err
	}
	var codes []string
	signals := slices.DeleteFunc(slices.Clone(day.Signals()), func(s model.Signal) bool { return !wanted(s) })
	for _, l := range tables.ToCallNow(tables.View{Text: r.words(), Day: day}, signals) {
		codes = append(codes, l.Code)
	}
	return codes, nil
}

// staying says why accounts of a list stay in the house; "" where none does.
func (r *run) staying(all queue.List, leave []string, today model.Date) string {
	all.Entries = slices.DeleteFunc(slices.Clone(all.Entries), func(e queue.Entry) bool { return slices.Contains(leave, e.Account) })
	if len(all.Entries) == 0 {
		return ""
	}
	said := words.Queue(r.words(), all, today)
	counts := all.Counts()
	if ready := counts[queue.Overdue] + counts[queue.Due] + counts[queue.Now]; ready > 0 {
		said[0] = r.words().N("calllist.stays.promised", ready)
	} else {
		said = said[1:]
	}
	return strings.Join(said, " · ")
}

// leaveHouse keeps the list and writes its file; where that fails, nothing has left.
func (r *run) leaveHouse(s *store.Store, book *model.Book, day *model.Day, list model.OutList, format exchange.Format, output string) error {
	subject := list.Code
	if list.Campaign != "" {
		subject = words.CampaignName(book, list.Campaign) + " · " + list.Code
	}
	return s.HandOut(r.actor(), list, subject, func() error {
		return r.writeOut(output, func(w io.Writer) error {
			return exchange.Write(w, format, tables.Locale(r.language), tables.OutList(tables.View{Text: r.words(), Day: day}, list))
		})
	})
}

// centre is who has a list.
func (r *run) centre(l model.OutList) string {
	if l.Centre == "" {
		return r.t("calllist.centre")
	}
	return l.Centre
}

// outListJSON is a list for scripts.
type outListJSON struct {
	List     string `json:"list"`
	State    string `json:"state"` // out, over, back
	Date     string `json:"date"`
	Until    string `json:"until"`
	Back     string `json:"back,omitempty"`
	By       string `json:"by"`
	Centre   string `json:"centre"`
	Campaign string `json:"campaign,omitempty"`
	Accounts int    `json:"accounts"`
	Called   int    `json:"called"` // accounts with a call since the list left
}

func (r *run) outListsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "lists", Short: "calllist.lists.short", Args: r.noArgs, Example: "  doppelpass call lists",
		RunE: func(*cobra.Command, []string) error {
			return r.onDay("", func(day *model.Day, _ func(model.SignalKey) bool) error {
				list := []outListJSON{}
				for _, l := range day.Book().OutLists() {
					list = append(list, outListOn(day, l))
				}
				if asJSON {
					return r.writeJSON(list)
				}
				return r.write(r.outListLines(day, list))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	return c
}

func outListOn(day *model.Day, l model.OutList) outListJSON {
	out := outListJSON{List: l.Code, State: "over", Date: l.Date.String(), Until: l.Until.String(), By: l.By, Centre: l.Centre, Campaign: l.Campaign, Accounts: len(l.Accounts)}
	switch {
	case l.Back != 0 && day.Date() >= l.Back:
		out.State, out.Back = "back", l.Back.String()
	case l.Out(day.Date()):
		out.State = "out"
	}
	for _, code := range l.Accounts {
		customer := day.Book().Account(code)
		if customer == nil {
			continue
		}
		for call := range customer.Calls.All() {
			if call.Date >= l.Date && call.Date <= day.Date() {
				out.Called++
				break
			}
		}
	}
	return out
}

func (r *run) outListLines(day *model.Day, list []outListJSON) string {
	if len(list) == 0 {
		return r.t("calllist.lists.none") + "\n"
	}
	p := r.words()
	var b strings.Builder
	for _, l := range list {
		date, _ := model.ParseDate(l.Date)
		until, _ := model.ParseDate(l.Until)
		back, _ := model.ParseDate(l.Back)
		centre := l.Centre
		if centre == "" {
			centre = r.t("calllist.centre")
		}
		fmt.Fprintln(&b, p.N("calllist.line."+l.State, l.Accounts, text.Args{"List": l.List, "Centre": centre, "Date": p.DayOf(date, day.Date()),
			"Until": p.DayOf(until, day.Date()), "Back": p.DayOf(back, day.Date()), "Called": p.Int(l.Called)}))
	}
	return b.String()
}

func (r *run) takeBackCommand() *cobra.Command {
	return &cobra.Command{
		Use: "take-back LIST", Short: "calllist.back.short", Args: r.oneArg("LIST"), DisableFlagsInUseLine: true, Example: "  doppelpass call take-back L-261127-KQWM",
		RunE: func(_ *cobra.Command, args []string) error {
			today, err := r.day()
			if err != nil {
				return err
			}
			return r.withBook(func(s *store.Store, book *model.Book) error {
				list, known := book.OutList(strings.ToUpper(strings.TrimSpace(args[0])))
				switch {
				case !known:
					return usageError{r.t("calllist.unknown", text.Args{"List": args[0]})}
				case !list.Out(today):
					return plainError{r.t("calllist.not-out", text.Args{"List": list.Code}), codeFailed}
				}
				back := list
				back.Back = today
				if _, err := s.Apply(r.actor(), store.Request{Action: "call.take-back", Subject: list.Code, Puts: []store.Put{{Record: back, Before: list}}}); err != nil {
					return err
				}
				return r.write(r.words().N("calllist.back.done", len(list.Accounts), text.Args{"List": list.Code}) + "\n")
			})
		},
	}
}
