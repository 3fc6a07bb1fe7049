package command

// Everything about one person, and its end.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/temporary"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

// personAsked are the flags of person export and erase.
type personAsked struct {
	account, output string
	all             bool
	asJSON, confirm bool
}

func (r *run) personCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "person", Short: "person.short", Long: "person.long", Args: r.noArgs,
		Example: "  doppelpass person export \"Olaf Lenz\" -o lenz.json --json\n  doppelpass person erase \"Olaf Lenz\" --account K-0247\n  doppelpass person erase K-0247 --confirm\n  doppelpass compact",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var o personAsked
	flags := func(c *cobra.Command) *cobra.Command {
		c.Flags().StringVar(&o.account, "account", "", "person.flag.account")
		c.Flags().BoolVar(&o.all, "all", false, "person.flag.all")
		c.Flags().BoolVar(&o.asJSON, "json", false, "command.flag.json")
		return c
	}
	export := flags(&cobra.Command{Use: "export NAME|ACCOUNT", Short: "person.export.short", Long: "person.export.long", Args: r.oneArg("NAME|ACCOUNT"),
		DisableFlagsInUseLine: true, RunE: func(_ *cobra.Command, args []string) error { return r.exportPerson(args[0], o) }})
	export.Flags().StringVarP(&o.output, "output", "o", "", "person.flag.output")
	erase := flags(&cobra.Command{Use: "erase NAME|ACCOUNT", Short: "person.erase.short", Long: "person.erase.long", Args: r.oneArg("NAME|ACCOUNT"),
		DisableFlagsInUseLine: true, RunE: func(_ *cobra.Command, args []string) error { return r.erasePerson(args[0], o) }})
	erase.Flags().BoolVar(&o.confirm, "confirm", false, "person.flag.confirm")
	c.AddCommand(export, erase)
	return c
}

func (o personAsked) who(name string) store.Who {
	return store.Who{Name: strings.TrimSpace(exchange.Clean(name)), Account: o.account, All: o.all}
}

// exportPerson writes all that is known of somebody. Only the lead may, and whoever it is
// about; the history says who did.
func (r *run) exportPerson(name string, o personAsked) error {
	return r.withBook(func(s *store.Store, book *model.Book) error {
		known, err := s.Person(o.who(name))
		if err != nil {
			return err
		}
		actor := r.actor()
		if person, ok := book.Person(actor.Person); ok && person.Role != model.RoleLead && !isSelf(known, person) {
			return model.Forbidden{Role: person.Role, Table: model.TablePeople, Person: person.Code}
		}
		if err := s.NoteLook(actor, "person.export", known.Names[0]); err != nil {
			return err
		}
		drafts := r.drafts()
		return r.writeOut(o.output, func(w io.Writer) error {
			if o.asJSON {
				e := json.NewEncoder(w)
				e.SetEscapeHTML(false)
				e.SetIndent("", " ")
				return e.Encode(tables.KnownJSON(known, drafts.naming(known.Names)))
			}
			p := r.words()
			_, err := fmt.Fprintf(w, "%s\n%s\n", r.bold(r.Output)(words.KnownTitle(p, known)), strings.Join(words.Known(p, book, known, drafts.naming(known.Names)), "\n"))
			return err
		})
	})
}

func isSelf(known store.Known, person model.Person) bool {
	return slices.ContainsFunc(known.Own, func(r model.Record) bool { return r.Key() == person.Key() })
}

// drafts is what this person has half typed, as a file beside their settings.
type draftFile struct {
	path    string
	content []byte
}

func (r *run) drafts() (d draftFile) {
	if r.habits != nil && r.habits.Path() != "" {
		d.path = r.habits.Path() + ".drafts"
		d.content, _ = temporary.Read(d.path, 64<<20)
	}
	return d
}

// naming reports whether a draft names somebody.
func (d draftFile) naming(names []string) (found []string) {
	for _, name := range names {
		if name != "" && strings.Contains(strings.ToLower(string(d.content)), strings.ToLower(name)) {
			found = append(found, d.path)
			break
		}
	}
	return found
}

// forget takes whoever was erased out of the drafts.
func (d draftFile) forget(s *store.Store) error {
	var drafts any
	if len(d.content) == 0 || json.Unmarshal(d.content, &drafts) != nil {
		return nil
	}
	forget, err := s.Forget()
	if err != nil {
		return err
	}
	content, err := json.Marshal(inTexts(drafts, forget))
	if err != nil {
		return err
	}
	return exchange.WriteFile(d.path, func(w io.Writer) error { _, err := w.Write(content); return err })
}

// inTexts puts every text of a JSON value through a function.
func inTexts(value any, of func(string) string) any {
	switch v := value.(type) {
	case string:
		var inner any
		if json.Unmarshal([]byte(v), &inner) == nil { // drafts of pages lie within drafts
			switch inner.(type) {
			case map[string]any, []any:
				if packed, err := json.Marshal(inTexts(inner, of)); err == nil {
					return string(packed)
				}
			}
		}
		return of(v)
	case []any:
		for i := range v {
			v[i] = inTexts(v[i], of)
		}
	case map[string]any:
		for key := range v {
			v[key] = inTexts(v[key], of)
		}
	}
	return value
}

// erasePerson says what would go and, with --confirm, lets it go.
func (r *run) erasePerson(name string, o personAsked) error {
	return r.withBook(func(s *store.Store, book *model.Book) error {
		who := o.who(name)
		known, err := s.Erasing(who)
		if err != nil {
			return err
		}
		drafts := r.drafts()
		if !o.confirm {
			if o.asJSON {
				return r.writeJSON(tables.KnownJSON(known, drafts.naming(known.Names)))
			}
			p := r.words()
			lines := append(words.Erasing(p, book, known, drafts.naming(known.Names)), "", p.T("person.confirm"))
			return r.write(r.bold(r.Output)(words.ErasingTitle(p, known)) + "\n" + strings.Join(lines, "\n") + "\n")
		}
		done, err := s.Erase(r.actor(), who)
		if err != nil && !errors.As(err, &store.BookUnwritten{}) {
			return err
		}
		if err := errors.Join(err, drafts.forget(s)); err != nil {
			return err
		}
		p := r.words()
		if o.asJSON {
			return r.writeJSON(struct {
				Records int      `json:"records"`
				Gone    int      `json:"gone"`
				Steps   int      `json:"steps"`
				Labels  []string `json:"labels"`
			}{done.Records, done.Gone, done.Steps, done.Labels})
		}
		_, err = fmt.Fprintln(r.Output, words.Erased(p, done)+" "+p.T("person.erased.compact"))
		return err
	})
}
