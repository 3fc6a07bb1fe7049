package main

// One round: a server, two or three laptops, and what happens to them.

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/acknowledged"
	"doppelpass/store/wire"
)

// Sums count what happened.
type Sums struct {
	Changes, Syncs, Meetings, Cuts, Reopened, Killed, Clocks, Revoked, Erased, OptOuts, Aside, Refused, Elements int
}

func (s *Sums) add(o Sums) {
	s.Changes += o.Changes
	s.Syncs += o.Syncs
	s.Meetings += o.Meetings
	s.Cuts += o.Cuts
	s.Reopened += o.Reopened
	s.Killed += o.Killed
	s.Clocks += o.Clocks
	s.Revoked += o.Revoked
	s.Erased += o.Erased
	s.OptOuts += o.OptOuts
	s.Aside += o.Aside
	s.Refused += o.Refused
	s.Elements += o.Elements
}

// String tells the sums.
func (s Sums) String() string {
	return fmt.Sprintf("%d changes (%d elements of sets put in or taken out), %d connections of laptops and %d of servers to a hub, of which %d broke, %d stores closed and opened, %d processes killed, %d clocks set, "+
		"%d keys taken away, %d people erased, %d opt-outs, %d things aside, %d changes refused by their role",
		s.Changes, s.Elements, s.Syncs, s.Meetings, s.Cuts, s.Reopened, s.Killed, s.Clocks, s.Revoked, s.Erased, s.OptOuts, s.Aside, s.Refused)
}

// How says how rounds are played.
type How struct {
	Folder string // where the stores lie
	Kill   bool   // processes are killed
	Loud   bool   // what happens is told
	Home   *Home  // the hub of two servers; nil: there is one, which gives numbers itself
}

// world is a round.
type world struct {
	chance
	Sums
	How
	server  *seat // the first
	servers []*seat
	seats   []*seat // the servers' are the first
	erased  []string
	labels  []string       // that stand where erased people stood
	since   map[string]int // how many lines the deletion book had with the erasure
	ledger  acknowledged.Ledger
}

// laptopsOf are the people who may have a laptop.
var laptopsOf = [...]string{"anna", "bert", "cora"}

// Play plays a round in a folder of its own. story is what the server's history tells in the
// end, without what is drawn anew each time.
func Play(seed uint64, how How) (sums Sums, story []string, err error) {
	if how.Folder, err = os.MkdirTemp(how.Folder, "doppelpass-round-"); err != nil {
		return sums, nil, err
	}
	if how.Loud {
		fmt.Println("the stores stay in", how.Folder)
	} else {
		defer os.RemoveAll(how.Folder)
	}
	w := &world{chance: chance{Rand: rand.New(rand.NewPCG(seed, 1))}, How: how, since: map[string]int{}}
	defer func() {
		for _, s := range w.seats {
			if s.Store != nil {
				s.parts()
				_ = s.Close()
			}
		}
	}()
	defer func() {
		if fault := recover(); fault != nil {
			panic(fmt.Sprintf("seed %d: %v", seed, fault))
		}
	}()
	if err = w.play(); err != nil {
		return w.Sums, nil, err
	}
	entries, err := w.server.History(0, 0)
	for _, e := range entries {
		story = append(story, fmt.Sprintf("%d %s %s reverses %d %v", e.Step, e.Actor, e.Action, e.ReversesStep, e.Tally))
	}
	return w.Sums, story, err
}

func (w *world) say(format string, args ...any) {
	if w.Loud {
		fmt.Printf(format+"\n", args...)
	}
}

