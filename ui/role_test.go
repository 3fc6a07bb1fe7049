package ui

// What one works for: asked at the first start, and never again.

import (
	"path/filepath"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/habits"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// What one works for is asked once, at the first start, and kept.
func TestTheRoleIsAskedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config")
	remembered, err := habits.Load(path, func(string) string { return "" })
	require.NoError(t, err)
	st := uitest.New(t, text.German, uitest.Company()...)
	r := newRoot(st.Session, Options{Habits: remembered, AskRole: true})
	r.Init()
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	require.Contains(t, r.View(), "Wofür arbeiten Sie?")
	for _, key := range []string{"down", "down", "enter"} {
		r.shownAt = time.Time{} // long ago
		r.Update(uitest.KeyOf(key))
	}
	require.Empty(t, r.modals)
	require.Equal(t, model.RoleMarketing, st.Session.Actor.Role)
	again, err := habits.Load(path, func(string) string { return "" })
	require.NoError(t, err)
	require.Equal(t, "marketing", again.Get(habits.Role))
}

// Who puts the question away is what they were, and is not asked again.
func TestTheQuestionForTheRoleMayBePutAway(t *testing.T) {
	remembered, err := habits.Load(filepath.Join(t.TempDir(), "config"), func(string) string { return "" })
	require.NoError(t, err)
	st := uitest.New(t, text.English, uitest.Company()...)
	r := newRoot(st.Session, Options{Habits: remembered, AskRole: true})
	r.Init()
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	r.shownAt = time.Time{}
	r.Update(uitest.KeyOf("esc"))
	require.Empty(t, r.modals)
	require.Equal(t, string(model.RoleLead), remembered.Get(habits.Role))
}
