package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/acknowledged"
	bolt "doppelpass/store/sealed"
)

// undoes takes back the laptop's own latest step, and keeps that in mind.
func (l laptop) undoes(t *testing.T, ledger *acknowledged.Ledger) {
	t.Helper()
	require.NoError(t, noting(t, l.Store, ledger, func() ([]model.Edit, error) {
		_, err := l.Undo(l.actor)
		return nil, err
	}))
}

// Two people make the same change while they are apart. Whoever takes theirs back takes back
// only their own: the other's stands, or is set aside where both can see it.
func TestTheSameChangeOfTwoPeople(t *testing.T) {
	customer := model.Account{Code: "K1", Name: "Maier", Phone: "0711", Class: "B"}
	same := customer
	same.Phone = "0712"
	gone := Request{Action: "test", Deletes: []model.Key{customer.Key()}}
	added := model.Account{Code: "K2", Name: "Vogt", Class: "B"}
	type both struct {
		server     *Store
		anna, bert laptop
		saved      acknowledged.Ledger
	}
	for name, c := range map[string]struct {
		change Request
		play   func(t *testing.T, b *both)
		ends   []model.Record // of K1 and K2
		aside  string         // for whom; "": nothing stands aside
	}{
		"the first takes it back before the second comes": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.anna.undoes(t, &b.saved)
			meets(t, b.server, b.anna, b.bert)
		}, []model.Record{same}, ""},
		"the first takes it back when the second has heard of it and still waits": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			hears(t, b.server, b.bert)
			b.anna.undoes(t, &b.saved)
			meets(t, b.server, b.anna, b.bert)
		}, []model.Record{same}, ""},
		"the first takes it back and knows of the second": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna, b.bert, b.anna)
			_, err := b.anna.Undo(b.anna.actor)
			var nothing NothingLeft
			require.ErrorAs(t, err, &nothing)
			require.Equal(t, "bert", nothing.Kept[0].By)
		}, []model.Record{same}, ""},
		"the first takes it back and does not know of the second": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.anna.undoes(t, &b.saved)
			meets(t, b.server, b.bert, b.anna)
		}, []model.Record{customer}, "bert"},
		"the second takes it back": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.bert.undoes(t, &b.saved)
			meets(t, b.server, b.bert)
		}, []model.Record{same}, ""},
		"the second takes it back, then the first": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.bert.undoes(t, &b.saved)
			meets(t, b.server, b.bert, b.anna)
			b.anna.undoes(t, &b.saved)
		}, []model.Record{customer}, ""},
		"the second changes it further": {putting(same), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			other := same
			other.Phone = "0713"
			b.bert.saves(t, &b.saved, putting(other))
		}, []model.Record{func() model.Record { a := same; a.Phone = "0713"; return a }()}, "anna"},
		"both delete, and the first takes it back": {gone, func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.anna.undoes(t, &b.saved)
			meets(t, b.server, b.bert, b.anna)
		}, []model.Record{customer}, "bert"},
		"both delete, and the first knows of the second": {gone, func(t *testing.T, b *both) {
			meets(t, b.server, b.anna, b.bert, b.anna)
			_, err := b.anna.Undo(b.anna.actor)
			require.ErrorAs(t, err, &NothingLeft{})
		}, nil, ""},
		"both add, and the first takes it back": {putting(added), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna)
			b.anna.undoes(t, &b.saved)
			meets(t, b.server, b.bert, b.anna)
		}, []model.Record{customer, added}, "anna"},
		"both add, and the first knows of the second": {putting(added), func(t *testing.T, b *both) {
			meets(t, b.server, b.anna, b.bert, b.anna)
			_, err := b.anna.Undo(b.anna.actor)
			require.ErrorAs(t, err, &NothingLeft{})
		}, []model.Record{customer, added}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := &both{}
			b.server, b.anna, b.bert = twoLaptops(t, customer)
			b.anna.saves(t, &b.saved, c.change)
			b.bert.saves(t, &b.saved, c.change)
			c.play(t, b)
			meets(t, b.server, b.anna, b.bert, b.anna, b.bert)
			alike(t, b.server, b.anna.Store)
			alike(t, b.server, b.bert.Store)
			require.NoError(t, missing(t, b.server, &b.saved))
			var ends []model.Record
			for record, err := range b.server.Records(model.TableAccounts) {
				require.NoError(t, err)
				ends = append(ends, record)
			}
			require.Equal(t, c.ends, ends)
			asides := asidesOf(t, b.server)
			if c.aside == "" {
				require.Empty(t, asides)
				return
			}
			require.NotEmpty(t, asides)
			require.Equal(t, c.aside, asides[0].For)
		})
	}
}

