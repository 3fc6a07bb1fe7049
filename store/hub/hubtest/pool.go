package hubtest

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Pool starts a PgBouncer in transaction mode before a cluster, for a test, and gives the way
// through it for a role. Without PgBouncer the test is skipped; where CI is set it fails.
func Pool(t testing.TB, c *Cluster) func(role, database string) string {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program = "/usr/sbin/pgbouncer"; !there(program) {
			if os.Getenv("CI") != "" {
				t.Fatal("PgBouncer is not installed (Debian: apt-get install pgbouncer)")
			}
			t.Skip("PgBouncer is not installed (Debian: apt-get install pgbouncer)")
		}
	}
	folder, err := os.MkdirTemp(c.folder, "pool-")
	require.NoError(t, err)
	port := freePort(t)
	users, config := filepath.Join(folder, "users"), filepath.Join(folder, "config")
	require.NoError(t, os.WriteFile(users, fmt.Appendf(nil, "%q %q\n%q %q\n", "server", c.password, "owner", c.password), 0o600))
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, "[databases]\n* = host=127.0.0.1 port=%d\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %d\nunix_socket_dir =\n"+
		"auth_type = scram-sha-256\nauth_file = %s\npool_mode = transaction\ndefault_pool_size = 3\nlogfile = %s\n", c.port, port, users, filepath.Join(folder, "log")), 0o600))
	for _, path := range []string{folder, users, config} {
		require.NoError(t, c.as.own(path))
	}
	command := exec.Command(program, config)
	c.as.become(command)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	})
	way := func(role, database string) string {
		return (&url.URL{Scheme: "postgres", User: url.UserPassword(role, c.password), Host: "127.0.0.1:" + strconv.Itoa(port), Path: "/" + database}).String()
	}
	for limit := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := pgx.Connect(t.Context(), way("owner", "postgres"))
		if err == nil {
			require.NoError(t, conn.Close(t.Context()))
			return way
		}
		if time.Now().After(limit) {
			said, _ := os.ReadFile(filepath.Join(folder, "log"))
			t.Fatalf("PgBouncer does not start: %v\n%s", err, said)
		}
	}
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
