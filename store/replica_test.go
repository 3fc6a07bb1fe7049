package store

import (
	"bytes"
	"errors"
	flags "flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store/acknowledged"
	bolt "doppelpass/store/sealed"
)

// laptop is a replica and whose it is.
type laptop struct {
	*Store
	actor model.Actor
	// known is who the server takes them for: their role may have changed meanwhile.
	known model.Actor
}

// laptopOf makes a replica of a server's store.
func laptopOf(t require.TestingT, server *Store, path, name string) laptop {
	require.NoError(t, server.Backup(path))
	s := openAt(t, path)
	require.NoError(t, s.BecomeReplica("ssh://server", ""))
	actor := model.Actor{Name: name, Role: model.RoleLead, Device: name}
	return laptop{s, actor, actor}
}

// line is the connection between a laptop and its server: cut says when it breaks.
type line struct {
	server *Store
	cut    func() bool
}

var errCut = errors.New("the connection broke")

// sync brings a laptop and its server together, as far as the connection holds.
func (l line) sync(t require.TestingT, at laptop) error {
	refused := map[model.StepID]Refusal{}
	for turns := 0; ; turns++ {
		require.Less(t, turns, 500, "laptop and server come to no end")
		replica, is, err := at.Replica()
		require.NoError(t, err)
		require.True(t, is)
		steps, err := l.server.StepsAfter(replica.Number, 3)
		require.NoError(t, err)
		if l.cut() {
			return errCut
		}
		erased, err := l.server.Erasures()
		require.NoError(t, err)
		known, err := at.Erasures()
		require.NoError(t, err)
		if len(steps) > 0 || len(refused) > 0 || len(erased) > len(known) {
			_, err = at.Received(steps, refused, erased)
			require.NoError(t, err)
			clear(refused)
			continue
		}
		waiting, err := at.Waiting()
		require.NoError(t, err)
		if len(waiting) == 0 {
			return nil
		}
		if l.cut() {
			return errCut
		}
		verdicts, err := l.server.Accept(at.known, replica.Number, len(known), waiting)
		require.NoError(t, err)
		if l.cut() { // the answer is lost
			return errCut
		}
		for _, v := range verdicts {
			if v.Refused != "" {
				refused[v.ID] = v.Refused
			}
		}
	}
}

// asidesOf is all that stands aside.
func asidesOf(t require.TestingT, s *Store) (asides []model.SetAside) {
	require.NoError(t, s.view(func(tx *bolt.Tx, _ blockCoder) error {
		return eachRecord(tx, docAsides, (*codec).aside, func(a model.SetAside) { asides = append(asides, a) })
	}))
	return asides
}

// journalOf tells the steps of a store by identity, with what became of them.
func journalOf(t require.TestingT, s *Store) (lines []string) {
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	for _, e := range entries {
		lines = append(lines, fmt.Sprintf("%d %s %s %s reverses %d undone %v %v", e.Step, e.ID, e.Actor, e.Action, e.ReversesStep, e.Undone, e.Tally))
	}
	return lines
}

// alike requires that two stores hold the same.
func alike(t require.TestingT, a, b *Store) {
	require.Equal(t, recordsOf(t, a), recordsOf(t, b))
	require.Equal(t, asidesOf(t, a), asidesOf(t, b))
	require.Equal(t, journalOf(t, a), journalOf(t, b))
	sound(t, b)
}

// noting notes in a ledger what an act has saved: edits, where the store has told them, else
// those of the steps that it has made.
func noting(t require.TestingT, s *Store, l *acknowledged.Ledger, act func() (edits []model.Edit, err error)) error {
	last := func() uint64 {
		place, err := s.Place()
		require.NoError(t, err)
		return place.Number + uint64(place.Waiting)
	}
	before := last()
	seen := before
	if place, err := s.Place(); err == nil {
		seen = place.Number
	}
	edits, err := act()
	if err != nil {
		return err
	}
	steps, err := s.Waiting()
	if errors.Is(err, ErrNoReplica) {
		steps, err = s.StepsAfter(before, everyStep)
		seen = acknowledged.Everything
	}
	require.NoError(t, err)
	for _, step := range steps {
		if step.Step <= before {
			continue
		}
		if edits == nil {
			edits = step.Edits
		}
		l.Note(acknowledged.Change{ID: step.ID, Author: s.path, Edits: edits, Seen: seen, Reverses: step.Reverses})
		edits = nil
	}
	return nil
}

