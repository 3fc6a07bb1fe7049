package serve_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
)

func TestTwentyPeopleWorkAtATime(t *testing.T) {
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprintf("person-%02d", i))
	}
	b := newBusiness(t, names...)
	b.serve("usual")
	b.as(names[0]).Close()
	before := b.goroutines()
	guests := make([]*guest, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			language, title := "de_DE.UTF-8", "900 Kunden"
			if i%2 == 1 {
				language, title = "en_GB.UTF-8", "900 accounts"
			}
			client, err := b.dial(nil, name, b.keys[name])
			if err != nil {
				t.Error(err)
				return
			}
			g := sit(t, client, 100+i, 24+i, language)
			guests[i] = g
			g.sees(`◆ Marketing`)
			g.types("3")
			g.sees(title)
			// A step at a time: what comes together is taken for a paste.
			g.types("/", "K-0582")
			g.sees(`1 (von|of) 1`)
			g.types("enter")
			g.sees(`\? (Hilfe|help)`)
			g.types("enter")
			g.sees(`Besuchstakt|Interval`)
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	lead := guests[0]
	lead.types("e")
	lead.sees(`Besuchsdauer`) // in the form: what comes together with the key that opens it is taken for a paste
	lead.types("ctrl+u", "Umbenannt GmbH", "ctrl+s")
	for _, g := range guests {
		g.sees(`Umbenannt GmbH`)
	}
	for i, g := range guests {
		if i%2 == 0 {
			require.Zero(t, g.quits())
			g.client.Close()
		} else {
			g.client.Close() // the line breaks
		}
	}
	b.settled(before)
	require.Less(t, b.end(), 5*time.Second)
}

func TestStrangersSeeTheirKeyAndTheLineForTheLead(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	unknown := newKey(t)
	client, err := b.dial(nil, "anna", unknown)
	require.NoError(t, err)
	defer client.Close()
	for _, line := range []string{"", "signals --json", "export accounts", "people list"} {
		out, said, code := b.command(client, line)
		require.Equal(t, 1, code)
		require.Empty(t, out)
		print := ssh.FingerprintSHA256(unknown.PublicKey())
		require.Contains(t, said, "doppelpass people add anna --role sales --key "+print+"\n")
		require.Contains(t, said, "ssh -o IdentitiesOnly=yes -i ")
		require.NotContains(t, said, "kim")
		require.NotContains(t, said, b.db)
		// The log is written by the server's own goroutine, the reply may be here before it.
		require.Eventually(t, func() bool {
			return strings.Contains(b.log.String(), "doppelpass people add anna --role sales --key "+print+" --db "+b.db+"\n")
		}, time.Minute, time.Millisecond)
	}
	g := sit(t, client, 80, 24, "de_DE.UTF-8")
	g.sees(`Doppelpass kennt diesen Schlüssel nicht`)
	require.NotContains(t, g.text(), "Marketing ·")
	g.types("x")
	require.Equal(t, 1, g.leaves())

	// A login name is no place for a line that the lead would type.
	sly, err := b.dial(nil, "x; rm -rf ~ #", unknown)
	require.NoError(t, err)
	defer sly.Close()
	_, said, _ := b.command(sly, "")
	require.NotContains(t, said, "rm -rf")
	require.Contains(t, said, "people add NAME --role sales")

	// Without any key: how to make one.
	bare, err := b.dial(nil, "anna")
	require.NoError(t, err)
	defer bare.Close()
	_, said, _ = b.command(bare, "")
	require.Contains(t, said, "ssh-keygen -t ed25519")
	b.end()
}

// An agent offers many keys: the one that is known lets in, whatever came before it. A key
// that was only offered, and not proved, is nobody's.
func TestTheKeyThatIsProvedCounts(t *testing.T) {
	b := newBusiness(t, "kim")
	b.serve("usual")
	several := []ssh.Signer{newKey(t), newKey(t), newKey(t), newKey(t), newKey(t), newKey(t), newKey(t), b.keys["kim"]}
	client, err := b.dial(nil, "kim", several...)
	require.NoError(t, err)
	defer client.Close()
	_, said, code := b.command(client, "info")
	require.Zero(t, code, said)

	_, err = b.dial(nil, "kim", liar{b.keys["kim"].PublicKey(), newKey(t)})
	if err == nil {
		client, err := b.dial(nil, "kim", liar{b.keys["kim"].PublicKey(), newKey(t)})
		require.NoError(t, err)
		out, _, code := b.command(client, "signals --json")
		require.Equal(t, 1, code)
		require.Empty(t, out)
	}
	b.end()
}

// liar offers somebody else's key.
type liar struct {
	public ssh.PublicKey
	ssh.Signer
}

func (l liar) PublicKey() ssh.PublicKey { return l.public }

