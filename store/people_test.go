package store

// Several people on one store: whatever they do and take back in whatever order,
// nobody's undo changes what another has written.

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// authorship knows which values of which fields each person has ever written.
type authorship map[string]bool

func (a authorship) note(person string, before, after model.Record) {
	if after == nil {
		return
	}
	d := model.DescriptionOf(after)
	was := before
	if was == nil {
		was = d.Empty()
	}
	for _, i := range d.Differ(was, after) {
		a[a.name(person, after, i)] = true
	}
}

func (authorship) name(person string, r model.Record, field int) string {
	d := model.DescriptionOf(r)
	return fmt.Sprintf("%s %v %s %v", person, r.Key().Identity(), d.Fields()[field].Name, d.Value(r, field))
}

// recordsByIdentity is everything in the store.
func recordsByIdentity(t require.TestingT, s *Store) map[model.Key]model.Record {
	all := map[model.Key]model.Record{}
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
		for record, err := range s.Records(table) {
			require.NoError(t, err)
			all[record.Key().Identity()] = record
		}
	}
	return all
}

func TestNobodysUndoChangesWhatAnotherHasWritten(t *testing.T) {
	dir, sequence := t.TempDir(), 0
	defer func(limit int) { journalLimit = limit }(journalLimit)
	rapid.Check(t, func(rt *rapid.T) {
		sequence++
		journalLimit = rapid.SampledFrom([]int{0, 1, 500}).Draw(rt, "journal limit") // both forms of the journal
		path := filepath.Join(dir, fmt.Sprintf("%d.db", sequence))
		s := openAt(rt, path)
		defer func() {
			_ = s.Close()
			_ = os.Remove(path)
		}()
		f := follow(rt, s)
		wrote := authorship{}
		people := []model.Actor{{Name: "Anna", Person: "P1", Role: model.RoleLead}, {Name: "Ben", Person: "P2", Role: model.RoleLead}, {Name: "Cem", Person: "P3", Role: model.RoleLead}}
		for range rapid.IntRange(3, 20).Draw(rt, "steps") {
			who := rapid.SampledFrom(people).Draw(rt, "who")
			before := recordsByIdentity(rt, s)
			what := rapid.SampledFrom([]string{"apply", "apply", "apply", "import", "undo", "undo", "redo", "undo some step"}).Draw(rt, "what")
			travels := false
			var err error
			var e Entry
			switch what {
			case "apply":
				var keys []model.Key
				for _, r := range before {
					keys = append(keys, r.Key())
				}
				slices.SortFunc(keys, func(a, b model.Key) int { return slices.Compare(fmt.Append(nil, a), fmt.Append(nil, b)) })
				_, err = s.Apply(who, drawRequest(rt, keys))
			case "import":
				_, err = importing(rt, s, who, ImportOptions{CreateMissing: true}, drawFile(rt, dir))
			case "undo":
				travels = true
				e, err = s.Undo(who)
			case "redo":
				travels = true
				e, err = s.Redo(who)
			case "undo some step":
				travels = true
				steps, herr := s.FindHistory(HistoryQuery{Person: who.Name})
				require.NoError(rt, herr)
				if len(steps) > 0 {
					e, err = s.UndoStep(who, rapid.SampledFrom(steps).Draw(rt, "step").Step)
				}
			}
			after := recordsByIdentity(rt, s)
			if err != nil {
				require.True(rt, isRefusal(err) || isNothing(err), "%v", err)
				require.Equal(rt, before, after, "a refusal changes nothing")
				continue
			}
			for id, was := range before {
				if after[id] == nil && !travels {
					wrote[fmt.Sprintf("%s removed %+v", who.Person, was)] = true
				}
			}
			for id, now := range after {
				if !travels {
					wrote.note(who.Person, before[id], now)
				}
			}
			if travels {
				requireOwn(rt, wrote, who.Person, !e.Undone, before, after)
			}
			f.requireFresh(rt)
		}
		sound(rt, s)
	})
}

func isNothing(err error) bool {
	var left NothingLeft
	return errors.Is(err, ErrNothingToUndo) || errors.Is(err, ErrNothingToRedo) || errors.As(err, &left)
}

// requireOwn checks that what an undo took away was the person's own, and what a
// redo put there.
func requireOwn(t require.TestingT, wrote authorship, person string, redo bool, before, after map[model.Key]model.Record) {
	for _, id := range slices.SortedFunc(maps.Keys(before), func(a, b model.Key) int { return slices.Compare(fmt.Append(nil, a), fmt.Append(nil, b)) }) {
		was, now := before[id], after[id]
		d := model.DescriptionOf(was)
		if redo && now == nil && wrote[fmt.Sprintf("%s removed %+v", person, was)] {
			continue
		}
		other := now
		if other == nil {
			other = d.Empty()
		}
		for _, i := range d.Differ(was, other) {
			if d.Fields()[i].Merge == model.MergeSet {
				continue // its members are taken back one by one
			}
			empty := d.Value(was, i) == nil || fmt.Sprint(d.Value(was, i)) == fmt.Sprint(d.Value(d.Empty(), i))
			again := redo && now != nil && wrote[wrote.name(person, now, i)]
			require.True(t, empty || again || wrote[wrote.name(person, was, i)], "%s changed %v of %v, which somebody else wrote", person, d.Fields()[i].Name, was)
		}
	}
}

