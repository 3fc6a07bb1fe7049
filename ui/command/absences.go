package command

// Absences: who is away when, listed, entered and taken from a calendar.

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/forms"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// absenceOptions are the flags of absences add.
type absenceOptions struct {
	rep, from, to, fromTime, toTime, weekdays, kind, cover, note, plans string
}

func (r *run) absencesCommand() *cobra.Command {
	var rep string
	c := &cobra.Command{
		Use: "absences", Short: "absences.short", Long: "absences.long", Args: r.noArgs,
		Example: "  doppelpass absences list --rep R1\n  doppelpass absences add --rep R1 --from 2026-12-21 --to 2027-01-08 --cover R2\n  doppelpass absences import holidays.ics --rep R1",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	list := &cobra.Command{Use: "list", Short: "absences.list.short", Args: r.noArgs, RunE: func(*cobra.Command, []string) error { return r.listAbsences(rep) }}
	list.Flags().StringVar(&rep, "rep", "", "absences.flag.rep")
	var o absenceOptions
	add := &cobra.Command{Use: "add", Short: "absences.add.short", Args: r.noArgs, RunE: func(*cobra.Command, []string) error { return r.addAbsence(o) }}
	for _, flag := range []struct {
		at   *string
		name string
	}{{&o.rep, "rep"}, {&o.from, "from"}, {&o.to, "to"}, {&o.fromTime, "from-time"}, {&o.toTime, "to-time"}, {&o.weekdays, "weekdays"}, {&o.kind, "kind"}, {&o.cover, "cover"}, {&o.note, "note"}} {
		add.Flags().StringVar(flag.at, flag.name, "", "absences.flag."+flag.name)
	}
	r.plansFlag(add, &o.plans)
	r.completeWith(add, "cover", r.completeRep)
	take := &cobra.Command{Use: "import FILE", Short: "absences.import.short", Args: r.oneArg("FILE"), DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error { return r.importAbsences(args[0], rep, o) }}
	take.Flags().StringVar(&rep, "rep", "", "absences.flag.rep")
	take.Flags().StringVar(&o.cover, "cover", "", "absences.flag.cover")
	r.plansFlag(take, &o.plans)
	for _, command := range []*cobra.Command{list, add, take} {
		r.completeWith(command, "rep", r.completeRep)
	}
	c.AddCommand(list, add, take)
	return c
}

// repNamed is the code of a rep by code or name.
func (r *run) repNamed(book *model.Book, name string) (string, error) {
	for _, rep := range book.Reps() {
		if strings.EqualFold(rep.Code, name) || strings.EqualFold(rep.Name, name) {
			return rep.Code, nil
		}
	}
	return "", usageError{r.t("absences.no-rep", text.Args{"Rep": name})}
}

func (r *run) listAbsences(rep string) error {
	return r.read(func(s *store.Store) error {
		book, err := s.Book()
		if err != nil {
			return err
		}
		code := ""
		if rep != "" {
			if code, err = r.repNamed(book, rep); err != nil {
				return err
			}
		}
		g := &grid{}
		for _, one := range book.Reps() {
			if code != "" && one.Code != code {
				continue
			}
			for _, a := range book.Absences(one.Code) {
				cover := ""
				if a.Cover != "" {
					cover = r.t("absence.cover", text.Args{"Rep": book.RepName(a.Cover)})
				}
				g.add(one.Name, words.AbsenceTime(r.words(), a), words.AbsenceKind(r.words(), a.Kind), cover, a.Note)
			}
		}
		var b strings.Builder
		if g.write(&b, "", g.widths(nil)); b.Len() == 0 {
			b.WriteString(r.t("absence.none") + "\n")
		}
		_, err = fmt.Fprint(r.Output, b.String())
		return err
	})
}

func (r *run) addAbsence(o absenceOptions) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	switch {
	case o.rep == "":
		return usageError{r.t("absences.need", text.Args{"Flag": "rep"})}
	case o.from == "":
		return usageError{r.t("absences.need", text.Args{"Flag": "from"})}
	}
	a := model.Absence{Kind: model.AwayHoliday, Note: o.note}
	if o.kind != "" {
		a.Kind = o.kind
	}
	bad := func(flag string, err error) error {
		return usageError{r.t("command.flag.bad", text.Args{"Flag": "--" + flag, "Detail": err.Error()})}
	}
	if a.From, err = r.words().ParseDay(o.from, today); err != nil {
		return bad("from", err)
	}
	if o.to != "" {
		if a.To, err = r.words().ParseDay(o.to, a.From); err != nil {
			return bad("to", err)
		}
	}
	for _, clock := range []struct {
		flag, typed string
		at          *model.Clock
	}{{"from-time", o.fromTime, &a.FromTime}, {"to-time", o.toTime, &a.ToTime}} {
		if *clock.at, err = r.clock(clock.flag, clock.typed); err != nil {
			return err
		}
	}
	if o.weekdays != "" {
		h, err := hours.Parse(o.weekdays + " 00:00-24:00")
		if err != nil || len(h.Rules) != 1 || len(h.Rules[0].Days.Names()) == 0 {
			return usageError{r.t("absences.bad-weekdays", text.Args{"Days": o.weekdays})}
		}
		a.Weekdays = h.Rules[0].Days.Names()
	} else if a.To == 0 {
		a.To = a.From
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		if a.Rep, err = r.repNamed(book, o.rep); err != nil {
			return err
		}
		if o.cover != "" {
			if a.Cover, err = r.coverNamed(book, a.Rep, o.cover); err != nil {
				return err
			}
		}
		request := store.Request{Action: "absence.add", Subject: words.DaySubject(book.RepName(a.Rep), a.From), Puts: []store.Put{{Record: a}}}
		request, said, err := r.withAbsent(book, today, request, o.plans)
		if err != nil {
			return err
		}
		if _, err := s.Apply(r.actor(), request); err != nil {
			return err
		}
		return r.tell(r.t("absences.added", text.Args{"What": book.RepName(a.Rep) + ": " + words.Absence(r.words(), book, a)}), said)
	})
}

