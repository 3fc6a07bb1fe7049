package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// A change is acknowledged only where it is in the file at the store's place: whoever
// deletes the file or puts another one there takes nothing away unseen.
func TestNothingIsSavedIntoAFileThatIsNotInItsPlace(t *testing.T) {
	for name, move := range map[string]func(t *testing.T, path, other string){
		"deleted":              func(t *testing.T, path, _ string) { require.NoError(t, os.Remove(path)) },
		"its folder is gone":   func(t *testing.T, path, _ string) { require.NoError(t, os.RemoveAll(filepath.Dir(path))) },
		"another in its place": func(t *testing.T, path, other string) { require.NoError(t, os.Rename(other, path)) },
		"a copy of its bytes": func(t *testing.T, path, _ string) {
			whole, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(path+".new", whole, 0o600))
			require.NoError(t, os.Rename(path+".new", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path, other := filepath.Join(folder, "data", "s.db"), filepath.Join(folder, "other.db")
			s, err := Open(path, Options{})
			require.NoError(t, err)
			defer func() { _ = s.Close() }()
			put := func(s *Store, code string) error {
				_, err := s.Apply(lead, Request{Action: "account.new", Puts: []Put{{Record: model.Account{Code: code, Name: code}}}})
				return err
			}
			require.NoError(t, put(s, "K1"))
			second, err := Open(other, Options{})
			require.NoError(t, err)
			require.NoError(t, put(second, "K9"))
			require.NoError(t, second.Close())

			move(t, path, other)
			var displaced Displaced
			require.ErrorAs(t, put(s, "K2"), &displaced)
			_, err = s.Undo(lead)
			require.ErrorAs(t, err, &displaced)
			book, err := s.Book()
			require.NoError(t, err)
			require.NotNil(t, book.Account("K1"), "what was there can be read on")
			require.Nil(t, book.Account("K2"))

			rescued := filepath.Join(folder, "rescued.db")
			require.NoError(t, s.Backup(rescued))
			s.CompactWhenClosed()
			_ = s.Close()
			codes := func(path string) (codes []string) {
				s, err := Open(path, Options{ReadOnly: true})
				require.NoError(t, err)
				defer s.Close()
				book, err := s.Book()
				require.NoError(t, err)
				for a := range book.Accounts {
					codes = append(codes, a.Code)
				}
				return codes
			}
			require.Equal(t, []string{"K1"}, codes(rescued))
			if name == "another in its place" {
				require.Equal(t, []string{"K9"}, codes(path), "the other file is left alone")
			}
		})
	}
}
