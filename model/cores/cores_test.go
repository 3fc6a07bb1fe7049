package cores

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEachPieceIsDoneOnce(t *testing.T) {
	for _, n := range []int{0, 1, 7, 1000} {
		done := make([]atomic.Int32, n)
		Each(n, 2, func(piece int) { done[piece].Add(1) })
		for i := range done {
			require.EqualValues(t, 1, done[i].Load())
		}
	}
}

func TestAFaultIsTheCallers(t *testing.T) {
	for _, least := range []int{1, 1000} { // with several goroutines and with none
		require.PanicsWithValue(t, "broken", func() {
			Each(100, least, func(piece int) {
				if piece == 40 {
					panic("broken")
				}
			})
		})
	}
}
