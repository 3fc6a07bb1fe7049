package main

// One round: a server, two or three laptops, and what happens to them.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/wire"
)

// Sums count what happened.
type Sums struct{ Changes, Syncs, Cuts, Kills, Revoked, Erased, OptOuts, Aside, Refused int }

func (s *Sums) add(o Sums) {
	s.Changes += o.Changes
	s.Syncs += o.Syncs
	s.Cuts += o.Cuts
	s.Kills += o.Kills
	s.Revoked += o.Revoked
	s.Erased += o.Erased
	s.OptOuts += o.OptOuts
	s.Aside += o.Aside
	s.Refused += o.Refused
}

// String tells the sums.
func (s Sums) String() string {
	return fmt.Sprintf("%d changes, %d connections of which %d broke, %d laptops killed, %d keys taken away, %d people erased, %d opt-outs, %d things aside, %d changes refused by their role",
		s.Changes, s.Syncs, s.Cuts, s.Kills, s.Revoked, s.Erased, s.OptOuts, s.Aside, s.Refused)
}

// seat is a store and whoever works on it; the first is the server.
type seat struct {
	*store.Store
	path   string
	person string
	clock  time.Duration // how far it is off
}

func (s *seat) open() (err error) {
	s.Store, err = store.Open(s.path, store.Options{Fast: true, Now: func() time.Time { return time.Now().Add(s.clock) }})
	return err
}

func (s *seat) actor() model.Actor {
	return model.Actor{Name: s.person, Role: model.RoleLead, Person: s.person, Device: s.person}
}

// world is a round.
type world struct {
	chance
	Sums
	folder string
	server *seat
	seats  []*seat
	wire   *wire.Server
	erased []string
	since  map[string]int // how many lines the deletion book had with the erasure
	saved  []saved
	loud   bool
}

// everybody are the people at customers who may be erased.
var everybody = []string{"Olaf Lenzmann", "Petra Starkmuth"}

// Play plays a round in a folder of its own.
func Play(seed uint64, parent string, loud bool) (sums Sums, err error) {
	folder, err := os.MkdirTemp(parent, "doppelpass-round-")
	if err != nil {
		return sums, err
	}
	if loud {
		fmt.Println("the stores stay in", folder)
	} else {
		defer os.RemoveAll(folder)
	}
	w := &world{chance: chance{rand.New(rand.NewPCG(seed, 1)), slices.Clone(everybody)}, folder: folder, since: map[string]int{}, loud: loud}
	defer func() {
		for _, s := range w.seats {
			if s.Store != nil {
				_ = s.Close()
			}
		}
	}()
	defer func() {
		if fault := recover(); fault != nil {
			panic(fmt.Sprintf("seed %d: %v", seed, fault))
		}
	}()
	err = w.play()
	return w.Sums, err
}

func (w *world) say(format string, args ...any) {
	if w.loud {
		fmt.Printf(format+"\n", args...)
	}
}

func (w *world) play() error {
	w.server = &seat{path: filepath.Join(w.folder, "server.db"), person: "kim"}
	if err := w.server.open(); err != nil {
		return err
	}
	w.seats = []*seat{w.server}
	w.wire = &wire.Server{Store: w.server.Store}
	defer w.wire.Close()
	people := store.Request{Action: "people"}
	people.Puts = append(people.Puts, store.Put{Record: model.Person{Code: "kim", Name: "Kim", Role: model.RoleLead}})
	laptops := 2 + w.IntN(2)
	for i := range laptops {
		role := of(w.chance, model.RoleLead, model.RoleLead, model.RoleSales, model.RoleMarketing)
		people.Puts = append(people.Puts, store.Put{Record: model.Person{Code: []string{"anna", "bert", "cora"}[i], Name: "N" + fmt.Sprint(i), Role: role}})
	}
	if _, err := w.server.Apply(model.Actor{Name: "kim", Role: model.RoleLead}, people); err != nil {
		return fmt.Errorf("people: %w", err)
	}
	for range w.IntN(12) {
		if err := w.change(w.server); err != nil {
			return err
		}
	}
	for i := range laptops {
		if err := w.join([]string{"anna", "bert", "cora"}[i]); err != nil {
			return fmt.Errorf("joining: %w", err)
		}
	}
	for range 5 + w.IntN(50) {
		if err := w.step(); err != nil {
			return err
		}
	}
	return w.judge()
}

