package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store"
)

var lead = model.Person{Code: "anna", Name: "Anna", Role: model.RoleLead}

// served is a server with somebody's laptop.
type served struct {
	*Server
	t       *testing.T
	person  model.Person
	revoked atomic.Bool
	folder  string
}

func newServed(t *testing.T) *served {
	folder := t.TempDir()
	s, err := store.Open(filepath.Join(folder, "server.db"), store.Options{Fast: true})
	require.NoError(t, err)
	server := &Server{Store: s, Program: "1"}
	t.Cleanup(func() { server.Close(); require.NoError(t, s.Close()) })
	one := &served{Server: server, t: t, person: lead, folder: folder}
	one.apply(s, model.Account{Code: "K1", Name: "Maier", Phone: "0711 1"})
	return one
}

func (s *served) apply(at *store.Store, records ...model.Record) {
	s.t.Helper()
	r := store.Request{Action: "test"}
	for _, record := range records {
		r.Puts = append(r.Puts, store.Put{Record: record})
	}
	_, err := at.Apply(model.Actor{Name: "Anna", Role: model.RoleLead}, r)
	require.NoError(s.t, err)
}

// line is a laptop's line; cut, where it is not negative, is after how many bytes in both
// directions it breaks.
func (s *served) line(cut int64) io.ReadWriteCloser {
	theirs, ours := net.Pipe()
	left := &atomic.Int64{}
	left.Store(cut)
	broken := func() { _ = theirs.Close(); _ = ours.Close() }
	go func() {
		_ = s.Answer(context.Background(), cutting{theirs, left, broken, cut >= 0}, func() (model.Person, bool) { return s.person, !s.revoked.Load() })
		_ = theirs.Close()
	}()
	return ours
}

// cutting is a line that breaks after so many bytes.
type cutting struct {
	net.Conn
	left   *atomic.Int64
	broken func()
	is     bool
}

func (c cutting) take(n int) int {
	if !c.is {
		return n
	}
	left := c.left.Add(-int64(n))
	if left >= 0 {
		return n
	}
	return max(n+int(left), 0)
}

func (c cutting) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if m := c.take(n); m < n {
		c.broken()
		return m, io.ErrUnexpectedEOF
	}
	return n, err
}

func (c cutting) Write(p []byte) (int, error) {
	m := c.take(len(p))
	n, err := c.Conn.Write(p[:m])
	if m < len(p) {
		c.broken()
		return n, io.ErrClosedPipe
	}
	return n, err
}

// join makes a laptop.
func (s *served) join(name string) *store.Store {
	s.t.Helper()
	raw := s.line(-1)
	defer raw.Close()
	l, err := Greet(raw, nil, "1", "laptop")
	require.NoError(s.t, err)
	path := filepath.Join(s.folder, name+".db")
	require.NoError(s.t, l.Fetch(path, nil))
	laptop, err := store.Open(path, store.Options{Fast: true})
	require.NoError(s.t, err)
	s.t.Cleanup(func() { require.NoError(s.t, laptop.Close()) })
	require.NoError(s.t, laptop.BecomeReplica("ssh://server:1", s.person.Code))
	return laptop
}

func (s *served) sync(at *store.Store) (Outcome, error) { return s.syncOver(s.line(-1), at) }

func (s *served) syncOver(raw io.ReadWriteCloser, at *store.Store) (Outcome, error) {
	defer raw.Close()
	l, err := Greet(raw, at, "1", "laptop")
	if err != nil {
		return Outcome{}, err
	}
	return l.Sync(at)
}

func name(t *testing.T, s *store.Store, code string) string {
	t.Helper()
	book, err := s.Book()
	require.NoError(t, err)
	if c := book.Account(code); c != nil {
		return c.Name
	}
	return ""
}

