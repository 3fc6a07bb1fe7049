package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// Whatever the business: a signal watched over many days is, on each, what a look at that
// day alone says.
func TestManyDaysSayWhatEachDaySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, 60)
		for _, c := range rows[model.Campaign](w) {
			c.ByPhone = rapid.SliceOfNDistinct(rapid.SampledFrom(someAccounts), 0, 3, rapid.ID).Draw(t, "by phone")
			w.put(c)
		}
		b := w.book()
		first := drawDay(t, "first")
		last := first + model.Date(rapid.IntRange(0, 30).Draw(t, "days"))
		for _, territory := range someTerritories {
			keys := []model.SignalKey{{Kind: model.AddTelemarketing, Territory: territory}, {Kind: model.ReportsMissing, Territory: territory}}
			for _, campaign := range someCampaigns {
				keys = append(keys, model.SignalKey{Kind: model.StepUpVisits, Territory: territory, Campaign: campaign})
			}
			for _, key := range keys {
				days := b.On(last).WatchDays(key, first, last)
				for i, got := range days {
					day := first + model.Date(i)
					require.Equal(t, b.Past(day).Watch(key), got, "%v on %v", key, day)
				}
			}
		}
	})
}
