package command

// The history: who changed what, when; and back and forth in it.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

func (r *run) historyCommand() *cobra.Command {
	var (
		asJSON bool
		limit  int
	)
	c := &cobra.Command{
		Use: "history", Short: "command.history.short", Long: "command.history.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.read(func(s *store.Store) error {
				entries, err := s.History(0, max(0, limit))
				if err != nil {
					return err
				}
				if asJSON {
					return writeHistoryJSON(r.Output, entries)
				}
				_, err = io.WriteString(r.Output, r.historyTable(entries))
				return err
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().IntVarP(&limit, "limit", "n", 0, "command.history.flag.limit")
	return c
}

// writeHistoryJSON writes one object, with a step on each line, newest first.
func writeHistoryJSON(w io.Writer, entries []store.Entry) error {
	out := []byte(`{"steps": [`)
	for i, e := range entries {
		if e.Tally == nil {
			e.Tally = map[model.Table]store.Tally{}
		}
		line, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("writing step %d: %w", e.Step, err)
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), line...)
	}
	_, err := w.Write(append(out, "]}\n"...))
	return err
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
			entry, err := travel(s, r.actor())
			var book *model.Book // names what stays as it is
			if len(entry.Kept) > 0 && err == nil {
				book, err = s.Book()
			}
			if err := errors.Join(err, s.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Output, words.Travelled(r.words(), book, entry))
			return err
		},
	}
}
