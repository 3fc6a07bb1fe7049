package command

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/hub/hubtest"
)

// A hub from the command line: what it is told, what it refuses, and that no password is
// repeated anywhere.
func TestAHubFromTheCommandLine(t *testing.T) {
	c := hubtest.Start(t)
	d := withDemo(t)
	folder := filepath.Dir(d.db)
	database := c.Database()
	owner, server := c.URL("owner", database), c.URL("server", database)
	var all strings.Builder
	run := func(wantCode int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if !slices.Contains(args, "--lang") {
			args = append(args, "--lang", "en")
		}
		code := Execute(args, Environment{
			Input: strings.NewReader(""), Output: &out, Errors: &errs, Now: atHalfPastNine, Config: filepath.Join(folder, "config"),
			Getenv: func(string) string { return "" },
		})
		said := out.String() + errs.String()
		require.Equal(t, wantCode, code, "%v: %s", args, said)
		all.WriteString(said)
		return said
	}
	require.Contains(t, run(codeUsage, "hub", "init", "mysql://anna:"+c.Password()+"@db/sales", "--db", d.db), "postgres://")
	require.Contains(t, run(codeFailed, "hub", "check", "--db", d.db), "has no hub")
	require.Contains(t, run(codeFailed, "serve", "--hub", server, "--db", d.db), "is data of its own")
	require.Contains(t, run(codeFailed, "serve", "--hub", server, "--db", filepath.Join(folder, "none.db")), "Nothing is laid out")

	// Who cannot be reached, or does not let in, is told in one's own language and as what it is.
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, nobody.Close())
	for _, c := range []struct{ address, de, en string }{
		{"postgres://owner@" + nobody.Addr().String() + "/sales", "Dort nimmt kein PostgreSQL eine Verbindung an.", "no PostgreSQL takes connections there."},
		{"postgres://owner@nowhere.invalid/sales", "Diesen Rechner findet das Netz nicht.", "the network does not know this machine."},
		{c.URL("owner", "no-such-database"), "Eine Datenbank dieses Namens gibt es dort nicht.", "there is no database of this name."},
		{strings.Replace(owner, c.Password(), "wrong-"+c.Password(), 1), "lässt owner nicht ein.", "does not let owner in."},
		{owner + "?sslmode=require", "Über die Verschlüsselung", "about encryption"},
	} {
		german := run(codeFailed, "hub", "init", c.address, "--db", d.db, "--lang", "de")
		require.Contains(t, german, c.de)
		require.NotRegexp(t, `dial|failed to|lookup|tls|wartet`, german, "no program's words, and nothing waits for a hub that there is not")
		require.Contains(t, run(codeFailed, "hub", "init", c.address, "--db", d.db), c.en)
	}

	said := run(codeDone, "hub", "init", owner, "--db", d.db, "--server", "server", "--reader", "nobody")
	require.Contains(t, said, "Servers come as server")
	require.Contains(t, said, "create role nobody")
	require.Contains(t, run(codeDone, "hub", "init", owner, "--db", d.db), "is up to date; nothing was changed")
	require.Contains(t, run(codeDone, "hub", "init", c.URL("postgres", database), "--db", d.db), "serve --hub "+strings.Split(strings.Replace(server, "server", "doppelpass", 1), ":"+c.Password())[0], "not as the superuser, whom no server may be")
	require.Contains(t, run(codeFailed, "serve", "--db", d.db), "serve --hub")
	require.Contains(t, run(codeFailed, "sync", "--db", d.db), "serve --hub")
	require.Contains(t, run(codeDone, "info", "--db", d.db), "0 steps waiting")
	require.Contains(t, run(codeFailed, "serve", "--hub", c.URL("postgres", database), "--db", d.db, "--listen", "127.0.0.1:0"), "superuser")
	require.Contains(t, run(codeFailed, "serve", "--hub", strings.Replace(server, c.Password(), "wrong-"+c.Password(), 1), "--db", d.db, "--listen", "127.0.0.1:0"), "password authentication failed")
	require.Contains(t, run(codeFailed, "person", "erase", "K-0001", "--confirm", "--db", d.db), "serve --hub")

	run(codeDone, "visit", "add", "K-0001", "--db", d.db)
	require.Contains(t, run(codeDone, "info", "--db", d.db), "1 step waiting")
	require.Contains(t, run(codeFailed, "leave", "--db", d.db), "--confirm")
	require.Contains(t, run(codeDone, "hub", "check", server, "--db", d.db), "hold the same")
	require.Contains(t, run(codeDone, "info", "--db", d.db), "0 steps waiting")
	c.Exec(database, "update doppelpass.accounts set name = 'by hand' where code = 'K-0001'")
	require.Contains(t, run(codeFailed, "hub", "check", server, "--db", d.db), "1 different here")
	require.Contains(t, run(codeDone, "leave", "--db", d.db), "data of its own")

	require.NotContains(t, all.String(), c.Password())
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		require.NotContains(t, string(content), c.Password(), path)
		return err
	}))
}

// The comments in the database are the program's own words, in the language of whoever lays it
// out.
func TestTheTablesAreCommentedInThePersonsWords(t *testing.T) {
	r := &run{language: "de"}
	words := r.hubWords()
	require.Equal(t, "Besuche", words.Table("visits"))
	require.Equal(t, "Außendienst", words.Field("visits", "rep"))
	for _, table := range append([]model.Table{model.TableSettled, model.TableSettings, model.TableConsents, model.TableOptOuts}, model.Tables[:]...) {
		require.NotContains(t, words.Table(table), "table.")
	}
}
