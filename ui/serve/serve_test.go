package serve_test

// The server as a process of its own, started as in production, and guests that come
// over real connections.

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"doppelpass/ui/command"
	"doppelpass/ui/serve"
	"doppelpass/ui/uitest"
	"doppelpass/ui/week"
)

// patience is how long a screen may take to show what a test waits for. It bounds a
// failing test; a passing one never waits for it.
const patience = 40 * time.Second

// asServer has the test's own program be the server.
const asServer = "DOPPELPASS_TEST_SERVER"

func TestMain(m *testing.M) {
	week.Hasten(50) // what is done with a week is asked here, not how good it is
	switch os.Getenv(asServer) {
	case "":
		os.Exit(uitest.WithOwnHabits(m))
	case "impatient":
		serve.Usual.Silence, serve.Usual.Patience = 400*time.Millisecond, 4*time.Second
	}
	system := command.System()
	system.Now = hands.now
	go func() { // an empty line asks how many goroutines there are, any other one is a question of load_test.go
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			if moment, ok := strings.CutPrefix(lines.Text(), "clock "); ok {
				fmt.Println(hands.turn(moment))
				continue
			}
			if lines.Text() != "" {
				fmt.Println(examine(lines.Text()))
				continue
			}
			fmt.Println(runtime.NumGoroutine())
		}
	}()
	os.Exit(command.Execute(os.Args[1:], system))
}

// business is a demo store with people, and the server on it.
type business struct {
	t       *testing.T
	db      string
	keys    map[string]ssh.Signer
	address string
	process *exec.Cmd
	ask     io.Writer
	answers *bufio.Scanner
	ended   chan error
	log     *record
	now     func() time.Time // of commands
	listen  string           // where the server answers; "": on IPv4
	hub     string           // the server's flag --hub; "": none
	days    []string         // the flag that fixes the day; nil: it is the usual one
}

// record is what a process has said.
type record struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.text.String()
}

func newKey(t testing.TB) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	signer, err := ssh.NewSignerFromKey(private)
	require.NoError(t, err)
	return signer
}

// run runs a command on the business while nobody has it open.
func (b *business) run(args ...string) string {
	b.t.Helper()
	var out, errs bytes.Buffer
	code := command.Execute(append(args, "--db", b.db), command.Environment{
		Input: strings.NewReader(""), Output: &out, Errors: &errs, Getenv: func(string) string { return "" }, Now: b.now,
	})
	require.Zero(b.t, code, errs.String())
	return out.String()
}

// demo is what every business begins with.
var demo uitest.Kept

func newBusiness(t *testing.T, people ...string) *business {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a process is told to end by a signal here")
	}
	b := &business{t: t, db: filepath.Join(t.TempDir(), "team.db"), keys: map[string]ssh.Signer{}, now: time.Now}
	demo.Copy(t, b.db, func(string) { b.run("demo", "--no-open", "--today", "2026-11-24") })
	for i, name := range people {
		b.keys[name] = newKey(t)
		role := []string{"lead", "sales", "marketing", "look"}[min(i, 3)]
		if i > 3 {
			role = "sales"
		}
		b.run("people", "add", name, "--role", role, "--key", string(ssh.MarshalAuthorizedKey(b.keys[name].PublicKey())))
	}
	return b
}

// serve starts the server.
func (b *business) serve(mode string) {
	b.t.Helper()
	program, err := os.Executable()
	require.NoError(b.t, err)
	b.process = exec.Command(program, "serve", "--db", b.db, "--listen", cmp.Or(b.listen, "127.0.0.1:0"))
	if b.days == nil {
		b.days = []string{"--today", "2026-11-24"}
	}
	b.process.Args = append(b.process.Args, b.days...)
	if b.hub != "" {
		b.process.Args = append(b.process.Args, "--hub", b.hub)
	}
	b.process.Env = append(os.Environ(), asServer+"="+mode, "LANG=en_GB.UTF-8", "LC_ALL=")
	b.log = &record{}
	b.process.Stderr = b.log
	b.ask, err = b.process.StdinPipe()
	require.NoError(b.t, err)
	out, err := b.process.StdoutPipe()
	require.NoError(b.t, err)
	b.answers = bufio.NewScanner(out)
	require.NoError(b.t, b.process.Start())
	ended := make(chan error, 1)
	b.ended = ended
	process := b.process
	go func() { ended <- process.Wait() }()
	b.t.Cleanup(func() { _ = process.Process.Kill() })
	on := regexp.MustCompile(` on ((?:127\.0\.0\.1|\[::1\]):\d+)\.`)
	require.Eventually(b.t, func() bool {
		found := on.FindStringSubmatch(b.log.String())
		if found != nil {
			b.address = found[1]
		}
		return found != nil
	}, patience, 5*time.Millisecond, "the server never began")
}

// goroutines is how many the server has.
func (b *business) goroutines() (n int) {
	b.t.Helper()
	_, err := io.WriteString(b.ask, "\n")
	require.NoError(b.t, err)
	require.True(b.t, b.answers.Scan())
	_, err = fmt.Sscan(b.answers.Text(), &n)
	require.NoError(b.t, err)
	return n
}

// end ends the server as systems do, and says how long it took.
func (b *business) end() time.Duration {
	b.t.Helper()
	since := time.Now()
	require.NoError(b.t, b.process.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-b.ended:
		require.NoError(b.t, err, b.log.String())
	case <-time.After(patience):
		b.t.Fatal("the server did not end")
	}
	return time.Since(since)
}

