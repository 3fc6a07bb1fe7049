package command

// Writing the store's file anew, without what was deleted.

import (
	"fmt"

	"github.com/spf13/cobra"

	"doppelpass/store"
	"doppelpass/ui/text"
)

func (r *run) compactCommand() *cobra.Command {
	return &cobra.Command{
		Use: "compact", Short: "compact.short", Long: "compact.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error { return r.compact() },
	}
}

// compact needs the file for itself: beside another window it says so.
func (r *run) compact() error {
	if s, err := r.shared(false); s != nil || err != nil {
		if err == nil {
			err = plainError{r.t("compact.open", text.Args{"Path": s.Path()}), codeFailed}
		}
		return err
	}
	before, after, err := store.Compact(r.path(), store.Options{Now: r.Now})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Output, r.t("compact.done", text.Args{"Path": r.path(), "Before": r.words().Int(int(before)), "After": r.words().Int(int(after)), "Size": r.bytes(after)}))
	return err
}
