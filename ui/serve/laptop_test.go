package serve_test

// Laptops of the team, over real connections: they join, work alone, come back, and are
// told when they may not.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/wire"
	"doppelpass/ui/command"
	"doppelpass/ui/laptop"
)

// subsystem is a line to the server, as ssh makes it.
type subsystem struct {
	io.Reader
	io.WriteCloser
	client *ssh.Client
	said   *record
}

// Read tells, once the line ends, what ssh would have said.
func (s subsystem) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if said := strings.TrimSpace(s.said.String()); err != nil && n == 0 && said != "" {
		return 0, laptop.NoLine{Said: said}
	}
	return n, err
}

func (s subsystem) Close() error { return s.client.Close() }

// dials is somebody's way to the server.
func (b *business) dials(name string) laptop.Dial {
	return func(context.Context, laptop.Address, bool) (io.ReadWriteCloser, error) {
		client, err := b.dial(nil, name, b.keys[name])
		if err != nil {
			return nil, laptop.NoLine{Said: err.Error()}
		}
		session, err := client.NewSession()
		if err != nil {
			return nil, errors.Join(err, client.Close())
		}
		line := subsystem{client: client, said: &record{}}
		session.Stderr = line.said
		var failed error
		if line.Reader, failed = session.StdoutPipe(); failed == nil {
			line.WriteCloser, failed = session.StdinPipe()
		}
		if failed == nil {
			failed = session.RequestSubsystem(wire.Subsystem)
		}
		if failed != nil {
			return nil, errors.Join(failed, client.Close())
		}
		return line, nil
	}
}

// on runs a command on somebody's laptop.
func (b *business) on(name, db string, args ...string) (code int, out string) {
	b.t.Helper()
	var said bytes.Buffer
	code = command.Execute(append(args, "--db", db, "--lang", "en", "--today", "2026-11-24"), command.Environment{
		Input: strings.NewReader(""), Output: &said, Errors: &said, Getenv: func(string) string { return "" }, Now: time.Now, Dial: b.dials(name),
	})
	return code, said.String()
}

// beside runs a command on the server's machine while the server runs.
func (b *business) beside(args ...string) string {
	b.t.Helper()
	out, err := b.besides(args...)
	require.NoError(b.t, err, out)
	return out
}

// besides is beside where the command may refuse.
func (b *business) besides(args ...string) (string, error) {
	b.t.Helper()
	program, err := os.Executable()
	require.NoError(b.t, err)
	c := exec.Command(program, append(args, "--db", b.db, "--lang", "en")...)
	c.Env = append(os.Environ(), asServer+"=usual")
	out, err := c.CombinedOutput()
	return string(out), err
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestALaptopWorksAloneAndComesBack(t *testing.T) {
	b := newBusiness(t, "kim", "anna", "mira")
	b.serve("usual")
	folder := t.TempDir()
	kim, anna := filepath.Join(folder, "kim", "own.db"), filepath.Join(folder, "anna", "own.db")
	require.NoError(t, os.MkdirAll(filepath.Dir(anna), 0o700))
	fresh, err := store.Open(anna, store.Options{})
	require.NoError(t, err)
	require.NoError(t, fresh.Close())
	for name, db := range map[string]string{"kim": kim, "anna": anna} { // one has opened the app before, with nothing in it
		code, out := b.on(name, db, "join", "ssh://"+b.address)
		require.Zero(t, code, out)
		require.Contains(t, out, "Joined ssh://"+b.address+" as "+name)
		require.Contains(t, out, "900 accounts")
	}
	code, out := b.on("kim", kim, "join", "ssh://"+b.address)
	require.Equal(t, 1, code)
	require.Contains(t, out, "is joined to ssh://"+b.address+" already")
	code, out = b.on("kim", b.db+".none", "sync")
	require.Equal(t, 1, code)
	require.NotEmpty(t, out)

	// Both change one telephone number, and one of them another field, without a network.
	address := b.address
	b.end()
	code, out = b.on("kim", kim, "import", written(t, "a.csv", "code,name,phone,class\nK-0001,Metallbau Ostertag,0711 111111,A\n"))
	require.Zero(t, code, out)
	code, out = b.on("anna", anna, "visit", "add", "K-0002", "--note", "in the train")
	require.Zero(t, code, out)
	code, out = b.on("anna", anna, "import", written(t, "b.csv", "code,name,phone\nK-0001,Metallbau Ostertag,0711 222222\n"))
	require.Zero(t, code, out)
	code, out = b.on("anna", anna, "sync")
	require.Equal(t, 1, code)
	require.Contains(t, out, "2 changes wait here, and are safe.")
	code, out = b.on("anna", anna, "leave")
	require.Equal(t, 1, code)
	require.Contains(t, out, "2 changes wait that ssh://"+address+" has not got")

	b.serve("usual") // on another port, which the tests' line knows
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.Contains(t, out, "2 of your own sent")
	code, out = b.on("kim", kim, "sync")
	require.Zero(t, code, out)
	require.Contains(t, out, "2 changes by others received, 1 of your own sent.")
	require.NotContains(t, out, "stand", "it is not the one who came later whose change stands aside")
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.Contains(t, b.log.String(), "A laptop of anna has come")

	s, err := store.Open(anna, store.Options{ReadOnly: true})
	require.NoError(t, err)
	book, err := s.Book()
	require.NoError(t, err)
	require.Equal(t, "0711 111111", book.Account("K-0001").Phone, "what came later stands")
	asides, err := s.Asides()
	require.NoError(t, err)
	require.Len(t, asides, 1)
	require.Equal(t, "anna", asides[0].For)
	require.Contains(t, asides[0].Values, "0711 222222")
	history, err := s.History(0, 3)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(history, func(e store.Entry) bool { return e.Person == "anna" && e.Action == "visit.log" }))
	require.NoError(t, s.Close())

	code, out = b.on("kim", kim, "person", "erase", "K-0300", "--confirm")
	require.Equal(t, 1, code)
	require.Contains(t, out, "erased on the server")
	code, out = b.on("anna", anna, "serve")
	require.Equal(t, 1, code)
	require.Contains(t, out, "a laptop's copy")
	code, out = b.on("anna", anna, "leave")
	require.Zero(t, code, out)
	code, out = b.on("anna", anna, "sync")
	require.Equal(t, 1, code)
	require.Contains(t, out, "joined to no server")
}

