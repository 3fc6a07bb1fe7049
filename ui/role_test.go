package ui

// What one works for: asked at the first start, and never again.

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/habits"
	"doppelpass/ui/session"
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
	require.Empty(t, remembered.Get(habits.Role), "a window closed now has answered nothing")
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

// Whoever knows where they want to go is not held up: the key does what it does without the
// question, the letters behind it, too, and the question comes again at the next start.
func TestTheQuestionForTheRoleStandsInNobodysWay(t *testing.T) {
	remembered, err := habits.Load(filepath.Join(t.TempDir(), "config"), func(string) string { return "" })
	require.NoError(t, err)
	st := uitest.New(t, text.English, uitest.Company()...)
	r := newRoot(st.Session, Options{Habits: remembered, AskRole: true})
	r.Init()
	r.Update(tea.WindowSizeMsg{Width: 100, Height: 26})
	r.Update(uitest.KeyOf("3")) // at once
	require.Empty(t, r.modals)
	require.Equal(t, session.PageAccounts, r.front)
	require.Equal(t, model.RoleLead, st.Session.Actor.Role)
	require.Empty(t, remembered.Get(habits.Role))
}

// The question for another role begins on the present one, and the new role's side of the
// signals has the keys at once.
func TestAnotherRoleBringsItsOwnSideToTheKeys(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	st.Session.Actor.Role = model.RoleSales
	h := newHand(t, st, session.PageSignals)
	h.run(h.root.chooseRole())
	require.Regexp(t, `▸ +sales`, ansi.Strip(h.root.View()))
	h.press("down", "enter")
	require.Equal(t, model.RoleMarketing, st.Session.Actor.Role)
	lines := strings.Split(ansi.Strip(h.root.View()), "\n")
	cursor := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "▸") })
	require.Positive(t, cursor, "the cursor stands in the first list: marketing's\n%s", strings.Join(lines, "\n"))
	require.Contains(t, lines[2], "Marketing")
	require.Less(t, strings.Index(lines[2], "Marketing"), strings.Index(lines[2], "Sales"))
}
