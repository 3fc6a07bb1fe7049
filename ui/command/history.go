package command

// The history: who changed what, when; and back and forth in it.

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// historyOptions say which steps are asked for, and how they are told.
type historyOptions struct {
	asJSON, changes       bool
	limit                 int
	person, table, record string
}

func (r *run) historyCommand() *cobra.Command {
	var o historyOptions
	c := &cobra.Command{
		Use: "history", Short: "command.history.short", Long: "command.history.long", Args: r.noArgs,
		Example: "  doppelpass history --person sommer -n 20\n  doppelpass history --record K-17 --changes\n  doppelpass history --table campaigns --json | jq '.steps[0]'",
		RunE: func(*cobra.Command, []string) error {
			return r.read(func(s *store.Store) error { return r.history(s, o) })
		},
	}
	c.Flags().BoolVar(&o.asJSON, "json", false, "command.flag.json")
	c.Flags().IntVarP(&o.limit, "limit", "n", 0, "command.history.flag.limit")
	c.Flags().StringVar(&o.person, "person", "", "command.history.flag.person")
	c.Flags().StringVar(&o.table, "table", "", "command.history.flag.table")
	c.Flags().StringVar(&o.record, "record", "", "command.history.flag.record")
	c.Flags().BoolVar(&o.changes, "changes", false, "command.history.flag.changes")
	r.complete(c, "table", historyTables()...)
	return c
}

// historyTables are the tables that a step can change.
func historyTables() []string {
	var names []string
	for _, table := range append(slices.Clone(model.Tables[:]), model.TableConsents, model.TableOptOuts, model.TableSettings) {
		names = append(names, string(table))
	}
	return names
}

func (r *run) history(s *store.Store, o historyOptions) error {
	if o.table != "" && !slices.Contains(historyTables(), o.table) {
		return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--table", "Values": strings.Join(historyTables(), ", ")})}
	}
	var book *model.Book
	if o.record != "" || o.changes && !o.asJSON {
		var err error
		if book, err = s.Book(); err != nil {
			return err
		}
	}
	entries, err := s.FindHistory(o.query(book))
	if err != nil {
		return err
	}
	if o.asJSON {
		return r.writeHistoryJSON(s, entries, o.changes)
	}
	if !o.changes {
		_, err = io.WriteString(r.Output, r.historyTable(entries))
		return err
	}
	return r.writeChanges(s, book, entries)
}

// query asks for the steps. A code alone means the account with all that belongs to
// it, else the territory, campaign or rep that has it.
func (o historyOptions) query(book *model.Book) store.HistoryQuery {
	q := store.HistoryQuery{Limit: max(0, o.limit), Person: o.person, Table: model.Table(o.table)}
	if o.record == "" {
		return q
	}
	table := q.Table
	if table == "" && book.Account(o.record) == nil {
		_, campaign := book.Campaign(o.record)
		_, rep := book.Rep(o.record)
		area := book.Area(o.record)
		switch {
		case area != nil && area.Known:
			table = model.TableTerritories
		case campaign:
			table = model.TableCampaigns
		case rep:
			table = model.TableReps
		}
	}
	switch table {
	case model.TableReps, model.TableTerritories, model.TableCampaigns:
		q.Record = model.Key{Table: table, Code: o.record}
	case model.TableSettings:
	default: // also of an account that is gone
		q.Account = o.record
	}
	return q
}

func (r *run) historyTable(entries []store.Entry) string {
	if len(entries) == 0 {
		return r.t("command.history.none") + "\n"
	}
	view, table := tables.View{Text: r.words()}, tables.HistoryPrinted
	g := grid{right: table.Right()}
	for _, e := range entries {
		g.add(table.Printed(view, e)...)
	}
	var b strings.Builder
	g.write(&b, "", g.widths(nil))
	return b.String()
}

// writeChanges prints each step with its records and their fields below it.
func (r *run) writeChanges(s *store.Store, book *model.Book, entries []store.Entry) error {
	if len(entries) == 0 {
		_, err := fmt.Fprintln(r.Output, r.t("command.history.none"))
		return err
	}
	for _, e := range entries {
		edits, _, err := s.StepEdits(e.Step, 0)
		if err != nil {
			return err
		}
		var b strings.Builder
		b.WriteString(r.historyTable([]store.Entry{e}))
		for _, c := range words.StepChanges(r.words(), book, edits) {
			fmt.Fprintf(&b, "    %s\n", r.t("history.change."+c.Way, text.Args{"Record": c.Title}))
			for _, f := range c.Fields {
				fmt.Fprintf(&b, "        %s\n", words.FieldLine(r.words(), c, f))
			}
		}
		if _, err := io.WriteString(r.Output, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) undoCommand() *cobra.Command {
	return r.travelCommand("undo", (*store.Store).Undo)
}

func (r *run) redoCommand() *cobra.Command {
	return r.travelCommand("redo", (*store.Store).Redo)
}

func (r *run) travelCommand(name string, travel func(*store.Store, model.Actor) (store.Entry, error)) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: "command." + name + ".short", Long: "command." + name + ".long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error {
			s, err := r.changing()
			if err != nil {
				return err
			}
			collect := r.collectBeyond(importGarbage)
			entry, err := travel(s, r.actor())
			collect()
			var book *model.Book // names what stays as it is
			if len(entry.Kept) > 0 && err == nil {
				book, err = s.Book()
			}
			if err := errors.Join(err, r.close(s)); err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Output, words.Travelled(r.words(), book, entry))
			return err
		},
	}
}
