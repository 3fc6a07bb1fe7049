package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/acknowledged"
)

// Two laptops without a network, and their server.
func twoLaptops(t *testing.T, begin ...model.Record) (server *Store, anna, bert laptop) {
	dir := t.TempDir()
	server = openAt(t, filepath.Join(dir, "server.db"))
	if len(begin) > 0 {
		_, err := server.Apply(model.Actor{Name: "lead", Role: model.RoleLead}, putting(begin...))
		require.NoError(t, err)
	}
	anna, bert = laptopOf(t, server, filepath.Join(dir, "anna.db"), "anna"), laptopOf(t, server, filepath.Join(dir, "bert.db"), "bert")
	t.Cleanup(func() { require.NoError(t, errors.Join(anna.Close(), bert.Close(), server.Close())) })
	return server, anna, bert
}

func putting(records ...model.Record) Request {
	r := Request{Action: "test", Subject: "x"}
	for _, record := range records {
		r.Puts = append(r.Puts, Put{Record: record})
	}
	return r
}

// saves applies a request and keeps in mind that it is saved.
func (l laptop) saves(t *testing.T, ledger *acknowledged.Ledger, r Request) {
	t.Helper()
	require.NoError(t, noting(t, l.Store, ledger, func() ([]model.Edit, error) {
		change, err := l.Apply(l.actor, r)
		return change.Edits, err
	}))
}

// meets brings laptops and their server together, one after the other.
func meets(t *testing.T, server *Store, laptops ...laptop) {
	t.Helper()
	for _, l := range laptops {
		require.NoError(t, line{server, func() bool { return false }}.sync(t, l))
	}
}

// A customer is moved to a new territory whose code somebody else has given to another one: the
// move stands aside with the territory, and putting both back changes of the customer only what
// was changed in that move, and nothing that others have written meanwhile.
func TestWhatRestsOnACodeThatOthersGaveComesBackFieldByField(t *testing.T) {
	customer := model.Account{Code: "K5", Name: "K5", Class: "B"}
	server, anna, bert := twoLaptops(t, customer)
	var saved acknowledged.Ledger
	anna.saves(t, &saved, putting(model.Territory{Code: "T1", Name: "Ost"}))
	withPhone := customer
	withPhone.Phone = "0711 111111"
	anna.saves(t, &saved, putting(withPhone))

	bert.saves(t, &saved, putting(model.Territory{Code: "T1", Name: "West"}))
	moved := customer
	moved.Name, moved.Territory = "Eins", "T1"
	bert.saves(t, &saved, putting(moved))
	again := moved
	again.Name, again.Territory = "Zwei", ""
	bert.saves(t, &saved, putting(again))

	meets(t, server, anna, bert, anna)
	alike(t, server, bert.Store)
	alike(t, server, anna.Store)
	require.NoError(t, missing(t, server, &saved))
	now := withPhone
	now.Name = "Zwei"
	require.Equal(t, now, oneOf(t, server, customer.Key()))

	asides, err := bert.Asides()
	require.NoError(t, err)
	at := slices.IndexFunc(asides, NeedsCode)
	require.Equal(t, model.TableTerritories, asides[at].Of)
	code, err := bert.FreeCode(asides[at])
	require.NoError(t, err)
	back, err := bert.PutBack(asides[at], code)
	require.NoError(t, err)
	bert.saves(t, &saved, back)
	now.Name, now.Territory = "Eins", "T2"
	require.Equal(t, now, oneOf(t, bert.Store, customer.Key()))
	require.Equal(t, model.Territory{Code: "T2", Name: "West"}, oneOf(t, bert.Store, model.Key{Table: model.TableTerritories, Code: "T2"}))
	left, err := bert.Asides()
	require.NoError(t, err)
	require.Empty(t, left)
}

// oneOf is a record of a store.
func oneOf(t *testing.T, s *Store, key model.Key) model.Record {
	t.Helper()
	for record, err := range s.Records(key.Table) {
		require.NoError(t, err)
		if record.Key() == key {
			return record
		}
	}
	return nil
}

