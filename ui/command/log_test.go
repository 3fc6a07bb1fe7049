package command

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

func TestAVisitAndACallAreLoggedOnTheCommandLine(t *testing.T) {
	d := withDemo(t)
	read := func(what func(s *store.Store)) {
		s, err := store.Open(d.db, store.Options{ReadOnly: true})
		require.NoError(t, err)
		what(s)
		require.NoError(t, s.Close())
	}
	var one model.Account
	var rep string
	read(func(s *store.Store) {
		book, err := s.Book()
		require.NoError(t, err)
		for _, area := range book.Areas() {
			if area.Rep != "" && len(area.Accounts()) > 0 {
				one, rep = area.Accounts()[0].Account, area.Rep
				break
			}
		}
	})

	said := d.done("visit", "add", one.Code, "--outcome", "order", "--value", "1,250.50", "--minutes", "40", "--time", "8:15", "--guests", "P. Vogt; L. Ernst", "--note", "New samples by Friday")
	require.Contains(t, said, one.Name)
	require.Contains(t, said, "24 Nov 2026")
	said = d.done("call", "add", one.Code, "--outcome", "appointment", "--date", "yesterday", "--agent", "Lena", "--note", "Wants to see them", "--lang", "de")
	require.Contains(t, said, "Anruf eingetragen")
	require.Contains(t, said, "23.11.2026")
	read(func(s *store.Store) {
		visits, err := s.AccountVisits(one.Code, 1)
		require.NoError(t, err)
		v := visits[0]
		require.Equal(t, model.Money(125050), v.Value)
		require.Equal(t, []string{"P. Vogt", "L. Ernst"}, v.Guests)
		require.Equal(t, rep, v.Rep, "the territory's rep")
		require.Equal(t, "08:15", v.Time.String())
		require.Equal(t, "New samples by Friday", v.Note)
		calls, err := s.AccountCalls(one.Code, 1)
		require.NoError(t, err)
		require.Equal(t, model.CallAppointment, calls[0].Outcome)
		require.Equal(t, "Lena", calls[0].Agent)
	})
	require.Contains(t, d.refused(codeFailed, "visit", "add", one.Code, "--time", "8:15"), "on record already", "the same visit a second time")

	for _, wrong := range [][]string{
		{"visit", "add"}, {"visit", "add", "nobody at all"}, {"visit", "add", one.Code, "--date", "tomorrow"}, {"visit", "add", one.Code, "--kind", "perhaps"},
		{"visit", "add", one.Code, "--value", "much"}, {"visit", "add", one.Code, "--minutes", "-1"}, {"visit", "add", one.Code, "--time", "25:00"},
		{"visit", "add", one.Code, "--rep", "nobody"}, {"visit", "add", "GmbH"},
		{"call", "add", one.Code}, {"call", "add", one.Code, "--outcome", "perhaps"}, {"call", "add", one.Code, "--outcome", "reached", "--campaign", "none"},
	} {
		d.refused(codeUsage, wrong...)
	}
	d.done("call", "add", one.Code, "--outcome", "opt-out")
	require.Contains(t, d.done("call", "add", one.Code, "--outcome", "reached", "--time", "17:00", "--agent", "Other"), "opted out")
	d.done("undo")
}
