package serve_test

// Several servers on one PostgreSQL: people sit at different ones, laptops come to any.

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/store/hub/hubtest"
)

// onHub makes of the match one on two servers: Katrin sits at the first, Mira at the second.
func (m *match) onHub(c *hubtest.Cluster) {
	m.t.Helper()
	database := c.Database()
	m.run("hub", "init", c.URL("owner", database), "--server", "server")
	m.hub = c.URL("server", database)
	m.serve("usual")
	m.beyond = &business{t: m.t, db: filepath.Join(m.t.TempDir(), "second.db"), keys: m.keys, now: m.now, days: m.days, hub: m.hub}
	m.beyond.serve("usual")
	m.katrins, m.mirases = m.as("katrin"), m.beyond.as("mira")
}

// told is what a command tells on somebody's laptop.
func (b *business) told(name, db string, args ...string) string {
	b.t.Helper()
	code, out := b.on(name, db, args...)
	require.Zero(b.t, code, "%v: %s", args, out)
	return out
}

// The one-two is played from two servers, with PostgreSQL away for a while in the middle; three
// laptops join at one server and come back to the other.
func TestTheOneTwoAcrossServers(t *testing.T) {
	c := hubtest.Start(t)
	m := readyMatch(t, 160, 45, "en")
	m.onHub(c)
	m.morning("2026-11-24 10:00")
	m.planned()
	m.countered()
	m.carriedOut()

	// The database is away: each goes on with what is here.
	c.Stop()
	m.katrin.types("1") // what was said before makes room
	m.katrin.sees(`no database since`)
	m.mira.types("esc")
	m.mira.sees(`no database since`)
	m.katrin.types("3", "/", "Kunde 40", "enter", "enter")
	m.katrin.sees(`0731 5550140`)
	m.katrin.types("v")
	m.katrin.sees(`Log a visit`)
	m.katrin.types("ctrl+s")
	m.katrin.sees(`Visit logged`)
	m.katrin.types("esc") // what was said makes room
	m.katrin.sees(`, 1 waits`)
	m.katrin.types("esc", "1")
	c.Go()
	gone := regexp.MustCompile(`no database`)
	for limit := time.Now().Add(patience); gone.MatchString(m.katrin.text()) || gone.MatchString(m.mira.text()); time.Sleep(20 * time.Millisecond) {
		require.True(t, time.Now().Before(limit), "the database is back, and nobody says so")
	}
	m.calledFor()
	m.visited()
	m.morning("2026-12-21 09:00")
	ledger := func() (all []string) {
		for _, at := range []*business{m.business, m.beyond} {
			out, said, code := at.command(at.as("mira"), "ledger --json")
			require.Zero(t, code, said)
			all = append(all, out)
		}
		return all
	}
	first := ledger()
	require.Contains(t, strings.Join(strings.Fields(first[0]), ""), `"scored":1`)
	require.Equal(t, first[0], first[1])

	// Three laptops, two of them Katrin's; what each has done alone goes to the other server.
	folder := t.TempDir()
	laptops := []struct {
		name, db     string
		joins, comes *business
		does         []string
	}{
		{"katrin", filepath.Join(folder, "one.db"), m.business, m.beyond, []string{"visit", "add", "K50", "--date", "2026-11-20", "--note", "from a laptop"}},
		{"katrin", filepath.Join(folder, "two.db"), m.beyond, m.business, []string{"visit", "add", "K51", "--date", "2026-11-20"}},
		{"mira", filepath.Join(folder, "three.db"), m.beyond, m.business, []string{"call", "add", "K52", "--outcome", "reached", "--date", "2026-11-20"}},
	}
	for _, l := range laptops {
		l.joins.told(l.name, l.db, "join", "ssh://"+l.joins.address)
		l.joins.told(l.name, l.db, l.does...)
	}
	for _, l := range laptops {
		out := l.comes.told(l.name, l.db, "sync", "ssh://"+l.comes.address)
		require.Contains(t, out, "1 of your own sent")
	}
	for _, l := range laptops {
		l.comes.told(l.name, l.db, "sync")
	}
	var histories []string
	for _, l := range laptops {
		require.Contains(t, l.comes.told(l.name, l.db, "info"), l.comes.address)
		history := l.comes.told(l.name, l.db, "history", "--json")
		require.True(t, json.Valid([]byte(history)))
		histories = append(histories, history)
	}
	require.Equal(t, histories[0], histories[1])
	require.Equal(t, histories[0], histories[2])
	m.katrin.quits()
	m.mira.quits()
	for _, at := range []*business{m.business, m.beyond} {
		said, err := at.besides("leave")
		require.Error(t, err, "the server would go on, and nothing of it would reach the others")
		require.Contains(t, said, "End it first")
		require.Contains(t, at.beside("hub", "check", m.hub), "hold the same")
		require.NotContains(t, at.log.String(), c.Password())
		at.end()
		content, err := os.ReadFile(at.db)
		require.NoError(t, err)
		require.NotContains(t, string(content), c.Password())
	}
}
