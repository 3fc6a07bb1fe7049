package command

// People: who works on the business, as what, and with which keys the team's server
// lets them in.

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// personOptions are the flags of people add.
type personOptions struct {
	role, department, rep string
	keys                  []string
}

func (r *run) peopleCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "people", Short: "people.short", Long: "people.long", Args: r.noArgs,
		Example: "  doppelpass people add \"Anna Beck\" --role sales --rep R1 --key SHA256:…\n  doppelpass people list\n  doppelpass people remove \"Anna Beck\"",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var o personOptions
	add := &cobra.Command{Use: "add NAME", Short: "people.add.short", Long: "people.add.long", Args: r.oneArg("NAME"),
		RunE: func(c *cobra.Command, args []string) error { return r.addPerson(args[0], o, c.Flags().Changed) }}
	add.Flags().StringVar(&o.role, "role", "", "people.flag.role")
	add.Flags().StringVar(&o.department, "department", "", "people.flag.department")
	add.Flags().StringVar(&o.rep, "rep", "", "people.flag.rep")
	add.Flags().StringArrayVar(&o.keys, "key", nil, "people.flag.key")
	r.complete(add, "role", "lead", "sales", "marketing", "look")
	r.complete(add, "department", "sales", "marketing")
	r.completeWith(add, "rep", r.completeRep)
	var asJSON bool
	list := &cobra.Command{Use: "list", Short: "people.list.short", Args: r.noArgs, RunE: func(*cobra.Command, []string) error { return r.listPeople(asJSON) }}
	list.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	var only []string
	var h handing
	remove := &cobra.Command{Use: "remove NAME", Short: "people.remove.short", Args: r.oneArg("NAME"),
		RunE: func(_ *cobra.Command, args []string) error { return r.removePerson(args[0], only, h) }}
	remove.Flags().StringVar(&h.to, "to", "", "handing.flag.to")
	r.completeWith(remove, "to", r.completeRep)
	r.plansFlag(remove, &h.plans)
	remove.Flags().StringArrayVar(&only, "key", nil, "people.flag.only-key")
	c.AddCommand(add, list, remove)
	return c
}

// personNamed finds somebody by name or code.
func personNamed(b *model.Book, name string) (model.Person, bool) {
	for _, p := range b.People() {
		if strings.EqualFold(p.Code, name) || strings.EqualFold(p.Name, name) {
			return p, true
		}
	}
	return model.Person{}, false
}

// keysOf are the fingerprints of keys: given as such, as the key itself, or as its file.
func (r *run) keysOf(written []string) (keys []string, err error) {
	for _, key := range written {
		fingerprint, ok := model.KeyFingerprint(key)
		if ok {
			keys = append(keys, fingerprint)
			continue
		}
		path, err := r.file(key)
		if err != nil {
			return nil, err
		}
		if content, err := os.ReadFile(path); err == nil {
			fingerprint, ok = model.KeyFingerprint(string(content))
		}
		if !ok {
			return nil, usageError{r.t("people.keys.wrong", text.Args{"Key": key})}
		}
		keys = append(keys, fingerprint)
	}
	return keys, nil
}

func (r *run) addPerson(name string, o personOptions, given func(flag string) bool) error {
	name = strings.TrimSpace(exchange.Clean(name))
	keys, err := r.keysOf(o.keys)
	if err != nil {
		return err
	}
	if given("role") && !slices.Contains(model.Roles[:], model.Role(o.role)) {
		return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--role", "Values": "lead, sales, marketing, look"})}
	}
	if o.department != "" && o.department != string(model.RoleSales) && o.department != string(model.RoleMarketing) {
		return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--department", "Values": "sales, marketing"})}
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		person, known := personNamed(book, name)
		action := "people.edit"
		var before model.Record = person
		if !known {
			if !given("role") {
				return usageError{r.t("people.need-role")}
			}
			action, before = "people.add", nil
			person = model.Person{Code: words.PersonCode(book, name), Name: name}
		}
		if given("role") {
			person.Role = model.Role(o.role)
		}
		if given("department") {
			person.Department = model.Role(o.department)
		}
		if given("rep") {
			person.Rep = ""
			if o.rep != "" {
				if person.Rep, err = r.repNamed(book, o.rep); err != nil {
					return err
				}
			}
		}
		person.Inactive = false
		person.Keys = slices.Clone(person.Keys)
		for _, key := range keys {
			if !slices.Contains(person.Keys, key) {
				person.Keys = append(person.Keys, key)
			}
		}
		if _, err := s.Apply(r.actor(), store.Request{Action: action, Subject: person.Name, Puts: []store.Put{{Record: person, Before: before, New: !known}}}); err != nil {
			return err
		}
		_, err = fmt.Fprintln(r.Output, words.PersonLine(r.words(), book, person))
		return err
	})
}