func TestChangesGoBothWays(t *testing.T) {
	s := newServed(t)
	anna, bert := s.join("anna"), s.join("bert")
	s.apply(anna, model.Account{Code: "K2", Name: "Anna's"})
	s.apply(bert, model.Account{Code: "K3", Name: "Bert's"})
	done, err := s.sync(anna)
	require.NoError(t, err)
	require.Equal(t, Outcome{Sent: 1, Number: 2}, done)
	done, err = s.sync(bert)
	require.NoError(t, err)
	require.Equal(t, Outcome{Received: 1, Sent: 1, Number: 3}, done)
	done, err = s.sync(anna)
	require.NoError(t, err)
	require.Equal(t, Outcome{Received: 1, Number: 3}, done)
	for _, at := range []*store.Store{s.Store, anna, bert} {
		require.Equal(t, "Anna's", name(t, at, "K2"))
		require.Equal(t, "Bert's", name(t, at, "K3"))
	}
}

// Wherever the line breaks, nothing is lost and nothing there twice.
func TestALineThatBreaksAtAnyByte(t *testing.T) {
	s := newServed(t)
	anna := s.join("anna")
	step := 1
	if testing.Short() || cores.RaceDetector { // whole without it
		step = 7
	}
	made := 1
	for cut := int64(0); ; cut += int64(step) {
		made++
		s.apply(anna, model.Account{Code: fmt.Sprint("A", made), Name: "Anna's"})
		made++
		s.apply(s.Store, model.Account{Code: fmt.Sprint("S", made), Name: "The server's"})
		_, err := s.syncOver(s.line(cut), anna)
		if err == nil {
			break
		}
		if made%10 == 1 { // not always at once
			_, err = s.sync(anna)
			require.NoError(t, err)
		}
	}
	_, err := s.sync(anna)
	require.NoError(t, err)
	for _, at := range []*store.Store{s.Store, anna} {
		place, err := at.Place()
		require.NoError(t, err)
		require.Zero(t, place.Waiting)
		require.EqualValues(t, made, place.Number, "each change is one step")
		book, err := at.Book()
		require.NoError(t, err)
		require.Equal(t, made, book.AccountCount())
	}
}

// A copy that was cut off goes on at its byte.
func TestACopyGoesOnWhereItWas(t *testing.T) {
	s := newServed(t)
	var many []model.Record
	for i := range 2000 {
		many = append(many, model.Account{Code: fmt.Sprintf("N%04d", i), Name: strings.Repeat(fmt.Sprint("x", i*i), 20)})
	}
	s.apply(s.Store, many...)
	path := filepath.Join(s.folder, "cut.db")
	tries, from, size := 0, int64(0), int64(0)
	for cut := int64(700); ; cut += 5000 {
		tries++
		raw := s.line(cut)
		l, err := Greet(raw, nil, "1", "laptop")
		if err == nil {
			first := int64(-1)
			err = l.Fetch(path, func(stage Stage, have, of int64) {
				if stage != Sending {
					return
				}
				if first < 0 {
					first = have
				}
				size = of
			})
			if first >= 0 {
				require.Greater(t, first, from, "what was there is not sent again")
				from = first
			}
		}
		_ = raw.Close()
		if err == nil {
			break
		}
		require.Less(t, tries, 1000, "%v", err)
	}
	require.Greater(t, tries, 2)
	require.Positive(t, size)
	laptop, err := store.Open(path, store.Options{ReadOnly: true})
	require.NoError(t, err)
	defer laptop.Close()
	problems, err := laptop.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
	require.Equal(t, name(t, s.Store, "N0099"), name(t, laptop, "N0099"))
}

