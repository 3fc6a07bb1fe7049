package habits

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/temporary"
)

func TestHabitsAreRememberedAndWhatIsAroundThemStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doppelpass", "config")
	vars := map[string]string{}
	getenv := func(name string) string { return vars[name] }
	h, err := Load(path, getenv)
	require.NoError(t, err)
	require.Empty(t, h.Get(Theme))
	require.NoError(t, h.Set(Theme, "light"))
	require.NoError(t, os.WriteFile(path, []byte("# mine\ntheme = light\nkey.visit.log = w  f5\nlater = 1\nrole = king\n"), 0o600))
	h, err = Load(path, getenv)
	require.NoError(t, err)
	require.Equal(t, "light", h.Get(Theme))
	require.Equal(t, map[string][]string{"visit.log": {"w", "f5"}}, h.Keys())
	require.Empty(t, h.Get(Role), "a value that is none counts as none")
	require.NoError(t, h.Set(Role, "sales"))
	require.NoError(t, h.Set(Theme, ""))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "# mine\nkey.visit.log = w  f5\nlater = 1\nrole = sales\n", string(content))
	vars["DOPPELPASS_ROLE"] = "marketing"
	require.Equal(t, "marketing", h.Get(Role), "the environment stands above the file")
	require.ErrorIs(t, h.Set("colour", "blue"), ErrUnknown)
	require.ErrorIs(t, h.Set(Theme, "blue"), ErrValue)
	var none *Habits
	require.Empty(t, none.Get(Theme))
	require.NoError(t, none.Set(Theme, "dark"))
}

// What cannot be read as settings is told, and a mark that an editor puts in front is none of them.
func TestWhatIsNoSettingsIsNotTakenForNone(t *testing.T) {
	path, nothing := filepath.Join(t.TempDir(), "config"), func(string) string { return "" }
	require.NoError(t, os.WriteFile(path, []byte("\ufefflanguage = de\n"), 0o600))
	h, err := Load(path, nothing)
	require.NoError(t, err)
	require.Equal(t, "de", h.Get(Language))
	require.NoError(t, os.WriteFile(path, []byte("\xff\xfel\x00a\x00n\x00"), 0o600))
	_, err = Load(path, nothing)
	require.ErrorIs(t, err, temporary.ErrNoFile)
	require.NoError(t, os.Truncate(path, 1<<30))
	_, err = Load(path, nothing)
	require.ErrorIs(t, err, temporary.ErrNoFile)
}
