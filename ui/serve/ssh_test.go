package serve_test

// The way that people really go: the program as a process, and the system's own ssh.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store"
)

// withSSH lets the system's ssh come with a key of the person's own, and returns the
// environment in which it does.
func (b *business) withSSH(name string) []string {
	b.t.Helper()
	real, err := exec.LookPath("ssh")
	if err != nil {
		b.t.Skip("this machine has no ssh")
	}
	folder := b.t.TempDir()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(b.t, err)
	block, err := ssh.MarshalPrivateKey(private, name)
	require.NoError(b.t, err)
	signer, err := ssh.NewSignerFromKey(private)
	require.NoError(b.t, err)
	key := filepath.Join(folder, "key")
	require.NoError(b.t, os.WriteFile(key, pem.EncodeToMemory(block), 0o600))
	b.run("people", "add", name, "--role", "lead", "--key", string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
	config := filepath.Join(folder, "config")
	require.NoError(b.t, os.WriteFile(config, fmt.Appendf(nil, "Host *\n  StrictHostKeyChecking no\n  UserKnownHostsFile %s/known\n  IdentitiesOnly yes\n  IdentityFile %s\n", folder, key), 0o600))
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, "ssh"), fmt.Appendf(nil, "#!/bin/sh\nexec %s -F %s \"$@\"\n", real, config), 0o700))
	return append(os.Environ(), asServer+"=usual", "LANG=en_GB.UTF-8", "LC_ALL=", "PATH="+folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// onLaptop is a command on somebody's laptop, as a process.
func (b *business) onLaptop(environ []string, db string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	b.t.Helper()
	program, err := os.Executable()
	require.NoError(b.t, err)
	c := exec.Command(program, append(args, "--db", db, "--lang", "en")...)
	c.Env = environ
	said := &bytes.Buffer{}
	c.Stdout, c.Stderr = said, said
	return c, said
}

// Over IPv6, with the very line that the server says people come with.
func TestOverIPv6(t *testing.T) {
	b := newBusiness(t)
	environ := b.withSSH("anna")
	if listener, err := net.Listen("tcp", "[::1]:0"); err != nil {
		t.Skip("this machine has no IPv6: ", err)
	} else {
		require.NoError(t, listener.Close())
	}
	b.listen = "[::1]:0"
	b.serve("usual")
	_, port, err := net.SplitHostPort(b.address)
	require.NoError(t, err)
	line := regexp.MustCompile(`ssh -p \d+ \S+`).FindString(b.log.String())
	require.Equal(t, "ssh -p "+port+" ::1", line)
	said, err := b.typed(environ, line+" signals --json")
	require.NoError(t, err, said)
	require.Contains(t, said, `"signals"`)
	db := filepath.Join(t.TempDir(), "own.db")
	join, out := b.onLaptop(environ, db, "join", "ssh://"+b.address)
	require.NoError(t, join.Run(), out.String())
	require.Contains(t, out.String(), "Joined ssh://[::1]:"+port+" as anna")
	sync, out := b.onLaptop(environ, db, "sync")
	require.NoError(t, sync.Run(), out.String())
	require.Contains(t, out.String(), "ssh://[::1]:"+port+": ")
	again, out := b.onLaptop(environ, db, "join", "ssh://other")
	require.Error(t, again.Run())
	require.Contains(t, out.String(), "is joined to another server: ssh://[::1]:"+port)
}

// An address without its brackets is told with them.
func TestAnAddressWithoutBrackets(t *testing.T) {
	b := newBusiness(t)
	for _, listen := range []string{"::1:2022", "fe80::1%eth0:2022", "::1"} {
		c, out := b.onLaptop(append(os.Environ(), asServer+"=usual"), b.db, "serve", "--listen", listen)
		require.Error(t, c.Run())
		require.Regexp(t, `--listen "\[(::1|fe80::1%eth0)\]:2022"`, out.String())
	}
}

// Whose key was taken away is told so, and the line that lets it in again.
func TestAKeyThatWasTakenAwayIsToldSo(t *testing.T) {
	b := newBusiness(t, "kim")
	environ := b.withSSH("anna")
	b.serve("usual")
	db := filepath.Join(t.TempDir(), "own.db")
	for _, args := range [][]string{{"join", "ssh://" + b.address}, {"visit", "add", "K-0002"}} {
		c, out := b.onLaptop(environ, db, args...)
		require.NoError(t, c.Run(), out.String())
	}
	b.beside("people", "remove", "anna")
	c, out := b.onLaptop(environ, db, "sync")
	require.Error(t, c.Run())
	require.Contains(t, out.String(), "lets the key of this machine in no more")
	require.Contains(t, out.String(), "1 change waits here, and is safe.")
	line := regexp.MustCompile(`doppelpass people add anna --role ROLE --key SHA256:\S+`).FindString(out.String())
	require.NotEmpty(t, line, out.String())
	b.beside(strings.Fields(strings.Replace(line, "ROLE", "sales", 1))[1:]...)
	c, out = b.onLaptop(environ, db, "sync")
	require.NoError(t, c.Run(), out.String())
	require.Contains(t, out.String(), "1 of your own sent")
}

// typed runs a line as somebody types it to a shell.
func (b *business) typed(environ []string, line string) (said string, err error) {
	b.t.Helper()
	c := exec.Command("sh", "-c", line)
	c.Env = environ
	out, err := c.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return string(out) + string(exit.Stderr), err
	}
	return string(out), err
}

