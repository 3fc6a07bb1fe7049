package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// withOneAccount is a new store with one step, made at a time.
func withOneAccount(t *testing.T, path string, at time.Time) *Store {
	t.Helper()
	s, err := Open(path, Options{Now: func() time.Time { return at }})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Apply(model.Actor{Name: "lead", Role: model.RoleLead}, Request{Action: "account.add", Puts: []Put{{Record: model.Account{Code: "K-1", Name: "Beck"}}}})
	require.NoError(t, err)
	return s
}

func TestATimersBackupsAreRotatedAndNothingElseIsTouched(t *testing.T) {
	day := time.Date(2026, time.November, 1, 2, 0, 0, 0, time.UTC)
	s := withOneAccount(t, filepath.Join(t.TempDir(), "team.db"), day)
	other := withOneAccount(t, filepath.Join(t.TempDir(), "team.db"), day.Add(time.Hour))
	folder := filepath.Join(t.TempDir(), "backups")
	require.NoError(t, os.Mkdir(folder, 0o700))
	kept := []string{"letter.txt", "team-backup-2026-10-01-020000.db", "team-backup-2026-10-02-020000.db", "team-backup-by-hand.db"}
	require.NoError(t, os.WriteFile(filepath.Join(folder, kept[0]), []byte("Dear all"), 0o600))
	require.NoError(t, other.Backup(filepath.Join(folder, kept[1]))) // of other data that is called the same
	require.NoError(t, os.WriteFile(filepath.Join(folder, kept[2]), []byte("no store"), 0o600))
	require.NoError(t, s.Backup(filepath.Join(folder, kept[3])))

	var last Rotation
	for n := range 5 {
		var err error
		last, err = s.RotateBackups(context.Background(), folder, 3, day.AddDate(0, 0, n))
		require.NoError(t, err)
		require.Len(t, last.Foreign, 2)
	}
	require.Equal(t, []string{filepath.Join(folder, "team-backup-2026-11-02-020000.db")}, last.Removed)
	require.ElementsMatch(t, append(kept, "team-backup-2026-11-03-020000.db", "team-backup-2026-11-04-020000.db", "team-backup-2026-11-05-020000.db"), names(t, folder))

	last, err := s.RotateBackups(context.Background(), folder, 1, day.AddDate(-1, 0, 0)) // the clock went back
	require.NoError(t, err)
	require.FileExists(t, last.Path, "the copy just made is never the one that goes")
	require.Len(t, last.Removed, 3)
	_, err = s.RotateBackups(context.Background(), folder, 1, day.AddDate(-1, 0, 0))
	require.ErrorIs(t, err, os.ErrExist)
	require.FileExists(t, last.Path)
}

// A clock that was a year ahead has left copies with days to come in their names. Once it is
// put right they are the first to go, and not those of the days that follow.
func TestCopiesOfAClockThatWentAheadGoFirst(t *testing.T) {
	day := time.Date(2026, time.November, 1, 2, 0, 0, 0, time.UTC)
	s := withOneAccount(t, filepath.Join(t.TempDir(), "team.db"), day)
	folder := filepath.Join(t.TempDir(), "backups")
	for n := range 3 {
		_, err := s.RotateBackups(context.Background(), folder, 3, day.AddDate(1, 0, n))
		require.NoError(t, err)
	}
	for n := range 4 {
		_, err := s.RotateBackups(context.Background(), folder, 3, day.AddDate(0, 0, n))
		require.NoError(t, err)
	}
	require.ElementsMatch(t, []string{"team-backup-2026-11-02-020000.db", "team-backup-2026-11-03-020000.db", "team-backup-2026-11-04-020000.db"}, names(t, folder))
}