func TestAKeyThatIsTakenOutEndsItsSessions(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	anna := sit(t, b.as("anna"), 80, 24, "en_GB.UTF-8")
	anna.sees(`◆ Marketing`)
	second := b.as("anna")
	kim := sit(t, b.as("kim"), 100, 30, "en_GB.UTF-8")
	kim.sees(`◆ Marketing`)
	kim.types("9")
	kim.sees(`anna`)
	kim.types("/", "anna", "enter", "d")
	kim.sees(`Delete anna`)
	time.Sleep(200 * time.Millisecond) // a question takes no answer that nobody can have meant
	kim.types("y")
	anna.sees(`your session has ended`)
	anna.leaves()
	out, said, code := b.command(second, "signals --json") // on a line that was there before
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.Contains(t, said, "does not know this key")
	kim.types("1")
	kim.sees(`◆ Marketing`)
	b.end()
}

func TestCommandsThatReadWorkWithoutATerminal(t *testing.T) {
	b := newBusiness(t, "kim", "anna", "mira", "ole")
	b.serve("usual")
	for _, name := range []string{"kim", "ole"} {
		client := b.as(name)
		out, said, code := b.command(client, "signals --json --today 2026-11-24")
		require.Zero(t, code, said)
		var parsed struct{ Signals []map[string]any }
		require.NoError(t, json.Unmarshal([]byte(out), &parsed))
		require.NotEmpty(t, parsed.Signals)
		out, said, code = b.command(client, "export accounts")
		require.Zero(t, code, said)
		require.Greater(t, strings.Count(out, "\n"), 900)
		out, _, code = b.command(client, "--help")
		require.Zero(t, code)
		require.Contains(t, out, "signals")
	}
	client := b.as("kim")
	for _, line := range []string{
		"import /etc/passwd", "scp -t /tmp", "sftp", "export accounts -o /tmp/x.csv", "undo", "demo --db /tmp/x.db --no-open",
		"serve --listen 127.0.0.1:0", "people add Eve --role lead --key SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "signals; id", "signals --db /etc/passwd",
	} {
		out, said, code := b.command(client, line)
		require.NotZero(t, code, "%s: %s", line, out)
		require.NotContains(t, out+said, "uid=", line)
	}
	// Neither files nor other connections.
	session, err := client.NewSession()
	require.NoError(t, err)
	require.Error(t, session.RequestSubsystem("sftp"))
	_, err = client.Dial("tcp", b.address)
	require.Error(t, err)
	_, err = client.Listen("tcp", "127.0.0.1:0")
	require.Error(t, err)
	// The app needs a terminal, and says so.
	_, said, code := b.command(client, "")
	require.NotZero(t, code)
	require.Contains(t, said, "terminal")
	b.end()
}

func TestAnyWindowWillDo(t *testing.T) {
	b := newBusiness(t, "kim")
	b.serve("usual")
	g := sit(t, b.as("kim"), 20, 5, "en_GB.UTF-8")
	g.sees(`60`) // what it needs
	g.resize(100, 30)
	g.sees(`◆ Marketing`)
	g.resize(3, 1)
	g.resize(160, 45)
	g.sees(`Thu|Tue`)
	g.sees(`◆ Marketing`)
	none := sit(t, b.as("kim"), 0, 0, "en_GB.UTF-8")
	none.resize(80, 24)
	none.sees(`◆ Marketing`)
	for _, one := range []*guest{g, none} {
		require.Zero(t, one.quits())
	}
	b.end()
}

func TestTheServersKeyStays(t *testing.T) {
	b := newBusiness(t, "kim")
	b.serve("usual")
	key := strings.TrimSuffix(b.db, ".db") + ".host-key"
	info, err := os.Stat(key)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	content, err := os.ReadFile(key)
	require.NoError(t, err)
	b.end()
	b.serve("usual")
	again, err := os.ReadFile(key)
	require.NoError(t, err)
	require.Equal(t, content, again)
	b.end()
}

// frozen is a line whose client can be stopped: it takes nothing any more.
type frozen struct {
	net.Conn
	lock sync.RWMutex
}

func (f *frozen) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	f.lock.RLock() // while it is stopped, here
	defer f.lock.RUnlock()
	return n, err
}

// A client that takes nothing any more holds nobody up, and is let go.
func TestAStoppedClientIsLetGo(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("impatient")
	kim := sit(t, b.as("kim"), 100, 30, "en_GB.UTF-8")
	kim.sees(`◆ Marketing`)
	before := b.goroutines()
	var lines []*frozen
	for range 5 {
		client, err := b.dial(func(plain net.Conn) net.Conn {
			line := &frozen{Conn: plain}
			lines = append(lines, line)
			return line
		}, "anna", b.keys["anna"])
		require.NoError(t, err)
		sit(t, client, 200, 60, "en_GB.UTF-8").sees(`◆ Marketing`)
	}
	require.Greater(t, b.goroutines(), before)
	for _, line := range lines {
		line.lock.Lock() // stopped
		defer line.lock.Unlock()
	}
	for range 3 {
		kim.types("3")
		kim.sees(`Autohaus`)
		kim.types("1")
		kim.sees(`◆ Marketing`)
	}
	b.settled(before)
	require.Zero(t, kim.quits())
	b.end()
}