// A laptop whose process is killed at any moment of a connection loses and doubles nothing.
func TestALaptopIsKilledWhileItConnects(t *testing.T) {
	b := newBusiness(t)
	environ := b.withSSH("anna")
	b.serve("usual")
	db := filepath.Join(t.TempDir(), "own.db")
	join, said := b.onLaptop(environ, db, "join", "ssh://"+b.address)
	require.NoError(t, join.Run(), said.String())
	require.Contains(t, said.String(), "Joined ssh://"+b.address+" as anna")
	rounds := 40
	if testing.Short() || cores.RaceDetector { // whole without it
		rounds = 6
	}
	killed := 0
	for i := range rounds {
		s, err := store.Open(db, store.Options{})
		require.NoError(t, err)
		_, err = s.Apply(model.Actor{Name: "anna", Role: model.RoleLead, Person: "anna"}, store.Request{Action: "test", Puts: []store.Put{{Record: model.Account{Code: fmt.Sprint("L", i), Name: "New"}, New: true}}})
		require.NoError(t, err)
		require.NoError(t, s.Close())
		sync, _ := b.onLaptop(environ, db, "sync")
		require.NoError(t, sync.Start())
		pause, err := rand.Int(rand.Reader, big.NewInt(int64(300*time.Millisecond)))
		require.NoError(t, err)
		timer := time.AfterFunc(time.Duration(pause.Int64()), func() { _ = sync.Process.Kill() })
		if err := sync.Wait(); err != nil {
			killed++
		}
		timer.Stop()
	}
	t.Logf("%d of %d connections were killed", killed, rounds)
	last, said := b.onLaptop(environ, db, "sync")
	require.NoError(t, last.Run(), said.String())
	b.end()
	for _, path := range []string{db, b.db} {
		s, err := store.Open(path, store.Options{ReadOnly: true})
		require.NoError(t, err)
		problems, err := s.Check()
		require.NoError(t, err)
		require.Empty(t, problems)
		book, err := s.Book()
		require.NoError(t, err)
		for i := range rounds {
			require.NotNil(t, book.Account(fmt.Sprint("L", i)), "%s: L%d", path, i)
		}
		place, err := s.Place()
		require.NoError(t, err)
		require.Zero(t, place.Waiting)
		require.EqualValues(t, 2+rounds, place.Number, "each change is one step: %s", path)
		require.NoError(t, s.Close())
	}
}
