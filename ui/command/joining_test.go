package command

// Commands beside a window that has the store open: each works as if it were alone.

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui"
	"doppelpass/ui/join"
)

// windowOn has the store open as the app has it, and lets others join.
func windowOn(t *testing.T, path string) *host {
	t.Helper()
	s, err := store.Open(path, store.Options{Now: atHalfPastNine})
	require.NoError(t, err)
	r := &run{Environment: Environment{Now: atHalfPastNine, App: func(ui.Options) error { return nil }}}
	h := r.newHost(s)
	require.NoError(t, h.Listen(path))
	t.Cleanup(func() { require.NoError(t, h.close()) })
	return h
}

func atHalfPastNine() time.Time {
	return time.Date(2026, time.November, 24, 9, 30, 0, 0, time.Local)
}

// joins runs a command as a process of its own would, in the folder that is the test's.
func joins(t *testing.T, input string, args ...string) (o outcome) {
	t.Helper()
	in, typed, err := os.Pipe()
	require.NoError(t, err)
	_, err = io.WriteString(typed, input)
	require.NoError(t, err)
	require.NoError(t, typed.Close())
	defer in.Close()
	var out, errs bytes.Buffer
	o.code = Execute(args, Environment{Input: in, Output: &out, Errors: &errs, Getenv: os.Getenv, Now: atHalfPastNine, Joins: true, App: func(ui.Options) error { return nil }})
	o.output, o.errors = out.String(), errs.String()
	return o
}

// listNumber is the number of a call list that was handed out.
var listNumber = regexp.MustCompile(`L-\d{6}-[A-Z]{4}`)

// everyCommand is every command there is, by what follows the program's name, with
// arguments that it works with on the demo.
var everyCommand = map[string][]string{
	"absences":         {},
	"absences add":     {"--rep", "R01", "--from", "2026-12-08"},
	"absences import":  {"away.ics", "--rep", "R01"},
	"absences list":    {},
	"backup":           {"copy.db"},
	"backup check":     nil,
	"call":             {},
	"call add":         {"K-0001", "--outcome", "reached"},
	"call hand-out":    {"-o", "list.xlsx"},
	"call lists":       {},
	"call take-back":   nil,
	"cases":            {"--json"},
	"check":            {},
	"clashes":          {"--json"},
	"compact":          nil,
	"completion":       {"bash"},
	"config":           {},
	"consent":          {},
	"consent proof":    {"K-0001"},
	"demo":             {"--no-open", "--accounts", "20", "--db", "other.db"},
	"export":           {"accounts", "-o", "out.csv"},
	"figures":          {"--by", "class"},
	"help":             {"import"},
	"history":          {"--json"},
	"hub":              {},
	"hub check":        nil,
	"hub init":         nil,
	"import":           {"visits.csv"},
	"inbox":            {"--json"},
	"info":             {},
	"join":             nil,
	"leave":            nil,
	"briefing":         {"--json"},
	"ledger":           {"--json"},
	"optout":           {},
	"optout add":       {"+49 711 5550142"},
	"optout check":     {"0711 5550142"},
	"people":           {},
	"people add":       {"Anna Beck", "--role", "lead"},
	"people list":      {},
	"people remove":    {"Anna Beck"},
	"person":           {},
	"person export":    {"K-0300"},
	"person erase":     {"K-0300"},
	"retention":        {"--apply"},
	"places":           {},
	"places add":       {"AT.txt"},
	"places check":     {},
	"plan":             {"--rep", "R01", "--ics", "week.ics", "--confirm", "--iterations", "500"},
	"ready":            {},
	"lot":              {"ANZEIGE-2612", "--seed", "7", "--confirm"},
	"repair":           nil,
	"review":           {"MAIL-2611"},
	"redo":             {},
	"ride-alongs":      {"--json"},
	"signals":          {"--json"},
	"sync":             nil,
	"template":         {"tables"},
	"timeline":         {"K-0001", "--json"},
	"hand-over":        {},
	"hand-over all":    {"R03", "--to", "R04"},
	"hand-over remove": {"R05", "--to", "R04"},
	"hand-over rep":    {"T12", "--to", "R02", "--plans", "keep"},
	"hand-over split":  {"T12", "--postcodes", "01", "--plans", "keep"},
	"serve":            nil,
	"undo":             {},
	"version":          {},
	"visit":            {},
	"visit add":        {"K-0001", "--note", "Beside"},
}