// Of a set that is said of each of its elements, and putting back touches no other.
func TestTheSameElementOfTwoPeople(t *testing.T) {
	territory := func(postcodes ...string) model.Territory {
		return model.Territory{Code: "T1", Name: "Ost", Postcodes: postcodes}
	}
	server, anna, bert := twoLaptops(t, territory("70"))
	var saved acknowledged.Ledger
	anna.saves(t, &saved, putting(territory("70", "71")))
	bert.saves(t, &saved, putting(territory("70", "71", "72")))
	meets(t, server, anna)
	anna.undoes(t, &saved)
	meets(t, server, bert, anna, bert)
	alike(t, server, anna.Store)
	alike(t, server, bert.Store)
	require.Equal(t, territory("70", "72"), oneOf(t, server, territory().Key()))

	asides, err := bert.Asides()
	require.NoError(t, err)
	require.Len(t, asides, 1)
	require.Equal(t, "bert", asides[0].For)
	anna.saves(t, &saved, putting(territory("70", "72", "73")))
	meets(t, server, anna, bert)
	back, err := bert.PutBack(asides[0], "")
	require.NoError(t, err)
	bert.saves(t, &saved, back)
	meets(t, server, bert)
	require.Equal(t, territory("70", "72", "73", "71"), oneOf(t, server, territory().Key()))
	require.NoError(t, missing(t, server, &saved))
}

// Whoever is erased is named no more in what two people have said of them.
func TestWhatBothSaidForgetsWhoIsErased(t *testing.T) {
	customer := model.Account{Code: "K1", Name: "Maier"}
	noted := customer
	noted.Note = "spoke with Olaf Lenzmann"
	server, anna, bert := twoLaptops(t, customer)
	var saved acknowledged.Ledger
	anna.saves(t, &saved, putting(noted))
	bert.saves(t, &saved, putting(noted))
	meets(t, server, anna)
	hears(t, server, bert)
	notes := func(s *Store) (notes []string) {
		require.NoError(t, s.db.View(func(tx *bolt.Tx) error {
			said, err := saidSince(tx, 0)
			for _, e := range said {
				notes = append(notes, e.After.(model.Account).Note)
			}
			return err
		}))
		return notes
	}
	require.Equal(t, []string{noted.Note}, notes(bert.Store), "it waits")
	meets(t, server, bert)
	require.Equal(t, []string{noted.Note}, notes(server))
	_, err := server.Erase(model.Actor{Name: "lead", Role: model.RoleLead}, Who{Name: "Olaf Lenzmann", All: true})
	require.NoError(t, err)
	meets(t, server, anna, bert)
	for _, s := range []*Store{server, anna.Store, bert.Store} {
		require.Len(t, notes(s), 1)
		require.NotContains(t, notes(s)[0], "Lenzmann")
	}
	alike(t, server, bert.Store)
}

// hears brings a laptop what its server has, and nothing to the server.
func hears(t *testing.T, server *Store, at laptop) {
	t.Helper()
	place, err := at.Place()
	require.NoError(t, err)
	steps, err := server.StepsAfter(place.Number, everyStep)
	require.NoError(t, err)
	_, err = at.Received(steps, nil, nil)
	require.NoError(t, err)
}

// Whoever deletes a customer on the way and takes that back has changed nothing: what others
// have written meanwhile stands, and the customer keeps its code.
func TestADeletionTakenBackOnTheWay(t *testing.T) {
	customer := model.Account{Code: "K1", Name: "Maier", Phone: "0711", Class: "B"}
	visit := model.Visit{ID: model.RowID{1}, Account: "K1", Date: model.NewDate(2026, 1, 2), Rep: "R1", Note: "n"}
	now := customer
	now.Phone = "0712"
	for name, play := range map[string]func(t *testing.T, server *Store, anna, bert laptop, saved *acknowledged.Ledger){
		"before anybody hears of it": func(t *testing.T, server *Store, anna, bert laptop, saved *acknowledged.Ledger) {
			bert.undoes(t, saved)
			anna.saves(t, saved, putting(now))
			meets(t, server, anna)
		},
		"after it was heard that others have changed it": func(t *testing.T, server *Store, anna, bert laptop, saved *acknowledged.Ledger) {
			bert.undoes(t, saved)
			hears(t, server, bert)
			anna.saves(t, saved, putting(now))
			meets(t, server, anna)
		},
		"when others have it alive again": func(t *testing.T, server *Store, anna, bert laptop, saved *acknowledged.Ledger) {
			anna.saves(t, saved, putting(now))
			meets(t, server, bert)
			bert.undoes(t, saved)
			meets(t, server, anna)
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, anna, bert := twoLaptops(t, customer, model.Rep{Code: "R1"}, visit)
			var saved acknowledged.Ledger
			bert.saves(t, &saved, Request{Action: "test", Deletes: []model.Key{customer.Key()}})
			play(t, server, anna, bert, &saved)
			meets(t, server, bert, anna, bert)
			alike(t, server, anna.Store)
			alike(t, server, bert.Store)
			require.NoError(t, missing(t, server, &saved))
			require.Equal(t, now, oneOf(t, server, customer.Key()))
			require.Equal(t, visit, oneOf(t, server, visit.Key()))
			asides, err := server.Asides()
			require.NoError(t, err)
			for _, a := range asides {
				require.False(t, NeedsCode(a), "%+v", a)
			}
		})
	}
}