func TestOneTakesBackOnesOwnLatestStep(t *testing.T) {
	s := open(t)
	anna := model.Actor{Name: "Anna", Person: "P1", Role: model.RoleSales}
	ben := model.Actor{Name: "Ben", Person: "P2", Role: model.RoleSales}
	put := func(who model.Actor, a model.Account) {
		_, err := s.Apply(who, Request{Action: "account.edit", Puts: []Put{{Record: a}}})
		require.NoError(t, err)
	}
	account := model.Account{Code: "K1", Name: "Eins"}
	put(anna, account)
	account.Phone, account.Note = "1", "n"
	put(anna, account)
	account.Phone = "2"
	put(ben, account)
	e, err := s.Undo(anna)
	require.NoError(t, err)
	require.EqualValues(t, 2, e.Step)
	require.Len(t, e.Kept, 1)
	require.Equal(t, []string{"phone"}, e.Kept[0].Fields)
	require.Equal(t, "Ben", e.Kept[0].By)
	got, err := s.Get(account.Key())
	require.NoError(t, err)
	require.Equal(t, model.Account{Code: "K1", Name: "Eins", Phone: "2"}, got, "the note went back, the phone is Ben's")

	_, err = s.Undo(anna)
	var left NothingLeft
	require.ErrorAs(t, err, &left, "the account carries what Ben wrote")
	require.Equal(t, "Ben", left.Kept[0].By)
	_, err = s.UndoStep(anna, 3)
	require.ErrorIs(t, err, ErrOthersStep)
	_, err = s.UndoStep(lead, 3)
	require.NoError(t, err, "the lead may")
	requireSound(t, s)
}

// A form that somebody else's change meets: other fields merge, the same is refused
// with who and when.
func TestAPutKnowsWhatItStartedFrom(t *testing.T) {
	s := open(t)
	base := model.Account{Code: "K1", Name: "Eins", Phone: "0"}
	apply(t, s, base)
	theirs := base
	theirs.Phone = "1"
	_, err := s.Apply(model.Actor{Name: "Ben", Role: model.RoleSales}, Request{Action: "account.edit", Puts: []Put{{Record: theirs, Before: base}}})
	require.NoError(t, err)
	mine := base
	mine.Note = "n"
	_, err = s.Apply(lead, Request{Action: "account.edit", Puts: []Put{{Record: mine, Before: base}}})
	require.NoError(t, err)
	got, err := s.Get(base.Key())
	require.NoError(t, err)
	require.Equal(t, model.Account{Code: "K1", Name: "Eins", Phone: "1", Note: "n"}, got)
	mine.Phone = "2"
	_, err = s.Apply(lead, Request{Action: "account.edit", Puts: []Put{{Record: mine, Before: base}}})
	var conflict Conflict
	require.ErrorAs(t, err, &conflict)
	require.Equal(t, []model.Aside{{Field: "phone", Mine: "2", Theirs: "1"}}, conflict.Aside)
	require.False(t, conflict.At.IsZero())
	_, err = s.Apply(lead, Request{Action: "account.delete", Deletes: []model.Key{base.Key()}})
	require.NoError(t, err)
	_, err = s.Apply(lead, Request{Action: "account.edit", Puts: []Put{{Record: mine, Before: base}}})
	require.ErrorAs(t, err, &NotFound{})
}

// Whoever wants no calls gets none, whatever is undone, imported or deleted.
func TestAnOptOutStays(t *testing.T) {
	s := open(t)
	at := day(t, "2026-11-20")
	account := model.Account{Code: "K1", Name: "Eins", Phone: "030 1234567", Consent: model.ConsentPresumed, Since: day(t, "2020-01-01")}
	apply(t, s, account)
	apply(t, s, model.Call{Account: "K1", Date: at, Agent: "M", Outcome: model.CallOptOut})
	optedOut := func() bool {
		book, err := s.Book()
		require.NoError(t, err)
		hash, err := s.NumberHash()
		require.NoError(t, err)
		require.Equal(t, book.OptedOut("K1", at), book.OptedOut(hash("+49 30 1234567", ""), at))
		require.False(t, book.OptedOut("K1", at-1), "not before it was said")
		return book.OptedOut("K1", at)
	}
	require.True(t, optedOut())
	undo(t, s)
	require.True(t, optedOut())
	calls, err := s.AccountCalls("K1", 0)
	require.NoError(t, err)
	require.Empty(t, calls, "the row itself can be taken back")
	_, err = s.Apply(lead, Request{Action: "account.delete", Deletes: []model.Key{account.Key()}})
	require.NoError(t, err)
	require.True(t, optedOut())
	apply(t, s, account)
	require.True(t, optedOut())
	account.Consent = model.ConsentGiven
	importFiles(t, s, ImportOptions{}, write(t, "a.csv", "code,name,consent\nK1,Eins,given\n"))
	require.True(t, optedOut(), "a file lifts nothing")
	requireSound(t, s)
}

