package command

// No double work: the contact ledger of an account, and what the other department has to
// do with a customer.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// mostContacts is how many visits, and how many calls, are read of an account.
const mostContacts = 1000

func (r *run) timelineCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "timeline ACCOUNT", Short: "command.timeline.short", Long: "command.timeline.long", Args: r.oneArg("ACCOUNT"),
		Example: "  doppelpass timeline K-0247\n  doppelpass timeline \"Metallbau Ostertag\" --json",
		RunE: func(_ *cobra.Command, args []string) error {
			return r.withDay(func(s *store.Store, day *model.Day) error {
				l, err := r.accountNamed(day.Book(), args[0])
				if err != nil {
					return err
				}
				rows, err := forms.ReadContacts(s, l.Code, mostContacts)
				if err != nil {
					return err
				}
				entries := double.Ledger(day, l, &rows)
				if asJSON {
					return r.writeJSON(timelineJSON(day, l, entries))
				}
				return r.write(r.timelineTable(day, l, entries))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	return c
}

// timelineTable prints a ledger as the app shows it, with what is ahead on top.
func (r *run) timelineTable(day *model.Day, l *model.Customer, entries []double.Entry) string {
	p := r.words()
	var b strings.Builder
	b.WriteString(r.bold(r.Output)(p.T("command.timeline.title", text.Args{"Name": cmp.Or(l.Name, l.Code), "Code": l.Code})) + "\n")
	if len(entries) == 0 {
		b.WriteString("\n" + p.T("accounts.contacts.none") + "\n")
		return b.String()
	}
	view, table := tables.View{Text: p, Day: day}, tables.Timeline
	var g grid
	g.right = table.Right()
	for _, e := range entries {
		if e.Record != nil {
			g.add(table.Printed(view, e.Record)...)
		}
	}
	b.WriteString("\n")
	g.write(&b, "  ", g.widths(nil))
	return b.String()
}

// entryJSON is one line of a ledger. Outcome is that of a visit or a call.
type entryJSON struct {
	Kind       string `json:"kind"`
	Department string `json:"department"`
	Date       string `json:"date"`
	Until      string `json:"until"`
	Time       string `json:"time"`
	Who        string `json:"who"`
	Campaign   string `json:"campaign"`
	Outcome    string `json:"outcome"`
	Ahead      bool   `json:"ahead"`
}

func timelineJSON(day *model.Day, l *model.Customer, entries []double.Entry) any {
	return struct {
		Today   string      `json:"today"`
		Account string      `json:"account"`
		Entries []entryJSON `json:"entries"`
	}{day.Date().String(), l.Code, entriesJSON(day, entries)}
}

// entriesJSON are lines of an account's ledger of contacts for scripts.
func entriesJSON(day *model.Day, entries []double.Entry) []entryJSON {
	list := make([]entryJSON, 0, len(entries))
	for _, e := range entries {
		j := entryJSON{Kind: e.Kind.String(), Department: string(e.Department()), Date: e.Date.String(), Until: e.Until.String(), Time: e.Time.String(),
			Who: e.Who, Campaign: e.Campaign, Ahead: e.Ahead(day.Date())}
		switch row := e.Record.(type) {
		case model.Visit:
			j.Outcome = cmp.Or(row.Outcome, row.Kind.String())
		case model.Call:
			j.Outcome = row.Outcome.String()
		}
		list = append(list, j)
	}
	return list
}

// alsoThere is what the other department has to do with the customer of a visit or a
// call these days, in sentences.
func (r *run) alsoThere(s *store.Store, book *model.Book, record model.Record) ([]string, error) {
	today, err := r.day()
	if err != nil {
		return nil, err
	}
	key, side := record.Key(), model.RoleSales
	if key.Table == model.TableCalls {
		side = model.RoleMarketing
	}
	l := book.Account(key.Code)
	if l == nil {
		return nil, nil
	}
	rows, err := forms.ReadContacts(s, key.Code, mostContacts)
	if err != nil {
		return nil, err
	}
	said := words.Doubles(r.words(), book, double.Warning(book.On(today), l, &rows, side, key.Date), today)
	return slices.Compact(said), nil
}

// tellBefore reads out what the other department has to do with the customer of a visit or
// a call that is about to be logged.
func (d *plainDesk) tellBefore(record model.Record) error {
	today, err := d.day()
	if err != nil {
		return err
	}
	switch r := record.(type) {
	case model.Visit:
		r.Date = today
		record = r
	case model.Call:
		r.Date = today
		record = r
	}
	d.told = true
	return d.read(func(s *store.Store) error {
		book, err := s.Book()
		if err != nil {
			return err
		}
		also, err := d.alsoThere(s, book, record)
		for _, said := range also {
			d.say(said)
		}
		return err
	})
}
