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
