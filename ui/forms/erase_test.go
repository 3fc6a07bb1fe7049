package forms_test

import (
	"os"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/accounts"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

func TestSomebodyIsErasedByAnotherKeyThanTheOneThatAsked(t *testing.T) {
	contact := model.Contact{Account: "K10", Name: "Petra Beispiel", Phone: "0731 1"}
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Erase(s, store.Who{Name: "Petra Beispiel", Account: "K10"})
	}, contact, model.Visit{Account: "K11", Date: 46000, Note: "with Petra Beispiel"})
	require.Contains(t, screen(st), "With Petra Beispiel would go:")
	require.Contains(t, reads(st), "1 record,")
	require.Contains(t, reads(st), "K10")
	there := func() bool {
		_, err := st.Session.Store.Get(contact.Key())
		return err == nil
	}
	press(st, "&", "enter") // the key that asked does nothing, enter closes
	require.Empty(t, st.Modals)
	require.True(t, there())

	show(st, func(s *session.Session) tea.Cmd {
		return forms.Erase(s, store.Who{Name: "Petra Beispiel", Account: "K10"})
	})
	press(st, "L")
	require.False(t, there())
	require.Contains(t, st.Said, "Erased for good: 1 record")
	require.Contains(t, reads(st), "Write the file anew")
	press(st, "y")
	require.Contains(t, st.Said, "written anew as soon as it is closed")
	steps, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "person.erase", steps[0].Action)
}

func TestOfSeveralWhoAreCalledSoThePersonSaysWho(t *testing.T) {
	st := open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Erase(s, store.Who{Name: "Petra Beispiel"}) },
		model.Contact{Account: "K10", Name: "Petra Beispiel"}, model.Contact{Account: "K11", Name: "Petra Beispiel"})
	require.Contains(t, reads(st), "Mehrere heißen „Petra Beispiel“")
	press(st, "down", "enter")
	require.Contains(t, reads(st), "Kunde 1-1")
	press(st, "L", "n")
	_, err := st.Session.Store.Get(model.Contact{Account: "K10", Name: "Petra Beispiel"}.Key())
	require.NoError(t, err, "only who was meant")
}

func TestWhatIsOnHoldIsNeitherErasedNorDeletedNorLetGo(t *testing.T) {
	old := model.Visit{Account: "K10", Date: 45000, Note: "long ago"}
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Erase(s, store.Who{Name: "K10"}) },
		model.Account{Code: "K10", Name: "Kunde 1-0", Territory: "T1", Class: "A", Hold: true}, old)
	require.Empty(t, st.Modals)
	require.Contains(t, st.Failed, "on hold")
	l := st.Session.Book.Account("K10").Account
	show(st, func(s *session.Session) tea.Cmd { return forms.Delete(s, []model.Record{l}) })
	require.Empty(t, st.Modals)
	require.Contains(t, st.Failed, "on hold")
	show(st, func(s *session.Session) tea.Cmd { return forms.Retention(s) })
	require.Contains(t, reads(st), "1 row stays because of a hold: Kunde 1-0 (K10)")
	press(st, "esc")

	// Only the lead has the field.
	st.Show(accounts.New(st.Session), 100, 60)
	show(st, func(s *session.Session) tea.Cmd { return forms.Account(s, &l) })
	require.Contains(t, screen(st), "Hold")
	press(st, "esc")
	st.Session.Actor.Role = model.RoleSales
	show(st, func(s *session.Session) tea.Cmd { return forms.Account(s, &l) })
	require.NotContains(t, screen(st), "Hold")
	press(st, "esc")
	st.Page.(*accounts.Page).Open("K10")
	for _, action := range st.Page.Actions() {
		if action.Name == "person.erase" {
			ok, why := action.Enabled()
			require.False(t, ok)
			require.NotEmpty(t, why)
		}
	}
}

func TestWhatIsTooOldIsShownFirstAndGoesByAnotherKey(t *testing.T) {
	old := model.Visit{Account: "K10", Date: 45000, Time: model.NewClock(9, 0), Note: "long ago"}
	st := open(t, text.German, forms.Retention, old)
	require.Contains(t, screen(st), "Was am 24.11.2026 nach seinem Alter gelöscht würde:")
	require.Contains(t, reads(st), "1 Zeile bis")
	press(st, "&", "enter")
	require.Empty(t, st.Modals)
	notes := func() (notes int) {
		visits, err := st.Session.Store.AccountVisits("K10", 0)
		require.NoError(t, err)
		for _, v := range visits {
			if v.Date == 45000 && v.Note != "" {
				notes++
			}
		}
		return notes
	}
	require.Equal(t, 1, notes())
	show(st, forms.Retention)
	press(st, "L")
	require.Zero(t, notes())
	require.Contains(t, st.Said, "Endgültig gelöscht: 1 Besuchsnotiz")
	press(st, "n")
	show(st, forms.Retention)
	require.Contains(t, reads(st), "Nichts ist älter")
	press(st, "L")
	steps, err := st.Session.Store.History(0, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"retention.apply", "demo"}, []string{steps[0].Action, steps[1].Action}, "once")
}

func TestAllThatIsKnownIsShownAndWritten(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Tell(s, store.Who{Name: "Petra Beispiel"})
	}, model.Contact{Account: "K10", Name: "Petra Beispiel", Phone: "0731 1"}, model.Visit{Account: "K11", Date: 46000, Note: "with Petra Beispiel"})
	require.Contains(t, screen(st), "All that is known of Petra Beispiel")
	require.Contains(t, reads(st), "0731 1")
	steps, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "person.export", steps[0].Action, "the history says who asked")
	path := filepath.Join(t.TempDir(), "petra.json")
	press(st, "X", "ctrl+u")
	typed(st, path)
	press(st, "enter")
	press(st, "enter")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(content), `"phone": "0731 1"`)
}

func TestSeveralAccountsComeUnderAHoldTogether(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Together(s, []model.Account{s.Book.Account("K10").Account, s.Book.Account("K11").Account})
	})
	press(st, "tab", "tab", "tab", "tab", "tab", "right", "ctrl+s")
	require.Contains(t, reads(st), "Hold: yes")
	press(st, "y")
	for code, held := range map[string]bool{"K10": true, "K11": true, "K12": false} {
		require.Equal(t, held, st.Session.Book.Account(code).Hold, code)
	}
}
