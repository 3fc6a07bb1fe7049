package words

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

func TestTheDaySheetHoldsWhatARepNeedsOnTheRoad(t *testing.T) {
	b, _, _ := company(t, 6)
	w := Week{Text: text.New(text.German), Book: b}
	const code = "K003"
	account := b.Account(code).Account
	account.DoNotCall, account.Phone, account.Hours = true, "0711 555", "Mo-Fr 8-17 Uhr"
	b.Apply(model.Change{Edits: []model.Edit{{Before: b.Account(code).Account, After: account}}})
	d, err := week.NewDesk(b.On(today), b.On(today).Signals(), week.DefaultRules()).Draft("R1", today.Monday()+7)
	require.NoError(t, err)
	plan(t, d)
	require.Contains(t, DaySheetNeeds(d), code)
	var out strings.Builder
	last := map[string]model.Visit{code: {Account: code, Date: model.NewDate(2026, 3, 4), Rep: "R1", Note: "Will <Muster>"}}
	require.NoError(t, w.WriteDaySheets(&out, last, model.NewDate(2026, 11, 24), d))
	sheet := out.String()
	days := 0
	for _, plan := range d.Week.Days {
		if len(plan.Visits) > 0 {
			days++
		}
	}
	require.Equal(t, days, strings.Count(sheet, "<section>"), "a page a day")
	require.Equal(t, 6, strings.Count(sheet, "<article>"))
	require.Equal(t, 18, strings.Count(sheet, `class="box"`), "three boxes to tick a visit")
	for _, want := range []string{"K. Sommer", "nicht anrufen", "0711 555", "Mo–Fr 8:00–17:00", "Zuletzt 04.03.2026 K. Sommer: Will &lt;Muster&gt;", `lang="de"`, "@page", "Anfahrt"} {
		require.Contains(t, sheet, want)
	}
	require.NotContains(t, sheet, "<b>", "a name is no form")
	require.NotContains(t, sheet, "http", "nothing is fetched")

	out.Reset()
	_, empty, _ := company(t, 0)
	require.NoError(t, w.WriteDaySheets(&out, nil, model.NewDate(2026, 11, 24), empty))
	require.Contains(t, out.String(), "steht kein Besuch")
}
