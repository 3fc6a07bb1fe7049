package store

// People: the store asks at every change who somebody is by now.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

const (
	keyOne = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"
	keyTwo = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM"
)

func TestARoleHoldsFromTheMomentItIsGiven(t *testing.T) {
	s := open(t)
	anna := model.Person{Code: "anna", Name: "Anna Beck", Role: model.RoleSales, Keys: []string{keyOne}}
	apply(t, s, anna, model.Person{Code: "ben", Name: "Ben", Role: model.RoleLead})
	came := anna.Actor("desk") // what her session believes, however old
	put := func(name string) error {
		_, err := s.Apply(came, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K1", Name: name}}}})
		return err
	}
	require.NoError(t, put("Eins"))
	entries, err := s.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, []string{"Anna Beck", "anna", "desk"}, []string{entries[0].Actor, entries[0].Person, entries[0].Device})

	anna.Role = model.RoleLook
	apply(t, s, anna)
	for name, do := range map[string]func() error{
		"changes": func() error { return put("Zwei") },
		"deletes": func() error {
			_, err := s.Apply(came, Request{Action: "test", Deletes: []model.Key{{Table: model.TableAccounts, Code: "K1"}}})
			return err
		},
		"undoes her own step": func() error { _, err := s.Undo(came); return err },
		"opts out":            func() error { _, err := s.AddOptOuts(came, []string{"0711 55501"}, ""); return err },
		"imports": func() error {
			_, err := importing(t, s, came, ImportOptions{}, write(t, "f.csv", "code,name,class\nK2,Zwei,\n"))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := untouched(t, s, do)
			var forbidden model.Forbidden
			require.ErrorAs(t, err, &forbidden)
			require.Equal(t, model.RoleLook, forbidden.Role)
		})
	}
	anna.Role, anna.Inactive = model.RoleLead, true
	apply(t, s, anna)
	require.ErrorIs(t, untouched(t, s, func() error { return put("Drei") }), Dismissed{"anna"})
	_, err = s.Apply(lead, Request{Action: "test", Deletes: []model.Key{anna.Key()}})
	require.NoError(t, err)
	require.ErrorIs(t, untouched(t, s, func() error { return put("Vier") }), Dismissed{"anna"})
}

func TestWhatAPersonMustHave(t *testing.T) {
	s := open(t)
	apply(t, s, model.Person{Code: "anna", Name: "Anna", Role: model.RoleSales, Keys: []string{keyOne}})
	good := model.Person{Code: "ben", Name: "Ben", Role: model.RoleLook, Keys: []string{keyTwo}}
	for name, test := range map[string]struct {
		spoil func(*model.Person)
		want  error
	}{
		"no name":            {func(p *model.Person) { p.Name = " " }, Invalid{good.Key(), "name", "empty"}},
		"no role":            {func(p *model.Person) { p.Role = "" }, Invalid{good.Key(), "role", "unknown"}},
		"unknown department": {func(p *model.Person) { p.Department = "it" }, Invalid{good.Key(), "department", "unknown"}},
		"no key":             {func(p *model.Person) { p.Keys = []string{"x"} }, Invalid{good.Key(), "keys", "key"}},
	} {
		t.Run(name, func(t *testing.T) {
			bad := good
			test.spoil(&bad)
			require.ErrorIs(t, untouched(t, s, func() error {
				_, err := s.Apply(lead, Request{Action: "test", Puts: []Put{{Record: bad}}})
				return err
			}), test.want)
		})
	}
	good.Keys = []string{keyTwo, keyOne}
	var taken KeyTaken
	require.ErrorAs(t, untouched(t, s, func() error {
		_, err := s.Apply(lead, Request{Action: "test", Puts: []Put{{Record: good}}})
		return err
	}), &taken)
	require.Equal(t, "anna", taken.Person.Code)
	good.Keys = []string{keyTwo}
	apply(t, s, good)
	book, err := s.Book()
	require.NoError(t, err)
	person, ok := book.Admitted(keyTwo)
	require.True(t, ok)
	require.Equal(t, "ben", person.Code)
	requireSound(t, s)
}
