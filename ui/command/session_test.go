package command

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui"
)

// guest runs a command as one of many in this process.
func guest(s Session, args ...string) (o outcome) {
	var out, errs bytes.Buffer
	o.code = Execute(args, Environment{
		Input: strings.NewReader(""), Output: &out, Errors: &errs, Session: &s,
		Getenv: func(string) string { return "" },
		Now:    func() time.Time { return time.Date(2026, time.November, 24, 9, 30, 0, 0, time.Local) },
		App:    func(options ui.Options) error { o.opened = append(o.opened, options); return nil },
	})
	o.output, o.errors = out.String(), errs.String()
	return o
}

// Many runs in one process work on one open store, each as its own person, from its own
// folder and on its own terminal.
func TestManyRunsShareAnOpenStore(t *testing.T) {
	d := withDemo(t)
	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	defer s.Close()
	rep := ""
	for record, err := range s.Records(model.TableReps) {
		require.NoError(t, err)
		rep = record.Key().Code
	}
	anna := model.Actor{Name: "Anna Beck", Role: model.RoleSales}
	folders := []string{t.TempDir(), t.TempDir(), t.TempDir()}
	var all sync.WaitGroup
	for _, folder := range folders {
		all.Go(func() {
			of := Session{Store: s, Folder: folder, Actor: anna, Context: t.Context()}
			o := guest(of, "export", "accounts", "-o", "out.csv")
			if o.code != codeDone {
				t.Error(o.errors)
			}
			o = guest(of, "absences", "add", "--rep", rep, "--from", "2026-12-08")
			if o.code != codeDone {
				t.Error(o.errors)
			}
		})
	}
	all.Wait()
	for _, folder := range folders {
		require.FileExists(t, filepath.Join(folder, "out.csv"))
	}
	o := guest(Session{Store: s}, "history", "-n", "1", "--db", d.db)
	require.Contains(t, o.output, "Anna Beck", o.errors)
	require.Equal(t, codeUsage, guest(Session{Store: s}, "signals", "--db", filepath.Join(t.TempDir(), "other.db")).code)

	// The app needs a terminal; emphasis is for terminals only.
	require.Equal(t, codeFailed, guest(Session{Store: s}).code)
	require.NotContains(t, guest(Session{Store: s}, "signals").output, "\x1b[1m")
	full := Session{Store: s, Terminal: Streams{Input: true, Output: true, Errors: true}, Width: 90, Height: 30, Actor: anna, Folder: folders[0]}
	require.Contains(t, guest(full, "signals").output, "\x1b[1m")
	o = guest(full)
	require.Equal(t, codeDone, o.code, o.errors)
	got := o.opened[0]
	require.Same(t, s, got.Store)
	require.Equal(t, []any{90, 30, "Anna Beck", folders[0]}, []any{got.Width, got.Height, got.Actor.Name, got.Folder})

	gone, cancel := context.WithCancel(context.Background())
	cancel()
	require.Equal(t, codeStopped, guest(Session{Store: s, Context: gone, Folder: folders[0]}, "export", "visits", "-o", "never.csv").code)
	require.Equal(t, codeStopped, guest(Session{Store: s, Context: gone, Folder: folders[0]}, "export", "all", "-o", "never.xlsx").code)
	partly := guest(Session{Store: s, Context: gone}, "export", "visits")
	require.Equal(t, codeStopped, partly.code)
	require.Contains(t, partly.errors, "only a part")
}

