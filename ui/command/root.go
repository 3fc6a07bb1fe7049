package command

// The tree of commands and what all of them share.

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"doppelpass/store"
	"doppelpass/store/faults"
	"doppelpass/ui"
	"doppelpass/ui/terminal"
	"doppelpass/ui/text"
)

// A command's Short, a flag's usage and so on hold message keys until somebody
// reads them; see translate.

func (r *run) root() *cobra.Command {
	root := &cobra.Command{
		Use: "doppelpass", Short: "command.root.short", Long: "command.root.long",
		SilenceErrors: true, SilenceUsage: true,
		Args:              r.noArgs,
		RunE:              func(*cobra.Command, []string) error { return r.app() },
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return r.before(c) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&r.db, "db", "", "command.flag.db")
	flags.StringVar(&r.today, "today", "", "command.flag.today")
	flags.String("lang", "", "command.flag.lang") // read before parsing, see language
	flags.BoolP("help", "h", false, "command.flag.help")
	own := root.Flags()
	own.StringVar(&r.theme, "theme", "", "command.flag.theme")
	own.BoolVar(&r.readOnly, "read-only", false, "command.flag.read-only")
	own.BoolVar(&r.plain, "plain", false, "command.flag.plain")

	root.SetIn(r.Input)
	root.SetOut(r.Output)
	root.SetErr(r.Errors)
	root.SetHelpFunc(r.help)
	root.SetUsageFunc(func(c *cobra.Command) error { r.help(c, nil); return nil })
	root.SetFlagErrorFunc(r.flagError)
	help := r.helpCommand()
	root.SetHelpCommand(help)
	root.SuggestionsMinimumDistance = 2 // letters
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		r.demoCommand(),
		r.signalsCommand(),
		r.casesCommand(),
		r.inboxCommand(),
		r.ledgerCommand(),
		r.briefingCommand(),
		r.reviewCommand(),
		r.lotCommand(),
		r.ridesCommand(),
		r.figuresCommand(),
		r.timelineCommand(),
		r.clashesCommand(),
		r.planCommand(),
		r.visitCommand(),
		r.callCommand(),
		r.absencesCommand(),
		r.peopleCommand(),
		r.personCommand(),
		r.retentionCommand(),
		r.serveCommand(),
		r.hubCommand(),
		r.joinCommand(),
		r.syncCommand(),
		r.leaveCommand(),
		r.importCommand(),
		r.readyCommand(),
		r.exportCommand(),
		r.placesCommand(),
		r.optOutCommand(),
		r.consentCommand(),
		r.templateCommand(),
		r.historyCommand(),
		r.undoCommand(),
		r.redoCommand(),
		r.handOverCommand(),
		r.backupCommand(),
		r.checkCommand(),
		r.repairCommand(),
		r.compactCommand(),
		r.infoCommand(),
		r.configCommand(),
		r.versionCommand(),
		r.completionCommand(),
		help,
	)
	r.complete(root, "lang", "de", "en")
	r.complete(root, "theme", "auto", "light", "dark")
	return root
}

// storeless are the commands that need no store.
var storeless = []string{"help", "version", "completion", "template", "demo", "repair"}

// before checks what all commands share: a language that there is, and a place for
// the store.
func (r *run) before(c *cobra.Command) error {
	if lang := c.Flag("lang"); lang != nil && lang.Value.String() != "" && !text.Known(lang.Value.String()) {
		return usageError{r.t("command.flag.one-of", text.Args{"Flag": "--lang", "Values": "de, en"})}
	}
	if err := r.mayRun(c); err != nil {
		return err
	}
	if r.path() == "" && !slices.Contains(storeless, c.Name()) {
		return plainError{r.t("command.no-home"), codeFailed}
	}
	r.lasting = !c.HasParent() || c.Name() == "demo" || c.Name() == "serve"
	if err := r.join(c); err != nil || r.elsewhere != nil {
		return err
	}
	if r.unread != nil && c.Name() != "config" && (!r.lasting || c.Name() == "serve") { // the others end with it
		r.complain(r.t("command.unread", text.Args{"Why": r.sentence(r.unread)})) // the role stands in it, and the folder for copies
	}
	return nil
}