// changes are those that need what others have done, in their order.
var changes = []string{"visit add", "undo", "redo", "people add", "people remove"}

func TestEveryCommandWorksWhileTheAppIsOpen(t *testing.T) {
	d := withDemo(t)
	content, err := os.ReadFile(d.db)
	require.NoError(t, err)
	alone := filepath.Join(t.TempDir(), "data.db")
	require.NoError(t, os.WriteFile(alone, content, 0o600))
	windowOn(t, d.db)

	var names []string
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		if _, name, sub := strings.Cut(c.CommandPath(), " "); sub {
			require.Contains(t, everyCommand, name, "a command that nobody has tried beside an open window")
			names = append(names, name)
		}
		for _, child := range c.Commands() {
			walk(child)
		}
	}
	r := &run{}
	walk(r.root())
	require.Len(t, everyCommand, len(names))
	slices.SortStableFunc(names, func(a, b string) int {
		return slices.Index(changes, a) - slices.Index(changes, b)
	})

	t.Setenv("LANG", "en_GB.UTF-8")
	t.Setenv("USER", "sommer")
	t.Setenv("DOPPELPASS_CONFIG", filepath.Join(t.TempDir(), "config"))
	for _, name := range names {
		if name == "serve" { // has the data for itself until windows join it, and says so
			o := joins(t, "", "serve", "--db", d.db, "--lang", "en")
			require.Equal(t, codeUsage, o.code)
			require.Contains(t, o.errors, "close the app first")
			continue
		}
		if name == "join" || name == "sync" || name == "leave" { // between a server and its laptops
			args, said := []string{name}, "joined to no server"
			if name == "join" {
				args, said = append(args, "ssh://127.0.0.1:1"), "open in another window"
			}
			o := joins(t, "", append(args, "--db", d.db, "--lang", "en")...)
			require.Equal(t, codeFailed, o.code)
			require.Contains(t, o.errors, said)
			continue
		}
		if name == "hub check" || name == "hub init" { // between a server and its hub
			args, code, said := []string{"hub", "check"}, codeFailed, "has no hub"
			if name == "hub init" {
				args, code, said = []string{"hub", "init", "postgres://nobody@127.0.0.1:1/none"}, codeUsage, "End that first"
			}
			o := joins(t, "", append(args, "--db", d.db, "--lang", "en")...)
			require.Equal(t, code, o.code)
			require.Contains(t, o.errors, said)
			continue
		}
		if name == "compact" { // writes the file anew, which nobody may have open
			o := joins(t, "", "compact", "--db", d.db, "--lang", "en")
			require.Equal(t, codeFailed, o.code)
			require.Contains(t, o.errors, "close the other windows first")
			continue
		}
		if name == "backup check" { // of a backup that lies beside
			o := joins(t, "", "backup", "check", alone, "--db", d.db, "--lang", "en")
			require.Equal(t, codeDone, o.code, "%s%s", o.output, o.errors)
			require.Contains(t, o.output, "can be restored: "+alone)
			continue
		}
		if name == "repair" { // of data that nobody has open
			saved := filepath.Join(t.TempDir(), "saved.db")
			o := joins(t, "", "repair", alone, "-o", saved, "--db", d.db, "--lang", "en")
			require.Equal(t, codeDone, o.code, "%s%s", o.output, o.errors)
			require.Contains(t, o.output, "Saved to "+saved)
			continue
		}
		if name == "call take-back" { // of a list whose number is drawn by lot
			book := joins(t, "", "call", "lists", "--json", "--db", d.db)
			list := listNumber.FindString(book.output)
			o := joins(t, "", "call", "take-back", list, "--db", d.db, "--lang", "en")
			require.Equal(t, codeDone, o.code, "%s%s", o.output, o.errors)
			require.Contains(t, o.output, "List "+list+" is back")
			continue
		}
		args := append(strings.Fields(name), everyCommand[name]...)
		run := func(db string, other bool) (outcome, map[string]string) {
			folder := t.TempDir()
			t.Chdir(folder)
			for file, content := range map[string]string{
				"visits.csv": "account;date;rep;note\nK-0002;23.11.2026;R01;From a file\n",
				"AT.txt":     "AT\t1010\tWien\tWien\t09\t\t\t\t\t48.2077\t16.3705\t4\n",
				"away.ics":   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20261224\r\nSUMMARY:Holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
			} {
				require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
			}
			all := slices.Clone(args)
			if !slices.Contains(all, "--db") {
				all = append(all, "--db", db)
			}
			var o outcome
			if other {
				o = joins(t, "", all...)
			} else {
				var out, errs bytes.Buffer
				o.code = Execute(all, Environment{Input: strings.NewReader(""), Output: &out, Errors: &errs, Getenv: os.Getenv, Now: atHalfPastNine})
				o.output, o.errors = out.String(), errs.String()
			}
			o.output = listNumber.ReplaceAllString(o.output, "LIST")
			o.output = strings.NewReplacer(db, "DB", folder+string(filepath.Separator), "", folder, ".").Replace(o.output)
			files := map[string]string{}
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			for _, e := range entries {
				content := ""
				if slices.Contains([]string{".csv", ".ics"}, filepath.Ext(e.Name())) {
					b, err := os.ReadFile(e.Name())
					require.NoError(t, err)
					content = string(b)
				}
				files[e.Name()] = content
			}
			return o, files
		}
		want, wantFiles := run(alone, false)
		got, gotFiles := run(d.db, true)
		require.Equal(t, codeDone, want.code, "%v: %s%s", args, want.output, want.errors)
		require.Equal(t, want.code, got.code, "%v: %s", args, got.errors)
		if !slices.Contains([]string{"history", "info"}, name) { // they tell identities and sizes, which differ
			require.Equal(t, want.output, got.output, "%v", args)
		}
		require.Equal(t, want.errors, got.errors, "%v", args)
		require.Equal(t, wantFiles, gotFiles, "%v", args)
	}
}

