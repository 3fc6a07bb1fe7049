package forms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Who came along is two or three letters and enter for a name that is known, and what was
// typed for one that is not.
func TestGuestsOfAVisitCompleteWithKnownNames(t *testing.T) {
	st := open(t, text.English, newVisit,
		model.Visit{Account: "K11", Date: uitest.Today - 9, Rep: "R1", Guests: []string{"L. Neumann (Marketing)"}},
		model.Visit{Account: "K11", Date: uitest.Today - 8, Rep: "R1", Guests: []string{"L. Neumann (Marketing)", "Dora Hartmann"}},
		model.Person{Code: "paul", Name: "Paul Albrecht", Role: model.RoleLead})
	typed(st, "K10")
	press(st, "enter")
	toGuests(t, st)
	typed(st, "neu")
	require.Contains(t, screen(st), "▸ L. Neumann (Marketing)")
	press(st, "enter") // takes the name and goes on
	press(st, "shift+tab")
	typed(st, "; ")
	require.NotContains(t, screen(st), "▸ L. Neumann", "nobody is offered before a letter is typed")
	typed(st, "al")
	require.Contains(t, screen(st), "▸ L. Neumann (Marketing); Paul Albrecht", "who has not been out yet is offered as well")
	press(st, "enter", "shift+tab")
	typed(st, "Mann")
	require.Contains(t, screen(st), "Paul Albrecht; Mann", "who types behind a name begins the next")
	press(st, "ctrl+s")
	require.Equal(t, []string{"L. Neumann (Marketing)", "Paul Albrecht", "Mann"}, visits(t, st, "K10")[0].Guests, "a new name is kept as it was typed")
}

// toGuests goes to the field of who came along.
func toGuests(t *testing.T, st *uitest.Stage) {
	t.Helper()
	press(st, "tab", "tab", "tab", "tab", "tab", "tab", "tab")
}
