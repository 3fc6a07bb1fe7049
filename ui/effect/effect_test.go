package effect

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func TestListsAreShortened(t *testing.T) {
	print := text.New(text.English)
	for _, c := range []struct {
		names []string
		want  string
	}{
		{nil, ""},
		{[]string{"Ulm"}, "Ulm"},
		{[]string{"Ulm", "Ostalb"}, "Ulm and Ostalb"},
		{[]string{"A", "B", "C"}, "A, B and C"}, // one left out would save nothing
		{[]string{"A", "B", "C", "D"}, "A, B and 2 more"},
	} {
		require.Equal(t, c.want, List(print, c.names, 2))
	}
	require.Equal(t, "A, B und 2 weitere", List(text.New(text.German), []string{"A", "B", "C", "D"}, 2))
}

func TestAListNamesOrCountsEverything(t *testing.T) {
	print := text.New(text.English)
	rapid.Check(t, func(t *rapid.T) {
		n, most := rapid.IntRange(1, 30).Draw(t, "names"), rapid.IntRange(1, 6).Draw(t, "most")
		names := make([]string, n)
		for i := range names {
			names[i] = "T" + strconv.Itoa(i)
		}
		list := List(print, names, most)
		named := strings.Count(list, "T")
		if named < n {
			require.Equal(t, most, named)
			require.Contains(t, list, "and "+strconv.Itoa(n-named)+" more")
		}
	})
}

func TestTheEffectOfOtherSettings(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	s := st.Session
	same := Of(s, s.Book.WithSettings(s.Book.Settings(), s.Today))
	require.True(t, same.None())
	require.Equal(t, "No signal changes: 3 stay open", same.Count(s.Look.Text))

	lax := s.Book.Settings()
	lax.TargetShare = 1
	e := Of(s, s.Book.WithSettings(lax, s.Today))
	require.Equal(t, "2 open signals instead of 3", e.Count(s.Look.Text))
	require.Equal(t, []string{"Ostalb"}, Names(s, e.Vanish))
	require.Equal(t, []string{"▲ Ostalb"}, Marked(s, e.Vanish))

	other := Effect{Before: 2, After: 2, Vanish: []model.Signal{{}}, Appear: []model.Signal{{}}}
	require.Equal(t, "2 open signals as before, but not all the same", other.Count(s.Look.Text))
}
