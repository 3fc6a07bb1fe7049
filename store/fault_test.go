package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// A server outlives the fault of one session. What that session was writing is rolled back,
// the names that it brought with it among the rest, and what others write can be read.
func TestWhatAFaultBreaksOffLeavesNothingForOthers(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Metallbau"})
	visit := model.Visit{Account: "K1", Date: day(t, "2026-11-20"), Rep: "R9", Outcome: "order"}
	require.PanicsWithValue(t, "a fault", func() {
		_, _ = s.update(func(w *writer) error {
			require.NoError(t, w.putRecord(Put{Record: visit}))
			panic("a fault")
		})
	})
	require.PanicsWithValue(t, "a fault", func() {
		_ = s.updates(func(_ *bolt.Tx, next func() (*writer, error)) error {
			w, err := next()
			require.NoError(t, err)
			require.NoError(t, w.putRecord(Put{Record: visit}))
			panic("a fault")
		})
	})
	apply(t, s, visit)
	visits, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Equal(t, []model.Visit{visit}, plainVisits(visits))
	requireSound(t, s)
}

// A store that was being filled can be changed, and closed, after a fault.
func TestAFaultWhileAStoreIsFilledHoldsNobodyUp(t *testing.T) {
	s := open(t)
	require.PanicsWithValue(t, "a fault", func() {
		_ = s.Load(lead, "demo", "", func(l *Loader) error {
			require.NoError(t, l.Put(model.Account{Code: "K1", Name: "Metallbau"}))
			panic("a fault")
		})
	})
	apply(t, s, model.Account{Code: "K2", Name: "Holzbau"})
	_, err := s.Get(model.Account{Code: "K1"}.Key())
	require.ErrorAs(t, err, &NotFound{})
	requireSound(t, s)
}

// A fault while a change is put into the Book that all share keeps nobody from reading it, and
// the next change brings a Book as the store is.
func TestAfterAFaultInTheBookOthersReadOn(t *testing.T) {
	s := open(t)
	live, err := s.Live()
	require.NoError(t, err)
	broken := model.Change{Edits: []model.Edit{{After: model.Account{Code: "K9", Name: "half"}}, {}}}
	require.Panics(t, func() { s.publish(broken) })
	apply(t, s, model.Account{Code: "K1", Name: "Metallbau"})
	require.NoError(t, live.Settle(t.Context()))
	live.Read(func(b *model.Book) {
		require.NotNil(t, b.Account("K1"))
		require.Nil(t, b.Account("K9"))
	})
}