func TestACompletionKnowsWhatAnOpenWindowHolds(t *testing.T) {
	d := withDemo(t)
	want := joins(t, "", "__complete", "plan", "--db", d.db, "--rep", "")
	require.Contains(t, want.output, "R01")
	windowOn(t, d.db)
	require.Equal(t, want.output, joins(t, "", "__complete", "plan", "--db", d.db, "--rep", "").output)
}

func TestTheDemoDoesNotGoOverWhatAWindowHasOpen(t *testing.T) {
	d := withDemo(t)
	windowOn(t, d.db)
	o := joins(t, "", "demo", "--no-open", "--db", d.db)
	require.Equal(t, codeFailed, o.code)
	require.Contains(t, o.errors, "There is data here already")
}

// What a command has changed is not changed twice where its answer was lost: the step
// has the command's name.
func TestAChangeWhoseAnswerWasLostIsNotMadeAgain(t *testing.T) {
	d := withDemo(t)
	h := windowOn(t, d.db)
	visits := func(s *store.Store) int {
		info, err := s.Info()
		require.NoError(t, err)
		return info.Counts[model.TableVisits]
	}
	before := visits(h.store)
	r := &run{Environment: Environment{Now: atHalfPastNine}}
	answered := join.NewHost(version(), func(c *join.Call) int {
		require.Equal(t, codeDone, r.runFor(h, c))
		c.Vanish() // the process is gone before it could say so
		return 0
	})
	t.Cleanup(func() { answered.Close(time.Second) })
	ours, theirs := join.Within()
	go answered.Answer(theirs)
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	in, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer in.Close()
	second := &run{Environment: Environment{Input: in, Output: out, Errors: errs, Getenv: os.Getenv, Now: atHalfPastNine, Joins: true}, db: d.db}
	second.args = []string{"visit", "add", "K-0001", "--note", "once", "--db", d.db, "--lang", "en"}
	second.language = "en"
	go func() { // the store is free once the first has gone
		for visits(h.store) == before {
			time.Sleep(time.Millisecond)
		}
		_ = h.close()
	}()
	require.Equal(t, codeDone, second.joined(joinInstead{ours}))
	require.Contains(t, errs.String(), "saved as step 2")
	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, before+1, visits(s))
}

// Without the settings a command would run in another role, and make no copy before an import.
func TestSettingsThatCannotBeReadAreNoticed(t *testing.T) {
	d := newDesk(t)
	d.config = t.TempDir()
	o := d.run("undo")
	require.Contains(t, o.errors, "Without your own settings")
	require.NotContains(t, d.run("config").errors, "Without your own settings")
}
