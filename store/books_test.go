package store

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Whoever said "never again" stays in the book, and so does every line of the consent book:
// nobody takes one out or writes over it, the lead neither, by whatever road.
func TestNobodyTakesALineOutOfTheBooks(t *testing.T) {
	s := open(t)
	apply(t, s, model.Person{Code: "ben", Name: "Ben", Role: model.RoleLead}, model.Person{Code: "cy", Name: "Cy", Role: model.RoleMarketing},
		model.Account{Code: "K1", Name: "Metallbau", Phone: "0711 555010"})
	apply(t, s, model.Call{Account: "K1", Date: day(t, "2026-11-20"), Outcome: model.CallOptOut})
	lines, err := s.Consents("K1")
	require.NoError(t, err)
	require.Len(t, lines, 1)
	optOuts, err := s.OptOuts("K1", "")
	require.NoError(t, err)
	require.Len(t, optOuts, 1)
	other, lifted := lines[0], optOuts[0]
	other.Evidence, lifted.Lifted = "he meant the other day", day(t, "2026-11-24")
	put := func(r model.Record) Request { return Request{Action: "test", Puts: []Put{{Record: r}}} }
	attempts := map[string]struct {
		request Request
		edit    model.Edit
	}{
		"a line of the consent book goes":      {Request{Action: "test", Deletes: []model.Key{lines[0].Key()}}, model.Edit{Before: lines[0]}},
		"an opt-out goes":                      {Request{Action: "test", Deletes: []model.Key{optOuts[0].Key()}}, model.Edit{Before: optOuts[0]}},
		"a line says something else":           {put(other), model.Edit{Before: lines[0], After: other}},
		"an opt-out ends without any consent":  {put(lifted), model.Edit{Before: optOuts[0], After: lifted}},
		"an opt-out comes that has ended long": {put(model.OptOut{Account: "K9", Since: lifted.Since, Lifted: lifted.Lifted}), model.Edit{After: model.OptOut{Account: "K9", Since: lifted.Since, Lifted: lifted.Lifted}}},
	}
	for _, who := range []model.Actor{{Name: "Ben", Person: "ben", Role: model.RoleLead}, {Name: "Cy", Person: "cy", Role: model.RoleMarketing}} {
		for what, attempt := range attempts {
			t.Run(who.Name+": "+what, func(t *testing.T) {
				err := untouched(t, s, func() error { _, err := s.Apply(who, attempt.request); return err })
				require.ErrorAs(t, err, &model.Forbidden{})
				require.NotEmpty(t, offer(t, s, who, attempt.edit).Refused)
			})
		}
	}
	// A new express consent ends it, as ever, also where it comes from a laptop.
	laptop := laptopOf(t, s, s.Path()+".laptop", "cy")
	before, err := laptop.Get(model.Account{Code: "K1"}.Key())
	require.NoError(t, err)
	now := before.(model.Account)
	now.Consent, now.ConsentBasis = model.ConsentGiven, "signed on the fair"
	_, err = laptop.Apply(lead, Request{Action: "account.edit", Puts: []Put{{Record: now, Before: before}}})
	require.NoError(t, err)
	require.NoError(t, line{s, func() bool { return false }}.sync(t, laptop))
	require.NoError(t, laptop.Close())
	optOuts, err = s.OptOuts("K1", "")
	require.NoError(t, err)
	require.NotZero(t, optOuts[0].Lifted)
}

// offer offers a server a step as a laptop would, with the edits that it makes up.
func offer(t *testing.T, s *Store, who model.Actor, edits ...model.Edit) Verdict {
	t.Helper()
	place, err := s.Place()
	require.NoError(t, err)
	var verdict Verdict
	_ = untouched(t, s, func() error {
		verdicts, err := s.Accept(who, place.Number, place.Erasures, []Step{{Entry: Entry{ID: NewStepID(), At: time.Now(), Action: "test"}, Edits: edits}})
		require.NoError(t, err)
		require.Len(t, verdicts, 1)
		verdict = verdicts[0]
		return errors.New(string(verdict.Refused))
	})
	return verdict
}

// What no program of ours would send is refused, and leaves nothing behind.
func TestAServerRefusesWhatIsMadeUp(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Metallbau"})
	at, id := day(t, "2026-11-20"), NewRowID()
	for name, edits := range map[string][]model.Edit{
		"a code with a byte that parts keys": {{After: model.Account{Code: "K\x002", Name: "x"}}},
		"a code that is no text":             {{After: model.Account{Code: "K\xff", Name: "x"}}},
		"a rep who is no text":               {{After: model.PlannedVisit{Account: "K1", Rep: "R\x00", Date: at}}},
		"a place that is no number":          {{After: model.Account{Code: "K2", Name: "x", At: model.Coordinates{Lat: math.NaN()}}}},
		"a home beyond everything":           {{After: model.Rep{Code: "R2", Name: "x", HomeAt: model.Coordinates{Lon: math.Inf(1)}}}},
		"one row twice":                      {{After: model.Visit{ID: id, Account: "K1", Date: at}}, {After: model.Visit{ID: id, Account: "K1", Date: at - 400}}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, RefusedInvalid, offer(t, s, lead, edits...).Refused) })
	}
	verdicts, err := s.Accept(lead, 1, 0, []Step{{Entry: Entry{Action: "test"}, Edits: []model.Edit{{After: model.Account{Code: "K2", Name: "x"}}}}})
	require.NoError(t, err)
	require.Equal(t, []Verdict{{Refused: RefusedInvalid}}, verdicts, "a step without an identity")
}

