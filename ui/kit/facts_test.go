package kit

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

func TestFactsStandInPairsWhereTheyFit(t *testing.T) {
	look := testLook(text.English, termenv.Ascii, ModeDark)
	pairs := []Pair{
		{Label: "Phone", Value: Cell{Text: "0711 555 01"}}, {Label: "Town", Value: Cell{Text: "Ulm"}},
		{Label: "Address", Value: Cell{Text: strings.Repeat("long ", 12)}}, {Label: "Rep", Value: Cell{Text: "K. Sommer"}},
	}
	wide := Facts(look, pairs, 80)
	require.Len(t, wide, 3)
	require.Equal(t, "Phone    0711 555 01                     Town     Ulm", strings.TrimRight(ansi.Strip(wide[0]), " "))
	require.Contains(t, wide[1], strings.TrimSpace(strings.Repeat("long ", 12)))
	require.Len(t, Facts(look, pairs, 40), 4)
	for _, width := range []int{1, 7, 40, 60, 61, 133} {
		for _, line := range Facts(look, pairs, width) {
			require.Equal(t, width, Width(line), "%d: %q", width, line)
		}
	}
}