// Whoever the server erases goes from the laptops, to the last byte.
func TestAnErasureReachesLaptops(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.run("import", written(t, "c.csv", "account,name\nK-0001,Quentin Zwirbelbart\n"), "--as", "contacts")
	b.serve("usual")
	anna := filepath.Join(t.TempDir(), "own.db")
	code, out := b.on("anna", anna, "join", "ssh://"+b.address)
	require.Zero(t, code, out)
	code, out = b.on("anna", anna, "visit", "add", "K-0001", "--note", "met Quentin Zwirbelbart")
	require.Zero(t, code, out)
	holds := func() bool {
		content, err := os.ReadFile(anna)
		require.NoError(t, err)
		return bytes.Contains(content, []byte("Zwirbelbart"))
	}
	require.True(t, holds())
	b.beside("person", "erase", "Quentin Zwirbelbart", "--confirm")
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.False(t, holds(), "nor in what waited there, nor in pages that are free")
	s, err := store.Open(anna, store.Options{ReadOnly: true})
	require.NoError(t, err)
	defer s.Close()
	problems, err := s.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
	visits, err := s.AccountVisits("K-0001", 0)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(visits, func(v model.Visit) bool { return strings.Contains(v.Note, "met E-") }), "the visit stays")
}

// A key that is taken away gets nothing any more, and what its laptop had is told.
func TestAKeyThatIsTakenAway(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	anna := filepath.Join(t.TempDir(), "own.db")
	code, out := b.on("anna", anna, "join", "ssh://"+b.address)
	require.Zero(t, code, out)
	s, err := store.Open(anna, store.Options{Fast: true})
	require.NoError(t, err)
	defer s.Close()
	link, err := laptop.NewLink(s, "", b.dials("anna"), time.Now)
	require.NoError(t, err)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); link.Run(ctx) }()
	defer func() { end(); <-ended }()
	require.Eventually(t, func() bool { return link.State().Live }, patience, 5*time.Millisecond)
	require.Contains(t, b.beside("people", "list"), "has the data up to step")
	require.Contains(t, b.beside("people", "remove", "anna"), "has the data up to step", "what her laptop has")
	require.Eventually(t, func() bool { return !link.State().Live && link.State().Err != nil }, patience, 5*time.Millisecond)
	place, err := s.Place()
	require.NoError(t, err)
	b.beside("visit", "add", "K-0001", "--note", "not for her")
	_, err = link.Once(t.Context())
	require.Error(t, err)
	after, err := s.Place()
	require.NoError(t, err)
	require.Equal(t, place.Number, after.Number)
	require.Contains(t, b.log.String(), "A laptop of anna")
	require.Eventually(t, func() bool { return link.State().Refused }, patience, 5*time.Millisecond, "that is not the network's fault")
}

