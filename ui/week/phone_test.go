package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
	"doppelpass/ui/words"
)

// Who wants no calls has no number to be dialled, in the week as on its sheets.
func TestTheWeekShowsNoNumberThatMustNotBeDialled(t *testing.T) {
	st := uitest.New(t, text.German, append(uitest.Company(), model.Call{Account: "K10", Date: uitest.Today - 3, Agent: "Anna", Outcome: model.CallOptOut})...)
	say := words.Week{Text: st.Session.Look.Text, Book: st.Session.Book}
	phone := func(a model.Account) string { return say.Phone(a, uitest.Today) }
	require.Equal(t, "0711 1", phone(model.Account{Code: "K1", Phone: "0711 1"}))
	require.Equal(t, "○ nicht anrufen", phone(model.Account{Code: "K1", Phone: "0711 1", DoNotCall: true}))
	require.Equal(t, "○ nicht anrufen", phone(model.Account{Code: "K10", Phone: "0711 1"}), "opted out on the telephone")
	require.Empty(t, phone(model.Account{Code: "K1", DoNotCall: true}))
}
