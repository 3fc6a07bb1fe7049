package command

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// outcome is what a run of the program left behind.
type outcome struct {
	code           int
	output, errors string
	opened         []ui.Options
}

// desk runs the program in-process with a store and a locale of its own.
type desk struct {
	t      *testing.T
	db     string
	vars   map[string]string
	look   func(ui.Options) // while the app is open
	config string
	now    time.Time // what the clock says; zero: half past nine on 24 November 2026
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return &desk{t: t, db: filepath.Join(t.TempDir(), "data.db"), vars: map[string]string{"LANG": "en_GB.UTF-8"}}
}

func (d *desk) run(args ...string) (o outcome) {
	d.t.Helper()
	var out, errs bytes.Buffer
	d.vars["DOPPELPASS_DB"] = d.db
	o.code = Execute(args, Environment{
		Input: strings.NewReader(""), Output: &out, Errors: &errs, Config: d.config,
		Getenv: func(name string) string { return d.vars[name] },
		Now: func() time.Time {
			if !d.now.IsZero() {
				return d.now
			}
			return time.Date(2026, time.November, 24, 9, 30, 0, 0, time.Local)
		},
		App: func(options ui.Options) error {
			o.opened = append(o.opened, options)
			if d.look != nil {
				d.look(options)
			}
			return nil
		},
	})
	o.output, o.errors = out.String(), errs.String()
	return o
}

// done runs a command that must succeed and gives its output.
func (d *desk) done(args ...string) string {
	d.t.Helper()
	o := d.run(args...)
	require.Equal(d.t, codeDone, o.code, "%v: %s", args, o.errors)
	require.Empty(d.t, o.errors, "%v", args)
	return o.output
}

// refused runs a command that must fail with a sentence and gives it.
func (d *desk) refused(code int, args ...string) string {
	d.t.Helper()
	o := d.run(args...)
	require.Equal(d.t, code, o.code, "%v: %s%s", args, o.output, o.errors)
	require.True(d.t, strings.HasPrefix(o.errors, "doppelpass: "), "%v: %s", args, o.errors)
	return o.errors
}

// small is a small demo.
var small uitest.Kept

// withDemo is a desk whose store holds a small demo.
func withDemo(t *testing.T) *desk {
	d := newDesk(t)
	small.Copy(t, d.db, func(path string) { d.done("demo", "--no-open", "--db", path) })
	return d
}

func TestWithoutACommandTheAppOpensOnTheUsualStore(t *testing.T) {
	d := newDesk(t)
	var path string
	d.look = func(o ui.Options) { path = o.Store.Path() }
	o := d.run("--lang", "de", "--theme", "dark")
	require.Equal(t, codeDone, o.code, o.errors)
	require.Len(t, o.opened, 1)
	require.Equal(t, d.db, path)
	got := o.opened[0]
	require.Equal(t, model.NewDate(2026, 11, 24), got.Today)
	require.False(t, got.FixedDay)
	require.Equal(t, model.RoleLead, got.Actor.Role)
	require.Equal(t, text.German, got.Language)
	require.Equal(t, kit.ModeDark, got.Theme)
	require.FileExists(t, d.db, "it was made")

	o = d.run("--today", "2026-03-02", "--read-only")
	require.Equal(t, codeDone, o.code, o.errors)
	require.Equal(t, model.NewDate(2026, 3, 2), o.opened[0].Today)
	require.True(t, o.opened[0].FixedDay)
	require.True(t, o.opened[0].Store.ReadOnly())
}

func TestTheDemoOpensInAPassingStore(t *testing.T) {
	d := newDesk(t)
	var path string
	d.look = func(o ui.Options) {
		path = o.Store.Path()
		info, err := o.Store.Info()
		require.NoError(t, err)
		require.Equal(t, 120, info.Counts[model.TableAccounts])
	}
	o := d.run("demo", "--accounts", "120")
	require.Equal(t, codeDone, o.code, o.errors)
	require.Len(t, o.opened, 1)
	require.NotEqual(t, d.db, path, "somebody's own data is not touched")
	require.NoFileExists(t, d.db)
	require.NoDirExists(t, filepath.Dir(path), "gone with the app")
}