// coverNamed is who stands in for a rep, by code or name.
func (r *run) coverNamed(book *model.Book, rep, name string) (string, error) {
	cover, err := r.repNamed(book, name)
	if err == nil && cover == rep {
		err = usageError{r.t("cover.self")}
	}
	return cover, err
}

// withAbsent is a request with what the answer makes of the visits planned for the time of
// its absences; where nothing is said of them they stand, and that is told.
func (r *run) withAbsent(book *model.Book, today model.Date, request store.Request, given string) (_ store.Request, said string, err error) {
	answer, err := r.plansAnswer(given)
	if err != nil {
		return request, "", err
	}
	away := book.NewlyAbsent(request.Records(), today)
	switch {
	case len(away) == 0:
		return request, "", nil
	case answer == "": // what is agreed stays
		return request, r.words().N("cover.standing", model.PartedVisits(away), text.Args{"Rep": book.RepName(away[0].From)}), nil
	case answer == model.PlansHandOver && slices.ContainsFunc(away, func(p model.Parted) bool { return p.To == "" }):
		return request, "", usageError{r.t("cover.need")}
	}
	return answeredWith(book, request, away, answer), r.plansDone(away, answer), nil
}

// tell writes lines, those that say anything.
func (r *run) tell(lines ...string) error {
	for _, line := range lines {
		if line != "" {
			if _, err := fmt.Fprintln(r.Output, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// withDay looks at the day that is asked for, with all that the store holds.
func (r *run) withDay(look func(*store.Store, *model.Day) error) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	return r.read(func(s *store.Store) error {
		book, err := s.Book()
		if err != nil {
			return err
		}
		return look(s, book.On(today))
	})
}

// withBook does something with the store open for changes.
func (r *run) withBook(do func(*store.Store, *model.Book) error) error {
	s, err := r.changing()
	if err != nil {
		return err
	}
	book, err := s.Book()
	if err == nil {
		err = do(s, book)
	}
	return errors.Join(err, r.close(s))
}

// importAbsences takes a calendar's absences as one step. An event that came before is
// known by its identifier: what has moved moves, what is the same stays.
func (r *run) importAbsences(path, rep string, o absenceOptions) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	if rep == "" {
		return usageError{r.t("absences.need", text.Args{"Flag": "rep"})}
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		code, err := r.repNamed(book, rep)
		if err != nil {
			return err
		}
		if err := r.files(&path); err != nil {
			return err
		}
		list, odd, err := exchange.ReadAbsenceFile(path, code, time.Local)
		if err != nil {
			return err
		}
		cover := ""
		if o.cover != "" {
			if cover, err = r.coverNamed(book, code, o.cover); err != nil {
				return err
			}
		}
		request, same := forms.CalendarRequest(book, code, cover, list)
		request, said, err := r.withAbsent(book, today, request, o.plans)
		if err != nil {
			return err
		}
		if len(request.Puts)+len(request.Deletes) > 0 {
			if _, err := s.Apply(r.actor(), request); err != nil {
				return err
			}
		}
		p := r.words()
		for i, event := range odd {
			if i == oddNamed {
				r.complain(words.OddEvents(p, odd[i:]))
				break
			}
			r.complain(words.OddEvent(p, event))
		}
		return r.tell(p.N("absences.imported", absencesIn(request), text.Args{"Rep": book.RepName(code), "Same": p.Int(same)}), said)
	})
}

// oddNamed is how many events that were not taken as they stand are named.
const oddNamed = 20

// absencesIn counts the absences that a request puts.
func absencesIn(request store.Request) (n int) {
	for _, p := range request.Puts {
		if _, ok := p.Record.(model.Absence); ok {
			n++
		}
	}
	return n
}