// Who sits at another machine reads, and sees nothing of the files of this one.
func TestFromAnotherMachineOneReads(t *testing.T) {
	d := withDemo(t)
	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	defer s.Close()
	secret := filepath.Join(t.TempDir(), "secret.txt")
	require.NoError(t, os.WriteFile(secret, []byte("ssh-ed25519 secret"), 0o600))
	away := Session{Store: s, Remote: true, Actor: model.Actor{Name: "Anna Beck", Role: model.RoleLead}}
	for _, args := range [][]string{{"signals", "--json"}, {"export", "accounts"}, {"history"}, {"info"}, {"people", "list"}, {"help"}, {"signals", "--help"}} {
		o := guest(away, args...)
		require.Equal(t, codeDone, o.code, "%v: %s", args, o.errors)
		require.NotEmpty(t, o.output, args)
	}
	for _, args := range [][]string{
		{"import", secret}, {"backup", secret + ".db"}, {"export", "accounts", "-o", secret}, {"template", t.TempDir()}, {"places", "add", secret},
		{"demo", "--no-open", "--db", secret}, {"undo"}, {"visit", "add", "K-0247"}, {"people", "add", "Eve", "--role", "lead", "--key", secret},
		{"briefing", "-o", secret + ".html"}, {"review", "MAIL-2607", "--html", "-o", secret + ".html"}, {"figures", "-o", secret + ".csv"},
		{"person", "erase", "K-0001"}, {"person", "export", "K-0001"}, {"retention", "--apply"}, {"compact"}, {"join", "ssh://" + secret}, {"sync"}, {"leave"},
		{"repair", secret, "-o", secret + ".new"}, {"lot", "MAIL-2611", "--confirm"}, {"serve"}, {"restore", secret},
		{"plan", "--rep", "R1", "--osrm", "http://127.0.0.1"}, {"config", "theme", "dark"}, {"signals", "--db", secret}, {"completion", "bash"},
	} {
		o := guest(away, args...)
		require.NotEqual(t, codeDone, o.code, "%v: %s", args, o.output)
		require.True(t, strings.HasPrefix(o.errors, "doppelpass: "), "%v: %s", args, o.errors)
	}
	beside, err := os.ReadDir(filepath.Dir(secret))
	require.NoError(t, err)
	require.Len(t, beside, 1, "nothing was written")
	content, err := os.ReadFile(secret)
	require.NoError(t, err)
	require.Equal(t, "ssh-ed25519 secret", string(content))
}

// Whatever a person at another machine asks for, a line an argument: nothing is written, and
// what comes back holds no raw bytes for their terminal.
func FuzzFromAnotherMachine(f *testing.F) {
	db := filepath.Join(f.TempDir(), "demo.db")
	code := Execute([]string{"demo", "--no-open", "--db", db}, Environment{Input: strings.NewReader(""), Output: io.Discard, Errors: io.Discard, Getenv: func(string) string { return "" }, Now: time.Now})
	require.Equal(f, codeDone, code)
	s, err := store.Open(db, store.Options{})
	require.NoError(f, err)
	f.Cleanup(func() { _ = s.Close() })
	for _, asked := range []string{
		"signals\n--json", "signals\n--territory\nSüd\n--today\n2026-02-30", "export\naccounts\n-o\n-", "timeline\n\x1b]0;x\x07", "history\n-n\n-1", "figures\n--by\nclass\n-o\nx.csv",
		"review\nMAIL-2607\n--html\n-o\n../x", "plan\n--rep\nR01\n--ics\nx.ics", "help\n\x00", "--db\n/etc/passwd\ninfo", "completion\nbash", "briefing\n--since\n01.01.\n--lang\nfr", "visit\nadd\nK-0001",
		"--lang=\x9b31m", "person\nexport\n*",
	} {
		f.Add(asked)
	}
	before, err := s.History(0, 1)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, asked string) {
		folder := t.TempDir()
		t.Chdir(folder)
		slow := time.AfterFunc(20*time.Second, func() { panic("no end comes of " + strconv.Quote(asked)) })
		defer slow.Stop()
		o := guest(Session{Store: s, Remote: true, Folder: folder, Actor: model.Actor{Name: "Anna Beck", Role: model.RoleLead}}, strings.Split(asked, "\n")...)
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Empty(t, entries, asked)
		after, err := s.History(0, 1)
		require.NoError(t, err)
		require.Equal(t, before, after, asked)
		require.NotContains(t, o.errors, "a fault in the program")
		for _, said := range []string{o.output, o.errors} {
			require.False(t, strings.ContainsFunc(said, func(r rune) bool {
				return r != '\n' && r != '\t' && r != '\r' && unicode.IsControl(r)
			}), "%q: %q", asked, said)
		}
	})
}

// A store that was deleted while it is open is still the one that a path names, so that what is open
// can be saved as a backup.
func TestAStoreThatIsGoneIsStillNamed(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	require.True(t, sameFile(filepath.Join(folder, "gone.db"), "gone.db"))
	require.True(t, sameFile("gone.db", filepath.Join(folder, "gone.db")))
	require.False(t, sameFile("other.db", "gone.db"))
}
