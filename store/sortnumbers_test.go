package store

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumbersAreSorted(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, mask := range []uint64{0, 1, 0x7ff, 0x800, 0xffff_0000_0000, ^uint64(0), 0xf000_0000_0000_000f} {
		for _, many := range []int{0, 1, 100, shortList, shortList + 1, 3*shortList + 7} {
			list := make([]uint64, many)
			for i := range list {
				list[i] = random.Uint64()&mask | 0x100000
			}
			want := slices.Clone(list)
			slices.Sort(want)
			sortNumbers(list)
			require.Equal(t, want, list, "%x, %d", mask, many)
			sortNumbers(list)
			require.Equal(t, want, list)
		}
	}
}
