package command

// Help, in the person's language and laid out for reading.

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"doppelpass/ui/text"
)

// translate puts the messages in the place of their keys, in the whole tree.
func (r *run) translate(c *cobra.Command) {
	for _, s := range []*string{&c.Short, &c.Long} {
		if *s != "" {
			*s = r.t(*s)
		}
	}
	flag := func(f *pflag.Flag) { f.Usage = r.t(f.Usage) }
	c.Flags().VisitAll(flag)
	c.PersistentFlags().VisitAll(flag)
	for _, child := range c.Commands() {
		r.translate(child)
	}
}

// help writes a command's help to the output.
func (r *run) help(c *cobra.Command, _ []string) {
	r.translate(c.Root())
	w := r.Output
	head := r.bold(w)
	long := c.Long
	if long == "" {
		long = c.Short
	}
	usage := strings.Replace(r.placeholders(c.UseLine()), "[flags]", r.t("command.help.flags-word"), 1)
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n", long, head(r.t("command.help.usage")), usage)
	if len(c.Aliases) > 0 {
		fmt.Fprintf(w, "\n%s\n  %s\n", head(r.t("command.help.aliases")), strings.Join(c.Aliases, ", "))
	}
	if c.Example != "" {
		fmt.Fprintf(w, "\n%s\n%s\n", head(r.t("command.help.examples")), c.Example)
	}
	if c.HasAvailableSubCommands() {
		var rows [][2]string
		for _, child := range c.Commands() {
			if child.IsAvailableCommand() || child.Name() == "help" {
				rows = append(rows, [2]string{child.Name(), child.Short})
			}
		}
		writePairs(w, head(r.t("command.help.commands")), rows)
	}
	writePairs(w, head(r.t("command.help.flags")), flagRows(c.LocalFlags()))
	if c.HasAvailableInheritedFlags() {
		writePairs(w, head(r.t("command.help.global-flags")), flagRows(c.InheritedFlags()))
	}
	if !c.HasParent() {
		fmt.Fprintf(w, "\n%s\n%s\n", head(r.t("command.help.codes")), r.t("command.help.codes.list"))
		fmt.Fprintf(w, "\n%s\n", r.t("command.help.more", text.Args{"Command": c.CommandPath()}))
	}
}

// flagRows are a set's flags and their meaning. In a usage, a word between
// backquotes names the value, as pflag has it.
func flagRows(set *pflag.FlagSet) (rows [][2]string) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if f.Value.Type() != "bool" {
			name += " " + value
		}
		rows = append(rows, [2]string{name, usage})
	})
	return rows
}

func writePairs(w io.Writer, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, row := range rows {
		width = max(width, len([]rune(row[0])))
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, row := range rows {
		fmt.Fprintf(w, "  %s%s   %s\n", row[0], strings.Repeat(" ", width-len([]rune(row[0]))), row[1])
	}
}

func (r *run) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "command.help.short", DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{r.t("command.unknown", text.Args{"Command": strings.Join(args, " ")})}
			}
			return found.Help()
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			if len(args) == 0 {
				for _, child := range c.Root().Commands() {
					names = append(names, child.Name()+"\t"+child.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

var shells = []string{"bash", "zsh", "fish", "powershell"}

func (r *run) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "completion SHELL", Short: "command.completion.short", Long: "command.completion.long",
		Args: r.oneArg("SHELL"), ValidArgs: shells, DisableFlagsInUseLine: true,
		Example: "  doppelpass completion bash > ~/.local/share/bash-completion/completions/doppelpass\n" +
			"  doppelpass completion zsh > \"${fpath[1]}/_doppelpass\"\n" +
			"  doppelpass completion fish > ~/.config/fish/completions/doppelpass.fish\n" +
			"  doppelpass completion powershell | Out-String | Invoke-Expression",
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(r.Output, true)
			case "zsh":
				return root.GenZshCompletion(r.Output)
			case "fish":
				return root.GenFishCompletion(r.Output, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(r.Output)
			}
			return usageError{r.t("command.flag.one-of", text.Args{"Flag": r.placeholders("SHELL"), "Values": strings.Join(shells, ", ")})}
		},
	}
}
