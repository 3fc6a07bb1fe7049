package store

// Stores that earlier versions of the program wrote open, keep everything, and
// their last step can be taken back.

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// oldStore lays a store of an earlier version into a temporary folder.
func oldStore(t *testing.T, name string) string {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	data, err := io.ReadAll(reader)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "s.db")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

// The store of schema 1 came to be by seven imports: everything; more accounts; a
// visit; a territory renamed (taken back for good); another renamed; and a rep
// renamed twice (both taken back, and could be made again).
// That of schema 2 is the same, brought up to it.
func TestAStoreOfAnOlderSchemaOpensWithItsHistory(t *testing.T) {
	for version := uint32(1); version < schemaVersion; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) { opensWithItsHistory(t, version) })
	}
}

func opensWithItsHistory(t *testing.T, version uint32) {
	path := oldStore(t, fmt.Sprintf("schema-%d.db.gz", version))
	_, err := Open(path, Options{ReadOnly: true})
	require.ErrorIs(t, err, OlderSchema{Found: version, Known: schemaVersion})
	s := openAt(t, path)
	defer s.Close()
	backup := fmt.Sprintf("%s.schema-%d", path, version)
	require.Equal(t, &Migration{From: version, To: schemaVersion, Backup: backup}, s.Migrated())
	require.FileExists(t, backup)
	sound(t, s)
	f := follow(t, s)

	rep := func() string {
		r, err := s.Get(model.Rep{Code: "R2"}.Key())
		require.NoError(t, err)
		return r.(model.Rep).Name
	}
	require.Equal(t, "Mika Adler", rep())
	info, err := s.Info()
	require.NoError(t, err)
	require.Equal(t, 6, info.Counts[model.TableVisits])
	require.Equal(t, 3, info.Counts[model.TableCalls])
	require.Equal(t, 5, info.Counts[model.TableAccounts])
	book, err := s.Book()
	require.NoError(t, err)
	require.True(t, book.OptedOut("K3", day(t, "2026-10-05")), "the call of that day said so")
	require.True(t, book.OptedOut("K2", model.LastDate), "marked do-not-call")

	entries, err := s.History(0, 0)
	require.NoError(t, err)
	var undone []bool
	for _, e := range entries {
		undone = append(undone, e.Undone)
	}
	require.Equal(t, []bool{true, true, false, true, false, false, false}, undone)
	edits, _, err := s.StepEdits(2, 0)
	require.NoError(t, err)
	require.Len(t, edits, 2, "what an old step changed can still be told")

	// Forth and back through all of it.
	before := recordsOf(t, s)
	redo(t, s)
	require.Equal(t, "Mika Adler-Brandt", rep())
	redo(t, s)
	require.Equal(t, "Mika Brandt", rep())
	_, err = s.Redo(lead)
	require.ErrorIs(t, err, ErrNothingToRedo)
	for _, step := range []uint64{7, 6} {
		require.Equal(t, step, undo(t, s))
	}
	require.Equal(t, before, recordsOf(t, s))
	for _, step := range []uint64{5, 3, 2, 1} {
		require.Equal(t, step, undo(t, s))
		f.requireFresh(t)
	}
	require.Empty(t, recordsOf(t, s))
	_, err = s.Undo(lead)
	require.ErrorIs(t, err, ErrNothingToUndo)
	sound(t, s)
	for range 4 {
		redo(t, s)
	}
	require.Equal(t, before, recordsOf(t, s))
	f.requireFresh(t)
	sound(t, s)
}

// A migration that is broken off leaves the store as it was, and the next start
// tries again.
func TestAMigrationBrokenOffLosesNothing(t *testing.T) {
	whole := migrations
	defer func() { migrations = whole }()
	path := oldStore(t, "schema-1.db.gz")
	broken := func(end func() error) func(migration) migration {
		return func(m migration) migration {
			return func(s *Store) (func(*bolt.Tx) error, error) {
				take, err := m(s)
				return func(tx *bolt.Tx) error { return errors.Join(take(tx), end()) }, err
			}
		}
	}
	full := broken(func() error { return errors.New("the disk is full") })
	fault := broken(func() error { panic("a fault") })
	for _, faulty := range [][]migration{{full(whole[0])}, {fault(whole[0])}, {whole[0], full(whole[1])}, {nil, fault(whole[1])}} {
		migrations = faulty
		func() {
			defer func() { _ = recover() }()
			s, err := Open(path, Options{})
			require.Error(t, err)
			require.Nil(t, s)
		}()
	}
	migrations = whole
	s := openAt(t, path)
	defer s.Close()
	require.Equal(t, path+".schema-2-2", s.Migrated().Backup, "it got as far as schema 2")
	sound(t, s)
	copied := openAt(t, path+".schema-1")
	defer copied.Close()
	require.NotNil(t, copied.Migrated(), "the first copy is whole, and of schema 1")
	require.Equal(t, recordsOf(t, s), recordsOf(t, copied))
}