func TestTheDemoOverwritesNothing(t *testing.T) {
	d := withDemo(t)
	before, err := os.ReadFile(d.db)
	require.NoError(t, err)
	require.Contains(t, d.refused(codeFailed, "demo", "--no-open", "--db", d.db), "data here already")
	after, err := os.ReadFile(d.db)
	require.NoError(t, err)
	require.Equal(t, before, after)
	d.refused(codeUsage, "demo", "--accounts", "0")
}

func TestAMissingStoreIsASentenceThatSaysWhatToDo(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{{"signals"}, {"history"}, {"undo"}, {"redo"}, {"backup", "x"}, {"check"}, {"info"}} {
		sentence := d.refused(codeFailed, args...)
		require.Contains(t, sentence, d.db)
		require.Contains(t, sentence, "doppelpass import")
		require.NoFileExists(t, d.db, "%v made a store", args)
		require.Contains(t, d.refused(codeFailed, append(args, "--lang", "de")...), "noch keine Daten")
	}
}

func TestWrongUsageHasItsOwnExitCode(t *testing.T) {
	d := withDemo(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"sinals"}, `"signals"`},
		{[]string{"nonsense"}, `"nonsense"`},
		{[]string{"signals", "extra"}, `"extra"`},
		{[]string{"signals", "--frob"}, "--frob"},
		{[]string{"signals", "--owner"}, "--owner"},
		{[]string{"signals", "--owner", "boss"}, "sales, marketing"},
		{[]string{"signals", "--territory", "Atlantis"}, "Atlantis"},
		{[]string{"signals", "--today", "31.2."}, "--today"},
		{[]string{"demo", "--accounts", "many"}, `"many"`},
		{[]string{"backup"}, "FILE"},
		{[]string{"backup", "a", "b"}, `"b"`},
		{[]string{"import"}, "PATH"},
		{[]string{"import", "x.csv", "--as", "nonsense"}, "nonsense"},
		{[]string{"completion", "tcsh"}, "bash, zsh, fish, powershell"},
		{[]string{"help", "nonsense"}, "nonsense"},
	} {
		o := d.run(c.args...)
		require.Equal(t, codeUsage, o.code, "%v: %s", c.args, o.errors)
		require.Contains(t, o.errors, c.says, "%v", c.args)
		require.Contains(t, o.errors, "--help", "%v", c.args)
		require.NotContains(t, o.errors, "command.", "%v", c.args)
		require.Empty(t, o.output, "%v: messages belong on the error output", c.args)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"backup"}, "Es fehlt: DATEI."},
		{[]string{"import"}, "Es fehlt: PFAD."},
		{[]string{"hub", "init"}, "Es fehlt: postgres://NUTZER@RECHNER/DATENBANK."},
		{[]string{"completion", "tcsh"}, "SHELL ist eines von"},
		{[]string{"ready", "somehow"}, "WEG ist eines von"},
		{[]string{"signals", "---frob"}, "---frob gibt es hier nicht."},
		{[]string{"signals", "--json=viel"}, "--json steht ohne Wert"},
		{[]string{"demo", "--accounts", "viele"}, "Es braucht eine Zahl."},
		{[]string{"ready", "rank", "--shares", "viele"}, "Zahlen mit Kommas"},
		{[]string{"ready", "last-visits", "--day", "A"}, "Paare mit „=“"},
		{[]string{"figures", "--months", "0"}, "--months geht von 1 bis"},
		{[]string{"ride-alongs", "--weeks", "0"}, "--weeks geht von 1 bis"},
		{[]string{"visit", "add", "K-0001", "--minutes", "-5"}, "--minutes geht von 0 bis 1.440, nicht −5."},
		{[]string{"visit", "add", "K-0001", "--time", "spät"}, "„spät“ ist keine Uhrzeit"},
		{[]string{"absences", "add", "--rep", "R01", "--from", "8.12.", "--to-time", "spät"}, "„spät“ ist keine Uhrzeit"},
		{[]string{"inbox", "--since", "Sankt Nimmerlein"}, "ist kein Tag"},
		{[]string{"serve", "--listen", "überall"}, "„überall“ nennt nicht Adresse und Port."},
		{[]string{"serve", "--listen", ""}, "--listen 127.0.0.1:2022"},
		{[]string{"serve", "--listen", "127.0.0.1:99999"}, "nennt nicht Adresse und Port."},
	} {
		require.Contains(t, d.refused(codeUsage, append(c.args, "--lang", "de")...), c.says, "%v", c.args)
	}
	require.Equal(t, d.done("inbox", "--since", "2026-11-23"), d.done("inbox", "--since", "yesterday"), "a day as people write it")
	o := d.run("--theme", "pink")
	require.Equal(t, codeUsage, o.code)
	require.Contains(t, o.errors, "auto, light, dark")
}

