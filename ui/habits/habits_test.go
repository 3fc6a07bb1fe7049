package habits

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
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
