package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Who wrote a note is who changed it last and whose change stands.
func TestWhoWroteANoteIsWhoChangedItLast(t *testing.T) {
	s := open(t)
	a := model.Account{Code: "K1", Name: "Krämer", Note: "first"}
	put := func(actor model.Actor) {
		_, err := s.Apply(actor, Request{Action: "account.edit", Puts: []Put{{Record: a}}})
		require.NoError(t, err)
	}
	anna, ben := model.Actor{Name: "Anna", Role: model.RoleLead}, model.Actor{Name: "Ben", Role: model.RoleLead}
	put(anna)
	a.MarketingNote = "from marketing"
	put(ben)
	a.Phone = "0711 1"
	put(anna) // no note
	wrote, err := s.Wrote(a.Key(), "note", "marketing_note")
	require.NoError(t, err)
	require.Equal(t, "Anna", wrote["note"].Actor)
	require.Equal(t, "Ben", wrote["marketing_note"].Actor)
	a.Note = "second"
	put(ben)
	wrote, err = s.Wrote(a.Key(), "note")
	require.NoError(t, err)
	require.Equal(t, "Ben", wrote["note"].Actor)
	_, err = s.Undo(ben)
	require.NoError(t, err)
	wrote, err = s.Wrote(a.Key(), "note")
	require.NoError(t, err)
	require.Equal(t, "Anna", wrote["note"].Actor, "what was taken back wrote nothing")
}

// A store begins with its first step, unless that made the data with a past of its own.
func TestAStoreBeginsWithItsFirstStep(t *testing.T) {
	s := open(t)
	day, err := s.Begun()
	require.NoError(t, err)
	require.Zero(t, day)
	apply(t, s, model.Rep{Code: "1", Name: "1"})
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	day, err = s.Begun()
	require.NoError(t, err)
	require.Equal(t, model.DateOf(entries[len(entries)-1].At.Local()), day)

	made := open(t)
	require.NoError(t, made.Load(lead, "demo", "", func(l *Loader) error { return l.Put(model.Rep{Code: "1", Name: "1"}) }))
	day, err = made.Begun()
	require.NoError(t, err)
	require.Zero(t, day, "its past is its own")
}
