package command

// Handing over: a territory to another rep, all that a rep has, a rep who goes, a part of a
// territory.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// handing are the flags of the commands that hand over.
type handing struct {
	to, plans, postcodes, accounts, code, name, rep string
}

func (r *run) handOverCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "hand-over", Short: "handing.short", Long: "handing.long", Args: r.noArgs,
		Example: "  doppelpass hand-over rep T1 --to R2 --plans hand-over\n  doppelpass hand-over all R1 --to \"Timo Brandt\"\n" +
			"  doppelpass hand-over remove R1 --plans free\n  doppelpass hand-over split T1 --postcodes 70,71 --name \"Stuttgart\" --rep R3 --plans hand-over",
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var h handing
	to := func(c *cobra.Command) *cobra.Command {
		c.Flags().StringVar(&h.to, "to", "", "handing.flag.to")
		r.completeWith(c, "to", r.completeRep)
		return c
	}
	rep := to(&cobra.Command{Use: "rep TERRITORY", Short: "handing.rep.short", Args: r.oneArg("TERRITORY"),
		RunE: func(_ *cobra.Command, args []string) error { return r.giveTerritory(args[0], h) }})
	all := to(&cobra.Command{Use: "all REP", Short: "handing.all.short", Args: r.oneArg("REP"),
		RunE: func(_ *cobra.Command, args []string) error { return r.giveAll(args[0], h) }})
	remove := to(&cobra.Command{Use: "remove REP", Short: "handing.remove.short", Args: r.oneArg("REP"),
		RunE: func(_ *cobra.Command, args []string) error { return r.removeRep(args[0], h) }})
	split := &cobra.Command{Use: "split TERRITORY", Short: "handing.split.short", Args: r.oneArg("TERRITORY"),
		RunE: func(_ *cobra.Command, args []string) error { return r.splitTerritory(args[0], h) }}
	for _, flag := range []struct {
		at   *string
		name string
	}{{&h.postcodes, "postcodes"}, {&h.accounts, "accounts"}, {&h.code, "code"}, {&h.name, "name"}, {&h.rep, "rep"}} {
		split.Flags().StringVar(flag.at, flag.name, "", "handing.flag."+flag.name)
	}
	r.completeWith(split, "rep", r.completeRep)
	for _, command := range []*cobra.Command{rep, remove, split} {
		r.plansFlag(command, &h.plans)
	}
	c.AddCommand(rep, all, remove, split)
	return c
}

// territoryNamed is a territory by code or name.
func (r *run) territoryNamed(book *model.Book, name string) (model.Territory, error) {
	for _, area := range book.Areas() {
		if area.Known && (strings.EqualFold(area.Code, name) || strings.EqualFold(area.Name, name)) {
			return area.Territory, nil
		}
	}
	return model.Territory{}, usageError{r.t("handing.no-territory", text.Args{"Territory": name})}
}

// applied makes a change whose plans are decided about, and says what was done.
func (r *run) applied(s *store.Store, book *model.Book, request store.Request, plans, done string) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	request, said, err := r.withPlans(book, today, request, plans)
	if err != nil {
		return err
	}
	if _, err := s.Apply(r.actor(), request); err != nil {
		return err
	}
	for _, line := range []string{done, said} {
		if line != "" {
			if _, err := fmt.Fprintln(r.Output, line); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) giveTerritory(name string, h handing) error {
	return r.withBook(func(s *store.Store, book *model.Book) error {
		before, err := r.territoryNamed(book, name)
		if err != nil {
			return err
		}
		after := before
		args := text.Args{"Territory": cmp.Or(before.Name, before.Code)}
		switch h.to {
		case "":
			return usageError{r.t("handing.need-to")}
		case "-":
			after.Rep = ""
		default:
			if after.Rep, err = r.repNamed(book, h.to); err != nil {
				return err
			}
		}
		args["Rep"] = book.RepName(after.Rep)
		if after.Rep == before.Rep {
			return plainError{r.t("handing.same", args), codeFailed}
		}
		done := r.t("handing.done.rep", args)
		if after.Rep == "" {
			done = r.t("handing.done.vacant", args)
		}
		request := store.Request{Action: "territory.edit", Subject: cmp.Or(before.Name, before.Code), Puts: []store.Put{{Record: after, Before: before}}}
		return r.applied(s, book, request, h.plans, done)
	})
}

// along is what a rep has: territories and visits ahead; "" for nothing.
func (r *run) along(book *model.Book, rep string, today model.Date) string {
	territories, visits := book.Ahead(rep, today)
	var along []string
	if territories > 0 {
		along = append(along, r.words().N("forms.count.territories", territories))
	}
	if visits > 0 {
		along = append(along, r.words().N("leaving.visits", visits))
	}
	return strings.Join(along, ", ")
}

// succeeded adds to a request that all a rep has goes to another, "" for nobody.
func succeeded(book *model.Book, request store.Request, rep, heir string, today model.Date) store.Request {
	for _, e := range book.Succeeded(rep, heir, today) {
		key := e.Before.Key()
		if e.After == nil {
			request.Deletes = append(request.Deletes, key)
			continue
		}
		put := store.Put{Record: e.After, Before: e.Before}
		if key != e.After.Key() {
			put.Replaces = &key
		}
		request.Puts = append(request.Puts, put)
	}
	return request
}

func (r *run) giveAll(name string, h handing) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		rep, err := r.repNamed(book, name)
		if err != nil {
			return err
		}
		if h.to == "" {
			return usageError{r.t("handing.need-to")}
		}
		heir, err := r.repNamed(book, h.to)
		if err != nil {
			return err
		}
		if heir == rep {
			return usageError{r.t("handing.need-to")}
		}
		along := r.along(book, rep, today)
		if along == "" {
			along = "–"
		}
		request := succeeded(book, store.Request{Action: "rep.hand-over", Subject: book.RepName(rep)}, rep, heir, today)
		if _, err := s.Apply(r.actor(), request); err != nil {
			return err
		}
		_, err = fmt.Fprintln(r.Output, r.t("handing.done.all", text.Args{"Rep": book.RepName(rep), "To": book.RepName(heir), "Along": along}))
		return err
	})
}

