package hub_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
)

// meets tries to be a server as a role.
func meets(t *testing.T, c *hubtest.Cluster, database, role, path string) error {
	t.Helper()
	s := open(t, path)
	defer s.Close()
	return hub.NewMember(s, address(t, c.URL(role, database)), time.Now).Meet(context.Background())
}

// Each role that must not be a server's is refused, with the SQL that mends it.
func TestRolesThatAreNoServers(t *testing.T) {
	c := hubtest.Shared(t)
	s := demoStore(t, t.TempDir())
	database := begun(t, c, s)
	path := s.Path()
	require.NoError(t, s.Close())
	require.NoError(t, meets(t, c, database, "server", path))
	require.NoError(t, meets(t, c, database, "owner", path), "whoever owns everything may serve, too, where no row security is used")

	wrong := func(role string, reason hub.Wrong) hub.RoleWrong {
		t.Helper()
		var w hub.RoleWrong
		require.ErrorAs(t, meets(t, c, database, role, path), &w)
		require.Equal(t, reason, w.Reason)
		require.NotEmpty(t, w.SQL)
		return w
	}
	w := wrong("postgres", hub.WrongSuperuser)
	require.Contains(t, w.SQL, "create role doppelpass")

	c.Exec(database, "alter role server bypassrls")
	w = wrong("server", hub.WrongBypass)
	c.Exec(database, w.SQL)
	require.NoError(t, meets(t, c, database, "server", path))

	c.Exec(database, "alter table doppelpass.accounts enable row level security; create policy all_rows on doppelpass.accounts using (true) with check (true)")
	w = wrong("owner", hub.WrongOwner)
	require.Equal(t, []string{"accounts"}, w.Tables)
	c.Exec(database, w.SQL)
	require.NoError(t, meets(t, c, database, "owner", path))
	require.NoError(t, meets(t, c, database, "server", path))

	w = wrong("reader", hub.WrongGrants)
	c.Exec(database, "revoke delete on doppelpass.visits from server")
	w = wrong("server", hub.WrongGrants)
	require.Equal(t, []string{"visits"}, w.Tables)
	c.Exec(database, w.SQL)
	require.NoError(t, meets(t, c, database, "server", path))

	s = open(t, path)
	_, err := s.Apply(lead, request("K-NEW"))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, meets(t, c, database, "server", path), "the grants are enough to add a step")
}

// Who only reads sees plain tables, and none of what is not for them.
func TestWhoOnlyReads(t *testing.T) {
	c := hubtest.Shared(t)
	database := begun(t, c, demoStore(t, t.TempDir()))
	url := c.URL("reader", database)
	require.Positive(t, ask[int64](t, url, "select count(*) from doppelpass_bi.visits"))
	conn, err := pgx.Connect(context.Background(), url)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	for _, sql := range []string{
		"select * from doppelpass.consents", "select note from doppelpass.accounts", "select * from doppelpass_bi.consents", "select note from doppelpass_bi.visits",
		"select body from doppelpass.steps", "select bytes from doppelpass.copies", "delete from doppelpass_bi.reps", "select keys from doppelpass_bi.people",
	} {
		_, err := conn.Exec(context.Background(), sql)
		require.Error(t, err, sql)
	}
}

// What the address leaves out comes from where PostgreSQL's own programs take it.
func TestPasswordsComeFromElsewhere(t *testing.T) {
	c := hubtest.Shared(t)
	s := demoStore(t, t.TempDir())
	database := begun(t, c, s)
	bare := fmt.Sprintf("postgres://server@127.0.0.1:%d/%s", c.Port(), database)
	meet := func(given string) error {
		m := hub.NewMember(s, address(t, given), time.Now)
		defer m.Close()
		return m.Meet(context.Background())
	}
	t.Setenv("PGPASSFILE", filepath.Join(t.TempDir(), "none"))
	require.True(t, hub.Shut(meet(bare)), "without a password nobody comes in, however often they try")
	t.Run("a password file", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "pgpass")
		require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "127.0.0.1:%d:*:server:%s\n", c.Port(), c.Password()), 0o600))
		t.Setenv("PGPASSFILE", file)
		require.NoError(t, meet(bare))
	})
	t.Run("the environment", func(t *testing.T) {
		t.Setenv("PGPASSWORD", c.Password())
		require.NoError(t, meet(bare))
	})
	t.Run("a service", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "services")
		require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "[team]\nhost=127.0.0.1\nport=%d\nuser=server\ndbname=%s\npassword=%s\n", c.Port(), database, c.Password()), 0o600))
		t.Setenv("PGSERVICEFILE", file)
		require.NoError(t, meet("postgres:///?service=team"))
		t.Setenv("PGSERVICE", "team")
		require.NoError(t, meet("postgres://"))
	})
}