// Who offers without having taken what others have done, however much that is, is sent for it
// first, and nobody waits while all of it is looked through.
func TestWhoIsFarBehindIsSentForTheStepsFirst(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
	defer s.Close()
	for n := range mostSince + 2 {
		_, err := s.Apply(lead, Request{Action: "test", Puts: []Put{{Record: model.Rep{Code: "R1", Name: fmt.Sprint("n", n)}}}})
		require.NoError(t, err)
	}
	place, err := s.Place()
	require.NoError(t, err)
	step := Step{Entry: Entry{ID: NewStepID(), At: time.Now(), Action: "test"}, Edits: []model.Edit{{After: model.Rep{Code: "R2", Name: "x"}}}}
	for _, seen := range []uint64{0, place.Number - mostSince - 1} {
		verdicts, err := s.Accept(lead, seen, 0, []Step{step})
		require.NoError(t, err)
		require.Equal(t, []Verdict{{ID: step.ID, Behind: true}}, verdicts)
	}
	verdicts, err := s.Accept(lead, place.Number-mostSince, 0, []Step{step})
	require.NoError(t, err)
	require.Equal(t, []Verdict{{ID: step.ID, Number: place.Number + 1}}, verdicts, "what it has not seen concerns it nothing")
}

// Who objects on a laptop without a network has objected, whatever others have written
// meanwhile: that an earlier objection was lifted, or, the other way round, that there is
// another one since.
func TestAnObjectionWinsOverItsEndElsewhere(t *testing.T) {
	customer := model.Account{Code: "K1", Name: "Metallbau", Phone: "0711 555010"}
	objects := func(s *Store, on string) {
		_, err := s.Apply(lead, Request{Action: "call.log", Puts: []Put{{Record: model.Call{Account: "K1", Date: day(t, on), Outcome: model.CallOptOut}}}})
		require.NoError(t, err)
	}
	consents := func(s *Store, basis string) {
		before, err := s.Get(customer.Key())
		require.NoError(t, err)
		now := before.(model.Account)
		now.Consent, now.ConsentBasis = model.ConsentGiven, basis
		_, err = s.Apply(lead, Request{Action: "account.edit", Puts: []Put{{Record: now, Before: before}}})
		require.NoError(t, err)
	}
	for name, test := range map[string]struct{ before, onLaptop, onServer func(*Store) }{
		"the end on the server": {func(*Store) {}, func(s *Store) { objects(s, "2026-11-24") }, func(s *Store) { objects(s, "2026-11-20"); consents(s, "signed on the fair") }},
		"the end on the laptop": {func(s *Store) { objects(s, "2026-11-20") }, func(s *Store) { consents(s, "signed on the fair") },
			func(s *Store) { consents(s, "by letter"); objects(s, "2026-11-24") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
			defer s.Close()
			apply(t, s, customer)
			test.before(s)
			laptop := laptopOf(t, s, filepath.Join(t.TempDir(), "l.db"), "anna")
			defer laptop.Close()
			test.onLaptop(laptop.Store)
			test.onServer(s)
			require.NoError(t, line{s, func() bool { return false }}.sync(t, laptop))
			alike(t, s, laptop.Store)
			lines, err := s.OptOuts("K1", "")
			require.NoError(t, err)
			require.Len(t, lines, 1)
			require.Zero(t, lines[0].Lifted)
		})
	}
}

// A number that somebody objects by on a laptop is known to the server, to other laptops and
// to a repaired store, also where it is the first objection of all.
func TestANumberIsKnownWhereverItWasObjectedBy(t *testing.T) {
	const number = "+49 711 555010"
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Metallbau"})
	laptop := laptopOf(t, s, filepath.Join(t.TempDir(), "l.db"), "anna")
	defer laptop.Close()
	_, err := laptop.AddOptOuts(lead, []string{number}, "by telephone")
	require.NoError(t, err)
	require.NoError(t, line{s, func() bool { return false }}.sync(t, laptop))
	require.True(t, optedOut(t, s, number))
	repaired := filepath.Join(t.TempDir(), "repaired.db")
	copied := filepath.Join(t.TempDir(), "copied.db")
	require.NoError(t, s.Backup(copied))
	_, err = Repair(t.Context(), copied, repaired)
	require.NoError(t, err)
	r := openAt(t, repaired)
	defer r.Close()
	require.True(t, optedOut(t, r, number))
}

// A store of an earlier program, which made the key of numbers with the first objection, gets
// it when it is opened; its replicas wait for it, and then have the same.
func TestTheKeyOfNumbersComesToStoresOfBefore(t *testing.T) {
	folder := t.TempDir()
	without := func(s *Store) {
		require.NoError(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Delete(keyNumbers) }))
		require.NoError(t, s.Close())
	}
	s := openAt(t, filepath.Join(folder, "s.db"))
	laptop := laptopOf(t, s, filepath.Join(folder, "l.db"), "anna")
	without(s)
	without(laptop.Store)
	s, l := openAt(t, s.Path()), openAt(t, laptop.Path())
	defer s.Close()
	defer l.Close()
	key, err := s.NumberKey()
	require.NoError(t, err)
	require.Len(t, key, 32)
	mine, err := l.NumberKey()
	require.NoError(t, err)
	require.Nil(t, mine)
	require.NoError(t, l.TakeNumberKey(key))
	require.NoError(t, l.TakeNumberKey([]byte("another")))
	mine, err = l.NumberKey()
	require.NoError(t, err)
	require.Equal(t, key, mine)
}
