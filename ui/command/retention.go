package command

// Letting go what of people's data is older than it is kept.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) retentionCommand() *cobra.Command {
	var apply, dry, asJSON bool
	c := &cobra.Command{
		Use: "retention", Short: "retention.short", Long: "retention.long", Args: r.noArgs,
		Example: "  doppelpass retention --dry-run\n  doppelpass retention --dry-run --today 2026-12-31 --json\n  doppelpass retention --apply\n  doppelpass compact",
		RunE: func(*cobra.Command, []string) error {
			if apply && dry {
				return usageError{r.t("retention.both")}
			}
			if apply {
				return r.retain(asJSON)
			}
			return r.retention(asJSON)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "retention.flag.dry-run")
	c.Flags().BoolVar(&apply, "apply", false, "retention.flag.apply")
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	return c
}

// retention says what would go, and writes nothing.
func (r *run) retention(asJSON bool) error {
	return r.withDay(func(s *store.Store, day *model.Day) error {
		told, err := s.Retention(day.Date())
		if err != nil {
			return err
		}
		if asJSON {
			return r.writeJSON(retentionJSON(told, false))
		}
		p := r.words()
		lines := words.Retention(p, day.Book(), told)
		if told.Nothing() {
			lines = append(lines, "", p.T("retention.nothing"))
		} else {
			lines = append(lines, "", p.T("retention.confirm"))
		}
		return r.write(r.bold(r.Output)(p.T("retention.title", text.Args{"Day": p.Date(day.Date())})) + "\n" + strings.Join(lines, "\n") + "\n")
	})
}

// retain lets it go.
func (r *run) retain(asJSON bool) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	return r.withBook(func(s *store.Store, _ *model.Book) error {
		told, err := s.Retain(r.actor(), today, words.RetentionSubject)
		if err != nil {
			return err
		}
		if asJSON {
			return r.writeJSON(retentionJSON(told, !told.Nothing()))
		}
		said := words.Retained(r.words(), told)
		if !told.Nothing() {
			said += " " + r.t("person.erased.compact")
		}
		_, err = fmt.Fprintln(r.Output, said)
		return err
	})
}

// retentionScript is what goes by its age, for scripts.
type retentionScript struct {
	Today   string     `json:"today"`
	Applied bool       `json:"applied"`
	Rows    []agedJSON `json:"rows"`
	Held    []string   `json:"held_accounts"`
	Steps   int        `json:"history_steps"`
}

// agedJSON is what of one table goes as one kind.
type agedJSON struct {
	Kind   model.Keeping  `json:"kind"`
	Table  model.Table    `json:"table"`
	Months int            `json:"months"`
	Until  string         `json:"until,omitempty"`
	Count  int            `json:"count"`
	Years  []agedYearJSON `json:"years"`
	Held   int            `json:"held"`
}

type agedYearJSON struct {
	Year  int    `json:"year"`
	Count int    `json:"count"`
	First string `json:"first"`
	Last  string `json:"last"`
}

func retentionJSON(told store.Retention, applied bool) retentionScript {
	out := retentionScript{Today: told.Today.String(), Applied: applied, Rows: []agedJSON{}, Held: append([]string{}, told.Held...), Steps: told.Steps}
	for _, a := range told.Rows {
		row := agedJSON{Kind: a.Kind, Table: a.Table, Months: a.Months, Until: a.Until.String(), Count: a.Rows, Years: []agedYearJSON{}, Held: a.Held}
		for _, y := range a.Years {
			row.Years = append(row.Years, agedYearJSON{y.Year, y.Rows, y.First.String(), y.Last.String()})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
