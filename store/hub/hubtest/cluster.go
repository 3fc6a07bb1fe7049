// Package hubtest starts a PostgreSQL for a test: a cluster of its own in a temporary folder,
// run by an unprivileged user, which is stopped and gone when the test has ended.
package hubtest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Cluster is a PostgreSQL of its own.
type Cluster struct {
	t        testing.TB
	bin      string
	folder   string
	as       *unprivileged
	options  []string
	port     int
	password string

	lock    sync.Mutex
	running *exec.Cmd
	said    bytes.Buffer
	count   int
}

// shared is the one that the tests of a package share.
var shared *Cluster

// Main runs a package's tests, and stops the cluster that they have shared.
func Main(m *testing.M) {
	code := m.Run()
	if shared != nil {
		shared.remove()
	}
	os.Exit(code)
}

// Shared is a cluster that all tests of a package share, one after the other: TestMain has to
// call Main. It does not wait for the disk. Without PostgreSQL the test is skipped; where CI is
// set it fails.
func Shared(t testing.TB) *Cluster {
	t.Helper()
	if shared == nil {
		c := start(t, "-c", "fsync=off", "-c", "full_page_writes=off")
		shared = c
	}
	shared.t = t
	return shared
}

// Start starts one for a test alone, which waits for the disk as one does that people work on.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c := start(t)
	t.Cleanup(c.remove)
	return c
}

func start(t testing.TB, options ...string) *Cluster {
	t.Helper()
	bin := programs()
	if bin == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("PostgreSQL is not installed (Debian: apt-get install postgresql)")
		}
		t.Skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
	}
	as, err := somebody()
	if err != nil {
		t.Skip("PostgreSQL does not run as root, and there is nobody else: ", err)
	}
	// Not t.TempDir: its path may be too long for a socket, and closed to others.
	folder, err := os.MkdirTemp("", "dp-pg-")
	require.NoError(t, err)
	c := &Cluster{t: t, bin: bin, folder: folder, as: as, options: options, password: "zz-secret-zz"}
	begun := false
	defer func() {
		if !begun {
			c.remove()
		}
	}()
	require.NoError(t, as.own(folder))
	secret := filepath.Join(folder, "secret")
	require.NoError(t, os.WriteFile(secret, []byte(c.password+"\n"), 0o600))
	require.NoError(t, as.own(secret))
	c.run("initdb", "-D", c.data(), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale", "C", "-N")
	c.Go()
	begun = true
	return c
}

// remove stops it and takes its folder away.
func (c *Cluster) remove() {
	c.Stop()
	_ = os.RemoveAll(c.folder)
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

// run runs one of PostgreSQL's programs.
func (c *Cluster) run(name string, args ...string) {
	c.t.Helper()
	command := exec.Command(filepath.Join(c.bin, name), args...)
	command.Dir = c.folder
	c.as.become(command)
	out, err := command.CombinedOutput()
	require.NoError(c.t, err, "%s: %s", name, out)
}

// Go starts the server, again after Stop: at the same address.
func (c *Cluster) Go() {
	c.t.Helper()
	if c.port == 0 {
		c.port = freePort(c.t)
	}
	c.lock.Lock()
	command := exec.Command(filepath.Join(c.bin, "postgres"), "-D", c.data(), "-k", c.folder, "-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "max_connections=60", "-c", "shared_buffers=64MB", "-c", "logging_collector=off")
	command.Args = append(command.Args, c.options...)
	command.Dir = c.folder
	command.Stderr, command.Stdout = &c.said, &c.said
	c.as.become(command)
	err := command.Start()
	c.running = command
	c.lock.Unlock()
	require.NoError(c.t, err)
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), c.URL("postgres", "postgres"))
		if err == nil {
			_ = conn.Close(context.Background())
			return
		}
		if time.Now().After(limit) {
			c.Stop()
			c.t.Fatalf("PostgreSQL does not start: %v\n%s", err, c.said.String())
		}
	}
}

// Stop stops the server at once: whoever is connected is cut off.
func (c *Cluster) Stop() {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.running == nil {
		return
	}
	_ = c.running.Process.Signal(os.Interrupt) // fast shutdown
	done := make(chan struct{})
	go func() { _ = c.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		_ = c.running.Process.Kill()
		<-done
	}
	c.running = nil
}

// URL is the address of a database for a role whose password is the cluster's.
func (c *Cluster) URL(role, database string) string {
	return (&url.URL{Scheme: "postgres", User: url.UserPassword(role, c.password), Host: "127.0.0.1:" + strconv.Itoa(c.port), Path: "/" + database}).String()
}

// Password is everybody's; nothing may print it.
func (c *Cluster) Password() string { return c.password }

// Port is where the cluster listens, Folder where it lies.
func (c *Cluster) Port() int      { return c.port }
func (c *Cluster) Folder() string { return c.folder }

// Exec runs SQL as the superuser.
func (c *Cluster) Exec(database, sql string) {
	c.t.Helper()
	conn, err := pgx.Connect(context.Background(), c.URL("postgres", database))
	require.NoError(c.t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), sql, pgx.QueryExecModeSimpleProtocol)
	require.NoError(c.t, err, sql)
}

// Database makes a database with the roles that a company would have: owner owns it, server
// and reader may connect. It returns its name.
func (c *Cluster) Database() string {
	c.t.Helper()
	c.count++
	name := "team" + strconv.Itoa(c.count)
	if c.count == 1 {
		for _, role := range []string{"owner", "server", "reader"} {
			c.Exec("postgres", fmt.Sprintf("create role %s login password '%s' nosuperuser nobypassrls", role, c.password))
		}
	}
	c.Exec("postgres", "create database "+name+" owner owner")
	return name
}

// programs is the folder of PostgreSQL's programs; "": it is not installed.
func programs() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
		}
		return filepath.Dir(path)
	}
	var folders []string
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		found, _ := filepath.Glob(pattern)
		slices.Sort(found)
		slices.Reverse(found)
		folders = append(folders, found...)
	}
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder
		}
	}
	return ""
}

// freePort is a port that nobody listens on.
func freePort(t testing.TB) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// lookUp finds a user of the system.
func lookUp(name string) (uid, gid uint32, err error) {
	u, err := user.Lookup(name)
	if err != nil {
		return 0, 0, err
	}
	id, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return 0, 0, err
	}
	group, err := strconv.ParseUint(u.Gid, 10, 32)
	return uint32(id), uint32(group), err
}