// app opens the app on the usual store, which is made if need be.
func (r *run) app() error {
	if r.plain {
		return r.plainly()
	}
	if s, err := r.shared(r.Session != nil && !r.readOnly && !r.Session.Remote); s != nil || err != nil {
		if err != nil {
			return err
		}
		if r.readOnly {
			s = s.Reading()
		}
		r.opening = s
		return nil
	}
	if r.Joins && r.readOnly && !r.noTerminal() {
		return r.goElsewhere(nil) // so that it can let go of the store for who wants to change it
	}
	faults.Go(func() { text.New(r.language) }) // the messages, meanwhile
	s, err := r.opened(r.openStore(r.path(), store.Options{ReadOnly: r.readOnly, Now: r.Now}))
	if err != nil {
		return err
	}
	r.letsGo = r.Joins
	err = errors.Join(r.open(s), r.close(s))
	var paused ui.Paused
	if errors.As(err, &paused) {
		terminal.StopProcess()
		r.kept = paused.Kept
		return r.goElsewhere(nil)
	}
	return err
}

// complete offers fixed values for a flag.
func (r *run) complete(c *cobra.Command, flag string, values ...string) {
	r.completeWith(c, flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completeWith offers values for a flag. Cobra keeps what is registered for as long as the
// process lives, so that one of many runs registers nothing, unless it is a shell that
// asks from beside an open window.
func (r *run) completeWith(c *cobra.Command, flag string, offer cobra.CompletionFunc) {
	if r.Session != nil && !completing(r.args) {
		return
	}
	// The error can only say that the flag does not exist, which the first test would show.
	_ = c.RegisterFlagCompletionFunc(flag, offer)
}

// noArgs refuses arguments; at the root they are commands that do not exist.
func (r *run) noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !c.HasParent() {
		suggestions := c.SuggestionsFor(args[0])
		if len(suggestions) > 0 {
			return usageError{r.t("command.unknown.meant", text.Args{"Command": args[0], "Meant": suggestions[0]})}
		}
		return usageError{r.t("command.unknown", text.Args{"Command": args[0]})}
	}
	return usageError{r.t("command.no-arguments", text.Args{"Argument": args[0]})}
}

// atMostOne takes an argument or none.
func (r *run) atMostOne(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usageError{r.t("command.no-arguments", text.Args{"Argument": args[1]})}
	}
	return nil
}

// oneArg wants exactly one argument, called by its name in Use.
func (r *run) oneArg(name string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return usageError{r.t("command.argument-missing", text.Args{"Argument": r.placeholders(name)})}
		case 1:
			return nil
		}
		return usageError{r.t("command.no-arguments", text.Args{"Argument": args[1]})}
	}
}

// capitals are a placeholder's words in a command's Use.
var capitals = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Z]{2,}`) })

// placeholders puts what stands for an argument in a command's Use into the person's language.
func (r *run) placeholders(use string) string {
	return capitals().ReplaceAllStringFunc(use, func(word string) string {
		return r.t("command.word." + strings.ToLower(word))
	})
}

// flagError says in the person's language what is wrong with a flag.
func (r *run) flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		form    *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return usageError{r.t("command.flag.unknown", text.Args{"Flag": name})}
	case errors.As(err, &missing):
		return usageError{r.t("command.flag.missing", text.Args{"Flag": "--" + missing.GetSpecifiedName()})}
	case errors.As(err, &form):
		return usageError{r.t("command.flag.unknown", text.Args{"Flag": form.GetSpecifiedFlag()})}
	case errors.As(err, &invalid):
		key := "command.flag.invalid"
		switch invalid.GetFlag().Value.Type() {
		case "bool":
			key += ".switch"
		case "int", "uint64":
			key += ".number"
		case "intSlice":
			key += ".numbers"
		case "stringToString":
			key += ".pairs"
		}
		return usageError{r.t(key, text.Args{"Flag": "--" + invalid.GetFlag().Name, "Value": invalid.GetValue()})}
	}
	return usageError{err.Error()}
}

// outOfRange says between which numbers a flag's has to lie.
func (r *run) outOfRange(flag string, least, most, number int) error {
	p := r.words()
	return usageError{r.t("command.flag.range", text.Args{"Flag": "--" + flag, "Least": p.Int(least), "Most": p.Int(most), "Number": p.Int(number)})}
}
