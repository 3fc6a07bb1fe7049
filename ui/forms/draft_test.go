package forms_test

// What is half typed outlives the process it was typed in.

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

type drafting interface {
	HalfTyped() (forms.Draft, bool)
	TakeUp(forms.Draft)
}

func TestADraftIsShownAgainAsItWas(t *testing.T) {
	account := func(s *session.Session) model.Account { return s.Book.Account("K10").Account }
	for name, form := range map[string]func(*session.Session) tea.Cmd{
		"a visit":       func(s *session.Session) tea.Cmd { return forms.Visit(s, model.Visit{Account: "K10"}, true) },
		"a call":        func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K10"}, true) },
		"an account":    func(s *session.Session) tea.Cmd { a := account(s); return forms.Account(s, &a) },
		"a new account": func(s *session.Session) tea.Cmd { return forms.Account(s, nil) },
		"a campaign": func(s *session.Session) tea.Cmd {
			return forms.Campaign(s, model.Campaign{Start: uitest.Today, End: uitest.Today + 9}, true)
		},
		"a contact":   func(s *session.Session) tea.Cmd { return forms.Contact(s, model.Contact{Account: "K10"}, true) },
		"a territory": func(s *session.Session) tea.Cmd { return forms.Territory(s, nil) },
		"a rep":       func(s *session.Session) tea.Cmd { return forms.Rep(s, nil) },
		"an absence":  func(s *session.Session) tea.Cmd { return forms.Absence(s, model.Absence{Rep: "R1"}) },
		"a person":    func(s *session.Session) tea.Cmd { return forms.Person(s, model.Person{}) },
	} {
		t.Run(name, func(t *testing.T) {
			st := open(t, text.English, form)
			before := st.Modals[0].(drafting)
			_, ok := before.HalfTyped()
			require.False(t, ok, "nothing is typed yet")
			press(st, "tab", "tab", "tab")
			typed(st, "x5")
			press(st, "tab")
			typed(st, "7")
			draft, ok := before.HalfTyped()
			require.True(t, ok)

			packed := draft.Pack()
			require.NotNil(t, packed)
			unpacked, ok := forms.Unpack(packed)
			require.True(t, ok)
			again := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Reopen(s, unpacked) })
			after := again.Modals[0].(drafting)
			after.TakeUp(unpacked)
			got, ok := after.HalfTyped()
			require.True(t, ok)
			require.Equal(t, draft.Typed, got.Typed)
			require.Equal(t, draft.Focus, got.Focus)
		})
	}
	_, ok := forms.Unpack([]byte("nonsense"))
	require.False(t, ok)
}