// Who was given another role while they were away is told what was not taken, and takes it
// after all once they may.
func TestARoleThatChangesWhileALaptopIsAway(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	anna := filepath.Join(t.TempDir(), "own.db")
	for _, args := range [][]string{{"join", "ssh://" + b.address}, {"visit", "add", "K-0001", "--note", "not theirs"}, {"visit", "add", "K-0002"}} {
		code, out := b.on("anna", anna, args...)
		require.Zero(t, code, out)
	}
	b.beside("people", "add", "anna", "--role", "look")
	code, out := b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.Contains(t, out, "1 change by others received, 0 of your own sent. 2 were not taken. 2 things stand aside")
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.NotContains(t, out, "not taken")
	b.beside("people", "add", "anna", "--role", "sales")
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	s, err := store.Open(anna, store.Options{Fast: true})
	require.NoError(t, err)
	asides, err := s.Asides()
	require.NoError(t, err)
	require.Len(t, asides, 2)
	for _, a := range asides {
		require.Equal(t, model.LostRefused, a.Reason)
		back, err := s.PutBack(a, "")
		require.NoError(t, err)
		_, err = s.Apply(model.Actor{Name: "anna", Role: model.RoleSales, Person: "anna"}, back)
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	code, out = b.on("anna", anna, "sync")
	require.Zero(t, code, out)
	require.Contains(t, out, "2 of your own sent")
	require.Contains(t, b.beside("timeline", "K-0001"), "not theirs")

	b.beside("people", "add", "anna", "--role", "marketing")
	for _, args := range [][]string{{"sync"}, {"call", "add", "K-0003", "--outcome", "reached"}, {"sync"}} {
		code, out = b.on("anna", anna, args...)
		require.Zero(t, code, out)
	}
	require.Regexp(t, `call +anna`, b.beside("timeline", "K-0003"), "whoever the server knows, not the machine's user")
}

// What changes on the server is on a laptop in a moment, and the other way round.
func TestALaptopIsLive(t *testing.T) {
	b := newBusiness(t, "kim", "anna")
	b.serve("usual")
	folder := t.TempDir()
	var stores []*store.Store
	for _, name := range []string{"kim", "anna"} {
		db := filepath.Join(folder, name+".db")
		code, out := b.on(name, db, "join", "ssh://"+b.address)
		require.Zero(t, code, out)
		s, err := store.Open(db, store.Options{})
		require.NoError(t, err)
		link, err := laptop.NewLink(s, "", b.dials(name), time.Now)
		require.NoError(t, err)
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); link.Run(ctx) }()
		t.Cleanup(func() { end(); <-ended; require.NoError(t, s.Close()) })
		require.Eventually(t, func() bool { return link.State().Live }, patience, 5*time.Millisecond)
		stores = append(stores, s)
	}
	live, err := stores[1].Live()
	require.NoError(t, err)
	news := live.Follow(t.Context())
	var took []time.Duration
	count := 60
	if testing.Short() {
		count = 10
	}
	for i := range count {
		phone := "0711 " + strings.Repeat("1", 3) + time.Now().Format("150405.000000") + string(rune('a'+i%26))
		began := time.Now()
		_, err := stores[0].Apply(model.Actor{Name: "kim", Role: model.RoleLead, Person: "kim"}, store.Request{Action: "test", Puts: []store.Put{{Record: model.Rep{Code: "RX", Name: phone}}}})
		require.NoError(t, err)
		there := func() (is bool) {
			live.Read(func(book *model.Book) { is = book.RepName("RX") == phone })
			return is
		}
		for !there() {
			select {
			case <-news:
			case <-time.After(patience):
				t.Fatal("the change never came")
			}
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from one laptop over the server to the other, %d changes: median %s, 99th %s", len(took), took[len(took)/2], took[len(took)*99/100])
	require.Less(t, took[len(took)/2], 2*time.Second) // the machine may be busy; the figure is told
}