// missing says what was saved and stands nowhere on a server.
func missing(t require.TestingT, s *Store, l *acknowledged.Ledger) error {
	steps, err := s.StepsAfter(0, everyStep)
	require.NoError(t, err)
	var journal []acknowledged.Change
	for _, step := range steps {
		journal = append(journal, acknowledged.Change{ID: step.ID, Edits: step.Edits})
	}
	var records []model.Record
	for _, stored := range storedTables {
		for record, err := range s.Records(stored.table) {
			require.NoError(t, err)
			records = append(records, record)
		}
	}
	return l.Missing(journal, slices.Values(records), func(string) bool { return false })
}

// fromAFixedSeed lets the properties of a test be tried with the same things every time, so that
// what fails has to do with the change at hand. DOPPELPASS_SEED=random, or -rapid.seed, draws others.
func fromAFixedSeed(t *testing.T) {
	seed := flags.Lookup("rapid.seed").Value
	if drawn := seed.String(); drawn == "0" && os.Getenv("DOPPELPASS_SEED") != "random" {
		require.NoError(t, seed.Set("20000000"))
		t.Cleanup(func() { require.NoError(t, seed.Set(drawn)) })
	}
}

// Laptops that come and go, connections that break at any point, people who change the same
// records: in the end all stores are alike, and nothing that was acknowledged is lost.
func TestLaptopsAndTheirServerBecomeAlike(t *testing.T) {
	fromAFixedSeed(t)
	dir, sequence := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		sequence++
		at := func(name string) string { return filepath.Join(dir, fmt.Sprintf("%d-%s.db", sequence, name)) }
		server := openAt(rt, at("server"))
		at0 := model.Actor{Name: "server", Role: model.RoleLead}
		stores := []laptop{{server, at0, at0}}
		defer func() {
			for _, s := range stores {
				_ = s.Close()
				_ = os.Remove(s.path)
			}
		}()
		var written acknowledged.Ledger
		act := func(s laptop) {
			there := recordsOf(rt, s.Store)
			keys := slices.SortedFunc(maps.Keys(there), func(a, b model.Key) int { return bytes.Compare(fmt.Append(nil, a), fmt.Append(nil, b)) })
			switch rapid.SampledFrom([]string{"apply", "apply", "apply", "apply", "import", "undo", "redo"}).Draw(rt, "act") {
			case "apply":
				err := noting(rt, s.Store, &written, func() ([]model.Edit, error) {
					change, err := s.Apply(s.actor, drawRequest(rt, keys))
					return change.Edits, err
				})
				require.True(rt, err == nil || isRefusal(err), "%v", err)
			case "import":
				err := noting(rt, s.Store, &written, func() ([]model.Edit, error) {
					_, err := importing(rt, s.Store, s.actor, ImportOptions{CreateMissing: rapid.Bool().Draw(rt, "create")}, drawFile(rt, dir))
					return nil, err
				})
				require.True(rt, err == nil || isRefusal(err), "%v", err)
			case "undo":
				err := noting(rt, s.Store, &written, func() ([]model.Edit, error) {
					_, err := s.Undo(s.actor)
					return nil, err
				})
				require.True(rt, err == nil || errors.Is(err, ErrNothingToUndo) || errors.As(err, &NothingLeft{}) || errors.Is(err, ErrOthersStep), "%v", err)
			case "redo":
				err := noting(rt, s.Store, &written, func() ([]model.Edit, error) {
					_, err := s.Redo(s.actor)
					return nil, err
				})
				require.True(rt, err == nil || errors.Is(err, ErrNothingToRedo) || errors.As(err, &NothingLeft{}), "%v", err)
			}
		}
		for range rapid.IntRange(0, 6).Draw(rt, "before") {
			act(stores[0])
		}
		for _, name := range []string{"anna", "bert"} {
			stores = append(stores, laptopOf(rt, server, at(name), name))
		}
		stores[2].known.Role = rapid.SampledFrom([]model.Role{model.RoleLead, model.RoleSales, model.RoleMarketing, model.RoleLook}).Draw(rt, "role")
		defer func(limit int) { journalLimit = limit }(journalLimit)
		journalLimit = rapid.SampledFrom([]int{journalLimit, 1}).Draw(rt, "journal limit")
		rough := line{server, func() bool { return rapid.IntRange(0, 4).Draw(rt, "cut") == 0 }}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			s := rapid.SampledFrom(stores).Draw(rt, "who")
			if s.Store != server && rapid.IntRange(0, 3).Draw(rt, "sync") == 0 {
				_ = rough.sync(rt, s)
				continue
			}
			act(s)
		}
		calm := line{server, func() bool { return false }}
		for range 2 {
			for _, s := range stores[1:] {
				require.NoError(rt, calm.sync(rt, s))
			}
		}
		for _, s := range stores[1:] {
			waiting, err := s.Waiting()
			require.NoError(rt, err)
			require.Empty(rt, waiting)
			alike(rt, server, s.Store)
		}
		require.NoError(rt, missing(rt, server, &written))
	})
}

