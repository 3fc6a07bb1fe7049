package store

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// A clock that is put back, or stands where no clock should, changes nothing of the order
// of steps: undo takes back the one made last, whatever time it bears.
func TestTheOrderOfStepsIsNotTheClocks(t *testing.T) {
	times := []time.Time{
		time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		time.Date(2027, 11, 24, 9, 0, 0, 0, time.UTC),  // a year ahead by mistake
		time.Date(2026, 11, 24, 8, 59, 0, 0, time.UTC), // put right
		time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),    // an empty battery
		time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC), // before any
		time.Date(9999, 12, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 11, 24, 9, 1, 0, 0, time.FixedZone("", -11*3600)),
	}
	now := times[0]
	s, err := Open(filepath.Join(t.TempDir(), "s.db"), Options{Now: func() time.Time { return now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	var states []map[model.Key]string
	for n, at := range times {
		states = append(states, recordsOf(t, s))
		now = at
		apply(t, s, model.Account{Code: "K1", Name: string(rune('A' + n))})
	}
	last := recordsOf(t, s)
	sound(t, s)
	f := follow(t, s)
	for n := len(times) - 1; n >= 0; n-- {
		now = times[len(times)-1-n]
		undo(t, s)
		require.Equal(t, states[n], recordsOf(t, s))
		f.requireFresh(t)
	}
	for range times {
		_, err := s.Redo(lead)
		require.NoError(t, err)
	}
	require.Equal(t, last, recordsOf(t, s))
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	require.Len(t, entries, len(times))
	for n, e := range entries { // the latest first
		require.EqualValues(t, len(times)-n, e.Step)
		require.True(t, e.At.Equal(times[len(times)-1-n]), "%v", e.At)
	}
	sound(t, s)
}

// Rows logged one after the other have identities in this order, also while the clock goes
// back.
func TestIdentitiesGrowWhileTheClockGoesBack(t *testing.T) {
	at := time.Now().Add(time.Hour)
	before := newRowID(at)
	for range 100 {
		at = at.Add(-time.Minute)
		id := newRowID(at)
		require.Negative(t, bytes.Compare(before[:], id[:]))
		before = id
	}
}
