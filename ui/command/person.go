package command

// Everything about one person, and its end.

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
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
				return e.Encode(knownJSON(known, drafts.naming(known.Names)))
			}
			_, err := io.WriteString(w, r.personText(book, known, drafts.naming(known.Names)))
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
		d.content, _ = os.ReadFile(d.path)
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
				return r.writeJSON(knownJSON(known, drafts.naming(known.Names)))
			}
			return r.write(r.erasureText(book, known, drafts.naming(known.Names)))
		}
		done, err := s.Erase(r.actor(), who)
		if err != nil {
			return err
		}
		if err := drafts.forget(s); err != nil {
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
		_, err = fmt.Fprintln(r.Output, p.T("person.erased", text.Args{
			"Records": p.N("person.records", done.Records), "Steps": p.N("person.steps", done.Steps), "Label": done.Labels[0],
		}))
		return err
	})
}

// personText is all that is known of somebody, to read.
func (r *run) personText(book *model.Book, known store.Known, drafts []string) string {
	p := r.words()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.bold(r.Output)(p.T("person.title", text.Args{"Name": words.List(p, known.Names, len(known.Names))})))
	part := func(key string, count int) {
		if count > 0 {
			fmt.Fprintf(&b, "\n%s\n", p.N("person.part."+key, count))
		}
	}
	part("own", len(known.Own))
	for _, record := range known.Own {
		fmt.Fprintf(&b, "  %s\n", personRecordTitle(p, book, record))
		r.personFields(&b, record, nil)
	}
	part("named", len(known.Records))
	for _, k := range known.Records {
		fmt.Fprintf(&b, "  %s\n", personRecordTitle(p, book, k.Record))
		r.personFields(&b, k.Record, k.Fields)
	}
	part("steps", len(known.Steps))
	for _, step := range known.Steps {
		fmt.Fprintf(&b, "  %s\n", personStepLine(p, step))
		for _, side := range []struct {
			key     string
			records []store.KnownRecord
		}{{"person.before", step.Before}, {"person.after", step.After}} {
			for _, k := range side.records {
				fmt.Fprintf(&b, "    %s\n", p.T(side.key, text.Args{"Record": personRecordTitle(p, book, k.Record)}))
				r.personFields(&b, k.Record, k.Fields)
			}
		}
	}
	part("opt-outs", len(known.OptOuts))
	for _, o := range known.OptOuts {
		fmt.Fprintf(&b, "  %s\n", p.T("person.opt-out", text.Args{"Day": p.Date(o.Since)}))
	}
	part("mappings", known.Mappings)
	for _, path := range drafts {
		fmt.Fprintf(&b, "\n%s\n", p.T("person.drafts", text.Args{"Path": path}))
	}
	return b.String()
}

func personRecordTitle(p *text.Printer, book *model.Book, record model.Record) string {
	return strings.TrimSpace(words.One(p, record.Key().Table) + " " + words.KeyName(p, book, record.Key()))
}

func personStepLine(p *text.Printer, step store.KnownStep) string {
	line := p.T("person.step", text.Args{"Step": p.Int(int(step.Step)), "Day": p.Date(model.DateOf(step.At.Local())), "What": words.Step(p, step.Entry), "By": step.Actor})
	if step.Made {
		line += " " + p.T("person.step.made")
	}
	return line
}

// personFields are a record's fields that say something; with named, only those.
func (r *run) personFields(b *strings.Builder, record model.Record, named []string) {
	d := model.DescriptionOf(record)
	for i, f := range d.Fields() {
		if f.Name == "row" || len(named) > 0 && !slices.Contains(named, f.Name) {
			continue
		}
		if value := words.FieldValue(r.words(), d.Value(record, i)); value != "–" {
			fmt.Fprintf(b, "      %s: %s\n", words.FieldName(r.words(), d.Table(), f.Name), value)
		}
	}
}