// Whoever waits for a copy hears how far it is, and finds it when they come again.
func TestACopyIsToldFromTheFirstMoment(t *testing.T) {
	s := newServed(t)
	s.apply(s.Store, model.Account{Code: "K1", Name: "One"})
	path := filepath.Join(s.folder, "told.db")
	raw := s.line(-1)
	l, err := Greet(raw, nil, "1", "laptop")
	require.NoError(t, err)
	require.Error(t, l.Fetch(path, func(stage Stage, _, of int64) {
		require.Equal(t, Preparing, stage)
		require.Positive(t, of)
		_ = raw.Close()
	}))
	raw = s.line(-1)
	defer raw.Close()
	l, err = Greet(raw, nil, "1", "laptop")
	require.NoError(t, err)
	at, last := Preparing, int64(0)
	require.NoError(t, l.Fetch(path, func(stage Stage, have, of int64) {
		require.GreaterOrEqual(t, stage, at)
		if stage > at {
			at, last = stage, 0
		}
		require.GreaterOrEqual(t, have, last)
		require.LessOrEqual(t, have, of)
		last = have
	}))
	require.Equal(t, Unpacking, at)
	s.Server.lock.Lock()
	defer s.Server.lock.Unlock()
	require.Len(t, s.Server.copies, 1, "a second one was made")
}

// A morning on which many join while others work does not fill the server's disk.
func TestFewCopiesAreKept(t *testing.T) {
	s := newServed(t)
	for i := range 3 * keepsMost {
		s.apply(s.Store, model.Account{Code: fmt.Sprint("K", i), Name: "One more"})
		raw := s.line(-1)
		l, err := Greet(raw, nil, "1", "laptop")
		require.NoError(t, err)
		require.NoError(t, l.Fetch(filepath.Join(s.folder, fmt.Sprint("laptop", i, ".db")), nil))
		require.NoError(t, raw.Close())
	}
	s.Server.lock.Lock()
	kept := len(s.Server.copies)
	s.Server.lock.Unlock()
	require.LessOrEqual(t, kept, keepsMost+2, "those that are being read aside")
	files, err := filepath.Glob(filepath.Join(s.folder, ".server.db-*"))
	require.NoError(t, err)
	require.LessOrEqual(t, len(files), keepsMost+2)
}

func TestProgramsOfOtherVersionsAreTold(t *testing.T) {
	s := newServed(t)
	anna := s.join("anna")
	for _, c := range []struct {
		change func(*Hello)
		code   string
	}{
		{func(h *Hello) { h.Protocol-- }, SorryLaptopOld},
		{func(h *Hello) { h.Protocol++ }, SorryServerOld},
		{func(h *Hello) { h.Fields-- }, SorryLaptopOld},
		{func(h *Hello) { h.Schema++ }, SorryServerOld},
		{func(h *Hello) { h.New, h.Number, h.ID = false, 1, "another" }, SorryOther},
		{func(h *Hello) { h.New, h.Number, h.ID = false, 99, "later" }, SorryLost},
	} {
		hello := Hello{Protocol: Protocol, New: true}
		hello.Schema, hello.Fields = store.Form()
		c.change(&hello)
		raw := s.line(-1)
		l := &Line{frames: &frames{ReadWriteCloser: raw}, patience: time.Minute}
		require.NoError(t, l.tell(kindHello, hello))
		_, err := l.answer(kindWelcome)
		var sorry Sorry
		require.ErrorAs(t, err, &sorry)
		require.Equal(t, c.code, sorry.Code)
		require.Equal(t, "1", sorry.Program)
		_ = raw.Close()
	}
	s.revoked.Store(true)
	_, err := s.sync(anna)
	require.Equal(t, SorryRevoked, sorryOf(err))
}

func sorryOf(err error) string {
	var sorry Sorry
	errors.As(err, &sorry)
	return sorry.Code
}