// dial comes with keys, and reads what the server says to who is not known.
func (b *business) dial(wrap func(net.Conn) net.Conn, user string, keys ...ssh.Signer) (*ssh.Client, error) {
	plain, err := net.Dial("tcp", b.address)
	if err != nil {
		return nil, err
	}
	if wrap != nil {
		plain = wrap(plain)
	}
	nothing := ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return make([]string, len(questions)), nil
	})
	conn, channels, requests, err := ssh.NewClientConn(plain, b.address, &ssh.ClientConfig{
		User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(keys...), nothing}, HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		_ = plain.Close()
		return nil, err
	}
	return ssh.NewClient(conn, channels, requests), nil
}

func (b *business) as(name string) *ssh.Client {
	b.t.Helper()
	client, err := b.dial(nil, name, b.keys[name])
	require.NoError(b.t, err)
	b.t.Cleanup(func() { _ = client.Close() })
	return client
}

// command runs a command over the line.
func (b *business) command(client *ssh.Client, line string) (out, errs string, code int) {
	b.t.Helper()
	session, err := client.NewSession()
	require.NoError(b.t, err)
	var output, problems bytes.Buffer
	session.Stdout, session.Stderr = &output, &problems
	if line == "" {
		require.NoError(b.t, session.Shell())
		err = session.Wait()
	} else {
		err = session.Run(line)
	}
	var exit *ssh.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitStatus()
	} else {
		require.NoError(b.t, err)
	}
	return output.String(), problems.String(), code
}

// guest is a person at a terminal far away.
type guest struct {
	t       testing.TB
	client  *ssh.Client
	session *ssh.Session
	keys    io.Writer
	ended   chan error
	patient time.Duration // how long a key may take to show something before the next one comes

	lock          sync.Mutex
	screen        *vt.Emulator
	width, height int
	raw           bytes.Buffer // what came, since it was last looked at
}

// Write shows what comes.
func (g *guest) Write(p []byte) (int, error) {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.raw.Write(p)
	return g.screen.Write(p)
}

// sit opens the app.
func sit(t testing.TB, client *ssh.Client, width, height int, language string) *guest {
	t.Helper()
	session, err := client.NewSession()
	require.NoError(t, err)
	require.NoError(t, session.Setenv("LC_ALL", language))
	require.NoError(t, session.RequestPty("xterm-256color", height, width, ssh.TerminalModes{}))
	keys, err := session.StdinPipe()
	require.NoError(t, err)
	g := &guest{t: t, client: client, session: session, keys: keys, screen: vt.NewEmulator(width, height), width: width, height: height, ended: make(chan error, 1)}
	session.Stdout, session.Stderr = g, g
	require.NoError(t, session.Shell())
	go func() { // the terminal's answers
		for b := make([]byte, 256); ; {
			n, err := g.screen.Read(b)
			if err != nil {
				return
			}
			if _, err := keys.Write(b[:n]); err != nil {
				return
			}
		}
	}()
	go func() { g.ended <- session.Wait() }()
	return g
}

func (g *guest) text() string {
	g.lock.Lock()
	defer g.lock.Unlock()
	var all strings.Builder
	for y := range g.height {
		for x := 0; x < g.width; {
			cell := g.screen.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				all.WriteByte(' ')
				x++
				continue
			}
			all.WriteString(cell.Content)
			x += max(cell.Width, 1)
		}
		all.WriteByte('\n')
	}
	return all.String()
}

// sees waits until the screen shows something.
func (g *guest) sees(pattern string) {
	g.t.Helper()
	wanted := regexp.MustCompile(pattern)
	for limit := time.Now().Add(patience); !wanted.MatchString(g.text()); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(limit) {
			g.t.Fatalf("the screen never shows %q:\n%s", pattern, g.text())
		}
	}
}

// types types keys, each seen by the app before the next comes.
func (g *guest) types(keys ...string) {
	g.t.Helper()
	names := map[string]string{"enter": "\r", "esc": "\x1b", "down": "\x1b[B", "right": "\x1b[C", "ctrl+s": "\x13", "ctrl+u": "\x15", "tab": "\t", "ctrl+c": "\x03", "ctrl+p": "\x10"}
	for _, key := range keys {
		if named, ok := names[key]; ok {
			key = named
		}
		before := ""
		if g.patient > 0 {
			before = g.text()
		}
		_, err := io.WriteString(g.keys, key)
		require.NoError(g.t, err)
		for limit := time.Now().Add(g.patient); time.Now().Before(limit) && g.text() == before; { // most keys show
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(30*time.Millisecond + min(g.patient/8, 60*time.Millisecond)) // keys that come together are text
	}
}

func (g *guest) resize(width, height int) {
	g.t.Helper()
	g.lock.Lock()
	g.screen.Resize(width, height)
	g.width, g.height = width, height
	g.lock.Unlock()
	require.NoError(g.t, g.session.WindowChange(height, width))
}

// quits goes back to the first level and leaves from there.
func (g *guest) quits() int {
	g.t.Helper()
	for {
		_, _ = io.WriteString(g.keys, "\x1b")
		time.Sleep(150 * time.Millisecond) // an escape alone
		_, _ = io.WriteString(g.keys, "q")
		select {
		case err := <-g.ended:
			g.ended <- err
			return g.leaves()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// leaves waits for the end of the session and gives its exit code.
func (g *guest) leaves() int {
	g.t.Helper()
	select {
	case err := <-g.ended:
		var exit *ssh.ExitError
		if errors.As(err, &exit) {
			return exit.ExitStatus()
		}
		return 0
	case <-time.After(patience):
		g.t.Fatalf("the session did not end:\n%s", g.text())
	}
	return 0
}

// settled waits until the server has as few goroutines as before.
func (b *business) settled(before int) {
	b.t.Helper()
	for limit := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		now := b.goroutines()
		if now <= before {
			return
		}
		if time.Now().After(limit) {
			b.t.Fatalf("%d goroutines, there were %d", now, before)
		}
	}
}