// What the system refuses is told in the person's language, never in a program's words.
func TestWhatTheSystemRefusesIsSaidInWords(t *testing.T) {
	d := withDemo(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("no calendar"), 0o600))
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"serve", "--listen", taken.Addr().String()}, "antwortet schon ein Programm"},
		{[]string{"serve", "--listen", "nowhere.invalid:2022"}, "ist keine Adresse dieses Rechners"},
		{[]string{"absences", "import", filepath.Join(folder, "none.ics"), "--rep", "R01"}, "none.ics: diese Datei gibt es nicht."},
		{[]string{"absences", "import", folder, "--rep", "R01"}, "das ist ein Ordner"},
		{[]string{"absences", "import", text, "--rep", "R01"}, "notes.txt: das ist kein Kalender"},
	} {
		said := d.refused(codeFailed, append(c.args, "--lang", "de")...)
		require.Contains(t, said, c.says)
		require.NotRegexp(t, `listen tcp|bind:|no such|directory|parsing`, said)
	}
	o := d.run("plan", "--rep", "R01", "--iterations", "1", "--osrm", "http://127.0.0.1:1", "--lang", "de")
	require.Contains(t, o.errors, "http://127.0.0.1:1 antwortet nicht.")
	require.NotContains(t, o.errors, "dial")
	d.db = filepath.Join(text, "data.db")
	require.Contains(t, d.refused(codeFailed, "info", "--lang", "de"), "wo ein Ordner sein müsste")
}

func TestHelpIsWholeInBothLanguages(t *testing.T) {
	d := newDesk(t)
	r := &run{Environment: System()}
	names := []string{""}
	for _, c := range r.root().Commands() {
		names = append(names, c.Name())
	}
	require.Greater(t, len(names), 12)
	for _, l := range text.Languages {
		for _, name := range names {
			args := []string{"--help", "--lang", string(l)}
			if name != "" {
				args = append([]string{name}, args...)
			}
			help := d.done(args...)
			require.NotContains(t, help, "command.", "%v", args)
			require.NotContains(t, help, "{{", "%v", args)
			if l == text.German {
				require.Contains(t, help, "Aufruf")
				require.NotContains(t, help, "[flags]")
				_, usage, _ := strings.Cut(help, "Aufruf\n")
				usage, _, _ = strings.Cut(usage, "\n")
				require.NotRegexp(t, `\b(FILE|PATH|TABLE|DIR|ACCOUNT|NUMBER|TERRITORY|REP|HOST)\b`, usage)
			}
		}
	}
	require.Contains(t, d.done("--help"), "130 stopped", "exit codes are told")
	require.Equal(t, d.done("signals", "--help"), d.done("help", "signals"))
	require.Equal(t, d.done("signals", "--help"), d.done("flags", "--help"))
}

func TestTheLanguageComesFromTheFlagThenTheLocale(t *testing.T) {
	get := func(vars map[string]string) func(string) string {
		return func(name string) string { return vars[name] }
	}
	german := map[string]string{"LANG": "de_AT.UTF-8"}
	require.Equal(t, text.German, language(nil, get(german), nil))
	require.Equal(t, text.English, language([]string{"signals", "--lang", "en"}, get(german), nil))
	require.Equal(t, text.German, language([]string{"--lang=de"}, get(nil), nil))
	require.Equal(t, text.English, language(nil, get(map[string]string{"LANG": "de_DE", "LC_ALL": "C"}), nil))
	require.Equal(t, text.German, language(nil, get(map[string]string{"LANG": "en_US", "LC_MESSAGES": "de_CH"}), nil))
}

