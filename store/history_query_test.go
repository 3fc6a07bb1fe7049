package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func stepsOf(t *testing.T, s *Store, q HistoryQuery) (steps []uint64) {
	t.Helper()
	entries, err := s.FindHistory(q)
	require.NoError(t, err)
	for _, e := range entries {
		steps = append(steps, e.Step)
	}
	return steps
}

// The history of an account has what belongs to it, too, in both forms of the journal.
func TestTheHistoryOfAnAccountHasAllThatBelongsToIt(t *testing.T) {
	for _, limit := range []int{0, 500} {
		func() {
			defer func(before int) { journalLimit = before }(journalLimit)
			journalLimit = limit
			s := open(t)
			day := model.NewDate(2026, 11, 24)
			apply(t, s, model.Account{Code: "K1", Name: "A"}, model.Account{Code: "K2", Name: "B"}, model.Territory{Code: "K1", Name: "Same code"})
			apply(t, s, model.Contact{Account: "K1", Name: "Petra"})
			apply(t, s, model.Visit{Account: "K2", Date: day, Rep: "R1"})
			apply(t, s, model.Visit{Account: "K1", Date: day, Rep: "R1"})
			apply(t, s, model.Territory{Code: "K1", Name: "Renamed"})
			require.Equal(t, []uint64{4, 2, 1}, stepsOf(t, s, HistoryQuery{Account: "K1"}))
			require.Equal(t, []uint64{4}, stepsOf(t, s, HistoryQuery{Account: "K1", Table: model.TableVisits}))
			require.Equal(t, []uint64{3, 1}, stepsOf(t, s, HistoryQuery{Account: "K2"}))
			require.Equal(t, []uint64{5, 1}, stepsOf(t, s, HistoryQuery{Record: model.Key{Table: model.TableTerritories, Code: "K1"}}))
		}()
	}
}

// Of a long step the first edits are the same as of all of them.
func TestTheFirstEditsOfALongStep(t *testing.T) {
	defer func(before int) { journalLimit = before }(journalLimit)
	journalLimit = 0
	s := open(t)
	var records []model.Record
	for i := range 3 * imagesAtOnce {
		records = append(records, model.Account{Code: string(rune('a'+i/26/26)) + string(rune('a'+i/26%26)) + string(rune('a'+i%26)), Name: "n"})
	}
	apply(t, s, records...)
	all, more, err := s.StepEdits(1, 0)
	require.NoError(t, err)
	require.False(t, more)
	require.Len(t, all, len(records))
	for _, limit := range []int{1, 10, imagesAtOnce, len(records) - 1} {
		some, more, err := s.StepEdits(1, limit)
		require.NoError(t, err)
		require.True(t, more)
		require.Equal(t, all[:limit], some)
	}
}