// step is one thing that happens.
func (w *world) step() error {
	s := w.seats[w.IntN(len(w.seats))]
	switch what := w.IntN(40); {
	case what < 11 && s != w.server:
		return w.sync(s, w.Int64N(of(w.chance, int64(300), 1500, 5000)))
	case what < 15 && s != w.server:
		return w.sync(s, -1)
	case what < 17 && s != w.server: // killed, and started again
		w.Kills++
		w.say("%s is killed", s.person)
		return errors.Join(s.Close(), s.open())
	case what == 17:
		return w.person(func(p *model.Person) {
			p.Role = of(w.chance, model.RoleLead, model.RoleSales, model.RoleMarketing, model.RoleLook)
		})
	case what == 18:
		return w.person(func(p *model.Person) { p.Inactive = !p.Inactive })
	case what == 19:
		return w.erase()
	}
	return w.change(s)
}

// person changes somebody on the server.
func (w *world) person(change func(*model.Person)) error {
	code := w.seats[1+w.IntN(len(w.seats)-1)].person
	p, _ := w.personOf(code)
	before := p
	change(&p)
	w.say("%s is %s, let in: %v", code, p.Role, !p.Inactive)
	if _, err := w.server.Apply(w.server.actor(), store.Request{Action: "people", Puts: []store.Put{{Record: p, Before: before}}}); err != nil {
		return fmt.Errorf("changing a person: %w", err)
	}
	if p.Inactive {
		w.Revoked++
	}
	return nil
}

func (w *world) personOf(code string) (p model.Person, ok bool) {
	for record, err := range w.server.Records(model.TablePeople) {
		if err == nil && record.Key().Code == code {
			p, ok = record.(model.Person)
		}
	}
	return p, ok
}

// erase erases somebody on the server.
func (w *world) erase() error {
	if len(w.names) == 0 {
		return nil
	}
	name := w.names[w.IntN(len(w.names))]
	_, err := w.server.Erase(w.server.actor(), store.Who{Name: name, All: true})
	switch {
	case errors.Is(err, store.ErrNobody):
		return nil
	case err != nil:
		return fmt.Errorf("erasing: %w", err)
	}
	w.say("%s is erased", name)
	w.Erased++
	w.erased = append(w.erased, name)
	w.names = slices.DeleteFunc(slices.Clone(w.names), func(n string) bool { return n == name })
	place, err := w.server.Place()
	w.since[name] = place.Erasures
	return err
}

// known is what may be drawn at a seat: one that has not heard of an erasure goes on to
// name whom it is about.
func (w *world) known(s *seat) (chance, error) {
	c := w.chance
	place, err := s.Place()
	if err != nil || s == w.server {
		return c, err
	}
	c.names = slices.DeleteFunc(slices.Clone(everybody), func(name string) bool { return w.since[name] > 0 && w.since[name] <= place.Erasures })
	return c, nil
}

// change is one change at a seat.
func (w *world) change(s *seat) error {
	c, err := w.known(s)
	if err != nil {
		return err
	}
	switch what := w.IntN(12); what {
	case 0, 1:
		e, err := s.Undo(s.actor())
		w.say("%s undoes %v: %v", s.person, e.Step, err)
		return expected(err)
	case 2:
		e, err := s.Redo(s.actor())
		w.say("%s does again %v: %v", s.person, e.Step, err)
		return expected(err)
	case 3:
		if s != w.server {
			return w.putBack(s)
		}
	case 4:
		return w.take(c, s)
	}
	var there []model.Record
	for _, table := range tables {
		for record, err := range s.Records(table) {
			if err != nil {
				return err
			}
			there = append(there, record)
		}
	}
	r := c.request(there)
	change, err := s.Apply(s.actor(), r)
	w.say("%s changes %s: %v", s.person, told(change.Edits), err)
	if err != nil {
		return expected(err)
	}
	w.Changes++
	w.note(change)
	return nil
}

// take imports a small file.
func (w *world) take(c chance, s *seat) error {
	table := of(c, model.TableVisits, model.TableVisits, model.TableCalls, model.TableAccounts, model.TableTerritories, model.TablePlan)
	var records []model.Record
	for range 1 + c.IntN(5) {
		records = append(records, c.record(table))
	}
	var text bytes.Buffer
	if err := exchange.WriteCSV(&text, exchange.English, exchange.Records(table, slices.Values(records))); err != nil {
		return err
	}
	path := filepath.Join(w.folder, string(table)+".csv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		return err
	}
	file, err := exchange.Open(path, exchange.Options{})
	if err != nil {
		return err
	}
	defer file.Close()
	mapping, err := file.Mapping()
	if err != nil {
		return err
	}
	_, err = s.Import(context.Background(), s.actor(), []store.Source{{File: file, Mapping: mapping}}, store.ImportOptions{CreateMissing: c.odds(2)})
	w.say("%s imports %s: %v", s.person, table, err)
	return expected(err)
}