func TestSeveralMayReadAtOnceAndAWriterIsNamed(t *testing.T) {
	d := withDemo(t)
	reader, err := store.Open(d.db, store.Options{ReadOnly: true})
	require.NoError(t, err)
	require.NotEmpty(t, d.done("signals"))
	require.NotEmpty(t, d.done("info"))
	require.NoError(t, reader.Close())

	writer, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	require.Contains(t, d.refused(codeFailed, "signals"), "open")
	require.NoError(t, writer.Close())
}

func TestCompletionKnowsCommandsValuesAndTerritories(t *testing.T) {
	d := withDemo(t)
	require.Contains(t, d.run("__complete", "--lang", "de", "").output, "signals\twas Vertrieb und Marketing zu tun haben")
	require.Contains(t, d.run("__complete", "signals", "--owner", "").output, "marketing")
	require.Contains(t, d.run("__complete", "import", "--as", "").output, "visits")
	territories := d.run("__complete", "signals", "--territory", "").output
	require.Contains(t, territories, "T01\tStuttgart")
	require.Contains(t, territories, "Süd/Bayern")
	for _, shell := range shells {
		require.Contains(t, d.done("completion", shell), "doppelpass")
	}
}

func TestOwnSettingsAreKeptAndTakenUp(t *testing.T) {
	d := withDemo(t)
	d.config = filepath.Join(t.TempDir(), "config")
	require.Equal(t, "", d.done("config", "theme", "light"))
	require.Equal(t, "light\n", d.done("config", "theme"))
	d.done("config", "role", "sales")
	d.done("config", "mouse", "off")
	d.done("config", "key.visit.log", "w f5")
	require.Contains(t, d.done("config"), "key.visit.log")
	require.Contains(t, d.refused(codeUsage, "config", "key.NONSENSE", "x"), "There is no action NONSENSE.")
	require.Contains(t, d.refused(codeUsage, "config", "key.visit.lgo", "x"), "visit.log", "the nearest there are")
	require.Contains(t, d.refused(codeUsage, "config", "key.visit.lgo"), "visit.log", "asked for, it is not simply empty")
	require.NotContains(t, d.done("config"), "visit.lgo")
	require.Contains(t, d.run("__complete", "config", "key.visit.l").output, "key.visit.log")
	d.done("config", "key.visit.lgo", "") // of an earlier version: it can be forgotten
	o := d.run("--today", "2026-11-24")
	require.Len(t, o.opened, 1)
	require.Equal(t, kit.ModeLight, o.opened[0].Theme)
	require.Equal(t, model.RoleSales, o.opened[0].Actor.Role)
	require.True(t, o.opened[0].NoMouse)
	d.vars["DOPPELPASS_THEME"] = "dark"
	require.Equal(t, kit.ModeDark, d.run().opened[0].Theme, "the environment stands above the file")
	require.Equal(t, kit.ModeLight, d.run("--theme", "light").opened[0].Theme, "a flag above both")
	require.Contains(t, d.refused(codeUsage, "config", "theme", "blue"), "light, dark")
	require.Contains(t, d.refused(codeUsage, "config", "colour", "blue"), "There is no setting colour")
	for _, own := range []string{"background", "inbox", "sort.accounts", "width.accounts"} {
		require.Contains(t, d.refused(codeUsage, "config", own, "blue"), "There is no setting "+own, "what the app remembers by itself")
	}
	require.Contains(t, d.refused(codeUsage, "config", "colour"), "There is no setting colour. There are: theme,", "asked for, it is not simply empty")
	d.done("config", "language", "de")
	require.Contains(t, d.refused(codeUsage, "config", "colour", "blue"), "gibt es nicht")
	d.vars["TERM"] = "dumb"
	require.Contains(t, d.refused(codeFailed), "TERM=dumb")
}
