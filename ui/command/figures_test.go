package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever the figures are summed up by, they are those of the same visits, and those that
// an export of the visits has.
func TestFiguresAreThoseOfTheVisits(t *testing.T) {
	d := withDemo(t)
	type figures struct {
		From, To string
		Rows     []figureScript
		All      figureScript
	}
	var first figures
	for i, by := range []string{"month", "territory", "class"} {
		var f figures
		require.NoError(t, json.Unmarshal([]byte(d.done("figures", "--by", by, "--json")), &f))
		visits := 0
		for _, row := range f.Rows {
			visits += row.Visits
		}
		require.Equal(t, f.All.Visits, visits, by)
		if i == 0 {
			first = f
		}
		require.Equal(t, first.All, f.All, by)
	}
	require.Equal(t, "2026-06-01", first.From)
	require.Positive(t, first.All.Orders)

	path := filepath.Join(t.TempDir(), "zahlen.csv")
	d.done("figures", "--by", "territory", "--territory", "T06", "--lang", "de", "-o", path)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\r\n")
	require.Len(t, lines, 2, "%s", b)
	require.Contains(t, lines[0], "erreichte Kunden")

	require.Equal(t, codeUsage, d.run("figures", "--by", "rep").code, "no row is a person")
	require.Equal(t, codeUsage, d.run("figures", "--months", "0").code)
	require.Equal(t, codeUsage, d.run("figures", "-o", "zahlen.doc").code)
}

// A script finds a place by its code, in whichever language its person works.
func TestPlacesWhereFiguresAreAboutPeopleHaveCodes(t *testing.T) {
	d := withDemo(t)
	codes := func(language string) (list [][4]string) {
		var told struct {
			Places []struct {
				Code string   `json:"code"`
				At   []string `json:"place_codes"`
				Seen string   `json:"seen_by_code"`
				Kept string   `json:"kept_code"`
			} `json:"places"`
		}
		require.NoError(t, json.Unmarshal([]byte(d.done("figures", "--about-people", "--json", "--lang", language)), &told))
		for _, p := range told.Places {
			require.NotEmpty(t, p.Code)
			list = append(list, [4]string{p.Code, strings.Join(p.At, " "), p.Seen, p.Kept})
		}
		return list
	}
	require.NotEmpty(t, codes("en"))
	require.Equal(t, codes("en"), codes("de"))
}
