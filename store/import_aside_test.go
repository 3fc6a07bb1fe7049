package store

// A file longer than memory holds is put aside part by part; nobody can tell by the result.

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/cores"
)

// fileOfRows is a file that names visits or calls again, with an identifier and without, and
// some of its rows as a file of their own; length is how many rows memory may hold, few how
// many are compared each with each.
type fileOfRows struct {
	lines, later string
	length, few  int
}

var filesOfRows = rapid.Custom(func(t *rapid.T) (f fileOfRows) {
	f.lines = rapid.SampledFrom([]string{"id,account,date,time,rep,outcome,note\n", "id,account,date,time,agent,outcome,note\n"}).Draw(t, "columns")
	f.later = f.lines
	for i := range rapid.IntRange(1, 60).Draw(t, "rows") {
		row := fmt.Sprintf("%s,K%d,2026-%02d-%02d,%s,R1,%s,%s\n", rapid.SampledFrom([]string{"", "", "V1", "V2", "V3"}).Draw(t, "id"),
			rapid.IntRange(1, 4).Draw(t, "account"), rapid.IntRange(1, 2).Draw(t, "month"), rapid.IntRange(1, 3).Draw(t, "day"),
			rapid.SampledFrom([]string{"", "10:00"}).Draw(t, "time"), rapid.SampledFrom([]string{"reached", "not reached"}).Draw(t, "outcome"),
			rapid.SampledFrom([]string{"", fmt.Sprint("note ", i)}).Draw(t, "note"))
		f.lines += row
		if rapid.Bool().Draw(t, "again") {
			f.later += row
		}
	}
	f.length, f.few = rapid.IntRange(1, 9).Draw(t, "length"), rapid.IntRange(0, 3).Draw(t, "few")
	return f
})

func TestALongImportIsTakenInPartsAsInOne(t *testing.T) {
	whole, each, much := runLength, fewRows, apartBytes
	t.Cleanup(func() { runLength, fewRows, apartBytes = whole, each, much })
	apartBytes = 300
	seeds := 40
	if cores.RaceDetector { // whole without it
		seeds = 8
	}
	for seed := range seeds {
		of := filesOfRows.Example(seed)
		folder := t.TempDir()
		taken := func(name string, length, few int) (rows []model.Record, reports []FileReport) {
			runLength, fewRows = length, few
			s, err := Open(filepath.Join(folder, name+".db"), Options{Fast: true})
			require.NoError(t, err)
			defer s.Close()
			apply(t, s, model.Account{Code: "K1", Name: "One"}, model.Account{Code: "K2", Name: "Two"}, model.Account{Code: "K3", Name: "Three"}, model.Account{Code: "K4", Name: "Four"})
			for _, content := range []string{of.lines, of.later} {
				report := importFiles(t, s, ImportOptions{}, write(t, "v.csv", content))
				report[0].Path = ""
				reports = append(reports, report...)
			}
			for _, table := range []model.Table{model.TableVisits, model.TableCalls} {
				for record, err := range s.Records(table) {
					require.NoError(t, err)
					rows = append(rows, record)
				}
			}
			require.NotEmpty(t, rows)
			requireSound(t, s)
			left, err := filepath.Glob(filepath.Join(folder, partsPrefix+"*"))
			require.NoError(t, err)
			require.Empty(t, left, "what was put aside is gone")
			return rows, reports
		}
		wanted, reported := taken("whole", whole, 1000)
		got, said := taken("parts", of.length, of.few)
		require.Equal(t, wanted, got, "seed %d, %d at a time, %d each with each:\n%s", seed, of.length, of.few, of.lines)
		require.Equal(t, reported, said, "seed %d", seed)
	}
}

// Thousands of rows at one account on one day cost no more each than hundreds do: when they
// come in, when they come again, and when they are taken back.
func TestRowsOfOneDayCostTheSameEach(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("it counts, in one goroutine")
	}
	const few = 500
	asked := 0
	date, id := callRows.date, callRows.id
	t.Cleanup(func() { callRows.date, callRows.id = date, id })
	callRows.date = func(c *model.Call) model.Date { asked++; return date(c) }
	callRows.id = func(c *model.Call) *model.RowID { asked++; return id(c) }
	for name, row := range map[string]func(int) string{
		"of one time":        func(int) string { return ",K1,2026-03-02,10:00,A1,reached" },
		"with an identifier": func(i int) string { return fmt.Sprintf("C%d,K1,2026-03-02,10:00,A1,reached", i) },
		"of several agents":  func(i int) string { return fmt.Sprintf(",K1,2026-03-02,,A%d,reached", i) },
	} {
		each := func(rows int) float64 {
			s, err := Open(filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
			require.NoError(t, err)
			defer s.Close()
			apply(t, s, model.Account{Code: "K1", Name: "One"}, model.Account{Code: "K2", Name: "Two"}, model.Call{ID: NewRowID(), Account: "K2", Date: model.NewDate(2026, 3, 1)})
			var lines strings.Builder
			lines.WriteString("id,account,date,time,agent,outcome\n")
			for i := range rows {
				lines.WriteString(row(i) + "\n")
			}
			asked = 0
			for _, wanted := range []Tally{{Added: rows}, {}, {Added: rows}} {
				if wanted == (Tally{Added: rows}) && asked > 0 { // twice as many, and the first again
					for i := range rows {
						lines.WriteString(row(rows+i) + "\n")
					}
				}
				report := importFiles(t, s, ImportOptions{}, write(t, "calls.csv", lines.String()))
				require.Equal(t, wanted, report[0].Tally)
			}
			undo(t, s)
			undo(t, s)
			return float64(asked) / float64(rows)
		}
		hundreds := each(few)
		require.Less(t, each(8*few), 1.5*hundreds, name)
	}
}
