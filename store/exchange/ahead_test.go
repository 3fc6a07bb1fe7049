package exchange

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

type smallDisk struct{ room int }

var errSmall = errors.New("the disk is full")

func (d *smallDisk) Write(text []byte) (int, error) {
	if d.room -= len(text); d.room < 0 {
		return 0, errSmall
	}
	return len(text), nil
}

// Rows that have no end are made only as long as somebody can write them.
func TestWritingEndsWithTheDisk(t *testing.T) {
	endless := func(yield func(model.Record) bool) {
		for n := 0; yield(model.Rep{Code: fmt.Sprint("R", n)}); n++ {
			continue
		}
	}
	for _, room := range []int{0, 1 << 20} {
		require.ErrorIs(t, WriteCSV(&smallDisk{room}, English, Records(model.TableReps, endless)), errSmall)
	}
}

// A fault while records are read or written is met by whoever has them written.
func TestAFaultOfARowIsTheWriters(t *testing.T) {
	broken := func(yield func(model.Record) bool) {
		yield(model.Rep{Code: "R1"})
		panic("broken")
	}
	require.Panics(t, func() { _ = WriteCSV(io.Discard, English, Records(model.TableReps, broken)) })
	require.Panics(t, func() {
		_ = WriteCSV(nil, English, Sheet{Header: []string{"a"}, Rows: func(yield func([]Cell) bool) { yield([]Cell{IntCell(1)}) }})
	})
}