// putBack takes something after all that stands aside, or lets go of it.
func (w *world) putBack(s *seat) error {
	all, err := s.Asides()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(a model.SetAside) bool { return a.For != s.person })
	if len(all) == 0 {
		return nil
	}
	a := all[w.IntN(len(all))]
	r := store.LetGo(a)
	if w.odds(2) {
		code, err := s.FreeCode(a)
		if err == nil {
			r, err = s.PutBack(a, code)
		}
		if err != nil {
			return expected(err)
		}
	}
	change, err := s.Apply(s.actor(), r)
	w.say("%s settles %s: %v", s.person, told(change.Edits), err)
	if err == nil {
		w.note(change)
	}
	return expected(err)
}

// expected drops the errors of what cannot be granted.
func expected(err error) error {
	switch {
	case err == nil, errors.As(err, &store.NotFound{}), errors.As(err, &store.AlreadyExists{}), errors.As(err, &store.Invalid{}), errors.As(err, &store.Conflict{}),
		errors.As(err, &store.Dismissed{}), errors.As(err, &model.Forbidden{}), errors.As(err, &store.NothingLeft{}),
		errors.Is(err, store.ErrNothingToUndo), errors.Is(err, store.ErrNothingToRedo), errors.Is(err, store.ErrOthersStep), errors.Is(err, store.ErrAsideFirst):
		return nil
	}
	return err
}

// told is what edits do, in brief.
func told(edits []model.Edit) string {
	var parts []string
	for _, e := range edits {
		parts = append(parts, fmt.Sprintf("%+v → %+v", e.Before, e.After))
	}
	return strings.Join(parts, "; ")
}

// line is a laptop's line to the server, which breaks after so many bytes; negative: never.
func (w *world) line(person string, cut int64) (ours net.Conn, ended chan struct{}) {
	theirs, ours := net.Pipe()
	left := &atomic.Int64{}
	left.Store(cut)
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		_ = w.wire.Answer(context.Background(), &breaking{Conn: theirs, left: left, never: cut < 0, other: ours}, func() (model.Person, bool) {
			p, ok := w.personOf(person)
			return p, ok && !p.Inactive
		})
		_ = theirs.Close()
	}()
	return ours, ended
}

// breaking is a line that breaks.
type breaking struct {
	net.Conn
	left  *atomic.Int64
	never bool
	other net.Conn
}

func (b *breaking) take(n int) int {
	if b.never {
		return n
	}
	if left := b.left.Add(-int64(n)); left < 0 {
		_ = b.other.Close()
		return max(n+int(left), 0)
	}
	return n
}

// Read implements net.Conn.
func (b *breaking) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	if m := b.take(n); m < n {
		return m, io.ErrUnexpectedEOF
	}
	return n, err
}

// Write implements net.Conn.
func (b *breaking) Write(p []byte) (int, error) {
	if b.never || b.left.Load() >= int64(len(p)) {
		b.take(len(p))
		return b.Conn.Write(p)
	}
	n, _ := b.Conn.Write(p[:max(b.left.Load(), 0)])
	_ = b.other.Close()
	b.left.Store(-1)
	return n, io.ErrClosedPipe
}

func (w *world) join(person string) error {
	raw, ended := w.line(person, -1)
	defer func() { _ = raw.Close(); <-ended }()
	l, err := wire.Greet(raw, nil, "", person)
	if err != nil {
		return err
	}
	s := &seat{path: filepath.Join(w.folder, person+".db"), person: person, clock: time.Duration(w.IntN(3)-1) * 24 * time.Hour * time.Duration(w.IntN(400))}
	if err := l.Fetch(s.path, nil); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	w.seats = append(w.seats, s)
	return s.BecomeReplica("ssh://server:2022", person)
}

// sync brings a laptop and the server together, as far as the line holds.
func (w *world) sync(s *seat, cut int64) error {
	w.Syncs++
	before, err := s.Place()
	if err != nil {
		return err
	}
	raw, ended := w.line(s.person, cut)
	defer func() { _ = raw.Close(); <-ended }()
	l, err := wire.Greet(raw, s.Store, "", s.person)
	var done wire.Outcome
	if err == nil {
		done, err = l.Sync(s.Store)
	}
	w.say("%s connects, cut after %d: %+v %v", s.person, cut, done, err)
	w.Aside += done.Aside
	var sorry wire.Sorry
	p, _ := w.personOf(s.person)
	switch {
	case errors.As(err, &sorry) && sorry.Code == wire.SorryRevoked && p.Inactive:
		place, err := s.Place()
		if err == nil && place.Number != before.Number {
			err = fmt.Errorf("%s has steps up to %d although their key was taken away at %d", s.person, place.Number, before.Number)
		}
		return err
	case err != nil && cut >= 0 && broke(err):
		w.Cuts++
		return nil
	case err != nil:
		return fmt.Errorf("%s connects: %w", s.person, err)
	case p.Inactive:
		return fmt.Errorf("%s was let in although their key was taken away", s.person)
	}
	return nil
}

func broke(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, net.ErrClosed)
}
