package command

// Logging a visit or a call from the command line: for scripts, for screen readers,
// and for whoever is quicker that way.

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// logOptions are the flags of visit add and call add, as typed.
type logOptions struct {
	date, time, rep, kind, outcome, value, guests, note, agent, campaign string
	minutes                                                              int
}

// The words a flag takes.
var (
	visitKinds   = []string{"met", "not-met", "other"}
	callOutcomes = []string{"reached", "not-reached", "appointment", "declined", "callback", "wrong-number", "opt-out"}
)

func (r *run) visitCommand() *cobra.Command {
	var o logOptions
	add := &cobra.Command{
		Use: "add ACCOUNT", Short: "log.visit.short", Args: r.oneArg("ACCOUNT"), DisableFlagsInUseLine: true,
		Example: "  doppelpass visit add K-0247 --outcome order --value 1250 --note \"New samples by Friday\"",
		RunE:    func(_ *cobra.Command, args []string) error { return r.addVisit(args[0], o) },
	}
	f := add.Flags()
	f.StringVar(&o.date, "date", "", "log.flag.date")
	f.StringVar(&o.time, "time", "", "log.flag.time")
	f.StringVar(&o.rep, "rep", "", "log.flag.rep")
	f.StringVar(&o.kind, "kind", "met", "log.flag.kind")
	f.StringVar(&o.outcome, "outcome", "", "log.flag.visit-outcome")
	f.StringVar(&o.value, "value", "", "log.flag.value")
	f.IntVar(&o.minutes, "minutes", 0, "log.flag.minutes")
	f.StringVar(&o.guests, "guests", "", "log.flag.guests")
	f.StringVar(&o.note, "note", "", "log.flag.note")
	r.complete(add, "kind", visitKinds...)
	r.complete(add, "outcome", "order", "interest", "sample", "complaint", "none")
	r.completeWith(add, "rep", r.completeRep)
	c := &cobra.Command{Use: "visit", Short: "log.visit.short", Args: r.noArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(add)
	return c
}

func (r *run) callCommand() *cobra.Command {
	var o logOptions
	add := &cobra.Command{
		Use: "add ACCOUNT", Short: "log.call.short", Args: r.oneArg("ACCOUNT"), DisableFlagsInUseLine: true,
		Example: "  doppelpass call add K-0247 --outcome appointment --note \"Wants to see the new samples\"",
		RunE:    func(_ *cobra.Command, args []string) error { return r.addCall(args[0], o) },
	}
	f := add.Flags()
	f.StringVar(&o.outcome, "outcome", "", "log.flag.call-outcome")
	f.StringVar(&o.date, "date", "", "log.flag.date")
	f.StringVar(&o.time, "time", "", "log.flag.time")
	f.StringVar(&o.agent, "agent", "", "log.flag.agent")
	f.StringVar(&o.campaign, "campaign", "", "log.flag.campaign")
	f.StringVar(&o.guests, "guests", "", "log.flag.listeners")
	f.StringVar(&o.note, "note", "", "log.flag.note")
	r.complete(add, "outcome", callOutcomes...)
	c := &cobra.Command{Use: "call", Short: "log.call.short", Args: r.noArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(add, r.handOutCommand(), r.outListsCommand(), r.takeBackCommand())
	return c
}

func (r *run) addVisit(account string, o logOptions) error {
	v := model.Visit{Minutes: o.minutes, Note: o.note, Outcome: o.outcome}
	if !slices.Contains(visitKinds, o.kind) {
		return r.oneOf("kind", visitKinds)
	}
	v.Kind, _ = model.ParseVisitKind(o.kind)
	if o.minutes < 0 || o.minutes > 24*60 {
		return r.outOfRange("minutes", 0, 24*60, o.minutes)
	}
	if o.value != "" {
		value, ok := kit.ParseNumber(r.language, o.value)
		if !ok || math.Abs(value) > 1e12 {
			return usageError{r.t("command.flag.invalid.number", text.Args{"Flag": "--value", "Value": o.value})}
		}
		v.Value = model.Money(math.Round(value * 100))
	}
	v.Guests = guestsIn(o.guests)
	var err error
	if v.Date, v.Time, err = r.moment(o, "forms.visit.future"); err != nil {
		return err
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		l, err := r.accountNamed(book, account)
		if err != nil {
			return err
		}
		v.Account = l.Code
		if area := book.Area(l.Territory); area != nil {
			v.Rep = area.Rep
		}
		if o.rep != "" {
			if v.Rep, err = r.repNamed(book, o.rep); err != nil {
				return err
			}
		}
		return r.logged(s, book, "visit.log", "log.visit.done", v)
	})
}

// guestsIn are the names of colleagues, as typed behind --guests.
func guestsIn(typed string) (guests []string) {
	for _, guest := range strings.FieldsFunc(typed, func(c rune) bool { return c == ';' || c == ',' }) {
		if guest = strings.TrimSpace(guest); guest != "" {
			guests = append(guests, guest)
		}
	}
	return guests
}

func (r *run) addCall(account string, o logOptions) error {
	c := model.Call{Agent: o.agent, Note: o.note, Guests: guestsIn(o.guests)}
	if !slices.Contains(callOutcomes, o.outcome) {
		return r.oneOf("outcome", callOutcomes)
	}
	c.Outcome, _ = model.ParseCallOutcome(o.outcome)
	var err error
	if c.Date, c.Time, err = r.moment(o, "forms.call.future"); err != nil {
		return err
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		if c.Agent == "" {
			c.Agent = r.actorIn(book).Name
		}
		l, err := r.accountNamed(book, account)
		if err != nil {
			return err
		}
		c.Account = l.Code
		if o.campaign != "" {
			campaign, known := book.Campaign(o.campaign)
			if !known {
				return usageError{r.t("log.no-campaign", text.Args{"Campaign": o.campaign})}
			}
			c.Campaign = campaign.Code
		}
		return r.logged(s, book, "call.log", "log.call.done", c)
	})
}

