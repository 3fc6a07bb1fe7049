package exchange

import (
	"bytes"
	"errors"
	"io"
	"math/rand"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestAReaderAheadReadsWhatIsThere(t *testing.T) {
	broken := errors.New("broken")
	for _, size := range []int{0, 1, aheadPiece - 1, aheadPiece, aheadPiece + 1, 9*aheadPiece + 5} {
		want := make([]byte, size)
		rand.New(rand.NewSource(int64(size))).Read(want)
		for _, end := range []error{io.EOF, broken, io.ErrUnexpectedEOF} {
			in := io.MultiReader(iotest.HalfReader(bytes.NewReader(want)), iotest.ErrReader(end))
			a := newAheadReader(in)
			got, err := io.ReadAll(a)
			require.True(t, bytes.Equal(want, got))
			if end == io.EOF {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, end)
			}
			require.NoError(t, a.Close())
			require.NoError(t, a.Close())
		}
		a := newAheadReader(bytes.NewReader(want)) // of which nobody reads all
		_, _ = a.Read(make([]byte, 3))
		require.NoError(t, a.Close())
	}
}

type rowsOf struct {
	rows, given int
	end         error
	closed      bool
}

func (r *rowsOf) next() (row, error) {
	if r.given == r.rows {
		return row{}, r.end
	}
	r.given++
	return row{line: r.given}, nil
}
func (r *rowsOf) progress() (int64, int64) { return int64(r.given), 0 }
func (r *rowsOf) close() error             { r.closed = true; return nil }

func TestASourceAheadGivesEveryRow(t *testing.T) {
	broken := errors.New("broken")
	for _, rows := range []int{0, 1, aheadRows, aheadRows + 1, 20*aheadRows + 7} {
		for _, end := range []error{io.EOF, broken} {
			in := &rowsOf{rows: rows, end: end}
			a := newSourceAhead(in)
			for n := range rows {
				r, err := a.next()
				require.NoError(t, err)
				require.Equal(t, n+1, r.line)
			}
			for range 2 {
				_, err := a.next()
				require.ErrorIs(t, err, end)
			}
			read, _ := a.progress()
			require.EqualValues(t, rows, read)
			require.NoError(t, a.close())
			require.True(t, in.closed)
		}
		in := &rowsOf{rows: rows, end: io.EOF} // of which nobody reads all
		a := newSourceAhead(in)
		_, _ = a.next()
		require.NoError(t, a.close())
		require.True(t, in.closed)
		require.NoError(t, newSourceAhead(&rowsOf{}).close())
	}
}
