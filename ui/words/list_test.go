package words

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/ui/text"
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