// The server ends while somebody types: they are told, and what they typed is there again
// when they come back.
func TestWhatWasTypedOutlivesTheServer(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	open := func() *guest {
		anna := sit(t, b.as("anna"), 100, 40, "de_DE.UTF-8")
		anna.sees(`◆ Marketing`)
		return anna
	}
	anna, kim := open(), sit(t, b.as("kim"), 80, 24, "en_GB.UTF-8")
	anna.patient, kim.patient = 2*time.Second, 2*time.Second // every key here shows
	kim.sees(`◆ Marketing`)
	anna.types("3")
	anna.sees(`900 Kunden`)
	anna.types("/", "K-0582", "enter")
	anna.sees(`1 von 1 `)
	edit := func(g *guest) {
		g.types("v")
		g.sees(`Besuch eintragen`)
	}
	edit(anna)
	for range 8 {
		anna.types("tab")
	}
	anna.types("Das Muster kam gut an")
	anna.sees(`Das Muster kam gut an`)
	kim.types("7")
	kim.sees(`Due from`)
	kim.types("down", "+")
	kim.sees(`(was 90)|ctrl\+s`)
	require.Less(t, b.end(), 5*time.Second)
	anna.leaves()
	require.Contains(t, anna.said(), "Der Server ist beendet")
	require.Contains(t, anna.said(), "aufgehoben")
	kim.leaves()
	require.Contains(t, kim.said(), "The team's server has ended")
	require.Contains(t, kim.said(), "What you began is kept")

	b.serve("usual")
	kim = sit(t, b.as("kim"), 80, 24, "en_GB.UTF-8")
	kim.sees(`What you began before the end is kept`)
	kim.types("7")
	kim.sees(`is back. Save it, or leave it`)
	anna = open()
	anna.sees(`aufgehoben`)
	anna.types("3")
	anna.sees(`900 Kunden`)
	anna.types("/", "K-0582", "enter")
	anna.sees(`1 von 1 `)
	edit(anna)
	anna.sees(`Das Muster kam gut an`)
	anna.types("ctrl+s")
	anna.sees(`✓ Besuch eingetragen`)
	require.NoFileExists(t, strings.TrimSuffix(b.db, ".db")+".people/anna.drafts")
	b.end()
}

// said is all that came, without what moves and colours it.
func (g *guest) said() string {
	g.lock.Lock()
	defer g.lock.Unlock()
	return strings.Join(strings.Fields(ansi.Strip(g.raw.String())), " ")
}

// The lead lets somebody in while the server runs, from a second window on its machine.
func TestSomebodyIsLetInWhileTheServerRuns(t *testing.T) {
	b := newBusiness(t, "kim")
	b.serve("usual")
	b.keys["anna"] = newKey(t)
	stranger, err := b.dial(nil, "anna", b.keys["anna"])
	require.NoError(t, err)
	_, said, _ := b.command(stranger, "")
	stranger.Close()
	line := regexp.MustCompile(`doppelpass (people add .*)\n`).FindStringSubmatch(said)
	require.NotNil(t, line, said)
	program, err := os.Executable()
	require.NoError(t, err)
	add := exec.Command(program, append(strings.Fields(line[1]), "--db", b.db)...)
	add.Env = append(os.Environ(), asServer+"=command", "LANG=en_GB.UTF-8", "LC_ALL=")
	out, err := add.CombinedOutput()
	require.NoError(t, err, string(out))
	_, said, code := b.command(b.as("anna"), "info")
	require.Zero(t, code, said)
	b.end()
}

// What one changes, the others see marked with who for a moment; a form that it meets says
// so, and what was changed in other fields is merged.
func TestWhatOthersChangeIsMarked(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	find := func(name string) *guest {
		g := sit(t, b.as(name), 110, 40, "en_GB.UTF-8")
		g.sees(`◆ Marketing`)
		g.types("3")
		g.sees(`900 accounts`)
		g.types("/", "K-0582", "enter")
		g.sees(`1 of 1 `)
		return g
	}
	anna, kim := find("anna"), find("kim")
	anna.types("e")
	anna.sees(`╭`)
	kim.types("e")
	kim.sees(`╭`)
	kim.types("ctrl+u", "Umbenannt GmbH", "ctrl+s")
	anna.sees(`kim has just changed this`)
	kim.sees(`Umbenannt GmbH`)
	require.NotContains(t, kim.text(), "◂", "one's own changes are no news")
	anna.types("esc")
	anna.sees(`Umbenannt GmbH.*◂ kim`)
	for strings.Contains(anna.text(), "◂ kim") { // for a moment
		time.Sleep(50 * time.Millisecond)
	}
	anna.sees(`Umbenannt GmbH`)
	b.end()
}
