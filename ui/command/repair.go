package command

// What can be saved of damaged data, and what cannot.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) repairCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "repair FILE -o NEW", Short: "repair.short", Long: "repair.long",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && c.Flags().Changed("db") { // said as to every other command
				return nil
			}
			return r.oneArg("FILE")(c, args)
		},
		Example:               "  doppelpass repair damaged.db -o saved.db",
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			if output == "" {
				return usageError{r.t("repair.where")}
			}
			from := r.db
			if len(args) > 0 {
				from = args[0]
			}
			if err := r.files(&from, &output); err != nil {
				return err
			}
			ctx, stop := r.stoppable(c.Context())
			defer stop()
			return r.repair(ctx, from, output)
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "repair.flag.output")
	return c
}

// repair writes what can be read of a store to a new one, and lists what cannot.
func (r *run) repair(ctx context.Context, from, to string) error {
	done, err := store.Repair(ctx, from, to)
	if errors.Is(err, fs.ErrExist) {
		return plainError{r.t("repair.exists", text.Args{"Path": to}), codeFailed}
	}
	if errors.Is(err, store.ErrNotAStore) {
		return plainError{r.t("repair.nothing", text.Args{"Path": from}), codeFailed}
	}
	if err != nil {
		return err
	}
	p := r.words()
	for _, lost := range done.Lost {
		if _, err := fmt.Fprintln(r.Output, sayLost(p, lost)); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintln(r.Output, p.T("repair.done", text.Args{
		"Path": to, "Accounts": p.Int(done.Counts[model.TableAccounts]), "Visits": p.Int(done.Counts[model.TableVisits]), "Calls": p.Int(done.Counts[model.TableCalls]),
	})); err != nil {
		return err
	}
	switch {
	case done.Earlier:
		return plainError{r.t("repair.earlier", text.Args{"Path": to}), codeProblems}
	case done.Older:
		return plainError{r.t("repair.older", text.Args{"Path": to}), codeProblems}
	case len(done.Lost) > 0:
		return plainError{p.N("repair.lost", len(done.Lost), text.Args{"Path": to}), codeProblems}
	}
	return nil
}

// sayLost is one thing that is lost.
func sayLost(p *text.Printer, lost store.Lost) string {
	if lost.Part == store.LostCount && lost.Key.Table == "" {
		return p.T("repair.lost.counts")
	}
	if lost.Part == store.LostWords {
		return p.T("repair.lost.words", text.Args{"Count": p.Int(lost.Count)})
	}
	args := text.Args{"Count": p.Int(lost.Count), "What": words.One(p, lost.Key.Table), "Table": p.T("table." + string(lost.Key.Table)), "Name": words.KeyName(p, nil, lost.Key)}
	switch {
	case lost.Part == store.LostOthers:
		return p.T("repair.lost.others", args)
	case lost.Part != "":
		return p.T("repair.lost."+string(lost.Part), args)
	case lost.Stub:
		return p.T("repair.lost.stub", args)
	case args["Name"] == "":
		return p.T("repair.lost.nameless", args)
	}
	return p.T("repair.lost.record", args)
}
