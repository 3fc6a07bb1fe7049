package kit

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The cursor of a line always shows, and no room is left at its end while text is
// hidden at its start.
func TestALineShowsItsCursorAndAsMuchTextAsFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := NewEditor(nil)
		e.SetValue(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", " ", "ü", "語", "👩‍🌾"}), 0, 30).Draw(t, "text"), ""))
		width := rapid.IntRange(2, 20).Draw(t, "width")
		for range 5 {
			e.move(rapid.IntRange(0, len(e.clusters)).Draw(t, "cursor"))
			e.scroll(width)
			cells := func(from, to int) (sum int) {
				for _, c := range e.clusters[from:to] {
					sum += Width(c)
				}
				return sum
			}
			require.LessOrEqual(t, e.from, e.at)
			require.True(t, e.from == e.at || cells(e.from, e.at)+2 <= width, "the cursor shows")
			if e.from > 0 {
				require.Greater(t, cells(e.from-1, len(e.clusters))+2, width, "nothing is hidden that would fit")
			}
		}
	})
}
