package store

// A file longer than memory holds is put aside part by part; nobody can tell by the result.

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// fileOfVisits is a file that names visits again, with an identifier and without, and some of
// its rows as a file of their own; length is how many rows memory may hold.
type fileOfVisits struct {
	lines, later string
	length       int
}

var filesOfVisits = rapid.Custom(func(t *rapid.T) (f fileOfVisits) {
	f.lines = "id,account,date,time,rep,outcome,note\n"
	f.later = f.lines
	for i := range rapid.IntRange(1, 60).Draw(t, "rows") {
		row := fmt.Sprintf("%s,K%d,2026-%02d-%02d,%s,R1,%s,%s\n", rapid.SampledFrom([]string{"", "", "V1", "V2", "V3"}).Draw(t, "id"),
			rapid.IntRange(1, 4).Draw(t, "account"), rapid.IntRange(1, 2).Draw(t, "month"), rapid.IntRange(1, 3).Draw(t, "day"),
			rapid.SampledFrom([]string{"", "10:00"}).Draw(t, "time"), rapid.SampledFrom([]string{"order", ""}).Draw(t, "outcome"),
			rapid.SampledFrom([]string{"", fmt.Sprint("note ", i)}).Draw(t, "note"))
		f.lines += row
		if rapid.Bool().Draw(t, "again") {
			f.later += row
		}
	}
	f.length = rapid.IntRange(1, 9).Draw(t, "length")
	return f
})

func TestALongImportIsTakenInPartsAsInOne(t *testing.T) {
	whole := visitRunLength
	t.Cleanup(func() { visitRunLength = whole })
	for seed := range 20 {
		of := filesOfVisits.Example(seed)
		folder := t.TempDir()
		taken := func(name string, length int) (visits []model.Visit, reports []FileReport) {
			visitRunLength = length
			s, err := Open(filepath.Join(folder, name+".db"), Options{Fast: true})
			require.NoError(t, err)
			defer s.Close()
			apply(t, s, model.Account{Code: "K1", Name: "One"}, model.Account{Code: "K2", Name: "Two"}, model.Account{Code: "K3", Name: "Three"}, model.Account{Code: "K4", Name: "Four"})
			for _, content := range []string{of.lines, of.later} {
				report := importFiles(t, s, ImportOptions{}, write(t, "v.csv", content))
				report[0].Path = ""
				reports = append(reports, report...)
			}
			for record, err := range s.Records(model.TableVisits) {
				require.NoError(t, err)
				visits = append(visits, record.(model.Visit))
			}
			left, err := filepath.Glob(filepath.Join(folder, partsPrefix+"*"))
			require.NoError(t, err)
			require.Empty(t, left, "what was put aside is gone")
			return visits, reports
		}
		wanted, reported := taken("whole", whole)
		got, said := taken("parts", of.length)
		require.Equal(t, wanted, got, "seed %d, %d at a time:\n%s", seed, of.length, of.lines)
		require.Equal(t, reported, said, "seed %d", seed)
	}
}
