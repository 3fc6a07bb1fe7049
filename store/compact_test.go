package store

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// Who has the store open has it written anew when it is closed, and nothing else changes.
func TestTheFileIsWrittenAnewWhenItIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path)
	apply(t, s, model.Account{Code: "K1", Name: "Adler", Note: strings.Repeat("many samples ", 400)}, model.Contact{Account: "K1", Name: planted})
	_, err := s.Erase(lead, Who{Name: planted})
	require.NoError(t, err)
	before := records(t, s)
	require.NoError(t, s.Close())
	require.Positive(t, bytesOf(t, path), "deleted pages keep their bytes")

	s = openAt(t, path)
	s.CompactWhenClosed()
	require.NoError(t, s.Reading().Close())
	require.NoError(t, s.Close())
	s = openAt(t, path)
	requireSame(t, before, records(t, s))
	requireSound(t, s)
	require.NoError(t, s.Close())
	require.Zero(t, bytesOf(t, path))
}
