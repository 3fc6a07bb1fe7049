package exchange

// What the tests of this package share: a file read whole.

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// readTable is a whole file, read.
type readTable struct {
	file     *File
	mapping  Mapping
	records  []model.Record
	rows     []Row
	problems []Problem
	notes    []Problem
	counts   Counts
}

func readFile(t testing.TB, path string, o Options) readTable {
	got, err := tryFile(t, path, o)
	require.NoError(t, err)
	return got
}

func tryFile(t testing.TB, path string, o Options) (got readTable, err error) {
	f, err := Open(path, o)
	if err != nil {
		return got, err
	}
	defer func() { require.NoError(t, f.Close()) }()
	got.file = f
	if got.mapping, err = f.Mapping(); err != nil {
		return got, err
	}
	r, err := f.Read(got.mapping)
	if err != nil {
		return got, err
	}
	defer r.Close()
	for {
		b, err := r.Next(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			return got, err
		}
		for _, row := range b.Rows {
			got.rows = append(got.rows, row)
			got.records = append(got.records, row.Record)
		}
		got.problems = append(got.problems, b.Problems...)
		got.notes = append(got.notes, b.Notes...)
	}
	got.counts = r.Counts()
	return got, nil
}

// inFile puts text into a file and returns its path.
func inFile(t testing.TB, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// readText reads text as if it were a file.
func readText(t testing.TB, text string, o Options) readTable {
	return readFile(t, inFile(t, "table.csv", text), o)
}

// reasonOf is the reason of a *FileError.
func reasonOf(t testing.TB, err error) Reason {
	var e *FileError
	require.ErrorAs(t, err, &e)
	require.NotEmpty(t, e.Error())
	require.NotContains(t, e.Error(), "%!", "the sentence lacks arguments")
	return e.Reason
}

// date is a day for expectations.
func date(year, month, day int) model.Date {
	return model.NewDate(year, time.Month(month), day)
}
