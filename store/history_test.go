package store

// Undo and redo: the cases that are worth reading; properties_test.go has the
// many.

import (
	"testing"

	"github.com/stretchr/testify/require"
	bbolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// undo and redo travel one step and name it.
func undo(t testing.TB, s *Store) uint64 {
	t.Helper()
	e, err := s.Undo(lead)
	require.NoError(t, err)
	return e.Step
}

func redo(t testing.TB, s *Store) uint64 {
	t.Helper()
	e, err := s.Redo(lead)
	require.NoError(t, err)
	return e.Step
}

func TestOnlyWhatWasUndoneSinceTheLastChangeCanBeRedone(t *testing.T) {
	s := open(t)
	rep := func(code string) { apply(t, s, model.Rep{Code: code, Name: code}) }
	rep("1")
	rep("2")
	rep("3")
	require.EqualValues(t, 3, undo(t, s)) // by step 4: taking back is a step of its own
	rep("4")                              // step 5 ends 3 for good
	require.EqualValues(t, 5, undo(t, s))
	require.EqualValues(t, 2, undo(t, s), "3 does not stand any more")
	rep("5") // step 8 ends 5 and, beyond 3, also 2
	_, err := s.Redo(lead)
	require.ErrorIs(t, err, ErrNothingToRedo)
	require.EqualValues(t, 8, undo(t, s))
	require.EqualValues(t, 8, redo(t, s))
	_, err = s.Redo(lead)
	require.ErrorIs(t, err, ErrNothingToRedo)
	require.EqualValues(t, 8, undo(t, s))
	require.EqualValues(t, 1, undo(t, s))
	_, err = s.Undo(lead)
	require.ErrorIs(t, err, ErrNothingToUndo)
	require.EqualValues(t, 1, redo(t, s))
	require.EqualValues(t, 8, redo(t, s))

	entries, err := s.History(0, 0)
	require.NoError(t, err)
	var undone []bool
	for _, e := range entries {
		undone = append(undone, e.Undone)
	}
	require.Equal(t, []bool{false, true, true, true, false}, undone)
	page, err := s.History(5, 2)
	require.NoError(t, err)
	require.EqualValues(t, []uint64{3, 2}, []uint64{page[0].Step, page[1].Step})
	page, err = s.History(99, 1)
	require.NoError(t, err)
	require.EqualValues(t, 8, page[0].Step)
}

func TestNextSaysWhatUndoAndRedoWouldDo(t *testing.T) {
	s := open(t)
	back, forth, err := s.Next()
	require.NoError(t, err)
	require.Nil(t, back)
	require.Nil(t, forth)
	apply(t, s, model.Rep{Code: "1"})
	apply(t, s, model.Rep{Code: "2"})
	undo(t, s)
	back, forth, err = s.Next()
	require.NoError(t, err)
	require.EqualValues(t, 1, back.Step)
	require.EqualValues(t, 2, forth.Step)
	require.Equal(t, "tester", forth.UndoneBy)
	require.False(t, forth.UndoneAt.IsZero())
	redo(t, s)
	_, forth, err = s.Next()
	require.NoError(t, err)
	require.Nil(t, forth)
}

func TestAChangeThatChangesNothingIsNoStep(t *testing.T) {
	s := open(t)
	account := model.Account{Code: "K1", Name: "Eins"}
	other := account
	other.Name = "Zwei"
	apply(t, s, account)
	require.Empty(t, apply(t, s, account).Edits)
	apply(t, s, other, account) // there and back
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

// Within one change things may come, move and go.
func TestComingAndGoingWithinOneChange(t *testing.T) {
	first := day(t, "2026-01-02")
	visit := model.Visit{Account: "K1", Date: first, Rep: "R1", Ref: "v"}
	moved := visit
	moved.Date++
	call := model.Call{Account: "K1", Date: first, Agent: "M", Ref: "c", Outcome: model.CallOptOut}
	later := call
	later.Date++
	from, callFrom := visit.Key(), call.Key()
	renewed := model.Account{Code: "K1", Name: "neu"}
	for name, r := range map[string]Request{
		"a visit comes and moves":      {Puts: []Put{{Record: visit}, {Record: moved, Replaces: &from}}},
		"a call comes and moves":       {Puts: []Put{{Record: call}, {Record: later, Replaces: &callFrom}}},
		"an account goes and comes":    {Deletes: []model.Key{renewed.Key()}, Puts: []Put{{Record: renewed, New: true}}},
		"it comes with the same visit": {Deletes: []model.Key{renewed.Key()}, Puts: []Put{{Record: renewed}, {Record: model.Visit{Account: "K1", Date: first, Rep: "R9"}}, {Record: call}}},
		"a visit goes and comes":       {Deletes: []model.Key{{Table: model.TableVisits, Code: "K1", Date: first, By: "R9"}}, Puts: []Put{{Record: model.Visit{Account: "K1", Date: first, Rep: "R9"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			apply(t, s, model.Account{Code: "K1", Name: "alt"}, model.Visit{Account: "K1", Date: first, Rep: "R9"},
				model.Call{Account: "K1", Date: first, Agent: "N"}, model.PlannedVisit{Account: "K1", Date: first, Rep: "R1"})
			f := follow(t, s)
			before := recordsOf(t, s)
			_, err := s.Apply(lead, r)
			require.NoError(t, err)
			f.requireFresh(t)
			requireSound(t, s)
			after := recordsOf(t, s)
			steps, err := s.History(0, 0)
			require.NoError(t, err)
			if len(steps) == 1 { // there and back is no step
				require.Equal(t, before, after)
				return
			}
			undo(t, s)
			f.requireFresh(t)
			requireSound(t, s)
			require.Equal(t, before, recordsOf(t, s))
			redo(t, s)
			f.requireFresh(t)
			requireSound(t, s)
			require.Equal(t, after, recordsOf(t, s))
		})
	}
}

// A step that was taken back and made again stands, and the history still says who did both.
func TestWhoUndidAStepIsToldAfterItWasDoneAgain(t *testing.T) {
	s := open(t)
	apply(t, s, model.Rep{Code: "1"})
	apply(t, s, model.Rep{Code: "2"})
	anna, ben := model.Actor{Name: "Anna", Role: model.RoleLead}, model.Actor{Name: "Ben", Role: model.RoleLead}
	for _, turn := range []func() (Entry, error){
		func() (Entry, error) { return s.UndoStep(anna, 2) },
		func() (Entry, error) { return s.Redo(ben) },
		func() (Entry, error) { return s.UndoStep(ben, 2) },
	} {
		_, err := turn()
		require.NoError(t, err)
	}
	told := func() (by []string) {
		entries, err := s.History(3, 1) // the turns came after it
		require.NoError(t, err)
		require.EqualValues(t, 2, entries[0].Step)
		for _, turn := range entries[0].Turns {
			by = append(by, map[bool]string{true: "undone by ", false: "done again by "}[turn.Undone]+turn.By)
			require.False(t, turn.At.IsZero())
		}
		return by
	}
	require.Equal(t, []string{"undone by Anna", "done again by Ben", "undone by Ben"}, told())
	_, err := s.Redo(anna)
	require.NoError(t, err)
	require.Equal(t, []string{"undone by Anna", "done again by Ben", "undone by Ben", "done again by Anna"}, told())
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	require.False(t, entries[0].Undone)
	require.Empty(t, entries[1].Turns)
}

// What says that a step was taken back may be lost at the end of its page, where no neighbour
// tells: the history is not told without it.
func TestALostReversalIsTold(t *testing.T) {
	s := open(t)
	apply(t, s, model.Rep{Code: "1"})
	apply(t, s, model.Rep{Code: "2"})
	undo(t, s)
	require.NoError(t, s.db.now.DB.DB.Update(func(tx *bbolt.Tx) error {
		key, _ := tx.Bucket(reversedBucket).Cursor().Last()
		return tx.Bucket(reversedBucket).Delete(key)
	}))
	_, err := s.History(0, 0)
	require.ErrorAs(t, err, &Damaged{})
}