func (r *run) oneOf(flag string, values []string) error {
	return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--" + flag, "Values": strings.Join(values, ", ")})}
}

// moment is the day and time asked for, today without; a day to come is refused with
// the sentence of a message.
func (r *run) moment(o logOptions, future string) (day model.Date, clock model.Clock, err error) {
	today, err := r.day()
	if err != nil {
		return 0, 0, err
	}
	bad := func(flag, detail string) error {
		return usageError{r.t("command.flag.bad", text.Args{"Flag": "--" + flag, "Detail": detail})}
	}
	day = today
	if o.date != "" {
		if day, err = r.words().ParseDayToward(o.date, today, text.Back); err != nil {
			return 0, 0, bad("date", err.Error())
		}
	}
	if day > today {
		return 0, 0, bad("date", r.t(future))
	}
	clock, err = r.clock("time", o.time)
	return day, clock, err
}

// clock reads a flag's time of day; 0 where none is given.
func (r *run) clock(flag, typed string) (model.Clock, error) {
	if typed == "" {
		return 0, nil
	}
	clock, ok := kit.ParseClock(typed)
	if !ok {
		return 0, usageError{r.t("command.flag.bad", text.Args{"Flag": "--" + flag, "Detail": r.t("kit.clock.unknown", text.Args{"Input": typed})})}
	}
	return clock, nil
}

// accountNamed is the account of a code or name, else the only one whose name, code
// and town have all the words.
func (r *run) accountNamed(book *model.Book, typed string) (*model.Customer, error) {
	const told = 5 // of several that fit
	if l := book.Account(typed); l != nil {
		return l, nil
	}
	query := kit.NewQuery(typed)
	var exact, begun []*model.Customer
	for l := range book.Accounts {
		if strings.EqualFold(l.Code, typed) || strings.EqualFold(l.Name, typed) {
			exact = append(exact, l)
		}
		if !query.Empty() && query.Contains(kit.Fold(l.Name+" "+l.Code+" "+l.Address.City)) {
			begun = append(begun, l)
		}
	}
	found := exact
	if len(found) == 0 {
		found = begun
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, usageError{r.t("log.no-account", text.Args{"Account": typed})}
	}
	slices.SortFunc(found, func(a, b *model.Customer) int { return strings.Compare(a.Name+a.Code, b.Name+b.Code) })
	var names []string
	for _, l := range found[:min(len(found), told)] {
		names = append(names, strings.TrimSpace(l.Name+" ("+l.Code+") "+l.Address.City))
	}
	return nil, usageError{r.words().N("log.several-accounts", len(found), text.Args{"Account": typed, "Accounts": strings.Join(names, ", ")})}
}

// logged writes a visit or a call that is not on record yet, and says so.
func (r *run) logged(s *store.Store, book *model.Book, action, done string, record model.Record) error {
	key := record.Key()
	name := words.AccountName(book, key.Code)
	var also []string
	var err error
	if !r.told {
		if also, err = r.alsoThere(s, book, record); err != nil {
			return err
		}
	}
	_, err = s.Apply(r.actor(), store.Request{Action: action, Subject: name, Puts: []store.Put{{Record: record, New: true}}})
	var exists store.AlreadyExists
	if errors.As(err, &exists) {
		return plainError{r.t("forms.exists." + string(key.Table)), codeFailed}
	}
	if err != nil {
		return err
	}
	said := r.t(done, text.Args{"Name": name, "Code": key.Code, "Day": r.words().Date(key.Date)})
	if l := book.Account(key.Code); key.Table == model.TableCalls && book.On(key.Date).Refuses(l) {
		said += " " + r.t("log.opted-out")
	}
	_, err = fmt.Fprintln(r.Output, strings.Join(append([]string{said}, also...), "\n"))
	return err
}
