package command

// The person's own settings: colours, language, role, mouse, keys.

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/ui"
	"doppelpass/ui/habits"
	"doppelpass/ui/text"
)

func (r *run) configCommand() *cobra.Command {
	return &cobra.Command{
		Use: "config [NAME [VALUE]]", Short: "command.config.short", Long: "command.config.long", DisableFlagsInUseLine: true,
		Example: "  doppelpass config\n  doppelpass config theme light\n  doppelpass config role sales\n  doppelpass config key.visit.log \"w f5\"\n  doppelpass config backup ~/backups\n  doppelpass config mouse \"\"",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usageError{r.t("command.no-arguments", text.Args{"Argument": args[2]})}
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var words []string
			for _, h := range habits.Names {
				switch {
				case len(args) == 0:
					words = append(words, h.Name)
				case len(args) == 1 && h.Name == args[0]:
					words = h.Values
				}
			}
			if len(args) == 0 {
				for _, action := range ui.ActionNames() {
					words = append(words, "key."+action)
				}
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return r.config(args) },
	}
}

func (r *run) config(args []string) error {
	if r.habits == nil || r.unread != nil {
		return r.unread
	}
	if len(args) == 0 {
		return r.listConfig()
	}
	// What the app remembers by itself, such as widths of columns, stands in the same file and is no setting.
	name := args[0]
	keys, isKey := strings.CutPrefix(name, "key.")
	i := slices.IndexFunc(habits.Names, func(h habits.Habit) bool { return h.Name == name })
	if i < 0 && !isKey {
		var names []string
		for _, h := range habits.Names {
			names = append(names, h.Name)
		}
		return usageError{r.t("command.config.unknown", text.Args{"Name": name, "Names": strings.Join(append(names, "key.NAME"), ", ")})}
	}
	if forget := len(args) == 2 && args[1] == ""; isKey && !forget && !slices.Contains(ui.ActionNames(), keys) {
		return usageError{r.t("command.config.no-action", text.Args{"Name": keys, "Names": strings.Join(nearest(keys, ui.ActionNames(), 5), ", ")})}
	}
	if len(args) == 1 {
		value := r.habits.Get(name)
		if isKey {
			value = strings.Join(r.habits.Keys()[keys], " ")
		}
		_, err := fmt.Fprintln(r.Output, value)
		return err
	}
	value := args[1]
	if i >= 0 && habits.Names[i].Values == nil && value != "" {
		if err := r.files(&value); err != nil {
			return err
		}
		whole, err := filepath.Abs(value)
		if err != nil {
			return err
		}
		value = whole
	}
	err := r.habits.Set(name, value)
	if errors.Is(err, habits.ErrValue) {
		return usageError{r.t("command.config.value", text.Args{"Name": name, "Value": args[1], "Values": strings.Join(habits.Names[i].Values, ", ")})}
	}
	return err
}

// nearest are the count words that take the fewest letters to turn name into, the nearest
// first.
func nearest(name string, all []string, count int) []string {
	distance := make(map[string]int, len(all))
	for _, word := range all {
		distance[word] = letters(strings.ToLower(name), word)
	}
	near := slices.Clone(all)
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(distance[a], distance[b]) })
	return near[:min(count, len(near))]
}

// letters is how many letters must be put in, taken out or changed to turn one word into
// the other (Levenshtein's distance).
func letters(from, to string) int {
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(from) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(to) {
			changed := corner
			if from[i] != to[j] {
				changed++
			}
			corner = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}

// listConfig shows what is set, and what else can be.
func (r *run) listConfig() error {
	g := grid{}
	for _, h := range habits.Names {
		value := r.habits.Get(h.Name)
		if value == "" {
			value = "–"
		}
		values := strings.Join(h.Values, ", ")
		if h.Values == nil {
			values = r.t("command.config.folder")
		}
		g.add(h.Name, value, values)
	}
	for _, pair := range r.habits.All() {
		if strings.HasPrefix(pair[0], "key.") {
			g.add(pair[0], pair[1], "")
		}
	}
	var b strings.Builder
	g.write(&b, "", g.widths(nil))
	_, err := fmt.Fprint(r.Output, b.String(), r.habits.Path(), "\n")
	return err
}