// What a long step has moved to another account, and somebody moves elsewhere on a laptop,
// stands aside for who made the long step.
func TestWhatALongStepMovedStandsAside(t *testing.T) {
	defer func(limit int) { journalLimit = limit }(journalLimit)
	journalLimit = 1
	server := openAt(t, filepath.Join(t.TempDir(), "s.db"))
	defer server.Close()
	call := model.Call{ID: model.RowID{1}, Account: "K1", Date: model.NewDate(2026, 1, 1), Agent: "M1"}
	apply(t, server, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"}, call)
	bert := laptopOf(t, server, filepath.Join(t.TempDir(), "l.db"), "bert")
	defer bert.Close()
	was := call.Key()
	move := func(s *Store, who, account string, day model.Date, also ...Put) {
		moved := call
		moved.Account, moved.Date = account, day
		_, err := s.Apply(model.Actor{Name: who, Role: model.RoleLead}, Request{Action: "test", Puts: append(also, Put{Record: moved, Replaces: &was})})
		require.NoError(t, err)
	}
	move(server, "anna", "K2", model.NewDate(2025, 12, 22), Put{Record: model.Rep{Code: "R1", Name: "x"}}, Put{Record: model.Rep{Code: "R2", Name: "x"}})
	move(bert.Store, "bert", "K1", model.NewDate(2025, 12, 26))
	require.NoError(t, line{server, func() bool { return false }}.sync(t, bert))
	alike(t, server, bert.Store)
	asides := asidesOf(t, server)
	require.Len(t, asides, 1)
	require.Equal(t, []string{"anna", "bert"}, []string{asides[0].For, asides[0].By})
}

// A row that two have brought is one by its identity: what only one says of it stands, also by
// whom it was, and of what both say otherwise the other's stands aside. Undone, it is as it was.
func TestARowThatTwoHaveBroughtKeepsWhatBothSayOfIt(t *testing.T) {
	row := func(rep string) model.Visit {
		return model.Visit{ID: model.RowID{1}, Account: "K1", Date: model.NewDate(2026, 1, 1), Rep: rep, Outcome: "order"}
	}
	for _, theirs := range []string{"", "R2"} {
		for _, undone := range []bool{false, true} {
			server := openAt(t, filepath.Join(t.TempDir(), "s.db"))
			defer server.Close()
			apply(t, server, model.Account{Code: "K1", Name: "Eins"})
			bert := laptopOf(t, server, filepath.Join(t.TempDir(), "l.db"), "bert")
			defer bert.Close()
			apply(t, server, row(theirs))
			_, err := bert.Apply(bert.actor, Request{Action: "test", Puts: []Put{{Record: row("R1")}}})
			require.NoError(t, err)
			want, asides := "R1", 0
			if theirs != "" {
				asides = 1
			}
			if undone {
				_, err := bert.Undo(bert.actor)
				require.NoError(t, err)
				want, asides = theirs, 0
			}
			require.NoError(t, line{server, func() bool { return false }}.sync(t, bert))
			alike(t, server, bert.Store)
			require.Contains(t, recordsOf(t, server), row(want).Key())
			require.Len(t, asidesOf(t, server), asides)
		}
	}
}

// What does not stand is kept, on the page of whoever wrote it.
func TestWhatDoesNotStandStandsAside(t *testing.T) {
	account := model.Account{Code: "K1", Name: "Maier", Territory: "T1", Class: "B", Phone: "0711", Note: "Old"}
	visit := func(id byte, account string) model.Visit {
		return model.Visit{ID: model.RowID{1, id}, Account: account, Date: model.NewDate(2026, 1, 2), Rep: "R1"}
	}
	with := func(change func(*model.Account)) model.Account {
		a := account
		change(&a)
		return a
	}
	put := func(records ...model.Record) func(s laptop) error {
		return func(s laptop) error {
			var r Request
			for _, record := range records {
				r.Puts = append(r.Puts, Put{Record: record})
			}
			r.Action, r.Subject = "test", "x"
			_, err := s.Apply(s.actor, r)
			return err
		}
	}
	remove := func(key model.Key) func(s laptop) error {
		return func(s laptop) error {
			_, err := s.Apply(s.actor, Request{Action: "test", Deletes: []model.Key{key}})
			return err
		}
	}
	type aside struct {
		reason       model.LostReason
		whose        string
		has, instead string
	}
	for name, c := range map[string]struct {
		theirs, mine func(laptop) error // theirs reaches the server first
		role         model.Role         // the server knows of mine
		asides       []aside
		stands       func(t *testing.T, s *Store)
	}{
		"one field each": {theirs: put(with(func(a *model.Account) { a.Phone = "0712" })), mine: put(with(func(a *model.Account) { a.Class = "A" })),
			stands: func(t *testing.T, s *Store) {
				require.Contains(t, recordsOf(t, s)[account.Key()], "0712")
				require.Contains(t, recordsOf(t, s)[account.Key()], "Class:A")
			}},
		"the same field": {theirs: put(with(func(a *model.Account) { a.Phone = "0712" })), mine: put(with(func(a *model.Account) { a.Phone = "0713" })),
			asides: []aside{{model.LostOverwritten, "anna", `"phone":"0712"`, `"phone":"0713"`}},
			stands: func(t *testing.T, s *Store) { require.Contains(t, recordsOf(t, s)[account.Key()], "0713") }},
		"the same value": {theirs: put(with(func(a *model.Account) { a.Phone = "0712" })), mine: put(with(func(a *model.Account) { a.Phone = "0712" }))},
		"two paragraphs": {theirs: put(with(func(a *model.Account) { a.Note = "Old\n\nAnna's" })), mine: put(with(func(a *model.Account) { a.Note = "Old\n\nBert's" })),
			stands: func(t *testing.T, s *Store) {
				require.Contains(t, recordsOf(t, s)[account.Key()], "Old\n\nAnna's\n\nBert's")
			}},
		"one code for two customers": {theirs: put(model.Account{Code: "K2", Name: "Anna's"}), mine: put(model.Account{Code: "K2", Name: "Bert's"}, visit(7, "K2")),
			asides: []aside{{model.LostCollided, "bert", "Bert's", "Anna's"}, {model.LostCollided, "bert", `"account":"K2"`, ""}},
			stands: func(t *testing.T, s *Store) {
				require.Contains(t, recordsOf(t, s)[model.Key{Table: model.TableAccounts, Code: "K2"}], "Anna's")
				require.NotContains(t, fmt.Sprint(recordsOf(t, s)), "2026-01-02", "nothing goes to the other customer")
			}},
		"deleted here, changed there": {theirs: put(with(func(a *model.Account) { a.Phone = "0712" })), mine: remove(account.Key()),
			asides: []aside{{model.LostKept, "bert", "", "0712"}},
			stands: func(t *testing.T, s *Store) { require.Contains(t, recordsOf(t, s)[account.Key()], "0712") }},
		"deleted there, changed here": {theirs: remove(account.Key()), mine: put(with(func(a *model.Account) { a.Phone = "0713" })),
			asides: []aside{{model.LostRevived, "anna", "", "0713"}},
			stands: func(t *testing.T, s *Store) { require.Contains(t, recordsOf(t, s)[account.Key()], "0713") }},
		"deleted there, visited here": {theirs: remove(account.Key()), mine: put(visit(8, "K1")), asides: []aside{{model.LostHomeless, "bert", `"account":"K1"`, ""}}},
		"deleted here, visited there": {theirs: put(visit(9, "K1")), mine: remove(account.Key()), asides: []aside{{model.LostKept, "bert", "", "Maier"}}},
		"both delete":                 {theirs: remove(account.Key()), mine: remove(account.Key())},
		"a role that may not": {theirs: put(model.Rep{Code: "R9"}), mine: put(visit(10, "K1")), role: model.RoleMarketing,
			asides: []aside{{model.LostRefused, "bert", `"account":"K1"`, ""}},
			stands: func(t *testing.T, s *Store) { require.NotContains(t, fmt.Sprint(recordsOf(t, s)), "2026-01-02") }},
		"an opt-out and a call": {theirs: put(with(func(a *model.Account) { a.DoNotCall = true })), mine: put(with(func(a *model.Account) { a.Name = "Mayer" })),
			stands: func(t *testing.T, s *Store) {
				require.Contains(t, recordsOf(t, s)[account.Key()], "DoNotCall:true")
				require.Contains(t, recordsOf(t, s)[account.Key()], "Mayer")
			}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			server := openAt(t, filepath.Join(dir, "server.db"))
			lead := model.Actor{Name: "lead", Role: model.RoleLead}
			require.NoError(t, put(model.Rep{Code: "R1"}, model.Territory{Code: "T1", Rep: "R1"}, account)(laptop{server, lead, lead}))
			anna, bert := laptopOf(t, server, filepath.Join(dir, "anna.db"), "anna"), laptopOf(t, server, filepath.Join(dir, "bert.db"), "bert")
			if c.role != "" {
				bert.known.Role = c.role
			}
			t.Cleanup(func() { require.NoError(t, errors.Join(anna.Close(), bert.Close(), server.Close())) })
			require.NoError(t, c.theirs(anna))
			require.NoError(t, c.mine(bert))
			calm := line{server, func() bool { return false }}
			for _, s := range []laptop{anna, bert, anna} {
				require.NoError(t, calm.sync(t, s))
			}
			alike(t, server, anna.Store)
			alike(t, server, bert.Store)
			asides := asidesOf(t, server)
			require.Len(t, asides, len(c.asides))
			for _, want := range c.asides {
				require.True(t, slices.ContainsFunc(asides, func(a model.SetAside) bool {
					return a.Reason == want.reason && a.For == want.whose && strings.Contains(a.Values, want.has) && strings.Contains(a.Standing, want.instead) && (want.has == "") == (a.Values == "")
				}), "%+v in %+v", want, asides)
			}
			if c.stands != nil {
				c.stands(t, server)
			}
		})
	}
}

