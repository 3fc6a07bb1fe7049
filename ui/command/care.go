package command

// Care of the store: checks, what is in it; and the program's version.

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// fileSize is a file's size as people say it.
func (r *run) fileSize(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "–"
	}
	return r.bytes(info.Size())
}

func (r *run) bytes(n int64) string {
	size := humanize.IBytes(uint64(n))
	if r.language == text.German {
		size = strings.Replace(size, ".", ",", 1)
	}
	return size
}

func (r *run) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "command.check.short", Long: "command.check.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.read(func(s *store.Store) error {
				problems, err := s.Check()
				if err != nil {
					return err
				}
				if len(problems) == 0 {
					return r.checkPlans(s)
				}
				if err := r.tellProblems(problems); err != nil {
					return err
				}
				return plainError{r.words().N("command.check.problems", len(problems), text.Args{"Path": s.Path()}), codeProblems}
			})
		},
	}
}

// tellProblems prints what is wrong with a file, a line each.
func (r *run) tellProblems(problems []store.Problem) error {
	for _, problem := range problems {
		if _, err := fmt.Fprintln(r.Output, words.Problem(r.words(), problem)); err != nil {
			return err
		}
	}
	return nil
}

// checkPlans says of a sound file whether planned visits belong to nobody.
func (r *run) checkPlans(s *store.Store) error {
	today, err := r.day()
	if err != nil {
		return err
	}
	book, err := s.PlansBook()
	if err != nil {
		return err
	}
	lost := book.Ownerless(today)
	if len(lost) == 0 {
		_, err := fmt.Fprintln(r.Output, r.t("command.check.clean", text.Args{"Path": s.Path()}))
		return err
	}
	for _, o := range lost {
		if _, err := fmt.Fprintln(r.Output, words.Ownerless(r.words(), o)); err != nil {
			return err
		}
	}
	return plainError{r.t("command.check.ownerless"), codeProblems}
}

// infoJSON is info for scripts.
type infoJSON struct {
	Path   string              `json:"path"`
	Size   int64               `json:"size"`
	Schema uint32              `json:"schema"`
	Steps  int                 `json:"steps"`
	Counts map[model.Table]int `json:"counts"`
}

func (r *run) infoCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "info", Short: "command.info.short", Long: "command.info.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.read(func(s *store.Store) error {
				info, err := s.Info()
				if err != nil {
					return err
				}
				if asJSON {
					for _, table := range model.Tables {
						info.Counts[table] += 0 // scripts find every table
					}
					return json.NewEncoder(r.Output).Encode(infoJSON{info.Path, info.Size, info.Schema, info.Steps, info.Counts})
				}
				p := r.words()
				g := grid{}
				g.add(r.t("command.info.path"), info.Path)
				g.add(r.t("command.info.size"), r.bytes(info.Size))
				g.add(r.t("command.info.schema"), fmt.Sprint(info.Schema))
				for _, table := range model.Tables {
					g.add(r.t("table."+string(table)), p.Int(info.Counts[table]))
				}
				g.add(r.t("command.info.steps"), p.Int(info.Steps))
				if replica, is, err := s.Replica(); err == nil && is {
					place, err := s.Place()
					if err != nil {
						return err
					}
					label := "command.info.server"
					if replica.Hub != "" {
						label = "command.info.hub"
					}
					said := r.t("laptop.info", text.Args{"Server": replica.Server, "Step": p.Int(int(place.Number)), "Waiting": p.N("laptop.waiting", place.Waiting)})
					if of := r.Session; of != nil && of.Hub != nil {
						if state := of.Hub.State(); !state.Live && !state.Since.IsZero() {
							said += ", " + r.t("hub.offline", text.Args{"Time": state.Since.Local().Format("15:04")})
						}
					}
					g.add(r.t(label), said)
				}
				var b strings.Builder
				g.write(&b, "", g.widths(nil))
				_, err = fmt.Fprint(r.Output, b.String())
				return err
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	return c
}

func (r *run) templateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "template DIR", Short: "command.template.short", Long: "command.template.long", Args: r.oneArg("DIR"),
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := r.files(&args[0]); err != nil {
				return err
			}
			files, err := exchange.WriteTemplates(args[0], r.locale())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Output, strings.Join(files, "\n"))
			return err
		},
	}
}

// locale is how files are written for the person's spreadsheet.
func (r *run) locale() exchange.Locale {
	if r.language == text.German {
		return exchange.German
	}
	return exchange.English
}

func (r *run) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "command.version.short", Args: r.noArgs, DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(r.Output, "doppelpass %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
			return err
		},
	}
}

// version is the program's own, as the build recorded it: a tag, or the commit it
// was built from.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	settings := map[string]string{}
	for _, s := range build.Settings {
		settings[s.Key] = s.Value
	}
	v := build.Main.Version
	if revision := settings["vcs.revision"]; (v == "" || v == "(devel)") && len(revision) >= 12 {
		v = revision[:12]
		if settings["vcs.modified"] == "true" {
			v += "+changes"
		}
	}
	if v == "" {
		v = "(devel)"
	}
	return v
}