// heirOf adds to a request what becomes of all that a rep leaves behind. A rep whose record
// stays may keep it.
func (r *run) heirOf(book *model.Book, request store.Request, rep string, h handing, stays bool) (store.Request, error) {
	today, err := r.day()
	if err != nil {
		return request, err
	}
	answer, err := r.plansAnswer(h.plans)
	if err != nil {
		return request, err
	}
	along := r.along(book, rep, today)
	if answer == "" && h.to != "" {
		answer = model.PlansHandOver
	}
	switch {
	case along == "" || answer == model.PlansKeep && stays:
		return request, nil
	case answer == model.PlansKeep:
		return request, usageError{r.t("handing.keep")}
	case answer == "" && stays:
		return request, usageError{r.t("handing.leaves.person", text.Args{"Rep": book.RepName(rep), "Along": along})}
	case answer == "":
		return request, usageError{r.t("handing.leaves", text.Args{"Rep": book.RepName(rep), "Along": along})}
	case answer == model.PlansFree:
		return succeeded(book, request, rep, "", today), nil
	case h.to == "":
		return request, usageError{r.t("handing.need-to")}
	}
	heir, err := r.repNamed(book, h.to)
	if err == nil && heir == rep {
		err = usageError{r.t("handing.need-to")}
	}
	return succeeded(book, request, rep, heir, today), err
}

func (r *run) removeRep(name string, h handing) error {
	return r.withBook(func(s *store.Store, book *model.Book) error {
		rep, err := r.repNamed(book, name)
		if err != nil {
			return err
		}
		request := store.Request{Action: "rep.delete", Subject: book.RepName(rep), Deletes: []model.Key{model.Rep{Code: rep}.Key()}}
		if request, err = r.heirOf(book, request, rep, h, false); err != nil {
			return err
		}
		if _, err := s.Apply(r.actor(), request); err != nil {
			return err
		}
		_, err = fmt.Fprintln(r.Output, r.t("handing.done.removed", text.Args{"Rep": book.RepName(rep)}))
		return err
	})
}

func (r *run) splitTerritory(name string, h handing) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	parts := func(typed string) []string {
		return strings.FieldsFunc(typed, func(c rune) bool { return c == ',' || c == ';' || c == ' ' })
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		of, err := r.territoryNamed(book, name)
		if err != nil {
			return err
		}
		n := model.Territory{Code: cmp.Or(h.code, forms.NextTerritory(book)), Region: of.Region, Country: of.Country, Calendar: of.Calendar, Marketing: of.Marketing, Postcodes: parts(h.postcodes)}
		n.Name = cmp.Or(h.name, n.Code)
		if area := book.Area(n.Code); area != nil && area.Known {
			return usageError{r.t("handing.taken", text.Args{"Code": n.Code})}
		}
		if h.rep != "" {
			if n.Rep, err = r.repNamed(book, h.rep); err != nil {
				return err
			}
		}
		accounts := forms.SplitOff(book, of.Code, n.Postcodes)
		for _, code := range parts(h.accounts) {
			l := book.Account(code)
			if l == nil || l.Territory != of.Code {
				return usageError{r.t("handing.no-account", text.Args{"Account": code, "Territory": cmp.Or(of.Name, of.Code)})}
			}
			if !slices.Contains(accounts, l) {
				accounts = append(accounts, l)
			}
		}
		switch {
		case len(accounts) == 0 && len(n.Postcodes) > 0:
			return plainError{r.t("split.none", text.Args{"Territory": cmp.Or(of.Name, of.Code)}), codeFailed}
		case len(accounts) == 0:
			return usageError{r.t("handing.need-part")}
		}
		request := store.Request{Action: "territory.split", Subject: n.Name}
		kept := 0
		for _, e := range book.Split(n, accounts, today) {
			if _, campaign := e.After.(model.Campaign); campaign && r.actor().May(e) != nil {
				kept++
				continue
			}
			request.Puts = append(request.Puts, store.Put{Record: e.After, Before: e.Before, New: e.Before == nil})
		}
		done := r.words().N("split.done", len(accounts), text.Args{"Territory": words.Subject(r.words(), n.Name)})
		if kept > 0 {
			done += " " + r.words().N("split.campaigns", kept)
		}
		return r.applied(s, book, request, h.plans, done)
	})
}
