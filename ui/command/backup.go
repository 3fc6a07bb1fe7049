package command

// Backup copies: one, those of a timer, and whether one could be gone on with.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/temporary"
	"doppelpass/ui/text"
)

func (r *run) backupCommand() *cobra.Command {
	var keep int
	c := &cobra.Command{
		Use: "backup FILE", Short: "command.backup.short", Long: "command.backup.long", Args: r.oneArg("FILE"),
		Example:               "  doppelpass backup copy.db\n  doppelpass backup --keep 14 /srv/backups\n  doppelpass backup check copy.db",
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			rotating := c.Flags().Changed("keep")
			if rotating && keep < 1 {
				return usageError{r.t("command.backup.keep.least")}
			}
			if err := r.files(&args[0]); err != nil {
				return err
			}
			ctx, stop := r.stoppable(c.Context())
			defer stop()
			return r.read(func(s *store.Store) error {
				if rotating {
					return r.rotate(ctx, s, args[0], keep)
				}
				return r.backedUp(args[0], s.BackupContext(ctx, args[0]))
			})
		},
	}
	c.Flags().IntVar(&keep, "keep", 0, "command.backup.flag.keep")
	c.AddCommand(r.backupCheckCommand())
	return c
}

// backedUp says that a copy is written, or why not.
func (r *run) backedUp(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return plainError{r.t("command.backup.exists", text.Args{"Path": path}), codeFailed}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Output, r.t("command.backup.done", text.Args{"Path": path, "Size": r.fileSize(path)}))
	return err
}

// rotate writes a copy into a folder and says which older ones went. What stays there
// that could be taken for a backup is named, so that no disk fills unseen.
func (r *run) rotate(ctx context.Context, s *store.Store, folder string, keep int) error {
	done, err := s.RotateBackups(ctx, folder, keep, r.Now())
	if err := r.backedUp(done.Path, err); err != nil {
		return err
	}
	for _, path := range done.Removed {
		if _, err := fmt.Fprintln(r.Output, r.t("command.backup.removed", text.Args{"Path": path})); err != nil {
			return err
		}
	}
	for _, path := range done.Foreign {
		r.complain(r.t("command.backup.foreign", text.Args{"Path": path}))
	}
	return nil
}

func (r *run) backupCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE", Short: "command.backup.check.short", Long: "command.backup.check.long", Args: r.oneArg("FILE"),
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			if err := r.files(&args[0]); err != nil {
				return err
			}
			if sameFile(args[0], r.path()) { // it may be written to while it is copied
				return plainError{r.t("command.backup.check.own", text.Args{"Path": args[0]}), codeUsage}
			}
			ctx, stop := r.stoppable(c.Context())
			defer stop()
			return r.tryRestore(ctx, args[0])
		},
	}
}

// tryRestore does with a copy of a backup what somebody would do who has nothing else
// left: opens it for work, which brings an older one up to date, and reads all of it.
func (r *run) tryRestore(ctx context.Context, path string) (err error) {
	folder, err := temporary.Folder("", "doppelpass-restore-")
	if err != nil {
		return fmt.Errorf("making a folder to try the backup in: %w", err)
	}
	defer os.RemoveAll(folder)
	tried := filepath.Join(folder, filepath.Base(path))
	if err := copyAside(ctx, path, tried); err != nil {
		return err
	}
	s, err := store.Open(tried, store.Options{Now: r.Now})
	if err != nil {
		return r.unusable(path, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	problems, err := s.Check()
	if err != nil {
		return r.unusable(path, err)
	}
	if err := r.tellProblems(problems); err != nil {
		return err
	}
	if len(problems) > 0 {
		return plainError{r.t("command.backup.check.damaged", text.Args{"Path": path}), codeProblems}
	}
	if _, err := s.Book(); err != nil {
		return r.unusable(path, err)
	}
	info, err := s.Info()
	if err != nil {
		return r.unusable(path, err)
	}
	last, err := s.History(0, 1)
	if err != nil {
		return r.unusable(path, err)
	}
	p := r.words()
	args := text.Args{
		"Path": path, "Accounts": p.Int(info.Counts[model.TableAccounts]), "Visits": p.Int(info.Counts[model.TableVisits]),
		"Calls": p.Int(info.Counts[model.TableCalls]), "Steps": p.Int(info.Steps),
	}
	key := "command.backup.check.empty"
	if len(last) > 0 {
		key, args["Day"] = "command.backup.check.sound", p.Date(model.DateOf(last[0].At.Local()))
	}
	_, err = fmt.Fprintln(r.Output, r.t(key, args))
	return err
}

// unusable says of a backup what is wrong with it: its own name, not that of the copy.
func (r *run) unusable(path string, err error) error {
	var damaged store.Damaged
	switch {
	case errors.Is(err, store.ErrNotAStore):
		return plainError{r.t("command.not-a-store", text.Args{"Path": path}), codeProblems}
	case errors.As(err, &damaged):
		return plainError{r.t("command.backup.check.damaged", text.Args{"Path": path}), codeProblems}
	}
	return err
}

// copyAside copies a file as it is, until ctx ends.
func copyAside(ctx context.Context, from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copying the backup aside: %w", err)
	}
	_, err = io.Copy(exchange.Until(ctx, target), source)
	if err := errors.Join(err, target.Close()); err != nil {
		return fmt.Errorf("copying the backup aside: %w", err)
	}
	return nil
}