// erasureText says what would go with somebody, and what stays.
func (r *run) erasureText(book *model.Book, known store.Known, drafts []string) string {
	p := r.words()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.bold(r.Output)(p.T("person.would", text.Args{"Name": words.List(p, known.Names, len(known.Names))})))
	tables := map[model.Table]int{}
	for _, record := range known.Own {
		fmt.Fprintf(&b, "  %s\n", p.T("person.would.own", text.Args{"Record": personRecordTitle(p, book, record)}))
	}
	for _, k := range known.Records {
		tables[k.Record.Key().Table]++
	}
	const listed = 12
	for i, k := range known.Records {
		if i == listed {
			fmt.Fprintf(&b, "  %s\n", p.N("person.more", len(known.Records)-listed))
			break
		}
		var fields []string
		for _, f := range k.Fields {
			fields = append(fields, words.FieldName(p, k.Record.Key().Table, f))
		}
		fmt.Fprintf(&b, "  %s\n", p.T("person.would.named", text.Args{"Record": personRecordTitle(p, book, k.Record), "Fields": words.List(p, fields, len(fields))}))
	}
	if len(known.Steps) > 0 {
		fmt.Fprintf(&b, "  %s\n", p.N("person.would.steps", len(known.Steps)))
	}
	for _, path := range drafts {
		fmt.Fprintf(&b, "  %s\n", p.T("person.drafts", text.Args{"Path": path}))
	}
	fmt.Fprintf(&b, "\n%s\n", p.T("person.stays"))
	if n := len(known.OptOuts); n > 0 {
		fmt.Fprintf(&b, "  %s\n", p.N("person.stays.opt-outs", n))
	}
	for _, record := range known.Own {
		if rep, ok := record.(model.Rep); ok {
			fmt.Fprintf(&b, "  %s\n", p.T("person.stays.code", text.Args{"Code": rep.Code}))
		}
	}
	fmt.Fprintf(&b, "  %s\n", p.T("person.stays.sums"))
	if len(known.Alike) > 0 {
		fmt.Fprintf(&b, "\n%s\n", p.N("person.alike", len(known.Alike)))
		for i, k := range known.Alike {
			if i == listed {
				fmt.Fprintf(&b, "  %s\n", p.N("person.more", len(known.Alike)-listed))
				break
			}
			fmt.Fprintf(&b, "  %s\n", personRecordTitle(p, book, k.Record))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", p.T("person.confirm"))
	return b.String()
}

// personFile is all that is known of somebody, for scripts.
type personFile struct {
	Names    []string          `json:"names"`
	Kind     model.ErasureKind `json:"kind"`
	Account  string            `json:"account,omitempty"`
	Own      []personRecord    `json:"own"`
	Records  []personRecord    `json:"records"`
	History  []personStep      `json:"history"`
	OptOuts  []personOptOut    `json:"opt_outs"`
	Mappings int               `json:"mappings,omitempty"`
	Drafts   []string          `json:"drafts,omitempty"`
}

type personRecord struct {
	Table  model.Table    `json:"table"`
	Code   string         `json:"code,omitempty"`
	Date   string         `json:"date,omitempty"`
	By     string         `json:"by,omitempty"`
	Named  []string       `json:"named,omitempty"` // fields that name the person
	Fields map[string]any `json:"fields"`
}

type personStep struct {
	Step    uint64         `json:"step"`
	At      string         `json:"at"`
	Action  string         `json:"action"`
	Actor   string         `json:"actor"`
	Subject string         `json:"subject,omitempty"`
	Made    bool           `json:"made,omitempty"` // by the person
	Changed int            `json:"changed"`        // records
	Before  []personRecord `json:"before,omitempty"`
	After   []personRecord `json:"after,omitempty"`
}

type personOptOut struct {
	Account string `json:"account,omitempty"`
	Since   string `json:"since"`
	Lifted  string `json:"lifted,omitempty"`
}

func knownJSON(known store.Known, drafts []string) personFile {
	file := personFile{Names: known.Names, Kind: known.Kind, Account: known.Account, Own: []personRecord{}, Records: []personRecord{}, History: []personStep{}, OptOuts: []personOptOut{},
		Mappings: known.Mappings, Drafts: drafts}
	for _, record := range known.Own {
		file.Own = append(file.Own, personRecordJSON(store.KnownRecord{Record: record}))
	}
	several := func(records []store.KnownRecord) (list []personRecord) {
		for _, k := range records {
			list = append(list, personRecordJSON(k))
		}
		return list
	}
	file.Records = append(file.Records, several(known.Records)...)
	for _, step := range known.Steps {
		file.History = append(file.History, personStep{
			Step: step.Step, At: step.At.UTC().Format("2006-01-02T15:04:05Z"), Action: step.Action, Actor: step.Actor, Subject: step.Subject, Made: step.Made, Changed: step.Changed,
			Before: several(step.Before), After: several(step.After),
		})
	}
	for _, o := range known.OptOuts {
		line := personOptOut{Account: o.Account, Since: o.Since.String()}
		if o.Lifted != 0 {
			line.Lifted = o.Lifted.String()
		}
		file.OptOuts = append(file.OptOuts, line)
	}
	return file
}

func personRecordJSON(k store.KnownRecord) personRecord {
	key, d := k.Record.Key(), model.DescriptionOf(k.Record)
	out := personRecord{Table: key.Table, Code: key.Code, By: key.By, Named: k.Fields, Fields: map[string]any{}}
	if key.Date != 0 {
		out.Date = key.Date.String()
	}
	empty := d.Empty()
	for _, i := range d.Differ(empty, k.Record) {
		out.Fields[d.Fields()[i].Name] = valueJSON(d.Value(k.Record, i))
	}
	return out
}