// The same for a long step, which keeps whole documents.
func TestAnOptOutOutlivesTheUndoOfALongImport(t *testing.T) {
	defer func(limit int) { journalLimit = limit }(journalLimit)
	journalLimit = 0
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "a.csv", "code,name,phone,consent,do_not_call\nK1,Eins,030 1234567,presumed,yes\nK2,Zwei,030 1234568,given,no\n"),
		write(t, "c.csv", "account,date,agent,outcome\nK2,2026-11-20,M,opt-out\n"))
	e, err := s.Undo(lead)
	require.NoError(t, err)
	require.NotEmpty(t, e.Kept)
	require.Empty(t, recordsOf(t, s))
	book, err := s.Book()
	require.NoError(t, err)
	require.True(t, book.OptedOut("K1", model.DateOf(s.now())))
	require.True(t, book.OptedOut("K2", model.DateOf(s.now())))
	for _, code := range []string{"K1", "K2"} {
		lines, err := s.Consents(code)
		require.NoError(t, err)
		require.Len(t, lines, 2, "the consent and the objection")
	}
	requireSound(t, s)
}

// A number can be taken into the book by itself; undo passes over that step.
func TestANumberIsOptedOutWhereverItStands(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins", Phone: "0711 5550142"}, model.Account{Code: "K2", Name: "Zwei", Phone: "+49 711 5550142"}, model.Account{Code: "K3", Name: "Drei", Phone: "0711 5550143"})
	accounts, err := s.AddOptOuts(lead, []string{"0049-711-5550142"}, "letter of 3 November")
	require.NoError(t, err)
	require.Equal(t, []string{"K1", "K2"}, accounts)
	_, err = s.AddOptOuts(lead, []string{"n/a"}, "")
	require.ErrorIs(t, err, ErrNoNumber)
	lines, err := s.Consents("K2")
	require.NoError(t, err)
	require.Len(t, lines, 1)
	require.Equal(t, model.ConsentObjection, lines[0].Event)
	require.Equal(t, "letter of 3 November", lines[0].Evidence)
	require.Equal(t, "tester", lines[0].By)
	e, err := s.Undo(lead)
	require.NoError(t, err)
	require.EqualValues(t, 1, e.Step)
	book, err := s.Book()
	require.NoError(t, err)
	hash, err := s.NumberHash()
	require.NoError(t, err)
	require.True(t, book.OptedOut(hash("0711/5550142", "DE"), model.DateOf(s.now())))
	require.False(t, book.OptedOut(hash("0711/5550143", "DE"), model.DateOf(s.now())))
	requireSound(t, s)
}

// A new express consent, given to a person and with its evidence, lifts an opt-out.
func TestOnlyANewConsentWithItsEvidenceLiftsAnOptOut(t *testing.T) {
	s := open(t)
	account := model.Account{Code: "K1", Name: "Eins", Phone: "0711 5550142", DoNotCall: true}
	apply(t, s, account)
	today := model.DateOf(s.now())
	optedOut := func() bool {
		book, err := s.Book()
		require.NoError(t, err)
		return book.OptedOut("K1", today)
	}
	account.DoNotCall = false
	apply(t, s, account)
	require.True(t, optedOut(), "taking the mark away is no consent")
	account.Consent = model.ConsentGiven
	apply(t, s, account)
	require.True(t, optedOut(), "without evidence it is none")
	account.Consent, account.ConsentBasis = model.ConsentNone, ""
	apply(t, s, account)
	account.Consent, account.ConsentBasis = model.ConsentGiven, "e-mail of 24 November"
	apply(t, s, account)
	require.False(t, optedOut())
	lines, err := s.Consents("K1")
	require.NoError(t, err)
	var events []model.ConsentEvent
	for _, line := range lines {
		events = append(events, line.Event)
	}
	require.Equal(t, []model.ConsentEvent{"objection", "express", "unrecorded", "express"}, events)
	requireSound(t, s)
}

// A number without a country is one of the business's country, wherever it comes from.
func TestANumberWithoutACountryIsOneOfTheSettings(t *testing.T) {
	s := open(t)
	settings, err := s.Settings()
	require.NoError(t, err)
	settings.Country = "AT"
	apply(t, s, settings, model.Account{Code: "K1", Name: "Eins", Phone: "01 5550142"}, model.Account{Code: "K2", Name: "Zwei", Phone: "01 5550142", Address: model.Address{Country: "DE"}})
	accounts, err := s.AddOptOuts(lead, []string{"01 5550142"}, "")
	require.NoError(t, err)
	require.Equal(t, []string{"K1"}, accounts)
	book, err := s.Book()
	require.NoError(t, err)
	hash, err := s.NumberHash()
	require.NoError(t, err)
	require.True(t, book.OptedOut(hash("01/5550142", ""), model.DateOf(s.now())))
	require.True(t, book.OptedOut(hash("+43 1 5550142", ""), model.DateOf(s.now())))
	require.False(t, book.OptedOut(hash("01/5550142", "DE"), model.DateOf(s.now())))
	requireSound(t, s)
}
