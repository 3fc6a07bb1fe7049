package exchange

// Throughput of reading, beside the standard library's splitting of the same
// file in the same run.

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// writeVisits writes so many visits of fictional accounts as the canonical
// table and returns the path.
func writeVisits(tb testing.TB, n int) string {
	path := filepath.Join(tb.TempDir(), "visits.csv")
	f, err := os.Create(path)
	require.NoError(tb, err)
	defer f.Close()
	first := model.NewDate(2024, 1, 1)
	require.NoError(tb, WriteCSV(f, English, Records(model.TableVisits, func(yield func(model.Record) bool) {
		for i := range n {
			v := model.Visit{
				Account: fmt.Sprintf("K-%d", i*7919%100000), Date: first + model.Date(i*900/n), Time: model.NewClock(8+i%9, i%60),
				Rep: fmt.Sprintf("R%d", i%60), Outcome: [...]string{"order", "interest", "none", ""}[i%4],
				Value: model.Money(i % 100000), Ref: fmt.Sprintf("V-%d", i), Note: "spoke to the buyer",
			}
			if !yield(v) {
				return
			}
		}
	})))
	return path
}

func BenchmarkVisits(b *testing.B) {
	const n = 1_000_000
	path := writeVisits(b, n)
	info, err := os.Stat(path)
	require.NoError(b, err)
	b.Run("records", func(b *testing.B) {
		b.SetBytes(info.Size())
		b.ReportAllocs()
		for b.Loop() {
			f, err := Open(path, Options{})
			require.NoError(b, err)
			m, err := f.Mapping()
			require.NoError(b, err)
			r, err := f.Read(m)
			require.NoError(b, err)
			count := 0
			for {
				batch, err := r.Next(context.Background())
				if err == io.EOF {
					break
				}
				require.NoError(b, err)
				count += len(batch.Rows)
			}
			require.Equal(b, n, count)
			require.NoError(b, r.Close())
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		b.SetBytes(info.Size())
		b.ReportAllocs()
		for b.Loop() {
			f, err := os.Open(path)
			require.NoError(b, err)
			r := csv.NewReader(f)
			r.ReuseRecord = true
			for {
				if _, err = r.Read(); err != nil {
					break
				}
			}
			require.Equal(b, io.EOF, err)
			require.NoError(b, f.Close())
		}
	})
}

func BenchmarkWorkbook(b *testing.B) {
	const n = 50_000
	path := filepath.Join(b.TempDir(), "visits.xlsx")
	f, err := os.Create(path)
	require.NoError(b, err)
	require.NoError(b, WriteXLSX(f, Records(model.TableVisits, func(yield func(model.Record) bool) {
		for i := range n {
			if !yield(model.Visit{Account: fmt.Sprintf("K-%d", i), Date: model.NewDate(2024, 1, 1), Rep: "R1", Value: model.Money(i), Note: "spoke to the buyer"}) {
				return
			}
		}
	})))
	require.NoError(b, f.Close())
	b.ReportAllocs()
	for b.Loop() {
		require.Len(b, readFile(b, path, Options{}).records, n)
	}
}

func BenchmarkMergeUnchanged(b *testing.B) {
	row := readText(b, "account,date,rep,note\nK-1,2026-03-04,R1,hello\n", Options{}).rows[0]
	var existing model.Record = model.Visit{Account: "K-1", Date: date(2026, 3, 4), Rep: "R1", Note: "hello", Value: 100}
	b.ReportAllocs()
	for b.Loop() {
		if !Equal(existing, Merge(existing, row.Record, row.Present, false)) {
			b.Fatal("changed")
		}
	}
}
