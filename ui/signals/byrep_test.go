package signals

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// Whoever leads reps has all that concerns each of them in one place, with the week; the
// cursor stays on its signal, and the order comes back.
func TestTheListsByRep(t *testing.T) {
	planned := model.PlannedVisit{Account: "T1-03", Date: uitest.Today + 1, Rep: "R1"}
	for _, size := range []struct{ width, height int }{{150, 40}, {110, 30}, {80, 24}, {60, 20}} {
		st := uitest.New(t, text.German, append(company(), planned, model.Territory{Code: "T9", Name: "Brache", Region: "Nord"},
			model.Campaign{Code: "C9", Name: "Frühjahr", Kind: "mailing", Territories: []string{"T1", "T4"}, Start: uitest.Today + 14, End: uitest.Today + 30, Status: model.CampaignPlanned})...)
		p := New(st.Session)
		st.Show(p, size.width, size.height)
		before := st.View()
		st.Keys("down")
		on, _ := p.current()
		st.Keys("R")
		require.Contains(t, st.View(), "K. Sommer · 2 Signale", "%v\n%s", size, st.View())
		if size.width >= 150 {
			require.Contains(t, st.View(), "noch 1 Besuch diese Woche")
		}
		require.Regexp(t, `T. Brandt · \d Signal`, st.View())
		now, _ := p.current()
		require.Equal(t, on.Key(), now.Key(), "the cursor stays on its signal")
		for i, s := range p.sides[0].shown {
			for k := i + 2; k < len(p.sides[0].shown); k++ {
				if p.repOf(s) == p.repOf(p.sides[0].shown[k]) {
					require.Equal(t, p.repOf(s), p.repOf(p.sides[0].shown[k-1]), "a rep stands in one place")
				}
			}
		}
		st.Keys("R", "up")
		require.Equal(t, squeezed(before), squeezed(st.View()))
	}
}

var blanks = regexp.MustCompile(`\s+`)

func squeezed(s string) string { return blanks.ReplaceAllString(s, " ") }