// What stands aside may be settled on both sides, also by somebody whose role may change
// nothing any more: laptop and server come to an end.
func TestWhatStandsAsideMayBeSettledTwice(t *testing.T) {
	folder := t.TempDir()
	server := openAt(t, filepath.Join(folder, "server.db"))
	defer server.Close()
	apply(t, server, model.Account{Code: "K1", Name: "Eins"})
	at := laptopOf(t, server, filepath.Join(folder, "anna.db"), "anna")
	defer at.Close()
	at.known.Role = model.RoleLook // since she has left with the laptop
	road := line{server, func() bool { return false }}
	_, err := at.Apply(at.actor, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K1", Name: "Zwei"}}}})
	require.NoError(t, err)
	require.NoError(t, road.sync(t, at))
	asides := asidesOf(t, server)
	require.Len(t, asides, 1)
	for _, side := range []*Store{server, at.Store} {
		_, err := side.Apply(at.actor, Request{Action: "test", Deletes: []model.Key{asides[0].Key()}})
		require.NoError(t, err)
	}
	require.NoError(t, road.sync(t, at))
	require.Empty(t, asidesOf(t, server))
	alike(t, server, at.Store)
}

// Somebody deletes an account, regrets it without a network, and changes it; meanwhile the
// code was given to another one. What both say of it is not the first one's alone: where
// they change it, the other's word stands aside.
func TestWhatAgreesWithAnotherRecordOfTheSameCodeIsNotOnesOwn(t *testing.T) {
	folder := t.TempDir()
	server := openAt(t, filepath.Join(folder, "server.db"))
	defer server.Close()
	apply(t, server, model.Account{Code: "K3", Name: "Drei", Class: model.ClassB})
	at := laptopOf(t, server, filepath.Join(folder, "bert.db"), "bert")
	defer at.Close()
	road := line{server, func() bool { return false }}
	_, err := at.Apply(at.actor, Request{Action: "test", Deletes: []model.Key{{Table: model.TableAccounts, Code: "K3"}}})
	require.NoError(t, err)
	require.NoError(t, road.sync(t, at))

	kim := model.Actor{Name: "kim", Role: model.RoleLead}
	_, err = server.Apply(kim, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K3", Name: "Zwei", Class: model.ClassB}}}})
	require.NoError(t, err)
	_, err = server.Undo(kim)
	require.NoError(t, err)
	_, err = server.Redo(kim)
	require.NoError(t, err)
	_, err = at.Undo(at.actor)
	require.NoError(t, err)
	_, err = at.Apply(at.actor, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K3", Name: "Drei", Class: model.ClassA}}}})
	require.NoError(t, err)
	require.NoError(t, road.sync(t, at))

	book, err := server.Book()
	require.NoError(t, err)
	require.Equal(t, "Zwei", book.Account("K3").Name)
	require.Equal(t, model.ClassA, book.Account("K3").Class)
	asides := asidesOf(t, server)
	require.Len(t, asides, 1)
	require.Equal(t, "kim", asides[0].For)
	require.Contains(t, asides[0].Values, `"class":"B"`)
	alike(t, server, at.Store)
}

// Three people bring back what one of them had deleted. Who deletes it again without having
// heard of the others takes nothing from them: it lives, and they are told.
func TestWhatOthersBringBackTooIsNotDeletedUnseen(t *testing.T) {
	folder := t.TempDir()
	server := openAt(t, filepath.Join(folder, "server.db"))
	defer server.Close()
	kim, key := model.Actor{Name: "kim", Role: model.RoleLead}, model.Key{Table: model.TableAccounts, Code: "K2"}
	_, err := server.Apply(kim, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K2", Name: "Zwei", Class: model.ClassB}}}})
	require.NoError(t, err)
	_, err = server.Undo(kim)
	require.NoError(t, err)
	anna, bert := laptopOf(t, server, filepath.Join(folder, "anna.db"), "anna"), laptopOf(t, server, filepath.Join(folder, "bert.db"), "bert")
	defer anna.Close()
	defer bert.Close()
	for _, who := range []laptop{{server, kim, kim}, anna, bert} {
		_, err := who.Redo(who.actor)
		require.NoError(t, err)
	}
	_, err = bert.Apply(bert.actor, Request{Action: "test", Deletes: []model.Key{key}})
	require.NoError(t, err)
	road := line{server, func() bool { return false }}
	for _, who := range []laptop{anna, bert, anna} {
		require.NoError(t, road.sync(t, who))
	}
	book, err := server.Book()
	require.NoError(t, err)
	require.NotNil(t, book.Account("K2"))
	asides := asidesOf(t, server)
	require.Len(t, asides, 1)
	require.Equal(t, []any{"bert", model.LostKept}, []any{asides[0].For, asides[0].Reason})
	alike(t, server, anna.Store)
	alike(t, server, bert.Store)
}