func (r *run) removePerson(name string, written []string, h handing) error {
	keys, err := r.keysOf(written)
	if err != nil {
		return err
	}
	return r.withBook(func(s *store.Store, book *model.Book) error {
		person, known := personNamed(book, name)
		if !known {
			return usageError{r.t("people.unknown", text.Args{"Name": name})}
		}
		request := store.Request{Action: "people.remove", Subject: person.Name, Deletes: []model.Key{person.Key()}}
		said := r.t("people.removed", text.Args{"Name": person.Name})
		if len(keys) > 0 {
			before := person
			person.Keys = slices.DeleteFunc(slices.Clone(person.Keys), func(key string) bool { return slices.Contains(keys, key) })
			request = store.Request{Action: "people.edit", Subject: person.Name, Puts: []store.Put{{Record: person, Before: before}}}
			said = words.PersonLine(r.words(), book, person)
		}
		for _, rep := range book.Leaving(nil, request.Deletes) {
			if request, err = r.heirOf(book, request, rep, h, true); err != nil {
				return err
			}
		}
		if _, err := s.Apply(r.actor(), request); err != nil {
			return err
		}
		laptops, err := s.Laptops()
		for _, l := range laptops {
			if l.Person == person.Code { // what they took along the lead has to know
				said += "\n" + r.laptopLine(l)
			}
		}
		_, out := fmt.Fprintln(r.Output, said)
		return errors.Join(err, out)
	})
}

// laptopLine says of a laptop up to where it has the data.
func (r *run) laptopLine(l store.Laptop) string {
	p, at := r.words(), l.At.Local()
	return p.T("laptop.has", text.Args{"Device": cmp.Or(exchange.Clean(l.Device), "–"), "Step": p.Int(int(l.Number)), "Day": p.Date(model.DateOf(at)), "Time": at.Format("15:04")})
}

// personJSON is a person for scripts.
type personJSON struct {
	Code       string     `json:"code"`
	Name       string     `json:"name"`
	Role       model.Role `json:"role"`
	Department model.Role `json:"department,omitempty"`
	Rep        string     `json:"rep,omitempty"`
	Keys       []string   `json:"keys"`
	Active     bool       `json:"active"`
}

func (r *run) listPeople(asJSON bool) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	return r.read(func(s *store.Store) error {
		book, err := s.RulesBook()
		if err != nil {
			return err
		}
		if asJSON {
			list := []personJSON{}
			for _, p := range book.People() {
				list = append(list, personJSON{p.Code, p.Name, p.Role, p.Department, p.Rep, append([]string{}, p.Keys...), !p.Inactive})
			}
			return json.NewEncoder(r.Output).Encode(list)
		}
		if !book.Shared() {
			_, err := fmt.Fprintln(r.Output, r.t("people.empty"))
			return err
		}
		g := &grid{}
		view := tables.View{Text: r.words(), Day: book.On(today)}
		laptops, err := s.Laptops()
		if err != nil {
			return err
		}
		var rest []store.Laptop // of people who are gone
		for _, l := range laptops {
			if _, known := book.Person(l.Person); !known {
				rest = append(rest, l)
			}
		}
		for _, p := range book.People() {
			g.add(tables.Team.Printed(view, p)...)
			for _, key := range p.Keys {
				g.add("  " + key)
			}
			for _, l := range laptops {
				if l.Person == p.Code {
					g.add("  " + r.laptopLine(l))
				}
			}
		}
		for _, l := range rest {
			g.add(r.t("laptop.gone", text.Args{"Name": l.Person, "Laptop": r.laptopLine(l)}))
		}
		var b strings.Builder
		g.write(&b, "", g.widths(nil))
		_, err = fmt.Fprint(r.Output, b.String())
		return err
	})
}