// An erasure that comes as a step alone, without the deletion book in front, is one, too.
func TestAnErasureThatComesAsAStep(t *testing.T) {
	dir := t.TempDir()
	server := openAt(t, filepath.Join(dir, "server.db"))
	lead := model.Actor{Name: "lead", Role: model.RoleLead}
	_, err := server.Apply(lead, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K1", Name: "Maier"}}, {Record: model.Contact{Account: "K1", Name: "Quentin Zwirbelbart"}}}})
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "anna"), 0o700))
	anna := laptopOf(t, server, filepath.Join(dir, "anna", "own.db"), "anna")
	t.Cleanup(func() { require.NoError(t, errors.Join(anna.Close(), server.Close())) })
	_, err = anna.Apply(anna.actor, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K2", Name: "Falk", Note: "knows Quentin Zwirbelbart"}}}})
	require.NoError(t, err)
	_, err = server.Erase(lead, Who{Name: "Quentin Zwirbelbart", All: true})
	require.NoError(t, err)
	place, err := anna.Place()
	require.NoError(t, err)
	steps, err := server.StepsAfter(place.Number, 10)
	require.NoError(t, err)
	receipt, err := anna.Received(steps, nil, nil)
	require.NoError(t, err)
	require.Equal(t, 1, receipt.Waiting)
	content, err := os.ReadFile(anna.path)
	require.NoError(t, err)
	require.NotContains(t, string(content), "Zwirbelbart")
	sound(t, anna.Store)
}