func (w *world) play() error {
	w.server = &seat{path: filepath.Join(w.Folder, "server.db"), person: "kim", server: true}
	if err := w.server.open(); err != nil {
		return err
	}
	w.seats, w.servers = []*seat{w.server}, []*seat{w.server}
	w.server.wire = &wire.Server{Store: w.server.Store}
	people := store.Request{Action: "people"}
	people.Puts = append(people.Puts, store.Put{Record: model.Person{Code: "kim", Name: "Kim", Role: model.RoleLead}})
	laptops := 2 + w.IntN(2)
	for i := range laptops {
		role := of(w.chance, model.RoleLead, model.RoleLead, model.RoleSales, model.RoleMarketing)
		people.Puts = append(people.Puts, store.Put{Record: model.Person{Code: laptopsOf[i], Name: "N" + fmt.Sprint(i), Role: role}})
	}
	if _, err := w.server.Apply(model.Actor{Name: "kim", Role: model.RoleLead}, people); err != nil {
		return fmt.Errorf("people: %w", err)
	}
	for range w.IntN(12) {
		if err := w.change(w.server); err != nil {
			return err
		}
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, person := range laptopsOf[:laptops] {
		if err := w.join(person); err != nil {
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
	if done, err := w.atHub(s); done || err != nil {
		return err
	}
	switch what := w.IntN(42); {
	case what < 11 && !s.server:
		return w.sync(s, w.someCut())
	case what < 15 && !s.server:
		return w.sync(s, whole)
	case what < 17 && !s.server:
		w.Reopened++
		w.say("%s closes and opens", s.person)
		return errors.Join(s.Close(), s.open())
	case what == 17:
		return w.person(func(p *model.Person) {
			p.Role = of(w.chance, model.RoleLead, model.RoleSales, model.RoleMarketing, model.RoleLook)
		})
	case what == 18:
		return w.person(func(p *model.Person) { p.Inactive = !p.Inactive })
	case what == 19:
		return w.erase()
	case what == 20:
		w.Clocks++
		s.clock = w.anyClock()
		w.say("%s: the clock is off by %v", s.person, s.clock)
		return nil
	case what > 38 && w.Kill:
		return w.kill(s)
	}
	return w.change(s)
}

// anyClock is how far a clock is off: up to a year, forward and back.
func (c chance) anyClock() time.Duration {
	return time.Duration(c.IntN(801)-400) * 24 * time.Hour
}

// worker is somebody at a seat.
func (w *world) worker(s *seat) worker {
	return worker{chance: w.chance, seat: s, since: w.since, say: w.say, saved: w.note}
}

func (w *world) change(s *seat) error {
	_, err := w.worker(s).change()
	return err
}

// note keeps in mind what was saved.
func (w *world) note(c acknowledged.Change) error {
	w.Changes++
	for _, e := range c.Edits {
		if _, optOut := e.After.(model.OptOut); optOut && e.Before == nil {
			w.OptOuts++
		}
	}
	w.Elements += w.ledger.Note(c)
	return nil
}

// person changes somebody on the server.
func (w *world) person(change func(*model.Person)) error {
	laptops := w.laptops()
	code := laptops[w.IntN(len(laptops))].person
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

// laptops are the seats that are no servers.
func (w *world) laptops() []*seat { return w.seats[len(w.servers):] }

func (w *world) personOf(code string) (p model.Person, ok bool) {
	return personAt(w.server.Store, code)
}

// personAt is somebody whom a server knows.
func personAt(s *store.Store, code string) (p model.Person, ok bool) {
	for record, err := range s.Records(model.TablePeople) {
		if err == nil && record.Key().Code == code {
			p, ok = record.(model.Person)
		}
	}
	return p, ok
}

// erase erases somebody on the server.
func (w *world) erase() error {
	names := slices.DeleteFunc(slices.Clone(everybody), func(name string) bool { return w.since[name] > 0 })
	if len(names) == 0 {
		return nil
	}
	name := of(w.chance, names...)
	done, err := w.server.Erase(w.server.actor(), store.Who{Name: name, All: true})
	switch {
	case errors.Is(err, store.ErrNobody):
		return nil
	case err != nil:
		return fmt.Errorf("erasing: %w", err)
	}
	w.say("%s is erased", name)
	w.Erased++
	w.erased, w.labels = append(w.erased, name), append(w.labels, done.Labels...)
	place, err := w.server.Place()
	w.since[name] = place.Erasures
	return err
}
