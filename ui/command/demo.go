package command

// The demo: a fictional company to look around in.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/store"
	"doppelpass/store/temporary"
	"doppelpass/ui/text"
)

func (r *run) demoCommand() *cobra.Command {
	var (
		options demo.Options
		noOpen  bool
	)
	c := &cobra.Command{
		Use: "demo", Short: "command.demo.short", Long: "command.demo.long", Args: r.noArgs,
		Example: "  doppelpass demo\n  doppelpass demo --today 2026-11-24 --seed 7\n  doppelpass demo --accounts 100000 --visits 10000000 --db large.db --no-open",
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if options.Today, err = r.day(); err != nil {
				return err
			}
			return r.demo(c.Context(), options, noOpen)
		},
	}
	c.Flags().IntVar(&options.Accounts, "accounts", demo.DefaultAccounts, "command.demo.flag.accounts")
	c.Flags().IntVar(&options.Visits, "visits", 0, "command.demo.flag.visits")
	c.Flags().Uint64Var(&options.Seed, "seed", 1, "command.demo.flag.seed")
	c.Flags().BoolVar(&noOpen, "no-open", false, "command.demo.flag.no-open")
	c.Flags().StringVar(&r.theme, "theme", "", "command.flag.theme")
	r.complete(c, "theme", "auto", "light", "dark")
	return c
}

// demo makes the data and opens the app on it. Without --db it lies in a temporary
// folder, which goes when the app is left. DOPPELPASS_DB does not count here: it
// names somebody's own data.
func (r *run) demo(ctx context.Context, o demo.Options, noOpen bool) error {
	if o.Accounts < 1 || o.Visits < 0 {
		return usageError{r.t("command.demo.counts")}
	}
	path, passing := r.db, r.db == ""
	if err := r.files(&path); err != nil {
		return err
	}
	if passing {
		make := temporary.Folder
		if noOpen { // it stays for whoever asked for it
			make = os.MkdirTemp
		}
		dir, err := make("", "doppelpass-demo-")
		if err != nil {
			return fmt.Errorf("making a folder for the demo: %w", err)
		}
		path = filepath.Join(dir, "demo.db")
		if !noOpen {
			defer os.RemoveAll(dir)
		}
	}
	if r.Session != nil && r.Session.Store != nil && sameFile(path, r.Session.Store.Path()) {
		return store.ErrNotEmpty // another window has it open
	}
	s, err := r.makeDemo(ctx, path, passing, o)
	if err != nil {
		if passing && noOpen {
			_ = os.RemoveAll(filepath.Dir(path))
		}
		return err
	}
	defer func() { _ = r.close(s) }()
	if !noOpen {
		r.passing = passing
		return r.open(s)
	}
	info, err := s.Info()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Output, r.t("command.demo.made", text.Args{
		"Path": path, "Accounts": r.words().N("laptop.accounts", info.Counts[model.TableAccounts]), "Visits": r.words().N("laptop.visits", info.Counts[model.TableVisits]),
	}))
	return err
}

// makeDemo fills a new store. It is made aside and moved to its place once it is
// whole, so that whatever happens meanwhile leaves no half of it there.
func (r *run) makeDemo(ctx context.Context, path string, fast bool, o demo.Options) (*store.Store, error) {
	ctx, stop := r.stoppable(ctx)
	defer stop()
	options := store.Options{Fast: fast, Now: r.Now}
	making := path
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		making = path + ".making"
		if err := os.Remove(making); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("taking away an unfinished demo: %w", err)
		}
	}
	s, err := r.openStore(making, options)
	if err != nil {
		return nil, err
	}
	bar := r.newBar("command.demo.progress")
	defer bar.clear()
	err = s.Load(r.actor(), "demo", "", func(l *store.Loader) error {
		return demo.Generate(o, &demoSink{ctx: ctx, loader: l, bar: bar, accounts: o.Accounts})
	})
	if making == path {
		if err != nil {
			return nil, errors.Join(err, r.close(s))
		}
		return s, nil
	}
	if err = errors.Join(err, r.close(s)); err == nil {
		err = os.Rename(making, path)
	}
	if err != nil {
		_ = os.Remove(making)
		return nil, err
	}
	return r.openStore(path, options)
}

// demoSink hands the demo to the store, counts, and stops when asked to.
type demoSink struct {
	ctx            context.Context
	loader         *store.Loader
	bar            *bar
	accounts, done int
}

func (d *demoSink) Put(records ...model.Record) error {
	for _, record := range records {
		if _, ok := record.(model.Account); ok {
			d.done++
			d.bar.show(int64(d.done), int64(d.accounts))
		}
	}
	if err := d.ctx.Err(); err != nil {
		return err
	}
	return d.loader.Put(records...)
}

func (d *demoSink) Contacts(account string, visits []model.Visit, calls []model.Call) error {
	return d.loader.Contacts(account, visits, calls)
}