// Whoever waits learns of a change at once, and of a key that is taken away.
func TestWhoeverWaitsIsTold(t *testing.T) {
	s := newServed(t)
	anna := s.join("anna")
	raw := s.line(-1)
	defer raw.Close()
	l, err := Greet(raw, anna, "1", "laptop")
	require.NoError(t, err)
	done, err := l.Sync(anna)
	require.NoError(t, err)
	changed := make(chan struct{}, 1)
	for i := range 5 {
		waited := make(chan error, 1)
		go func() { waited <- l.Wait(done.Number, changed) }()
		time.Sleep(5 * time.Millisecond)
		if i%2 == 0 {
			s.apply(s.Store, model.Account{Code: fmt.Sprint("N", i), Name: "New"})
		} else {
			s.apply(anna, model.Account{Code: fmt.Sprint("N", i), Name: "Own"})
			changed <- struct{}{}
		}
		select {
		case err := <-waited:
			require.NoError(t, err)
		case <-time.After(5 * time.Second):
			t.Fatal("nobody told")
		}
		done, err = l.Sync(anna)
		require.NoError(t, err)
		require.Equal(t, map[bool]string{true: "New", false: "Own"}[i%2 == 0], name(t, anna, fmt.Sprint("N", i)))
	}
	waited := make(chan error, 1)
	go func() { waited <- l.Wait(done.Number, changed) }()
	time.Sleep(5 * time.Millisecond)
	s.revoked.Store(true)
	s.apply(s.Store, model.Account{Code: "last", Name: "Not for her"})
	require.Equal(t, SorryRevoked, sorryOf(<-waited))
	require.Empty(t, name(t, anna, "last"))
}

// No bytes whatever make either end panic, or take more memory than is bounded.
func FuzzSteps(f *testing.F) {
	s := store.Step{Entry: store.Entry{Step: 7, ID: "X", Action: "test"}, Edits: []model.Edit{{After: model.Account{Code: "K1", Name: "Maier"}}}}
	body, err := packSteps(stepsHeader{Last: 9, Erasures: []erasedLine{{Secret: "x"}}}, []store.Step{s, s})
	require.NoError(f, err)
	f.Add(body)
	plain, err := store.AppendStep(nil, s)
	require.NoError(f, err)
	f.Add(plain)
	f.Fuzz(func(t *testing.T, data []byte) {
		if h, steps, err := unpackSteps(data); err == nil {
			again, err := packSteps(h, steps)
			require.NoError(t, err)
			_, same, err := unpackSteps(again)
			require.NoError(t, err)
			require.Equal(t, steps, same)
		}
		if step, _, err := store.ReadStep(string(data)); err == nil {
			_, err := store.AppendStep(nil, step)
			require.NoError(t, err)
		}
	})
}

func FuzzServer(f *testing.F) {
	var hello bytes.Buffer
	one := &frames{ReadWriteCloser: rope{&hello, &hello}}
	h := Hello{Protocol: Protocol, New: true}
	h.Schema, h.Fields = store.Form()
	require.NoError(f, one.tell(kindHello, h))
	f.Add(bytes.Clone(hello.Bytes()))
	require.NoError(f, one.tell(kindAsk, ask{}))
	require.NoError(f, one.tell(kindCopy, copyAsked{From: 3}))
	f.Add(bytes.Clone(hello.Bytes()))
	body, err := packSteps(stepsHeader{Seen: 1}, []store.Step{{Entry: store.Entry{ID: "X"}, Edits: []model.Edit{{After: model.Account{Code: "K9"}}}}})
	require.NoError(f, err)
	require.NoError(f, one.send(kindOffer, body))
	f.Add(hello.Bytes())
	path := filepath.Join(f.TempDir(), "server.db")
	s, err := store.Open(path, store.Options{Fast: true})
	require.NoError(f, err)
	server := &Server{Store: s}
	f.Cleanup(func() { server.Close(); _ = s.Close() })
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		_ = server.Answer(context.Background(), rope{bytes.NewReader(data), &out}, func() (model.Person, bool) { return lead, true })
	})
}

// rope is a line of two ends.
type rope struct {
	io.Reader
	io.Writer
}

func (rope) Close() error { return nil }

// A laptop tells its name, and no more than a name: it stands in every step.
func TestALaptopsNameIsAName(t *testing.T) {
	s := newServed(t)
	for _, length := range []int{longestDevice, longestDevice + 1} {
		raw := s.line(-1)
		_, err := Greet(raw, nil, "1", strings.Repeat("x", length))
		require.NoError(t, raw.Close())
		if length == longestDevice {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, Sorry{Code: SorryAsked, Program: s.Program})
	}
}
