package command

// Export: any table, the signals and the call list into a file or to standard
// output.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// What can be exported beside the tables.
const (
	exportSignals  = "signals"
	exportCallList = "call-list"
	exportAll      = "all"
)

func exportable() []string {
	names := make([]string, 0, len(model.Tables)+3)
	for _, table := range model.Tables {
		names = append(names, string(table))
	}
	return append(names, exportSignals, exportCallList, exportAll)
}

func (r *run) exportCommand() *cobra.Command {
	var format, output string
	c := &cobra.Command{
		Use: "export TABLE", Short: "command.export.short", Long: "command.export.long", Args: r.oneArg("TABLE"),
		Example: "  doppelpass export accounts -o accounts.xlsx\n  doppelpass export call-list --lang de -o anrufe.csv\n  doppelpass export all --format xlsx -o all.xlsx\n  doppelpass export visits --format json | jq length",
		RunE: func(c *cobra.Command, args []string) error {
			var stop context.CancelFunc
			r.until, stop = r.stoppable(c.Context())
			defer stop()
			return r.export(args[0], format, output)
		},
		ValidArgs: exportable(),
	}
	c.Flags().StringVar(&format, "format", "", "command.export.flag.format")
	c.Flags().StringVarP(&output, "output", "o", "", "command.export.flag.output")
	r.complete(c, "format", "csv", "xlsx", "json")
	return c
}

func (r *run) export(what, format, output string) error {
	if !slices.Contains(exportable(), what) {
		return usageError{r.t("command.export.unknown", text.Args{"Table": what, "Tables": strings.Join(exportable(), ", ")})}
	}
	if format == "" {
		format = strings.TrimPrefix(strings.ToLower(filepath.Ext(output)), ".")
	}
	if format == "" {
		format = string(exchange.CSV)
	}
	f := exchange.Format(format)
	if f != exchange.CSV && f != exchange.XLSX && f != exchange.JSON {
		return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--format", "Values": "csv, xlsx, json"})}
	}
	if f == exchange.XLSX && output == "" {
		return usageError{r.t("command.export.needs-file")}
	}
	return r.read(func(s *store.Store) error {
		if what == exportAll {
			if err := r.sayWhatStays(s); err != nil {
				return err
			}
			if f != exchange.XLSX {
				return r.exportFolder(s, f, output)
			}
		}
		list, failed, err := r.exportSheets(s, what)
		if err != nil {
			return err
		}
		return errors.Join(r.writeOut(output, func(w io.Writer) error {
			return exchange.Write(w, f, tables.Locale(r.language), list...)
		}), *failed)
	})
}

// exportSheets are the sheets of an export; failed is an error that reading the
// store's records met, known once they are written.
func (r *run) exportSheets(s *store.Store, what string) (list []exchange.Sheet, failed *error, err error) {
	failed = new(error)
	switch what {
	case exportSignals, exportCallList:
		today, err := r.day()
		if err != nil {
			return nil, nil, err
		}
		book, err := s.Book()
		if err != nil {
			return nil, nil, err
		}
		day := book.On(today)
		view, signals := tables.View{Text: r.words(), Day: day}, day.Signals()
		if what == exportSignals {
			return []exchange.Sheet{tables.Signals.Sheet(view, slices.Values(signals))}, failed, nil
		}
		return []exchange.Sheet{tables.CallList.Sheet(view, tables.CallRows(view, tables.ToCallNow(view, signals)))}, failed, nil
	case exportAll:
		for _, table := range model.Tables {
			list = append(list, r.exportTable(s, table, failed))
		}
		return list, failed, nil
	}
	return []exchange.Sheet{r.exportTable(s, model.Table(what), failed)}, failed, nil
}

func (r *run) exportTable(s *store.Store, table model.Table, failed *error) exchange.Sheet {
	return exchange.RecordsIn(table, tables.Locale(r.language), exchange.Records(table, func(yield func(model.Record) bool) {
		settings, err := s.Settings()
		if err != nil {
			*failed = err
			return
		}
		for record, err := range s.Records(table) {
			if err != nil {
				*failed = err
				return
			}
			if !yield(settings.WithClassNames(record)) {
				return
			}
		}
	}))
}

// sayWhatStays names what no file of an export carries: the consent book, and the
// opt-outs that stand at no account that is there. Only a backup keeps them.
func (r *run) sayWhatStays(s *store.Store) error {
	lines, alone, accounts := 0, 0, map[string]bool{}
	for _, err := range s.Records(model.TableConsents) {
		if err != nil {
			return err
		}
		lines++
	}
	for record, err := range s.Records(model.TableOptOuts) {
		if err != nil {
			return err
		}
		o := record.(model.OptOut)
		there, known := accounts[o.Account]
		if !known && o.Account != "" {
			_, err := s.Get(model.Key{Table: model.TableAccounts, Code: o.Account})
			there = err == nil
			accounts[o.Account] = there
		}
		if !there && o.Lifted == 0 {
			alone++
		}
	}
	p := r.words()
	if lines > 0 {
		r.complain(p.N("command.export.stays.consents", lines, nil))
	}
	if alone > 0 {
		r.complain(p.N("command.export.stays.opt-outs", alone, nil))
	}
	return nil
}

// exportFolder writes every table into a folder, one file each: what import takes
// back in.
func (r *run) exportFolder(s *store.Store, f exchange.Format, folder string) error {
	if folder == "" {
		return usageError{r.t("command.export.needs-folder")}
	}
	if err := r.files(&folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	for _, table := range model.Tables {
		failed := new(error)
		path := filepath.Join(folder, string(table)+"."+string(f))
		err := r.writeOut(path, func(w io.Writer) error {
			return exchange.Write(w, f, tables.Locale(r.language), r.exportTable(s, table, failed))
		})
		if err := errors.Join(err, *failed); err != nil {
			return err
		}
	}
	return nil
}

// writeOut writes to a file, which is in place only once it is whole, or to
// standard output.
func (r *run) writeOut(path string, write func(io.Writer) error) error {
	if r.until != nil {
		whole := write
		write = func(w io.Writer) error { return whole(exchange.Until(r.until, w)) }
	}
	if path == "" || path == "-" {
		buffered := bufio.NewWriter(r.asData())
		err := errors.Join(write(buffered), buffered.Flush())
		if errors.Is(err, context.Canceled) { // who reads it has a part already
			return plainError{r.t("command.stopped.partly"), codeStopped}
		}
		return err
	}
	if err := r.files(&path); err != nil {
		return err
	}
	return exchange.WriteFile(path, write)
}
